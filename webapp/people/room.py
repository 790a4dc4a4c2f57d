"""Opens the people room."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager

from webapp.foundations.access import visitor


def open_room(app: Flask) -> None:
    """Register sign-in with Flask-Login: the gate has already found who is asking."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)
    manager.request_loader(lambda _request: visitor())
