"""Pages for everybody: they read no session, show nothing of anybody, and every cache may keep them."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Callable, Iterable
from functools import lru_cache

from flask import Response, current_app, g, make_response, request
from markupsafe import Markup

from webapp.foundations.languages import ENGLISH

KEPT_FOR_SECONDS = 300


def speak_as_addressed(languages: Iterable[str]) -> None:
    """The page's language is the one in its address (`?language=cy`), one of these, and nobody's own."""
    g.language_is_in_the_address = True
    g.language = request.args.get("language", ENGLISH)
    g.offered_languages = tuple(languages)


def begin_open_page(languages: Iterable[str]) -> None:
    """Before the page is drawn: its language is in the address, and nothing in it changes with each answer."""
    g.csp_nonce = ""
    speak_as_addressed(languages)


def open_page(page: str, *, scripts: bool = False) -> Response:
    """The page with its own content policy (the style sheet by its hash) and leave to keep it for five minutes."""
    inline_css: Callable[[str], Markup] = current_app.jinja_env.globals["inline_css"]  # type: ignore[assignment]
    response = make_response(page)
    response.headers["Content-Security-Policy"] = _policy(str(inline_css("patient")), scripts)
    response.cache_control.public, response.cache_control.max_age = True, KEPT_FOR_SECONDS
    return response


@lru_cache(maxsize=4)
def _policy(css: str, scripts: bool) -> str:
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    ours = "script-src 'self'; " if scripts else ""
    return (
        f"default-src 'none'; {ours}style-src 'sha256-{digest}'; img-src 'self' data:; base-uri 'none'; "
        "form-action 'none'; frame-ancestors 'none'"
    )
