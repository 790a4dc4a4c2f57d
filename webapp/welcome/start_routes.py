"""Starting on a phone: link or code, date of birth, then one thing a page. A GET uses nothing up."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import refresh
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.database import db
from webapp.foundations.languages import COOKIE as LANGUAGE_COOKIE
from webapp.people import service as people
from webapp.people import sessions
from webapp.people.signing_in import Begun, WaitFirst
from webapp.people.visitors import Visitor
from webapp.safety.help_lines import lines_for

from . import starting, visit
from .routes import Answer, pages
from .rules import code_of, first_open, in_two_groups
from .start_forms import (
    BirthForm,
    CodeForm,
    ContactForm,
    LanguageForm,
    PhoneForm,
    RhythmForm,
    SignInForm,
    StartForm,
)
from .starting import Invitation
from .visit import Visit

GONE = 410


@pages.route("/start", methods=["GET", "POST"])
@allow(May.ENTER)
def start() -> Answer:
    """Type the code of a letter."""
    form = CodeForm()
    if form.validate_on_submit():
        return redirect(url_for("welcome.born", token=in_two_groups(code_of(form.code.data) or "")), 303)
    return render_template("welcome/start.jinja", form=form), 422 if form.is_submitted() else 200


@pages.route("/start/<string:token>", methods=["GET", "POST"])
@allow(May.ENTER)
def born(token: str) -> Answer:
    """The date of birth. A link says at once if it is over; a code says nothing before the date is right."""
    invitation = None if code_of(token) else starting.invitation_of(token)
    if invitation is not None:
        _show(invitation)
    if not code_of(token) and (invitation is None or not invitation.may_start):
        return _over(token, invitation)
    form = BirthForm()
    if not form.validate_on_submit():
        return _born_page(form, token, 422 if form.is_submitted() else 200)
    db.session.rollback()  # nothing was written; tries are counted on a connection of their own
    try:
        invitation = starting.recognise(token, form.birthday)
    except WaitFirst as wait:
        return _wait("welcome/born.jinja", form, wait, token=token, by_code=bool(code_of(token)))
    if invitation is None:
        form.born_on.errors = [_not_together(token)]
        return _born_page(form, token, 422)
    if not invitation.may_start:
        _show(invitation)
        return _over(token, invitation)
    known = visit.begin(token, language=invitation.patient.language, made_name=starting.three_free_words())
    return redirect(_next(invitation, known), 303)


@pages.post("/start/<string:token>/new-link")
@allow(May.ENTER)
def new_link(token: str) -> Answer:
    """Send a new link to the address that we hold; the answer is the same whether or not we hold one."""
    try:
        starting.ask_for_new_link(token)
    except WaitFirst as wait:
        return _wait("welcome/over.jinja", StartForm(), wait, token=token)
    return render_template("welcome/new_link.jinja")


@pages.route("/start/about", methods=["GET", "POST"])
@allow(May.ENTER)
def about() -> Answer:
    """What this is, and what it is not."""
    return _step("about", StartForm)


@pages.route("/start/team", methods=["GET", "POST"])
@allow(May.ENTER)
def team() -> Answer:
    """What the team sees and does not see, and help now: "I understand", which agrees to nothing else."""
    return _step("team", StartForm)


@pages.route("/start/contact", methods=["GET", "POST"])
@allow(May.ENTER)
def contact() -> Answer:
    """The real choices: each off until chosen."""
    return _step("contact", lambda: ContactForm(possible=_invitation().possible, contact=_visit().contact))


@pages.route("/start/phone", methods=["GET", "POST"])
@allow(May.ENTER)
def phone() -> Answer:
    """My own phone, or a shared one."""
    return _step("phone", lambda: PhoneForm(kind=_chosen("phone", "kind")))


@pages.route("/start/rhythm", methods=["GET", "POST"])
@allow(May.ENTER)
def rhythm() -> Answer:
    """Every week, every two weeks, or my own speed."""
    return _step(
        "rhythm", lambda: RhythmForm(usual=_invitation().service.rhythm, rhythm=_chosen("rhythm", "rhythm"))
    )


@pages.route("/start/language", methods=["GET", "POST"])
@allow(May.ENTER)
def language() -> Answer:
    """The language of pages and messages."""
    return _step(
        "language",
        lambda: LanguageForm(
            languages=_invitation().service.languages, language=_chosen("language", "language")
        ),
    )


@pages.route("/start/sign-in-name", methods=["GET", "POST"])
@allow(May.ENTER)
def sign_in() -> Answer:
    """The name and the password to come back with: the last page, which opens the account."""
    turned = _turned_back("sign_in")
    if turned is not None:
        return turned
    invitation, known = _invitation(), _visit()
    patient = invitation.patient
    form = SignInForm(
        names=starting.names_offered(patient),
        made_name=known.made_name,
        person=(patient.given_name, patient.family_name, invitation.service.name),
    )
    if form.validate_on_submit():
        try:
            begun = starting.finish(known.secret, known.answers(), form.name.data, form.chosen_password)
        except people.NameIsTaken:
            form.name.errors = [_("Somebody signs in with this already. Choose another.")]
        else:
            return _come_in(begun) if begun else redirect(url_for("welcome.born", token=known.secret), 303)
    return _step_page("sign_in", form, 422 if form.is_submitted() else 200)


@pages.get("/start/you-are-in")
@allow(May.FOLLOW_COURSE)
def you_are_in() -> Answer:
    """You are in: what to sign in with next time, and the way on."""
    return render_template("welcome/you_are_in.jinja", sign_in_name=starting.sign_in_name_of(acting()))


def _step(name: str, make_form: Callable[[], StartForm]) -> Answer:
    """One page of starting: turn back who came too early, keep what was chosen, go on."""
    turned = _turned_back(name)
    if turned is not None:
        return turned
    form = make_form()
    if not form.validate_on_submit():
        return _step_page(name, form, 422 if form.is_submitted() else 200)
    known = _visit()
    for chosen in {"contact", "kind", "rhythm", "language"} & set(form.data):
        setattr(known, chosen, form[chosen].data)
    known.done = [step for step in _invitation().steps if step in (*known.done, name)]
    known.keep()
    response = redirect(_next(_invitation(), known), 303)
    if name == "language":
        response.set_cookie(LANGUAGE_COOKIE, known.language, samesite="Lax", path="/")
    return response


def _step_page(name: str, form: StartForm, status: int) -> Answer:
    invitation = _invitation()
    place = invitation.steps.index(name)
    page = render_template(
        f"welcome/step_{name}.jinja",
        form=form,
        invitation=invitation,
        lines=lines_for(invitation.service) if name == "team" else [],
        place=place,
        of=len(invitation.steps),
        back=_address(invitation.steps[place - 1]) if place else None,
    )
    return page, status


def _turned_back(name: str) -> BaseResponse | None:
    """Where somebody is led who comes without an invitation, after a long while, or too early."""
    known = visit.present()
    if known is None:
        return redirect(url_for("welcome.start"), 303)
    invitation = starting.invitation_of(known.secret)
    if invitation is None or not invitation.may_start or not known.is_fresh:
        return redirect(url_for("welcome.born", token=known.secret), 303)
    _show(invitation)
    g.invitation, g.visit_so_far = invitation, known
    steps = invitation.steps
    may_open = name in steps and set(steps[: steps.index(name)]) <= set(known.done)
    return None if may_open else redirect(_next(invitation, known), 303)


def _next(invitation: Invitation, known: Visit) -> str:
    return _address(first_open(invitation.steps, known.done) or "sign_in")


def _address(step: str) -> str:
    return url_for(f"welcome.{step}")


def _invitation() -> Invitation:
    found: Invitation = g.invitation
    return found


def _visit() -> Visit:
    found: Visit = g.visit_so_far
    return found


def _chosen(step: str, name: str) -> Any:
    """What was chosen on an earlier visit to this page; None before: nothing is ticked beforehand."""
    return getattr(_visit(), name) if step in _visit().done else None


def _show(invitation: Invitation) -> None:
    """From here on the page is this service's, in the patient's language unless another was switched to."""
    g.shown_service = invitation.service
    g.offered_languages = tuple(invitation.service.languages)
    if LANGUAGE_COOKIE not in request.cookies:
        g.language = invitation.patient.language
    refresh()


def _born_page(form: BirthForm, token: str, status: int) -> Answer:
    return render_template("welcome/born.jinja", form=form, token=token, by_code=bool(code_of(token))), status


def _not_together(token: str) -> str:
    if code_of(token):
        words = _(
            "This code and this date do not belong together. Please check both. A code works for 28 days."
        )
    else:
        words = _("This is not the date that we hold. Please check it. If it is right, ring us.")
    return str(words)


def _over(token: str, invitation: Invitation | None) -> Answer:
    """Used, over, taken back or mistyped: a calm page with a way on."""
    if invitation is not None and invitation.has_started:
        return render_template("welcome/started_already.jinja")
    return render_template("welcome/over.jinja", token=token, form=StartForm()), GONE


def _wait(template: str, form: StartForm, wait: WaitFirst, **more: Any) -> Answer:
    minutes = max(1, round(wait.seconds / 60))
    words = _("Please wait %(seconds)s seconds, then try again.", seconds=wait.seconds)
    if wait.seconds > 90:
        words = _(
            "Please wait %(minutes)s minutes, then try again. Or ring us: we are glad to help.",
            minutes=minutes,
        )
    form.form_errors.append(words)
    response = make_response(render_template(template, form=form, **more), 429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


def _come_in(begun: Begun) -> BaseResponse:
    former = visitor()
    if isinstance(former, Visitor):
        sessions.end(former.session_hash)
    response = redirect(url_for("welcome.you_are_in"), 303)
    sessions.give_cookie(response, begun.secret, begun.kind, begun.account.language)
    return response
