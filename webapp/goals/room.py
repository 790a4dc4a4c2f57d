"""Opens the goals room."""

from __future__ import annotations

from flask import Flask

from . import routes, routes_making, routes_review


def open_room(app: Flask) -> None:
    """Register the pages: the goals and their cards, making one, looking back at one."""
    app.register_blueprint(routes.pages)
    app.register_blueprint(routes_making.pages)
    app.register_blueprint(routes_review.pages)
