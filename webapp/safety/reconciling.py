"""The five-minute check: every trigger has exactly one alert, and what should have gone up has gone up.

The rooms in which triggers are born say here how to find them again.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.safety.covering import readers
from webapp.safety.models import Alert, Trigger
from webapp.safety.rules import Kind, Level
from webapp.safety.service import hand_up_from, raise_alert
from webapp.safety.steps import write_step
from webapp.safety.telling import settle_notices, tell_up_to

log = logging.getLogger(__name__)
WATCH_JOB = "safety watch"


@dataclass(frozen=True)
class Found:
    """A trigger as its own room knows it: which row, of whom, where it stands, since when."""

    source_id: str
    enrolment_id: UUID
    place: str
    at: datetime
    written_on: date | None = None


Source = Callable[[UUID], Iterator[Found]]
"""Every trigger of a service that has no row among the alerts' triggers (``without_alert`` helps to ask)."""
_sources: dict[str, tuple[Kind, Source]] = {}


def add_source(source: str, kind: Kind, find: Source) -> None:
    """Register where triggers of one source are found: ``find(service_id)`` gives those without an alert."""
    _sources[source] = (kind, find)


def known_triggers(source: str):  # type: ignore[no-untyped-def]
    """A sub-query with the ``source_id`` of every trigger of this source that has an alert."""
    return select(Trigger.source_id).where(Trigger.source == source)


def watch(service_id: UUID) -> None:
    """One round for one service; each thing is committed by itself, and one that cannot be done stops no other."""
    by = Actor(service_id, job=WATCH_JOB)
    for work in (_raise_what_was_missed, _hand_up_from_those_who_left, _go_up, _settle):
        enter_service(service_id)
        try:
            work(by)
            db.session.commit()
        except Exception:
            log.exception("the safety watch could not finish %s", work.__name__)
            db.session.rollback()


def _raise_what_was_missed(by: Actor) -> None:
    assert by.service_id is not None
    for source, (kind, find) in _sources.items():
        for missed in list(find(by.service_id)):
            enrolment = db.session.get_one(Enrolment, (by.service_id, missed.enrolment_id))
            alert = raise_alert(
                enrolment, kind, missed.place, source, missed.source_id, by=by, written_on=missed.written_on
            )
            write_step(alert, "found", by=None)
            db.session.commit()
            enter_service(by.service_id)


def _hand_up_from_those_who_left(by: Actor) -> None:
    here = [person.account_id for person in readers(by)]
    gone = db.session.scalars(
        select(Alert.owner_account_id)
        .where(
            Alert.service_id == by.service_id,
            Alert.closed_at.is_(None),
            Alert.owner_account_id.is_not(None),
            Alert.owner_account_id.not_in(here),
        )
        .distinct()
    ).all()
    for account_id in gone:
        if account_id is not None:
            hand_up_from(account_id, by=by)


def _go_up(by: Actor) -> None:
    while (alert := _next_due(by)) is not None:
        go_up(alert)
        db.session.commit()
        assert by.service_id is not None
        enter_service(by.service_id)


def go_up(alert: Alert) -> None:
    """Bring an alert that nobody owns to the level of this moment, and tell those who belong to it."""
    times = alert.deadlines
    level = max(Level(alert.level), times.level_at(clock.now()))
    write_step(alert, "went_up", note=str(int(level)))
    tell_up_to(alert, level)
    db.session.flush()


def _next_due(by: Actor) -> Alert | None:
    due = select(Alert).where(Alert.service_id == by.service_id, Alert.next_step_at <= clock.now())
    return db.session.scalar(
        due.order_by(Alert.next_step_at, Alert.id).limit(1).with_for_update(skip_locked=True),
        execution_options={"populate_existing": True},
    )


def _settle(by: Actor) -> None:
    settle_notices()
