"""Opens the goals room."""

from __future__ import annotations

from flask import Flask

from . import routes, routes_making, routes_review

PAGES_OF = (routes, routes_making, routes_review)  # all on one blueprint


def open_room(app: Flask) -> None:
    """Register the pages: the goals and their cards, making one, looking back at one."""
    app.register_blueprint(PAGES_OF[0].pages)
