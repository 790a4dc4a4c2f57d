"""What is due to a patient today, and when to look next. The table is DUE below, in the order in which things lead.

Nothing here knows a word, a score or an address. A thing is told once: its key says what makes it this one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from webapp.engagement.contact_rules import DIED
from webapp.engagement.standing import State, Tier
from webapp.reminders.case_rules import Case, Day, Questions
from webapp.reminders.rules import Group, Kind, Thing

ONE_DAY = timedelta(days=1)
A_WEEK = timedelta(days=7)

LOOK_AGAIN_DAYS = 7
"""Everybody is looked at again after so many days, whatever was planned. Source: project design; it heals by itself."""

TOLD_WITHIN_DAYS = 14
"""News of a passed day is told on so many days from it on, then never. Source: project design."""

WELCOME_WITHIN_DAYS = 6
"""A welcome is told on the day of activation or the five after. Source: project design; then the summary begins."""

SUMMARY_WITHIN_DAYS = 3
"""A weekly summary is told on its weekday or the two after, as 48 hours from another message may ask. Source: project
design."""

REMIND_WITHIN_DAYS = 7
"""The day that a patient set is kept, or one of the six after. Source: project design."""

NUDGE_FROM_SILENT_DAYS = 4
"""For a module that stays open a nudge waits until somebody was silent for so many days: nobody is asked where they
are while they are here. Source: dropout.md 4, the first silence that counts in the points."""

NO_SUMMARY_DAYS = 7
"""No weekly summary in the week of the welcome. Source: project design."""

GROUPS: dict[Kind, Group] = {
    Kind.WEEKLY_SUMMARY: Group.WEEKLY,
    Kind.HALF_WAY: Group.WEEKLY,
    Kind.NUDGE: Group.NUDGES,
    Kind.STILL_HERE: Group.NUDGES,
    Kind.NOT_STARTED: Group.NUDGES,
    Kind.NOT_STARTED_AGAIN: Group.NUDGES,
    Kind.FLARE_CHECK_IN: Group.NUDGES,
    Kind.GOAL_REVIEW: Group.GOALS,
    Kind.QUESTIONS: Group.QUESTIONS,
    Kind.BOOSTER: Group.BOOSTERS,
}
"""What a patient leaves out with each group. Kinds that stand in no group are told unless everything is stopped."""

SET_BY_THE_PATIENT = frozenset({Kind.REMIND_ME, Kind.PAUSE_ENDS})
TOLD_IN_A_FLARE_UP = SET_BY_THE_PATIENT | {Kind.FLARE_CHECK_IN}
TOLD_AFTER_LEAVING = frozenset({Kind.GOODBYE})
EVERYTHING = frozenset(Kind)

Things = Iterator[Thing]


def remind_me(day: Day) -> Things:
    """The day that the patient set by a tap in a message."""
    if (on := day.case.wishes.remind_on) is not None and day.is_within(on, REMIND_WITHIN_DAYS):
        yield _thing(Kind.REMIND_ME, on, on)


def pause_ends(day: Day) -> Things:
    """The day before an agreed return, and that day; not where another pause goes on behind it."""
    pauses = day.facts.pauses
    for pause in pauses:
        end = pause.until_on
        if end is None or not (end - ONE_DAY <= day.today <= end) or day.today <= pause.from_on:
            continue
        if not any(other.covers(end + ONE_DAY) for other in pauses):
            yield _thing(Kind.PAUSE_ENDS, end, end)


def flare_check_in(day: Day) -> Things:
    """From the check-in's day of a flare-up that nobody has answered or ended, while it stops the clock."""
    thresholds = day.case.thresholds
    for flare in day.facts.flares:
        due_on = flare.from_on + timedelta(days=thresholds.flare_check_in_days)
        over_on = flare.from_on + timedelta(
            days=max(thresholds.flare_pause_days, thresholds.flare_check_in_days + 1)
        )
        if flare.until_on is None and flare.answered_on is None and due_on <= day.today < over_on:
            yield _thing(Kind.FLARE_CHECK_IN, flare.from_on, due_on)


def welcome(day: Day) -> Things:
    """The day of activation, or one of the next."""
    if (on := day.facts.started_on) is not None and day.is_within(on, WELCOME_WITHIN_DAYS):
        yield _thing(Kind.WELCOME, on, on)


def goodbye(day: Day) -> Things:
    """The day on which somebody who had started left, or one of the next."""
    on = day.facts.ended_on
    if on is not None and day.started_on is not None and day.is_within(on, WELCOME_WITHIN_DAYS):
        yield _thing(Kind.GOODBYE, on, on)


def not_started(day: Day) -> Things:
    """Invited and nothing begun: 3 counting days after the invitation, again after 7, nothing once a person rings."""
    if day.standing.state is not State.NOT_STARTED:
        return
    waited, thresholds = day.standing.silent_days, day.case.thresholds
    invited_on = day.facts.invited_on
    if thresholds.not_started_days <= waited < thresholds.second_nudge_days:
        yield _thing(Kind.NOT_STARTED, invited_on, day.today)
    elif thresholds.second_nudge_days <= waited < thresholds.not_started_call_days:
        yield _thing(Kind.NOT_STARTED_AGAIN, invited_on, day.today)


def nudge(day: Day) -> Things:
    """Quieter than planned: once a silence, and once for a module that stays open."""
    quiet_enough = day.standing.silent_days >= NUDGE_FROM_SILENT_DAYS
    if day.standing.state is State.QUIETER and quiet_enough:
        yield from _once_a_silence(Kind.NUDGE, day)


def somebody_will_ring(day: Day) -> Things:
    """On the list as *ring first*, where a call is safe: once a silence. Who is hidden or snoozed is not rung."""
    if (
        day.standing.state is State.RING_FIRST
        and day.standing.tier is Tier.RING_FIRST
        and day.case.may_be_rung
    ):
        yield from _once_a_silence(Kind.SOMEBODY_WILL_RING, day)


def still_here(day: Day) -> Things:
    """Off the call list after a long silence or two unanswered contacts: once a silence."""
    if day.standing.state is State.LAPSED and day.is_within(day.standing.since_on, 2 * TOLD_WITHIN_DAYS):
        yield from _once_a_silence(Kind.STILL_HERE, day)


def finished(day: Day) -> Things:
    """The core is done."""
    if (on := day.finished_on) is not None and day.is_within(on, TOLD_WITHIN_DAYS):
        yield _thing(Kind.FINISHED, on, on)


def half_way(day: Day) -> Things:
    """Half of the core modules are done, and not all of them."""
    done, half = day.modules_done_on, (len(day.facts.milestones) + 1) // 2
    if not day.takes_the_course or day.finished_on is not None or not 0 < half <= len(done):
        return
    if day.is_within(done[half - 1], TOLD_WITHIN_DAYS):
        yield Thing(Kind.HALF_WAY, Kind.HALF_WAY.value, done[half - 1])


def questions(day: Day) -> Things:
    """The sitting that Today offers: from the day after it opens, and once more when half of its window is over."""
    offered = _offered(day)
    if offered is None:
        return
    key = f"{Kind.QUESTIONS}:{offered.name}"
    first_on = min(offered.opens_on + ONE_DAY, offered.closes_on)
    half_on = offered.opens_on + (offered.closes_on - offered.opens_on) / 2 + ONE_DAY
    told_on = day.case.told_on(key)
    if told_on is None:
        if day.today >= first_on:
            yield Thing(Kind.QUESTIONS, key, first_on)
    elif told_on < half_on <= day.today:
        yield Thing(Kind.QUESTIONS, f"{key}:again", half_on)


def goal_review(day: Day) -> Things:
    """A goal is ready to look back on: once for each such day."""
    for on in sorted(set(day.case.reviews)):
        if day.is_within(on, TOLD_WITHIN_DAYS):
            yield _thing(Kind.GOAL_REVIEW, on, on)


def booster(day: Day) -> Things:
    """A short look at the skills 1, 3, 6 and 12 months on, while it is offered."""
    for one in day.case.boosters:
        if one.from_on <= day.today <= one.until_on:
            yield _thing(Kind.BOOSTER, one.from_on, one.from_on, one.months)


def weekly_summary(day: Day) -> Things:
    """On the weekday of the start, for who was active in the week before; never in a silence, never after the core."""
    if day.started_on is None or day.finished_on is not None or day.is_silent:
        return
    on = summary_day(day.started_on, day.today)
    if on < day.started_on + timedelta(days=NO_SUMMARY_DAYS) or not day.is_within(on, SUMMARY_WITHIN_DAYS):
        return
    if day.facts.active_up_to(on - A_WEEK - ONE_DAY) < day.facts.active_up_to(on - ONE_DAY):
        yield _thing(Kind.WEEKLY_SUMMARY, on, on)


DUE: tuple[Callable[[Day], Things], ...] = (
    remind_me,
    pause_ends,
    flare_check_in,
    welcome,
    goodbye,
    not_started,
    nudge,
    somebody_will_ring,
    still_here,
    finished,
    half_way,
    questions,
    goal_review,
    booster,
    weekly_summary,
)
"""Every kind of thing. The first that is due leads its message; the others are one line each."""


def things_due(case: Case, today: date) -> tuple[Thing, ...]:
    """What a message may tell of today, what leads first; empty where nothing is, or nothing may be said."""
    day = case.on(today)
    allowed = _may_be_told(day)
    if not allowed:
        return ()
    found = {thing.key: thing for rule in DUE for thing in rule(day) if thing.kind in allowed}
    return tuple(thing for key, thing in found.items() if key not in case.told_keys)


def next_look_on(case: Case, today: date, from_on: date | None = None) -> date | None:
    """The first day from ``from_on`` (else tomorrow) on which something is due if nothing happens until then.

    At most LOOK_AGAIN_DAYS away; None for who has left and has nothing ahead: they are asked about again as soon as
    anything happens.
    """
    first = from_on or today + ONE_DAY
    days = [first + timedelta(days=n) for n in range((today - first).days + LOOK_AGAIN_DAYS + 1)]
    found = next((day for day in days if things_due(case, day)), None)
    if found is None and case.on(today).has_left:
        return None
    return found or max(first, today + timedelta(days=LOOK_AGAIN_DAYS))


def summary_day(started_on: date, today: date) -> date:
    """Today, or the latest day before it that is the weekday of the start."""
    return today - timedelta(days=(today - started_on).days % A_WEEK.days)


def summary_week(on: date) -> tuple[date, date]:
    """The first and the last of the seven days that a summary of this day is about."""
    return on - A_WEEK, on - ONE_DAY


def _may_be_told(day: Day) -> frozenset[Kind]:
    wishes = day.case.wishes
    if wishes.has_stopped or (wishes.quiet_until_on is not None and day.today < wishes.quiet_until_on):
        return frozenset()
    if day.facts.left_reason == DIED:
        return frozenset()
    allowed = TOLD_AFTER_LEAVING if day.has_left else EVERYTHING - TOLD_AFTER_LEAVING
    if day.has_flare and not day.has_left:
        allowed &= TOLD_IN_A_FLARE_UP
    if day.is_paused and not day.has_left:
        allowed &= SET_BY_THE_PATIENT
    if day.facts.safety_alert_on is not None and day.facts.safety_alert_on <= day.today:
        allowed &= SET_BY_THE_PATIENT
    return frozenset(kind for kind in allowed if GROUPS.get(kind) not in wishes.left_out)


def _once_a_silence(kind: Kind, day: Day) -> Things:
    """Keyed by the silence, or where there is none by the module that stays open."""
    if day.case.has_told_since(kind, day.seen_on):
        return
    planned_on = next(day.open_modules(), None)
    since_on = day.seen_on if day.is_silent or planned_on is None else planned_on
    yield _thing(kind, since_on, day.standing.since_on, day.standing.silent_days)


def _offered(day: Day) -> Questions | None:
    there = [one for one in day.case.questions if one.is_open_on(day.today)]
    return min(there, key=lambda one: (not one.begun, one.closes_on), default=None)


def _thing(kind: Kind, which: date, on: date, number: int | None = None) -> Thing:
    return Thing(kind, f"{kind}:{which.isoformat()}", on, number)
