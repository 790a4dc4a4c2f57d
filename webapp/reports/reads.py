"""What a copy is made of: sittings that were sent, with their answers and scores. SELECT only, Core rows, one service.

The sittings come through a server-side cursor, some hundred at a time, with the answers and scores of those: the
memory that it takes does not grow with the service.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

from sqlalchemy import distinct, func, select
from sqlalchemy.orm import Session

from webapp.people.models import Patient
from webapp.questionnaires.models import Answer, ScoreRow, SittingRow

AT_A_TIME = 200
Query = Any
"""A SELECT of many columns: SQLAlchemy's type would name each of them."""
Key = tuple[str, str]
"""(questionnaire, question)"""


@dataclass(frozen=True, slots=True)
class Scope:
    """What is copied: everything of a service that was sent up to a moment, or of one patient of it."""

    service_id: UUID
    until: datetime
    patient_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Given:
    """The answer that counts for one question. Both ``value`` and ``words`` None: "I'd rather not say"."""

    value: int | None
    words: str | None
    at: datetime
    language: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class Result:
    """One number: the total of a questionnaire, or a subscale. ``total`` None: no score, for ``reason``."""

    total: Decimal | None
    exact: str | None
    answered: int
    missing: Sequence[str]
    prorated: bool
    reason: str | None


@dataclass(frozen=True, slots=True)
class Scored:
    """What one questionnaire of a sitting came to. ``derived``: from the same questions in other ones."""

    id: UUID
    instrument: str
    version: int
    derived: bool
    on: date
    total: Result
    subscales: Mapping[str, Result]


@dataclass(frozen=True, slots=True)
class Sent:
    """One sitting that was sent: ``row`` has the columns of the sitting and the patient's ``reference``."""

    row: Any
    answers: Mapping[Key, Given]
    scores: tuple[Scored, ...]

    @property
    def asked(self) -> tuple[Scored, ...]:
        """The questionnaires that were asked themselves, and not derived from others."""
        return tuple(one for one in self.scores if not one.derived)

    def answers_to(self, instrument: str) -> dict[str, Given]:
        """The answers to one questionnaire, by question."""
        return {item: given for (name, item), given in self.answers.items() if name == instrument}


def sittings(session: Session, scope: Scope) -> Iterator[Sent]:
    """Every sitting in ``scope`` that was sent: patient by patient, the earliest first."""
    wanted = (
        select(
            SittingRow.id, SittingRow.patient_id, Patient.reference, SittingRow.battery, SittingRow.time_point,
            SittingRow.name, SittingRow.mode, SittingRow.entered_by, SittingRow.written_on, SittingRow.short,
            SittingRow.helped, SittingRow.checked_by, SittingRow.checked_at, SittingRow.finished_at,
        )
        .join(Patient, (Patient.service_id == SittingRow.service_id) & (Patient.id == SittingRow.patient_id))
        .where(*_sent_in(scope))
        .order_by(Patient.reference, SittingRow.finished_at, SittingRow.id)
    )  # fmt: skip
    for rows in session.execute(wanted, execution_options={"yield_per": AT_A_TIME}).partitions():
        ids = [row.id for row in rows]
        answers, scores = _answers_of(session, scope, ids), _scores_of(session, scope, ids)
        for row in rows:
            yield Sent(row, answers.get(row.id, {}), scores.get(row.id, ()))


def patients(session: Session, scope: Scope) -> Iterator[Any]:
    """The patients of whom there is a sitting, by their reference: who they are, and nothing else."""
    sent = select(SittingRow.patient_id).where(*_sent_in(scope))
    wanted = (
        select(Patient.id, Patient.reference, Patient.given_name, Patient.family_name, Patient.born_on)
        .where(Patient.service_id == scope.service_id, Patient.id.in_(sent))
        .order_by(Patient.reference)
    )
    yield from session.execute(wanted, execution_options={"yield_per": AT_A_TIME})


def how_many(session: Session, scope: Scope) -> tuple[int, int]:
    """How many patients and how many sittings a copy of ``scope`` holds."""
    wanted = select(func.count(distinct(SittingRow.patient_id)), func.count()).where(*_sent_in(scope))
    of_patients, of_sittings = session.execute(wanted).one()
    return of_patients, of_sittings


def instruments_in(session: Session, scope: Scope) -> list[str]:
    """The ids of the questionnaires of which there is anything."""
    wanted = (
        select(ScoreRow.instrument)
        .distinct()
        .join(
            SittingRow,
            (SittingRow.service_id == ScoreRow.service_id) & (SittingRow.id == ScoreRow.sitting_id),
        )
        .where(*_sent_in(scope))
        .order_by(ScoreRow.instrument)
    )
    return list(session.scalars(wanted))


def _sent_in(scope: Scope) -> list[Any]:
    conditions: list[Any] = [
        SittingRow.service_id == scope.service_id,
        SittingRow.finished_at.is_not(None),
        SittingRow.finished_at <= scope.until,
    ]
    if scope.patient_id is not None:
        conditions.append(SittingRow.patient_id == scope.patient_id)
    return conditions


def _answers_of(session: Session, scope: Scope, ids: Sequence[UUID]) -> dict[UUID, dict[Key, Given]]:
    """By sitting and question. Answers are only ever added: the latest counts."""
    wanted = (
        select(
            Answer.sitting_id, Answer.instrument, Answer.item, Answer.value, Answer.words, Answer.at,
            Answer.language, Answer.fingerprint,
        )
        .where(Answer.service_id == scope.service_id, Answer.sitting_id.in_(ids))
        .order_by(Answer.sitting_id, Answer.id)
    )  # fmt: skip
    return {
        sitting_id: {(row.instrument, row.item): Given(*row[3:]) for row in rows}
        for sitting_id, rows in _by_sitting(session, wanted)
    }


def _scores_of(session: Session, scope: Scope, ids: Sequence[UUID]) -> dict[UUID, tuple[Scored, ...]]:
    wanted = (
        select(
            ScoreRow.sitting_id, ScoreRow.id, ScoreRow.instrument, ScoreRow.version, ScoreRow.derived,
            ScoreRow.on, ScoreRow.total, ScoreRow.exact, ScoreRow.answered, ScoreRow.missing,
            ScoreRow.prorated, ScoreRow.reason, ScoreRow.subscales,
        )
        .where(ScoreRow.service_id == scope.service_id, ScoreRow.sitting_id.in_(ids))
        .order_by(ScoreRow.sitting_id, ScoreRow.id)
    )  # fmt: skip
    return {sitting_id: tuple(map(_scored, rows)) for sitting_id, rows in _by_sitting(session, wanted)}


def _by_sitting(session: Session, wanted: Query) -> Iterator[tuple[UUID, Iterator[Any]]]:
    yield from groupby(session.execute(wanted), key=lambda row: row.sitting_id)


def _scored(row: Any) -> Scored:
    total = Result(row.total, row.exact, row.answered, row.missing, row.prorated, row.reason)
    subscales = {name: _subscale(stored) for name, stored in row.subscales.items()}
    return Scored(row.id, row.instrument, row.version, row.derived, row.on, total, subscales)


def _subscale(stored: Mapping[str, Any]) -> Result:
    total = None if stored["total"] is None else Decimal(stored["total"])
    return Result(
        total, stored["exact"], stored["answered"], stored["missing"], stored["prorated"], stored["reason"]
    )
