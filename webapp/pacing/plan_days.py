"""What a plan asks for on one day: its amount as shown, also in a flare-up and on the way back from one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from webapp.pacing.amounts import Unit, as_shown
from webapp.pacing.flare import Today
from webapp.pacing.models import PacingPlan
from webapp.pacing.rules_plan import Plan
from webapp.pacing.rules_settings import USUAL, PacingSettings


@dataclass(frozen=True, slots=True)
class DayAmount:
    """What the screen shows for a day. ``shown`` is 0 for rest, ``None`` where the patient takes an
    amount of their own.

    ``is_usual`` is false in a flare-up and on the way back from one.
    """

    shown: int | None
    is_usual: bool = True


def as_rule_plan(plan: PacingPlan) -> Plan:
    """The row as the rules know it.

    Raises:
        ValueError: the plan has no start yet.
    """
    if plan.quota is None or plan.increment is None:
        raise ValueError("this plan has no start yet")
    return Plan(Unit(plan.unit), plan.quota, plan.increment, plan.goal)


def is_running(plan: PacingPlan) -> bool:
    """True once the patient has chosen a start, until they finish for now."""
    return plan.quota is not None and plan.finished_on is None


def is_planned(plan: PacingPlan, day: date) -> bool:
    """True if the patient planned the activity for this weekday."""
    return day.weekday() in plan.weekdays


def amount_on(plan: PacingPlan, choice: str | None, settings: PacingSettings = USUAL) -> DayAmount:
    """What to show today. ``choice`` is what was chosen for today in a running flare-up, else ``None``.

    A step that was taken on the way back counts above today's choice. When the flare-up is over and no step
    has been taken yet, the patient takes an amount of their own: nothing goes up by itself (amendment 9).
    """
    usual = as_rule_plan(plan)
    shares = settings.flare_return_shares
    if plan.back_from_on is not None and 0 < plan.back_step <= len(shares):
        return DayAmount(as_shown(shares[plan.back_step - 1] * usual.quota, usual.unit), is_usual=False)
    if choice == Today.REST:
        return DayAmount(0, is_usual=False)
    if choice == Today.LESS or (choice is None and plan.back_from_on is not None):
        return DayAmount(None, is_usual=False)
    if choice == Today.HALF:
        return DayAmount(as_shown(settings.flare_share * usual.quota, usual.unit), is_usual=False)
    return DayAmount(usual.shown)
