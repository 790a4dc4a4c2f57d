"""The plan and its staircase: how a chosen start grows in a straight line towards a goal, week by week.

Sources are named as in `rules_settings`. Nothing here steps up by itself: a staircase is one way it could go.
"""

import math
from dataclasses import dataclass
from enum import StrEnum

from webapp.pacing.amounts import Unit, as_shown, smallest_amount
from webapp.pacing.rules_settings import USUAL, PacingSettings

_FLOAT_DUST = 1e-9


class UsualLimit(StrEnum):
    PAIN = "pain"
    FATIGUE = "fatigue"
    BOTH = "both"
    OTHER = "other"


class RateNotOffered(ValueError):
    """A weekly step that this patient's choices do not include."""


@dataclass(frozen=True, slots=True)
class Plan:
    """A running plan. `quota` is this week's real amount and `increment` the weekly step, both unrounded."""

    unit: Unit
    quota: float
    increment: float
    goal: float | None = None

    @property
    def shown(self) -> int:
        return as_shown(self.quota, self.unit)

    @property
    def is_at_goal(self) -> bool:
        return self.goal is not None and self.quota >= self.goal - _FLOAT_DUST


@dataclass(frozen=True, slots=True)
class Stair:
    """One week of the staircase. Only this week is solid; the others are one way it could go."""

    week: int
    quota: float
    shown: int
    is_solid: bool
    is_at_goal: bool


def offered_rates(limit: UsualLimit | None, settings: PacingSettings = USUAL) -> tuple[float, ...]:
    """The weekly steps to choose from.

    20 % only where pain, not fatigue, is the usual limit (amendment 4).
    """
    return settings.step_rates + ((settings.brisk_rate,) if limit is UsualLimit.PAIN else ())


def growth_base(start: float, settings: PacingSettings = USUAL) -> float:
    """What a weekly step is a share of: start ÷ 0.8.

    For a start of 80 % of the mean that **is** the mean (rule B). Every more cautious start, and a start
    that the patient chose lower, grows from itself and not from a mean that it does not trust (amendment 4).
    """
    return start / settings.share_of_mean


def find_increment(
    start: float, rate: float, limit: UsualLimit | None, settings: PacingSettings = USUAL
) -> float:
    """The real weekly step for a chosen start.

    Raises `RateNotOffered` if `rate` is not one of `offered_rates`.
    """
    if rate not in offered_rates(limit, settings):
        raise RateNotOffered(f"{rate:.0%} is not offered here")
    return rate * growth_base(start, settings)


def make_plan(
    start: float,
    unit: Unit,
    *,
    rate: float,
    limit: UsualLimit | None,
    goal: float | None = None,
    settings: PacingSettings = USUAL,
) -> Plan:
    """The plan for a chosen start.

    Raises `RateNotOffered`, or `ValueError` for a start below one display step.
    """
    if start < smallest_amount(unit):
        raise ValueError("a start is at least one display step")
    return Plan(unit, start, find_increment(start, rate, limit, settings), goal)


def quota_in_week(plan: Plan, week: int) -> float:
    """The real amount in `week`, where 1 is this week, if the patient stepped up each week.

    Never above the goal.
    """
    if week < 1:
        raise ValueError("weeks count from 1")
    grown = plan.quota + (week - 1) * plan.increment
    return grown if plan.goal is None else min(grown, max(plan.goal, plan.quota))


def weeks_to_goal(plan: Plan) -> int | None:
    """The week, counted from 1 for this week, in which the goal could be reached; `None` without a goal."""
    if plan.goal is None:
        return None
    return 1 + max(math.ceil((plan.goal - plan.quota) / plan.increment - _FLOAT_DUST), 0)


def staircase(plan: Plan, *, energy_mode: bool, settings: PacingSettings = USUAL) -> tuple[Stair, ...]:
    """The coming weeks as real and shown amounts; empty in energy mode (amendment 8)."""
    if energy_mode:
        return ()
    return tuple(_stair(plan, week) for week in range(1, settings.staircase_weeks + 1))


def _stair(plan: Plan, week: int) -> Stair:
    quota = quota_in_week(plan, week)
    then = Plan(plan.unit, quota, plan.increment, plan.goal)
    return Stair(week, quota, then.shown, is_solid=week == 1, is_at_goal=then.is_at_goal)
