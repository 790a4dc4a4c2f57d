"""The pictures of a goal: the gap in each part of life, and the ladder with where the patient stands."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.paper import box, dot, flag, paper, sheet, soft, stroke, words

from .rules import HIGHEST_RATING, Rating
from .words import SHORT_NAMES, gap_sentence

_ROW, _TOP, _LEFT, _RIGHT = 46, 44, 26, 302


def gap_picture(ratings: Sequence[Rating]) -> Markup:
    """One line for each part of life: a filled mark for how it is lived, a post for how much it matters.

    The line between them is the gap.
    """
    height = _TOP + _ROW * len(ratings) + 6
    drawn = [paper(height), *_key()]
    for place, rating in enumerate(ratings):
        drawn += _gap_row(_TOP + _ROW * place, rating)
    said = " ".join(gap_sentence(rating) for rating in ratings)
    return sheet(height, _("What matters, and how you live it now"), said, drawn)


def _key() -> list[Markup]:
    return [
        dot(_LEFT, 20, 7, "solid"), soft(_LEFT + 14, 25, _("lived now"), at="start"),
        _post(166, 20), soft(180, 25, _("how much it matters"), at="start"),
    ]  # fmt: skip


def _gap_row(top: int, rating: Rating) -> list[Markup]:
    lived, matters = _across(rating.lived or 0), _across(rating.importance or 0)
    level = top + 34
    scale = [stroke(f"M{_across(n)} {level - 4}v8", "thin") for n in range(HIGHEST_RATING + 1)]
    gap = [box(lived, level - 5, matters - lived, 10, "post")] if matters > lived else []
    marks = [_post(matters, level), dot(lived, level, 7, "solid")]
    if matters == lived:
        marks.reverse()
        marks = [_post(matters, level), dot(lived, level, 4, "solid")]
    numbers = _("%(lived)s of %(matters)s", lived=rating.lived, matters=rating.importance)
    return [
        words(_LEFT - 8, top + 14, SHORT_NAMES[rating.domain], strong=True, at="start"),
        soft(_RIGHT + 8, top + 14, numbers, at="end"),
        stroke(f"M{_LEFT} {level}H{_RIGHT}", "thin"), *scale, *gap, *marks,
    ]  # fmt: skip


def _across(number: int) -> int:
    return _LEFT + (_RIGHT - _LEFT) * number // HIGHEST_RATING


def _post(x: int, y: int) -> Markup:
    return stroke(f"M{x - 6} {y + 10}V{y - 5}L{x} {y - 11}L{x + 6} {y - 5}V{y + 10}z", "post")


def ladder_picture(rung_count: int, current: int | None) -> Markup:
    """A stair of numbered steps up to a flag.

    The step where the patient stands is solid, all others are dotted.

    *current* counts from 0; ``None`` at the top, or before it began.
    """
    height, floor = 168, 150
    width = 252 / max(rung_count, 1)
    rise = 92 / max(rung_count, 1)
    drawn = [paper(height), stroke(f"M14 {floor}H314", "thin")]
    for place in range(rung_count):
        left, tall = 18 + place * width, 22 + rise * place
        here = place == current
        drawn.append(box(left, floor - tall, width, tall, "solid" if here else "rest", round_by=2))
        drawn.append(words(left + width / 2, floor - tall - 8, str(place + 1), strong=here))
        if here:
            drawn.append(words(left + width / 2, floor - tall - 26, _("you are here"), strong=True, size=12))
    drawn.append(flag(290, 24, floor))
    return sheet(height, _("Your ladder"), _say_ladder(rung_count, current), drawn)


def _say_ladder(rung_count: int, current: int | None) -> str:
    if current is None:
        return str(_("%(count)s steps up to your goal.", count=rung_count))
    return str(
        _("%(count)s steps up to your goal. You are on step %(here)s.", count=rung_count, here=current + 1)
    )
