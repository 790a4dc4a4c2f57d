"""The forms of looking back."""

from __future__ import annotations

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired, Length

from webapp.design.widgets import NumberButtonsField, RadiosField, TextareaField
from webapp.foundations.forms import BaseForm

from .forms import LONGEST_TEXT, ONLY_ME, StepForm
from .rules_review import Choice, Outcome
from .words import CHOICE_NAMES, OUTCOME_NAMES


class OutcomeForm(BaseForm):
    """How it went: three equal buttons, each sends its own value."""

    keeps_drafts = False
    outcome = RadiosField(
        choices=[(outcome.value, name) for outcome, name in OUTCOME_NAMES.items()],
        validators=[InputRequired(_l("Choose one of the three"))],
    )

    @property
    def chosen(self) -> Outcome:
        return Outcome(self.outcome.data)


class DaysForm(StepForm):
    done = NumberButtonsField(
        _l("On how many of these days did it happen?"),
        validators=[InputRequired(_l("Choose a number, or tap “Skip this”"))],
    )

    def __init__(self, *args: Any, planned: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.done.choices = [(number, str(number)) for number in range(planned + 1)]


def _about(label: Any, hint: Any) -> TextareaField:
    most = Length(max=LONGEST_TEXT, message=_l("Use 1,000 letters or fewer"))
    return TextareaField(
        label, description=hint, read_by=ONLY_ME, rows=3, validators=[most], filters=[_readable]
    )


def _readable(text: Any) -> Any:
    return text.replace("\x00", "").strip() if isinstance(text, str) else text


class HelpedForm(StepForm):
    helped = _about(
        _l("What helped, even a little?"), _l("For example: Sam came along. Or: I sat down half-way.")
    )


class GotInTheWayForm(StepForm):
    got_in_the_way = _about(
        _l("What made it hard, if anything?"),
        _l("This tells you about the plan. It says nothing bad about you."),
    )


class NextForm(BaseForm):
    """What comes next: equal buttons, each sends its own value; only those that are open to this patient."""

    keeps_drafts = False
    choice = RadiosField(validators=[InputRequired(_l("Choose one of the buttons"))])

    def __init__(self, *args: Any, choices: tuple[Choice, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.choice.choices = [(choice.value, CHOICE_NAMES[choice]) for choice in choices]

    @property
    def chosen(self) -> Choice:
        return Choice(self.choice.data)
