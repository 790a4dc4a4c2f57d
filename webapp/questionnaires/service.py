"""The verbs of the questionnaires room: start, answer, skip and finish a sitting; scores; who has read them.

Answers are only ever added, the latest counts, and scores are made in the transaction that finishes it.
The clinic calls ``answers_to_read``, ``mark_read``, ``story_scores`` and ``plotly_figure``; home calls
``due_thing`` and ``scores_of``.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.engagement.requests import working_day_after
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, new_id
from webapp.people import service as people
from webapp.people.models import Service
from webapp.questionnaires.asked import Question, instruments_of, questions_of
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.figures import plotly_figure
from webapp.questionnaires.models import Answer, Reading, ScoreRow, SittingRow
from webapp.questionnaires.planning import (
    DueThing,
    described,
    due_sittings,
    due_thing,
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
from webapp.questionnaires.rules import AnswerRefused, Score, score
from webapp.questionnaires.schedule_rules import PlannedSitting, SittingState
from webapp.questionnaires.series import ScorePoint, ScoreSeries, score_as_json, scores_of, story_scores
from webapp.questionnaires.sitting_view import Key, SittingView

__all__ = [
    "AnswerRefused", "AnswersPage", "DueThing", "NotFound", "ScorePoint", "ScoreSeries", "SittingClosed",
    "SittingView", "ToRead", "answer", "answers_to_read", "described", "due_sittings", "due_thing",
    "enter_for_patient", "finish", "mark_read", "planned_sittings", "plotly_figure", "read_by_day",
    "reading_of", "scores_of", "sitting_of", "skip", "start", "story_scores",
]  # fmt: skip

WAYS = ("one", "all")
STAFF_MODES = ("paper", "phone")


class SittingClosed(Exception):
    """The sitting takes no more answers: it was sent, or its window has closed: ``state`` says."""

    def __init__(self, state: SittingState) -> None:
        self.state = state
        super().__init__(state.value)


def sitting_of(by: Actor, enrolment: Enrolment, name: str, language: str = "en") -> SittingView:
    """One sitting of this enrolment, with its questions and what was answered.

    Raises:
        NotFound: the battery has none of this name.
    """
    planned = _planned(by, enrolment, name)
    row = db.session.scalar(_row_of(by, enrolment, name))
    answers = {} if row is None else _latest_answers(row)
    return SittingView(planned, row, questions_of(planned.sitting, instruments(), language), answers)


def start(by: Actor, enrolment: Enrolment, name: str, way: str) -> None:
    """Begin, or go on after a skip, in one of ``WAYS``: one question a page, or all on one page.

    Raises:
        NotFound: no such sitting. SittingClosed: it takes no answers now.
    """
    row = _open_row(by, enrolment, name)
    row.way = way
    row.skipped_at = None
    if row.started_at is None:
        row.started_at = clock.now()
    _audit(by, "started", row)


def skip(by: Actor, enrolment: Enrolment, name: str) -> None:
    """Not this time: no reason asked. While the window is open, ``start`` takes it back.

    Raises:
        NotFound: no such sitting. SittingClosed: it takes no answers now.
    """
    row = _open_row(by, enrolment, name)
    row.skipped_at = clock.now()
    _audit(by, "skipped", row)


def answer(
    by: Actor, enrolment: Enrolment, name: str, given: Mapping[Key, int | None], language: str = "en"
) -> None:
    """Keep answers as they are given; None is "I'd rather not say". ``language`` is the page's.

    Raises:
        NotFound: no such sitting. SittingClosed: it was sent or has closed meanwhile.
        AnswerRefused: a question or a value that this sitting does not have; nothing is kept.
    """
    row = _open_row(by, enrolment, name)
    if row.started_at is None or row.skipped_at is not None:
        start(by, enrolment, name, row.way)
    kept = _add_answers(by, row, _planned(by, enrolment, name), given, language)
    if kept:
        _audit(by, "answered", row, kept)
        engagement.record(by, enrolment, "answer", kept[0] if len(kept) == 1 else name)


def finish(by: Actor, enrolment: Enrolment, name: str) -> None:
    """Send the answers: score them, and put the sitting where a named person will read it. Twice is once.

    Raises:
        NotFound: no such sitting. SittingClosed: its window has closed.
    """
    try:
        row = _open_row(by, enrolment, name)
    except SittingClosed as closed:
        if closed.state is SittingState.FINISHED:
            return
        raise
    _finish(by, row, _planned(by, enrolment, name))
    engagement.record(by, enrolment, "answer", name)


def enter_for_patient(
    by: Actor,
    enrolment: Enrolment,
    name: str,
    answers: Mapping[Key, int | None],
    mode: str,
    language: str = "en",
) -> UUID:
    """Staff type in answers from ``paper`` or ``phone``, marked so; the sitting is finished. Returns its id.

    Works before a sitting opens and after it closes too: paper comes when it comes. What stands on the paper
    takes the place of what was answered on the phone.

    Raises:
        NotFound: no such sitting. SittingClosed: it was finished already.
        AnswerRefused: a question or value that it does not have. ValueError: another mode.
    """
    if mode not in STAFF_MODES:
        raise ValueError(mode)
    planned = _planned(by, enrolment, name)
    row = _locked_row(by, enrolment, planned)
    if row.finished_at is not None:
        raise SittingClosed(SittingState.FINISHED)
    row.mode, row.entered_by, row.skipped_at = mode, by.name, None
    if row.started_at is None:
        row.started_at = clock.now()
    kept = _add_answers(by, row, planned, answers, language)
    _finish(by, row, planned)
    _audit(by, "entered", row, kept)
    engagement.record(by, enrolment, "answer", name, by_staff=True)
    return row.id


def read_by_day(service: Service) -> date:
    """The working day by which somebody reads answers that are sent today."""
    today = clock.today(service.time_zone)
    return working_day_after(service, today, service.answers_read_within_working_days)


def _planned(by: Actor, enrolment: Enrolment, name: str) -> PlannedSitting:
    today = clock.today(people.service_with(enrolment.service_id).time_zone)
    found = next((each for each in planned_sittings(by, enrolment, today) if each.sitting.id == name), None)
    if found is None:
        raise NotFound(name)
    return found


def _open_row(by: Actor, enrolment: Enrolment, name: str) -> SittingRow:
    """The row of a sitting that can be answered, locked until the end of the transaction."""
    planned = _planned(by, enrolment, name)
    if planned.state is SittingState.LATER:
        raise NotFound(name)
    if not planned.can_be_answered:
        raise SittingClosed(SittingState.CLOSED if planned.state is SittingState.SKIPPED else planned.state)
    row = _locked_row(by, enrolment, planned)
    if row.finished_at is not None:
        raise SittingClosed(SittingState.FINISHED)
    return row


def _locked_row(by: Actor, enrolment: Enrolment, planned: PlannedSitting) -> SittingRow:
    """Two tabs at the same moment: one row, and one after the other."""
    battery = instruments().battery
    made: dict[str, Any] = {
        "id": new_id(),
        "service_id": by.service_id,
        "enrolment_id": enrolment.id,
        "patient_id": enrolment.patient_id,
        "battery": f"{battery.id}/{battery.version}" if battery else "",
        "time_point": planned.time_point,
        "name": planned.sitting.id,
        "way": WAYS[0],
        "mode": "online",
    }
    db.session.execute(insert(SittingRow).values(made).on_conflict_do_nothing())
    wanted = _row_of(by, enrolment, planned.sitting.id).with_for_update()
    row: SittingRow = db.session.scalars(wanted, execution_options={"populate_existing": True}).one()
    return row


def _row_of(by: Actor, enrolment: Enrolment, name: str) -> Any:
    return select(SittingRow).where(
        SittingRow.service_id == by.service_id,
        SittingRow.enrolment_id == enrolment.id,
        SittingRow.name == name,
    )


def _latest_answers(row: SittingRow) -> dict[Key, int | None]:
    rows = db.session.execute(
        select(Answer.instrument, Answer.item, Answer.value)
        .where(Answer.service_id == row.service_id, Answer.sitting_id == row.id)
        .order_by(Answer.id)
    )
    return {(instrument, item): value for instrument, item, value in rows}


def _add_answers(
    by: Actor, row: SittingRow, planned: PlannedSitting, given: Mapping[Key, int | None], language: str
) -> list[str]:
    """Add what differs from what is already there; gives the names of the items that were added."""
    asked = {each.key: each for each in questions_of(planned.sitting, instruments(), language)}
    before = _latest_answers(row)
    for key, value in given.items():
        _refuse_what_is_not_asked(asked, key, value)
    new = {key: value for key, value in given.items() if key not in before or before[key] != value}
    for key, value in new.items():
        texts = asked[key].texts
        db.session.add(
            Answer(
                service_id=row.service_id,
                sitting_id=row.id,
                instrument=key[0],
                item=key[1],
                value=value,
                at=clock.now(),
                language=texts.language,
                fingerprint=texts.fingerprint,
                account_id=by.account_id,
            )
        )
    db.session.flush()
    return ["/".join(key) for key in new]


def _refuse_what_is_not_asked(asked: Mapping[Key, Question], key: Key, value: int | None) -> None:
    if key not in asked:
        raise AnswerRefused("/".join(key), value, None)
    score(asked[key].instrument.definition, {key[1]: value})


def _finish(by: Actor, row: SittingRow, planned: PlannedSitting) -> None:
    service = people.service_with(row.service_id)
    row.finished_at, row.skipped_at = clock.now(), None
    answers = _latest_answers(row)
    for instrument in instruments_of(planned.sitting, instruments()):
        of_this = {item: value for (name, item), value in answers.items() if name == instrument.id}
        found = score(instrument.definition, of_this)
        db.session.add(
            _score_row(row, instrument.id, instrument.version, found, clock.today(service.time_zone))
        )
    db.session.add(
        Reading(
            service_id=row.service_id,
            sitting_id=row.id,
            patient_id=row.patient_id,
            finished_at=row.finished_at,
            promised_on=read_by_day(service),
        )
    )
    db.session.flush()
    _audit(by, "finished", row)


def _score_row(row: SittingRow, instrument: str, version: int, found: Score, today: date) -> ScoreRow:
    return ScoreRow(
        service_id=row.service_id,
        sitting_id=row.id,
        patient_id=row.patient_id,
        instrument=instrument,
        version=version,
        total=found.total,
        exact=None if found.exact is None else str(found.exact),
        subscales={name: score_as_json(each) for name, each in found.subscales.items()},
        answered=found.answered,
        missing=list(found.missing),
        prorated=found.prorated,
        reason=None if found.reason is None else found.reason.value,
        at=row.finished_at,
        on=today,
    )


def _audit(by: Actor, verb: str, row: SittingRow, fields: list[str] | None = None) -> None:
    audit.record(by, verb, "questionnaire", row.id, patient_id=row.patient_id, fields=fields or ())
