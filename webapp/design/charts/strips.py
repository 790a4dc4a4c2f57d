"""Days and posts in a row: the week, the days with a visit, the path through a module."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import ngettext
from markupsafe import Markup

from webapp.design.charts.paper import WIDTH, box, paper, sheet, soft, stroke

# What a day of the week strip can be. "rest" is a planned rest day, "open" a day with nothing said yet.
DAY_STATES = ("done", "some", "rest", "open", "ahead")


def week_strip(days: Sequence[tuple[str, str]]) -> Markup:
    """Seven days (or fewer): ``(short name, state)``, where the state is one of ``DAY_STATES``.

    done: a tick; some: half full; rest: a planned rest day, a level line; open: nothing said; ahead: still
    to come.
    No day is marked as wrong.

    Raises:
        ValueError: a state that is not one of these, or no days.
    """
    unknown = {state for _name, state in days} - set(DAY_STATES)
    if unknown or not days:
        raise ValueError(f"a week strip needs days, each one of {DAY_STATES}: {sorted(unknown)}")
    slot = (WIDTH - 24) / max(len(days), 7)
    drawn = [paper(84)]
    for place, (name, state) in enumerate(days):
        left = 12 + slot * place
        drawn += _day(left + 3, slot - 6, state)
        drawn.append(soft(left + slot / 2, 72, name))
    return sheet(84, _("Your week"), _say_week(days), drawn)


def _day(left: float, width: float, state: str) -> list[Markup]:
    look = {"done": "solid", "ahead": "rest"}.get(state, "empty")
    day = [box(left, 14, width, 40, look, round_by=6)]
    middle = left + width / 2
    if state == "done":
        tick = f"M{middle - 8:.1f} 34l6 7 11-14"
        day.append(
            Markup('<path class="wm-i-tick" d="{}" fill="none" stroke="#ffffff" stroke-width="3"/>').format(
                tick
            )
        )
    if state == "some":
        day.append(box(left, 34, width, 20, "solid", round_by=6))
    if state == "rest":
        day.append(stroke(f"M{left + 8:.1f} 34H{left + width - 8:.1f}", "line"))
    return day


def _say_week(days: Sequence[tuple[str, str]]) -> str:
    names = {
        "done": _("done"),
        "some": _("partly done"),
        "rest": _("rest day"),
        "open": _("nothing noted"),
        "ahead": _("still to come"),
    }
    return "; ".join(f"{name}: {names[state]}" for name, state in days) + "."


def activity_strip(days: Sequence[tuple[str, bool]]) -> Markup:
    """Up to 31 days with a visit or without: ``(name of the day, visited)``, oldest first. For the portal.

    Raises:
        ValueError: there are no days.
    """
    if not days:
        raise ValueError("an activity strip needs days")
    slot = min((WIDTH - 4) / len(days), 22.0)
    drawn = [
        box(2 + slot * place, 6, max(slot - 3, 2), 30, "solid" if visited else "empty", round_by=3)
        for place, (_name, visited) in enumerate(days)
    ]
    drawn += [soft(2, 54, days[0][0], at="start"), soft(2 + slot * len(days) - 3, 54, days[-1][0], at="end")]
    visits = sum(visited for _name, visited in days)
    said = ngettext(
        "A visit on %(num)s of %(days)s days, from %(first)s to %(last)s.",
        "Visits on %(num)s of %(days)s days, from %(first)s to %(last)s.",
        visits,
        days=len(days),
        first=days[0][0],
        last=days[-1][0],
    )
    return sheet(60, _("Days with a visit"), said, drawn)


def path(done: int, here: int | None, total: int) -> Markup:
    """Posts on a path: *done* of *total* are filled, and the one where you are (*here*, from 1) stands up.

    *here* is None when the path is walked to its end. Never a percentage.

    Raises:
        ValueError: the numbers do not fit each other.
    """
    if total < 1 or not 0 <= done <= total or (here is not None and not 1 <= here <= total):
        raise ValueError("the path needs 0 <= done <= total and 1 <= here <= total")
    gap = 4 if total > 8 else 6
    width = (WIDTH - gap * (total - 1)) / total
    drawn = []
    for place in range(total):
        left = place * (width + gap)
        if place + 1 == here:
            drawn.append(_standing_post(left, width))
        else:
            drawn.append(box(left, 10, width, 8, "solid" if place < done else "empty", round_by=4))
    said = (
        _("%(here)s of %(total)s", here=here, total=total)
        if here
        else _("%(done)s of %(total)s done", done=done, total=total)
    )
    return sheet(20, _("Where you are"), said, drawn)


def _standing_post(left: float, width: float) -> Markup:
    corners = [(left, 6.0), (left + width / 2, 1.0), (left + width, 6.0), (left + width, 18.0), (left, 18.0)]
    first, *rest = corners
    return stroke(
        "M{:.1f} {:.1f}".format(*first) + "".join(f"L{x:.1f} {y:.1f}" for x, y in rest) + "z", "post"
    )
