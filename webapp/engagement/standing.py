"""Where one enrolment stands on one day: state, reasons with their dates, points, place in the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import IntEnum, StrEnum

RULES_VERSION = "2"
"""Stored with every logged reason; goes up whenever a rule (not a service's threshold) changes."""


class State(StrEnum):
    """The life-cycle. Exactly one holds on any day."""

    INVITED = "invited"
    NOT_STARTED = "not_started"
    ON_TRACK = "on_track"
    QUIETER = "quieter"
    RING_FIRST = "ring_first"
    LAPSED = "lapsed"
    PAUSED = "paused"
    LEFT = "left"
    FINISHED = "finished"
    KEEPING_GOING = "keeping_going"


COMMAND_NAMES = {
    State.INVITED: "not_started",
    State.NOT_STARTED: "not_started",
    State.ON_TRACK: "on_track",
    State.QUIETER: "amber",
    State.RING_FIRST: "red",
    State.LAPSED: "lapsed",
    State.PAUSED: "paused",
    State.LEFT: "ended",
    State.FINISHED: "completed",
    State.KEEPING_GOING: "completed",
}
"""The engine's names, as ``waymark flags evaluate`` writes them."""


class Tier(IntEnum):
    """Why somebody is on the list; a lower number is rung sooner.

    Source: issue 5 (safety, asked for help, red, amber) and PRODUCT (week 2, then not started, then quiet).
    A call that was agreed is a promise and stands before the flags. LOOK_IN is for those without an activity
    clock whom nobody would think of otherwise: not back after a pause, or no call planned.
    """

    SAFETY = 0
    ASKED = 1
    AGREED = 2
    CHECK_IN = 3
    RING_FIRST = 4
    NOT_STARTED = 5
    QUIETER = 6
    LOOK_IN = 7


class ReasonKind(StrEnum):
    """What a reason says; the words are chosen where it is shown."""

    SAFETY_ALERT = "safety_alert"
    ASKED_FOR_CALL = "asked_for_call"
    CALL_AGREED = "call_agreed"
    FLARE_CHECK_IN = "flare_check_in"
    WEEK_TWO = "week_two"
    MODULE_OVERDUE = "module_overdue"
    NO_VISIT = "no_visit"
    FEW_DAYS = "few_days"
    SLOW_START = "slow_start"
    NOT_STARTED = "not_started"
    NOT_BACK = "not_back"
    NO_CALL_PLANNED = "no_call_planned"
    CONTACTS_UNANSWERED = "contacts_unanswered"
    PAUSED = "paused"
    FLARE = "flare"


@dataclass(frozen=True, slots=True)
class Reason:
    """One sentence's worth of why, checkable by its date.

    since_on: the date that the sentence names (last visit, planned day, invitation, request, agreed day …).
    number: what the sentence counts, on that day: silent or waiting days, days a module is open past its
        planned day, active days, or contacts; None where nothing is counted.
    module: the milestone's name, for module reasons. until_on: the agreed end of a pause.
    rule: the rule's id with its threshold, as logged (``no_visit>=7``); version: see RULES_VERSION.
    """

    kind: ReasonKind
    since_on: date
    rule: str
    number: int | None = None
    module: str | None = None
    until_on: date | None = None
    version: str = RULES_VERSION


@dataclass(frozen=True, slots=True)
class Standing:
    """The answer of the rules for one enrolment on one day.

    since_on: the day on which the state's rule was first met. points: 0 to 26, more is rung sooner; 0 where
    no clock runs. tier: why they are on the list, None when they are not.
    """

    state: State
    since_on: date
    reasons: tuple[Reason, ...]
    points: int
    tier: Tier | None
    silent_days: int
