"""My medicines on one sheet, to take to a GP or pharmacist. It keeps the patient's words and works nothing out.

Source: exercise specification, 4.11 as changed by amendment 12: no flag, no dose, no taper, no equivalent; the same text
for everybody. That keeps it a piece of paper and no medical device (PRODUCT.md, "Intended purpose").
"""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import NumberButtonsField

from .tool import Entry, HowMany, Screen, Sheet, Told, ToolKind
from .tool_form import ToolForm, line_field, text_field


@dataclass(frozen=True)
class Medicines:
    """The medicines as they were written down (the first written first), and the questions, if there are any."""

    all: tuple[Entry, ...]
    questions: Entry | None


def list_of(told: Told) -> Medicines:
    """Nothing but the lists, in the order of writing."""
    in_order = tuple(sorted(told.of("medicine"), key=lambda entry: entry.id))
    return Medicines(in_order, told.latest("questions"))


class NameForm(ToolForm):
    name = line_field(
        _l("What is it called?"),
        _l("As on the box. Creams, patches and things from the shop count too."),
        validators=(InputRequired(_l("Write its name, as well as you can")),),
    )
    what_for = line_field(_l("What do you take it for?"))


class TakingForm(ToolForm):
    taking = text_field(
        _l("How do you take it now?"),
        _l("In your own words. For example: one at night, most nights."),
        rows=2,
    )
    how_long = line_field(_l("For how long?"), _l("For example: about two years"))


class HelpsForm(ToolForm):
    helps = NumberButtonsField(
        _l("How much does it help you do what you want to do?"),
        low_label=_l("not at all"),
        high_label=_l("a great deal"),
    )


class BothersForm(ToolForm):
    bothers = text_field(
        _l("Does anything about it bother you?"), _l("For example: I feel foggy in the morning.")
    )
    worries = text_field(_l("Is there anything that worries you?"))


class QuestionsForm(ToolForm):
    question_1 = text_field(_l("What would you most like to ask?"), rows=2)
    question_2 = text_field(_l("And what else?"), rows=2)
    question_3 = text_field(_l("One more?"), rows=2)
    when = line_field(_l("Who will you ask, and when?"), _l("A pharmacist needs no appointment."))
    in_the_way = line_field(_l("What might get in the way, and what then?"))


KIND = ToolKind(
    name="medicines-review",
    title=_l("My medicines sheet"),
    purpose=_l(
        "What you take, what each is for, and what you would like to ask. You can print it and take it along."
    ),
    sheets=(
        Sheet(
            name="medicine",
            add=_l("Add a medicine"),
            heading=_l("My medicines"),
            one_line=lambda entry: str(entry.get("name", "")),
            screens=(
                Screen("name", _l("One medicine"), NameForm),
                Screen("taking", _l("How you take it"), TakingForm),
                Screen("helps", _l("How much it helps"), HelpsForm, _l("There is no right number.")),
                Screen("bothers", _l("What bothers you"), BothersForm),
            ),
            listed=False,
        ),
        Sheet(
            name="questions",
            add=_l("Write my questions"),
            heading=_l("My questions"),
            how_many=HowMany.ONE,
            one_line=lambda entry: str(entry.get("question_1", "")),
            screens=(Screen("questions", _l("My questions"), QuestionsForm),),
            listed=False,
        ),
    ),
    compute=list_of,
)
