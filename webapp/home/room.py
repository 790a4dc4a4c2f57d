"""Opens the patient's own pages."""

from __future__ import annotations

from flask import Flask

from .routes import pages


def open_room(app: Flask) -> None:
    """Register Today, the toolbox and the progress page."""
    app.register_blueprint(pages)
