"""The rules of the sleep diary: one night's minutes, what cannot be, and a week in means. No words, no forms.

Sources: what is asked follows the consensus sleep diary (exercise specification, 4.8); what is left out follows
amendment 11: no efficiency, no restriction, no compression. The times of one night are joined by going forward from the
bed time on the clock, so a change of the clocks in spring or autumn plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from typing import Any

from .tool import Entry

DAY_MINUTES = 24 * 60
MOST_MINUTES = 18 * 60
"""A night longer than this is taken as a slip of the pen (a limit of this project, not a clinical one)."""
TIMES = ("bed_at", "tried_at", "woke_at", "up_at")
MEASURED = (*TIMES, "fall_min", "wakes", "awake_min")
WEEK = 7


# --- one night --------------------


class Why(StrEnum):
    """Why the answers of a night cannot all be so."""

    TRIED_BEFORE_BED = "tried_before_bed"
    WOKE_BEFORE_TRYING = "woke_before_trying"
    UP_BEFORE_WAKING = "up_before_waking"
    SAME_TIME = "same_time"
    TOO_LONG = "too_long"
    TOO_MUCH_AWAKE = "too_much_awake"
    AWAKE_WITHOUT_WAKING = "awake_without_waking"


@dataclass(frozen=True)
class Problem:
    """One thing that cannot be, and the field that it is said beside."""

    field: str
    why: Why


@dataclass(frozen=True)
class Night:
    """One night, about the morning's date. Minutes; None is unknown, never 0.

    ``bed`` and ``up`` are minutes of the day. ``in_bed`` runs from going to bed to getting up; ``asleep`` from trying
    to sleep to the last waking, less falling asleep and less being awake.
    """

    on: date
    bed: int | None
    up: int | None
    in_bed: int | None
    asleep: int | None
    naps: int | None
    quality: int | None


def minute_of(clock: str | None) -> int | None:
    """Minutes since midnight of "23:50"; None for no time."""
    if not clock:
        return None
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


def forward(start: int, then: int) -> int:
    """Minutes from one time on the clock forward to another: from 23:50 to 07:10 is 440."""
    return (then - start) % DAY_MINUTES


def between(answers: Mapping[str, Any], first: str, last: str) -> int | None:
    """Minutes from one answered time forward to another; None if one of them is unknown."""
    start, end = minute_of(answers.get(first)), minute_of(answers.get(last))
    return None if start is None or end is None else forward(start, end)


def awake_minutes(answers: Mapping[str, Any]) -> int | None:
    """Minutes awake in the night: 0 if the patient said that they woke 0 times."""
    said: int | None = answers.get("awake_min")
    return 0 if said is None and answers.get("wakes") == 0 else said


def minutes_asleep(answers: Mapping[str, Any]) -> int | None:
    """(From trying to sleep to the last waking) − falling asleep − awake; None unless all four are known."""
    span, falling, awake = (
        between(answers, "tried_at", "woke_at"), answers.get("fall_min"), awake_minutes(answers)
    )  # fmt: skip
    return None if span is None or falling is None or awake is None else span - int(falling) - awake


def what_cannot_be(answers: Mapping[str, Any]) -> Problem | None:
    """The first thing in a night's answers that cannot be so; None if they hang together."""
    return _out_of_order(answers) or _too_much_awake(answers)


def _out_of_order(answers: Mapping[str, Any]) -> Problem | None:
    known = [(name, minute) for name in TIMES if (minute := minute_of(answers.get(name))) is not None]
    if not known:
        return None
    start = known[0][1]
    placed = [(name, forward(start, minute)) for name, minute in known]
    for (_before, earlier), (name, later) in pairwise(placed):
        if name == "tried_at" and later > MOST_MINUTES:
            return Problem(name, Why.TRIED_BEFORE_BED)
        if later > MOST_MINUTES:
            return Problem(name, Why.TOO_LONG)
        if later < earlier:
            return Problem(name, Why.UP_BEFORE_WAKING if name == "up_at" else Why.WOKE_BEFORE_TRYING)
    if known[0][0] == "bed_at" and placed[-1] == ("up_at", 0):
        return Problem("up_at", Why.SAME_TIME)
    return None


def _too_much_awake(answers: Mapping[str, Any]) -> Problem | None:
    if answers.get("wakes") == 0 and answers.get("awake_min"):
        return Problem("awake_min", Why.AWAKE_WITHOUT_WAKING)
    span = between(answers, "tried_at", "woke_at")
    longest = between(answers, "bed_at", "up_at") if span is None else span
    lying = int(answers.get("fall_min") or 0) + int(answers.get("awake_min") or 0)
    if longest is not None and lying > longest:
        return Problem("awake_min" if answers.get("awake_min") else "fall_min", Why.TOO_MUCH_AWAKE)
    return None


def night_of(entry: Entry) -> Night:
    """What one entry says, worked out."""
    answers = entry.answers
    return Night(
        on=entry.on,
        bed=minute_of(answers.get("bed_at")),
        up=minute_of(answers.get("up_at")),
        in_bed=between(answers, "bed_at", "up_at"),
        asleep=minutes_asleep(answers),
        naps=answers.get("naps_min"),
        quality=answers.get("quality"),
    )


# --- a week of nights --------------------


@dataclass(frozen=True)
class Mean:
    """A mean of minutes, and over how many nights."""

    minutes: float
    over: int

    @property
    def half_hours(self) -> int:
        """To the nearest half hour, counted in half hours: 8 h 20 is 17."""
        return int(self.minutes / 30 + 0.5)


@dataclass(frozen=True)
class Rising:
    """Between which two times on the clock the patient got up, and whether that is within the wished-for spread."""

    earliest: int
    latest: int
    over: int
    is_regular: bool


@dataclass(frozen=True)
class SleepWeek:
    """The newest seven days with nights (oldest first) and what they come to. ``days_to_fill``: the last days
    without an entry, newest first. A mean is None where fewer nights than the service asks for have what it needs."""

    nights: tuple[Night, ...]
    in_bed: Mean | None
    asleep: Mean | None
    rising: Rising | None
    nap_days: int
    best: Night | None
    today: Entry | None
    days_to_fill: tuple[date, ...]
    change: Entry | None

    @property
    def bars(self) -> list[tuple[date, int | None, int | None]]:
        """Each night's morning, bed time (minute of the day) and minutes in bed, for the picture."""
        return [(night.on, night.bed, night.in_bed) for night in self.nights]


def mean_of(values: Iterable[int | None], least: int) -> Mean | None:
    """The mean of what is known, if at least *least* values are."""
    known = [value for value in values if value is not None]
    return Mean(sum(known) / len(known), len(known)) if known and len(known) >= least else None


def rising_of(times: Sequence[int], least: int, most_spread: int) -> Rising | None:
    """The shortest stretch of the clock that holds every rising time (minutes of the day), past midnight or not.

    *most_spread*: minutes within which the times are called regular. None for fewer than *least* times.
    """
    if not times or len(times) < least:
        return None
    ordered = sorted(set(times))
    gaps = [
        (forward(one, after), after, one)
        for one, after in zip(ordered, [*ordered[1:], ordered[0]], strict=True)
    ]
    _gap, earliest, latest = max(gaps) if len(ordered) > 1 else (0, ordered[0], ordered[0])
    return Rising(earliest, latest, len(times), forward(earliest, latest) <= most_spread)


def best_of(nights: Sequence[Night]) -> Night | None:
    """The night with the one highest mark, if at least two were marked and they differ."""
    marked = sorted(
        (night for night in nights if night.quality is not None), key=lambda one: one.quality or 0
    )
    return marked[-1] if len(marked) > 1 and marked[-1].quality != marked[-2].quality else None


def clock(minute: int) -> str:
    """A minute of the day as a time: 450 is "7:30"."""
    return f"{minute // 60}:{minute % 60:02}"
