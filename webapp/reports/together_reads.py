"""The scores of a service at the start of the course and at one later time point. SELECT only, Core rows, one query."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from webapp.engagement.models import Enrolment
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.models import ScoreRow, SittingRow
from webapp.questionnaires.stored_scores import StoredScore

from .together_rules import Row

AT_A_TIME = 1000
BASELINE, COURSE = "baseline", "course"


def scores(session: Session, service_id: UUID, until: str, known: Mapping[str, Instrument]) -> Iterator[Row]:
    """Every score of these questionnaires at the start and at ``until``: the earlier course and score first.

    Only the course door: whoever came by the refresher door did not begin at the same place.
    """
    wanted = (
        select(
            SittingRow.patient_id, SittingRow.enrolment_id, SittingRow.time_point, ScoreRow.instrument,
            ScoreRow.version, ScoreRow.total, ScoreRow.exact, ScoreRow.answered, ScoreRow.missing,
            ScoreRow.prorated, ScoreRow.reason, ScoreRow.derived,
        )
        .join(
            SittingRow,
            (SittingRow.service_id == ScoreRow.service_id) & (SittingRow.id == ScoreRow.sitting_id),
        )
        .join(
            Enrolment,
            (Enrolment.service_id == SittingRow.service_id) & (Enrolment.id == SittingRow.enrolment_id),
        )
        .where(
            ScoreRow.service_id == service_id,
            SittingRow.finished_at.is_not(None),
            SittingRow.time_point.in_((BASELINE, until)),
            ScoreRow.instrument.in_(sorted(known)),
            Enrolment.door == COURSE,
        )
        .order_by(
            SittingRow.patient_id, Enrolment.invited_on, Enrolment.id, ScoreRow.on, ScoreRow.at, ScoreRow.id
        )
    )  # fmt: skip
    for row in session.execute(wanted, execution_options={"yield_per": AT_A_TIME}):
        yield _row(row, known[row.instrument])


def _row(row: Any, instrument: Instrument) -> Row:
    stored = StoredScore(
        version=row.version,
        total=row.total,
        exact=None if row.exact is None else Fraction(row.exact),
        answered=row.answered,
        missing=tuple(row.missing),
        prorated=row.prorated,
        reason=row.reason,
    )
    return Row(
        patient=row.patient_id,
        enrolment=row.enrolment_id,
        later=row.time_point != BASELINE,
        instrument=row.instrument,
        version=row.version,
        score=stored.as_score(instrument.definition.scale),
        derived=row.derived,
    )
