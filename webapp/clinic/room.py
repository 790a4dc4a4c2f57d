"""Opens the clinic."""

from __future__ import annotations

from flask import Flask

from webapp.clinic import (
    answer_routes,
    call_routes,
    companion_routes,
    forms,
    problem_routes,
    record_routes,
    scripts,
    stay_routes,
    story_routes,
    tool_routes,
)
from webapp.clinic.days import near_day
from webapp.clinic.phones import as_written
from webapp.clinic.routes import pages
from webapp.foundations.settings import Settings

JOURNEYS = (
    answer_routes,
    call_routes,
    companion_routes,
    problem_routes,
    record_routes,
    stay_routes,
    story_routes,
    tool_routes,
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
        left_words=lambda code: forms.LEFT_REASONS.get(code, code),
        pause_words=lambda code: forms.PAUSE_REASONS.get(code, code),
        alternatives_words=lambda codes: ", ".join(str(forms.ALTERNATIVES.get(code, code)) for code in codes),
    )
    app.register_blueprint(pages)
