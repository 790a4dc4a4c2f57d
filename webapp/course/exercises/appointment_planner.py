"""An appointment on one page: what matters most, what was tried, and afterwards what was agreed.

Source: appointment planner of exercise specification, 4.10 (top three questions, what I want, what I tried).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import DatePartsField, TimeField

from .tool import Asking, Entry, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field

QUESTIONS = ("question_1", "question_2", "question_3")


@dataclass(frozen=True)
class Appointments:
    """The appointments that lie ahead or have no day yet (the next first), those to look back on, and the others."""

    ahead: tuple[Entry, ...]
    to_look_back_on: tuple[Entry, ...]
    past: tuple[Entry, ...]


def sort_by_day(told: Told) -> Appointments:
    """An appointment of today still lies ahead. One that is over waits for a look back until something was agreed."""
    ahead, waiting, past = [], [], []
    for entry in told.of("appointment"):
        day = entry.day("day")
        if entry.get("agreed") or entry.get("next_step"):
            past.append(entry)
        elif day is None or day >= told.today:
            ahead.append(entry)
        else:
            waiting.append(entry)
    ahead.sort(key=lambda entry: (entry.day("day") or date.max, entry.id))
    return Appointments(tuple(ahead), tuple(waiting), tuple(past))


class WithForm(ToolForm):
    who = line_field(
        _l("Who is it with?"),
        _l("For example: GP, pharmacist, physio"),
        validators=(InputRequired(_l("Write who it is with, in a word or two")),),
    )
    day = DatePartsField(_l("On which day?"), description=_l("Leave it empty if you do not know yet."))
    at = TimeField(_l("At what time?"), description=_l("For example 10:20"))


class AskForm(ToolForm):
    question_1 = text_field(_l("What is the most important thing to ask or say?"), rows=2)
    question_2 = text_field(_l("And next?"), rows=2)
    question_3 = text_field(_l("One more?"), rows=2)


class HopeForm(ToolForm):
    want = text_field(_l("What would make it a good appointment for you?"), rows=2)
    tried = text_field(_l("What have you tried, and how did it go?"))


class DayForm(ToolForm):
    my_day = text_field(
        _l("How does pain change your day?"),
        _l("One real example says more than a number. For example: I sit on the stairs half way up."),
    )
    taking = text_field(_l("What do you take now?"), _l("Or write: see my medicines sheet."), rows=2)


class WayForm(ToolForm):
    plan = line_field(_l("How will you get there, and who comes with you?"))
    in_the_way = line_field(_l("What might get in the way, and what then?"))


class AfterForm(ToolForm):
    agreed = text_field(_l("What was agreed?"))
    next_step = line_field(_l("What happens next, and who does it?"))


def _is_planned(asking: Asking) -> bool:
    return asking.entry is not None and asking.entry.is_complete


KIND = ToolKind(
    name="appointment-planner",
    title=_l("Appointment planner"),
    purpose=_l("Your most important things on one page, to take with you or to read out."),
    sheets=(
        Sheet(
            name="appointment",
            add=_l("Plan an appointment"),
            heading=_l("My appointments"),
            one_line=lambda entry: str(_("With %(who)s", who=entry.get("who", ""))),
            screens=(
                Screen("with", _l("Which appointment?"), WithForm),
                Screen("ask", _l("What matters most"), AskForm, _l("Start with the one that matters most.")),
                Screen("hope", _l("What you hope for"), HopeForm),
                Screen("day", _l("Your day with pain"), DayForm),
                Screen("way", _l("Getting there"), WayForm),
                Screen("after", _l("Afterwards"), AfterForm, asked=_is_planned),
            ),
            listed=False,
        ),
    ),
    compute=sort_by_day,
)
