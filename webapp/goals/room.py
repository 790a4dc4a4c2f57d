"""Opens the goals room."""

from __future__ import annotations

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.people.me_sections import name_shared_things, say_what_was_looked_at

from . import routes, routes_making, routes_review, service

PAGES_OF = (routes, routes_making, routes_review)  # all on one blueprint


def open_room(app: Flask) -> None:
    """Register the pages: the goals and their cards, making one, looking back at one."""
    name_shared_things(service.KIND, service.titles_of)
    say_what_was_looked_at(service.KIND, _l("the goals that you share"))
    app.register_blueprint(PAGES_OF[0].pages)
