"""What a movement routine makes of what was noted: the week of each movement, and what a look-back says.

Pure. Sources: exercise specification 4.9 and 4.1.2 with amendments 5 to 8 and 14. A day with nothing noted is unknown,
never "no". The amounts stand in `routine_amounts.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from webapp.pacing.flare import Spell
from webapp.pacing.rules_look_back import Answers, Reading, WorseDayAfter, look_back
from webapp.pacing.rules_plan import Plan, staircase
from webapp.pacing.rules_tick import FEWEST_DAYS_A_WEEK, MOST_DAYS_A_WEEK, Tick, TickResult

from .routine_amounts import ANY_PLAN, TRIES, latest_choice, plan_of
from .tool import Entry, Told

WEEK = 7
FEW_DAYS_AGO = 3
"""Days over which a cost is looked for in energy mode (amendment 8: "over the next three days")."""
DID, SOME, NOT_TODAY = "did", "some", "no"


# --- the days --------------------


def said_on(days: Sequence[Entry], name: str, on: date) -> str | None:
    """What was noted of a movement on a day; None is unknown, never "no"."""
    entry = next((day for day in days if day.on == on), None)
    return entry.get("did", {}).get(name) if entry else None


_STATES = {DID: "done", SOME: "some", NOT_TODAY: "rest"}


def week_states(days: Sequence[Entry], name: str, monday: date, today: date) -> tuple[tuple[date, str], ...]:
    """Monday to Sunday as the week strip takes them."""
    week = [monday + timedelta(days=n) for n in range(WEEK)]
    return tuple((day, _state(said_on(days, name, day), day, today)) for day in week)


def _state(said: str | None, day: date, today: date) -> str:
    return _STATES.get(said or "", "ahead" if day >= today else "open")


def days_done(days: Sequence[Entry], names: Iterable[str], from_on: date, to_on: date) -> int:
    """Days on which at least one of these movements was done, in full or in part."""
    wanted = set(names)
    return sum(
        from_on <= day.on <= to_on
        and any(said in (DID, SOME) for name, said in day.get("did", {}).items() if name in wanted)
        for day in days
    )


def minutes_noted(days: Sequence[Entry], from_on: date, to_on: date) -> int | None:
    """Minutes that were noted in these days; None if none were."""
    known = [
        int(day.get("minutes"))
        for day in days
        if from_on <= day.on <= to_on and day.get("minutes") is not None
    ]
    return sum(known) if known else None


# --- looking back --------------------


def period_before(on: date, first_on: date) -> tuple[date, date]:
    """The days that a look-back on *on* is about: the seven before it, or those since the routine began."""
    return min(max(on - timedelta(days=WEEK), first_on), on), max(on - timedelta(days=1), min(first_on, on))


def worse_after(days: Sequence[Entry], from_on: date, to_on: date, said: str | None) -> WorseDayAfter | None:
    """How often the day after was worse: as said at the look-back, otherwise as noted day by day. Not said is not "no"."""
    if said:
        return WorseDayAfter(said)
    after = range((to_on - from_on).days + 1)
    noted = {from_on + timedelta(days=n + 1) for n in after}
    worse = sum(day.on in noted and day.get("worse") == "yes" for day in days)
    return (None, WorseDayAfter.ONCE, WorseDayAfter.MORE)[min(worse, 2)]


def planned_among(ticks: Sequence[TickResult], week: Sequence[date], days_a_week: int) -> tuple[date, ...]:
    """The planned days, for a patient who plans a number of days and not which ones.

    Days on which something was done come first, then days with nothing noted, then "not today": with five days in
    seven, two days of "not today" belong to the plan.
    """
    by_day = {tick.on: tick.tick for tick in ticks}
    order = {Tick.AS_PLANNED: 0, Tick.LESS: 0, Tick.NOT_KNOWN: 1, Tick.NONE: 2}
    ranked = sorted(week, key=lambda day: (order[by_day.get(day, Tick.NOT_KNOWN)], day))
    number = min(max(days_a_week, FEWEST_DAYS_A_WEEK), MOST_DAYS_A_WEEK)
    return tuple(sorted(ranked[: min(number, len(week))]))


_TICKS = {DID: Tick.AS_PLANNED, SOME: Tick.LESS, NOT_TODAY: Tick.NONE}


@dataclass(frozen=True)
class Seen:
    """One movement in the days that are looked back on. ``reading`` is what the leaflet rule says of them, if it says
    anything; it never changes what may be chosen."""

    movement: Entry
    done: int
    planned: int
    not_noted: int
    reading: Reading


def seen_in(
    told: Told, movement: Entry, from_on: date, to_on: date, *, worse: str | None, sure: int | None
) -> Seen:
    """How these days went for one movement."""
    days, name = told.of("day"), str(movement.get("which"))
    week = [from_on + timedelta(days=n) for n in range((to_on - from_on).days + 1)]
    plan = plan_of(movement, told.of("look_back"), told.pacing)
    said = {day: mark for day in week if (mark := said_on(days, name, day))}
    ticks = [TickResult(day, plan.shown if plan else 1, _TICKS[mark]) for day, mark in said.items()]
    planned = planned_among(ticks, week, int(movement.get("days") or MOST_DAYS_A_WEEK))
    answers = Answers(
        worse_after(days, from_on, to_on, worse),
        sure,
        had_flare=any(overlaps(one, from_on, to_on) for one in told.flares),
    )
    back = look_back(
        plan or ANY_PLAN, planned, ticks, answers, energy_mode=told.energy_mode, settings=told.pacing
    )
    done = sum(mark in (DID, SOME) for mark in said.values())
    reading = back.reading if plan else Reading.NOT_READ
    return Seen(movement, done, len(planned), len(week) - len(said), reading)


def overlaps(flare: Spell, from_on: date, to_on: date) -> bool:
    """Was the flare-up running on one of these days?"""
    return flare.began_on <= to_on and (flare.ended_on is None or flare.ended_on > from_on)


# --- the routine --------------------


@dataclass(frozen=True)
class Line:
    """One movement of the routine. ``plan`` is None without an amount, and in energy mode; ``stairs`` is one way that
    it could go, as shown amounts. ``next_try`` is the number of the try that may be written now."""

    entry: Entry
    name: str
    counted: str
    plan: Plan | None
    days_a_week: int | None
    week: tuple[tuple[date, str], ...]
    days_done: int
    choice: str | None
    next_try: int | None
    stairs: tuple[int, ...]


@dataclass(frozen=True)
class Routine:
    """What the page shows. ``days_done`` and ``minutes`` are of this week, Monday to today."""

    lines: tuple[Line, ...]
    today: Entry | None
    days_done: int
    minutes: int | None
    may_note: tuple[date, ...]
    ask_cost: tuple[Entry, ...]
    look_back_due: bool
    in_flare: bool

    @property
    def first_on(self) -> date | None:
        """The day on which the routine began."""
        return min((line.entry.on for line in self.lines), default=None)


def movements_of(told: Told) -> tuple[Entry, ...]:
    """The movements of the routine, as they were chosen, the oldest first."""
    return tuple(entry for entry in reversed(told.of("movement")) if entry.get("which"))


def names_of(told: Told) -> list[str]:
    """The names of the movements of the routine."""
    return [str(entry.get("which")) for entry in movements_of(told)]


def was_active(told: Told, on: date) -> bool:
    """Was a movement done on that day, in full or in part, as far as it was noted?"""
    day = told.on("day", on)
    return day is not None and any(said in (DID, SOME) for said in day.get("did", {}).values())


def routine_of(told: Told) -> Routine:
    """All that the page shows."""
    days, movements = told.of("day"), movements_of(told)
    monday = told.today - timedelta(days=told.today.weekday())
    names = [str(entry.get("which")) for entry in movements]
    first_on = min((entry.on for entry in movements), default=told.today)
    backs = told.of("look_back")
    last_on = max((back.on for back in backs), default=first_on)
    return Routine(
        lines=tuple(_line(told, entry, monday) for entry in movements),
        today=told.on("day", told.today),
        days_done=days_done(days, names, monday, told.today),
        minutes=minutes_noted(days, monday, told.today),
        may_note=_may_note(told, first_on),
        ask_cost=_ask_cost(told) if told.energy_mode else (),
        look_back_due=bool(movements) and (told.today - last_on).days >= WEEK,
        in_flare=any(flare.ended_on is None for flare in told.flares),
    )


def _line(told: Told, entry: Entry, monday: date) -> Line:
    name, days, backs = str(entry.get("which")), told.of("day"), told.of("look_back")
    plan = None if told.energy_mode else plan_of(entry, backs, told.pacing)
    stairs = staircase(plan, energy_mode=told.energy_mode, settings=told.pacing) if plan else ()
    return Line(
        entry=entry,
        name=name,
        counted=str(entry.get("counted", "times")),
        plan=plan,
        days_a_week=None if told.energy_mode else entry.get("days"),
        week=week_states(days, name, monday, told.today),
        days_done=days_done(days, [name], monday, told.today),
        choice=latest_choice(entry, backs),
        next_try=None if told.energy_mode else next_try(entry.answers),
        stairs=tuple(stair.shown for stair in stairs),
    )


def next_try(answers: Mapping[str, Any]) -> int | None:
    """The number of the try that is still to be written, for a patient who chose tries and has not chosen a start; None
    after the third."""
    if answers.get("how") != "tries" or answers.get("start") not in (None, "later"):
        return None
    return next((number for number in TRIES if answers.get(f"try_{number}") is None), None)


def _may_note(told: Told, first_on: date) -> tuple[date, ...]:
    """The last six days before today with nothing noted, since the routine began; the newest first."""
    before = [told.today - timedelta(days=n) for n in range(1, WEEK)]
    return tuple(day for day in before if day >= first_on and told.on("day", day) is None)


def _ask_cost(told: Told) -> tuple[Entry, ...]:
    """Days of which the cost over the next three days can be told now."""
    return tuple(
        day
        for day in told.of("day")
        if FEW_DAYS_AGO <= (told.today - day.on).days <= WEEK
        and day.get("cost") is None
        and any(said in (DID, SOME) for said in day.get("did", {}).values())
    )
