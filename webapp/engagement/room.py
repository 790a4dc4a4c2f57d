"""Opens the engagement room: its numbers may be set by a service, and a change ranks everybody anew."""

from __future__ import annotations

from dataclasses import fields
from uuid import UUID

from flask import Flask
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.engagement.summing_up import follow_patient, rank_everybody
from webapp.engagement.thresholds import DEFAULT, Contradiction, Thresholds
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.foundations.jobs import application, jobs
from webapp.people import service as people
from webapp.people.models import Service
from webapp.people.number_settings import NumberSetting, Section, add_section
from webapp.people.service_settings import tell_me_of_changes

RANKS_BY = {"thresholds", "closures", "nation", "time_zone"}
LABELS = {
    "not_started_days": _l("“Not started yet” after"),
    "second_nudge_days": _l("A second message to those who have not started after"),
    "not_started_call_days": _l("Ring those who have not started after"),
    "quieter_idle_days": _l("“Quieter than planned” after this long without a visit"),
    "quieter_overdue_days": _l("“Quieter than planned” when a module stays open this long"),
    "ring_idle_days": _l("“Ring first” with an open module, after this long without a visit"),
    "ring_silent_days": _l("“Ring first” by itself, after this long without a visit"),
    "lapsed_idle_days": _l("Off the list after this long without a visit"),
    "hidden_after_contact_days": _l("Off the list after a contact for"),
    "flare_pause_days": _l("A flare-up stops the clock for at most"),
    "flare_check_in_days": _l("Ask after a flare-up on day"),
    "not_back_days": _l("On the list when nobody is back from a pause after"),
    "no_call_days": _l("On paper or by phone: on the list without an agreed call after"),
}
LONGEST_DAYS = 365


def open_room(app: Flask) -> None:
    """Offer the thresholds on the service's settings pages, and follow what changes there."""
    source = _l("A proposal of this project. Each source stands on the page of rules.")
    settings = [
        NumberSetting(key, label, getattr(DEFAULT, key), 1, LONGEST_DAYS, source, _l("days"))
        for key, label in LABELS.items()
    ]
    add_section(Section("flags", _l("Whom to ring, and when"), "thresholds", settings))
    tell_me_of_changes(rank_after_a_change)
    people.tell_me_of_changed_patients(follow_patient)


def rank_after_a_change(service: Service, changed: set[str], _by: Actor) -> None:
    """Thresholds, closures, nation or zone have changed: the worker ranks everybody once this is committed.

    Raises:
        ValueError: two of the numbers contradict each other; it says which, in the words of the page.
    """
    if not changed & RANKS_BY:
        return
    known = {field.name for field in fields(Thresholds)}
    try:
        Thresholds(**{name: value for name, value in service.thresholds.items() if name in known})
    except Contradiction as problem:
        raise ValueError(_in_words(problem)) from problem
    db.session.flush()
    connection = db.session.connection().connection.driver_connection
    rank_service.configure(connection=connection).defer(service_id=str(service.id))


def _in_words(problem: Contradiction) -> str:
    later, sooner = (LABELS.get(name, name) for name in (problem.later, problem.sooner))
    words: str = _(
        "Two numbers do not fit together. “%(later)s” cannot be fewer days than “%(sooner)s”.",
        later=later,
        sooner=sooner,
    )
    return words


@jobs.task(name="rank_service")
def rank_service(service_id: str) -> None:
    """Rank every enrolment of one service."""
    with application().app_context():
        enter_service(UUID(service_id))
        rank_everybody(people.service_with(UUID(service_id)))
