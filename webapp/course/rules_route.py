"""The truths of the refresher's route, of boosters, and of coming back. Standard library only, no words.

A *skill* is called as the module that teaches it. An answer is 0 (gone) to 10 (going well); a skill that is not in
the answers was left out, which is unknown and never 0. Days are local days of the service.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

SKILLS = (
    "pacing",
    "flare-up-plan",
    "goals-and-values",
    "moving-and-stretching",
    "thoughts-and-mood",
    "relaxation-and-mindfulness",
    "sleep-and-fatigue",
    "work-and-relationships",
)
"""The eight skills of the entry question, in the course's order. Source: exercises 4.13; PRODUCT, "Two doors"."""
LOWEST, HIGHEST = 0, 10
"""The ends of each answer: gone, going well. Source: exercises 4.13."""
MOST_STOPS = 3
"""A route has at most three stops. Source: exercises 4.13."""


@dataclass(frozen=True, slots=True)
class RouteSettings:
    """The numbers; a service may change them."""

    slipped_below: int = 8
    """A skill answered below this has slipped. Proposal of this project; there is no published number."""
    first_booster_months: int = 1
    """Months to the first booster. Exercises 4.13, proposal; two booster sessions are published (eSano)."""
    second_booster_months: int = 3
    """Months to the second booster. Exercises 4.13, proposal."""
    third_booster_months: int = 6
    """Months to the third booster. Exercises 4.13, proposal."""
    fourth_booster_months: int = 12
    """Months to the fourth booster. Exercises 4.13, proposal."""
    booster_shown_days: int = 28
    """A booster is offered on so many days, its own day among them. Proposal of this project."""
    back_after_days: int = 21
    """Days without any note of the patient after which they are welcomed with three ways to go on. Proposal of
    this project."""

    @property
    def booster_months(self) -> tuple[int, ...]:
        """Months to each booster, ascending, each once."""
        months = (
            self.first_booster_months,
            self.second_booster_months,
            self.third_booster_months,
            self.fourth_booster_months,
        )
        return tuple(sorted(set(months)))


USUAL = RouteSettings()


class Finding(StrEnum):
    """What the answers say as a whole."""

    UNKNOWN = "unknown"  # nothing was answered
    NOTHING_SLIPPED = "nothing_slipped"
    SLIPPED = "slipped"


def slipped(answers: Mapping[str, int], settings: RouteSettings = USUAL) -> tuple[str, ...]:
    """The skills that have slipped, lowest first; of two alike the one that the course teaches first."""
    low = [skill for skill in SKILLS if skill in answers and answers[skill] < settings.slipped_below]
    return tuple(sorted(low, key=lambda skill: answers[skill]))


def finding(answers: Mapping[str, int], settings: RouteSettings = USUAL) -> Finding:
    """Has anything slipped? Without any answer it is unknown."""
    if not any(skill in answers for skill in SKILLS):
        return Finding.UNKNOWN
    return Finding.SLIPPED if slipped(answers, settings) else Finding.NOTHING_SLIPPED


def stops(
    answers: Mapping[str, int], there: Collection[str], settings: RouteSettings = USUAL
) -> tuple[str, ...]:
    """The stops of the route: the three lowest of the skills that have slipped.

    ``there``: the modules that the course holds. A skill without its module is no stop; the next lowest is.
    """
    return tuple(skill for skill in slipped(answers, settings) if skill in there)[:MOST_STOPS]


@dataclass(frozen=True, slots=True)
class Stop:
    """One stop of a route; a ``skill`` is its module's name. Done when the patient says so, or when its module's
    last page or key exercise was done since the route began."""

    skill: str
    said_done: bool = False
    module_done: bool = False

    @property
    def is_done(self) -> bool:
        """Is this stop behind them?"""
        return self.said_done or self.module_done


def stop_ahead(route: Sequence[Stop]) -> Stop | None:
    """The stop to go on with: the first that is not done; None at the end of the route."""
    return next((stop for stop in route if not stop.is_done), None)


@dataclass(frozen=True, slots=True)
class Answered:
    """The answers of one day."""

    on: date
    answers: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Change:
    """A skill then and now. ``before`` None: it was never answered before; then ``before_on`` is None too."""

    skill: str
    now: int
    before: int | None = None
    before_on: date | None = None


def changes(answered: Sequence[Answered]) -> tuple[Change, ...]:
    """How each skill of the latest answers has changed since it was last answered before; oldest answers first."""
    if not answered:
        return ()
    *earlier, latest = answered
    return tuple(
        _change(skill, latest.answers[skill], earlier) for skill in SKILLS if skill in latest.answers
    )


def _change(skill: str, now: int, earlier: Sequence[Answered]) -> Change:
    before = next((one for one in reversed(earlier) if skill in one.answers), None)
    return Change(skill, now) if before is None else Change(skill, now, before.answers[skill], before.on)


def add_months(day: date, months: int) -> date:
    """The same day of the month, so many months on; in a shorter month its last day (31 January + 1: 28 or 29
    February).
    """
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


@dataclass(frozen=True, slots=True)
class Boosters:
    """``due_on``: the booster that is offered today. ``next_on``: the first one after today."""

    due_on: date | None = None
    next_on: date | None = None


def boosters(
    since_on: date, looked_on: Iterable[date], today: date, settings: RouteSettings = USUAL
) -> Boosters:
    """The booster that is offered today, and the next one.

    ``looked_on``: the days on which the patient looked at their skills, or skipped that: whatever lies on a
    booster's day or later settles it. Only the latest one is offered, for ``booster_shown_days``; one that passed
    by is simply gone.
    """
    days = [add_months(since_on, months) for months in settings.booster_months]
    latest = max((day for day in days if day <= today), default=None)
    ahead = next((day for day in days if day > today), None)
    if latest is None or any(latest <= day <= today for day in looked_on):
        return Boosters(None, ahead)
    is_shown = (today - latest).days < settings.booster_shown_days
    return Boosters(latest if is_shown else None, ahead)


WHOLE, LIGHTER, MODULE_AGAIN = "whole", "lighter", "again"


@dataclass(frozen=True, slots=True)
class GoingOn:
    """How a patient goes on: WHOLE, LIGHTER (short pages, no optional modules), or one ``module`` AGAIN from its
    first page in its short version."""

    name: str = WHOLE
    module: str | None = None

    @property
    def is_lighter(self) -> bool:
        """Are optional parts left out?"""
        return self.name == LIGHTER

    def is_short_in(self, module: str) -> bool:
        """Do the pages of this module open in their short version?"""
        return self.is_lighter or (self.name == MODULE_AGAIN and self.module == module)


THE_WHOLE = GoingOn()


def is_back_after_weeks(last_active_on: date | None, today: date, settings: RouteSettings = USUAL) -> bool:
    """Did nothing at all happen in the last ``back_after_days`` days? Somebody who never began is new, not back."""
    return last_active_on is not None and (today - last_active_on).days >= settings.back_after_days


def is_back_from_pause(ends: Iterable[date | None], last_active_on: date | None, today: date) -> bool:
    """Has a pause come to its end, and has nothing happened since? ``ends``: the last day of each pause (None: open).

    On the last day itself the patient is back: it is the day of return that they chose.
    """
    over = max((end for end in ends if end is not None and end <= today), default=None)
    return over is not None and (last_active_on is None or last_active_on < over)


def pause_holds(from_on: date, until_on: date | None, today: date) -> bool:
    """Does this pause hold today? Not any more on its last day: that is the day of return."""
    return from_on <= today and (until_on is None or today < until_on)
