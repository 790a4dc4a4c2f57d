"""Waymark: a self-guided digital pain management programme that a pain service runs for its own patients."""

from __future__ import annotations

import gc

from flask import Flask
from flask_wtf import CSRFProtect

from webapp.foundations.settings import Settings

csrf = CSRFProtect()


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application: the table of contents of the house.

    Raises:
        SettingsRefused, ContentRefused, QuestionnairesRefused: with everything that is wrong, by file and line.
    """
    from webapp import building

    app = Flask(__name__, static_folder=None)
    building.settle(app, settings)
    building.lay_foundations(app)
    building.open_rooms(app)
    csrf.init_app(app)
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)
    return app
