"""What is known of one patient when somebody asks whether a message is due: days, choices, what was told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from webapp.engagement.facts import Door, Facts
from webapp.engagement.rules import state
from webapp.engagement.signal_rules import started_by
from webapp.engagement.standing import Standing
from webapp.engagement.thresholds import DEFAULT, Thresholds
from webapp.reminders.rules import Group, Kind


@dataclass(frozen=True, slots=True)
class Told:
    """A thing that a message told of, on that local day. Messages that were withdrawn told nothing."""

    kind: Kind
    key: str
    on: date


@dataclass(frozen=True, slots=True)
class Questions:
    """A questionnaire sitting that is neither finished nor skipped, its first and last day. begun: it has an answer."""

    name: str
    opens_on: date
    closes_on: date
    begun: bool = False

    def is_open_on(self, day: date) -> bool:
        """Could it be answered on this day?"""
        return self.opens_on <= day <= self.closes_on


@dataclass(frozen=True, slots=True)
class Booster:
    """A booster that no look at the skills has settled: after so many months, offered on these days."""

    months: int
    from_on: date
    until_on: date


@dataclass(frozen=True, slots=True)
class Wishes:
    """What the patient wants of our messages.

    quiet_until_on: none before this day. remind_on: the day that they set by a tap in a message (later, busy).
    """

    has_stopped: bool = False
    quiet_until_on: date | None = None
    left_out: frozenset[Group] = frozenset()
    remind_on: date | None = None


@dataclass(frozen=True)
class Case:
    """One enrolment: the engine's facts, the days that other rooms set, what was told, and what the patient wants.

    reviews: the days on which goals are ready to look back on. may_be_rung: a call is safe, there is a number, and
    calls are what they need. All days are local days of the service.
    """

    facts: Facts
    thresholds: Thresholds = DEFAULT
    questions: tuple[Questions, ...] = ()
    reviews: tuple[date, ...] = ()
    boosters: tuple[Booster, ...] = ()
    wishes: Wishes = field(default_factory=Wishes)
    told: tuple[Told, ...] = ()
    may_be_rung: bool = False

    @cached_property
    def told_keys(self) -> frozenset[str]:
        """Everything that was told."""
        return frozenset(one.key for one in self.told)

    def has_told_since(self, kind: Kind, day: date) -> bool:
        """Did a message tell of this kind after that day?"""
        return any(one.kind is kind and one.on > day for one in self.told)

    def told_on(self, key: str) -> date | None:
        """The day on which this was told."""
        return next((one.on for one in self.told if one.key == key), None)

    def with_told(self, things: Iterable[Told]) -> Case:
        """The same after a message about these."""
        return replace(self, told=(*self.told, *things))

    def on(self, day: date) -> Day:
        """This case on one day, if nothing happens until then."""
        return Day(self, day)


@dataclass(frozen=True)
class Day:
    """A case on one day. What is asked often is kept."""

    case: Case
    today: date

    @property
    def facts(self) -> Facts:
        """The engine's facts."""
        return self.case.facts

    @cached_property
    def standing(self) -> Standing:
        """Where the engine's rules put this enrolment today."""
        return state(self.facts, self.today, self.case.thresholds)

    @property
    def is_silent(self) -> bool:
        """Is it as long since the last visit as *quieter than planned* asks for?"""
        return self.standing.silent_days >= self.case.thresholds.quieter_idle_days

    @cached_property
    def started_on(self) -> date | None:
        """The day of activation, or of the first activity."""
        return started_by(self.facts, self.today)

    @cached_property
    def seen_on(self) -> date:
        """The last active day, else the start, else the invitation: what a silence is counted from."""
        count = self.facts.active_up_to(self.today)
        known = [self.facts.invited_on, self.started_on, self.facts.active_days[count - 1] if count else None]
        return max(day for day in known if day is not None)

    @property
    def has_left(self) -> bool:
        """Has the patient left?"""
        return self.facts.ended_on is not None and self.facts.ended_on <= self.today

    @property
    def is_paused(self) -> bool:
        """Does an agreed pause cover today?"""
        return any(pause.covers(self.today) for pause in self.facts.pauses)

    @property
    def has_flare(self) -> bool:
        """Is today one of the first days of a flare-up that is not over? The clock may stop for fewer days."""
        longest = timedelta(days=self.case.thresholds.flare_pause_days - 1)
        return any(
            flare.from_on <= self.today <= min(flare.until_on or date.max, flare.from_on + longest)
            for flare in self.facts.flares
        )

    @cached_property
    def finished_on(self) -> date | None:
        """The day on which the core was done."""
        if self.facts.finished_on is not None:
            return self.facts.finished_on
        done = self.modules_done_on
        return done[-1] if done and len(done) == len(self.facts.milestones) else None

    @cached_property
    def modules_done_on(self) -> tuple[date, ...]:
        """The days on which core modules were done, ascending."""
        return tuple(sorted(one.done_on for one in self.facts.milestones if one.done_on is not None))

    @property
    def takes_the_course(self) -> bool:
        """The course door, not the refresher's."""
        return self.facts.door is Door.COURSE

    def is_within(self, since_on: date, days: int) -> bool:
        """Is today one of so many days from ``since_on`` on?"""
        return since_on <= self.today < since_on + timedelta(days=days)

    def open_modules(self) -> Iterator[date]:
        """The planned days of core modules that are open behind their day, earliest first."""
        judged_on = self.facts.judged_on(self.today)
        yield from sorted(
            one.planned_on
            for one in self.facts.milestones
            if one.planned_on is not None and one.is_overdue_on(judged_on)
        )
