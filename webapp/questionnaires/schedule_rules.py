"""Which sitting opens when: dates in, dates and states out.

A sitting never blocks anything else, stays open for its window, can be skipped without a reason, and can
still be answered after a skip as long as its window is open. The numbers of days are the battery's
(`content/questionnaires/battery.yml`), where each has its source.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
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
    EARLY = "early"  # not offered yet, but the patient may go on with it already
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
    """A few instruments answered in one go, from `window_days_before` its day until `window_days` after it.

    `opens_for_refresher` takes the place of `opens` for a patient who came by the refresher door, where no
    module need ever be finished; without `for_refreshers` such a patient is never asked. `shorter` names the
    instruments for when time is short. `may_be_early`: it may be answered as soon as the sitting that it
    follows was finished or skipped, if the patient wishes. `off`: this service does not ask it; what follows it
    then counts from the day on which it would have opened.
    """

    id: str
    instruments: tuple[str, ...]
    opens: Opening
    window_days: int
    opens_for_refresher: Opening | None = None
    window_days_before: int = 0
    shorter: tuple[str, ...] = ()
    may_be_early: bool = False
    for_refreshers: bool = True
    off: bool = False

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
    their minds. It holds before the window, too, from the day `early_from` (if there is one).
    """

    sitting: Sitting
    time_point: str
    state: SittingState
    opens_on: date | None
    closes_on: date | None
    can_be_answered: bool
    early_from: date | None = None


@dataclass(frozen=True, slots=True)
class _Days:
    """The days of one sitting: its own day, and around it the first and last of its window."""

    own: date | None = None
    opens_on: date | None = None
    closes_on: date | None = None
    early_from: date | None = None
    off: bool = False


def plan_sittings(battery: Battery, facts: EnrolmentFacts, today: date) -> tuple[PlannedSitting, ...]:
    """Every sitting of the battery for this patient's door, in its order, as it stands on `today`."""
    planned: list[PlannedSitting] = []
    known: dict[str, _Days] = {}
    for point in battery.time_points:
        for sitting in point.sittings:
            if facts.refresher and not sitting.for_refreshers:
                continue
            known[sitting.id] = _days_of(sitting, known, facts)
            done = facts.sittings.get(sitting.id, SittingFacts())
            if not sitting.off:
                planned.append(_planned(sitting, point.id, known[sitting.id], done, today))
    return tuple(planned)


def next_to_answer(planned: tuple[PlannedSitting, ...]) -> PlannedSitting | None:
    """The one sitting to offer today: a started one, else the one that closes first. Never a skipped one."""
    wanted = [each for each in planned if each.state in (SittingState.STARTED, SittingState.DUE)]
    return min(wanted, key=_offer_order, default=None)


def may_go_on_with(planned: tuple[PlannedSitting, ...], finished: str) -> PlannedSitting | None:
    """The sitting that may be answered next in one go, after this one was finished; None if there is none."""
    place = next((n for n, each in enumerate(planned) if each.sitting.id == finished), len(planned))
    return next(
        (
            each
            for each in planned[place + 1 :]
            if each.time_point == planned[place].time_point
            and each.can_be_answered
            and each.state is not SittingState.SKIPPED
        ),
        None,
    )


def months_after(day: date, months: int) -> date:
    """The same day so many months later, or the last day of a shorter month (31 Aug + 6: 28 Feb)."""
    years, month_index = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month_index + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def _offer_order(planned: PlannedSitting) -> tuple[bool, date]:
    return planned.state is not SittingState.STARTED, planned.closes_on or date.max


def _days_of(sitting: Sitting, known: Mapping[str, _Days], facts: EnrolmentFacts) -> _Days:
    opening = sitting.opening(facts.refresher)
    if opening.sitting is None:
        reached_on = None if opening.milestone is None else facts.milestones.get(opening.milestone)
        return _window(sitting, _count_from(reached_on, opening))
    before = known.get(opening.sitting)
    if before is None:
        return _Days()
    done = facts.sittings.get(opening.sitting, SittingFacts())
    settled_on = before.own if before.off else done.finished_on or done.skipped_on
    days = _window(sitting, _count_from(settled_on or before.closes_on, opening))
    return replace(days, early_from=settled_on) if sitting.may_be_early else days


def _window(sitting: Sitting, day: date | None) -> _Days:
    if day is None:
        return _Days()
    opens_on = day - timedelta(days=sitting.window_days_before)
    return _Days(day, opens_on, day + timedelta(days=sitting.window_days), off=sitting.off)


def _count_from(day: date | None, opening: Opening) -> date | None:
    return None if day is None else months_after(day, opening.months) + timedelta(days=opening.days)


def _planned(
    sitting: Sitting, time_point: str, days: _Days, done: SittingFacts, today: date
) -> PlannedSitting:
    state = _state(done, days, today)
    can_be_answered = state is not SittingState.FINISHED and _is_open(days, done, today)
    return PlannedSitting(
        sitting, time_point, state, days.opens_on, days.closes_on, can_be_answered, days.early_from
    )


def _is_open(days: _Days, done: SittingFacts, today: date) -> bool:
    """What was begun stays open, also where the sitting before it is taken up again after a skip."""
    if days.opens_on is None or days.closes_on is None:
        return False
    first = min(days.opens_on, days.early_from or date.max, done.started_on or date.max)
    return first <= today <= days.closes_on


def _state(done: SittingFacts, days: _Days, today: date) -> SittingState:
    if done.finished_on is not None:
        return SittingState.FINISHED
    if done.skipped_on is not None:
        return SittingState.SKIPPED
    if days.closes_on is not None and today > days.closes_on:
        return SittingState.CLOSED
    if not _is_open(days, done, today):
        return SittingState.LATER
    if done.started_on is not None:
        return SittingState.STARTED
    return SittingState.EARLY if days.opens_on and today < days.opens_on else SittingState.DUE
