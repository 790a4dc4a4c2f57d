"""The reasons: why a row is on the list, each with the date that a clinician can check."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from webapp.engagement.facts import Facts, Flare, Milestone, Rhythm, Way, flare_pauses
from webapp.engagement.signal_rules import Signals, is_slow_start
from webapp.engagement.standing import Reason, ReasonKind
from webapp.engagement.thresholds import Thresholds


def requests(facts: Facts, today: date) -> Iterator[Reason]:
    """What somebody asked for or was promised: these hold in every state."""
    for kind, on in (
        (ReasonKind.SAFETY_ALERT, facts.safety_alert_on),
        (ReasonKind.ASKED_FOR_CALL, facts.asked_for_call_on),
        (ReasonKind.CALL_AGREED, _open_call_on(facts, today)),
    ):
        if on is not None and on <= today:
            yield Reason(kind, on, kind.value, number=(today - on).days)


def _open_call_on(facts: Facts, today: date) -> date | None:
    """The earliest agreed call that is due and was followed by no contact."""
    contact_on = last_contact_by(facts, today)
    due = (on for on in facts.call_dates if on <= today and (contact_on is None or contact_on < on))
    return min(due, default=None)


def last_contact_by(facts: Facts, today: date) -> date | None:
    """The last contact as known today."""
    contact_on = facts.last_contact_on
    return contact_on if contact_on is not None and contact_on <= today else None


def check_in(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Reason]:
    """A flare-up whose check-in day passed without an answer, an end or any activity since."""
    for flare in facts.flares:
        asked_on = flare.from_on + timedelta(days=thresholds.flare_check_in_days)
        if asked_on < today and not _is_settled(facts, flare, asked_on, today):
            rule = f"flare_check_in>{thresholds.flare_check_in_days}"
            yield Reason(ReasonKind.FLARE_CHECK_IN, asked_on, rule, number=(today - asked_on).days)
            return


def _is_settled(facts: Facts, flare: Flare, asked_on: date, today: date) -> bool:
    said = any(on is not None and on <= today for on in (flare.until_on, flare.answered_on))
    active = facts.active_up_to(today) - facts.active_up_to(asked_on - timedelta(days=1))
    return said or active > 0


def pauses(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Reason]:
    """The pause or flare-up that covers today; an agreed pause is named before a flare-up.

    Only an agreed pause has an end that is known ahead.
    """
    spans = [(ReasonKind.PAUSED, span) for span in facts.pauses]
    spans += [(ReasonKind.FLARE, span) for span in flare_pauses(facts.flares, thresholds.flare_pause_days)]
    for kind, span in spans:
        if span.covers(today):
            until_on = span.until_on if kind is ReasonKind.PAUSED else None
            yield Reason(kind, span.from_on, kind.value, until_on=until_on)
            return


def not_started(facts: Facts, signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """No first page, so many counting days after the invitation."""
    if signals.silent_days >= thresholds.not_started_days:
        rule = f"not_started>={thresholds.not_started_days}"
        yield Reason(ReasonKind.NOT_STARTED, facts.invited_on, rule, number=signals.silent_days)


def week_two(facts: Facts, signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """The module that a module-a-week plan names for day 14 is still open behind that day."""
    number = thresholds.week_two_module
    if facts.rhythm is not Rhythm.WEEKLY or not 0 < number <= len(facts.milestones):
        return
    module = facts.milestones[number - 1]
    if module in signals.overdue:
        yield _of_module(ReasonKind.WEEK_TWO, module, signals, f"week_two={number}")


def silence(signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """No visit for so many counting days."""
    steps = (thresholds.quieter_idle_days, thresholds.ring_silent_days, thresholds.lapsed_idle_days + 1)
    reached = [days for days in steps if signals.silent_days >= days]
    if reached:
        rule = f"no_visit>={max(reached)}"
        yield Reason(ReasonKind.NO_VISIT, signals.seen_on, rule, number=signals.silent_days)


def open_modules(signals: Signals) -> Iterator[Reason]:
    """Each module whose planned day has passed, earliest first."""
    for module in signals.overdue:
        yield _of_module(ReasonKind.MODULE_OVERDUE, module, signals, "module_overdue>=1")


def _of_module(kind: ReasonKind, module: Milestone, signals: Signals, rule: str) -> Reason:
    assert module.planned_on is not None
    days = signals.clock.days_between(module.planned_on, signals.today)
    return Reason(kind, module.planned_on, rule, number=days, module=module.name)


def few_days(signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """Few active days in the last fortnight of counting days; the date is the window's first day."""
    if signals.recent_days <= thresholds.few_active_days:
        window_from = signals.clock.day_before(signals.today, thresholds.window_days) + timedelta(days=1)
        rule = f"few_days<={thresholds.few_active_days}"
        yield Reason(ReasonKind.FEW_DAYS, window_from, rule, number=signals.recent_days)


def slow_start(signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """A tag: few active days in week 1. It never makes a row by itself."""
    if signals.started_on is not None and is_slow_start(signals, thresholds):
        rule = f"slow_start<={thresholds.slow_start_days}"
        yield Reason(ReasonKind.SLOW_START, signals.started_on, rule, number=signals.week_one_days)


def not_back(facts: Facts, signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """An agreed pause is over for so many counting days, and nobody has been seen since it began.

    It ends where the calls end: after ``lapsed_idle_days``.
    """
    over = [span for span in facts.pauses if span.until_on is not None and span.until_on < signals.today]
    if signals.started_on is None or not over:
        return
    pause = max(over, key=lambda span: span.until_on or span.from_on)
    until_on = pause.until_on or pause.from_on
    days = signals.clock.days_between(until_on, signals.today)
    if signals.seen_on <= pause.from_on and thresholds.not_back_days <= days <= thresholds.lapsed_idle_days:
        rule = f"not_back>={thresholds.not_back_days}"
        yield Reason(ReasonKind.NOT_BACK, until_on, rule, number=days)


def no_call_planned(facts: Facts, today: date, thresholds: Thresholds) -> Iterator[Reason]:
    """On paper or by phone, and no call is agreed: nobody would think of this patient."""
    contact_on = last_contact_by(facts, today)
    planned = [on for on in facts.call_dates if contact_on is None or on > contact_on]
    since_on = contact_on or facts.invited_on
    days = (today - since_on).days
    if facts.way is not Way.ONLINE and not planned and days >= thresholds.no_call_days:
        rule = f"no_call_planned>={thresholds.no_call_days}"
        yield Reason(ReasonKind.NO_CALL_PLANNED, since_on, rule, number=days)


def unanswered(facts: Facts, signals: Signals, thresholds: Thresholds) -> Iterator[Reason]:
    """So many contacts in a row without an answer, and no activity since the first of them."""
    seen_on = signals.seen_on if signals.started_on else None
    known = sorted(on for on in facts.unanswered_contacts if on <= signals.today)
    tries = [on for on in known if seen_on is None or on > seen_on]
    if len(tries) >= thresholds.lapsed_unanswered_contacts:
        last_on = tries[thresholds.lapsed_unanswered_contacts - 1]
        rule = f"contacts_unanswered>={thresholds.lapsed_unanswered_contacts}"
        yield Reason(ReasonKind.CONTACTS_UNANSWERED, last_on, rule, number=len(tries))
