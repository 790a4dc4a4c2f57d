"""The verbs of the people room: services, staff, patients, what they chose and what they share."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select, update

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db

from . import sessions
from .models import Account, Choice, Membership, Patient, Service, Sharing, Supporter
from .rules import plain_key

REAL_CHOICES = ("email", "text", "voicemail", "letter")


class NotFound(LookupError):
    """There is no such row in this service (or it is somebody else's): a page answers 404."""


class NameIsTaken(Exception):
    """Somebody else signs in with this name."""


@dataclass
class PatientDetails:
    """What an invitation says about a patient. Names as people write them; numbers in E.164."""

    given_name: str
    family_name: str
    born_on: date
    email: str = ""
    mobile: str = ""
    phone: str = ""
    postal_address: str = ""
    email_is_safe: bool = False
    text_is_safe: bool = False
    call_is_safe: bool = False
    voicemail_is_safe: bool = False
    letter_is_safe: bool = False
    contact_times: str = ""
    needs: list[str] = field(default_factory=list)
    needs_note: str = ""
    suitability: str = "seen_and_suitable"
    seen_by: str = ""
    seen_on: date | None = None
    suitability_why: str = ""
    group_name: str = ""
    note: str = ""
    language: str = "en"
    clinician_id: UUID | None = None
    reference: str = ""


def add_service(name: str, sender_name: str, *, by: Actor, **settings: Any) -> Service:
    """Add a service (clinic) to the installation."""
    service = Service(name=name, sender_name=sender_name, **settings)
    db.session.add(service)
    db.session.flush()
    audit.record(by, "created", "service", service.id)
    return service


def add_account(sign_in_name: str, display_name: str, *, language: str = "en", **more: Any) -> Account:
    """Add somebody who can sign in. ``sign_in_name`` is already normalised and unique."""
    account = Account(
        sign_in_name=sign_in_name, display_name=display_name, language=language, made_at=clock.now(), **more
    )
    db.session.add(account)
    db.session.flush()
    return account


def add_member(account: Account, role: str, *, by: Actor, patient_id: UUID | None = None) -> Membership:
    """Give an account a role in the service in which ``by`` acts."""
    membership = Membership(
        service_id=by.service_id,
        account_id=account.id,
        role=role,
        patient_id=patient_id,
        since_at=clock.now(),
    )
    db.session.add(membership)
    db.session.flush()
    audit.record(by, "created", "membership", membership.id, patient_id=patient_id, fields=["role"])
    return membership


Told = Callable[[UUID, Actor], None]
after_leaving: list[Told] = []


def tell_me_who_leaves(told: Told) -> Told:
    """Register ``told(account_id, by)``: called in the transaction in which somebody's role ends or changes."""
    if told not in after_leaving:
        after_leaving.append(told)
    return told


ChangedPatient = Callable[[Patient, set[str], Actor], None]
after_changing: list[ChangedPatient] = []


def tell_me_of_changed_patients(told: ChangedPatient) -> ChangedPatient:
    """Register ``told(patient, changed names, by)``: called in the transaction that changes a patient's details."""
    if told not in after_changing:
        after_changing.append(told)
    return told


def end_member(membership_id: UUID, *, by: Actor) -> None:
    """Take the role away; every session that rests on it ends at once."""
    membership = _of(Membership, by, membership_id)
    membership.ended_at = clock.now()
    sessions.end_for_membership(membership_id)
    audit.record(by, "ended", "membership", membership_id)
    for told in after_leaving:
        told(membership.account_id, by)


def add_patient(details: PatientDetails, *, by: Actor) -> Patient:
    """Make the record of a patient in the service in which ``by`` acts, with the next local number if
    none is given.
    """
    patient = Patient(
        service_id=by.service_id, made_at=clock.now(), sort_key="", search_key="", **vars(details)
    )
    patient.reference = details.reference or _next_reference(by.service_id)
    _make_keys(patient)
    db.session.add(patient)
    db.session.flush()
    audit.record(by, "created", "patient", patient.id, patient_id=patient.id)
    return patient


def change_patient(patient: Patient, changes: dict[str, Any], *, by: Actor) -> None:
    """Change names, contacts or needs; the audit keeps which fields, never their values."""
    changed = {name for name, value in changes.items() if getattr(patient, name) != value}
    for name in changed:
        setattr(patient, name, changes[name])
    _make_keys(patient)
    if changed:
        audit.record(by, "changed", "patient", patient.id, patient_id=patient.id, fields=changed)
        for told in after_changing:
            told(patient, changed, by)


def patient_of(by: Actor, patient_id: UUID) -> Patient:
    """One patient of the service in which ``by`` acts.

    Raises:
        NotFound: there is none, or it is another service's.
    """
    patient: Patient = _of(Patient, by, patient_id)
    return patient


def patients_by_id(by: Actor, ids: Iterable[UUID]) -> dict[UUID, Patient]:
    """Several patients of this service in one query."""
    found = db.session.scalars(
        select(Patient).where(Patient.service_id == by.service_id, Patient.id.in_(list(ids)))
    )
    return {patient.id: patient for patient in found}


def choose(patient_id: UUID, thing: str, chosen: bool, *, by: Actor) -> None:
    """Write down a real choice (email, text, voicemail, letter) or ``understood``; the latest row counts."""
    db.session.add(
        Choice(
            service_id=by.service_id,
            patient_id=patient_id,
            thing=thing,
            chosen=chosen,
            at=clock.now(),
            account_id=by.account_id,
        )
    )
    audit.record(by, "chose" if chosen else "withdrew", f"choice:{thing}", patient_id=patient_id)


def choices_of(service_id: UUID, patient_id: UUID) -> dict[str, bool]:
    """What counts now for each thing that was ever chosen.

    A thing that is absent was never chosen: it is off.
    """
    rows = db.session.execute(
        select(Choice.thing, Choice.chosen)
        .where(Choice.service_id == service_id, Choice.patient_id == patient_id)
        .order_by(Choice.id)
    )
    return {thing: chosen for thing, chosen in rows}


def share(patient_id: UUID, kind: str, thing_id: object, shared: bool, *, by: Actor) -> None:
    """Share one thing with the team, or withdraw it: one tap each way."""
    row = _sharing(by, patient_id, kind, thing_id)
    if row is None and shared:
        row = Sharing(service_id=by.service_id, patient_id=patient_id, kind=kind, thing_id=str(thing_id))
        db.session.add(row)
    if row is None:
        return
    if shared:
        row.shared_at, row.withdrawn_at = clock.now(), None
    else:
        row.withdrawn_at = clock.now()
    audit.record(by, "shared" if shared else "withdrew", kind, thing_id, patient_id=patient_id)


def shared_things(service_id: UUID, patient_id: UUID, kind: str | None = None) -> set[tuple[str, str]]:
    """(kind, thing id) of everything that this patient shares with the team now."""
    rows = select(Sharing.kind, Sharing.thing_id).where(
        Sharing.service_id == service_id, Sharing.patient_id == patient_id, Sharing.withdrawn_at.is_(None)
    )
    if kind is not None:
        rows = rows.where(Sharing.kind == kind)
    return {(found_kind, thing) for found_kind, thing in db.session.execute(rows)}


def supporters_of(service_id: UUID, patient_id: UUID) -> list[Supporter]:
    """Who helps this patient now, with what we may discuss with them."""
    live = select(Supporter).where(
        Supporter.service_id == service_id,
        Supporter.patient_id == patient_id,
        Supporter.withdrawn_at.is_(None),
    )
    return list(db.session.scalars(live.order_by(Supporter.given_at)))


def clinicians_of(service_id: UUID) -> list[tuple[UUID, str]]:
    """(membership id, name) of the clinicians and leads of a service, by name."""
    rows = db.session.execute(
        select(Membership.id, Account.display_name)
        .join(Account, Account.id == Membership.account_id)
        .where(
            Membership.service_id == service_id,
            Membership.role.in_(("clinician", "lead")),
            Membership.ended_at.is_(None),
        )
        .order_by(Account.display_name)
    )
    return [(membership_id, name) for membership_id, name in rows]


def service_with(service_id: UUID) -> Service:
    """A service's row, for changing it."""
    return db.session.get_one(Service, service_id)


def all_services() -> list[Service]:
    """Every service of the installation, by name."""
    return list(db.session.scalars(select(Service).order_by(Service.name)))


def _sharing(by: Actor, patient_id: UUID, kind: str, thing_id: object) -> Sharing | None:
    return db.session.scalar(
        select(Sharing).where(
            Sharing.service_id == by.service_id,
            Sharing.patient_id == patient_id,
            Sharing.kind == kind,
            Sharing.thing_id == str(thing_id),
        )
    )


def _of(model: Any, by: Actor, row_id: UUID) -> Any:
    row = db.session.get(model, (by.service_id, row_id))
    if row is None:
        raise NotFound(model.__tablename__)
    return row


def _make_keys(patient: Patient) -> None:
    patient.sort_key = plain_key(patient.family_name, patient.given_name)
    patient.search_key = plain_key(
        patient.given_name,
        patient.family_name,
        patient.reference,
        patient.email,
        patient.mobile,
        patient.phone,
    )


def _next_reference(service_id: UUID | None) -> str:
    taken = db.session.scalar(
        update(Service)
        .where(Service.id == service_id)
        .values(next_reference=Service.next_reference + 1)
        .returning(Service.next_reference)
    )
    return f"PMP-{(taken or 2) - 1:04d}"
