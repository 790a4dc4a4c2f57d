"""The rules of the activity diary: hours, spells, breaks and one suggestion. No words, no forms.

Sources: exercise specification, 4.1.3 (blocks, demand in body, mind and feelings, rests before they are needed; split,
swap or spread). *Up* is sitting, standing or moving and *down* is lying, after the activity diaries of the first pain
programmes (general knowledge, to be signed). The rule that picks the suggestion is this project's proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import groupby, pairwise
from typing import Any

from webapp.people.number_settings import Number

from .tool import Entry

BLOCKS = (*((f"b{hour:02}", hour) for hour in range(6, 24, 2)), ("night", 24))
"""The blocks of a day by name, with the hour at which each begins (the night at 24)."""

DEMANDING = ("medium", "high")
UP = ("sitting", "standing", "moving")
WEEK = 7
EVENING = 18
"""The hour at which a day's evening begins."""


# --- one day --------------------


@dataclass(frozen=True)
class Block:
    """One block of a day. ``start`` and ``end`` are hours from the day's midnight (the night runs from 24 on).

    ``hours``: two; of the night, as many as the patient says that they were up, None if they do not say.
    """

    name: str
    start: int
    hours: float | None
    what: str = ""
    demand: str | None = None
    posture: str | None = None
    rest: str | None = None

    @property
    def is_demanding(self) -> bool:
        """Was it of medium or high demand, for a known time?"""
        return self.demand in DEMANDING and bool(self.hours)


@dataclass(frozen=True)
class Spell:
    """Blocks in a row: on which day, from which hour to which (of the clock), how many hours."""

    on: date
    start: int
    end: float
    hours: float


@dataclass(frozen=True)
class Day:
    """One day of the diary. ``demanding`` hours (medium or high) are None if too little is noted to compare days."""

    on: date
    blocks: tuple[Block, ...]
    demanding: float | None
    pain: int | None = None
    energy: int | None = None

    @property
    def is_rated(self) -> bool:
        """Is the demand of any block noted?"""
        return any(block.demand for block in self.blocks)

    def hours(self, demand: str) -> float:
        """Hours noted of this demand."""
        return sum(block.hours or 0 for block in self.blocks if block.demand == demand)


def block_of(answers: Mapping[str, Any], name: str, start: int) -> Block:
    """What the answers say about one block."""
    said = {part: answers.get(f"{name}_{part}") for part in ("what", "demand", "posture", "rest")}
    hours = answers.get("night_hours") if name == "night" else 2
    return Block(name, start, hours, said["what"] or "", said["demand"], said["posture"], said["rest"])


def day_of(entry: Entry, blocks_needed: int = 4, *, is_over: bool = True) -> Day:
    """What one entry says, worked out. Its sum is unknown below *blocks_needed* blocks with a demand, and for a day
    that is not over yet, unless its evening is noted."""
    blocks = tuple(block_of(entry.answers, name, start) for name, start in BLOCKS)
    noted = [block for block in blocks if block.demand is not None]
    is_whole = is_over or any(block.start >= EVENING for block in noted)
    demanding = sum(block.hours or 0 for block in blocks if block.is_demanding)
    known = demanding if len(noted) >= blocks_needed and is_whole else None
    return Day(entry.on, blocks, known, entry.get("pain"), entry.get("energy"))


def spells_of(day: Day, goes_on: Callable[[Block], Any]) -> list[Spell]:
    """The unbroken spells of a day: blocks in a row with the same answer of *goes_on* (falsy: not in a spell).

    A block in which a rest is noted ends its spell; so does a block with nothing noted.
    """
    rests = 0
    keys = []
    for block in day.blocks:
        keys.append((goes_on(block), rests))
        rests += block.rest in ("before", "after")
    spells = []
    for (kind, _part), run in groupby(zip(keys, day.blocks, strict=True), key=lambda pair: pair[0]):
        blocks = [block for _key, block in run]
        if kind:
            hours = sum(block.hours or 0 for block in blocks)
            end = blocks[-1].start + (blocks[-1].hours or 0)
            spells.append(Spell(day.on, blocks[0].start % 24, end % 24, hours))
    return spells


def longest(spells: Iterable[Spell]) -> Spell | None:
    """The longest spell, of equal ones the first; None if there is none."""
    return max(spells, key=lambda spell: spell.hours, default=None)


# --- a week --------------------


class Kind(StrEnum):
    """The one suggestion."""

    WAIT = "wait"  # too little noted yet
    SPREAD = "spread"
    SPLIT = "split"
    SWAP = "swap"
    KEEP = "keep"
    REST_EARLIER = "rest_earlier"
    REST_KEPT = "rest_kept"


@dataclass(frozen=True)
class Suggestion:
    """The one suggestion, with what it is about: two days (spread), a spell (split, swap) or nothing more."""

    kind: Kind
    most: Day | None = None
    least: Day | None = None
    spell: Spell | None = None


@dataclass(frozen=True)
class Week:
    """Up to seven days (oldest first) and what they come to. Hours; breaks as counts. ``dates`` are its seven columns.

    ``payback``: the first two days in a row of which the first was much more demanding than the second.
    """

    days: tuple[Day, ...]
    dates: tuple[date, ...]
    hours: Mapping[str, float]
    spell: Spell | None
    same_posture: Spell | None
    up: float
    down: float
    breaks_before: int
    breaks: int
    most: Day | None
    least: Day | None
    payback: tuple[Day, Day] | None
    comparable: int

    def on(self, day: date) -> Day | None:
        """The day of that date, None if nothing is noted."""
        return next((one for one in self.days if one.on == day), None)


def week_of(days: tuple[Day, ...], difference: float) -> Week:
    """Work out a week. *difference*: demanding hours by which a day must top the next to be seen as paid for."""
    blocks = [block for day in days for block in day.blocks]
    known = [day for day in days if day.demanding is not None]
    breaks = [block.rest for block in blocks if block.rest in ("before", "after")]
    first = min((day.on for day in days), default=date.min)
    return Week(
        days=days,
        dates=tuple(first + timedelta(days=number) for number in range(WEEK)) if days else (),
        hours={demand: sum(day.hours(demand) for day in days) for demand in ("low", *DEMANDING)},
        spell=longest(spell for day in days for spell in spells_of(day, lambda block: block.is_demanding)),
        same_posture=longest(spell for day in days for spell in spells_of(day, _posture_up)),
        up=sum(block.hours or 0 for block in blocks if block.posture in UP),
        down=sum(block.hours or 0 for block in blocks if block.posture == "lying"),
        breaks_before=breaks.count("before"),
        breaks=len(breaks),
        most=max(known, key=_demanding, default=None),
        least=min(known, key=_demanding, default=None),
        payback=_payback(known, difference),
        comparable=len(known),
    )


def _posture_up(block: Block) -> str:
    return block.posture if block.posture in UP and block.hours else ""


def _demanding(day: Day) -> float:
    return day.demanding or 0


def _payback(known: list[Day], difference: float) -> tuple[Day, Day] | None:
    return next(
        (
            (day, after)
            for day, after in pairwise(known)
            if (after.on - day.on).days == 1 and _demanding(day) - _demanding(after) >= difference
        ),
        None,
    )


def suggest(week: Week, numbers: Mapping[str, Number], *, energy_mode: bool) -> Suggestion:
    """One suggestion, by this order: spread (days far apart), split (a long spell), swap (long in one posture), keep.

    In energy mode it is always about breaks. Before enough days can be compared: wait. The numbers are settings.
    """

    def number(key: str) -> float:
        return float(numbers[f"activity_diary_{key}"])

    if energy_mode and week.days:
        earlier = week.breaks == 0 or week.breaks_before * 2 < week.breaks
        return Suggestion(Kind.REST_EARLIER if earlier else Kind.REST_KEPT)
    if week.comparable < number("days") or week.most is None or week.least is None:
        return Suggestion(Kind.WAIT)
    if _demanding(week.most) - _demanding(week.least) >= number("difference"):
        return Suggestion(Kind.SPREAD, most=week.most, least=week.least)
    if week.spell and week.spell.hours >= number("spell"):
        return Suggestion(Kind.SPLIT, spell=week.spell)
    if week.same_posture and week.same_posture.hours >= number("posture"):
        return Suggestion(Kind.SWAP, spell=week.same_posture)
    return Suggestion(Kind.KEEP)
