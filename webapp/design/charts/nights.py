"""Nights on a clock: one bar a night, from going to bed to getting up, past midnight and for shifts."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.paper import WIDTH, box, paper, sheet, soft, stroke, words

_LEFT, _RIGHT, _TOP, _ROW, _HOURS = 66, 22, 30, 24, 24


def night_strip(nights: Sequence[tuple[str, int | None, int | None]]) -> Markup:
    """Nights, oldest first: ``(name of the morning, bed time in minutes of the day, minutes in bed)``.

    None for a night whose times are not known: its row stays empty and says so. The hours shown are those that the
    bars need, so that a night and a day's sleep after a shift both fit.

    Raises:
        ValueError: there are no nights.
    """
    if not nights:
        raise ValueError("a strip of nights needs nights")
    bars = [(bed, long) for _name, bed, long in nights if bed is not None and long is not None]
    start, count = hours_needed(bars)
    hour = (WIDTH - _LEFT - _RIGHT) / count
    bottom = _TOP + _ROW * len(nights)
    drawn = [paper(bottom + 8), *_clock_lines(start, count, hour, bottom)]
    for place, (name, bed, long) in enumerate(nights):
        top = _TOP + _ROW * place
        drawn.append(words(8, top + 16, name, size=12, at="start"))
        if bed is None or long is None:
            drawn.append(box(_LEFT + 2, top + 2, WIDTH - _LEFT - 6, 20, "paper"))
            drawn.append(soft(_LEFT + 4, top + 16, _("times not known"), size=12, at="start"))
        else:
            drawn += [
                box(_LEFT + hour * left, top + 4, max(hour * width, 2), 14, "solid", round_by=4)
                for left, width in _pieces(bed, long, start, count)
            ]
    return sheet(bottom + 8, _("Your nights"), _say(nights), drawn)


def hours_needed(bars: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """The first full hour and how many hours show every bar ``(start minute of the day, minutes long)``.

    It leaves out the longest stretch of the clock that no bar touches. Without bars: an evening and a morning.
    """
    touched = {
        at % _HOURS for start, long in bars for at in range(start // 60, max(-(-(start + long) // 60), start // 60 + 1))
    }  # fmt: skip
    if not touched:
        return 21, 12
    if len(touched) == _HOURS:
        return 12, _HOURS
    free = [(_free_before(hour, touched), -hour) for hour in touched]
    longest, minus_first = max(free)
    return -minus_first, _HOURS - longest


def _free_before(hour: int, touched: set[int]) -> int:
    """How many hours in a row before this one no bar touches."""
    free = 0
    while (hour - free - 1) % _HOURS not in touched:
        free += 1
    return free


def _pieces(bed: int, long: int, start: int, count: int) -> list[tuple[float, float]]:
    """Where a bar lies, in hours from the left: in two pieces if it goes past the end of a whole day's clock."""
    left = (bed / 60 - start) % _HOURS
    width = long / 60
    if left + width <= count:
        return [(left, width)]
    return [(left, count - left), (0, min(left + width - count, count))]


def _clock_lines(start: int, count: int, hour: float, bottom: int) -> list[Markup]:
    every = 2 if count <= 14 else 4
    drawn = []
    for at in range(0, count + 1, every):
        x = _LEFT + hour * at
        drawn.append(stroke(f"M{x:.1f} {_TOP - 6}V{bottom}", "thin"))
        drawn.append(soft(x, _TOP - 11, f"{(start + at) % _HOURS}:00", size=11))
    return drawn


def _say(nights: Sequence[tuple[str, int | None, int | None]]) -> str:
    return " ".join(_say_one(*night) for night in nights)


def _say_one(name: str, bed: int | None, long: int | None) -> str:
    if bed is None or long is None:
        return str(_("%(night)s: times not known.", night=name))
    return str(
        _("%(night)s: in bed from %(bed)s to %(up)s.", night=name, bed=_clock(bed), up=_clock(bed + long))
    )


def _clock(minute: int) -> str:
    return f"{minute // 60 % 24}:{minute % 60:02}"
