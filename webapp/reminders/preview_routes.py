"""The messages of a service, for its lead to read before anybody gets one."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask_babel import get_locale

from webapp.engagement.gathering import service_of
from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import OWN_NAMES
from webapp.foundations.quiet_hours import QUIET_FROM, QUIET_UNTIL

from . import preview
from .rules import HOURS_BETWEEN
from .texts_kept import message_texts

pages = Blueprint("message_words", __name__, template_folder="templates", url_prefix="/service/messages")


@pages.get("")
@allow(May.LEAD_SERVICE)
def overview() -> str:
    """Every message: when it is sent, where the rule comes from, by which ways, and a link to its words."""
    service = service_of(acting())
    language = message_texts().spoken(str(get_locale()))
    return render_template(
        "reminders/preview/overview.jinja",
        rows=preview.rows(service, language),
        language=language,
        ways=preview.ways(service),
        hours=int(HOURS_BETWEEN.total_seconds() // 3600),
        quiet=(QUIET_FROM.strftime("%H:%M"), QUIET_UNTIL.strftime("%H:%M")),
        written_in=[(code, OWN_NAMES.get(code, code)) for code in preview.languages()],
    )


@pages.get("/<string:language>/<string:name>")
@allow(May.LEAD_SERVICE)
def message(language: str, name: str) -> str:
    """One message in one language: as e-mail, as text and as letter."""
    service = service_of(acting())
    shown = preview.message(service, name, language)
    if shown is None:
        abort(404)
    return render_template(
        "reminders/preview/message.jinja",
        shown=shown,
        ways=preview.ways(service),
        written_in=[(code, OWN_NAMES.get(code, code)) for code in preview.languages()],
    )
