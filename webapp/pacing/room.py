"""Opens the pacing room."""

from __future__ import annotations

from flask import Flask

from webapp.pacing import routes, routes_days, routes_flare, routes_look_back, routes_start, words
from webapp.pacing.pages import flare_pages, pages

JOURNEYS = (routes, routes_start, routes_days, routes_look_back, routes_flare)


def open_room(app: Flask) -> None:
    """Register the pacing pages and the flare-up page; importing the journeys has hung their views on
    them.
    """
    assert JOURNEYS
    app.jinja_env.globals["pacing_words"] = words
    app.register_blueprint(pages)
    app.register_blueprint(flare_pages)
