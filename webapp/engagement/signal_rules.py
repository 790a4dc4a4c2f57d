"""What one enrolment's facts amount to on one day, and the points for it."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.engagement.day_rules import Clock
from webapp.engagement.facts import Facts, Milestone, clock_of
from webapp.engagement.thresholds import Thresholds

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class Signals:
    """The measured behaviour on one day.

    started_on: None if not started. seen_on: the last activity, else the start, else the invitation.
    silent_days: counting days since then. overdue: open modules of the own plan whose day has passed,
    earliest first. pace: done ÷ planned so far, 1.0 if nothing was planned. recent_days: active days in the
    last ``window_days`` counting days. week_one_days: active days in the first counting week, None until it
    is over."""

    today: date
    clock: Clock
    started_on: date | None
    seen_on: date
    silent_days: int
    overdue: tuple[Milestone, ...]
    pace: float
    recent_days: int
    week_one_days: int | None


def signals_of(facts: Facts, today: date, thresholds: Thresholds) -> Signals:
    """Measure one enrolment on one day. Nothing that is dated later is looked at."""
    clock = clock_of(facts, thresholds)
    started_on = started_by(facts, today)
    seen_on = _seen_on(facts, started_on, today)
    planned = _planned_before(facts, today)
    overdue = tuple(one for one in planned if not one.is_done_by(today))
    window_from = clock.day_before(today, thresholds.window_days)
    return Signals(
        today=today,
        clock=clock,
        started_on=started_on,
        seen_on=seen_on,
        silent_days=clock.days_between(seen_on, today),
        overdue=overdue,
        pace=1 - len(overdue) / len(planned) if planned else 1.0,
        recent_days=facts.active_up_to(today) - facts.active_up_to(window_from),
        week_one_days=_week_one_days(facts, clock, started_on, today),
    )


def started_by(facts: Facts, today: date) -> date | None:
    """The first day of the course as known today: as entered, or the first activity; None if neither."""
    first = facts.active_days[0] if facts.active_up_to(today) else None
    entered = facts.started_on if facts.started_on and facts.started_on <= today else None
    return min(first, entered) if first and entered else first or entered


def _seen_on(facts: Facts, started_on: date | None, today: date) -> date:
    if started_on is None:
        return facts.invited_on
    active = facts.active_up_to(today)
    seen_on = facts.active_days[active - 1] if active else started_on
    if facts.started_on and seen_on < facts.started_on <= today:
        return facts.started_on
    return seen_on


def _planned_before(facts: Facts, today: date) -> tuple[Milestone, ...]:
    if not facts.has_clock or not facts.milestones:
        return ()
    day = facts.judged_on(today)
    planned = [one for one in facts.milestones if one.planned_on is not None and one.planned_on < day]
    return tuple(sorted(planned, key=lambda one: one.planned_on or date.max))


def _week_one_days(facts: Facts, clock: Clock, started_on: date | None, today: date) -> int | None:
    if started_on is None:
        return None
    over_on = clock.day_after(started_on - timedelta(days=1), WEEK_DAYS)
    if over_on is None or over_on >= today:
        return None
    return facts.active_up_to(over_on) - bisect_left(facts.active_days, started_on)


SILENCE_POINTS = ((4, 2), (7, 1), (14, 2), (21, 2))
"""(silent days at least, points added). Source: the integer scorecard of dropout.md §4, fitted by this
project on a public history of a tutored web course; so are all the points below."""

OVERDUE_POINTS = ((1, 6), (2, 5))
"""(open modules at least, points added)."""

SOME_DAYS_POINTS = 2
"""Added at ``some_active_days`` (5) or fewer active days in the last 14."""

FEW_DAYS_POINTS = 3
"""Added to those at ``few_active_days`` (2) or fewer."""

PACE_POINTS = ((0.75, 1), (0.5, 1))
"""(pace below, points added)."""

SLOW_START_POINTS = 1
"""Added when week 1 had at most ``slow_start_days`` active days."""


def points_of(signals: Signals, thresholds: Thresholds) -> int:
    """The transparent score, 0 to 26: more means ring sooner. It sees behaviour only, never a symptom
    score."""
    return (
        sum(points for days, points in SILENCE_POINTS if signals.silent_days >= days)
        + sum(points for modules, points in OVERDUE_POINTS if len(signals.overdue) >= modules)
        + (SOME_DAYS_POINTS if signals.recent_days <= thresholds.some_active_days else 0)
        + (FEW_DAYS_POINTS if signals.recent_days <= thresholds.few_active_days else 0)
        + sum(points for pace, points in PACE_POINTS if signals.pace < pace)
        + (SLOW_START_POINTS if is_slow_start(signals, thresholds) else 0)
    )


def is_slow_start(signals: Signals, thresholds: Thresholds) -> bool:
    """Is week 1 over, with few active days?"""
    return signals.week_one_days is not None and signals.week_one_days <= thresholds.slow_start_days
