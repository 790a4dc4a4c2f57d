"""The staff's forms: a code from paper, answers typed in, typed a second time, and a slip put right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from flask import request
from flask_babel import lazy_gettext as _l
from flask_babel import lazy_ngettext as _ln
from wtforms import HiddenField
from wtforms.validators import InputRequired

from webapp.design.widgets import DatePartsField, RadiosField, TextField, TickField
from webapp.foundations.forms import BaseForm
from webapp.questionnaires.answer_fields import field_at_desk
from webapp.questionnaires.answer_pages import AnswerPage, Key, still_open
from webapp.questionnaires.asked import Question
from webapp.questionnaires.forms import AnswersForm, form_for

PAPER, PHONE = "paper", "phone"
OLDEST_PAPER = timedelta(days=366)
"""How long ago paper may have been filled in. A house number: it catches a slip in the year."""


class CodeForm(BaseForm):
    """The code that stands on a printed form."""

    keeps_drafts = False
    paper_code = TextField(
        _l("The code on the form"), validators=[InputRequired(_l("Type the code that stands on the form"))]
    )


class TypedForm(AnswersForm):
    """Answers typed in by staff: a list for each question, quick with the keyboard."""

    @staticmethod
    def field_for(page: AnswerPage) -> Any:
        """The field of one page: a list, boxes to tick, or a box for words."""
        return field_at_desk(page)

    @classmethod
    def fields_after(cls) -> dict[str, Any]:
        """Said of what has no answer."""
        return {"left_empty": TickField(_l("What is left open here is left open by the patient too"))}

    @property
    def open_pages(self) -> tuple[AnswerPage, ...]:
        """The questions that ask for an answer and have none here."""
        return still_open([each for page in self.pages for each in page.questions], self.given)

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True if every answer is one that is offered, and what has none was meant to have none."""
        fine = super().validate(extra_validators)
        return self._nothing_forgotten() and fine

    def _nothing_forgotten(self) -> bool:
        count = len(self.open_pages)
        if not count or self.left_empty.data:
            return True
        said = _ln(
            "%(num)s question has no answer here. Type it in, or tick this box",
            "%(num)s questions have no answer here. Type them in, or tick this box",
            count,
        )
        self.left_empty.errors = [*self.left_empty.errors, said]
        return False


class StaffForm(TypedForm):
    """Answers from paper or a call, with where they are from and the day that they are of."""

    mode = RadiosField(
        _l("Where are these answers from?"),
        choices=[(PAPER, _l("A paper form")), (PHONE, _l("A phone call: I read the questions out"))],
        validators=[InputRequired(_l("Say whether the answers come from paper or from a call"))],
    )

    def validate(self, extra_validators: Mapping[str, Any] | None = None) -> bool:
        """True with a day for paper, too."""
        if self.mode.data == PAPER:
            self.written_on.missing = _l("Write the day that stands on the form")
        return super().validate(extra_validators)


def staff_form(questions: Sequence[Question], today: date) -> Any:
    """The form for typing in answers on this day of the service."""
    written_on = DatePartsField(
        _l("Which day were they answered?"), earliest=today - OLDEST_PAPER, latest=today
    )
    return form_for(type("StaffForm", (StaffForm,), {"written_on": written_on}), questions, {})


class SecondForm(TypedForm):
    """The same answers, typed by a second person who does not see the first."""


class CorrectionForm(TypedForm):
    """A slip of typing put right: what stands there now, to be changed."""


class DifferencesForm(BaseForm):
    """Where two people typed different answers: which one stands on the form. Made by ``differences_form``."""

    keeps_drafts = False
    asked: Sequence[Question] = ()
    choosing = HiddenField(default="y")

    @property
    def was_shown(self) -> bool:
        """True if what was sent comes from the page with the choices."""
        return "choosing" in request.form

    @property
    def chosen(self) -> dict[Key, str]:
        """For each question, ``first`` or ``second``."""
        return {each.key: self[_choice_of(each)].data for each in self.asked}

    def shown(self, question: Question) -> Any:
        """The field of one question."""
        return self[_choice_of(question)]


def differences_form(choices: Sequence[tuple[Question, str, str]]) -> DifferencesForm:
    """A choice between two answers in words for each question that was typed differently."""
    fields = {
        _choice_of(question): RadiosField(
            f"{question.number}. {question.text}",
            choices=[("first", first), ("second", second)],
            validators=[InputRequired(_l("Choose the answer that stands on the form"))],
        )
        for question, first, second in choices
    }
    asked = tuple(question for question, _first, _second in choices)
    made = type("DifferencesForm", (DifferencesForm,), {**fields, "asked": asked})
    form: DifferencesForm = made()
    form.choosing.data, form.once.data = "y", uuid4().hex
    return form


def _choice_of(question: Question) -> str:
    return f"choose-{question.name}"
