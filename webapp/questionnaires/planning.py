"""Which sittings are open for an enrolment: gathers its dates for ``schedule_rules``. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.engagement.requests import running_pause
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.questionnaires.asked import instruments_of, minutes_of, questions_of
from webapp.questionnaires.catalogue import instruments, twins
from webapp.questionnaires.models import SittingRow
from webapp.questionnaires.own_battery import WhatIsAsked, battery_of
from webapp.questionnaires.schedule_rules import (
    EnrolmentFacts,
    Milestone,
    PlannedSitting,
    SittingFacts,
    SittingState,
    may_go_on_with,
    next_to_answer,
    plan_sittings,
)

REFRESHER = "refresher"


@dataclass(frozen=True)
class DueThing:
    """The one sitting to offer today: ``name`` stands in its address, ``headings`` are our names for it."""

    name: str
    headings: tuple[str, ...]
    questions: int
    minutes: int
    started: bool
    closes_on: date | None


def planned_sittings(by: Actor, enrolment: Enrolment, today: date) -> tuple[PlannedSitting, ...]:
    """Every sitting of the service's battery as it stands for this enrolment on ``today``, with what it asks now."""
    planned, rows = sittings_as_battery_says(by, enrolment, today)
    asked = WhatIsAsked(enrolment.service_id)
    return tuple(asked.planned(each, rows.get(each.sitting.id)) for each in planned)


def due_sittings(by: Actor, enrolment: Enrolment, today: date) -> tuple[PlannedSitting, ...]:
    """The sittings to show on ``today``: due, started, or skipped while their window is open.

    In a pause only what was started; nothing to who has left.
    """
    if enrolment.ended_on is not None:
        return ()
    paused = running_pause(enrolment, today) is not None
    shown = [
        each
        for each in planned_sittings(by, enrolment, today)
        if each.can_be_answered and each.state is not SittingState.EARLY
    ]
    if paused:
        shown = [each for each in shown if each.state is SittingState.STARTED]
    return tuple(shown)


def due_thing(by: Actor, patient_id: UUID, today: date) -> DueThing | None:
    """What Today may offer as one of its small things; never a skipped sitting; none in a pause or to who has left.

    Raises:
        NotEnrolled: the patient has no enrolment here.
    """
    enrolment = engagement.current_enrolment(by, patient_id)
    if enrolment.ended_on is not None:
        return None
    planned, rows = sittings_as_battery_says(by, enrolment, today)
    offered = next_to_answer(planned)
    if offered is None or running_pause(enrolment, today) is not None:
        return None
    return described(WhatIsAsked(enrolment.service_id).planned(offered, rows.get(offered.sitting.id)))


def go_on_with(by: Actor, enrolment: Enrolment, finished: str, today: date) -> DueThing | None:
    """The next part of the same time point, if it may be answered in one go with the one that was ``finished``."""
    found = may_go_on_with(planned_sittings(by, enrolment, today), finished)
    return None if found is None else described(found)


def described(planned: PlannedSitting) -> DueThing:
    """A planned sitting with our names in the page's language."""
    language = page_language()[0]
    parts = instruments_of(planned.sitting, instruments())
    asked = questions_of(parts, language, twins())
    return DueThing(
        name=planned.sitting.id,
        headings=tuple(dict.fromkeys(each.names_in(language).heading for each in parts)),
        questions=len(asked),
        minutes=minutes_of(asked),
        started=planned.state is SittingState.STARTED,
        closes_on=planned.closes_on,
    )


def sittings_as_battery_says(
    by: Actor, enrolment: Enrolment, today: date
) -> tuple[tuple[PlannedSitting, ...], dict[str, SittingRow]]:
    """Every sitting as the service's battery has it, and the rows of those that were begun, skipped or typed in."""
    service = people.service_with(enrolment.service_id)
    battery = battery_of(service)
    if battery is None:
        return (), {}
    found = db.session.scalars(
        select(SittingRow).where(
            SittingRow.service_id == by.service_id, SittingRow.enrolment_id == enrolment.id
        )
    )
    rows = {row.name: row for row in found}
    done = {name: _facts_of(row, service.time_zone) for name, row in rows.items()}
    facts = EnrolmentFacts(_milestones(enrolment), done, refresher=enrolment.door == REFRESHER)
    return plan_sittings(battery, facts, today), rows


def _facts_of(row: SittingRow, zone: str) -> SittingFacts:
    return SittingFacts(_day(row.started_at, zone), _day(row.finished_at, zone), _day(row.skipped_at, zone))


def _day(moment: datetime | None, zone: str) -> date | None:
    return None if moment is None else clock.local(moment, zone).date()


def _milestones(enrolment: Enrolment) -> dict[Milestone, date]:
    rows = engagement.milestones_of(enrolment)
    done_on = sorted(row.done_on for row in rows if row.done_on is not None)
    half = (len(rows) + 1) // 2
    reached = {
        Milestone.ACTIVATED: enrolment.started_on,
        Milestone.MODULE_1_FINISHED: rows[0].done_on if rows else None,
        Milestone.HALFWAY: done_on[half - 1] if rows and len(done_on) >= half else None,
        Milestone.COURSE_FINISHED: enrolment.finished_on,
    }
    return {milestone: day for milestone, day in reached.items() if day is not None}
