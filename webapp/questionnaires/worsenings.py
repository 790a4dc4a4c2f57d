"""Changes for the worse by an instrument's own rule: a dated line in *Answers to read*, and nowhere else.

A line is a fact and never moves a row: answers are read in the order in which they came.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import and_, or_, select, true
from sqlalchemy.orm import aliased

from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import page_language
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.change_rules import Direction, change
from webapp.questionnaires.models import ScoreRow
from webapp.questionnaires.rules import ChangeRule, Scale, Score, band_of
from webapp.questionnaires.score_points import COMPUTED


@dataclass(frozen=True)
class Worsening:
    """``short`` (our name for the score) went from ``earlier`` to ``later`` between two days, and ``rule`` counts that."""

    short: str
    earlier: Decimal
    later: Decimal
    earlier_on: date
    later_on: date
    rule: ChangeRule


def worsenings_of(by: Actor, sitting_ids: Collection[UUID]) -> Mapping[UUID, list[Worsening]]:
    """By sitting: every score of it that is worse than the one before by the rule told first. One query in all."""
    found: dict[UUID, list[Worsening]] = {}
    if not sitting_ids:
        return found
    for row in db.session.execute(_with_the_one_before(by, sitting_ids)):
        worse = _worsening(row)
        if worse is not None:
            found.setdefault(row.sitting_id, []).append(worse)
    return found


def _with_the_one_before(by: Actor, sitting_ids: Collection[UUID]) -> Any:
    """Each score of these sittings that was answered itself, beside the latest score before it."""
    before = aliased(ScoreRow)
    earlier_in_time = or_(
        before.on < ScoreRow.on,
        and_(before.on == ScoreRow.on, before.at < ScoreRow.at),
    )
    one_before = (
        select(before.total, before.exact, before.on, before.version, before.missing)
        .where(
            before.service_id == ScoreRow.service_id,
            before.patient_id == ScoreRow.patient_id,
            before.instrument == ScoreRow.instrument,
            before.total.is_not(None),
            earlier_in_time,
        )
        .order_by(before.on.desc(), before.at.desc())
        .limit(1)
        .lateral("one_before")
    )
    return (
        select(
            ScoreRow.sitting_id, ScoreRow.instrument, ScoreRow.version, ScoreRow.total, ScoreRow.exact, ScoreRow.on,
            one_before.c.total.label("total_before"), one_before.c.exact.label("exact_before"),
            one_before.c.on.label("on_before"), one_before.c.version.label("version_before"), ScoreRow.missing,
            one_before.c.missing.label("missing_before"),
        )
        .join(one_before, true())
        .where(
            ScoreRow.service_id == by.service_id,
            ScoreRow.sitting_id.in_(list(sitting_ids)),
            ScoreRow.total.is_not(None),
            ScoreRow.derived.is_(False),
        )
        .order_by(ScoreRow.instrument)
    )  # fmt: skip


def _worsening(row: Any) -> Worsening | None:
    instrument = instruments().by_id.get(row.instrument)
    if instrument is None or row.version != row.version_before or row.version != instrument.version:
        return None
    scale = instrument.definition.scale
    earlier = _score(scale, row.total_before, row.exact_before, row.missing_before)
    moved = change(instrument.definition, earlier, _score(scale, row.total, row.exact, row.missing))
    if moved.direction is not Direction.WORSE or moved.lead is None or moved.lead.standing == COMPUTED:
        return None
    short = instrument.names_in(page_language()[0]).short
    return Worsening(short, row.total_before, row.total, row.on_before, row.on, moved.lead)


def _score(scale: Scale, total: Decimal, exact: str, missing: Sequence[str]) -> Score:
    band = band_of(scale, total)
    return Score(scale.id, total, Fraction(exact), 0, tuple(missing), prorated=False, band=band)
