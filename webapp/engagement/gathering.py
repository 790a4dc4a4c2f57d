"""Gathers the facts of one enrolment from its rows, for the rules. The number of queries never grows with history."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import holidays
from sqlalchemy import func, select

from webapp.engagement.contact_rules import ANSWERED
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Milestone, Rhythm, Way, flare_pauses
from webapp.engagement.models import (
    AgreedCall,
    CallRequest,
    Contact,
    Enrolment,
    Event,
    FlareUp,
    MilestoneRow,
    Pause,
)
from webapp.engagement.plan_rules import planned_dates
from webapp.engagement.thresholds import Thresholds
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.people.models import Service

NATION_CODES = {"england": "ENG", "wales": "WLS", "scotland": "SCT", "northern_ireland": "NIR"}


def thresholds_of(service: Service) -> Thresholds:
    """The service's own numbers over the defaults."""
    return Thresholds(**service.thresholds)


def service_of(by: Actor) -> Service:
    """The service in which somebody acts.

    Raises:
        ValueError: they act in none.
    """
    if by.service_id is None:
        raise ValueError("This needs somebody who acts in a service.")
    return people.service_with(by.service_id)


def closures_of(service: Service, year: int, since_year: int | None = None) -> frozenset[date]:
    """Days that count for nobody: bank holidays of the nation round this year, and the service's own closed days.

    With ``since_year`` those since then as well, so that what was counted years ago does not change.
    """
    own = frozenset(date.fromisoformat(day) for day in service.closures)
    first = year - 2 if since_year is None else min(since_year, year) - 1
    return own | _bank_holidays(NATION_CODES[service.nation], first, year + 1)


@lru_cache(maxsize=256)
def _bank_holidays(nation: str, first_year: int, last_year: int) -> frozenset[date]:
    years = range(first_year, last_year + 1)
    return frozenset(holidays.country_holidays("GB", subdiv=nation, years=years))


def facts_of(enrolment: Enrolment, service: Service, today: date) -> Facts:
    """Everything that the rules may know about this enrolment."""
    key = (enrolment.service_id, enrolment.id)
    pauses = tuple(Span(row.from_on, row.until_on) for row in _rows(Pause, key))
    flares = tuple(Flare(row.from_on, row.until_on, row.answered_on) for row in _rows(FlareUp, key))
    thresholds = thresholds_of(service)
    contacts = [row for row in _rows(Contact, key) if row.undone_at is None]
    return Facts(
        invited_on=enrolment.invited_on,
        door=Door(enrolment.door),
        rhythm=Rhythm(enrolment.rhythm),
        way=Way(enrolment.way),
        started_on=enrolment.started_on,
        ended_on=enrolment.ended_on,
        left_reason=enrolment.left_reason,
        finished_on=enrolment.finished_on,
        active_days=_active_days(key),
        milestones=_milestones(enrolment, key, (*pauses, *flare_pauses(flares, thresholds.flare_pause_days))),
        pauses=pauses,
        flares=flares,
        closures=closures_of(service, today.year, enrolment.invited_on.year),
        asked_for_call_on=_asked_on(key),
        safety_alert_on=enrolment.safety_alert_on,
        call_dates=tuple(row.due_on for row in _rows(AgreedCall, key) if row.withdrawn_at is None),
        last_contact_on=max((row.on for row in contacts), default=None),
        unanswered_contacts=_unanswered(contacts),
        snoozed_until=enrolment.snoozed_until,
        asked_not_to_be_rung_on=enrolment.asked_not_to_be_rung_on,
    )


def _rows(model: Any, key: tuple[UUID, UUID]) -> list[Any]:
    service_id, enrolment_id = key
    rows = select(model).where(model.service_id == service_id, model.enrolment_id == enrolment_id)
    return list(db.session.scalars(rows.order_by(model.id)))


def _active_days(key: tuple[UUID, UUID]) -> tuple[date, ...]:
    days = select(Event.on).where(Event.service_id == key[0], Event.enrolment_id == key[1]).distinct()
    return tuple(db.session.scalars(days.order_by(Event.on)))


def _milestones(
    enrolment: Enrolment, key: tuple[UUID, UUID], pauses: tuple[Span, ...]
) -> tuple[Milestone, ...]:
    rows = sorted(_rows(MilestoneRow, key), key=lambda row: row.position)
    found = tuple(Milestone(row.name, done_on=row.done_on) for row in rows)
    rhythm = Rhythm.OWN_SPEED if enrolment.door == Door.REFRESHER else Rhythm(enrolment.rhythm)
    return planned_dates(found, enrolment.started_on, rhythm, pauses)


def _asked_on(key: tuple[UUID, UUID]) -> date | None:
    return db.session.scalar(
        select(func.min(CallRequest.asked_on)).where(
            CallRequest.service_id == key[0],
            CallRequest.enrolment_id == key[1],
            CallRequest.closed_at.is_(None),
        )
    )


def _unanswered(contacts: list[Contact]) -> tuple[date, ...]:
    """The days of the tries since the last answer."""
    days: list[date] = []
    for contact in sorted(contacts, key=lambda row: row.at):
        days = [] if contact.outcome in ANSWERED else [*days, contact.on]
    return tuple(days)
