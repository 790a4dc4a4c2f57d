"""The life-cycle: one state for each enrolment and day, with its reasons. The table is LIFE_CYCLE below.

Nothing here knows a score of an illness, an age, a place or a name. Nothing dated after ``today`` is looked
at, except plans: planned days, agreed pauses and calls, closures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from webapp.engagement import reason_rules as why
from webapp.engagement.facts import Facts
from webapp.engagement.ring_key import tier_of
from webapp.engagement.signal_rules import Signals, points_of, signals_of
from webapp.engagement.standing import COMMAND_NAMES, Reason, ReasonKind, Standing, State, Tier
from webapp.engagement.thresholds import DEFAULT, Thresholds

__all__ = ["COMMAND_NAMES", "LIFE_CYCLE", "Reason", "ReasonKind", "Standing", "State", "Tier", "state"]


@dataclass(frozen=True, slots=True)
class Case:
    """One enrolment on one day, measured."""

    facts: Facts
    today: date
    thresholds: Thresholds
    signals: Signals


Found = tuple[State, date, Iterable[Reason]]
"""The state, the day on which its rule was first met, and the reasons."""


def state(facts: Facts, today: date, thresholds: Thresholds = DEFAULT) -> Standing:
    """Where this enrolment stands today, and why."""
    signals = signals_of(facts, today, thresholds)
    case = Case(facts, today, thresholds, signals)
    found, since_on, reasons = next(answer for rule in LIFE_CYCLE if (answer := rule(case)) is not None)
    everything = (*why.requests(facts, today), *reasons)
    return Standing(
        state=found,
        since_on=since_on,
        reasons=everything,
        points=points_of(signals, thresholds) if facts.has_clock else 0,
        tier=tier_of(found, everything, facts, today, thresholds),
        silent_days=signals.silent_days,
    )


def has_left(case: Case) -> Found | None:
    """Left: from the day on which the patient left."""
    ended_on = case.facts.ended_on
    return (State.LEFT, ended_on, ()) if ended_on is not None and ended_on <= case.today else None


def has_finished(case: Case) -> Found | None:
    """Finished: the core is done. Keeping going: and active on a later day."""
    finished_on = _finished_by(case.facts, case.today)
    if finished_on is None:
        return None
    later = case.facts.active_up_to(finished_on)
    if later < case.facts.active_up_to(case.today):
        return State.KEEPING_GOING, case.facts.active_days[later], ()
    return State.FINISHED, finished_on, ()


def _finished_by(facts: Facts, today: date) -> date | None:
    if facts.finished_on is not None and facts.finished_on <= today:
        return facts.finished_on
    done = [one.done_on for one in facts.milestones if one.done_on is not None and one.done_on <= today]
    return max(done) if done and len(done) == len(facts.milestones) else None


def is_paused(case: Case) -> Found | None:
    """Paused: a pause or the first 14 days of a flare-up cover today. An unanswered check-in still shows."""
    for reason in why.pauses(case.facts, case.today, case.thresholds):
        return State.PAUSED, reason.since_on, (*_check_in(case), reason)
    return None


def has_lapsed_unanswered(case: Case) -> Found | None:
    """Lapsed: two contacts in a row without an answer, and no activity since."""
    for reason in why.unanswered(case.facts, case.signals, case.thresholds):
        silence = why.silence(case.signals, case.thresholds) if _is_timed(case) else ()
        return State.LAPSED, reason.since_on, (*_check_in(case), reason, *silence)
    return None


def has_not_started(case: Case) -> Found | None:
    """Invited, then not started: 3 counting days after the invitation, a call from day 14. Online course
    only."""
    if case.signals.started_on is not None:
        return None
    waiting = tuple(why.not_started(case.facts, case.signals, case.thresholds))
    if not (waiting and case.facts.is_watched):
        return State.INVITED, case.facts.invited_on, _look_in(case)
    since_on = _when(case, case.facts.invited_on, case.thresholds.not_started_days)
    return State.NOT_STARTED, since_on, (*_check_in(case), *waiting)


def has_no_clock(case: Case) -> Found | None:
    """On track: at one's own speed, on the refresher door, on paper or by phone. Nothing is counted."""
    if case.facts.has_clock:
        return None
    return State.ON_TRACK, case.signals.started_on or case.facts.invited_on, _look_in(case)


def has_lapsed(case: Case) -> Found | None:
    """Lapsed: more than 28 silent days."""
    days = case.thresholds.lapsed_idle_days + 1
    if case.signals.silent_days < days:
        return None
    return State.LAPSED, _when(case, case.signals.seen_on, days), _flag_reasons(case)


def must_be_rung_first(case: Case) -> Found | None:
    """Ring first: silent 7 days with a planned module open, or silent 21 days, or week 2.

    Week 2: module 2 is open after day 14 of a module a week. Under half the planned pace needs no rule of
    its own: it means that a planned module is open.
    """
    met = [*_silent_long(case), *_silent_and_open(case), *_week_two(case)]
    return (State.RING_FIRST, min(met), _flag_reasons(case)) if met else None


def is_quieter(case: Case) -> Found | None:
    """Quieter than planned: silent 7 days, or a planned module open for 7 days."""
    thresholds, signals = case.thresholds, case.signals
    met = []
    if signals.silent_days >= thresholds.quieter_idle_days:
        met.append(_when(case, signals.seen_on, thresholds.quieter_idle_days))
    if signals.overdue:
        planned_on = _planned(signals)
        if signals.clock.days_between(planned_on, case.today) >= thresholds.quieter_overdue_days:
            met.append(_when(case, planned_on, thresholds.quieter_overdue_days))
    return (State.QUIETER, min(met), _flag_reasons(case)) if met else None


def is_on_track(case: Case) -> Found:
    """On track: nothing above holds."""
    return State.ON_TRACK, case.signals.started_on or case.facts.invited_on, _look_in(case)


LIFE_CYCLE: tuple[Callable[[Case], Found | None], ...] = (
    has_left,
    has_finished,
    is_paused,
    has_lapsed_unanswered,
    has_not_started,
    has_no_clock,
    has_lapsed,
    must_be_rung_first,
    is_quieter,
    is_on_track,
)
"""The state table: the first rule that holds decides, so there is always exactly one state."""


def _silent_long(case: Case) -> Iterable[date]:
    if case.signals.silent_days >= case.thresholds.ring_silent_days:
        yield _when(case, case.signals.seen_on, case.thresholds.ring_silent_days)


def _silent_and_open(case: Case) -> Iterable[date]:
    if case.signals.overdue and case.signals.silent_days >= case.thresholds.ring_idle_days:
        silent_on = _when(case, case.signals.seen_on, case.thresholds.ring_idle_days)
        yield max(silent_on, _planned(case.signals) + timedelta(days=1))


def _week_two(case: Case) -> Iterable[date]:
    for reason in why.week_two(case.facts, case.signals, case.thresholds):
        yield reason.since_on + timedelta(days=1)


def _planned(signals: Signals) -> date:
    """The earliest planned day among the open modules."""
    return signals.overdue[0].planned_on or signals.today


def _when(case: Case, since_on: date, days: int) -> date:
    """The day on which so many counting days had passed; it has come when this is asked."""
    return case.signals.clock.day_after(since_on, days) or case.today


def _is_timed(case: Case) -> bool:
    return case.facts.has_clock and case.signals.started_on is not None


def _check_in(case: Case) -> tuple[Reason, ...]:
    return tuple(why.check_in(case.facts, case.today, case.thresholds))


def _look_in(case: Case) -> tuple[Reason, ...]:
    """Reasons of their own for somebody whose state says nothing."""
    return (
        *_check_in(case),
        *why.not_back(case.facts, case.signals, case.thresholds),
        *why.no_call_planned(case.facts, case.today, case.thresholds),
    )


def _flag_reasons(case: Case) -> tuple[Reason, ...]:
    signals, thresholds = case.signals, case.thresholds
    return (
        *_check_in(case),
        *why.week_two(case.facts, signals, thresholds),
        *why.open_modules(signals),
        *why.not_back(case.facts, signals, thresholds),
        *why.silence(signals, thresholds),
        *why.few_days(signals, thresholds),
        *why.slow_start(signals, thresholds),
    )
