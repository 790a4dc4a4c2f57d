"""The language switch: remembers the language on this device and goes back to the page."""

from __future__ import annotations

from flask import Blueprint, abort, current_app, redirect, request
from werkzeug.wrappers import Response as BaseResponse

from .access import May, allow
from .going_back import safe_path
from .languages import COOKIE, offered_codes

pages = Blueprint("language", __name__)


@pages.get("/language/<string:code>")
@allow(May.ENTER)
def switch(code: str) -> BaseResponse:
    """Use this language on this device from now on."""
    if code not in offered_codes():
        abort(404)
    response = redirect(safe_path(request.args.get("to")), 303)
    secure = current_app.extensions["waymark_settings"].https
    response.set_cookie(COOKIE, code, max_age=31_536_000, secure=secure, samesite="Lax", path="/")
    return response
