"""Pacing in a flare-up: today's amount, the day-3 and day-7 check-ins, and the way back, one tap at a time.

Source: exercise specification 4.3 with amendments 8 and 9, proposals for clinical sign-off. Half is a
suggestion, none is allowed, and nothing moves by itself. Whether it is the usual kind of flare is asked on
the page, never judged here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from webapp.pacing.amounts import as_shown, smallest_amount
from webapp.pacing.rules_plan import Plan
from webapp.pacing.rules_settings import USUAL, PacingSettings

CHECK_IN_DAYS = (3, 7)  # exercises 4.3; day 1 is the day on which the patient said so


class Today(StrEnum):
    REST = "rest"
    LESS = "less"
    HALF = "half"
    SAME = "same"


@dataclass(frozen=True, slots=True)
class TodayOffer:
    """One choice for today. `shown` is 0 for rest; `None` where the patient takes an amount of their own."""

    today: Today
    shown: int | None


class WayBack(StrEnum):
    """What the way back holds today."""

    STAY = "stay"  # fewer than two settled days in a row are known
    NEXT_STEP = "next_step"  # offered; it happens on a tap only
    BACK = "back"  # the last step is reached
    NEW_START = "new_start"  # more than 14 days: find a new starting point
    KEEP_WITHIN = "keep_within"  # energy mode: no ladder


@dataclass(frozen=True, slots=True)
class WayBackOffer:
    """`quota` and `shown` are the amount of the next step, where one is offered; otherwise `None`."""

    way_back: WayBack
    quota: float | None = None
    shown: int | None = None


@dataclass(frozen=True, slots=True)
class Spell:
    """One flare-up. `ended_on` is its first settled day, `None` while it lasts."""

    began_on: date
    ended_on: date | None = None

    def days(self, today: date) -> int:
        """How many days it has lasted, the first and today included; at least 1."""
        last_on = today if self.ended_on is None else self.ended_on - timedelta(days=1)
        return max(day_number(self.began_on, last_on), 1)


@dataclass(frozen=True, slots=True)
class FlareHistory:
    """Spells begun in the last so many days, the longest in days, and the days of each ended one, oldest first."""

    recent: int
    longest_days: int | None
    days: tuple[int, ...]


def today_offers(
    plan: Plan, *, energy_mode: bool, settings: PacingSettings = USUAL
) -> tuple[TodayOffer, ...]:
    """Rest, less, half or the same, all equal.

    In energy mode rest or less only, because it has no amounts.
    """
    if energy_mode:
        return (TodayOffer(Today.REST, 0), TodayOffer(Today.LESS, None))
    half = TodayOffer(Today.HALF, as_shown(settings.flare_share * plan.quota, plan.unit))
    return (TodayOffer(Today.REST, 0), TodayOffer(Today.LESS, None), half, TodayOffer(Today.SAME, plan.shown))


def day_number(began_on: date, today: date) -> int:
    """Which day of the flare-up `today` is; the day on which the patient said so is day 1."""
    return (today - began_on).days + 1


def check_in_days(began_on: date) -> tuple[date, ...]:
    """The days of the day-3 and day-7 check-ins; `began_on` is day 1."""
    return tuple(began_on + timedelta(days=day - 1) for day in CHECK_IN_DAYS)


def settled_in_a_row(days: Sequence[bool | None]) -> int:
    """Settled days up to the latest, given oldest first.

    A day not said (`None`) is neither, and ends the row.
    """
    count = 0
    for is_settled in reversed(days):
        if is_settled is not True:
            break
        count += 1
    return count


def way_back(
    plan: Plan,
    *,
    began_on: date,
    today: date,
    step: int,
    settled_days: int,
    energy_mode: bool,
    settings: PacingSettings = USUAL,
) -> WayBackOffer:
    """What to offer today on the way back to `plan`, the plan from before the flare-up.

    `step` is how many steps of 50, 75 and 100 % the patient has taken (0 for none yet); `settled_days` is
    counted since the last step, by `settled_in_a_row`.
    """
    if energy_mode:
        return WayBackOffer(WayBack.KEEP_WITHIN)
    if step >= len(settings.flare_return_shares):
        return WayBackOffer(WayBack.BACK)
    if day_number(began_on, today) > settings.flare_long_days:
        return WayBackOffer(WayBack.NEW_START)
    if settled_days < settings.flare_settled_days:
        return WayBackOffer(WayBack.STAY)
    quota = max(settings.flare_return_shares[step] * plan.quota, float(smallest_amount(plan.unit)))
    return WayBackOffer(WayBack.NEXT_STEP, quota, as_shown(quota, plan.unit))


def flare_history(spells: Sequence[Spell], today: date, count_days: int = 90) -> FlareHistory:
    """How often and how long, for the patient's own page.

    Exercises 4.3: longest, count in 90 days (``count_days``), days to settle.
    """
    ordered = sorted(spells, key=lambda spell: spell.began_on)
    recent = sum(1 for spell in ordered if 0 <= (today - spell.began_on).days < count_days)
    longest = max((spell.days(today) for spell in ordered), default=None)
    return FlareHistory(recent, longest, tuple(spell.days(today) for spell in ordered if spell.ended_on))
