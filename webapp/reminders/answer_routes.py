"""What a message's link opens, signed out: five answers, a rest from messages, no messages.

No session is read. Opening writes nothing, because mail programs open links; only a button does. A page says no name
and nothing about health, and nothing about whether an unknown link ever was one.
"""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, g, make_response, redirect, render_template, request, url_for
from flask_babel import refresh
from werkzeug.wrappers import Response as BaseResponse

from webapp.engagement import requests
from webapp.foundations.access import SAFE_METHODS, May, allow, sessionless
from webapp.foundations.languages import COOKIE as LANGUAGE_COOKIE
from webapp.people import throttle

from . import answers
from .answer_forms import LinkRestForm, NotForMeForm, SendForm
from .answer_rules import ABOUT, IN_ADDRESSES, answer_called, write_again_on
from .answers import Link
from .rules import Answer

Answered = str | BaseResponse | tuple[str, int]
pages = Blueprint("message_links", __name__, template_folder="templates", url_prefix="/r/<string:secret>")
after_signing_in = Blueprint("after_message", __name__)
GONE = 410
ONE_CLICK = ("List-Unsubscribe", "One-Click")
"""What a mail program sends for its own button. Source: RFC 8058."""
FORMS: dict[Answer, type[NotForMeForm] | type[SendForm]] = {Answer.NOT_FOR_ME: NotForMeForm}


@pages.get("")
@sessionless
@allow(May.ENTER)
def show(secret: str) -> Answered:
    """What can be said; once something was said, what came of it and what happens next."""
    link = _open_link(secret)
    if not link.takes_answers:
        return _over(link, secret)
    said = answers.latest_of(link)
    call = answers.asked_by(link, said) if said else None
    return _page("answers", link, secret, said=said, call=call, answers=IN_ADDRESSES)


@pages.route("/<string:name>", methods=["GET", "POST"])
@sessionless
@allow(May.ENTER)
def say(secret: str, name: str) -> Answered:
    """One answer: what it would do, and the button that sends it."""
    link = _open_link(secret)
    said = answer_called(name)
    if said is None:
        abort(404)
    if not link.takes_answers:
        return _over(link, secret)
    form = _form_for(said, link)
    if form.validate_on_submit():
        day = form.first_day if isinstance(form, LinkRestForm) else None
        ring = not isinstance(form, NotForMeForm) or form.get_in_touch.data == "yes"
        answers.answer(link, said, until_on=day, may_we_ring=ring)
        return redirect(url_for(".show", secret=secret), 303)
    return _page("say", link, secret, form=form, said=said, **_what_happens(said, link))


@pages.route("/pause", methods=["GET", "POST"])
@sessionless
@allow(May.ENTER)
def pause(secret: str) -> Answered:
    """No messages before a day."""
    link = _open_link(secret)
    if link.is_over:
        return _over(link, secret)
    form = LinkRestForm(link.today)
    if form.validate_on_submit():
        answers.quiet_until(link.patient.id, form.first_day, by=link.by)
        return redirect(url_for(".pause", secret=secret), 303)
    return _page("pause", link, secret, form=form)


@pages.route("/stop", methods=["GET", "POST"])
@sessionless
@allow(May.ENTER)
def stop(secret: str) -> Answered:
    """No messages at all. It works for as long as we know the link, and by the mail program's own button."""
    link = _open_link(secret)
    one_click = request.form.get(ONE_CLICK[0]) == ONE_CLICK[1]
    if SendForm().validate_on_submit():
        answers.stop(link.patient.id, by=link.by)
        if not one_click:
            return redirect(url_for(".stop", secret=secret), 303)
    return _page("stop", link, secret)


@pages.route("/start", methods=["GET", "POST"])
@sessionless
@allow(May.ENTER)
def start(secret: str) -> Answered:
    """Messages again, for whoever stopped or paused them by mistake."""
    link = _open_link(secret)
    if link.is_over:
        return _over(link, secret)
    if SendForm().validate_on_submit():
        answers.start_again(link.patient.id, by=link.by)
        return redirect(url_for(".start", secret=secret), 303)
    return _page("start", link, secret)


@after_signing_in.get("/me/bad-spell")
@allow(May.FOLLOW_COURSE)
def bad_spell() -> Answered:
    """Where a message's link leads whoever has a flare-up: neutral to look at, and through the sign-in."""
    return redirect(url_for("flare_up.now"))


def _open_link(secret: str) -> Link:
    """The link, in its service and language. Unknown: 404, slower and slower from one network."""
    counted = ("message", throttle.network())
    looks = request.method in SAFE_METHODS
    wait = throttle.seconds_to_wait(counted) if looks else throttle.attempt(counted)
    if wait:
        abort(_too_many(wait))
    if answers.is_known(secret) and not looks:
        throttle.succeeded(counted)
    link = answers.link_of(secret, for_change=not looks)
    if link is None:
        abort(make_response(render_template("reminders/link/unknown.jinja"), 404))
    _speak_as(link)
    return link


def _speak_as(link: Link) -> None:
    g.offered_languages = tuple(link.service.languages)
    if LANGUAGE_COOKIE not in request.cookies:
        g.language = link.patient.language
    refresh()


def _form_for(said: Answer, link: Link) -> LinkRestForm | NotForMeForm | SendForm:
    if said is Answer.LATER:
        return LinkRestForm(link.today)
    return FORMS.get(said, SendForm)()


def _what_happens(said: Answer, link: Link) -> dict[str, Any]:
    """The day that an answer would bring: when we write again, or by when somebody gets in touch."""
    if said is Answer.BUSY:
        return {"day": write_again_on(said, None, link.today)}
    if said not in ABOUT:
        return {"day": None}
    waiting = requests.open_call_request(link.enrolment)
    within = link.service.calls_within_working_days
    day = waiting.promised_on if waiting else requests.working_day_after(link.service, link.today, within)
    return {"day": day}


def _page(name: str, link: Link, secret: str, **more: Any) -> Answered:
    chosen = answers.choice_of(link.service.id, link.patient.id)
    rests = chosen.quiet_until_on if chosen else None
    page = render_template(
        f"reminders/link/{name}.jinja",
        sender=link.service.sender_name,
        here=url_for(".show", secret=secret),
        is_stopped=chosen is not None and chosen.stopped_at is not None,
        rests_until=rests if rests and rests > link.today else None,
        is_over=link.is_over,
        may_sign_in=link.patient.account_id is not None,
        **more,
    )
    return page, 422 if request.method == "POST" and "form" in more else 200


def _over(link: Link, secret: str) -> Answered:
    page = render_template(
        "reminders/link/over.jinja", sender=link.service.sender_name, here=url_for(".show", secret=secret)
    )
    return page, GONE


def _too_many(seconds: int) -> Response:
    response = make_response(render_template("reminders/link/wait.jinja", seconds=seconds), 429)
    response.headers["Retry-After"] = str(seconds)
    return response
