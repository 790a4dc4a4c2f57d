"""The verbs of the portal. It owns no table: each verb calls the rooms that do, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from webapp.engagement import contact_rules, requests
from webapp.engagement import service as engagement
from webapp.engagement.models import Contact, Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.people.models import Patient, Service

from . import concerns
from .concerns import WORRIED

HIDE_DAYS = 28
"""A row that was dismissed comes back after so many days. Source: as after a contact (Thresholds)."""


class NotFound(LookupError):
    """There is no such patient (or thing of theirs) in this service: a page answers 404."""


class TooLate(Exception):
    """A contact can be taken back for ten minutes only."""


@dataclass(frozen=True)
class Call:
    """What came of a call, as the form says it. Reason and return go with their outcomes."""

    outcome: str
    note: str = ""
    ring_again_on: date | None = None
    pause_until: date | None = None
    left_reason: str = ""
    offered: Sequence[str] = field(default_factory=tuple)
    handed_to: str = ""


def service_of(by: Actor) -> Service:
    """The service in which ``by`` acts."""
    if by.service_id is None:
        raise NotFound("service")
    return people.service_with(by.service_id)


def today_of(by: Actor) -> date:
    """The local day of the service in which ``by`` acts."""
    return clock.today(service_of(by).time_zone)


def patient_of(by: Actor, patient_id: UUID) -> tuple[Patient, Enrolment | None]:
    """A patient of this service and their latest way through the course, if they have one.

    Raises:
        NotFound: there is no such patient here.
    """
    try:
        patient = people.patient_of(by, patient_id)
    except people.NotFound:
        raise NotFound(str(patient_id)) from None
    try:
        return patient, engagement.current_enrolment(by, patient_id)
    except engagement.NotEnrolled:
        return patient, None


def enrolled(by: Actor, patient_id: UUID) -> tuple[Patient, Enrolment]:
    """The same for what needs an enrolment.

    Raises:
        NotFound: no such patient here, or they were never invited.
    """
    patient, enrolment = patient_of(by, patient_id)
    if enrolment is None:
        raise NotFound(str(patient_id))
    return patient, enrolment


def look_at(patient: Patient, *, by: Actor, what: str = "patient") -> None:
    """Write down that somebody of the staff looked at this patient's record."""
    audit.record(by, "looked", what, patient.id, patient_id=patient.id)


def log_call(enrolment: Enrolment, call: Call, *, by: Actor, reads_answers: bool = False) -> Contact:
    """Log what came of a call or message, and do what was agreed in it: pause, leave, ring again.

    A worry about safety makes an alert, owned by ``by`` if they may read answers.
    """
    contact = requests.log_contact(
        enrolment,
        contact_rules.CHANNELS[call.outcome],
        call.outcome,
        call.note,
        by=by,
        ring_again_on=call.ring_again_on,
        offered=call.offered,
    )
    if call.outcome == "reached_pausing":
        requests.pause(enrolment, call.pause_until, "other", by=by, by_patient=False, at=contact.at)
    if call.outcome == "reached_stopping":
        engagement.leave(enrolment, call.left_reason, by=by)
    if call.outcome == WORRIED:
        concerns.raise_concern(enrolment, contact, call.handed_to, by=by, reads_answers=reads_answers)
    return contact


def undo_call(enrolment: Enrolment, contact_id: UUID, *, by: Actor) -> Contact:
    """Take back a contact within ten minutes, with everything that was agreed in it. Whoever logged it may.

    An alert that it made stays: only a person closes it.

    Raises:
        NotFound: there is no such contact of this person's. TooLate: ten minutes are over.
    """
    contact = db.session.get(Contact, (enrolment.service_id, contact_id))
    if contact is None or contact.enrolment_id != enrolment.id or contact.account_id != by.account_id:
        raise NotFound(str(contact_id))
    if contact.undone_at is not None:
        return contact
    if not contact_rules.may_be_undone(contact.at, clock.now()):
        raise TooLate
    if contact.outcome == "reached_stopping" and enrolment.ended_on == contact.on:
        engagement.come_back(enrolment, by=by)
    requests.undo_contact(enrolment, contact_id, by=by)
    return contact


def hide(enrolment: Enrolment, how: str, until_on: date | None, why: str, *, by: Actor) -> None:
    """Take a row off the worklist: until a day, as not needed now, or as the patient wishes."""
    if how == "do_not_ring":
        engagement.do_not_ring(enrolment, why, by=by)
        return
    engagement.snooze(enrolment, until_on or today_of(by) + timedelta(days=HIDE_DAYS), why, by=by)


def week_began_on(today: date) -> date:
    """Monday of this week: the call budget begins anew."""
    return today - timedelta(days=today.weekday())
