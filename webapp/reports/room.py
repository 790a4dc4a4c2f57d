"""Opens the reports room."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.people.me_sections import add_to_me, say_what_was_looked_at
from webapp.people.service_links import add_to_service_settings
from webapp.reports import service, together_routes
from webapp.reports.routes import pages

JOURNEYS = (together_routes,)  # importing it puts its view on the room's blueprint


def open_room(app: Flask) -> None:
    """Register the pages, and the ways to them from *Me* and from the service's settings."""
    say_what_was_looked_at(service.KIND, _l("your questionnaires"))
    add_to_me(_l("Download my answers"), "reports.my_answers")
    add_to_service_settings(_l("Copy out all questionnaires"), "reports.service_copies")
    add_to_service_settings(_l("What the scores say together"), "reports.outcomes")
    app.register_blueprint(pages)
