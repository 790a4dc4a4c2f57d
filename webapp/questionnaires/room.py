"""Opens the questionnaires room: reads every file, or refuses to start with all their problems."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, url_for
from flask_babel import lazy_gettext as _l

from webapp.foundations.settings import Settings
from webapp.people.service_links import add_to_service_settings
from webapp.questionnaires import alerts, catalogue, help_routes, paper_routes, settings_routes
from webapp.questionnaires.instruments import read_instruments
from webapp.questionnaires.settings_view import title_of
from webapp.questionnaires.staff_routes import pages
from webapp.questionnaires.wording import score_number, within_sentence

RING_ME = "support.ring_me"
JOURNEYS = (
    help_routes,
    paper_routes,
    settings_routes,
)  # importing them puts their views on the room's blueprint


def open_room(app: Flask) -> None:
    """Read the instruments and the battery, then open the pages.

    Raises:
        QuestionnairesRefused: with every problem of every file.
    """
    settings: Settings = app.extensions["waymark_settings"]
    catalogue.keep(app, read_instruments(folders_of(settings)))
    alerts.tell_safety()
    add_to_service_settings(_l("Questionnaires"), "questionnaires.settings")
    app.jinja_env.filters.update(score_number=score_number, within_sentence=within_sentence)
    app.jinja_env.filters["title_of_instrument"] = title_of
    app.jinja_env.globals["ring_me_address"] = lambda: (
        url_for(RING_ME) if RING_ME in app.view_functions else None
    )
    app.register_blueprint(pages)


def folders_of(settings: Settings) -> list[Path]:
    """Waymark's own questionnaires, then those among a service's texts (if any), then its extra folders."""
    own, *layers = (folder / "questionnaires" for folder in settings.content_folders)
    return [own, *(folder for folder in layers if folder.is_dir()), *settings.extra_questionnaires]
