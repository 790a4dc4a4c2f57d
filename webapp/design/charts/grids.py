"""Things over weeks: a row for each thing, a column for each week, a filled square where it was there."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.paper import WIDTH, box, dot, paper, sheet, soft, words

_ROW, _HEAD, _NAMES = 34, 30, 128


def weeks_grid(weeks: Sequence[str], rows: Sequence[tuple[str, Sequence[bool | None]]]) -> Markup:
    """*weeks*: the name of each column, oldest first. *rows*: a name with True (there), False (not noted for it) or None
    (nothing is known of that week) for each week.

    Raises:
        ValueError: there is no week or no row, or a row has another number of weeks.
    """
    if not weeks or not rows or any(len(marks) != len(weeks) for _name, marks in rows):
        raise ValueError("a grid needs weeks, and a mark for each week in every row")
    height = _HEAD + _ROW * len(rows) + 8
    slot = (WIDTH - _NAMES - 10) / len(weeks)
    drawn = [paper(height)]
    for column, name in enumerate(weeks):
        drawn.append(soft(_NAMES + slot * (column + 0.5), 20, name, size=11))
    for place, (name, marks) in enumerate(rows):
        top = _HEAD + _ROW * place
        drawn.append(words(10, top + 21, name, at="start", size=12))
        drawn += [_mark(_NAMES + slot * (column + 0.5), top + 16, mark) for column, mark in enumerate(marks)]
    return sheet(height, _("Your weeks"), _said(rows), drawn, mirrored=False)


def _mark(x: float, y: float, mark: bool | None) -> Markup:
    if mark is None:
        return dot(x, y, 2, "empty")
    return box(x - 10, y - 10, 20, 20, "solid" if mark else "empty", round_by=4)


def _said(rows: Sequence[tuple[str, Sequence[bool | None]]]) -> str:
    parts = []
    for name, marks in rows:
        known = [mark for mark in marks if mark is not None]
        parts.append(
            _("%(name)s in %(count)s of %(known)s weeks", name=name, count=sum(known), known=len(known))
        )
    return "; ".join(parts) + "."
