"""Forms made from published questions: a field each, with its answers and "I'd rather not say"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms.validators import InputRequired

from webapp.design.widgets import ButtonField, RadiosField, Select, SelectField
from webapp.foundations.forms import BaseForm
from webapp.questionnaires.asked import Question

RATHER_NOT = "rather-not-say"
Key = tuple[str, str]


class WayForm(BaseForm):
    """How to answer: a button for each way."""

    one = ButtonField(_l("One question a page"))
    all = ButtonField(_l("All on one page"))

    @property
    def way(self) -> str:
        """The way whose button was pressed."""
        return "all" if self.all.data else "one"


class SkipForm(BaseForm):
    """Not this time."""


class SendForm(BaseForm):
    """Send the answers as they are."""


class AnswersForm(BaseForm):
    """The base of the forms that ``form_for`` makes."""

    questions: Sequence[Question] = ()

    @staticmethod
    def field_for(question: Question) -> Any:
        """The field of one question: buttons."""
        return RadiosField(question.text, choices=_choices(question))

    @property
    def given(self) -> dict[Key, int | None]:
        """What was answered; a question that was left open is not in it."""
        tapped = {question.key: self[question.name].data for question in self.questions}
        return {key: _value(data) for key, data in tapped.items() if data}


class OneAnswerForm(AnswersForm):
    """One question on a page of its own."""

    rather_not = ButtonField(_l("I’d rather not say"))

    @property
    def given(self) -> dict[Key, int | None]:
        """The one answer; the link below counts before any number that is still chosen."""
        return {self.questions[0].key: None} if self.rather_not.data else super().given

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True with an answer of the question's own, or with "I'd rather not say"."""
        field = self[self.questions[0].name]
        if self.rather_not.data:
            field.raw_data = []
        else:
            field.validators = [InputRequired(_l("Choose an answer, or tap “I’d rather not say”"))]
        return super().validate(extra_validators)


class StaffForm(AnswersForm):
    """Answers from paper or a call, typed in by staff: a list for each question, quick with the keyboard."""

    @staticmethod
    def field_for(question: Question) -> Any:
        """The field of one question: a list."""
        label = f"{question.number}. {question.text}"
        return SelectField(label, choices=_choices(question), widget=Select(blank=_l("Left open")))

    mode = RadiosField(
        _l("Where are these answers from?"),
        choices=[("paper", _l("A paper form")), ("phone", _l("A phone call: I read the questions out"))],
        validators=[InputRequired(_l("Say whether the answers come from paper or from a call"))],
    )


def form_for(
    kind: type[AnswersForm], questions: Sequence[Question], answers: Mapping[Key, int | None], **options: Any
) -> Any:
    """A form of that kind with a field for each question, filled in with what was answered."""
    fields = {question.name: kind.field_for(question) for question in questions}
    made = type(kind.__name__, (kind,), {**fields, "questions": tuple(questions)})
    filled = {
        question.name: _data(answers[question.key]) for question in questions if question.key in answers
    }
    return made(data=filled, **options)


def _choices(question: Question) -> list[tuple[str, Any]]:
    offered = [(str(value), question.words_of(value)) for value in question.values]
    return [*offered, (RATHER_NOT, _l("I’d rather not say"))]


def _data(value: int | None) -> str:
    return RATHER_NOT if value is None else str(value)


def _value(data: str) -> int | None:
    return None if data == RATHER_NOT else int(data)
