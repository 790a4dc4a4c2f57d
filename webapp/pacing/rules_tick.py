"""The daily tick: a day beside the amount that the screen showed, and the planned days of a period, counted.

Unknown is never "no": an unticked day is `NOT_KNOWN` until the patient says, and leaves every sum.
Sources are named as in `rules_settings`.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from webapp.pacing.amounts import Unit, display_step
from webapp.pacing.rules_settings import USUAL, PacingSettings

FEWEST_DAYS_A_WEEK, MOST_DAYS_A_WEEK = 3, 7  # amendment 6


class Said(StrEnum):
    """The answer to "did it?", on the day or at the look-back."""

    DID_IT = "did_it"
    SOME = "some"
    NO = "no"
    NOT_SURE = "not_sure"


class Tick(StrEnum):
    """A day beside the amount that the screen showed."""

    AS_PLANNED = "as_planned"
    MORE = "more"
    LESS = "less"
    NONE = "none"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True)
class TickResult:
    """One planned day.

    `amount` is `None` if it was not said; `shown` is what the screen asked for that day.
    """

    on: date
    shown: int
    tick: Tick
    amount: float | None = None


@dataclass(frozen=True, slots=True)
class DayCounts:
    """The planned days of a period, counted. They add up to `planned`."""

    planned: int
    as_planned: int
    more: int
    less: int
    none: int
    not_known: int

    @property
    def known(self) -> int:
        return self.planned - self.not_known

    @property
    def active(self) -> int:
        """Days on which something was done, for "You did your walk on 5 days": less still counts."""
        return self.as_planned + self.more + self.less

    @property
    def share(self) -> float | None:
        """Days of the planned amount or more ÷ days known, 0 to 1; `None` if no day is known."""
        return (self.as_planned + self.more) / self.known if self.known else None


def tick(
    on: date,
    shown: int,
    unit: Unit,
    said: Said,
    amount: float | None = None,
    settings: PacingSettings = USUAL,
) -> TickResult:
    """One day's answer beside the amount **shown**, so doing what the screen says is always as planned.

    An amount, where one was given, decides; without one the word does. Raises `ValueError` for an amount
    below 0.
    """
    if amount is None:
        return TickResult(on, shown, _TICK_WHEN_SAID[said])
    if amount < 0:
        raise ValueError("an amount is 0 or more")
    return TickResult(on, shown, compare(amount, shown, unit, settings), amount)


_TICK_WHEN_SAID = {
    Said.DID_IT: Tick.AS_PLANNED,
    Said.SOME: Tick.LESS,
    Said.NO: Tick.NONE,
    Said.NOT_SURE: Tick.NOT_KNOWN,
}


def compare(amount: float, shown: int, unit: Unit, settings: PacingSettings = USUAL) -> Tick:
    """Amendment 5: as planned is 80 to 120 % of the amount shown, or within one display step of it.

    More is over 120 % **and** at least two display steps more; what lies between the two counts as planned.
    """
    if amount == 0:
        return Tick.NONE
    step = display_step(shown, unit)
    if amount > settings.as_planned_to * shown and amount >= shown + settings.more_steps * step:
        return Tick.MORE
    if amount < settings.as_planned_from * shown and amount < shown - step:
        return Tick.LESS
    return Tick.AS_PLANNED


def planned_days(first_on: date, last_on: date, weekdays: Collection[int]) -> tuple[date, ...]:
    """The planned days from `first_on` to `last_on`, both included.

    Weekdays: Monday is 0. Needs 3 to 7 of them.
    """
    chosen = set(weekdays)
    if not FEWEST_DAYS_A_WEEK <= len(chosen) <= MOST_DAYS_A_WEEK or not chosen <= set(range(7)):
        raise ValueError("3 to 7 different weekdays, Monday is 0")
    days = ((first_on + timedelta(days=n)) for n in range((last_on - first_on).days + 1))
    return tuple(day for day in days if day.weekday() in chosen)


def unticked_days(planned: Sequence[date], ticks: Sequence[TickResult]) -> tuple[date, ...]:
    """The planned days to ask about: did it, some, no or not sure.

    A day answered "not sure" is not asked again.
    """
    ticked = {each.on for each in ticks}
    return tuple(day for day in planned if day not in ticked)


def count_days(planned: Sequence[date], ticks: Sequence[TickResult]) -> DayCounts:
    """The planned days by what was done. A planned day without a tick is not known, never "no"."""
    by_day = {each.on: each.tick for each in ticks}
    done = [by_day.get(day, Tick.NOT_KNOWN) for day in planned]
    kinds = (Tick.AS_PLANNED, Tick.MORE, Tick.LESS, Tick.NONE, Tick.NOT_KNOWN)
    return DayCounts(len(planned), *(done.count(kind) for kind in kinds))
