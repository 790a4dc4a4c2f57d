"""Opens the safety room: its watch runs in the worker, and alerts follow who leaves."""

from __future__ import annotations

from uuid import UUID

from flask import Flask
from flask_babel import lazy_gettext as _l

from webapp.foundations.access import Actor
from webapp.people import service as people
from webapp.people.me_sections import add_to_me
from webapp.safety import jobs, service
from webapp.safety.routes import pages

JOBS = (jobs,)
"""Importing them registers the watch with the worker."""


def open_room(app: Flask) -> None:
    """Register the pages, and hand up the alerts of whoever leaves."""
    people.tell_me_who_leaves(hand_up)
    add_to_me(_l("What I told my team"), "safety.what_i_told")
    app.register_blueprint(pages)


def hand_up(account_id: UUID, by: Actor) -> None:
    """Somebody's role ended or changed: what they own goes up, unless they may still read answers."""
    if all(person.account_id != account_id for person in service.readers(by)):
        service.hand_up_from(account_id, by=by)
