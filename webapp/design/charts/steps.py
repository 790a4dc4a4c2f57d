"""The staircase of a plan, and the tries that it starts from."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.numbers import amount
from webapp.design.charts.paper import Number, box, flag, on_solid, over, paper, sheet, soft, stroke, words

_FLOOR, _CEILING, _LOWEST_STEP = 162, 44, 24


def staircase(amounts: Sequence[tuple[str, Number]], goal_label: str, current_index: int) -> Markup:
    """Weeks as steps: this week solid, all others dotted, because they are one way that it could go.

    *amounts*: ``(label, value)`` per week, at least one; the label stands under the step (leave some empty
    when
    there are many). *goal_label* stands over a flag at the top ("park"); empty for no flag.
    *current_index*: where
    the person is, from 0.

    Raises:
        ValueError: there are no weeks, or *current_index* is not one of them.
    """
    if not 0 <= current_index < len(amounts):
        raise ValueError("the staircase needs the week where the person is")
    space = 270 if goal_label else 296
    step = min(space / len(amounts), 64)
    most = max(float(value) for _label, value in amounts) or 1
    drawn = [paper(190)]
    for place, (name, value) in enumerate(amounts):
        here = place == current_index
        left, height = 16 + place * step, _height(float(value), most)
        drawn.append(box(left, _FLOOR - height, step, height, "solid" if here else "rest"))
        drawn.append(words(left + step / 2, _FLOOR - height - 7, amount(value), strong=here))
        drawn.append(
            words(left + step / 2, 180, name, strong=True) if here else soft(left + step / 2, 180, name)
        )
    if goal_label:
        drawn += [flag(300, 40, _FLOOR), words(318, 32, goal_label, size=12, at="end")]
    return sheet(190, _("Your staircase"), _say_steps(amounts, goal_label, current_index), drawn)


def _height(value: float, most: float) -> float:
    return _LOWEST_STEP + (_FLOOR - _CEILING - 24 - _LOWEST_STEP) * value / most


def _say_steps(amounts: Sequence[tuple[str, Number]], goal_label: str, current_index: int) -> str:
    said = {
        "amounts": ", ".join(amount(value) for _label, value in amounts),
        "now": amount(amounts[current_index][1]),
        "count": len(amounts),
    }
    steps = _("%(count)s steps: %(amounts)s. You are at %(now)s.", **said)
    return f"{steps} {_('At the top: %(goal)s.', goal=goal_label)}" if goal_label else steps


def tries(values: Sequence[Number], labels: Sequence[str], start: Number | None = None) -> Markup:
    """Each try as a bar, with the starting point as a dashed line across.

    Raises:
        ValueError: there are no tries, or not as many labels as values.
    """
    if not values or len(values) != len(labels):
        raise ValueError("tries need a label each")
    most = max(*(float(value) for value in values), float(start or 0), 0.001)
    slot = 300 / len(values)
    width = min(slot * 0.6, 64)
    drawn, numbers = [paper(170)], []
    for place, (value, name) in enumerate(zip(values, labels, strict=True)):
        middle, height = 14 + slot * (place + 0.5), 96 * float(value) / most
        drawn.append(box(middle - width / 2, 140 - height, width, height, "empty", round_by=3))
        numbers.append(over(middle, 140 - height - 7, amount(value)))
        drawn.append(soft(middle, 158, name))
    if start is not None:
        level = 140 - 96 * float(start) / most
        drawn.append(stroke(f"M14 {level:.1f}H314", "start"))
        drawn.append(box(16, level - 9, 15 + 8 * len(amount(start)), 18, "solid", round_by=4))
        drawn.append(on_solid(16 + (15 + 8 * len(amount(start))) / 2, level + 4.5, amount(start)))
    return sheet(170, _("Your tries"), _say_tries(values, start), [*drawn, *numbers])


def _say_tries(values: Sequence[Number], start: Number | None) -> str:
    said = _("Your tries: %(amounts)s.", amounts=", ".join(map(amount, values)))
    return said if start is None else f"{said} {_('Your starting point is %(start)s.', start=amount(start))}"
