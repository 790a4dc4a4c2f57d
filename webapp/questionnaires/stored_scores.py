"""Scores as they were stored: of whole questionnaires and, beside each, of their subscales."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.questionnaires.models import Reading, ScoreRow, SittingRow
from webapp.questionnaires.rules import NoScore, Scale, Score, band_of

Found = Sequence[tuple[ScoreRow, SittingRow, Reading]]


@dataclass(frozen=True)
class StoredScore:
    """One score: of the whole questionnaire or of a subscale."""

    version: int
    total: Decimal | None
    exact: Fraction | None
    answered: int
    missing: tuple[str, ...]
    prorated: bool
    reason: str | None

    def as_score(self, scale: Scale) -> Score:
        """The same as the rules know it."""
        return Score(
            scale=scale.id,
            total=self.total,
            exact=self.exact,
            answered=self.answered,
            missing=self.missing,
            prorated=self.prorated,
            reason=None if self.reason is None else NoScore(self.reason),
            band=None if self.total is None else band_of(scale, self.total),
        )


def stored_scores(by: Actor, patient_id: UUID) -> Found:
    """Every score of a patient's finished sittings, oldest first by the day that the answers are about; one query."""
    found = db.session.execute(
        select(ScoreRow, SittingRow, Reading)
        .join(
            SittingRow,
            (SittingRow.service_id == ScoreRow.service_id) & (SittingRow.id == ScoreRow.sitting_id),
        )
        .join(
            Reading, (Reading.service_id == ScoreRow.service_id) & (Reading.sitting_id == ScoreRow.sitting_id)
        )
        .where(ScoreRow.service_id == by.service_id, ScoreRow.patient_id == patient_id)
        .order_by(ScoreRow.on, ScoreRow.at, ScoreRow.id)
    )
    return [(score, sitting, reading) for score, sitting, reading in found]


def stored_on(row: ScoreRow, subscale: Scale | None) -> StoredScore:
    """The score of a subscale, or with None that of the whole questionnaire."""
    if subscale is None:
        exact = None if row.exact is None else Fraction(row.exact)
        missing = tuple(row.missing)
        return StoredScore(row.version, row.total, exact, row.answered, missing, row.prorated, row.reason)
    kept = row.subscales.get(subscale.id)
    if kept is None:
        return StoredScore(row.version, None, None, 0, (), False, NoScore.NOTHING_ANSWERED.value)
    return StoredScore(
        version=row.version,
        total=None if kept["total"] is None else Decimal(kept["total"]),
        exact=None if kept["exact"] is None else Fraction(kept["exact"]),
        answered=kept["answered"],
        missing=tuple(kept["missing"]),
        prorated=kept["prorated"],
        reason=kept["reason"],
    )


def score_as_json(score: Score) -> dict[str, Any]:
    """A subscale's score as it is stored: decimals and fractions as text."""
    return {
        "total": None if score.total is None else str(score.total),
        "exact": None if score.exact is None else str(score.exact),
        "answered": score.answered,
        "missing": list(score.missing),
        "prorated": score.prorated,
        "reason": None if score.reason is None else score.reason.value,
    }
