"""What the calendar alone will change, so that a stored row stays true without a job."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from webapp.engagement.facts import Facts, Way, clock_of, flare_pauses, known_on
from webapp.engagement.reason_rules import last_contact_by
from webapp.engagement.rules import state
from webapp.engagement.signal_rules import Signals, signals_of
from webapp.engagement.standing import State, Tier
from webapp.engagement.thresholds import DEFAULT, Thresholds

ONE_DAY = timedelta(days=1)


def schedule_of_states(
    facts: Facts, today: date, thresholds: Thresholds = DEFAULT
) -> tuple[tuple[date, State], ...]:
    """The state today, then each later one with its first day, if nothing happens from today on.

    The first pair is dated ``today``. Agreed pauses and closures ahead are taken as they stand.
    """
    return tuple((day, found) for day, found, _ in _steps(facts, today, thresholds, with_tier=False))


def changes_on(facts: Facts, today: date, thresholds: Thresholds = DEFAULT) -> tuple[date, ...]:
    """The later days on which the state changes, or the row enters or leaves the list, if nothing happens."""
    return tuple(day for day, _, _ in _steps(facts, today, thresholds, with_tier=True))[1:]


def next_change_on(facts: Facts, today: date, thresholds: Thresholds = DEFAULT) -> date | None:
    """The first of ``changes_on``: until the day before, the stored row is true. None: for good."""
    return next(iter(changes_on(facts, today, thresholds)), None)


def _steps(
    facts: Facts, today: date, thresholds: Thresholds, with_tier: bool
) -> Iterator[tuple[date, State, Tier | None]]:
    known = known_on(facts, today)
    before: tuple[State, Tier | None] | None = None
    for day in _possible_changes(known, today, thresholds):
        standing = state(known, day, thresholds)
        now = (standing.state, standing.tier if with_tier else None)
        if now != before:
            yield day, *now
        before = now


def _possible_changes(facts: Facts, today: date, thresholds: Thresholds) -> list[date]:
    """Today and every later day on which a rule could turn; the rules themselves say whether one does."""
    signals = signals_of(facts, today, thresholds)
    days = {
        *_silence_turns(signals, thresholds),
        *_plan_turns(facts, thresholds),
        *_pause_turns(facts, thresholds),
        *_return_turns(facts, thresholds),
        *_list_turns(facts, thresholds),
    }
    return sorted({today, *(day for day in days if day is not None and day > today)})


def _silence_turns(signals: Signals, thresholds: Thresholds) -> Iterator[date | None]:
    for days in (
        thresholds.not_started_days,
        thresholds.not_started_call_days,
        thresholds.quieter_idle_days,
        thresholds.ring_idle_days,
        thresholds.ring_silent_days,
        thresholds.lapsed_idle_days + 1,
    ):
        yield signals.clock.day_after(signals.seen_on, days)


def _plan_turns(facts: Facts, thresholds: Thresholds) -> Iterator[date | None]:
    clock = clock_of(facts, thresholds)
    for planned_on in (one.planned_on for one in facts.milestones if one.done_on is None):
        if planned_on is not None:
            yield _next_open_day(facts, planned_on)
            yield clock.day_after(planned_on, thresholds.quieter_overdue_days)


def _next_open_day(facts: Facts, day: date) -> date:
    day += ONE_DAY
    while day in facts.closures:
        day += ONE_DAY
    return day


def _pause_turns(facts: Facts, thresholds: Thresholds) -> Iterator[date]:
    for span in (*facts.pauses, *flare_pauses(facts.flares, thresholds.flare_pause_days)):
        yield span.from_on
        if span.until_on is not None:
            yield span.until_on + ONE_DAY
    for flare in facts.flares:
        yield flare.from_on + timedelta(days=thresholds.flare_check_in_days + 1)


def _return_turns(facts: Facts, thresholds: Thresholds) -> Iterator[date | None]:
    clock = clock_of(facts, thresholds)
    for until_on in (span.until_on for span in facts.pauses if span.until_on is not None):
        yield clock.day_after(until_on, thresholds.not_back_days)
        yield clock.day_after(until_on, thresholds.lapsed_idle_days + 1)


def _list_turns(facts: Facts, thresholds: Thresholds) -> Iterator[date]:
    yield from facts.call_dates
    if facts.way is not Way.ONLINE:
        since_on = last_contact_by(facts, date.max) or facts.invited_on
        yield since_on + timedelta(days=thresholds.no_call_days)
    if facts.snoozed_until is not None:
        yield facts.snoozed_until
    if facts.last_contact_on is not None:
        yield facts.last_contact_on + timedelta(days=thresholds.hidden_after_contact_days + 1)
