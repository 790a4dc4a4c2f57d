"""Where to start: from a few tries, or a good day and a bad day, to one or two starts with their working.

Sources are named as in `rules_settings`. A start is an offer; the patient chooses the amount.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from webapp.pacing.amounts import Unit, as_shown, smallest_amount
from webapp.pacing.rules_settings import USUAL, PacingSettings


class DayType(StrEnum):
    GOOD = "good"
    ORDINARY = "ordinary"
    BAD = "bad"


class AfterEffect(StrEnum):
    """How long soreness or tiredness stayed after a try."""

    SETTLED = "settled"  # within about an hour, which is expected (rule D)
    SAME_DAY = "same_day"
    NEXT_DAY = "next_day"
    LONGER = "longer"


@dataclass(frozen=True, slots=True)
class Try:
    """One try: the amount at which it *began to build up*, not the most that was possible.

    `amount` is in the unit's own measure (seconds for time), 0 or more; `None` elsewhere means not said.
    """

    amount: float
    on: date
    day_type: DayType | None = None
    after_effect: AfterEffect | None = None

    def was_paid_for(self) -> bool:
        """Whether the after-effect lasted into the next day or longer. Not said is never "yes"."""
        return self.after_effect in (AfterEffect.NEXT_DAY, AfterEffect.LONGER)


@dataclass(frozen=True, slots=True)
class TryProgress:
    """How far the tries have come.

    `still_wanted` counts tries on new days; `can_start` needs the fewest only.
    """

    tries: int
    days: int
    still_wanted: int
    can_start: bool
    can_add: bool


class TriesOutOfRange(ValueError):
    """Fewer tries than a start needs, or more than the page takes."""


class StartFrom(StrEnum):
    TRIES = "tries"
    QUICK_WAY = "quick_way"  # a rule of thumb: an estimate, to be checked with three tries


class StartReason(StrEnum):
    """Which sum decided the start."""

    SHARE_OF_MEAN = "share_of_mean"
    PAYBACK_SHARE = "payback_share"  # the smaller share of the mean, because a try was paid for
    PAYBACK_TRY = "payback_try"  # held below the smallest try that was paid for
    LOWEST_TRY = "lowest_try"  # tries differ a lot, so the lowest one counts
    ONE_STEP = "one_step"  # every sum was below the least that can be planned


@dataclass(frozen=True, slots=True)
class Working:
    """Every number on the way to a start, for "how we worked this out".

    Real amounts, in the unit's own measure.
    """

    start_from: StartFrom
    amounts: tuple[float, ...]
    mean: float
    lowest: float
    highest: float
    spread: float | None
    """Highest ÷ lowest; `None` if the lowest is 0, when no ratio exists (it then counts as wide)."""
    is_wide: bool
    share: float
    """The share of the mean that was used, 0.8 or 0.7."""
    share_of_mean: float
    """`share` x `mean`."""
    payback_ceiling: float | None
    """0.8 x the smallest try that was paid for; `None` if none was."""
    start: float
    reason: StartReason

    @property
    def is_estimate(self) -> bool:
        return self.start_from is StartFrom.QUICK_WAY


class StartKind(StrEnum):
    POINTED_TO = "pointed_to"
    LOWEST_TRY = "lowest_try"


@dataclass(frozen=True, slots=True)
class StartOption:
    """One start that can be chosen: the real amount to keep, and what the screen shows."""

    kind: StartKind
    amount: float
    shown: int


@dataclass(frozen=True, slots=True)
class FoundStart:
    """One start, or two equal ones.

    `if_unsure` is the gentler of two; `None` with one option or with offers off.
    """

    options: tuple[StartOption, ...]
    if_unsure: StartOption | None
    working: Working


def try_progress(tries: Sequence[Try], settings: PacingSettings = USUAL) -> TryProgress:
    """How many tries there are and how many more, on new days, would be good."""
    days = len({each.on for each in tries})
    room_left = settings.most_tries - len(tries)
    still_wanted = min(max(settings.wanted_tries - days, 0), max(room_left, 0))
    return TryProgress(len(tries), days, still_wanted, len(tries) >= settings.fewest_tries, room_left > 0)


def find_start(tries: Sequence[Try], unit: Unit, settings: PacingSettings = USUAL) -> FoundStart:
    """The start that the tries point to, with the lowest try beside it where that is less.

    12, 6 and 9 minutes: mean 9, 80 % is 7.2, shown 7, with 6 beside it (exercises 4.1.1 and amendment 3).
    Not for energy mode, which has no target.

    Raises `TriesOutOfRange` for fewer or more tries than the settings allow, `ValueError` for an impossible
    amount.
    """
    if not settings.fewest_tries <= len(tries) <= settings.most_tries:
        raise TriesOutOfRange(f"{settings.fewest_tries} to {settings.most_tries} tries are needed")
    paid_for = [each.amount for each in tries if each.was_paid_for()]
    amounts = tuple(each.amount for each in tries)
    return _offer(_work_out(StartFrom.TRIES, amounts, paid_for, unit, settings), unit, settings)


def find_start_quickly(
    good_day: float, bad_day: float, unit: Unit, settings: PacingSettings = USUAL
) -> FoundStart:
    """A start from a good-day and a bad-day amount: 60 and 5 minutes give 5, 10 and 6 give 6 (amendment 2).

    A widely taught rule of thumb without a citable source (rule J): an estimate, to be checked with three
    tries. Raises `ValueError` for an impossible amount.
    """
    return _offer(_work_out(StartFrom.QUICK_WAY, (good_day, bad_day), (), unit, settings), unit, settings)


def _work_out(
    start_from: StartFrom,
    amounts: tuple[float, ...],
    paid_for: Sequence[float],
    unit: Unit,
    settings: PacingSettings,
) -> Working:
    _refuse_impossible(amounts)
    mean, lowest, highest = sum(amounts) / len(amounts), min(amounts), max(amounts)
    spread = highest / lowest if lowest else None
    is_wide = spread is None or spread > settings.wide_spread
    share = settings.share_after_payback if paid_for else settings.share_of_mean
    ceiling = settings.share_of_payback_try * min(paid_for) if paid_for else None
    start, reason = _smallest_sum(share * mean, ceiling, lowest if is_wide else None, unit)
    return Working(
        start_from=start_from,
        amounts=amounts,
        mean=mean,
        lowest=lowest,
        highest=highest,
        spread=spread,
        is_wide=is_wide,
        share=share,
        share_of_mean=share * mean,
        payback_ceiling=ceiling,
        start=start,
        reason=reason,
    )


def _smallest_sum(
    share_of_mean: float, ceiling: float | None, lowest: float | None, unit: Unit
) -> tuple[float, StartReason]:
    """The least of the sums that apply, but never less than one display step."""
    reason = StartReason.SHARE_OF_MEAN if ceiling is None else StartReason.PAYBACK_SHARE
    sums = [(share_of_mean, reason), (ceiling, StartReason.PAYBACK_TRY), (lowest, StartReason.LOWEST_TRY)]
    known = [(amount, why) for amount, why in sums if amount is not None]
    start, reason = min(known, key=lambda pair: pair[0])
    one_step = smallest_amount(unit)
    return (start, reason) if start >= one_step else (one_step, StartReason.ONE_STEP)


def _refuse_impossible(amounts: Sequence[float]) -> None:
    if any(amount < 0 or not math.isfinite(amount) for amount in amounts):
        raise ValueError("an amount is 0 or more")
    if not any(amounts):
        raise ValueError("at least one amount is above 0")


def _offer(working: Working, unit: Unit, settings: PacingSettings) -> FoundStart:
    pointed = StartOption(StartKind.POINTED_TO, working.start, as_shown(working.start, unit))
    lowest_amount = max(working.lowest, float(smallest_amount(unit)))
    lowest = StartOption(StartKind.LOWEST_TRY, lowest_amount, as_shown(lowest_amount, unit))
    if pointed.shown <= lowest.shown:
        return FoundStart((pointed,), None, working)
    return FoundStart((pointed, lowest), lowest if settings.offers else None, working)
