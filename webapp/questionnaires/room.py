"""Opens the questionnaires room: reads every file, or refuses to start with all their problems."""

from __future__ import annotations

from flask import Flask, url_for

from webapp.foundations.settings import Settings
from webapp.questionnaires import catalogue
from webapp.questionnaires.instruments import read_instruments
from webapp.questionnaires.staff_routes import pages
from webapp.questionnaires.wording import score_number, within_sentence

RING_ME = "support.ring_me"


def open_room(app: Flask) -> None:
    """Read the instruments and the battery, then open the pages.

    Raises:
        QuestionnairesRefused: with every problem of every file.
    """
    settings: Settings = app.extensions["waymark_settings"]
    folders = [settings.content_folder / "questionnaires", *settings.extra_questionnaires]
    catalogue.keep(app, read_instruments(folders))
    app.jinja_env.filters.update(score_number=score_number, within_sentence=within_sentence)
    app.jinja_env.globals["ring_me_address"] = lambda: (
        url_for(RING_ME) if RING_ME in app.view_functions else None
    )
    app.register_blueprint(pages)
