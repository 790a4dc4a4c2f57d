"""Plain truths of Today: the part of the day, and which small things are shown. Standard library only, no
words.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum
from typing import Protocol, TypeVar

MOST_SMALL_THINGS = 3
"""Today shows one next step and at most three small ones. Source: PRODUCT.md, "The patient's day"."""
NOON, EVENING = 12, 18


class PartOfDay(StrEnum):
    """Which greeting fits."""

    MORNING = "morning"
    AFTERNOON = "afternoon"
    EVENING = "evening"


class Ordered(Protocol):
    """Something with a place in an order: the lower comes first."""

    @property
    def order(self) -> int:
        """Its place."""
        ...


Thing = TypeVar("Thing", bound=Ordered)


def part_of_day(hour: int) -> PartOfDay:
    """The part of the day at this hour of the local clock (0 to 23): afternoon from 12, evening from 18."""
    if hour < NOON:
        return PartOfDay.MORNING
    return PartOfDay.AFTERNOON if hour < EVENING else PartOfDay.EVENING


def first_few(things: Iterable[Thing]) -> list[Thing]:
    """The small things that Today shows, in their order, three at most."""
    return sorted(things, key=lambda thing: thing.order)[:MOST_SMALL_THINGS]


def week_of(today: date) -> tuple[date, ...]:
    """Monday to Sunday of the week that holds today."""
    monday = today - timedelta(days=today.weekday())
    return tuple(monday + timedelta(days=number) for number in range(7))


def day_states(week: Sequence[date], active: Collection[date], today: date) -> list[str]:
    """What each day of the week strip shows: done (something was done), open (nothing noted) or ahead."""
    return ["done" if day in active else "ahead" if day > today else "open" for day in week]
