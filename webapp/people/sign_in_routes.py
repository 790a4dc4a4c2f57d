"""Signing in and out: the front door, the password, the second factor."""

from __future__ import annotations

from typing import Any

from flask import (
    Blueprint,
    Response,
    abort,
    current_app,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations.access import May, allow, visitor
from webapp.foundations.database import db
from webapp.foundations.going_back import safe_path

from . import demo_cast, second_factor, sessions, signing_in
from .models import Account
from .sign_in_forms import ButtonForm, CodeForm, SignInForm
from .signing_in import Begun, WaitFirst
from .visitors import Visitor

Answer = str | BaseResponse | tuple[str, int]
FIRST_PAGES = {
    "patient": "home.today",
    "clinician": "clinic.ring_today",
    "caller": "clinic.ring_today",
    "lead": "clinic.ring_today",
    "author": "content_preview.overview",
    "administrator": "people.installation",
}
LETTER_PAGE = "welcome.start"  # where a code from a letter is typed
pages = Blueprint("sign_in", __name__, template_folder="templates")


def person() -> Visitor:
    """The signed-in visitor."""
    who = visitor()
    if not isinstance(who, Visitor):
        abort(401)
    return who


def account() -> Account:
    """The visitor's account, for changing it."""
    return db.session.get_one(Account, person().account_id)


def come_in(begun: Begun, wanted: str | None) -> BaseResponse:
    """Give the browser its session and go on: staff to their second factor, everybody else where they
    wanted.
    """
    former = visitor()
    if isinstance(former, Visitor):
        sessions.end(former.session_hash)
    path = safe_path(wanted)
    staff = begun.kind == signing_in.STAFF
    response = redirect(url_for("sign_in.second_factor", next=path) if staff else path, 303)
    sessions.give_cookie(response, begun.secret, begun.kind, begun.account.language)
    return response


def wait_page(template: str, form: Any, wait: WaitFirst, **more: Any) -> Response:
    """429: how long to wait, with what was typed still there."""
    form.form_errors.append(
        _("That was one try too many. Wait %(seconds)s seconds, then try again.", seconds=wait.seconds)
    )
    response = make_response(render_template(template, form=form, **more), 429)
    response.headers["Retry-After"] = str(wait.seconds)
    return response


@pages.get("/")
@allow(May.ENTER)
def front_door() -> Answer:
    """The first page: signed out, what this is; signed in, where one's work begins."""
    who = visitor()
    if not isinstance(who, Visitor):
        return render_template("people/front.jinja", letter_page=_if_there(LETTER_PAGE))
    if who.needs_second_factor():
        return redirect(url_for("sign_in.second_factor"))
    return redirect(_if_there(FIRST_PAGES[who.role]) or url_for("people.me"))


@pages.route("/sign-in", methods=["GET", "POST"])
@allow(May.ENTER)
def sign_in() -> Answer:
    """By name and password."""
    form = SignInForm(data={"next": request.args.get("next", "")})
    if form.validate_on_submit():
        try:
            begun = signing_in.by_password(form.name.data, form.password.data, form.kind.data)
        except WaitFirst as wait:
            return wait_page(
                "people/sign_in.jinja", form, wait, demo=demo_cast.demo_cast(), to_demo=ButtonForm()
            )
        if begun:
            return come_in(begun, form.next.data)
        form.name.errors = [_("The name and the password do not fit together. Check both.")]
    page = render_template(
        "people/sign_in.jinja", form=form, demo=demo_cast.demo_cast(), to_demo=ButtonForm()
    )
    return page, 422 if form.is_submitted() else 200


@pages.post("/sign-in/as/<uuid:account_id>")
@allow(May.ENTER)
def as_somebody(account_id: Any) -> Answer:
    """In the demonstration only: be one of the made-up people."""
    made_up = demo_cast.demo_account(account_id)
    begun = signing_in.begin(made_up, "shared", second_factor=True) if made_up else None
    if begun is None:
        abort(404)
    response = come_in(begun, request.form.get("next"))
    if response.location.startswith(url_for("sign_in.second_factor")):
        response.location = safe_path(request.form.get("next"))
    return response


@pages.post("/sign-out")
@allow(May.USE_ACCOUNT)
def sign_out() -> Answer:
    """End this session at once, everywhere; the browser forgets the pages that it kept."""
    sessions.end(person().session_hash)
    response = redirect(url_for("sign_in.signed_out"), 303)
    sessions.take_cookie(response)
    response.headers["Clear-Site-Data"] = '"cache"'
    return response


@pages.get("/signed-out")
@allow(May.ENTER)
def signed_out() -> Answer:
    """A calm end."""
    return (
        redirect(url_for("sign_in.front_door")) if visitor() else render_template("people/signed_out.jinja")
    )


@pages.route("/second-factor", methods=["GET", "POST"], endpoint="second_factor")
@allow(May.PROVE_SECOND_FACTOR)
def second_factor_page() -> Answer:
    """Staff show a code from their app; the first time they set it up."""
    who, mine = person(), account()
    form = CodeForm(data={"next": request.args.get("next", "")})
    if who.second_factor_at is not None:
        return redirect(safe_path(request.values.get("next")))
    if mine.totp_secret is None:
        return _begin_set_up(mine)
    if form.validate_on_submit():
        try:
            right = second_factor.is_right(mine, form.code.data)
        except WaitFirst as wait:
            return wait_page("people/second_factor.jinja", form, wait, **_about_app(mine))
        if right:
            return _proven(mine, who, form.next.data)
        form.code.errors = [_("This code does not fit. Wait for the next one and type that.")]
    page = render_template("people/second_factor.jinja", form=form, **_about_app(mine))
    return page, 422 if form.is_submitted() else 200


def _begin_set_up(mine: Account) -> Answer:
    if request.method == "POST":
        second_factor.start(mine)
        return redirect(url_for("sign_in.second_factor", next=request.form.get("next", "")), 303)
    form = ButtonForm(data={"next": request.args.get("next", "")})
    return render_template("people/second_factor_start.jinja", form=form)


def _about_app(mine: Account) -> dict[str, Any]:
    if mine.totp_confirmed_at is not None:
        return {"qr_code": None, "typed_secret": None}
    return {"qr_code": second_factor.qr_code(mine), "typed_secret": second_factor.typed_secret(mine)}


def _proven(mine: Account, who: Visitor, wanted: str | None) -> Answer:
    first_time = mine.totp_confirmed_at is None
    begun = signing_in.prove(mine, who.session_hash)
    if not first_time:
        response: BaseResponse = redirect(safe_path(wanted), 303)
    else:
        codes = second_factor.confirm(mine)
        page = render_template("people/recovery_codes.jinja", codes=codes, go_on=safe_path(wanted))
        response = make_response(page)
    sessions.give_cookie(response, begun.secret, begun.kind, mine.language)
    return response


def _if_there(endpoint: str) -> str | None:
    return url_for(endpoint) if endpoint in current_app.view_functions else None
