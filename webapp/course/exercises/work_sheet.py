"""My work sheet: what the work of the day asks, what is hard, ideas, and one page for a talk. Any work counts: paid, at
home, caring, studying.

Source: exercise specification, 4.12 (demands, how hard 0 to 10, ideas, whom to talk to, work ability 0 to 10). The steps of
a slow return are the pacing room's sums with the patient's own numbers; nothing is advised and nothing is sent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import ValidationError

from webapp.design.widgets import CheckboxesField, NumberButtonsField, NumberField, RadiosField
from webapp.pacing.amounts import Unit
from webapp.pacing.rules_plan import Plan, staircase

from .tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

DEMANDS = {
    "sitting": _l("Sitting"),
    "standing": _l("Standing or walking"),
    "lifting": _l("Lifting, carrying or reaching"),
    "hands": _l("Using my hands"),
    "thinking": _l("Concentrating"),
    "people": _l("Dealing with people"),
    "travel": _l("Getting there and back"),
    "control": _l("Not being able to choose when I stop"),
}
HARDEST_SHOWN = 3
LEAVE_OUT = _l("Leave out what does not fit.")
MOST_HOURS_A_WEEK = 60
SITUATIONS = [
    ("work", _l("In paid work")),
    ("off", _l("Off sick just now")),
    ("looking", _l("Looking for work")),
    ("caring", _l("Caring for others, or running a home")),
    ("study", _l("Studying")),
    ("volunteer", _l("Volunteering")),
    ("none", _l("None of these just now")),
]
IDEAS = [
    ("breaks", _l("Short breaks before I need them")),
    ("swap", _l("Swapping between sitting, standing and moving")),
    ("order", _l("Doing the hard part at my better time of day")),
    ("hours", _l("Other hours, or fewer for a while")),
    ("place", _l("Doing some of it at home")),
    ("equipment", _l("A different chair, trolley or tool")),
    ("share", _l("Swapping a task with somebody")),
    ("leave", _l("Leaving one thing out")),
]


@dataclass(frozen=True)
class Steps:
    """One way a slow return could go: hours a week, this week first. Empty in energy mode."""

    hours: tuple[int, ...]
    goal: int | None


@dataclass(frozen=True)
class Work:
    """What the page shows: the sheet, the hardest demands (key, 0 to 10), and the steps of a slow return."""

    sheet: Entry | None
    hardest: tuple[tuple[str, int], ...]
    steps: Steps | None


def hardest(answers: Mapping[str, Any]) -> tuple[tuple[str, int], ...]:
    """The three hardest demands above 0, the hardest first; of equals, in the sheet's order. Unknown ones are left out."""
    known = [(key, int(answers[key])) for key in DEMANDS if answers.get(key)]
    return tuple(sorted(known, key=lambda pair: -pair[1])[:HARDEST_SHOWN])


def steps_of_return(start: float, step: float, goal: float | None, *, energy_mode: bool) -> Steps | None:
    """The coming weeks in hours, by the pacing room's staircase; None without a start or a step, and in energy mode.

    The patient chooses start, step and goal (hours a week). Never above the goal. Source: amendments 7 and 8.
    """
    if energy_mode or start < 1 or step <= 0:
        return None
    plan = Plan(Unit.PORTIONS, start, step, goal)
    return Steps(
        tuple(stair.shown for stair in staircase(plan, energy_mode=False)), int(goal) if goal else None
    )


def sheet_of(told: Told) -> Work:
    """The work sheet as it stands."""
    sheet, back = told.latest("work"), told.latest("return")
    steps = None
    if back is not None:
        start, step, goal = float(back.get("start", 0)), float(back.get("step", 0)), back.get("goal")
        steps = steps_of_return(start, step, goal and float(goal), energy_mode=told.energy_mode)
    return Work(sheet, hardest(sheet.answers) if sheet else (), steps)


def _demand(key: str) -> NumberButtonsField:
    return NumberButtonsField(DEMANDS[key], low_label=_l("no problem"), high_label=_l("as hard as can be"))


class WhereForm(ToolForm):
    situation = RadiosField(_l("What is your work just now?"), choices=SITUATIONS)
    day = text_field(
        _l("What do you do on a usual day?"), _l("A few words. Paid or not, it all counts."), rows=2
    )


class StillForm(ToolForm):
    sitting, standing = map(_demand, ("sitting", "standing"))


class BodyForm(ToolForm):
    lifting, hands = map(_demand, ("lifting", "hands"))


class HeadForm(ToolForm):
    thinking, people = map(_demand, ("thinking", "people"))


class RestForm(ToolForm):
    travel, control = map(_demand, ("travel", "control"))


class IdeasForm(ToolForm):
    ideas = CheckboxesField(_l("What might make it easier?"), choices=IDEAS)
    own_idea = line_field(_l("An idea of your own"))


class AbleForm(ToolForm):
    able = NumberButtonsField(
        _l("How able do you feel to do your work now?"),
        description=_l("It is your own number. Nobody works anything out from it."),
        low_label=_l("not able at all"),
        high_label=_l("as able as ever"),
    )


class TalkForm(ToolForm):
    talk_to = line_field(_l("Who could you talk to?"), _l("For example: my manager, my union, my partner"))
    ask = text_field(_l("What is the one thing you would like to ask for?"), rows=2)
    plan = line_field(_l("What will you do, and when?"))
    in_the_way = line_field(_l("What might get in the way, and what then?"))


def _hours(label: Any, hint: Any, least: Decimal) -> NumberField:
    return NumberField(label, description=hint, least=least, most=MOST_HOURS_A_WEEK, unit=_l("hours"))


class ReturnForm(ToolForm):
    start = _hours(
        _l("How many hours a week would you start with?"), _l("An amount for most weeks"), Decimal(1)
    )
    step = _hours(
        _l("How many hours would one step add?"), _l("Small is fine: half an hour is 0.5"), Decimal("0.5")
    )
    goal = _hours(_l("Up to how many hours?"), _l("You can leave this empty."), Decimal(1))

    def validate_goal(self, field: NumberField) -> None:
        """A goal is not below the start."""
        if field.data is not None and self.start.data is not None and field.data < self.start.data:
            raise ValidationError(_("This is less than the hours to start with. Check both numbers"))


def _has_targets(asking: Asking) -> bool:
    return not asking.told.energy_mode


KIND = ToolKind(
    name="work-sheet",
    title=_l("My work sheet"),
    purpose=_l("Take the work of your day apart, and find one idea for the hardest part. Any work counts."),
    asks_more=True,
    sheets=(
        Sheet(
            name="work",
            add=_l("Fill in my sheet"),
            heading=_l("My work"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(_("My work")),
            screens=(
                Screen("where", _l("Your work"), WhereForm),
                Screen("still", _l("How hard is this for you?"), StillForm, LEAVE_OUT),
                Screen("body", _l("And what does the body do?"), BodyForm, LEAVE_OUT),
                Screen("head", _l("What about the head?"), HeadForm, LEAVE_OUT),
                Screen("rest", _l("What else is hard?"), RestForm, LEAVE_OUT),
                Screen("ideas", _l("Ideas"), IdeasForm),
                Screen("able", _l("How able you feel"), AbleForm),
                Screen("talk", _l("A talk about it"), TalkForm),
            ),
            listed=False,
        ),
        Sheet(
            name="return",
            add=_l("Look at a slow return"),
            heading=_l("A slow return"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(_("A slow return")),
            screens=(
                Screen(
                    "hours",
                    _l("A slow return"),
                    ReturnForm,
                    _l("You choose each number. It is one way it could go, and flat weeks are part of it."),
                    asked=_has_targets,
                ),
            ),
            offered=lambda told: not told.energy_mode,
            listed=False,
        ),
    ),
    compute=sheet_of,
)
