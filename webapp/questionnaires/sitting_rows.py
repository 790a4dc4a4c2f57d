"""One sitting of an enrolment: finding it, its row (made when it is first needed), and sending it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from webapp.engagement.models import Enrolment
from webapp.engagement.requests import working_day_after
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, new_id
from webapp.people import service as people
from webapp.people.models import Service
from webapp.questionnaires.asked import Question, questions_of
from webapp.questionnaires.catalogue import instruments, twins
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.keeping import TimePointAnswers, answers_at, keep_scores
from webapp.questionnaires.models import Reading, SittingRow
from webapp.questionnaires.own_battery import WhatIsAsked, battery_of
from webapp.questionnaires.planning import sittings_as_battery_says
from webapp.questionnaires.reading import NotFound
from webapp.questionnaires.schedule_rules import PlannedSitting, SittingState
from webapp.questionnaires.sitting_view import SittingView


class SittingClosed(Exception):
    """The sitting takes no more answers: it was sent, or its window has closed: ``state`` says."""

    def __init__(self, state: SittingState) -> None:
        self.state = state
        super().__init__(state.value)


def sitting_of(
    by: Actor,
    enrolment: Enrolment,
    name: str,
    language: str = "en",
    *,
    short: bool = False,
    as_printed: bool = False,
) -> SittingView:
    """One sitting of this enrolment, with its questions and what was answered.

    ``as_printed``: as it stands on a paper form, with all of its questions, whatever was begun on the phone or
    answered elsewhere; with ``short`` on the form of the shorter set. So is a sitting that staff have typed in.

    Raises:
        NotFound: the battery has none of this name.
    """
    planned, row = _found(by, enrolment, name)
    asked = WhatIsAsked(enrolment.service_id)
    answers = answers_at(by, enrolment, planned.time_point, name)
    shorter = asked.fresh(planned.sitting, short=True) if planned.sitting.shorter else ()
    typed = row is not None and row.entered_by is not None
    on_paper = as_printed or typed
    fresh = as_printed and not typed
    names = asked.on_paper(planned.sitting, row, short=short) if fresh else asked.names(planned.sitting, row)
    return SittingView(
        replace(planned, sitting=replace(planned.sitting, instruments=names)),
        row,
        _questions(names, language, TimePointAnswers() if on_paper else answers),
        answers.here,
        () if on_paper else _questions(shorter, language, answers),
    )


def planned_as_battery_says(by: Actor, enrolment: Enrolment, name: str) -> PlannedSitting:
    """One sitting with the instruments of the service's battery, however it was begun.

    Raises:
        NotFound: the battery has none of this name.
    """
    return _found(by, enrolment, name)[0]


def open_row(by: Actor, enrolment: Enrolment, name: str) -> SittingRow:
    """The row of a sitting that can be answered, locked until the end of the transaction.

    Raises:
        NotFound: no such sitting, or it has not opened. SittingClosed: it takes no answers now.
    """
    planned = planned_as_battery_says(by, enrolment, name)
    if planned.state is SittingState.LATER:
        raise NotFound(name)
    if not planned.can_be_answered:
        raise SittingClosed(SittingState.CLOSED if planned.state is SittingState.SKIPPED else planned.state)
    row = locked_row(by, enrolment, planned)
    if row.finished_at is not None:
        raise SittingClosed(SittingState.FINISHED)
    return row


def locked_row(by: Actor, enrolment: Enrolment, planned: PlannedSitting) -> SittingRow:
    """Two tabs at the same moment: one row, and one after the other."""
    battery = battery_of(people.service_with(enrolment.service_id))
    made: dict[str, Any] = {
        "id": new_id(),
        "service_id": by.service_id,
        "enrolment_id": enrolment.id,
        "patient_id": enrolment.patient_id,
        "battery": f"{battery.id}/{battery.version}" if battery else "",
        "time_point": planned.time_point,
        "name": planned.sitting.id,
        "way": "one",
        "mode": "online",
        "short": False,
        "helped": False,
    }
    db.session.execute(insert(SittingRow).values(made).on_conflict_do_nothing())
    wanted = _row_of(by, enrolment, planned.sitting.id).with_for_update()
    row: SittingRow = db.session.scalars(wanted, execution_options={"populate_existing": True}).one()
    return row


def put_to_be_read(by: Actor, enrolment: Enrolment, row: SittingRow) -> None:
    """The sitting is finished: freeze what it asked, score it, and put it where a named person will read it."""
    service = people.service_with(row.service_id)
    parts = instruments_now(by, enrolment, row)
    row.instruments = [each.id for each in parts]
    row.finished_at, row.skipped_at = clock.now(), None
    db.session.flush()
    keep_scores(by, enrolment, row, parts)
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
    audited(by, "finished", row)


def instruments_now(by: Actor, enrolment: Enrolment, row: SittingRow) -> list[Instrument]:
    """What this sitting asks."""
    planned = planned_as_battery_says(by, enrolment, row.name)
    names = WhatIsAsked(row.service_id).names(planned.sitting, row)
    return [instruments().get(name) for name in names]


def read_by_day(service: Service) -> date:
    """The working day by which somebody reads answers that are sent today."""
    today = clock.today(service.time_zone)
    return working_day_after(service, today, service.answers_read_within_working_days)


def audited(by: Actor, verb: str, row: SittingRow, fields: list[str] | None = None) -> None:
    """Write down that this was done with a sitting."""
    audit.record(by, verb, "questionnaire", row.id, patient_id=row.patient_id, fields=fields or ())


def _found(by: Actor, enrolment: Enrolment, name: str) -> tuple[PlannedSitting, SittingRow | None]:
    today = clock.today(people.service_with(enrolment.service_id).time_zone)
    planned, rows = sittings_as_battery_says(by, enrolment, today)
    found = next((each for each in planned if each.sitting.id == name), None)
    if found is None:
        raise NotFound(name)
    return found, rows.get(name)


def _questions(names: tuple[str, ...], language: str, answers: TimePointAnswers) -> tuple[Question, ...]:
    parts = [instruments().get(name) for name in names]
    return questions_of(parts, language, twins(), answers.here, answers.elsewhere.keys())


def _row_of(by: Actor, enrolment: Enrolment, name: str) -> Any:
    return select(SittingRow).where(
        SittingRow.service_id == by.service_id,
        SittingRow.enrolment_id == enrolment.id,
        SittingRow.name == name,
    )
