"""Patients who are due something, and the job that writes it, at a moment of a made-up week."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment, Summary
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.reminders import service
from webapp.reminders.models import Reminder, ReminderThing

MONDAY = datetime(2027, 3, 1, 10, tzinfo=UTC)
"""A Monday at ten in Hillside."""


def at(days: float = 0, hours: float = 0) -> datetime:
    """So long after that Monday at ten."""
    return MONDAY + timedelta(days=days, hours=hours)


@contextmanager
def on(days: float = 0, hours: float = 0) -> Iterator[None]:
    """Standing there."""
    with clock.standing_at(at(days, hours)):
        yield


def begins(cast: Cast, name: str, *ways: str, days: float = 0, hours: float = 0) -> Person:
    """This patient activates then, and chooses these ways of being written (e-mail without any)."""
    with on(days, hours):
        person: Person = getattr(cast, name)
        enter_service(cast.hillside.id)
        for way in ways or ("email",):
            people.choose(id_of(person.patient), way, True, by=person.actor)
        db.session.commit()
    return person


def reads_a_page(person: Person, page: str = "start-here/welcome") -> None:
    """They do something meaningful now."""
    engagement.record(person.actor, enrolment_of(person), "page_read", page)
    db.session.commit()


def enrolment_of(person: Person) -> Enrolment:
    """Their way through the course, as it is now."""
    assert person.enrolment is not None
    return db.session.get_one(Enrolment, (person.enrolment.service_id, person.enrolment.id))


def job(cast: Cast) -> Actor:
    """Somebody who sets things up."""
    return cast.job(cast.hillside)


def writes(cast: Cast) -> int:
    """The job of now, for Hillside."""
    return service.write_messages(cast.hillside)


def letters(person: Person) -> list[Letter]:
    """Every message of this room to them, oldest first."""
    rows = select(Letter).where(
        Letter.patient_id == id_of(person.patient), Letter.kind.startswith(service.LETTER_KIND)
    )
    return list(db.session.scalars(rows.order_by(Letter.written_at, Letter.id)))


def kinds(person: Person) -> list[list[str]]:
    """What each message was about."""
    rows = select(Reminder).where(Reminder.patient_id == id_of(person.patient))
    return [row.kinds for row in db.session.scalars(rows.order_by(Reminder.at, Reminder.id))]


def keys(person: Person) -> list[str]:
    """What was told."""
    rows = select(ReminderThing.key).where(ReminderThing.enrolment_id == enrolment_of(person).id)
    return sorted(db.session.scalars(rows))


def next_look(person: Person) -> Any:
    """The day on which they are asked about again."""
    return db.session.scalar(select(Summary.remind_on).where(Summary.enrolment_id == enrolment_of(person).id))


def all_sent(person: Person) -> None:
    """The worker has sent everything by now."""
    for letter in letters(person):
        letter.sent_at = letter.sent_at or clock.now()
    db.session.commit()
