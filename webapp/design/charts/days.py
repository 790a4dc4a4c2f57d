"""How many days each of a few spells lasted, one bar under the other."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from webapp.design.charts.paper import WIDTH, box, paper, sheet, soft, words

_ROW, _LEFT, _RIGHT = 34, 92, 40


def day_bars(title: str, spells: Sequence[tuple[str, int]]) -> str:
    """``(label, days)`` as bars, in the order given.

    Raises:
        ValueError: there is nothing to draw.
    """
    if not spells:
        raise ValueError("no spell to draw")
    most, height = max(max(days for _label, days in spells), 1), _ROW * len(spells) + 16
    drawn = [paper(height)]
    for place, (label, days) in enumerate(spells):
        top, length = 8 + _ROW * place, (WIDTH - _LEFT - _RIGHT) * days / most
        drawn.append(soft(_LEFT - 10, top + 22, label, at="end"))
        drawn.append(box(_LEFT, top + 6, length, _ROW - 12, "solid", round_by=3))
        drawn.append(words(_LEFT + length + 8, top + 22, days, strong=True, at="start"))
    said = "; ".join(_("%(label)s: %(days)s days", label=label, days=days) for label, days in spells)
    return sheet(height, title, said, drawn)
