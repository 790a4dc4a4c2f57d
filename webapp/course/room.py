"""Opens the course: reads every text (or refuses to start), registers its pages."""

from __future__ import annotations

from flask import Flask

from webapp.foundations.settings import Settings
from webapp.people import readiness

from . import pause_routes, service
from .routes import pages
from .shelf import fill_the_shelf


def open_room(app: Flask) -> None:
    """Read the course once and register its pages.

    Raises:
        ContentRefused: with every problem of the texts, by file and line.
    """
    settings: Settings = app.extensions["waymark_settings"]
    fill_the_shelf(app, settings.content_folder, settings.extra_questionnaires)
    readiness.set_modules(service.modules_for_acceptance)
    app.register_blueprint(pages)


JOURNEYS = (pause_routes,)  # importing it puts its views on the room's blueprint
