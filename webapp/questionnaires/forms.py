"""The patient's forms: how to answer, and a field for each page of published questions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField
from wtforms.validators import InputRequired

from webapp.design.widgets import ButtonField, TickField
from webapp.foundations.drafts import NOT_KEPT
from webapp.foundations.forms import BaseForm
from webapp.questionnaires.answer_fields import Given, data_for, field_on_phone, given_on
from webapp.questionnaires.answer_pages import NUMBER, AnswerPage, Key, pages_of
from webapp.questionnaires.asked import Question


class WayForm(BaseForm):
    """How to answer: a button for each way, and what would make it easier today."""

    short = TickField(_l("I have only a little time"))
    helped = TickField(_l("Somebody is helping me to answer"))
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


class PrintForm(BaseForm):
    """Print the questions: gives them the code that stands on the paper."""


class AnswersForm(BaseForm):
    """The base of the forms that ``form_for`` makes: a field for each page of questions."""

    pages: Sequence[AnswerPage] = ()
    before: Mapping[Key, Any] = {}
    saved_alone = False

    @staticmethod
    def field_for(page: AnswerPage) -> Any:
        """The field of one page: buttons, boxes to tick, or a box for words."""
        return field_on_phone(page)

    @classmethod
    def fields_after(cls) -> dict[str, Any]:
        """What is asked after the questions."""
        return {}

    @property
    def given(self) -> dict[Key, Given]:
        """What was answered; a question that was left open is not in it."""
        found: dict[Key, Given] = {}
        for page in self.pages:
            found |= given_on(page, self[page.name].data, self.before, saved=self.saved_alone)
        return found


class OneAnswerForm(AnswersForm):
    """The questions of one page of their own."""

    saved_alone = True

    @staticmethod
    def field_for(page: AnswerPage) -> Any:
        """The field of the page, which stands alone."""
        return field_on_phone(page, alone=True)

    rather_not = ButtonField(_l("I’d rather not say"))

    @property
    def given(self) -> dict[Key, Given]:
        """What was answered; the link below counts before anything that is still chosen."""
        if self.rather_not.data:
            return {each.key: None for each in self.pages[0].questions}
        return super().given

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True with an answer of the question's own, with "I'd rather not say", or where none is needed."""
        page = self.pages[0]
        field = self[page.name]
        if self.rather_not.data:
            field.raw_data, field.validators = [], []
        elif page.kind == NUMBER and not page.may_be_empty:
            field.validators = [InputRequired(_l("Choose an answer, or tap “I’d rather not say”"))]
        return super().validate(extra_validators)


def form_for(
    kind: type[AnswersForm], questions: Sequence[Question], answers: Mapping[Key, Any], **options: Any
) -> Any:
    """A form of that kind with a field for each page of the questions, filled in with what was answered.

    Where an answer may call for a person at once, nothing is kept outside the database: no draft, no queue.
    """
    pages = pages_of(questions)
    parts: dict[str, Any] = {page.name: kind.field_for(page) for page in pages}
    parts |= kind.fields_after()
    if any(page.must_be_seen for page in pages):
        parts |= {"keeps_drafts": False, NOT_KEPT: HiddenField(default="y")}
    made = type(kind.__name__, (kind,), {**parts, "pages": pages, "before": dict(answers)})
    filled = {page.name: data_for(page, answers) for page in pages}
    return made(data={name: data for name, data in filled.items() if data is not None}, **options)
