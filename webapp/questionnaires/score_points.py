"""A patient's scores as pages show them: answers, points in time, and series of points on one scale."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from webapp.questionnaires.change_rules import Change
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.pattern_rules import Pattern, pattern_of
from webapp.questionnaires.rules import ChangeRule, Scale
from webapp.questionnaires.telling_rules import Telling
from webapp.questionnaires.wording import chart_day

COMPUTED = "computed"
DRAWN = 4


@dataclass(frozen=True)
class ItemAnswer:
    """One question of a questionnaire and what was answered, in the published words of ``language``.

    ``value`` is a number and ``said`` its published label, if it has one; ``words`` is an answer in words.
    All None: left open, or with ``rather_not`` met by "I'd rather not say". ``asked_in`` names the other
    questionnaire that asked this very question. ``help_shown``: the help page came up after the answer.
    ``before`` holds earlier answers to a question that somebody must see. ``ends`` are the lowest and the
    highest value with their labels.
    """

    item: str
    kind: str
    text: str
    language: str
    value: int | None = None
    said: str | None = None
    words: str | None = None
    rather_not: bool = False
    asked_in: str | None = None
    must_be_seen: bool = False
    help_shown: bool = False
    before: tuple[str | None, ...] = ()
    ends: tuple[tuple[int, str], tuple[int, str]] | None = None

    @property
    def is_open(self) -> bool:
        """Nothing was answered, not even "I'd rather not say"."""
        return self.value is None and self.words is None and not self.rather_not

    @property
    def as_said(self) -> str:
        """The answer in its own words, else its number; empty if there is none."""
        return self.words or self.said or ("" if self.value is None else str(self.value))


@dataclass(frozen=True)
class SubScore:
    """The score of one subscale. ``total`` None: no score. ``band`` only where a service shows bands."""

    name: str
    scale: Scale
    total: Decimal | None
    band: str | None = None


@dataclass(frozen=True)
class ScorePoint:
    """One score. ``total`` None: no score, for ``reason``. ``change`` is since the last score before it.

    ``derived``: worked out from the same questions in the questionnaires that ``derived_from`` names.
    ``written_on`` is the day on a paper form; ``on`` the day on which the answers were sent or typed in.
    """

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
    derived: bool = False
    derived_from: tuple[str, ...] = ()
    written_on: date | None = None
    checked_by: str | None = None
    checked_at: datetime | None = None
    short: bool = False
    helped: bool = False
    said_already: bool = False
    change: Change | None = None
    band: str | None = None
    subscales: tuple[SubScore, ...] = ()
    answers: tuple[ItemAnswer, ...] = ()

    @property
    def answered_on(self) -> date:
        """The day that the answers are about: what stands on the paper, else the day they came in."""
        return self.written_on or self.on


@dataclass(frozen=True)
class ScoreSeries:
    """Every score on one scale of one instrument, oldest first. ``heading`` and ``short`` are our names for it.

    ``scale`` is the instrument's total, or (for staff) a subscale of an instrument without a total.
    ``band_names`` is empty unless the service shows bands to its staff.
    """

    instrument: Instrument
    heading: str
    short: str
    points: tuple[ScorePoint, ...]
    scale: Scale
    telling: Telling = Telling.SCORE
    band_names: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_total(self) -> bool:
        """False for a subscale."""
        return self.scale is self.instrument.definition.scale

    @property
    def is_charted(self) -> bool:
        """True for what a patient is told as a score, and (for staff) for the subscales where there is no total."""
        return self.telling is Telling.SCORE or not self.is_total

    @property
    def is_rating(self) -> bool:
        """True for what is told as it was answered."""
        return self.telling is Telling.ANSWER

    @property
    def code(self) -> str:
        """The instrument's id as people print it: PSEQ-10."""
        return self.instrument.id.upper()

    @property
    def bands_source(self) -> str:
        """Who published the bands, or the groups of a compound rule."""
        definition = self.instrument.definition
        return definition.groups_source if definition.groups and self.is_total else self.scale.bands_source

    @property
    def lead(self) -> ChangeRule | None:
        """The change rule that is told first."""
        return next((rule for rule in self.scale.changes if rule.id == self.scale.lead), None)

    @property
    def told_rule(self) -> ChangeRule | None:
        """The rule that a patient is told: published as it stands, never one that was only computed from figures."""
        return None if self.lead is None or self.lead.standing == COMPUTED else self.lead

    @property
    def latest(self) -> ScorePoint:
        """The newest point."""
        return self.points[-1]

    @property
    def scored(self) -> tuple[ScorePoint, ...]:
        """The points that hold a score."""
        return tuple(point for point in self.points if point.total is not None)

    @property
    def drawn(self) -> list[tuple[str, Decimal | None]]:
        """The last four points with their days, for a chart on a phone."""
        return [(chart_day(point.on), point.total) for point in self.points[-DRAWN:]]

    def until(self, sitting_id: UUID) -> ScoreSeries:
        """The same series as it stood when that sitting was finished."""
        last = next(place for place, point in enumerate(self.points) if point.sitting_id == sitting_id)
        return replace(self, points=self.points[: last + 1])

    def pattern(self, point: ScorePoint) -> Pattern | None:
        """For staff: the questions about mood and the bodily ones of a PHQ, told apart."""
        return pattern_of(self.instrument.id, {one.item: one.value for one in point.answers})
