"""Before and after, time by time: two marks on a line, and the way between them."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.numbers import amount
from webapp.design.charts.paper import Number, box, dot, paper, sheet, soft, stroke, words

_LEFT, _RIGHT, _TOP, _ROW = 128, 300, 44, 34


def before_after(
    pairs: Sequence[tuple[str, Number, Number]], low: Number, high: Number, caption: str
) -> Markup:
    """One line for each ``(name, before, after)`` on a scale from *low* to *high*, in the given order.

    The square is before, the round mark after: neither tells by its colour.

    Raises:
        ValueError: *high* is not above *low*, or there are no pairs.
    """
    if float(high) <= float(low) or not pairs:
        raise ValueError("before and after needs pairs and a scale")
    height = _TOP + _ROW * len(pairs) + 8
    drawn = [paper(height), *_key(), *_ends(low, high, height)]
    for row, (name, before, after) in enumerate(pairs):
        drawn += _line(_TOP + _ROW * row + 20, name, before, after, low, high)
    return sheet(height, caption, _say(pairs, low, high), drawn)


def _key() -> list[Markup]:
    return [
        box(_LEFT - 5, 10, 10, 10, "empty"),
        soft(_LEFT + 10, 19, _("before"), at="start"),
        dot(_LEFT + 84, 15, 6, "solid"),
        soft(_LEFT + 95, 19, _("after"), at="start"),
    ]


def _ends(low: Number, high: Number, height: int) -> list[Markup]:
    return [
        stroke(f"M{x} {_TOP + 4}V{height - 10}", "thin") + soft(x, _TOP - 2, amount(end))
        for x, end in ((_LEFT, low), (_RIGHT, high))
    ]


def _line(y: int, name: str, before: Number, after: Number, low: Number, high: Number) -> list[Markup]:
    start, end = _across(before, low, high), _across(after, low, high)
    return [
        words(12, y + 4, name, at="start"),
        stroke(f"M{start:.1f} {y}H{end:.1f}", "line"),
        box(start - 6, y - 6, 12, 12, "empty"),
        dot(end, y, 7, "solid"),
    ]


def _across(score: Number, low: Number, high: Number) -> float:
    share = (float(score) - float(low)) / (float(high) - float(low))
    return _LEFT + (_RIGHT - _LEFT) * min(max(share, 0.0), 1.0)


def _say(pairs: Sequence[tuple[str, Number, Number]], low: Number, high: Number) -> str:
    scale = _("A scale from %(low)s to %(high)s.", low=amount(low), high=amount(high))
    said = "; ".join(
        _(
            "%(name)s: %(before)s before, %(after)s after",
            name=name,
            before=amount(before),
            after=amount(after),
        )
        for name, before, after in pairs
    )
    return f"{scale} {said}."
