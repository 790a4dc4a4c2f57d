"""A service's own schedule: the default one with what differs, and what would make no sense in it.

What differs is kept per sitting: `off`, `instruments`, `shorter`, `window_days`, `window_days_before`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from webapp.questionnaires.schedule_rules import (
    Battery,
    EnrolmentFacts,
    Milestone,
    PlannedSitting,
    Sitting,
    plan_sittings,
)

Differences = Mapping[str, Mapping[str, Any]]
FIELDS = ("instruments", "shorter", "window_days", "window_days_before", "off")
LONGEST_WINDOW_DAYS = 90
AFTER_THE_START = frozenset({"pgic", "fft", "sus"})
"""They ask about the programme, so they make no sense before it. Source: proms.md §8 (mid-course and later)."""
ONCE = frozenset({"fft", "sus"})
"""Asked once, at the end of the course. Source: proms.md §8."""
FIRST_TIME_POINT, LAST_OF_COURSE = "baseline", "end"


class Wrong(StrEnum):
    """What makes no sense."""

    NOTHING_ASKED = "nothing_asked"
    ASKED_TWICE = "asked_twice"
    BEFORE_THE_START = "before_the_start"
    ONLY_AT_THE_END = "only_at_the_end"
    SHORTER_IS_NOT_SHORTER = "shorter_is_not_shorter"
    WINDOWS_OVERLAP = "windows_overlap"


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Something that makes no sense in one sitting: in which `field`, and with what (an instrument, a sitting)."""

    wrong: Wrong
    field: str
    about: str = ""


def with_differences(battery: Battery, differences: Differences, available: Collection[str]) -> Battery:
    """The battery as it holds in a service. Questionnaires whose text is not `available` are left out.

    A sitting that is left without any questionnaire is off.
    """
    points = tuple(
        replace(
            point,
            sittings=tuple(_changed(one, differences.get(one.id, {}), available) for one in point.sittings),
        )
        for point in battery.time_points
    )
    return replace(battery, time_points=points)


def differing(default: Sitting, wanted: Mapping[str, Any]) -> dict[str, Any]:
    """What of the wanted values is to be kept: only what differs from the default."""
    now: dict[str, Any] = {
        "instruments": list(default.instruments),
        "shorter": list(default.shorter),
        "window_days": default.window_days,
        "window_days_before": default.window_days_before,
        "off": default.off,
    }
    return {name: wanted[name] for name in FIELDS if name in wanted and wanted[name] != now[name]}


def contradictions(battery: Battery, sitting_id: str, questions: Mapping[str, int]) -> list[Contradiction]:
    """What makes no sense in this sitting of the battery. `questions` says how many each questionnaire asks."""
    point, sitting = next(
        (point, one) for point in battery.time_points for one in point.sittings if one.id == sitting_id
    )
    if sitting.off:
        return []
    found: list[Contradiction] = []
    for name in dict.fromkeys((*sitting.instruments, *sitting.shorter)):
        field = "instruments" if name in sitting.instruments else "shorter"
        if any(name in one.instruments for one in point.sittings if one.id != sitting_id and not one.off):
            found.append(Contradiction(Wrong.ASKED_TWICE, field, name))
        if name in AFTER_THE_START and point.id == FIRST_TIME_POINT:
            found.append(Contradiction(Wrong.BEFORE_THE_START, field, name))
        elif name in ONCE and point.id != LAST_OF_COURSE:
            found.append(Contradiction(Wrong.ONLY_AT_THE_END, field, name))
    if sitting.shorter and _asks(sitting.shorter, questions) >= _asks(sitting.instruments, questions):
        found.append(Contradiction(Wrong.SHORTER_IS_NOT_SHORTER, "shorter"))
    return found + [
        Contradiction(Wrong.WINDOWS_OVERLAP, "window_days", other)
        for other in _overlapping(battery, sitting_id)
    ]


def asks_nothing(wanted: Mapping[str, Any]) -> bool:
    """Is this sitting to be asked, but without any questionnaire?"""
    return not wanted["off"] and not wanted["instruments"]


def _changed(sitting: Sitting, differs: Mapping[str, Any], available: Collection[str]) -> Sitting:
    known = {name: differs[name] for name in FIELDS if name in differs}
    for name in ("instruments", "shorter"):
        wanted = known.get(name, getattr(sitting, name))
        known[name] = tuple(one for one in wanted if one in available)
    changed = replace(sitting, **known)
    return changed if changed.instruments else replace(changed, off=True)


def _asks(names: Collection[str], questions: Mapping[str, int]) -> int:
    return sum(questions.get(name, 0) for name in names)


def _overlapping(battery: Battery, sitting_id: str) -> list[str]:
    """Sittings of other time points that would be open on the same day, months after the same milestone."""
    planned = {one.sitting.id: one for one in _a_year_of(battery)}
    mine = planned.get(sitting_id)
    if mine is None or not mine.sitting.opens.months:
        return []
    return [
        other.sitting.id
        for other in planned.values()
        if other.time_point != mine.time_point and other.sitting.opens.months and _meet(mine, other)
    ]


def _a_year_of(battery: Battery) -> tuple[PlannedSitting, ...]:
    """Every sitting, for somebody who finished the course on a first of January."""
    first = date(2027, 1, 1)
    return plan_sittings(battery, EnrolmentFacts(dict.fromkeys(Milestone, first)), first)


def _meet(one: PlannedSitting, other: PlannedSitting) -> bool:
    days = (one.opens_on, one.closes_on, other.opens_on, other.closes_on)
    if None in days:
        return False
    opens, closes, other_opens, other_closes = days
    return opens <= other_closes and other_opens <= closes  # type: ignore[operator]
