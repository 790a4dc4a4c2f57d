"""The verbs of inviting: write down, send, print, send again, change; and find who may be a twin."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, jobs, post
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import speaking
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.people.rules import plain_key

from . import letters, tokens
from .rules import are_alike, sends_something

OWN_SPEED = "own_speed"


class AlreadyStarted(Exception):
    """The patient has an account: there is nothing left to invite to."""


@dataclass(frozen=True)
class Standing:
    """How far an invitation is: what was sent, until when it works, whether the patient has started."""

    patient: Patient
    enrolment: Enrolment | None
    link_until: datetime | None
    code_until: datetime | None

    @property
    def has_started(self) -> bool:
        """True once the patient has an account."""
        return self.patient.account_id is not None

    @property
    def may_be_sent(self) -> bool:
        """True if the patient may be invited, as far as suitability goes."""
        return sends_something(self.patient.suitability)

    @property
    def e_mail_is_possible(self) -> bool:
        """True if we hold an address to which writing is safe."""
        return bool(self.patient.email and self.patient.email_is_safe)


def invite(details: people.PatientDetails, *, door: str, by: Actor) -> Patient:
    """Make the record; unless it is only written down, enrol, and send the e-mail where that is safe."""
    patient = people.add_patient(details, by=by)
    if sends_something(patient.suitability):
        enrol(patient, door=door, by=by)
        send_e_mail(patient, by=by)
    return patient


def enrol(patient: Patient, *, door: str, by: Actor) -> Enrolment:
    """Open the patient's way through the course (or the refresher), in the service's usual rhythm."""
    rhythm = people.service_with(patient.service_id).rhythm if door == "course" else OWN_SPEED
    return engagement.enrol(patient.id, door=door, rhythm=rhythm, core_modules=_core_modules(), by=by)


def send_e_mail(patient: Patient, *, by: Actor) -> bool:
    """Put the e-mail with a new link into the outbox; False where no safe address is held."""
    if not (patient.email and patient.email_is_safe):
        return False
    service, secret = people.service_with(patient.service_id), tokens.new_link(patient)
    with speaking(patient.language):
        subject, text = letters.invitation(service, patient, secret)
    post.write(
        service.id,
        "invitation",
        patient.email,
        subject,
        text,
        language=patient.language,
        patient_id=patient.id,
    )
    audit.record(by, "sent", "invitation", patient_id=patient.id)
    jobs.wake_the_sweep()
    return True


def invite_again(patient: Patient, *, by: Actor) -> bool:
    """End every earlier link and code, and send a new e-mail where that is safe; else print a letter.

    Raises:
        AlreadyStarted: the patient has an account.
    """
    _not_started(patient)
    tokens.end_invitations(patient.id)
    return send_e_mail(patient, by=by)


def print_letter(patient: Patient, *, by: Actor) -> letters.Letter:
    """A new code for a letter; earlier letters stop working.

    Raises:
        AlreadyStarted: the patient has an account.
    """
    _not_started(patient)
    audit.record(by, "printed", "invitation", patient_id=patient.id)
    return letters.letter_with(tokens.new_code(patient))


def change_details(patient: Patient, changes: dict[str, Any], *, door: str | None, by: Actor) -> None:
    """Change contacts, needs or suitability. A new e-mail address or birth date ends what was sent before."""
    told_apart = ("email", "born_on")
    is_new = any(getattr(patient, name) != changes.get(name, getattr(patient, name)) for name in told_apart)
    people.change_patient(patient, changes, by=by)
    if patient.account_id is None and (is_new or not sends_something(patient.suitability)):
        tokens.end_invitations(patient.id)
    if door and sends_something(patient.suitability) and enrolment_of(patient, by=by) is None:
        enrol(patient, door=door, by=by)


def standing_of(by: Actor, patient_id: UUID) -> Standing:
    """How far the invitation of one patient is.

    Raises:
        people.NotFound: there is no such patient in this service.
    """
    patient = people.patient_of(by, patient_id)
    return Standing(
        patient,
        enrolment_of(patient, by=by),
        tokens.good_until(patient, tokens.LINK),
        tokens.good_until(patient, tokens.CODE),
    )


def look_at(patient: Patient, *, by: Actor) -> None:
    """Write down that somebody of the staff has looked at this record."""
    audit.record(by, "looked", "patient", patient.id, patient_id=patient.id)


def enrolment_of(patient: Patient, *, by: Actor) -> Enrolment | None:
    """The patient's latest way through the course, or None while there is only a record."""
    try:
        return engagement.current_enrolment(by, patient.id)
    except engagement.NotEnrolled:
        return None


def twins_of(by: Actor, given_name: str, family_name: str, born_on: date) -> list[Patient]:
    """Records of this service that may be the same person: born on the same day, with a similar name."""
    key = plain_key(family_name, given_name)
    same_day = select(Patient).where(Patient.service_id == by.service_id, Patient.born_on == born_on)
    found = db.session.scalars(same_day.order_by(Patient.sort_key, Patient.id))
    return [patient for patient in found if are_alike(patient.sort_key, key)]


def reference_is_taken(by: Actor, reference: str, *, but: UUID | None = None) -> bool:
    """True if another patient of this service has this local number."""
    same = select(Patient.id).where(Patient.service_id == by.service_id, Patient.reference == reference)
    return any(found != but for found in db.session.scalars(same))


def _not_started(patient: Patient) -> None:
    if patient.account_id is not None:
        raise AlreadyStarted(str(patient.id))


def _core_modules() -> list[str]:
    from webapp.course import service as course

    return list(course.core_modules())
