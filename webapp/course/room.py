"""Opens the course: reads every text (or refuses to start), registers its pages."""

from __future__ import annotations

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from webapp.foundations.settings import Settings
from webapp.people import readiness
from webapp.people.number_settings import Section, add_section

from . import (
    flare_routes,
    information_routes,
    movement_routes,
    paper_routes,
    pause_routes,
    route_routes,
    route_settings,
    service,
    shared_words,
    short_routes,
    skill_words,
    tool_routes,
)
from .exercises.registry import tools
from .movements import keep_the_movements
from .routes import pages
from .safety_list import READ_FIRST, safety_list
from .shelf import fill_the_shelf


def open_room(app: Flask) -> None:
    """Read the course once and register its pages.

    Raises:
        ContentRefused: with every problem of the texts, by file and line.
    """
    settings: Settings = app.extensions["waymark_settings"]
    shelf = fill_the_shelf(app, settings.content_folders, settings.extra_questionnaires)
    keep_the_movements(app, *settings.content_folders)
    readiness.set_modules(service.modules_for_acceptance)
    numbers = tuple(number for kind in tools().values() for number in kind.numbers)
    if numbers:
        add_section(Section("exercises", _l("Exercises"), "pacing", numbers))
    route_settings.offer()
    shared_words.offer()
    app.jinja_env.globals["skill_words"] = skill_words
    app.jinja_env.globals["safety_list"] = safety_list
    app.register_blueprint(pages)
    app.register_blueprint(flare_routes.flare_pages)
    if READ_FIRST in shelf.course.plain_pages:
        app.extensions["waymark_links"]["read_first"] = lambda: url_for("course.information", name=READ_FIRST)


JOURNEYS = (
    information_routes,
    movement_routes,
    paper_routes,
    pause_routes,
    route_routes,
    short_routes,
    tool_routes,
)  # importing them puts their views on the room's blueprint
