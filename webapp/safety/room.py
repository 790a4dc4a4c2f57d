"""Opens the safety room: its watch runs in the worker, and alerts follow who leaves."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from uuid import UUID

from flask import Flask, g
from flask_babel import lazy_gettext as _l

from webapp.foundations import health, kept_pages
from webapp.foundations.access import Actor, May, acting, visitor
from webapp.foundations.database import acting_in, db
from webapp.people import service as people
from webapp.people.installation_notes import say_what_does_not_work
from webapp.people.me_sections import add_to_me
from webapp.safety import jobs, service
from webapp.safety.before_asking import BeforeAsking, before_asking
from webapp.safety.looking import WATCH, WATCH_STOPPED_AFTER
from webapp.safety.overview import InFrame
from webapp.safety.routes import pages
from webapp.safety.told import Told, told_at
from webapp.safety.trouble_words import troubles_in_words

JOBS = (jobs,)
"""Importing them registers the watch with the worker."""


def open_room(app: Flask) -> None:
    """Register the pages, hand up the alerts of whoever leaves, and show on every page what waits for somebody."""
    people.tell_me_who_leaves(hand_up)
    add_to_me(_l("What I told my team"), "safety.what_i_told")
    say_what_does_not_work(troubles_in_words)
    health.must_beat["safety"] = (WATCH, WATCH_STOPPED_AFTER)
    if alerts_in_frame not in kept_pages.frame_shows:
        kept_pages.frame_shows.append(alerts_in_frame)
    app.jinja_env.globals.update(
        alerts_in_frame=alerts_in_frame, before_asking=_before_asking, told_at=_told_at
    )
    app.register_blueprint(pages)


def _before_asking() -> BeforeAsking:
    """For templates of any room: what stands before such a question, in the service of whoever looks."""
    service = getattr(visitor(), "service", None)
    assert service is not None, "such a question is asked in a service"
    return before_asking(acting(), service)


def _told_at(place: object) -> Told | None:
    """For templates of any room: what was told in this place, if anything."""
    return told_at(acting(), str(place))


def hand_up(account_id: UUID, by: Actor) -> None:
    """Somebody's role ended or changed: what they own goes up, unless they may still read answers."""
    if all(person.account_id != account_id for person in service.readers(by)):
        service.hand_up_from(account_id, by=by)


def _within(service_id: UUID) -> AbstractContextManager[None]:
    """Inside the visitor's service, also on pages that look at what lies outside it (their other memberships)."""
    is_there = db.session.info.get("service") == service_id
    return nullcontext() if is_there else acting_in(service_id)


def alerts_in_frame() -> InFrame | None:
    """What the visitor's pages show of alerts, asked once a request; None for who may not read answers."""
    who = visitor()
    if who is None or who.service_id is None or not who.may(May.READ_ANSWERS):
        return None
    if "alerts_in_frame" not in g:
        with _within(who.service_id):
            g.alerts_in_frame = service.frame_of(acting())
    found: InFrame = g.alerts_in_frame
    return found
