"""Which sitting opens when: dates in, dates and states out.

A sitting never blocks anything else, stays open for its window, can be skipped without a reason, and can
still be answered after a skip as long as its window is open. The numbers of days are the battery's
(`content/questionnaires/battery.yml`), where each has its source.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum


class Milestone(StrEnum):
    """A day in an enrolment from which sittings are counted."""

    ACTIVATED = "activated"
    MODULE_1_FINISHED = "module-1-finished"
    HALFWAY = "halfway"
    COURSE_FINISHED = "course-finished"


class SittingState(StrEnum):
    """Where a sitting stands today."""

    LATER = "later"
    DUE = "due"
    STARTED = "started"
    FINISHED = "finished"
    SKIPPED = "skipped"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Opening:
    """When a sitting opens: so many whole months and then days after a milestone, or after another sitting.

    Exactly one of `milestone` and `sitting` is given. A sitting counts from the day on which the other was
    finished or skipped; if it was neither, from the last day of its window.
    """

    milestone: Milestone | None = None
    sitting: str | None = None
    months: int = 0
    days: int = 0


@dataclass(frozen=True, slots=True)
class Sitting:
    """A few instruments answered in one go, until `window_days` days after the day it opens.

    `opens_for_refresher` takes the place of `opens` for a patient who came by the refresher door, where no
    module need ever be finished.
    """

    id: str
    instruments: tuple[str, ...]
    opens: Opening
    window_days: int
    opens_for_refresher: Opening | None = None

    def opening(self, refresher: bool) -> Opening:
        """When it opens for a patient who came by this door."""
        return self.opens_for_refresher if refresher and self.opens_for_refresher else self.opens


@dataclass(frozen=True, slots=True)
class TimePoint:
    """A moment at which scores are compared (baseline, end, …), spread over one or more sittings."""

    id: str
    sittings: tuple[Sitting, ...]


@dataclass(frozen=True, slots=True)
class Battery:
    """The whole schedule of a service. A sitting's id is unique in it."""

    id: str
    version: int
    time_points: tuple[TimePoint, ...]


@dataclass(frozen=True, slots=True)
class SittingFacts:
    """What an enrolment has done with one sitting. A sitting finished after a skip is finished."""

    started_on: date | None = None
    finished_on: date | None = None
    skipped_on: date | None = None


@dataclass(frozen=True, slots=True)
class EnrolmentFacts:
    """The dates of one enrolment that the schedule needs. A milestone that is absent has not been reached."""

    milestones: Mapping[Milestone, date] = field(default_factory=dict)
    sittings: Mapping[str, SittingFacts] = field(default_factory=dict)
    refresher: bool = False


@dataclass(frozen=True, slots=True)
class PlannedSitting:
    """A sitting in one enrolment, as of a day. `opens_on` and `closes_on`, both included, may be unknown.

    `can_be_answered` holds within the window for a sitting that is due, started or skipped: people may change
    their minds.
    """

    sitting: Sitting
    time_point: str
    state: SittingState
    opens_on: date | None
    closes_on: date | None
    can_be_answered: bool


def plan_sittings(battery: Battery, facts: EnrolmentFacts, today: date) -> tuple[PlannedSitting, ...]:
    """Every sitting of the battery, in its order, as it stands for this enrolment on `today`."""
    opens_on = _opening_days(battery, facts)
    return tuple(
        _planned(
            sitting, point.id, opens_on[sitting.id], facts.sittings.get(sitting.id, SittingFacts()), today
        )
        for point in battery.time_points
        for sitting in point.sittings
    )


def next_to_answer(planned: tuple[PlannedSitting, ...]) -> PlannedSitting | None:
    """The one sitting to offer today: a started one, else the one that closes first. Never a skipped one."""
    wanted = [each for each in planned if each.state in (SittingState.STARTED, SittingState.DUE)]
    return min(wanted, key=_offer_order, default=None)


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month (31 Aug + 6: 28 Feb)."""
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _offer_order(planned: PlannedSitting) -> tuple[bool, date]:
    return planned.state is not SittingState.STARTED, planned.closes_on or date.max


def _opening_days(battery: Battery, facts: EnrolmentFacts) -> dict[str, date | None]:
    sittings = {sitting.id: sitting for point in battery.time_points for sitting in point.sittings}
    known: dict[str, date | None] = {}
    for sitting_id in sittings:
        _find_opening_day(sitting_id, sittings, facts, known)
    return known


def _find_opening_day(
    sitting_id: str, sittings: Mapping[str, Sitting], facts: EnrolmentFacts, known: dict[str, date | None]
) -> date | None:
    if sitting_id not in known:
        opening = sittings[sitting_id].opening(facts.refresher)
        if opening.sitting is None:
            counted_from = None if opening.milestone is None else facts.milestones.get(opening.milestone)
        else:
            before_opened_on = _find_opening_day(opening.sitting, sittings, facts, known)
            counted_from = _settled_on(sittings[opening.sitting], before_opened_on, facts)
        known[sitting_id] = _count_from(counted_from, opening)
    return known[sitting_id]


def _settled_on(sitting: Sitting, opened_on: date | None, facts: EnrolmentFacts) -> date | None:
    done = facts.sittings.get(sitting.id, SittingFacts())
    return done.finished_on or done.skipped_on or _closing_day(sitting, opened_on)


def _count_from(day: date | None, opening: Opening) -> date | None:
    return None if day is None else months_after(day, opening.months) + timedelta(days=opening.days)


def _closing_day(sitting: Sitting, opened_on: date | None) -> date | None:
    return None if opened_on is None else opened_on + timedelta(days=sitting.window_days)


def _planned(
    sitting: Sitting, time_point: str, opens_on: date | None, done: SittingFacts, today: date
) -> PlannedSitting:
    closes_on = _closing_day(sitting, opens_on)
    state = _state(done, opens_on, closes_on, today)
    in_window = opens_on is not None and closes_on is not None and opens_on <= today <= closes_on
    can_be_answered = in_window and state is not SittingState.FINISHED
    return PlannedSitting(sitting, time_point, state, opens_on, closes_on, can_be_answered)


def _state(done: SittingFacts, opens_on: date | None, closes_on: date | None, today: date) -> SittingState:
    if done.finished_on is not None:
        return SittingState.FINISHED
    if done.skipped_on is not None:
        return SittingState.SKIPPED
    if opens_on is None or closes_on is None or today < opens_on:
        return SittingState.LATER
    if today > closes_on:
        return SittingState.CLOSED
    return SittingState.DUE if done.started_on is None else SittingState.STARTED
