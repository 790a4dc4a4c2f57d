"""What staff type for a patient: answers from paper or a call, a second time by somebody else, and corrections."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.questionnaires.code_rules import ALPHABET, LENGTH, CodeRefused, code_from, read_code
from webapp.questionnaires.keeping import add_answers, keep_scores
from webapp.questionnaires.models import Answer, Reading, SittingRow
from webapp.questionnaires.own_battery import WhatIsAsked
from webapp.questionnaires.reading import NotFound
from webapp.questionnaires.schedule_rules import SittingState
from webapp.questionnaires.sitting_rows import (
    SittingClosed,
    audited,
    instruments_now,
    locked_row,
    planned_as_battery_says,
    put_to_be_read,
    read_by_day,
    sitting_of,
)
from webapp.questionnaires.sitting_view import Given, Key, SittingView

__all__ = ["CodeRefused"]
STAFF_MODES = ("paper", "phone")


class SamePerson(Exception):
    """Whoever typed a form in cannot be the one who checks it."""


@dataclass(frozen=True)
class CodedSitting:
    """The sitting whose code stands on a paper form: of which enrolment, and whether it was finished already."""

    enrolment: Enrolment
    name: str
    finished: bool


@dataclass(frozen=True)
class Difference:
    """A question that was typed differently. A value that is not there was left open: ``OPEN``."""

    key: Key
    first: Given
    second: Given
    first_open: bool
    second_open: bool


def enter_for_patient(
    by: Actor,
    enrolment: Enrolment,
    name: str,
    answers: Mapping[Key, Given],
    mode: str,
    language: str = "en",
    *,
    written_on: date | None = None,
    short: bool = False,
) -> UUID:
    """Staff type in answers from ``paper`` or ``phone``, marked so; the sitting is finished. Returns its id.

    Works before a sitting opens and after it closes too: paper comes when it comes. What stands on the paper
    takes the place of what was answered on the phone. ``written_on`` is the day on the paper; ``short``: it was
    the form of the shorter set.

    Raises:
        NotFound: no such sitting. SittingClosed: it was finished already.
        AnswerRefused: a question or value that it does not have. ValueError: another mode, or a day to come.
    """
    if mode not in STAFF_MODES:
        raise ValueError(mode)
    planned = planned_as_battery_says(by, enrolment, name)
    _refuse_day_to_come(enrolment, written_on)
    row = locked_row(by, enrolment, planned)
    if row.finished_at is not None:
        raise SittingClosed(SittingState.FINISHED)
    _freeze_paper(row, WhatIsAsked(row.service_id).on_paper(planned.sitting, row, short=short), short=short)
    row.mode, row.entered_by, row.written_on, row.skipped_at = mode, by.name, written_on, None
    if row.started_at is None:
        row.started_at = clock.now()
    db.session.flush()
    view = sitting_of(by, enrolment, name, language)
    kept = add_answers(by, enrolment, row, view.questions, view.answers, answers)
    put_to_be_read(by, enrolment, row)
    audited(by, "entered", row, kept)
    engagement.record(by, enrolment, "answer", name, by_staff=True)
    return row.id


def may_check(by: Actor, view: SittingView) -> bool:
    """Is this a form that was typed in, was not checked yet, and did somebody else type it?"""
    row = view.row
    return (
        row is not None
        and row.finished_at is not None
        and row.mode in STAFF_MODES
        and row.checked_at is None
        and not _typed_by(by, row)
    )


def check_typed(
    by: Actor,
    enrolment: Enrolment,
    name: str,
    answers: Mapping[Key, Given],
    resolved: Mapping[Key, Given] | None = None,
    language: str = "en",
) -> tuple[Difference, ...]:
    """A second person has typed the same form. Gives what differs from what is kept, and changes nothing then.

    Without any difference the sitting is marked as checked. With ``resolved`` (for each difference the value
    that stands on the paper) it is, too: values that were wrong are added under the second person's account, and
    scores are worked out anew.

    Raises:
        NotFound: no such sitting, or nobody typed it in. SamePerson: ``by`` typed it in.
        AnswerRefused: a question or a value that it does not have. ValueError: a difference is not resolved.
    """
    row, view = _typed(by, enrolment, name, language)
    if _typed_by(by, row):
        raise SamePerson(by.name)
    differences = _differences(view, answers)
    if differences and resolved is None:
        return differences
    chosen = dict(resolved or {})
    if any(each.key not in chosen for each in differences):
        raise ValueError("a difference is not resolved")
    kept = _change(by, enrolment, row, view, {each.key: chosen[each.key] for each in differences})
    row.checked_by, row.checked_at = by.name, clock.now()
    db.session.flush()
    audited(by, "checked", row, kept)
    return ()


def correct_typed(
    by: Actor, enrolment: Enrolment, name: str, answers: Mapping[Key, Given], language: str = "en"
) -> list[str]:
    """Put right what was typed wrongly: the answers are added, scores worked out anew; gives what was changed.

    A sitting that somebody has read already is to be read again.

    Raises:
        NotFound: no such sitting, or nobody typed it in. AnswerRefused: a question or value that it does not have.
    """
    row, view = _typed(by, enrolment, name, language)
    kept = _change(by, enrolment, row, view, answers)
    if kept:
        audited(by, "corrected", row, kept)
    return kept


def code_for(by: Actor, enrolment: Enrolment, name: str) -> str:
    """The code of this sitting, for its paper form: made when it is first asked for, then always the same.

    Raises:
        NotFound: no such sitting.
    """
    planned = planned_as_battery_says(by, enrolment, name)
    row = locked_row(by, enrolment, planned)
    if row.instruments is None:
        row.instruments = list(WhatIsAsked(row.service_id).fresh(planned.sitting))  # as it is printed now
    while row.code is None:
        code = code_from([secrets.randbelow(len(ALPHABET)) for _ in range(LENGTH - 1)])
        taken = exists().where(SittingRow.service_id == row.service_id, SittingRow.code == code)
        row.code = None if db.session.scalar(select(taken)) else code
    db.session.flush()
    return row.code


def sitting_with_code(by: Actor, code: str) -> CodedSitting:
    """The sitting whose paper form bears this code, in this service.

    Raises:
        CodeRefused: a slip in the typing, and which kind. NotFound: no sitting has this code.
    """
    wanted = (SittingRow.service_id == by.service_id, SittingRow.code == read_code(code))
    row = db.session.scalar(select(SittingRow).where(*wanted))
    if row is None:
        raise NotFound(code)
    enrolment = db.session.get_one(Enrolment, (row.service_id, row.enrolment_id))
    return CodedSitting(enrolment, row.name, row.finished_at is not None)


def _freeze_paper(row: SittingRow, asked: tuple[str, ...], *, short: bool) -> None:
    """A paper form asks what its kind asks, whatever was begun on the phone."""
    row.instruments, row.short, row.helped = list(asked), short, False


def _refuse_day_to_come(enrolment: Enrolment, written_on: date | None) -> None:
    zone = people.service_with(enrolment.service_id).time_zone
    if written_on is not None and written_on > clock.today(zone):
        raise ValueError("the day on the paper has not come yet")


def _typed(by: Actor, enrolment: Enrolment, name: str, language: str) -> tuple[SittingRow, SittingView]:
    """A finished sitting that staff typed in, locked."""
    row = locked_row(by, enrolment, planned_as_battery_says(by, enrolment, name))
    if row.finished_at is None or row.mode not in STAFF_MODES:
        raise NotFound(name)
    return row, sitting_of(by, enrolment, name, language)


def _typed_by(by: Actor, row: SittingRow) -> bool:
    mine = exists().where(
        Answer.service_id == row.service_id, Answer.sitting_id == row.id, Answer.account_id == by.account_id
    )
    return row.entered_by == by.name or bool(db.session.scalar(select(mine)))


def _differences(view: SittingView, answers: Mapping[Key, Given]) -> tuple[Difference, ...]:
    found = []
    for key in [question.key for question in view.questions]:
        first, second = view.answers.get(key, _OPEN), answers.get(key, _OPEN)
        if first != second:
            found.append(
                Difference(
                    key,
                    None if first is _OPEN else view.answers[key],
                    None if second is _OPEN else answers[key],
                    first_open=first is _OPEN,
                    second_open=second is _OPEN,
                )
            )
    return tuple(found)


_OPEN = object()


def _change(
    by: Actor, enrolment: Enrolment, row: SittingRow, view: SittingView, answers: Mapping[Key, Given]
) -> list[str]:
    kept = add_answers(by, enrolment, row, view.questions, view.answers, answers)
    if kept:
        keep_scores(by, enrolment, row, instruments_now(by, enrolment, row))
        _read_again(row)
    return kept


def _read_again(row: SittingRow) -> None:
    reading = db.session.scalars(
        select(Reading).where(Reading.service_id == row.service_id, Reading.sitting_id == row.id)
    ).one()
    if reading.read_at is not None:
        reading.read_at, reading.read_by, reading.account_id = None, None, None
        reading.promised_on = read_by_day(people.service_with(row.service_id))
        db.session.flush()
