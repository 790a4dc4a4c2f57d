"""The scores of a patient over time: a series for each instrument, with what changed from one to the next.

Patients and staff are given the same data. Bands are in it only where a service has them on for staff.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.engagement.models import Enrolment
from webapp.foundations import audit
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.questionnaires.asked import texts_for
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.change_rules import Change, change
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.models import Answer, Reading, ScoreRow, SittingRow
from webapp.questionnaires.rules import ChangeRule, NoScore, Scale, Score, band_of

_Found = Sequence[tuple[ScoreRow, SittingRow, Reading]]


@dataclass(frozen=True)
class ItemAnswer:
    """One answer with the published words. ``value`` None: not answered; ``said`` is its label, if any."""

    text: str
    value: int | None
    said: str | None
    language: str


@dataclass(frozen=True)
class ScorePoint:
    """One score. ``total`` None: no score, for ``reason``. ``change`` is since the last score before it."""

    sitting_id: UUID
    sitting: str
    time_point: str
    on: date
    total: Decimal | None
    missing: int
    prorated: bool
    reason: str | None
    mode: str
    entered_by: str | None
    read_by: str | None
    read_at: datetime | None
    change: Change | None = None
    band: str | None = None
    answers: tuple[ItemAnswer, ...] = ()


@dataclass(frozen=True)
class ScoreSeries:
    """Every score of one instrument, oldest first. ``heading`` and ``short`` are our names for it."""

    instrument: Instrument
    heading: str
    short: str
    points: tuple[ScorePoint, ...]

    @property
    def scale(self) -> Scale:
        """Its range, its direction and its published change rules."""
        return self.instrument.definition.scale

    @property
    def lead(self) -> ChangeRule | None:
        """The change rule that is told first."""
        return next((rule for rule in self.scale.changes if rule.id == self.scale.lead), None)

    @property
    def latest(self) -> ScorePoint:
        """The newest point."""
        return self.points[-1]

    @property
    def scored(self) -> tuple[ScorePoint, ...]:
        """The points that hold a score."""
        return tuple(point for point in self.points if point.total is not None)


def scores_of(by: Actor, enrolment: Enrolment) -> tuple[ScoreSeries, ...]:
    """What the patient of this enrolment sees of all their scores: no bands, and one query in all."""
    return _series(_rows(by, enrolment.patient_id))


def story_scores(by: Actor, patient_id: UUID) -> tuple[ScoreSeries, ...]:
    """The same for staff, with every answer; bands only if the service has them on. The look is audited.

    Raises:
        people.NotFound: the patient is not of this service.
    """
    patient = people.patient_of(by, patient_id)
    audit.record(by, "looked", "questionnaires", patient_id=patient.id)
    service = people.service_with(patient.service_id)
    return _series(_rows(by, patient.id), _answers(by, patient.id), bands=service.staff_bands)


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


def _rows(by: Actor, patient_id: UUID) -> _Found:
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
        .order_by(ScoreRow.at, ScoreRow.id)
    )
    return [(score, sitting, reading) for score, sitting, reading in found]


def _answers(by: Actor, patient_id: UUID) -> dict[tuple[UUID, str, str], tuple[int | None, str]]:
    rows = db.session.execute(
        select(Answer.sitting_id, Answer.instrument, Answer.item, Answer.value, Answer.language)
        .join(SittingRow, (SittingRow.service_id == Answer.service_id) & (SittingRow.id == Answer.sitting_id))
        .where(Answer.service_id == by.service_id, SittingRow.patient_id == patient_id)
        .where(SittingRow.finished_at.is_not(None))
        .order_by(Answer.id)
    )
    return {(row.sitting_id, row.instrument, row.item): (row.value, row.language) for row in rows}


def _series(
    rows: _Found,
    answers: Mapping[tuple[UUID, str, str], tuple[int | None, str]] | None = None,
    *,
    bands: bool = False,
) -> tuple[ScoreSeries, ...]:
    known, language = instruments().by_id, page_language()[0]
    by_instrument: dict[str, list[tuple[ScoreRow, SittingRow, Reading]]] = {}
    for row in rows:
        by_instrument.setdefault(row[0].instrument, []).append(row)
    series = []
    for name in _in_order(by_instrument):
        instrument, names = known[name], known[name].names_in(language)
        points = _points(instrument, by_instrument[name], answers or {}, names.bands if bands else {})
        series.append(ScoreSeries(instrument, names.heading, names.short, points))
    return tuple(series)


def _in_order(found: Mapping[str, object]) -> list[str]:
    """In the battery's order, then the others by name."""
    known = instruments()
    points = known.battery.time_points if known.battery else ()
    first = [name for point in points for sitting in point.sittings for name in sitting.instruments]
    wanted = dict.fromkeys([*first, *sorted(found)])
    return [name for name in wanted if name in found and name in known.by_id]


def _points(
    instrument: Instrument,
    rows: _Found,
    answers: Mapping[tuple[UUID, str, str], tuple[int | None, str]],
    band_names: Mapping[str, str],
) -> tuple[ScorePoint, ...]:
    points: list[ScorePoint] = []
    before: ScoreRow | None = None
    for row, sitting, reading in rows:
        points.append(
            ScorePoint(
                sitting_id=row.sitting_id,
                sitting=sitting.name,
                time_point=sitting.time_point,
                on=row.on,
                total=row.total,
                missing=len(row.missing),
                prorated=row.prorated,
                reason=row.reason,
                mode=sitting.mode,
                entered_by=sitting.entered_by,
                read_by=reading.read_by,
                read_at=reading.read_at,
                change=_change(instrument, before, row),
                band=_band(instrument, row, band_names),
                answers=_item_answers(instrument, row, answers),
            )
        )
        before = before if row.total is None else row
    return tuple(points)


def _change(instrument: Instrument, before: ScoreRow | None, row: ScoreRow) -> Change | None:
    """Between two scores by the same version of the rule; None if there is nothing to compare."""
    if before is None or row.total is None or before.version != row.version:
        return None
    earlier, later = _as_score(instrument, before), _as_score(instrument, row)
    return change(instrument.definition, earlier, later, before.on, row.on)


def _as_score(instrument: Instrument, row: ScoreRow) -> Score:
    scale = instrument.definition.scale
    return Score(
        scale=scale.id,
        total=row.total,
        exact=None if row.exact is None else Fraction(row.exact),
        answered=row.answered,
        missing=tuple(row.missing),
        prorated=row.prorated,
        reason=None if row.reason is None else NoScore(row.reason),
        band=None if row.total is None else band_of(scale, row.total),
    )


def _band(instrument: Instrument, row: ScoreRow, names: Mapping[str, str]) -> str | None:
    if row.total is None or row.version != instrument.version:
        return None
    band = band_of(instrument.definition.scale, row.total)
    return None if band is None else names.get(band)


def _item_answers(
    instrument: Instrument, row: ScoreRow, answers: Mapping[tuple[UUID, str, str], tuple[int | None, str]]
) -> tuple[ItemAnswer, ...]:
    if not answers:
        return ()
    found = []
    for item in instrument.definition.items:
        value, language = answers.get((row.sitting_id, instrument.id, item.id), (None, "en"))
        texts = texts_for(instrument, language)
        said = None if value is None else texts.labels_of(item.id).get(value)
        found.append(ItemAnswer(texts.items[item.id], value, said, texts.language))
    return tuple(found)
