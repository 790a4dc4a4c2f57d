"""What did not arrive, and what was written to a patient: SELECT only, Core rows, always within one service."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, select, true

from webapp.engagement.models import Enrolment
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.people.models import Patient
from webapp.reminders.bounces import is_at_present_address
from webapp.reminders.models import Bounce, Reminder

from .reads import HISTORY_ROWS, PAGE_ROWS, Found, Query, Rows

COUNT_UP_TO = 99


class Silent(NamedTuple):
    """A way by which messages do not arrive, and since when."""

    channel: str
    since_on: date


def _waits() -> tuple[ColumnElement[bool], ...]:
    """A bounce that nobody has settled or dealt with, at the address that the record has now."""
    return (Bounce.settled_at.is_(None), Bounce.dealt_with_at.is_(None), is_at_present_address())


def _their_patient() -> ColumnElement[bool]:
    return (Patient.service_id == Bounce.service_id) & (Patient.id == Bounce.patient_id)


# --- the list --------------------


def not_arrived(service_id: UUID, after: UUID | None = None) -> Found:
    """Addresses that do not work and wait for somebody, newest first, each with its patient. By key set."""
    query = not_arrived_query(after is not None)
    rows = db.session.execute(query, {"service": service_id, **({"after": after} if after else {})}).all()
    return Found(rows[:PAGE_ROWS], len(rows) > PAGE_ROWS)


@cache
def not_arrived_query(later: bool) -> Query:
    """Walks ``ix_bounce_waiting`` backwards; takes ``service``, and with ``later`` the id to go on ``after``."""
    latest = _latest_failed()
    way = _latest_way(Bounce.service_id, Bounce.patient_id)
    query = (
        select(
            Bounce.id, Bounce.channel, Bounce.address, Bounce.why, Bounce.since_on, Bounce.noted_by,
            *_about_patient(), *latest.c, *way.c,
        )
        .join(Patient, _their_patient())
        .join(latest, true(), isouter=True)
        .join(way, true(), isouter=True)
        .where(Bounce.service_id == bindparam("service"), *_waits())
    )  # fmt: skip
    if later:
        query = query.where(Bounce.id < bindparam("after"))
    return query.order_by(Bounce.id.desc()).limit(PAGE_ROWS + 1)


def _about_patient() -> list[Any]:
    return [
        Patient.id.label("patient_id"), Patient.given_name, Patient.family_name, Patient.born_on, Patient.reference,
        Patient.mobile, Patient.phone, Patient.call_is_safe, Patient.contact_times, Patient.needs,
        Patient.postal_address, Patient.letter_is_safe, Patient.email_is_safe, Patient.text_is_safe,
        Patient.email,
    ]  # fmt: skip


def _latest_failed() -> Any:
    """The newest message that could not go to this patient by this way, and is not settled."""
    return (
        select(Letter.id.label("letter_id"), Letter.kind.label("kind"), Letter.failed_at.label("failed_at"))
        .where(
            Letter.service_id == Bounce.service_id,
            Letter.patient_id == Bounce.patient_id,
            Letter.channel == Bounce.channel,
            Letter.failed_at.is_not(None),
            Letter.settled_at.is_(None),
        )
        .order_by(Letter.written_at.desc())
        .limit(1)
        .lateral("latest")
    )


def _latest_way(service_id: Any, patient_id: Any) -> Any:
    return (
        select(Enrolment.id.label("enrolment_id"))
        .where(Enrolment.service_id == service_id, Enrolment.patient_id == patient_id)
        .order_by(Enrolment.id.desc())
        .limit(1)
        .lateral("way")
    )


def failures(service_id: UUID, *, to_colleagues: bool, after: UUID | None = None) -> Found:
    """Messages that could not be sent, and whose patient has no row in ``not_arrived`` for that way; newest first.

    ``to_colleagues``: those to staff as well.
    """
    way = _latest_way(Letter.service_id, Letter.patient_id)
    query = (
        select(Letter.id, Letter.channel, Letter.kind, Letter.to_address, Letter.failed_at, *_about_patient(), *way.c)
        .join(
            Patient, (Patient.service_id == Letter.service_id) & (Patient.id == Letter.patient_id), isouter=True
        )
        .join(way, true(), isouter=True)
        .where(Letter.service_id == service_id, *_failed(to_colleagues))
        .order_by(Letter.id.desc())
        .limit(PAGE_ROWS + 1)
    )  # fmt: skip
    if after is not None:
        query = query.where(Letter.id < after)
    rows = db.session.execute(query).all()
    return Found(rows[:PAGE_ROWS], len(rows) > PAGE_ROWS)


def _failed(to_colleagues: bool) -> list[ColumnElement[bool]]:
    """The conditions beside ``outbox`` and its ``patient`` (outer)."""
    listed = (
        select(Bounce.id)
        .where(
            Bounce.service_id == Letter.service_id,
            Bounce.patient_id == Letter.patient_id,
            Bounce.channel == Letter.channel,
            *_waits(),
        )
        .correlate(Letter, Patient)
        .exists()
    )
    found = [Letter.failed_at.is_not(None), Letter.settled_at.is_(None), ~listed]
    return found if to_colleagues else [*found, Letter.patient_id.is_not(None)]


def number_waiting(service_id: UUID) -> int:
    """How many addresses, failed messages and letters wait for somebody: each counted up to 100 and no further."""
    bounced = (
        select(Bounce.id).join(Patient, _their_patient()).where(Bounce.service_id == service_id, *_waits())
    )
    failed = (
        select(Letter.id)
        .join(Patient, (Patient.service_id == Letter.service_id) & (Patient.id == Letter.patient_id))
        .where(Letter.service_id == service_id, *_failed(False))
    )
    letters = select(Letter.id).where(
        Letter.service_id == service_id,
        Letter.channel == "letter",
        Letter.sent_at.is_(None),
        Letter.withdrawn_at.is_(None),
        Letter.failed_at.is_(None),
    )
    counts = (_up_to_100(query) for query in (bounced, failed, letters))
    return sum(db.session.execute(select(*counts)).one())


def _up_to_100(query: Any) -> Any:
    return select(func.count()).select_from(query.limit(COUNT_UP_TO + 1).subquery()).scalar_subquery()


# --- a patient --------------------


def silent_ways(service_id: UUID, patient_ids: Sequence[UUID]) -> dict[UUID, list[Silent]]:
    """For some patients: by which ways messages do not arrive, each with its first day. One query for a page of rows."""
    if not patient_ids:
        return {}
    rows = db.session.execute(
        select(Bounce.patient_id, Bounce.channel, func.min(Bounce.since_on))
        .join(Patient, _their_patient())
        .where(
            Bounce.service_id == service_id,
            Bounce.patient_id.in_(patient_ids),
            Bounce.settled_at.is_(None),
            is_at_present_address(),
        )
        .group_by(Bounce.patient_id, Bounce.channel)
        .order_by(Bounce.patient_id, Bounce.channel)
    )
    found: dict[UUID, list[Silent]] = {}
    for patient_id, channel, since_on in rows:
        found.setdefault(patient_id, []).append(Silent(channel, since_on))
    return found


def messages_to(service_id: UUID, patient_id: UUID, limit: int = HISTORY_ROWS) -> Rows:
    """The latest messages to a patient, without their text: kind, everything they told of, way, what came of each."""
    return db.session.execute(
        select(
            Letter.id, Letter.kind, Letter.channel, Letter.written_at, Letter.sent_at, Letter.failed_at,
            Letter.withdrawn_at, Letter.settled_at, Letter.settled_by, Reminder.id.label("reminder_id"), Reminder.kinds,
        )
        .join(
            Reminder,
            (Reminder.service_id == Letter.service_id) & (Reminder.letter_id == Letter.id),
            isouter=True,
        )
        .where(Letter.service_id == service_id, Letter.patient_id == patient_id)
        .order_by(Letter.written_at.desc())
        .limit(limit)
    ).all()  # fmt: skip
