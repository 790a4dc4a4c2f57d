"""The amounts of a movement routine: where to begin, what holds now, and what a look-back may choose.

Pure. An amount is a number of times or of seconds. Sources: exercise specification 4.9 and 4.1 with amendments 3, 4, 7
and 8; every sum is the pacing room's (`webapp/pacing/rules*.py`), and nothing here changes an amount by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from webapp.pacing.amounts import Unit, as_shown
from webapp.pacing.rules import AfterEffect, FoundStart, StartOption, Try, find_start
from webapp.pacing.rules_look_back import Choice, choices
from webapp.pacing.rules_plan import Plan, make_plan, quota_in_week
from webapp.pacing.rules_settings import USUAL, PacingSettings

from .tool import Entry

UNIT = Unit.REPETITIONS
"""Times and held seconds alike are whole things, one by one. The 15-second grain of time is for minutes of walking: it
would lift a hold of 8 seconds to 15."""
TRIES = (1, 2, 3)
SWAP = Choice.CHANGE_ACTIVITY
ANY_PLAN = Plan(UNIT, 1.0, 0.1)
"""Stands in where the pacing rules want a plan and there is none; its numbers are never shown."""
AMOUNT_KEYS = (
    "how", "start", "own", "amount", "amount_at",
    *(f"try_{number}{part}" for number in TRIES for part in ("", "_on", "_after")),
)  # fmt: skip
"""What belongs to the chosen movement, and goes when another one takes its place."""


# --- where to begin --------------------


def tries_of(answers: Mapping[str, Any], on: date) -> tuple[Try, ...]:
    """The tries that were written down; one without a day is about *on*."""
    tries = []
    for number in TRIES:
        amount = answers.get(f"try_{number}")
        if amount is not None:
            day, after = answers.get(f"try_{number}_on"), answers.get(f"try_{number}_after")
            tries.append(
                Try(
                    float(amount),
                    date.fromisoformat(day) if day else on,
                    None,
                    AfterEffect(after) if after else None,
                )
            )
    return tuple(tries)


def start_of(answers: Mapping[str, Any], on: date, settings: PacingSettings = USUAL) -> FoundStart | None:
    """What the tries point to: one start, or two equal ones. None with too few tries, or when all of them were 0."""
    tries = tries_of(answers, on)
    if len(tries) < settings.fewest_tries or not any(each.amount for each in tries):
        return None
    return find_start(tries, UNIT, settings)


def option_of(found: FoundStart, kind: str | None) -> StartOption | None:
    """The start that was chosen; None if it is not one of those offered."""
    return next((option for option in found.options if option.kind == kind), None)


# --- the amount now --------------------


def plan_of(movement: Entry, look_backs: Iterable[Entry], settings: PacingSettings = USUAL) -> Plan | None:
    """The amount that holds now: the chosen start, or what a later look-back chose. None: no amount is set.

    It grows in steps of 10% of start ÷ 0.8 (amendment 4), and only by a choice.
    """
    start = movement.get("amount")
    if start is None:
        return None
    plan = make_plan(float(start), UNIT, rate=settings.usual_rate, limit=None, settings=settings)
    set_at = str(movement.get("amount_at", ""))
    for back in look_backs:
        amount = back.get("amounts", {}).get(movement.get("which"))
        if amount is not None and str(back.get("set_at", "")) > set_at:
            plan, set_at = replace(plan, quota=float(amount)), str(back.get("set_at"))
    return plan


@dataclass(frozen=True)
class Offer:
    """One choice of a look-back with its amount: the real one and the one shown. None: it carries no amount."""

    choice: str
    amount: float | None = None
    shown: int | None = None


def offer_of(choice: str, amount: float) -> Offer:
    """A choice that carries this real amount."""
    return Offer(choice, amount, as_shown(amount, UNIT))


def offers(plan: Plan | None, *, energy_mode: bool, settings: PacingSettings = USUAL) -> tuple[Offer, ...]:
    """Every choice, *keep it steady* first. A small step up is at least one more than is shown now; in energy mode
    there are no amounts and no step up (amendments 7 and 8)."""
    if energy_mode:
        return tuple(
            Offer(one.choice.value) for one in choices(ANY_PLAN, energy_mode=True, settings=settings)
        )
    if plan is None:
        return (Offer(Choice.KEEP), Offer(Choice.SHRINK), Offer(SWAP))
    up = max(quota_in_week(plan, 2), float(plan.shown + 1))
    small = next(
        one for one in choices(plan, energy_mode=False, settings=settings) if one.choice is Choice.SHRINK
    )
    smaller = Offer(Choice.SHRINK, small.quota, small.shown)
    return (
        Offer(Choice.KEEP, plan.quota, plan.shown),
        offer_of(Choice.STEP_UP, up),
        smaller if plan.shown > 1 else Offer(Choice.SHRINK),
        Offer(SWAP),
    )


def latest_choice(movement: Entry, look_backs: Sequence[Entry]) -> str | None:
    """What the newest look-back chose for this movement, if nothing about its amount changed since."""
    for back in look_backs:  # newest first
        said: str | None = back.get("next", {}).get(movement.get("which"))
        if said and str(back.get("set_at", "")) > str(movement.get("chosen_at", "")):
            return said
    return None
