"""The pictures of the modules: what an idea looks like, in a few lines and no more words than it needs."""

from __future__ import annotations

from collections.abc import Callable

from flask_babel import gettext as _
from markupsafe import Markup

from webapp.design.charts.paper import box, dot, flag, over, paper, sheet, soft, stroke, words


def drawing(name: str) -> Markup:
    """The drawing *name*: boom-and-bust, steady-plan, pain-alarm, pain-system, values-gap, goal-ladder or
    way-mark.

    Raises:
        LookupError: there is no such drawing.
    """
    try:
        return DRAWINGS[name]()
    except KeyError:
        raise LookupError(f"no drawing is called {name}; there are {', '.join(sorted(DRAWINGS))}") from None


_PEAKS = "M18 100L52 40 84 124 116 120 150 44 182 126 216 122 248 56 282 126 310 120"


def boom_and_bust() -> Markup:
    """Much on a good day, very little on the days after, and the steady line between."""
    return sheet(
        150,
        _("Doing too much, then paying for it"),
        _(
            "A line goes high on good days and very low on the days after. "
            "A dashed line, a steady plan, runs level."
        ),
        [
            paper(150),
            stroke(_PEAKS, "warm"),
            stroke("M18 92L310 80", "dashes"),
            words(52, 26, _("good day"), strong=True),
            soft(198, 144, _("days to recover")),
            over(116, 84, _("a steady plan")),
        ],
    )


def _steady_plan() -> Markup:
    days = [
        box(20 + 42 * place, 74 - 3 * place, 34, 52 + 3 * place, "solid", round_by=3) for place in range(7)
    ]
    return sheet(
        150,
        _("A steady plan"),
        _("Seven days with much the same amount each day. The bars grow a little from day to day."),
        [paper(150), words(164, 30, _("much the same every day"), strong=True), *days,
         stroke("M14 126H314", "thin"),
         soft(37, 143, _("day 1")), soft(289, 143, _("day 7"))],
    )  # fmt: skip


def _pain_alarm() -> Markup:
    bell = "M92 96c10-8 8-22 10-34 2-14 12-22 24-22s22 8 24 22c2 12 0 26 10 34z"
    waves = [
        "M74 44c-8 10-10 26-4 38",
        "M178 44c8 10 10 26 4 38",
        "M58 34c-12 16-14 40-6 58",
        "M194 34c12 16 14 40 6 58",
    ]
    return sheet(
        150,
        _("The alarm is too sensitive"),
        _("A bell rings loudly although only a small touch has reached it."),
        [
            paper(150),
            *(stroke(wave, "warm") for wave in waves),
            stroke(bell, "post"),
            dot(126, 106, 8, "solid"),
            dot(292, 82, 5, "solid"),
            stroke("M282 82H226M236 74l-11 8 11 8", "thin"),
            words(126, 140, _("a loud alarm"), strong=True),
            soft(316, 108, _("a small touch"), at="end"),
        ],
    )


def _pain_system() -> Markup:
    parts = [
        (70, 48, _("body")),
        (258, 48, _("thoughts")),
        (70, 122, _("feelings")),
        (258, 122, _("what you do")),
    ]
    links = [
        stroke("M118 48H206M206 48l-8-5M206 48l-8 5", "thin"),
        stroke("M258 66V102M258 102l-5-8M258 102l5-8", "thin"),
        stroke("M206 122H118M118 122l8-5M118 122l8 5", "thin"),
        stroke("M70 104V68M70 68l-5 8M70 68l5 8", "thin"),
    ]
    bubbles = [box(x - 54, y - 19, 108, 38, "mist", round_by=19) for x, y, _name in parts]
    return sheet(
        170,
        _("Pain is made by a whole system"),
        _("Body, thoughts, feelings and what you do lead to each other in a ring. Pain is in the middle."),
        [paper(170), *links, *bubbles, *(words(x, y + 5, name, strong=True) for x, y, name in parts),
         words(164, 90, _("pain"), strong=True, size=16)],
    )  # fmt: skip


def _values_gap() -> Markup:
    return sheet(
        150,
        _("What matters, and how much room it has now"),
        _("Two bars. The long one is how much something matters. The short one is how much room it has now."),
        [
            paper(150),
            words(16, 34, _("how much it matters"), strong=True, at="start"),
            box(16, 42, 296, 20, "solid", round_by=4),
            words(16, 96, _("how much room it has now"), strong=True, at="start"),
            box(16, 104, 120, 20, "solid", round_by=4),
            box(136, 104, 176, 20, "rest", round_by=4),
            soft(224, 142, _("a place to start")),
        ],
    )


def _goal_ladder() -> Markup:
    steps = [(20, 128, 76), (96, 104, 76), (172, 80, 76), (248, 56, 56)]
    treads = [stroke(f"M{x} {y}h{width}v-24", "line") for x, y, width in steps[:-1]]
    return sheet(
        160,
        _("A goal in small steps"),
        _("A stair of four steps with a flag at the top. The first step is low and near."),
        [paper(160), *treads, stroke("M248 56h56", "line"), flag(290, 18, 56), dot(44, 117, 8, "solid"),
         words(20, 150, _("first small step"), strong=True, at="start"),
         soft(308, 100, _("what matters"), at="end")],
    )  # fmt: skip


def _way_mark() -> Markup:
    return sheet(
        150,
        _("A way-mark on a path"),
        _("A wooden post with an amber top stands beside a path that winds up a low hill."),
        [
            box(0, 0, 328, 150, "mist", round_by=10),
            stroke(
                "M0 118c60-34 120-40 176-22s106 14 152-14v58a10 10 0 0 1-10 10H10a10 10 0 0 1-10-10z", "paper"
            ),
            stroke("M70 150c10-20 44-24 70-26s44-8 34-18 4-14 20-16", "warm"),
            stroke("M226 52l14-14 14 14v70h-28z", "post"),
            stroke("M232 74h16M232 84h16", "thin"),
        ],
    )


DRAWINGS: dict[str, Callable[[], Markup]] = {
    "boom-and-bust": boom_and_bust,
    "steady-plan": _steady_plan,
    "pain-alarm": _pain_alarm,
    "pain-system": _pain_system,
    "values-gap": _values_gap,
    "goal-ladder": _goal_ladder,
    "way-mark": _way_mark,
}
