"""The field of each kind of question, and the answers that were given in it.

An answer is a whole number, words, or None for "I'd rather not say"; what is absent was left open.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from markupsafe import Markup
from wtforms import ValidationError
from wtforms.validators import Length

from webapp.design.widgets import TEAM, CheckboxesField, RadiosField, Select, SelectField, TextareaField
from webapp.foundations.languages import page_language
from webapp.questionnaires.answer_pages import TICK, WORDS, AnswerPage, Key
from webapp.questionnaires.asked import Question

Given = int | str | None
RATHER_NOT = "rather-not-say"
NONE_OF_THESE = "none-of-these"
MOST_LETTERS = 2000
"""How long an answer in words may be. A house number: about a page of handwriting."""


def field_on_phone(page: AnswerPage, *, alone: bool = False) -> Any:
    """The field of a page as a patient taps it. ``alone``: nothing else is asked where it stands."""
    if page.kind == WORDS:
        return words_field(page.first.text)
    if page.kind == TICK:
        return ticks_field(page, alone=alone)
    return RadiosField(page.first.text, choices=[*_choices(page.first), _rather_not()])


def field_at_desk(page: AnswerPage) -> Any:
    """The same as staff type it in: a list that the first letters of an answer choose from."""
    label = f"{page.first.number}. {page.first.text}"
    if page.kind == WORDS:
        return words_field(label)
    if page.kind == TICK:
        return ticks_field(page)
    numbered = [(value, _with_number(value, words)) for value, words in _choices(page.first)]
    return SelectField(label, choices=[*numbered, _rather_not()], widget=Select(blank=_l("Left open")))


def words_field(label: str) -> Any:
    """A box for an answer in words."""
    too_long = _l("This is longer than %(most)s letters. Please make it a little shorter", most=MOST_LETTERS)
    return TextareaField(label, read_by=TEAM, validators=[Length(max=MOST_LETTERS, message=too_long)])


def ticks_field(page: AnswerPage, *, alone: bool = False) -> Any:
    """Sentences to tick. ``alone`` on their page, saving it without a tick says that none fits.

    Elsewhere a sentence without a tick may just not have been read: two more boxes say which.
    """
    sentences = [(each.item.id, _in_its_language(each, each.text)) for each in page.questions]
    others = [] if alone else [(NONE_OF_THESE, _l("None of these today")), _rather_not()]
    heading = page.first.instrument.names_in(page_language()[0]).heading
    return CheckboxesField(heading, choices=[*sentences, *others], validators=[_of_one_mind])


def given_on(page: AnswerPage, data: Any, before: Mapping[Key, Any], *, saved: bool) -> dict[Key, Given]:
    """What was answered on a page. ``saved``: the page was for these alone, so that no tick is a no."""
    if page.kind == WORDS:
        return _words(page.first, (data or "").strip(), before)
    if page.kind == TICK:
        return _ticks(page.questions, data or [], saved)
    return {page.first.key: None if data == RATHER_NOT else int(data)} if data else {}


def data_for(page: AnswerPage, answers: Mapping[Key, Any]) -> Any:
    """What stands in the field of a page that was answered before; None if nothing was."""
    known = [answers[each.key] for each in page.questions if each.key in answers]
    if not known:
        return None
    if page.kind == TICK:
        return _ticked(page.questions, answers)
    if page.kind == WORDS:
        return known[0] or ""
    return RATHER_NOT if known[0] is None else str(known[0])


def _in_its_language(question: Question, words: str) -> str:
    """Published words, marked with their language where the page is in another."""
    language = question.texts.language
    if language == page_language()[0]:
        return words
    return Markup('<span lang="{}" dir="ltr">{}</span>').format(language, words)


def said(question: Question, answers: Mapping[Key, Any]) -> str:
    """An answer as people read it, in the published words."""
    value = answers.get(question.key)
    if question.key not in answers or value == "":
        return str(_("Left open"))
    if value is None:
        return str(_("I’d rather not say"))
    if question.item.kind == TICK:
        return str(_("Ticked") if value else _("Not ticked"))
    return str(value) if question.item.kind == WORDS else _in_its_language(question, question.words_of(value))


def _choices(question: Question) -> list[tuple[str, str]]:
    return [(str(value), question.words_of(value)) for value in question.values]


def _rather_not() -> tuple[str, Any]:
    return RATHER_NOT, _l("I’d rather not say")


def _with_number(value: str, words: str) -> str:
    return words if words == value else f"{value} · {words}"


def _of_one_mind(_form: Any, field: Any) -> None:
    """Refuses "none of these" beside a sentence, and the like."""
    chosen = set(field.data or [])
    if chosen & {NONE_OF_THESE, RATHER_NOT} and len(chosen) > 1:
        raise ValidationError(
            _l("You ticked “None of these today” or “I’d rather not say”, and more. Untick one")
        )


def _words(question: Question, written: str, before: Mapping[Key, Any]) -> dict[Key, Given]:
    """Words as they stand; where there were some and now are none, they are taken back."""
    return {question.key: written} if written or before.get(question.key) else {}


def _ticks(questions: Sequence[Question], chosen: Sequence[str], saved: bool) -> dict[Key, Given]:
    if RATHER_NOT in chosen:
        return {each.key: None for each in questions}
    if not chosen and not saved:
        return {}
    return {each.key: int(each.item.id in chosen) for each in questions}


def _ticked(questions: Sequence[Question], answers: Mapping[Key, Any]) -> list[str]:
    ticked = [each.item.id for each in questions if answers.get(each.key)]
    if ticked:
        return ticked
    return [RATHER_NOT if all(answers.get(each.key) is None for each in questions) else NONE_OF_THESE]
