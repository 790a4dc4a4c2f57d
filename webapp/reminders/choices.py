"""What one patient wants of our messages: which, by which way, not before a day, or none at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, new_id
from webapp.people import service as people
from webapp.people.models import Patient

from .models import ReminderChoice
from .reach import ONLINE, reach_of
from .rules import Group
from .way_rules import ways_of

WAYS = ("email", "text")


def choice_of(service_id: UUID, patient_id: UUID) -> ReminderChoice | None:
    """What the patient chose; None where they never did: everything, by the ways chosen at the start."""
    return db.session.scalar(
        select(ReminderChoice).where(
            ReminderChoice.service_id == service_id, ReminderChoice.patient_id == patient_id
        )
    )


def choose(patient_id: UUID, *, way: str, left_out: Collection[Group], by: Actor) -> None:
    """Which way comes first (email, text; empty: e-mail), and which groups are left out."""
    row = _row(patient_id, by)
    row.way = way if way in WAYS else ""
    row.left_out = [group.value for group in Group if group in left_out]
    _changed(row, ("way", "left_out"), by)


def stop(patient_id: UUID, *, by: Actor) -> None:
    """No messages of this room at all, until the patient starts them again."""
    row = _row(patient_id, by)
    if row.stopped_at is None:
        row.stopped_at = clock.now()
        _changed(row, ("stopped_at",), by)


def start_again(patient_id: UUID, *, by: Actor) -> None:
    """Messages again, from now on."""
    row = _row(patient_id, by)
    if row.stopped_at is not None or row.quiet_until_on is not None:
        row.stopped_at = row.quiet_until_on = None
        _changed(row, ("stopped_at", "quiet_until_on"), by)


def quiet_until(patient_id: UUID, on: date | None, *, by: Actor) -> None:
    """No messages before this day; None: from now on again."""
    row = _row(patient_id, by)
    row.quiet_until_on = on
    _changed(row, ("quiet_until_on",), by)


def ways_now(patient: Patient, *, by: Actor) -> tuple[tuple[str, str], ...]:
    """(way, address) by which we may write to this patient now, the first to use first; empty: by none."""
    enrolment = _enrolment_of(patient.id, by)
    service = people.service_with(patient.service_id)
    online = enrolment is None or enrolment.way == ONLINE
    return ways_of(reach_of(patient, choice_of(service.id, patient.id), service, online=online))


def _row(patient_id: UUID, by: Actor) -> ReminderChoice:
    """The patient's row, held until the transaction ends; made where there is none.

    Raises:
        people.NotFound: there is no such patient in this service.
    """
    service_id = people.patient_of(by, patient_id).service_id
    new = {"id": new_id(), "way": "", "left_out": [], "changed_at": clock.now()}
    db.session.execute(
        insert(ReminderChoice)
        .values(service_id=service_id, patient_id=patient_id, **new)
        .on_conflict_do_nothing(index_elements=["service_id", "patient_id"])
    )
    held = select(ReminderChoice).where(
        ReminderChoice.service_id == service_id, ReminderChoice.patient_id == patient_id
    )
    return db.session.scalars(held.with_for_update().execution_options(populate_existing=True)).one()


def _changed(row: ReminderChoice, fields: tuple[str, ...], by: Actor) -> None:
    row.changed_at = clock.now()
    audit.record(by, "changed", "reminder_choice", row.id, patient_id=row.patient_id, fields=fields)
    db.session.flush()
    enrolment = _enrolment_of(row.patient_id, by)
    if enrolment is not None and enrolment.ended_on is None:
        engagement.ask_for_messages_on(enrolment, clock.today(people.service_with(row.service_id).time_zone))


def _enrolment_of(patient_id: UUID, by: Actor) -> Enrolment | None:
    try:
        return engagement.current_enrolment(by, patient_id)
    except engagement.NotEnrolled:
        return None
