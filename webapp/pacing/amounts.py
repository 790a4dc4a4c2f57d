"""Amounts of an activity: units, and how a real amount is rounded down for the screen.

An amount is a plain number in the unit's own measure: **seconds** for time, and whole things for the rest.
The real amount (a float) is what is stored and grown; only what is shown is rounded. Rounding first would
freeze small numbers for ever: 5 repetitions x 1.1 = 5.5, shown 5, x 1.1 = 5.5 again (exercise specification
4.1.1, "trap").

Source of every display step: exercise specification 4.1.1, a proposal of this project for clinical
sign-off.
"""

import math
from enum import StrEnum

SECONDS_A_MINUTE = 60
_ROUNDING_DUST = 1e-6  # of one display step: 8.1 + 0.9 must show 9, although a float may hold 8.999999999


class Unit(StrEnum):
    """What a patient counts. The value is what is stored."""

    TIME = "time"  # amounts are seconds; people see minutes and seconds
    STEPS = "steps"
    METRES = "metres"
    REPETITIONS = "repetitions"
    PORTIONS = "portions"  # pages read, items ironed, pots washed


_WHOLE_STEPS = {Unit.STEPS: 10, Unit.METRES: 5, Unit.REPETITIONS: 1, Unit.PORTIONS: 1}


def seconds(minutes: float) -> float:
    """Minutes as the seconds that this room stores."""
    return minutes * SECONDS_A_MINUTE


def minutes_and_seconds(shown_seconds: int) -> tuple[int, int]:
    """A shown time as whole minutes and the seconds left over."""
    return divmod(shown_seconds, SECONDS_A_MINUTE)


def display_step(amount: float, unit: Unit) -> int:
    """The grain in which `amount` is shown, in the unit's own measure.

    Time: 15 s below 5 minutes, 30 s from 5 to 20 minutes, 1 minute above. 10 steps, 5 metres, 1 of the rest.
    """
    if unit is not Unit.TIME:
        return _WHOLE_STEPS[unit]
    if amount < seconds(5):
        return 15
    return 30 if amount <= seconds(20) else SECONDS_A_MINUTE


def smallest_amount(unit: Unit) -> int:
    """The least that is ever planned: one display step."""
    return display_step(0, unit)


def as_shown(amount: float, unit: Unit) -> int:
    """`amount` rounded **down** to its display step, and never below one step."""
    step = display_step(amount, unit)
    return max(math.floor(amount / step + _ROUNDING_DUST) * step, smallest_amount(unit))
