"""Which sittings are open for an enrolment: gathers its dates for ``schedule_rules``. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import page_language
from webapp.people import service as people
from webapp.questionnaires.asked import instruments_of, minutes_of
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.models import SittingRow
from webapp.questionnaires.schedule_rules import (
    EnrolmentFacts,
    Milestone,
    PlannedSitting,
    SittingFacts,
    SittingState,
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
    """Every sitting of the battery as it stands for this enrolment on ``today``; none without a battery."""
    battery = instruments().battery
    return () if battery is None else plan_sittings(battery, _facts(by, enrolment), today)


def due_sittings(by: Actor, enrolment: Enrolment, today: date) -> tuple[PlannedSitting, ...]:
    """The sittings that can be answered on ``today``: due, started, or skipped while their window is open."""
    return tuple(each for each in planned_sittings(by, enrolment, today) if each.can_be_answered)


def due_thing(by: Actor, patient_id: UUID, today: date) -> DueThing | None:
    """What Today may offer as one of its small things; never a skipped sitting; none to who has left.

    Raises:
        NotEnrolled: the patient has no enrolment here.
    """
    enrolment = engagement.current_enrolment(by, patient_id)
    if enrolment.ended_on is not None:
        return None
    offered = next_to_answer(planned_sittings(by, enrolment, today))
    return None if offered is None else described(offered)


def described(planned: PlannedSitting) -> DueThing:
    """A planned sitting with our names in the page's language."""
    parts = instruments_of(planned.sitting, instruments())
    return DueThing(
        name=planned.sitting.id,
        headings=tuple(each.names_in(page_language()[0]).heading for each in parts),
        questions=sum(len(each.definition.items) for each in parts),
        minutes=minutes_of(parts),
        started=planned.state is SittingState.STARTED,
        closes_on=planned.closes_on,
    )


def _facts(by: Actor, enrolment: Enrolment) -> EnrolmentFacts:
    zone = people.service_with(enrolment.service_id).time_zone
    rows = db.session.scalars(
        select(SittingRow).where(
            SittingRow.service_id == by.service_id, SittingRow.enrolment_id == enrolment.id
        )
    )
    done = {row.name: _facts_of(row, zone) for row in rows}
    return EnrolmentFacts(_milestones(enrolment), done, refresher=enrolment.door == REFRESHER)


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
