"""Sign-in by a link in an e-mail: for patients, ten minutes, once, and only in the browser that asked.

Opening the link signs nobody in (mail scanners open links): the page has one button.
"""

from __future__ import annotations

import secrets

from flask import Blueprint, current_app, make_response, redirect, render_template, request, url_for

from webapp.foundations.access import May, allow

from . import signing_in, tokens
from .sign_in_forms import KINDS, ButtonForm, LinkForm
from .sign_in_routes import Answer, come_in, wait_page
from .signing_in import WaitFirst

ASKED_HERE = "asked-here"
FOLDER = "/sign-in/link"
KEPT_SECONDS = 2 * int(tokens.LASTS["sign_in_link"].total_seconds())
pages = Blueprint("sign_in_link", __name__, template_folder="templates", url_prefix=FOLDER)


@pages.route("", methods=["GET", "POST"])
@allow(May.ENTER)
def ask() -> Answer:
    """Ask for a link. The answer is the same whether or not we know the name."""
    form = LinkForm()
    if not form.validate_on_submit():
        return render_template("people/link_ask.jinja", form=form), 422 if form.is_submitted() else 200
    browser_secret = secrets.token_urlsafe(32)
    try:
        signing_in.ask_for_link(form.name.data, browser_secret)
    except WaitFirst as wait:
        return wait_page("people/link_ask.jinja", form, wait)
    response = redirect(url_for("sign_in_link.sent"), 303)
    https = current_app.extensions["waymark_settings"].https
    kept = f"{form.kind.data}.{browser_secret}"
    response.set_cookie(
        ASKED_HERE, kept, max_age=KEPT_SECONDS, secure=https, httponly=True, samesite="Lax", path=FOLDER
    )
    return response


@pages.get("/sent")
@allow(May.ENTER)
def sent() -> Answer:
    """What happens next, for everybody the same."""
    return render_template("people/link_sent.jinja")


@pages.route("/<string:secret>", methods=["GET", "POST"])
@allow(May.ENTER)
def follow(secret: str) -> Answer:
    """The link itself: one button, which sends the form that signs in."""
    kind, browser_secret = _asked_here()
    form = ButtonForm()
    if form.validate_on_submit():
        begun = signing_in.by_link(secret, browser_secret, kind)
        if begun:
            return come_in(begun, None)
    elif signing_in.link_is_good(secret, browser_secret):
        return render_template("people/link_follow.jinja", form=form)
    return make_response(render_template("people/link_over.jinja"), 410)


def _asked_here() -> tuple[str, str]:
    kind, _, browser_secret = request.cookies.get(ASKED_HERE, "").partition(".")
    return kind if kind in dict(KINDS) else "shared", browser_secret
