"""The people room's pages for those who are signed in; each journey has its own file of views."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations.access import visitor

from .visitors import Visitor

pages = Blueprint("people", __name__, template_folder="templates")


@pages.before_request
def second_factor_first() -> BaseResponse | None:
    """No page of this room is shown to staff with one factor only."""
    who = visitor()
    if isinstance(who, Visitor) and who.needs_second_factor():
        return redirect(url_for("sign_in.second_factor"))
    return None
