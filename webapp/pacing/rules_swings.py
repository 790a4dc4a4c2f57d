"""Doing too much, then paying for it: how far the amounts swing from one planned day to the next.

Sources are named as in `rules_settings`; both sums are proposals of exercises 4.1.2, for a picture, never a
score.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.rules_tick import Tick, TickResult


@dataclass(frozen=True, slots=True)
class Swings:
    """`index`: mean change between neighbouring planned days ÷ the amount shown; 0 is perfectly even,
    `None` unknown.

    `paid_for_on`: the days of more than planned with a day of less or none within 48 hours. `is_pattern`:
    at least two such days.
    """

    index: float | None
    paid_for_on: tuple[date, ...]
    is_pattern: bool


def find_swings(ticks: Sequence[TickResult], settings: PacingSettings = USUAL) -> Swings:
    """The swings of a period. `ticks` are its planned days; a day without a known amount breaks the chain."""
    days = sorted(ticks, key=lambda each: each.on)
    changes = [change for pair in pairwise(days) if (change := _change(*pair)) is not None]
    paid_for = tuple(day.on for day in days if day.tick is Tick.MORE and _is_paid_for(day, days, settings))
    index = sum(changes) / len(changes) if changes else None
    return Swings(index, paid_for, len(paid_for) >= settings.more_days)


def _change(before: TickResult, after: TickResult) -> float | None:
    was, became = _known_amount(before), _known_amount(after)
    if was is None or became is None or not after.shown:
        return None
    return abs(became - was) / after.shown


def _known_amount(day: TickResult) -> float | None:
    if day.amount is not None:
        return day.amount
    return {Tick.AS_PLANNED: float(day.shown), Tick.NONE: 0.0}.get(day.tick)


def _is_paid_for(day: TickResult, days: Sequence[TickResult], settings: PacingSettings) -> bool:
    soon = (each for each in days if 0 < (each.on - day.on).days <= settings.paid_for_within_days)
    return any(each.tick in (Tick.LESS, Tick.NONE) for each in soon)
