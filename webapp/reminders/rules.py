"""The words of this room as plain values: kinds of things, what leads, and what one tap can answer. No texts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

HOURS_BETWEEN = timedelta(hours=48)
"""At most one message that nobody asked for in this time. Source: issue 5; evidence.md 3.5, "do not"."""

WRITTEN_FROM_HOUR, WRITTEN_UNTIL_HOUR = 9, 19
"""The local hours in which messages of the day are written. Source: project design; well inside 8:00 to 20:00."""


class Kind(StrEnum):
    """What a message can be about. Its text stands in ``content/messages/<language>/<kind>.md``."""

    WELCOME = "welcome"
    NOT_STARTED = "not-started"
    NOT_STARTED_AGAIN = "not-started-again"
    WEEKLY_SUMMARY = "weekly-summary"
    NUDGE = "nudge"
    SOMEBODY_WILL_RING = "somebody-will-ring"
    STILL_HERE = "still-here"
    FLARE_CHECK_IN = "flare-check-in"
    GOAL_REVIEW = "goal-review"
    QUESTIONS = "questions"
    PAUSE_ENDS = "pause-ends"
    REMIND_ME = "remind-me"
    HALF_WAY = "half-way"
    FINISHED = "finished"
    BOOSTER = "booster"
    GOODBYE = "goodbye"


class Group(StrEnum):
    """What a patient may leave out of their messages, one switch each."""

    WEEKLY = "weekly"
    NUDGES = "nudges"
    GOALS = "goals"
    QUESTIONS = "questions"
    BOOSTERS = "boosters"


class Answer(StrEnum):
    """What one tap in a message can say."""

    BUSY = "busy"
    FLARE_UP = "flare_up"
    STUCK = "stuck"
    NOT_FOR_ME = "not_for_me"
    LATER = "later"


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing that a message may tell of today.

    key: what makes it this one and not the next; told once in an enrolment. on: the day it became due.
    number: what its text counts (a booster's months, a module's number), None where it counts nothing.
    """

    kind: Kind
    key: str
    on: date
    number: int | None = None
