"""A score over time, for the person it belongs to: a line, its numbers, and nothing that judges."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.numbers import amount
from webapp.design.charts.paper import Number, dot, paper, sheet, soft, stroke, words

_LEFT, _RIGHT, _TOP, _BOTTOM = 40, 312, 30, 146


def score_line(
    points: Sequence[tuple[str, Number | None]], low: Number, high: Number, caption: str
) -> Markup:
    """The line through ``(label, score)`` on a scale from *low* to *high*. None: not answered, and no
    point is drawn.

    Raises:
        ValueError: *high* is not above *low*, or there are no points.
    """
    if float(high) <= float(low) or not points:
        raise ValueError("a score line needs points and a scale")
    drawn = [paper(180), *_scale(low, high)]
    places = [(_across(index, len(points)), name, score) for index, (name, score) in enumerate(points)]
    known = [(x, _up(score, low, high), score) for x, _name, score in places if score is not None]
    if len(known) > 1:
        drawn.append(stroke("M" + "L".join(f"{x:.1f} {y:.1f}" for x, y, _score in known), "line"))
    for x, y, score in known:
        drawn += [dot(x, y, 6, "solid"), words(x, y - 11, amount(score), strong=True)]
    drawn += [
        soft(x, 168, name, at=_anchor(place, len(places))) for place, (x, name, _score) in enumerate(places)
    ]
    return sheet(180, caption, _say(points, low, high), drawn)


def _scale(low: Number, high: Number) -> list[Markup]:
    lines = [stroke(f"M{_LEFT - 8} {y}H{_RIGHT + 8}", "thin") for y in (_TOP, _BOTTOM)]
    return [
        *lines,
        soft(_LEFT - 12, _TOP + 5, amount(high), at="end"),
        soft(_LEFT - 12, _BOTTOM + 5, amount(low), at="end"),
    ]


def _across(place: int, number: int) -> float:
    margin = 18
    if number == 1:
        return (_LEFT + _RIGHT) / 2
    return _LEFT + margin + (_RIGHT - _LEFT - 2 * margin) * place / (number - 1)


def _anchor(place: int, number: int) -> str:
    if number < 3:
        return "middle"
    return {0: "start", number - 1: "end"}.get(place, "middle")


def _up(score: Number, low: Number, high: Number) -> float:
    share = (float(score) - float(low)) / (float(high) - float(low))
    return _BOTTOM - (_BOTTOM - _TOP) * min(max(share, 0.0), 1.0)


def _say(points: Sequence[tuple[str, Number | None]], low: Number, high: Number) -> str:
    scale = _("A scale from %(low)s to %(high)s.", low=amount(low), high=amount(high))
    scores = "; ".join(
        f"{name}: {amount(score)}" if score is not None else f"{name}: {_('not answered')}"
        for name, score in points
    )
    return f"{scale} {scores}."
