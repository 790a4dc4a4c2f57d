"""Opens the patient's own pages."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.people.me_sections import add_to_me

from . import leave_routes
from .routes import pages

JOURNEYS = (leave_routes,)
"""Importing them puts their views on the room's blueprint."""


def open_room(app: Flask) -> None:
    """Register Today, the toolbox, the progress page, and the ways out and back."""
    app.register_blueprint(pages)
    add_to_me(_l("Pause or stop my course"), "home.leave")
