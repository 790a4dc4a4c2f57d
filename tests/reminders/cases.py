"""Made-up cases for the rules of messages: days are written as day and month of 2027, a year that begins on a Friday."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from webapp.engagement.facts import Facts, Flare, Milestone
from webapp.engagement.plan_rules import planned_dates
from webapp.reminders.case_rules import Case, Told
from webapp.reminders.due_rules import things_due
from webapp.reminders.rules import Kind

MONDAY = date(2027, 3, 1)
"""The day on which the patients of these tests were invited, or started: a Monday."""

MODULES = ("start-here", "understanding", "pacing", "goals")


def day(number: int) -> date:
    """So many days after that Monday."""
    return MONDAY + timedelta(days=number)


def days(*numbers: int) -> tuple[date, ...]:
    """Several of them."""
    return tuple(day(number) for number in numbers)


def started(*active: int, done: tuple[int, ...] = (), **more: Any) -> Facts:
    """Somebody of the course, online, a module a week, who started on the Monday and did something on these days."""
    found = tuple(
        Milestone(name, done_on=day(done[n]) if n < len(done) else None) for n, name in enumerate(MODULES)
    )
    rhythm = more.get("rhythm", Facts(MONDAY).rhythm)
    more.setdefault("milestones", planned_dates(found, MONDAY, rhythm, more.get("pauses", ())))
    return Facts(**{"invited_on": MONDAY, "started_on": MONDAY, "active_days": days(*active), **more})


def invited(**more: Any) -> Facts:
    """Somebody who was invited on the Monday and has not begun."""
    return Facts(invited_on=MONDAY, milestones=tuple(Milestone(name) for name in MODULES), **more)


def told(*keys: str, on: int = 0) -> tuple[Told, ...]:
    """What was told on that day."""
    return tuple(Told(Kind(key.split(":")[0]), key, day(on)) for key in keys)


def due(case: Case, number: int) -> list[str]:
    """The kinds that are due so many days after the Monday, in their order."""
    return [thing.kind.value for thing in things_due(case, day(number))]


def days_due(case: Case, kind: Kind, until: int = 60) -> list[int]:
    """On which days this kind is due, if nothing is told and nothing happens."""
    return [n for n in range(until) if kind in {thing.kind for thing in things_due(case, day(n))}]


def flare(from_on: int, until_on: int | None = None, answered_on: int | None = None) -> Flare:
    """A flare-up."""
    return Flare(
        day(from_on),
        None if until_on is None else day(until_on),
        None if answered_on is None else day(answered_on),
    )
