"""A week of days in blocks of hours, light to dark, each with a letter so that it does not rest on colour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from webapp.design.charts.numbers import amount
from webapp.design.charts.paper import WIDTH, box, dot, on_solid, paper, sheet, soft, stroke, words

DEMANDS = ("low", "medium", "high")
RESTS = ("before", "after")
_LEFT, _TOP, _ROW, _BARS = 46, 26, 22, 44
_LOOKS = {"low": "mist", "medium": "warm-fill", "high": "solid"}


@dataclass(frozen=True)
class HeatCell:
    """One block: its demand (one of ``DEMANDS``, None if not said), a rest in it (one of ``RESTS``), anything noted?"""

    demand: str | None = None
    rest: str | None = None
    is_noted: bool = False


@dataclass(frozen=True)
class HeatDay:
    """One column: the day's short name, its blocks from top to bottom, its demanding hours (None: not known)."""

    name: str
    cells: Sequence[HeatCell]
    hours: float | None


def heat_strip(days: Sequence[HeatDay], rows: Sequence[str]) -> Markup:
    """Up to seven days beside each other, with a bar of demanding hours under each: ups and downs are seen at once.

    *rows* names the blocks ("06–08"). L, M and H stand for low, medium and high; a ring is a rest taken after it was
    needed, a full dot one taken before.

    Raises:
        ValueError: no days, or a day without a cell for each row.
    """
    if not days or any(len(day.cells) != len(rows) for day in days):
        raise ValueError("a heat strip needs days with a cell for each row")
    column = (WIDTH - _LEFT - 6) / max(len(days), 7)
    floor = _TOP + _ROW * len(rows)
    height = floor + _BARS + 34
    drawn = [paper(height)]
    drawn += [soft(6, _TOP + _ROW * at + 15, name, size=11, at="start") for at, name in enumerate(rows)]
    most = max((day.hours or 0 for day in days), default=0)
    for place, day in enumerate(days):
        left = _LEFT + column * place
        drawn.append(words(left + column / 2, 17, day.name, size=12, strong=True))
        for at, cell in enumerate(day.cells):
            drawn += _cell(left + 1, _TOP + _ROW * at + 1, column - 2, cell)
        drawn += _bar(left + column / 2, floor + _BARS + 16, column, day.hours, most)
    drawn.append(stroke(f"M{_LEFT} {floor + _BARS + 16}H{WIDTH - 6}", "thin"))
    drawn.append(soft(6, floor + _BARS + 14, _("hours"), size=11, at="start"))
    return sheet(height, _("Your week"), _say(days), drawn)


def _cell(left: float, top: float, width: float, cell: HeatCell) -> list[Markup]:
    if cell.demand is None:
        return [box(left, top, width, _ROW - 2, "rest", round_by=3)] if cell.is_noted else []
    drawn = [box(left, top, width, _ROW - 2, _LOOKS[cell.demand], round_by=3)]
    letter = {"low": _("L"), "medium": _("M"), "high": _("H")}[cell.demand]
    middle, line = left + width / 2, top + 14.5
    if cell.demand == "high":
        drawn.append(on_solid(middle, line, letter))
    else:
        drawn.append(words(middle, line, letter, strong=cell.demand == "medium"))
    if cell.demand == "medium":
        drawn.append(stroke(f"M{left + 2:.1f} {top + _ROW - 4:.1f}H{left + width - 2:.1f}", "warm"))
    if cell.rest in RESTS:
        drawn.append(dot(left + width - 7, top + 6, 4, "paper"))
        drawn.append(dot(left + width - 7, top + 6, 2.5, "solid" if cell.rest == "before" else "thin"))
    return drawn


def _bar(middle: float, floor: float, column: float, hours: float | None, most: float) -> list[Markup]:
    if hours is None:
        return []
    height = _BARS * 0.7 * hours / most if most else 0
    return [
        box(middle - column * 0.32, floor - height, column * 0.64, height, "solid", round_by=2),
        words(middle, floor + 14, amount(hours), size=12, strong=True),
    ]


def _say(days: Sequence[HeatDay]) -> str:
    return " ".join(_say_day(day) for day in days)


def _say_day(day: HeatDay) -> str:
    if day.hours is None:
        return str(_("%(day)s: not enough noted yet.", day=day.name))
    whole = int(day.hours) if day.hours == int(day.hours) else 2
    said = ngettext("%(said)s demanding hour", "%(said)s demanding hours", whole, said=amount(day.hours))
    return str(_("%(day)s: %(hours)s.", day=day.name, hours=said))
