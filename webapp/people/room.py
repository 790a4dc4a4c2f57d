"""Opens the people room."""

from __future__ import annotations

from flask import Flask
from flask_login import LoginManager

from webapp.foundations.access import visitor

from . import first_routes, link_routes, readiness, sign_in_routes


def open_room(app: Flask) -> None:
    """Register sign-in with Flask-Login (the gate has already found who is asking) and the room's pages."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)
    manager.request_loader(lambda _request: visitor())
    app.jinja_env.globals["demonstration"] = readiness.demonstration
    for routes in (sign_in_routes, link_routes, first_routes):
        app.register_blueprint(routes.pages)
