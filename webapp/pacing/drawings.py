"""Drawings of what was done: the week as the strip takes it, and dots beside the amount shown."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.paper import box, dot, paper, sheet, soft, stroke, words
from webapp.pacing.models import PacingPlan, PacingTick
from webapp.pacing.plan_days import as_rule_plan, is_planned
from webapp.pacing.rules_tick import Tick
from webapp.pacing.service import Week, as_result
from webapp.pacing.words import in_unit, shown, weekday_short

_LEFT, _RIGHT, _TOP, _FLOOR = 18, 312, 34, 124
_STATES = {
    Tick.AS_PLANNED: "done",
    Tick.MORE: "done",
    Tick.LESS: "some",
    Tick.NONE: "rest",
    Tick.NOT_KNOWN: "open",
}


def week_days(plan: PacingPlan, week: Week, today: date) -> list[tuple[str, str]]:
    """The calendar week for the strip: done, some, a rest day, nothing said, still to come."""
    days = [week.monday + timedelta(days=n) for n in range(7)]
    return [(weekday_short(day)[:2], _state(plan, week.ticks.get(day), day, today)) for day in days]


def _state(plan: PacingPlan, tick: PacingTick | None, day: date, today: date) -> str:
    if tick is not None:
        return _STATES[as_result(tick, plan.unit).tick]
    if not is_planned(plan, day):
        return "rest"
    return "ahead" if day > today or day == today else "open"


def dots(ticks: Sequence[PacingTick], plan: PacingPlan, today: date, number: int) -> Markup:
    """The last days as dots:

    how much was done, beside a dashed line for the amount shown. Round: as planned; square: other.
    """
    line = as_rule_plan(plan).shown
    amounts = {tick.on: _done(tick) for tick in ticks}
    most = max([line, *(amount for amount in amounts.values() if amount is not None)]) * 1.1 or 1
    slot = (_RIGHT - _LEFT) / number
    level = _height(line, most)
    drawn = [
        paper(160),
        words(
            _LEFT, 22, _("Dots: what you did. Line: %(amount)s.", amount=shown(line, plan.unit)), at="start"
        ),
        stroke(f"M{_LEFT} {level:.1f}H{_RIGHT}", "start"),
        stroke(f"M{_LEFT} {_FLOOR}H{_RIGHT}", "thin"),
    ]
    for place in range(number):
        day = today - timedelta(days=number - 1 - place)
        amount, x = amounts.get(day), _LEFT + slot * (place + 0.5)
        if amount is not None:
            drawn.append(_mark(x, _height(amount, most), as_result_of(ticks, day, plan)))
    first = today - timedelta(days=number - 1)
    drawn += [soft(_LEFT, 146, weekday_short(first), at="start"), soft(_RIGHT, 146, _("today"), at="end")]
    return sheet(160, _("What you did"), _say(amounts, plan, line), drawn)


def as_result_of(ticks: Sequence[PacingTick], day: date, plan: PacingPlan) -> Tick:
    """How one of these days stands beside what was shown."""
    return next(as_result(tick, plan.unit).tick for tick in ticks if tick.on == day)


def _mark(x: float, y: float, tick: Tick) -> Markup:
    if tick is Tick.AS_PLANNED:
        return dot(x, y, 6, "solid")
    return box(x - 5, y - 5, 10, 10, "post")


def _height(amount: float, most: float) -> float:
    return _FLOOR - (_FLOOR - _TOP) * amount / most


def _done(tick: PacingTick) -> float | None:
    if tick.amount is not None:
        return tick.amount
    return {"did_it": float(tick.shown), "no": 0.0}.get(tick.said)


def _say(amounts: dict[date, float | None], plan: PacingPlan, line: int) -> str:
    said = [
        _("%(day)s: %(amount)s", day=weekday_short(day), amount=in_unit(amount, plan.unit))
        for day, amount in sorted(amounts.items())
        if amount is not None
    ]
    return str(_("The line is at %(amount)s. %(days)s.", amount=shown(line, plan.unit), days="; ".join(said)))
