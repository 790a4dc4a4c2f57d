"""The verbs of the questionnaires room: start, answer, skip and finish a sitting; scores; who has read them.

Answers are only ever added, the latest counts, and scores are made in the transaction that finishes it.
The clinic calls ``answers_to_read``, ``mark_read``, ``story_scores`` and ``plotly_figure``; home calls
``due_thing`` and ``scores_of``. What staff type from paper and calls is in ``typing_in``.
"""

from __future__ import annotations

from collections.abc import Mapping

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.questionnaires.figures import plotly_figure
from webapp.questionnaires.keeping import add_answers
from webapp.questionnaires.models import SittingRow
from webapp.questionnaires.one_answer import AnswerInWords, answers_in_words
from webapp.questionnaires.own_battery import WhatIsAsked, asks_double_entry, battery_of
from webapp.questionnaires.planning import (
    DueThing,
    described,
    due_sittings,
    due_thing,
    go_on_with,
    planned_sittings,
)
from webapp.questionnaires.reading import (
    AnswersPage,
    NotFound,
    ToRead,
    answers_to_read,
    mark_read,
    reading_of,
)
from webapp.questionnaires.rules import AnswerRefused
from webapp.questionnaires.schedule_rules import SittingState
from webapp.questionnaires.series import ScorePoint, ScoreSeries, scores_of, scores_of_sitting, story_scores
from webapp.questionnaires.sitting_rows import (
    SittingClosed,
    audited,
    open_row,
    planned_as_battery_says,
    put_to_be_read,
    read_by_day,
    sitting_of,
)
from webapp.questionnaires.sitting_view import Given, Key, SittingView
from webapp.questionnaires.typing_in import (
    CodedSitting,
    CodeRefused,
    Difference,
    SamePerson,
    check_typed,
    code_for,
    correct_typed,
    enter_for_patient,
    may_check,
    sitting_with_code,
)

__all__ = [
    "AnswerInWords", "AnswerRefused", "AnswersPage", "CodeRefused", "CodedSitting", "Difference", "DueThing", "Given",
    "Key", "NotFound",
    "SamePerson", "ScorePoint", "ScoreSeries", "SittingClosed", "SittingView", "ToRead", "answer",
    "answers_in_words", "answers_to_read",
    "asks_double_entry", "battery_of", "check_typed", "code_for", "correct_typed", "described", "due_sittings",
    "due_thing", "enter_for_patient", "finish", "go_on_with", "mark_read", "may_check", "planned_sittings",
    "plotly_figure", "read_by_day", "reading_of", "scores_of", "scores_of_sitting", "sitting_of", "sitting_with_code",
    "skip", "start", "story_scores",
]  # fmt: skip

WAYS = ("one", "all")


def start(
    by: Actor, enrolment: Enrolment, name: str, way: str, *, short: bool = False, helped: bool = False
) -> None:
    """Begin, or go on after a skip, in one of ``WAYS``: one question a page, or all on one page.

    ``short``: the shorter set, because time is short. ``helped``: somebody helps to answer, so questions for one
    person alone are left out. Once there is an answer, what was begun stays; it can still be made shorter.

    Raises:
        NotFound: no such sitting. SittingClosed: it takes no answers now.
    """
    row = open_row(by, enrolment, name)
    row.way = way
    row.skipped_at = None
    if row.started_at is None:
        row.started_at = clock.now()
    _choose(by, enrolment, row, short=short, helped=helped)
    audited(by, "started", row)


def skip(by: Actor, enrolment: Enrolment, name: str) -> None:
    """Not this time: no reason asked. While the window is open, ``start`` takes it back.

    Raises:
        NotFound: no such sitting. SittingClosed: it takes no answers now.
    """
    row = open_row(by, enrolment, name)
    row.skipped_at = clock.now()
    audited(by, "skipped", row)


def answer(
    by: Actor, enrolment: Enrolment, name: str, given: Mapping[Key, Given], language: str = "en"
) -> None:
    """Keep answers as they are given; None is "I'd rather not say". ``language`` is the page's.

    A page of sentences to tick that is saved with one of them is saved whole: the others are 0.

    Raises:
        NotFound: no such sitting. SittingClosed: it was sent or has closed meanwhile.
        AnswerRefused: a question or a value that this sitting does not have; nothing is kept.
    """
    row = open_row(by, enrolment, name)
    if row.started_at is None or row.skipped_at is not None:
        start(by, enrolment, name, row.way, short=row.short, helped=row.helped)
    view = sitting_of(by, enrolment, name, language)
    kept = add_answers(by, enrolment, row, view.questions, view.answers, given)
    if kept:
        audited(by, "answered", row, kept)
        engagement.record(by, enrolment, "answer", kept[0] if len(kept) == 1 else name)


def finish(by: Actor, enrolment: Enrolment, name: str) -> None:
    """Send the answers: score them, and put the sitting where a named person will read it. Twice is once.

    Raises:
        NotFound: no such sitting. SittingClosed: its window has closed.
    """
    try:
        row = open_row(by, enrolment, name)
    except SittingClosed as closed:
        if closed.state is SittingState.FINISHED:
            return
        raise
    put_to_be_read(by, enrolment, row)
    engagement.record(by, enrolment, "answer", name)


def _choose(by: Actor, enrolment: Enrolment, row: SittingRow, *, short: bool, helped: bool) -> None:
    """Freeze what the sitting asks; with an answer there it is only ever made shorter or left to one alone."""
    answers = sitting_of(by, enrolment, row.name).answers
    if answers:
        short, helped = short or row.short, helped or row.helped
    if row.instruments is not None and answers and (short, helped) == (row.short, row.helped):
        return
    sitting = planned_as_battery_says(by, enrolment, row.name).sitting
    row.short, row.helped = short and bool(sitting.shorter), helped
    asked = WhatIsAsked(row.service_id)
    row.instruments = list(asked.fresh(sitting, short=row.short, helped=helped))
