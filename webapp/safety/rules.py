"""The life of an alert: its states, who is told when, and what has to be true before it may be closed.

raised → notified → seen by a named person → owned → action recorded → closed; an alert may be reopened, and nothing
ever takes it away. An alert that nobody owns goes up by the service's working hours, step by step, until all know.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum, StrEnum

from webapp.safety.working_time_rules import WorkingTime

DEPUTY_AFTER = timedelta(hours=1)
"""Working time without an owner until the deputy is told. This project's rules for alerts, proposal."""
LEAD_AFTER = timedelta(hours=4)
"""Working time without an owner until the leads are told; at the end of the working day everybody is. This project's
rules for alerts, proposal."""
LONGEST_WAIT = timedelta(days=7)
"""However long a service is closed, everybody is told after this. Project design, proposal."""
MESSAGE_WAITS_AFTER = timedelta(minutes=30)
"""A message that has not gone out by then is shown as a trouble. Project design, proposal."""


class Kind(StrEnum):
    """What the alert is about."""

    ANSWER = "answer"
    HOW_I_FEEL = "how_i_feel"
    CONCERN = "concern"


class State(StrEnum):
    """Where an alert stands."""

    RAISED = "raised"
    NOTIFIED = "notified"
    SEEN = "seen"
    OWNED = "owned"
    ACTED = "acted"
    CLOSED = "closed"


class Level(IntEnum):
    """Who has been told so far. Each level includes those before it."""

    OWNER = 0
    DEPUTY = 1
    LEADS = 2
    EVERYONE = 3


class Action(StrEnum):
    """What was done, in the order in which it is asked."""

    SPOKE = "spoke"
    NO_ANSWER = "no_answer"
    SEEN_IN_PERSON = "seen_in_person"
    TOLD_GP = "told_gp"
    CRISIS_TEAM = "crisis_team"
    PROCEDURE = "procedure"
    ALREADY_KNOWN = "already_known"
    OTHER = "other"


NEEDS_A_NAME = frozenset({Action.TOLD_GP, Action.CRISIS_TEAM, Action.PROCEDURE})
"""Handing over counts only with the name of the person who took it."""
NEEDS_A_NOTE = frozenset({Action.ALREADY_KNOWN, Action.OTHER})
CANNOT_CLOSE = frozenset({Action.NO_ANSWER})
"""A try is written down, and the alert stays open."""


@dataclass(frozen=True)
class Deadlines:
    """The three moments at which an alert without an owner goes up."""

    deputy_at: datetime
    lead_at: datetime
    everyone_at: datetime

    @property
    def promised_by_at(self) -> datetime:
        """What the patient is told: by then somebody has seen it."""
        return max(self.lead_at, self.everyone_at)

    def level_at(self, moment: datetime) -> Level:
        """Who ought to have been told by this moment."""
        reached = [level for level, at in self._moments() if at <= moment]
        return max(reached, default=Level.OWNER)

    def next_after(self, level: Level) -> datetime | None:
        """When it goes up from this level; None from the last."""
        return min((at for other, at in self._moments() if other > level), default=None)

    def _moments(self) -> tuple[tuple[Level, datetime], ...]:
        return (
            (Level.DEPUTY, self.deputy_at),
            (Level.LEADS, self.lead_at),
            (Level.EVERYONE, self.everyone_at),
        )


def deadlines(working: WorkingTime, raised_at: datetime) -> Deadlines:
    """When an alert goes up that was raised (or handed on) at this moment, by the service's working time.

    No moment lies later than ``LONGEST_WAIT``: a long closure never keeps an alert with one person.
    """
    latest = raised_at + LONGEST_WAIT
    try:
        wanted = (
            working.after(raised_at, DEPUTY_AFTER),
            working.after(raised_at, LEAD_AFTER),
            working.day_ends(raised_at),
        )
    except ValueError:
        wanted = (latest, latest, latest)
    return Deadlines(*(min(at, latest) for at in wanted))


def what_is_missing(action: Action, note: str, handed_to: str) -> str | None:
    """``handed_to`` or ``note`` where this action needs one that was not given."""
    if action in NEEDS_A_NAME and not handed_to.strip():
        return "handed_to"
    return "note" if action in NEEDS_A_NOTE and not note.strip() else None


def may_be_closed(owned: bool, actions: Iterable[Action]) -> bool:
    """An alert is closed only by an owner, after an action that is more than a try, since it was last opened."""
    return owned and any(action not in CANNOT_CLOSE for action in actions)


def told_next(level: Level, told: Collection[object], people: dict[Level, list[object]]) -> list[object]:
    """Who is to be told now that the alert stands at this level: everybody up to it who was not told yet."""
    wanted = [person for step in Level if step <= level for person in people.get(step, [])]
    return [person for person in dict.fromkeys(wanted) if person not in told]
