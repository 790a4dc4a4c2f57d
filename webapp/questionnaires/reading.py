"""Answers to read: every finished sitting, oldest first, never by score, until a named person has read it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, tuple_, update

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.models import Reading, SittingRow
from webapp.questionnaires.worsenings import Worsening, worsenings_of

_BETWEEN = "~"


class NotFound(LookupError):
    """There is no such sitting for this person: a page answers 404."""


@dataclass(frozen=True)
class ToRead:
    """One finished sitting that nobody has read. ``headings`` are our names for what was asked.

    ``worse`` holds each change for the worse that the instrument's own rule counts, as a dated fact: nothing is
    ordered or marked by it.
    """

    sitting_id: UUID
    patient: Patient
    time_point: str
    headings: tuple[str, ...]
    finished_at: datetime
    promised_on: date
    mode: str
    entered_by: str | None
    written_on: date | None = None
    worse: tuple[Worsening, ...] = ()


@dataclass(frozen=True)
class AnswersPage:
    """Up to ``limit`` rows, and the key that fetches those after them (None at the end)."""

    rows: tuple[ToRead, ...]
    next_after: str | None


def answers_to_read(by: Actor, after: str | None = None, limit: int = 50) -> AnswersPage:
    """What nobody has read yet in this service, in the order of finishing, after a ``next_after``.

    Raises:
        NotFound: ``after`` is no key of ours.
    """
    wanted = (
        select(Reading, SittingRow)
        .join(
            SittingRow, (SittingRow.service_id == Reading.service_id) & (SittingRow.id == Reading.sitting_id)
        )
        .where(Reading.service_id == by.service_id, Reading.read_at.is_(None))
        .order_by(Reading.finished_at, Reading.sitting_id)
        .limit(limit + 1)
    )
    if after:
        wanted = wanted.where(tuple_(Reading.finished_at, Reading.sitting_id) > tuple_(*_key_from(after)))
    found = db.session.execute(wanted).all()
    patients = people.patients_by_id(by, {reading.patient_id for reading, _sitting in found})
    shown = found[:limit]
    worse = worsenings_of(by, [reading.sitting_id for reading, _sitting in shown])
    rows = tuple(
        _to_read(reading, sitting, patients[reading.patient_id], worse.get(reading.sitting_id, ()))
        for reading, sitting in shown
    )
    return AnswersPage(rows, _key_of(rows[-1]) if len(found) > limit else None)


def mark_read(by: Actor, sitting_id: UUID) -> None:
    """A named person has read this sitting. The first to say so stays the one.

    Raises:
        NotFound: no finished sitting of this service. ValueError: a job cannot read.
    """
    if by.account_id is None:
        raise ValueError("Only a person reads answers.")
    row = reading_of(by, sitting_id)
    done = db.session.execute(
        update(Reading)
        .where(Reading.service_id == by.service_id, Reading.id == row.id, Reading.read_at.is_(None))
        .values(read_by=by.name, account_id=by.account_id, read_at=clock.now())
        .returning(Reading.id)
    ).first()
    db.session.refresh(row)
    if done is not None:
        audit.record(by, "read", "questionnaire", sitting_id, patient_id=row.patient_id)


def reading_of(by: Actor, sitting_id: UUID) -> Reading:
    """Who has read a finished sitting, if anybody has, and by which day it was promised.

    Raises:
        NotFound: no finished sitting of this service.
    """
    row = db.session.scalar(
        select(Reading).where(Reading.service_id == by.service_id, Reading.sitting_id == sitting_id)
    )
    if row is None:
        raise NotFound(str(sitting_id))
    return row


def _to_read(reading: Reading, sitting: SittingRow, patient: Patient, worse: Sequence[Worsening]) -> ToRead:
    return ToRead(
        sitting_id=reading.sitting_id,
        patient=patient,
        time_point=sitting.time_point,
        headings=_headings_of(sitting),
        finished_at=reading.finished_at,
        promised_on=reading.promised_on,
        mode=sitting.mode,
        entered_by=sitting.entered_by,
        written_on=sitting.written_on,
        worse=tuple(worse),
    )


def _headings_of(sitting: SittingRow) -> tuple[str, ...]:
    """Of the questionnaires as they were begun, or as the battery has them."""
    known, language = instruments(), page_language()[0]
    points = known.battery.time_points if known.battery else ()
    planned = {each.id: each.instruments for point in points for each in point.sittings}
    asked = sitting.instruments or planned.get(sitting.name, ())
    found = [known.by_id[name].names_in(language).heading for name in asked if name in known.by_id]
    return tuple(dict.fromkeys(found))


def _key_of(row: ToRead) -> str:
    return f"{row.finished_at.isoformat()}{_BETWEEN}{row.sitting_id}"


def _key_from(after: str) -> tuple[Any, UUID]:
    moment, _, sitting_id = after.partition(_BETWEEN)
    try:
        return datetime.fromisoformat(moment), UUID(sitting_id)
    except ValueError:
        raise NotFound(after) from None
