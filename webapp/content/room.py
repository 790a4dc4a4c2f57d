"""Opens the preview for the authors of content."""

from __future__ import annotations

from flask import Flask

from webapp.content.routes import pages


def open_room(app: Flask) -> None:
    """Register the preview pages (and, with them, the templates of the blocks)."""
    app.register_blueprint(pages)
