"""A strength before and after: what several tools compare. Pure sums; unknown is never zero."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .tool import Entry


@dataclass(frozen=True)
class Change:
    """One strength as it was and as it is now, both from 0 to 100."""

    before: int
    after: int

    @property
    def way(self) -> str:
        """``down``, ``up`` or ``same``."""
        if self.after == self.before:
            return "same"
        return "down" if self.after < self.before else "up"


@dataclass(frozen=True)
class Changed:
    """The change that one entry tells of."""

    entry: Entry
    change: Change


@dataclass(frozen=True)
class Count:
    """On how many of the entries that tell of a change it went down, stayed the same, went up."""

    down: int
    same: int
    up: int

    @property
    def all(self) -> int:
        """How many changes there are."""
        return self.down + self.same + self.up


def change_in(answers: Mapping[str, Any], before: str, after: str) -> Change | None:
    """The change between two answers; None unless both are known (exercise specification, 4.5)."""
    first, then = answers.get(before), answers.get(after)
    return None if first is None or then is None else Change(int(first), int(then))


def changes(entries: Iterable[Entry], before: str, after: str) -> tuple[Changed, ...]:
    """The entries that tell of a change, in the given order."""
    found = ((entry, change_in(entry.answers, before, after)) for entry in entries)
    return tuple(Changed(entry, change) for entry, change in found if change is not None)


def count(changed: Iterable[Changed]) -> Count:
    """How often it went down, stayed the same or went up."""
    ways = [one.change.way for one in changed]
    return Count(ways.count("down"), ways.count("same"), ways.count("up"))
