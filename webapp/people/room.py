"""Opens the people room."""

from __future__ import annotations

from uuid import uuid4

from flask import Flask
from flask_login import LoginManager

from webapp.foundations.access import visitor

from . import (
    first_routes,
    link_routes,
    low_energy_routes,
    me_routes,
    password_routes,
    readiness,
    routes,
    service_routes,
    sign_in_routes,
    staff_routes,
)


def open_room(app: Flask) -> None:
    """Register sign-in with Flask-Login (the gate has already found who is asking) and the room's pages."""
    manager = LoginManager()
    manager.session_protection = None
    manager.init_app(app)
    manager.request_loader(lambda _request: visitor())
    app.jinja_env.globals["demonstration"] = readiness.demonstration
    app.jinja_env.globals["once_key"] = lambda: uuid4().hex
    for blueprint in (sign_in_routes.pages, link_routes.pages, first_routes.pages, routes.pages):
        app.register_blueprint(blueprint)


JOURNEYS = (
    low_energy_routes,
    me_routes,
    password_routes,
    service_routes,
    staff_routes,
)  # importing them puts their views on the room's blueprint
