"""Two bars for each thing: before and now, or what was guessed and what happened."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.numbers import amount
from webapp.design.charts.paper import Number, box, paper, sheet, soft, words

_LEFT, _LONGEST, _TOP, _ROW, _BAR = 12, 262, 62, 60, 15
_MOST_LETTERS = 44


def two_bars(
    rows: Sequence[tuple[str, Number, Number]], high: Number, caption: str, first: str, second: str
) -> Markup:
    """For each ``(name, one, other)`` a light bar above a dark one, from 0 to *high*, in the given order.

    *first* and *second* name the two bars ("before", "now"). Each number stands at the end of its bar.

    Raises:
        ValueError: there are no rows, or *high* is not above 0.
    """
    if not rows or float(high) <= 0:
        raise ValueError("two bars need rows and a scale")
    height = _TOP + _ROW * len(rows) + 4
    drawn = [paper(height), *_key(first, second)]
    for place, (name, one, other) in enumerate(rows):
        top = _TOP + _ROW * place
        drawn.append(words(_LEFT, top + 10, _short(name), at="start"))
        drawn += _bar(top + 16, one, high, "empty") + _bar(top + 16 + _BAR + 2, other, high, "solid")
    return sheet(height, caption, _say(rows, high, first, second), drawn)


def _key(first: str, second: str) -> list[Markup]:
    return [
        box(_LEFT, 10, 12, 12, "empty"),
        soft(_LEFT + 18, 20, first, at="start"),
        box(_LEFT, 30, 12, 12, "solid"),
        soft(_LEFT + 18, 40, second, at="start"),
    ]


def _bar(y: int, value: Number, high: Number, look: str) -> list[Markup]:
    share = min(max(float(value) / float(high), 0.0), 1.0)
    width = max(_LONGEST * share, 2)
    return [
        box(_LEFT, y, width, _BAR, look, round_by=2),
        words(_LEFT + width + 6, y + _BAR - 3, amount(value), at="start"),
    ]


def _short(name: str) -> str:
    return name if len(name) <= _MOST_LETTERS else f"{name[: _MOST_LETTERS - 1].rstrip()}…"


def _say(rows: Sequence[tuple[str, Number, Number]], high: Number, first: str, second: str) -> str:
    scale = _("A scale from %(low)s to %(high)s.", low=0, high=amount(high))
    said = "; ".join(
        _(
            "%(name)s: %(first)s %(one)s, %(second)s %(other)s",
            name=name,
            first=first,
            one=amount(one),
            second=second,
            other=amount(other),
        )
        for name, one, other in rows
    )
    return f"{scale} {said}."
