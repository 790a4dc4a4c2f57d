"""The day planner: must, should and could, with one demanding thing a day at first, and an order that alternates.

Sources: exercise specification, 4.1.3: must, should and could; at most one demanding task a day at first (as a pain
service in the Wye Valley teaches it); alternate what is demanding and what is not. It says so gently and refuses
nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.design.widgets import CheckboxesField, SelectField
from webapp.people.number_settings import NumberSetting

from .tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

LISTS = ("must", "should", "could")
PLACES = (1, 2, 3)
RESTS = ("rest_1", "rest_2")
DAYS_AHEAD = 7


@dataclass(frozen=True)
class Task:
    """One thing on a day: its name (``must_1``), its list, its words, its demand (None: not said), done?"""

    name: str
    list: str
    what: str
    demand: str | None
    is_done: bool = False

    @property
    def is_demanding(self) -> bool:
        """Is its demand high?"""
        return self.demand == "high"


@dataclass(frozen=True)
class DayPlan:
    """One planned day. ``order`` is a suggested order, empty where there is nothing to choose."""

    entry: Entry
    tasks: tuple[Task, ...]
    rests: tuple[str, ...]
    order: tuple[Task, ...]
    demanding: int
    is_much: bool

    @property
    def on(self) -> date:
        """The day."""
        return self.entry.on

    def of(self, name: str) -> tuple[Task, ...]:
        """The tasks of one list."""
        return tuple(task for task in self.tasks if task.list == name)


@dataclass(frozen=True)
class Planner:
    """Today's plan (None if there is none), the planned days ahead (soonest first), the days still free; and every
    plan, the last day first.
    """

    today: DayPlan | None
    ahead: tuple[DayPlan, ...]
    free: tuple[date, ...]
    every: tuple[DayPlan, ...]


def tasks_of(answers: Mapping[str, Any]) -> tuple[Task, ...]:
    """The things of a day that have words, must before should before could."""
    done = answers.get("done") or []
    names = [(kind, f"{kind}_{place}") for kind in LISTS for place in PLACES]
    return tuple(
        Task(name, kind, str(answers[name]), answers.get(f"{name}_demand"), name in done)
        for kind, name in names
        if answers.get(name)
    )


def alternate(tasks: Sequence[Task]) -> tuple[Task, ...]:
    """An order in which demanding things stand apart from each other as far as that can be.

    Within the demanding ones, and within the others, must stays before should before could. The first thing is of the
    kind that the list begins with, unless there are more demanding things than others: then a demanding one.
    """
    heavy = [task for task in tasks if task.is_demanding]
    light = [task for task in tasks if not task.is_demanding]
    turn_is_heavy = len(heavy) > len(light) or (bool(heavy) and tasks[0].is_demanding)
    order: list[Task] = []
    while heavy or light:
        takes = heavy if (turn_is_heavy and heavy) or not light else light
        order.append(takes.pop(0))
        turn_is_heavy = not turn_is_heavy
    return tuple(order)


def plan_of(entry: Entry, demanding_a_day: int) -> DayPlan:
    """What one day holds. It is *much* when more demanding things stand on it than *demanding_a_day*."""
    tasks = tasks_of(entry.answers)
    order = alternate(tasks)
    demanding = sum(task.is_demanding for task in tasks)
    helps = 0 < demanding < len(tasks) and order != tasks
    return DayPlan(
        entry=entry,
        tasks=tasks,
        rests=tuple(str(entry.get(name)) for name in RESTS if entry.get(name)),
        order=order if helps else (),
        demanding=demanding,
        is_much=demanding > demanding_a_day,
    )


def look_at_days(told: Told) -> Planner:
    """Today, the planned days ahead, and the free days up to a week from now."""
    most = int(told.numbers.get("day_planner_demanding_a_day", 1))
    plans = {entry.on: plan_of(entry, most) for entry in told.of("day")}
    days = [told.today + timedelta(days=number) for number in range(1, DAYS_AHEAD + 1)]
    return Planner(
        today=plans.get(told.today),
        ahead=tuple(plans[day] for day in days if day in plans),
        free=tuple(day for day in days if day not in plans),
        every=tuple(plans.values()),
    )


# --- what is asked --------------------

DEMANDS = [("low", _l("Low")), ("medium", _l("Medium")), ("high", _l("High: it is a demanding thing"))]


def _list_form(kind: str, first: Any, example: Any) -> type[ToolForm]:
    labels = (first, _l("Another thing, if there is one"), _l("And a third, if there is one"))
    demands = (
        _l("How much will the first thing ask of you?"),
        _l("How much will the second thing ask of you?"),
        _l("How much will the third thing ask of you?"),
    )
    fields: dict[str, Any] = {}
    for place in PLACES:
        fields[f"{kind}_{place}"] = line_field(labels[place - 1], example if place == 1 else "")
        fields[f"{kind}_{place}_demand"] = SelectField(demands[place - 1], choices=DEMANDS)
    return type(f"{kind.title()}Form", (ToolForm,), fields)


MustForm = _list_form("must", _l("What has to be done that day?"), _l("For example: ring the bank"))
ShouldForm = _list_form(
    "should", _l("What would be good to do, but could wait?"), _l("For example: change the bed")
)
CouldForm = _list_form(
    "could", _l("What would you like to do, if there is room?"), _l("For example: tea in the garden")
)


class RestForm(ToolForm):
    rest_1 = line_field(
        _l("When will you rest, before you need to?"), _l("For example: at 11, for ten minutes")
    )
    rest_2 = line_field(_l("And another rest?"))


class LeaveOutForm(ToolForm):
    leave_out = text_field(
        _l("What could be left out, or done by somebody else?"),
        _l("For example: the ironing can wait"),
        rows=2,
    )


class WayForm(ToolForm):
    in_the_way = line_field(
        _l("What might get in the way, and what then?"), _l("For example: visitors come, so the bed waits")
    )


class EndForm(ToolForm):
    done = CheckboxesField(_l("What did you do? Part of it counts"))
    found_out = text_field(_l("What did you find out?"), rows=2)

    def prepare(self, asking: Asking) -> None:
        """The day's own things are the choices."""
        tasks = tasks_of(asking.entry.answers) if asking.entry else ()
        self.done.choices = [(task.name, task.what) for task in tasks]
        self.done.data = [name for name in self.done.data or [] if name in {task.name for task in tasks}]


def _energy(asking: Asking) -> bool:
    return asking.told.energy_mode


def _no_energy(asking: Asking) -> bool:
    return not asking.told.energy_mode


def _can_look_back(asking: Asking) -> bool:
    entry = asking.entry
    return entry is not None and entry.on <= asking.told.today and bool(tasks_of(entry.answers))


def _one_line(entry: Entry) -> str:
    tasks = tasks_of(entry.answers)
    if not tasks:
        return str(_("A day with room"))
    return "; ".join(task.what for task in tasks[:3]) + (" …" if len(tasks) > 3 else "")


_REST = _l("Your rests")

KIND = ToolKind(
    name="day-planner",
    title=_l("Day planner"),
    purpose=_l("Sort a day into must, should and could. Then see if it leaves room to breathe."),
    sheets=(
        Sheet(
            name="day",
            add="",  # its page has the buttons: today, and the days ahead
            heading=_l("Your days"),
            how_many=HowMany.ONE_A_DAY,
            days_ahead=DAYS_AHEAD,
            one_line=_one_line,
            screens=(
                Screen("rests_first", _REST, RestForm, _l("Rests come first in energy mode."), asked=_energy),
                Screen(
                    "must", _l("Must"), MustForm, _l("As few as you can. Rest and fun may be musts, too.")
                ),
                Screen("should", _l("Should"), ShouldForm, _l("Leave this empty if the day is full.")),
                Screen("could", _l("Could"), CouldForm, _l("Something you like may stand here.")),
                Screen("leave_out", _l("Leaving out"), LeaveOutForm, asked=_energy),
                Screen("rests", _REST, RestForm, asked=_no_energy),
                Screen("way", _l("Just in case"), WayForm),
                Screen("end", _l("At the end of the day"), EndForm, asked=_can_look_back),
            ),
        ),
    ),
    compute=look_at_days,
    numbers=(
        NumberSetting(
            "day_planner_demanding_a_day",
            _l("Day planner: demanding things a day before the page asks whether one could move"),
            1,
            1,
            5,
            _l(
                "Exercise specification, 4.1.3: at most one demanding task a day at first, as Wye Valley teaches it"
            ),
        ),
    ),
)
