"""Gathers the facts of one enrolment from its rows, for the rules. The number of queries never grows with history."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

import holidays
from sqlalchemy import Row, Select, bindparam, func, select

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


@dataclass
class Own:
    """What the tables hold of one enrolment. Contacts are those that nobody undid, oldest first."""

    pauses: list[Span] = field(default_factory=list)
    flares: list[Flare] = field(default_factory=list)
    contacts: list[Row[Any]] = field(default_factory=list)
    active_days: list[date] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    call_dates: list[date] = field(default_factory=list)
    asked_on: date | None = None


def facts_of(enrolment: Enrolment, service: Service, today: date) -> Facts:
    """Everything that the rules may know about this enrolment."""
    return facts_from(own_rows(service.id, [enrolment.id])[enrolment.id], enrolment, service, today)


def own_rows(service_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Own]:
    """The rows of these enrolments. The number of queries grows neither with them nor with their history."""
    found = {one: Own() for one in ids}
    mine = {"service": service_id, "ids": list(ids)}
    for row in db.session.execute(_PAUSES, mine):
        found[row.enrolment_id].pauses.append(Span(row.from_on, row.until_on))
    for row in db.session.execute(_FLARES, mine):
        found[row.enrolment_id].flares.append(Flare(row.from_on, row.until_on, row.answered_on))
    for row in db.session.execute(_CONTACTS, mine):
        found[row.enrolment_id].contacts.append(row)
    for row in db.session.execute(_ACTIVE_DAYS, mine):
        found[row.enrolment_id].active_days.append(row.on)
    for row in db.session.execute(_MILESTONES, mine):
        found[row.enrolment_id].milestones.append(Milestone(row.name, done_on=row.done_on))
    for row in db.session.execute(_CALLS, mine):
        found[row.enrolment_id].call_dates.append(row.due_on)
    for row in db.session.execute(_ASKED, mine):
        found[row.enrolment_id].asked_on = row.asked_on
    return found


def _of(model: Any, *columns: Any) -> Select[Any]:
    return select(model.enrolment_id, *columns).where(
        model.service_id == bindparam("service"), model.enrolment_id.in_(bindparam("ids", expanding=True))
    )


_PAUSES = _of(Pause, Pause.from_on, Pause.until_on).order_by(Pause.id)
_FLARES = _of(FlareUp, FlareUp.from_on, FlareUp.until_on, FlareUp.answered_on).order_by(FlareUp.id)
_CONTACTS = (
    _of(Contact, Contact.at, Contact.on, Contact.channel, Contact.outcome)
    .where(Contact.undone_at.is_(None))
    .order_by(Contact.at, Contact.id)
)
_ACTIVE_DAYS = _of(Event, Event.on).distinct().order_by(Event.enrolment_id, Event.on)
_MILESTONES = _of(MilestoneRow, MilestoneRow.name, MilestoneRow.done_on).order_by(MilestoneRow.position)
_CALLS = _of(AgreedCall, AgreedCall.due_on).where(AgreedCall.withdrawn_at.is_(None)).order_by(AgreedCall.id)
_ASKED = (
    _of(CallRequest, func.min(CallRequest.asked_on).label("asked_on"))
    .where(CallRequest.closed_at.is_(None))
    .group_by(CallRequest.enrolment_id)
)


def facts_from(own: Own, enrolment: Enrolment, service: Service, today: date) -> Facts:
    """The facts that these rows amount to today."""
    pauses, flares = tuple(own.pauses), tuple(own.flares)
    stops = (*pauses, *flare_pauses(flares, thresholds_of(service).flare_pause_days))
    rhythm = Rhythm.OWN_SPEED if enrolment.door == Door.REFRESHER else Rhythm(enrolment.rhythm)
    return Facts(
        invited_on=enrolment.invited_on,
        door=Door(enrolment.door),
        rhythm=Rhythm(enrolment.rhythm),
        way=Way(enrolment.way),
        started_on=enrolment.started_on,
        ended_on=enrolment.ended_on,
        left_reason=enrolment.left_reason,
        finished_on=enrolment.finished_on,
        active_days=tuple(own.active_days),
        milestones=planned_dates(own.milestones, enrolment.started_on, rhythm, stops),
        pauses=pauses,
        flares=flares,
        closures=closures_of(service, today.year, enrolment.invited_on.year),
        asked_for_call_on=own.asked_on,
        safety_alert_on=enrolment.safety_alert_on,
        call_dates=tuple(own.call_dates),
        last_contact_on=max((row.on for row in own.contacts), default=None),
        unanswered_contacts=_unanswered(own.contacts),
        snoozed_until=enrolment.snoozed_until,
        asked_not_to_be_rung_on=enrolment.asked_not_to_be_rung_on,
    )


def _unanswered(contacts: Sequence[Row[Any]]) -> tuple[date, ...]:
    """The days of the tries since the last answer."""
    days: list[date] = []
    for contact in contacts:
        days = [] if contact.outcome in ANSWERED else [*days, contact.on]
    return tuple(days)
