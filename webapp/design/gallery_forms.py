"""The form of the gallery: one of every field, empty, filled in, and refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from werkzeug.datastructures import MultiDict
from wtforms import Form, HiddenField
from wtforms.validators import InputRequired, ValidationError

from webapp.design.widgets import (
    ONLY_ME,
    TEAM,
    ButtonField,
    CheckboxesField,
    DatePartsField,
    EmailField,
    NumberButtonsField,
    NumberField,
    PasswordField,
    Radios,
    RadiosField,
    SelectField,
    TextareaField,
    TextField,
    TickField,
)

_WHEN = [
    ("morning", "In the morning"),
    ("evening", "In the evening"),
    ("other", "Another time"),
    ("none", "I don’t mind"),
]


class EveryField(Form):
    """One of every field that a page can hold."""

    once = HiddenField(default="k-1")
    version = HiddenField(default="3")
    name = TextField(
        "What would you like to do more steadily?", description="A walk, the dishes, sitting to read."
    )
    email = EmailField("Your e-mail address", description="We only write if you want us to.")
    minutes = NumberField(
        "How long was your first try?", unit="minutes", minutes=True, description="Stop before it hurts more."
    )
    steps = NumberField("How many times?", whole=True, least=1, most=100)
    born = DatePartsField(
        "What is your date of birth?",
        missing="Fill in your date of birth",
        description="For example, 3 3 1979",
    )
    when = RadiosField(
        "When would you like to do it?",
        choices=_WHEN,
        widget=Radios(divider_before="none", hints={"morning": "Many people have more energy then."}),
        validators=[InputRequired("Choose a time of day")],
    )
    other_time = TextField("Which time?")
    helps = CheckboxesField(
        "What helps you on a hard day?",
        choices=[("heat", "Warmth"), ("rest", "A short rest"), ("talk", "Talking")],
    )
    place = SelectField("Where will you do it?", choices=[("home", "At home"), ("park", "In the park")])
    pain = NumberButtonsField(
        "How much has pain got in the way this week?",
        low_label="not at all",
        high_label="completely",
        validators=[InputRequired("Choose a number")],
    )
    thoughts = TextareaField("What went through your mind?", read_by=ONLY_ME)
    message = TextareaField("What would you like to tell us?", read_by=TEAM, limit=400)
    password = PasswordField("Your password")
    new_password = PasswordField(
        "Choose a password", new=True, description="Three words that only you would put together."
    )
    agree = TickField("I understand what my team can see")
    second = ButtonField("Save and stop here")


def empty_form() -> EveryField:
    """Nothing filled in: no answer is ticked."""
    return EveryField()


def filled_form() -> EveryField:
    """Everything filled in, as from the database."""
    return EveryField(
        data={
            "name": "Walk to the park",
            "email": "asha@example.org",
            "minutes": Decimal("7.5"),
            "steps": Decimal(12),
            "born": date(1979, 3, 3),
            "when": "other",
            "other_time": "After school",
            "helps": ["heat", "talk"],
            "place": "park",
            "pain": 7,
            "thoughts": "I was proud.\n\nThen tired.",
            "message": "Thank you",
            "agree": True,
        }
    )


def refused_form() -> EveryField:
    """Sent with something wrong in every field, and validated."""
    typed: dict[str, Any] = {
        "email": "asha", "minutes": "ten", "steps": "1000", "born-day": "31", "born-month": "2",
        "born-year": "1979", "place": "moon", "pain": "12", "helps": "cake", "thoughts": "x",
    }  # fmt: skip
    form = EveryField(MultiDict(typed))
    refusals = {
        name: [_refuse]
        for name in ("name", "email", "other_time", "thoughts", "message", "password", "agree")
    }
    form.validate(extra_validators=refusals)
    return form


def _refuse(form: Form, field: Any) -> None:
    raise ValidationError(f"{field.label.text}: look at this again")
