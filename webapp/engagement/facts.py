"""What is known about one enrolment: behaviour and dates only, never a score, never who the person is."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache

from webapp.engagement.day_rules import Clock, Span
from webapp.engagement.thresholds import DEFAULT, Thresholds


class Door(StrEnum):
    """The way in: the whole course, or everything open after a finished programme."""

    COURSE = "course"
    REFRESHER = "refresher"


class Rhythm(StrEnum):
    """The pace that the patient chose.

    AS_PLANNED is for a history from elsewhere: planned dates are given, the rhythm behind them is not known,
    so rules that hold for one rhythm alone do not apply.
    """

    WEEKLY = "weekly"
    FORTNIGHTLY = "fortnightly"
    OWN_SPEED = "own_speed"
    AS_PLANNED = "as_planned"


class Way(StrEnum):
    """How the patient takes part. On paper or by phone there are agreed calls and no activity clock."""

    ONLINE = "online"
    PAPER = "paper"
    PHONE = "phone"


@dataclass(frozen=True, slots=True)
class Milestone:
    """A core module: the day the patient's own plan names (None: no plan) and the day it was done (None:
    open)."""

    name: str
    planned_on: date | None = None
    done_on: date | None = None

    def is_done_by(self, day: date) -> bool:
        """Was it done on this day or before?"""
        return self.done_on is not None and self.done_on <= day

    def is_overdue_on(self, day: date) -> bool:
        """Does its planned day lie before this day, and is it not done by this day?"""
        return self.planned_on is not None and self.planned_on < day and not self.is_done_by(day)


@dataclass(frozen=True, slots=True)
class Flare:
    """A flare-up: first day, last day (None: not said to be over), and the day its check-in was answered."""

    from_on: date
    until_on: date | None = None
    answered_on: date | None = None


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything the rules may know about one enrolment. All dates are local days of the service."""

    invited_on: date
    """The day of the first invitation."""
    door: Door = Door.COURSE
    rhythm: Rhythm = Rhythm.WEEKLY
    way: Way = Way.ONLINE
    started_on: date | None = None
    """As entered by staff, or the day of activation; the first active day counts as well."""
    ended_on: date | None = None
    """The day the patient left."""
    left_reason: str | None = None
    """The reason's code; carried along, never judged."""
    finished_on: date | None = None
    """The day the core was finished; without it, the last milestone's day once all are done."""
    active_days: tuple[date, ...] = ()
    """The distinct days with meaningful activity, ascending. A sign-in alone is none."""
    milestones: tuple[Milestone, ...] = ()
    """Core modules in the patient's order; ``plan_rules.planned_dates`` fills in the days."""
    pauses: tuple[Span, ...] = ()
    """Agreed pauses, also those ahead."""
    flares: tuple[Flare, ...] = ()
    closures: frozenset[date] = frozenset()
    """Days that count for nobody in the service: bank holidays and its own closed days."""
    asked_for_call_on: date | None = None
    """An open request. The service sets it to None when the call is made."""
    safety_alert_on: date | None = None
    """An open safety alert of this patient."""
    call_dates: tuple[date, ...] = ()
    """Agreed calls and dates that the patient set; a contact on or after one settles it."""
    last_contact_on: date | None = None
    """The last day on which the team reached or tried to reach the patient."""
    unanswered_contacts: tuple[date, ...] = ()
    """The days of the tries without an answer since the last answer."""
    snoozed_until: date | None = None
    """Not on the list before this day, safety, requests and agreed dates apart."""
    asked_not_to_be_rung_on: date | None = None
    """From this day on only safety, own requests and agreed dates put the patient on the list."""

    @property
    def is_watched(self) -> bool:
        """Does the not-started rule hold? On the course and online only."""
        return self.door is Door.COURSE and self.way is Way.ONLINE

    @property
    def has_clock(self) -> bool:
        """Do silence and the plan count? Not at one's own speed, on the refresher door, on paper or by
        phone."""
        return self.is_watched and self.rhythm is not Rhythm.OWN_SPEED

    def active_up_to(self, day: date) -> int:
        """How many of the active days lie on this day or before."""
        return bisect_right(self.active_days, day)

    def judged_on(self, day: date) -> date:
        """The last day that is not a closure: on a closed day no plan becomes overdue."""
        while day in self.closures:
            day -= timedelta(days=1)
        return day


def flare_pauses(flares: tuple[Flare, ...], longest_days: int) -> tuple[Span, ...]:
    """The days on which flare-ups stop the clock: at most ``longest_days`` from the first report.

    A further report within those days does not lengthen them; a report after them begins anew.
    """
    pauses: list[Span] = []
    last_on = date.min
    for flare in sorted(flares, key=lambda flare: flare.from_on):
        if flare.from_on > last_on:
            last_on = flare.from_on + timedelta(days=longest_days - 1)
        pauses.append(Span(flare.from_on, min(flare.until_on or last_on, last_on)))
    return tuple(pauses)


_NEVER_STOPPED = Clock()


def clock_of(facts: Facts, thresholds: Thresholds = DEFAULT) -> Clock:
    """Counts the days outside this enrolment's pauses, flare-ups and closures."""
    if not (facts.pauses or facts.flares or facts.closures):
        return _NEVER_STOPPED
    return _stopped_clock(facts.pauses, facts.flares, facts.closures, thresholds.flare_pause_days)


@lru_cache(maxsize=256)
def _stopped_clock(
    pauses: tuple[Span, ...], flares: tuple[Flare, ...], closures: frozenset[date], longest_days: int
) -> Clock:
    """Kept, because one enrolment is judged on many days, and a service's closures are the same for
    everybody."""
    closed = (Span(day, day) for day in closures)
    return Clock((*pauses, *flare_pauses(flares, longest_days), *closed))


def known_on(facts: Facts, day: date) -> Facts:
    """The facts as they were known at the end of this day: what is dated later is absent, plans stay."""
    return replace(
        facts,
        started_on=_by(facts.started_on, day),
        ended_on=_by(facts.ended_on, day),
        left_reason=facts.left_reason if _by(facts.ended_on, day) else None,
        finished_on=_by(facts.finished_on, day),
        active_days=facts.active_days[: facts.active_up_to(day)],
        milestones=tuple(replace(one, done_on=_by(one.done_on, day)) for one in facts.milestones),
        flares=tuple(
            replace(one, until_on=_by(one.until_on, day), answered_on=_by(one.answered_on, day))
            for one in facts.flares
            if one.from_on <= day
        ),
        asked_for_call_on=_by(facts.asked_for_call_on, day),
        safety_alert_on=_by(facts.safety_alert_on, day),
        last_contact_on=_by(facts.last_contact_on, day),
        unanswered_contacts=tuple(on for on in facts.unanswered_contacts if on <= day),
        asked_not_to_be_rung_on=_by(facts.asked_not_to_be_rung_on, day),
    )


def _by(on: date | None, day: date) -> date | None:
    return on if on is not None and on <= day else None
