"""Languages: which one this page is in, which ones may be chosen, and dates in words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from pathlib import Path
from typing import Any

from babel import Locale
from flask import Flask, current_app, g, has_request_context, request, url_for
from flask_babel import Babel, Domain, force_locale, format_date, get_locale, get_translations, gettext
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from . import clock

COOKIE = "language"
ENGLISH = "en"
OWN_NAMES = {"en": "English", "cy": "Cymraeg", "eo": "[Pseudo]"}
DRAFTS = frozenset({"cy"})


class Catalogues(Domain):
    """The catalogues. The present one is kept for the request, because every sentence asks for it."""

    def get_translations(self) -> Any:
        """The catalogue of the page's language."""
        found = super().get_translations()
        if (kept := g.get("_flask_babel")) is not None:
            kept.babel_translations = found  # the library forgets it when the language changes
        return found


def _catalogue() -> Any:
    return getattr(g.get("_flask_babel"), "babel_translations", None) or get_translations()


@pass_eval_context
def _say(where: EvalContext, text: str, **variables: Any) -> str:
    """What ``_`` does in templates: as the library's own, but a sentence without variables is not formatted."""
    said = _catalogue().ugettext(text)
    return _filled_in(Markup(said) if where.autoescape else said, variables)


@pass_eval_context
def _say_number(where: EvalContext, one: str, many: str, num: int, **variables: Any) -> str:
    said = _catalogue().ungettext(one, many, num)
    return _filled_in(Markup(said) if where.autoescape else said, {"num": num, **variables})


def _filled_in(said: str, variables: dict[str, Any]) -> str:
    return said % variables if variables or "%" in said else said


babel = Babel()


def init_languages(app: Flask, pseudo_folder: Path | None = None) -> None:
    """Catalogues from ``translations/`` (and the tests' pseudo-language), one language a request."""
    folders = [str(Path(app.root_path).parent / "translations")]
    if pseudo_folder is not None:
        folders.append(str(pseudo_folder))
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = ";".join(folders)
    app.config["BABEL_DEFAULT_LOCALE"] = ENGLISH
    babel.init_app(app, locale_selector=chosen, timezone_selector=lambda: "Europe/London")
    babel.domain_instance = Catalogues()
    app.jinja_env.globals.update(_=_say, gettext=_say, ngettext=_say_number)


def chosen() -> str:
    """This page's language: switched on this device, else the account's, else the browser's, else English."""
    if not has_request_context():
        return ENGLISH
    offered = tuple(offered_codes())
    wanted = (g.get("language"), request.cookies.get(COOKIE), getattr(g.get("visitor"), "language", None))
    for code in wanted:
        if code in offered:
            return code
    return request.accept_languages.best_match(offered, ENGLISH) or ENGLISH


def offered_codes() -> Iterable[str]:
    """The languages that may be chosen here: the visitor's service's, or on signed-out pages every service's."""
    if "offered_languages" not in g:
        g.offered_languages = current_app.extensions["waymark_languages_of_all"]()
    given: Iterable[str] = g.offered_languages
    return given


def page_language() -> tuple[str, str]:
    """The language tag and the direction (``ltr`` or ``rtl``) of the page."""
    locale = get_locale() or Locale.parse(ENGLISH)
    return str(locale).replace("_", "-"), locale.text_direction


def language_links() -> list[tuple[str, str, str, bool]]:
    """(code, own name, address that switches to it, whether it is the present one)."""
    present = chosen()
    if g.get("language_is_in_the_address"):
        return [
            (code, OWN_NAMES.get(code, code), f"{request.path}?language={code}", code == present)
            for code in offered_codes()
        ]
    back = request.full_path.rstrip("?") if request.method == "GET" else request.path
    return [
        (code, OWN_NAMES.get(code, code), url_for("language.switch", code=code, to=back), code == present)
        for code in offered_codes()
    ]


def in_words(day: date | datetime) -> str:
    """A date as people say it: Saturday 21 November (with the year when it is another one)."""
    this_year = clock.today().year
    return str(format_date(day, "EEEE d MMMM" if day.year == this_year else "EEEE d MMMM y"))


def short_date(day: date | datetime) -> str:
    """A date in a table: 21 Nov 2026."""
    return str(format_date(day, "d MMM y"))


def beside(english: str) -> Markup:
    """A sentence in the page's language with the checked English beside it, where the translation is a draft.

    For help, red flags and consent. Catalogues extract it as a keyword, like ``_``.
    """
    code = chosen()
    if code not in DRAFTS:
        return escape(gettext(english))
    return Markup('{} <span class="wm-beside" lang="en" dir="ltr">{}</span>').format(
        gettext(english), english
    )


speaking = force_locale
