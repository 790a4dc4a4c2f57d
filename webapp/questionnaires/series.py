"""The scores of a patient over time: a series for each instrument, with what changed from one to the next.

Patients and staff are given the same numbers. A patient is told nothing twice and no band; staff get every answer
as well, and bands only where their service has them on.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from uuid import UUID

from webapp.engagement.models import Enrolment
from webapp.foundations import audit
from webapp.foundations.access import Actor
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.questionnaires.catalogue import instruments, twins
from webapp.questionnaires.change_rules import Change, change
from webapp.questionnaires.instruments import Instrument, Names
from webapp.questionnaires.item_answers import Kept, item_answers, kept_answers
from webapp.questionnaires.models import Reading, ScoreRow, SittingRow
from webapp.questionnaires.rules import Scale, band_of, score
from webapp.questionnaires.score_points import ItemAnswer, ScorePoint, ScoreSeries, SubScore
from webapp.questionnaires.stored_scores import Found, StoredScore, score_as_json, stored_on, stored_scores
from webapp.questionnaires.telling_rules import Telling, is_said_already, telling_of
from webapp.questionnaires.twin_rules import NONE

__all__ = [
    "ItemAnswer", "ScorePoint", "ScoreSeries", "SubScore", "Telling", "score_as_json", "scores_of",
    "scores_of_sitting", "story_scores",
]  # fmt: skip

NO_NAMES: Mapping[str, str] = {}


def scores_of(by: Actor, enrolment: Enrolment) -> tuple[ScoreSeries, ...]:
    """What the patient of this enrolment is told of all their scores and ratings: no bands, nothing twice."""
    told = _told_to_patients(by, enrolment)
    return tuple(each for each in told if not each.latest.said_already)


def scores_of_sitting(by: Actor, enrolment: Enrolment, sitting_id: UUID) -> tuple[ScoreSeries, ...]:
    """What the patient is told about one finished sitting, with how it was before; nothing that came later."""
    told = _told_to_patients(by, enrolment)
    there = [each for each in told if any(point.sitting_id == sitting_id for point in each.points)]
    until = [each.until(sitting_id) for each in there]
    return tuple(each for each in until if not each.latest.derived)


def story_scores(by: Actor, patient_id: UUID) -> tuple[ScoreSeries, ...]:
    """The same for staff, with every answer; bands only if the service has them on. The look is audited.

    Raises:
        people.NotFound: the patient is not of this service.
    """
    patient = people.patient_of(by, patient_id)
    audit.record(by, "looked", "questionnaires", patient_id=patient.id)
    bands = people.service_with(patient.service_id).staff_bands
    reading = _Story(stored_scores(by, patient.id), kept_answers(by, patient.id), for_staff=True, bands=bands)
    return tuple(reading.series())


def _told_to_patients(by: Actor, enrolment: Enrolment) -> list[ScoreSeries]:
    rows = stored_scores(by, enrolment.patient_id)
    known = instruments().by_id
    ratings = {
        row.instrument
        for row, _sitting, _reading in rows
        if row.instrument in known and _telling(known[row.instrument]) is Telling.ANSWER
    }
    kept = kept_answers(by, enrolment.patient_id, ratings) if ratings else {}
    return [each for each in _Story(rows, kept).series() if each.telling is not Telling.NOTHING]


def _telling(instrument: Instrument) -> Telling:
    return telling_of(instrument.definition, instrument.told)


@dataclass(frozen=True)
class _Story:
    """Everything that was read about one patient, from which the series are made."""

    rows: Found
    kept: Kept
    for_staff: bool = False
    bands: bool = False
    language: str = field(default_factory=lambda: page_language()[0])

    def series(self) -> Iterable[ScoreSeries]:
        """A series for each instrument that was answered; for staff one for each subscale where there is no total."""
        by_instrument: dict[str, list[tuple[ScoreRow, SittingRow, Reading]]] = {}
        for row in self.rows:
            by_instrument.setdefault(row[0].instrument, []).append(row)
        for name in _in_order(by_instrument):
            instrument = instruments().by_id[name]
            names, rows = instrument.names_in(self.language), by_instrument[name]
            yield self._series_on(instrument, instrument.definition.scale, rows, names)
            if self.for_staff and not instrument.definition.scale.has_a_score:
                for scale in instrument.definition.subscales:
                    yield self._series_on(instrument, scale, rows, names)

    def _series_on(self, instrument: Instrument, scale: Scale, rows: Found, names: Names) -> ScoreSeries:
        whole = scale is instrument.definition.scale
        points = self._points(instrument, scale, rows, names)
        return ScoreSeries(
            instrument=instrument,
            heading=names.heading if whole else names.subscales.get(scale.id, scale.id),
            short=names.short if whole else names.subscales.get(scale.id, scale.id),
            points=points,
            scale=scale,
            telling=_telling(instrument),
            band_names=names.bands if self.bands else NO_NAMES,
        )

    def _points(
        self, instrument: Instrument, scale: Scale, rows: Found, names: Names
    ) -> tuple[ScorePoint, ...]:
        points: list[ScorePoint] = []
        before: tuple[StoredScore, ScoreRow] | None = None
        for row, sitting, reading in rows:
            result = stored_on(row, None if scale is instrument.definition.scale else scale)
            moved = _change(instrument, scale, before, (result, row))
            points.append(self._point(instrument, scale, names, (row, sitting, reading), result, moved))
            before = before if result.total is None else (result, row)
        return tuple(points)

    def _point(
        self,
        instrument: Instrument,
        scale: Scale,
        names: Names,
        found: tuple[ScoreRow, SittingRow, Reading],
        result: StoredScore,
        moved: Change | None,
    ) -> ScorePoint:
        row, sitting, reading = found
        beside = self._beside(sitting)
        answers = item_answers(instrument, beside, self.kept, twins()) if self.kept else ()
        sources = self._sources(instrument, row, sitting)
        scored = [name for name, has_score in self._answered[_moment(sitting)].items() if has_score]
        return ScorePoint(
            sitting_id=row.sitting_id,
            sitting=sitting.name,
            time_point=sitting.time_point,
            on=row.on,
            total=result.total,
            missing=len(result.missing),
            prorated=result.prorated,
            reason=result.reason,
            mode=sitting.mode,
            entered_by=sitting.entered_by,
            read_by=reading.read_by,
            read_at=reading.read_at,
            derived=row.derived,
            derived_from=sources,
            written_on=sitting.written_on,
            checked_by=sitting.checked_by,
            checked_at=sitting.checked_at,
            short=sitting.short,
            helped=sitting.helped,
            said_already=is_said_already(row.derived, sources, scored),
            change=moved,
            band=self._band(instrument, scale, row, result, answers, names),
            subscales=self._subscales(instrument, row, names) if self.for_staff else (),
            answers=answers,
        )

    def _beside(self, sitting: SittingRow) -> list[SittingRow]:
        """The sitting, and after it the others of its time point."""
        return [sitting, *(one for one in self._sittings[_moment(sitting)] if one.id != sitting.id)]

    def _sources(self, instrument: Instrument, row: ScoreRow, sitting: SittingRow) -> tuple[str, ...]:
        """The questionnaires of the same time point that asked the questions of a derived score."""
        if not row.derived:
            return ()
        same = [twins().get((instrument.id, item), NONE) for item in instrument.definition.scale.items]
        asked_in = {key[0] for each in same for key in each}
        return tuple(name for name in self._answered[_moment(sitting)] if name in asked_in)

    @cached_property
    def _sittings(self) -> Mapping[tuple[UUID, str], list[SittingRow]]:
        found: dict[tuple[UUID, str], dict[UUID, SittingRow]] = {}
        for _row, sitting, _reading in self.rows:
            found.setdefault(_moment(sitting), {})[sitting.id] = sitting
        return {moment: list(each.values()) for moment, each in found.items()}

    @cached_property
    def _answered(self) -> Mapping[tuple[UUID, str], dict[str, bool]]:
        """By time point: the questionnaires that were answered themselves, and whether they came to a score."""
        found: dict[tuple[UUID, str], dict[str, bool]] = {}
        for row, sitting, _reading in self.rows:
            answered = found.setdefault(_moment(sitting), {})
            if not row.derived:
                answered[row.instrument] = row.total is not None
        return found

    def _band(
        self,
        instrument: Instrument,
        scale: Scale,
        row: ScoreRow,
        result: StoredScore,
        answers: Sequence[ItemAnswer],
        names: Names,
    ) -> str | None:
        if not self.bands or row.version != instrument.version:
            return None
        if instrument.definition.groups and scale is instrument.definition.scale:
            numbers = {one.item: one.value for one in answers if one.words is None}
            band = score(instrument.definition, numbers).band
        else:
            band = None if result.total is None else band_of(scale, result.total)
        return None if band is None else names.bands.get(band)

    def _subscales(self, instrument: Instrument, row: ScoreRow, names: Names) -> tuple[SubScore, ...]:
        if row.version != instrument.version:
            return ()
        found = []
        for scale in instrument.definition.subscales:
            total = stored_on(row, scale).total
            band = band_of(scale, total) if self.bands and total is not None else None
            name = names.subscales.get(scale.id, scale.id)
            found.append(SubScore(name, scale, total, None if band is None else names.bands.get(band)))
        return tuple(found)


def _moment(sitting: SittingRow) -> tuple[UUID, str]:
    return sitting.enrolment_id, sitting.time_point


def _in_order(found: Mapping[str, object]) -> list[str]:
    """In the battery's order, then the others by name."""
    known = instruments()
    points = known.battery.time_points if known.battery else ()
    first = [name for point in points for sitting in point.sittings for name in sitting.instruments]
    wanted = dict.fromkeys([*first, *sorted(found)])
    return [name for name in wanted if name in found and name in known.by_id]


def _change(
    instrument: Instrument,
    scale: Scale,
    before: tuple[StoredScore, ScoreRow] | None,
    now: tuple[StoredScore, ScoreRow],
) -> Change | None:
    """Between two scores by the same version of the rule; None if there is nothing to compare."""
    (later, row) = now
    if before is None or later.total is None or before[0].version != later.version:
        return None
    earlier, row_before = before
    return change(
        instrument.definition, earlier.as_score(scale), later.as_score(scale), row_before.on, row.on
    )
