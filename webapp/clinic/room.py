"""Opens the clinic."""

from __future__ import annotations

from flask import Flask, g
from flask_babel import lazy_gettext as _l

from webapp.clinic import (
    alert_routes,
    answer_routes,
    call_routes,
    companion_routes,
    concerns,
    cover_routes,
    forms,
    letter_routes,
    message_reads,
    message_routes,
    problem_routes,
    record_routes,
    ring_routes,
    script_routes,
    scripts,
    stay_routes,
    story_routes,
    timeline_routes,
    tool_routes,
    way_routes,
)
from webapp.clinic.alert_forms import ACTIONS
from webapp.clinic.days import is_today, moment_of, near_day, near_moment, weekday_words
from webapp.clinic.phones import as_written
from webapp.clinic.routes import pages
from webapp.foundations import kept_pages
from webapp.foundations.access import May, visitor
from webapp.foundations.settings import Settings
from webapp.people.me_sections import say_what_was_looked_at
from webapp.people.service_links import add_to_service_settings
from webapp.safety import trouble_words

JOURNEYS = (
    alert_routes,
    answer_routes,
    call_routes,
    companion_routes,
    cover_routes,
    letter_routes,
    message_routes,
    problem_routes,
    record_routes,
    ring_routes,
    script_routes,
    stay_routes,
    story_routes,
    timeline_routes,
    tool_routes,
    way_routes,
)
"""Importing them puts their views on the room's blueprint."""


def open_room(app: Flask) -> None:
    """Register the portal's pages, and refuse to start without the call scripts.

    Raises:
        ScriptMissing: a call script is not there or cannot be used.
    """
    settings: Settings = app.extensions["waymark_settings"]
    folder = settings.content_folder / "call-scripts"
    scripts.check_scripts(folder)
    app.extensions[scripts.EXTENSION] = folder
    app.jinja_env.filters["phone"] = as_written
    app.jinja_env.globals.update(
        near_day=near_day,
        list_address=ring_routes.list_address,
        left_words=lambda code: forms.LEFT_REASONS.get(code, code),
        pause_words=lambda code: forms.PAUSE_REASONS.get(code, code),
        trouble_in_words=trouble_words.sentence,
        is_today=is_today,
        moment_of=moment_of,
        near_moment=near_moment,
        weekday_words=weekday_words,
        action_words=ACTIONS,
        alternatives_words=lambda codes: ", ".join(str(forms.ALTERNATIVES.get(code, code)) for code in codes),
    )
    concerns.tell_safety()
    add_to_service_settings(_l("Alerts and who covers them"), "clinic.cover")
    add_to_service_settings(_l("What we say on the phone"), "clinic.call_scripts")
    say_what_was_looked_at("alert", _l("something that you told your team"))
    if messages_in_frame not in kept_pages.frame_shows:
        kept_pages.frame_shows.append(messages_in_frame)
    app.jinja_env.globals["messages_in_frame"] = messages_in_frame
    app.register_blueprint(pages)


def messages_in_frame() -> int:
    """How many messages wait for somebody, for the menu: asked once a page, by index; 0 for who may not ring."""
    who = visitor()
    if who is None or who.service_id is None or not who.may(May.RING):
        return 0
    if "messages_in_frame" not in g:
        g.messages_in_frame = message_reads.number_waiting(who.service_id)
    found: int = g.messages_in_frame
    return found
