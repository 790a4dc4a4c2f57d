"""Opens the welcome room."""

from __future__ import annotations

from flask import Flask


def open_room(app: Flask) -> None:
    """Register the pages of inviting, which the pages of starting and of inviting a group join as they are imported."""
    from . import import_routes, routes, start_routes  # noqa: F401

    app.register_blueprint(routes.pages)
