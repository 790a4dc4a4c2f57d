"""Addresses at which messages do not arrive: noted by hand, from a mail system's list, or when sending failed.

A bounce is about one address. When the record gets another one, it is over by itself: every question here compares
with the address that the record holds now, and the old row stays as it was.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple
from uuid import UUID

from sqlalchemy import ColumnElement, case, func, or_, select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.people.names import as_number

from .bounce_rules import CameBack, Why
from .models import Bounce

CHANNELS = ("email", "text", "letter")
JOB = "post"


class NotFound(LookupError):
    """There is no such bounce, or none of this service: a page answers 404."""


class NoSuchAddress(ValueError):
    """Nobody in this service has this address or number."""


@dataclass(frozen=True)
class Imported:
    """What came of a list: how many were noted, how many were known, and the lines of unknown addresses."""

    noted: int
    known: int
    unknown: tuple[int, ...]


def present_address() -> ColumnElement[str]:
    """As SQL beside ``bounce`` and ``patient``: the address that the record holds now for the bounce's way."""
    return case(
        (Bounce.channel == "email", Patient.email),
        (Bounce.channel == "text", Patient.mobile),
        else_=Patient.postal_address,
    )


def is_at_present_address() -> ColumnElement[bool]:
    """As SQL: is this bounce about the address that the record holds now?"""
    return func.lower(present_address()) == func.lower(Bounce.address)


def bounced(service_id: UUID, patient_id: UUID) -> set[tuple[str, str]]:
    """(way, address as the record has it now) of everything that does not work for this patient."""
    rows = db.session.execute(
        select(Bounce.channel, present_address())
        .join(Patient, (Patient.service_id == Bounce.service_id) & (Patient.id == Bounce.patient_id))
        .where(
            Bounce.service_id == service_id,
            Bounce.patient_id == patient_id,
            Bounce.settled_at.is_(None),
            is_at_present_address(),
        )
    )
    return {(channel, address) for channel, address in rows}


def bounced_of(by: Actor, patient_ids: Collection[UUID]) -> set[tuple[UUID, str]]:
    """(patient, way) of everything that does not work for some patients of this service: one query."""
    rows = db.session.execute(
        select(Bounce.patient_id, Bounce.channel)
        .join(Patient, (Patient.service_id == Bounce.service_id) & (Patient.id == Bounce.patient_id))
        .where(
            Bounce.service_id == by.service_id,
            Bounce.patient_id.in_(patient_ids),
            Bounce.settled_at.is_(None),
            is_at_present_address(),
        )
    )
    return {(patient_id, channel) for patient_id, channel in rows}


def note_bounce(
    by: Actor, patient_id: UUID, channel: str, address: str, why: str, since_on: date | None = None
) -> Bounce:
    """Write down that messages to this address do not arrive (since today, if no day is named). Once: again is the same.

    Raises:
        people.service.NotFound: there is no such patient in this service.
        ValueError: no such way, or no such reason.
    """
    if channel not in CHANNELS:
        raise ValueError(channel)
    _lock(by, patient_id)
    for known in _open_at(by.service_id, patient_id, channel, address):
        return known
    return _add(by, patient_id, channel, address, Why(why), since_on or _today(_service_of(by)))


def note_failure(letter: Letter) -> Bounce | None:
    """The address of a message was refused for good: note it for its patient.

    None if it went to another address than the record has now, or if it failed for another reason: our own mail
    server was away for two days, say. That is no fault of the address, and the message is on the list by itself.
    """
    if letter.patient_id is None or not letter.was_refused:
        return None
    by = Actor(letter.service_id, job=JOB)
    patient = people.patient_of(by, letter.patient_id)
    if _key(address_of(patient, letter.channel)) != _key(letter.to_address):
        return None
    return note_bounce(by, patient.id, letter.channel, address_of(patient, letter.channel), Why.UNKNOWN)


def note_by_address(by: Actor, address: str, why: str) -> list[Bounce]:
    """Note a bounce for everybody of this service who has this e-mail address or number (mostly one person).

    Raises:
        NoSuchAddress: nobody has it.
    """
    owners = _owners(_service_of(by), [address]).get(_key(_as_stored(address)), [])
    if not owners:
        raise NoSuchAddress(address)
    return [note_bounce(by, *owner, why) for owner in owners]


def works_again(bounce_id: UUID, by: Actor) -> Bounce:
    """Somebody says that the address works (again): messages go there from now on.

    Raises:
        NotFound: there is no such bounce here.
    """
    bounce = bounce_of(by, bounce_id)
    for one in _open_at(by.service_id, bounce.patient_id, bounce.channel, bounce.address):
        one.settled_at, one.settled_by = clock.now(), by.name
        audit.record(by, "settled", "bounce", one.id, patient_id=one.patient_id)
    return bounce


def deal_with(bounce_id: UUID, by: Actor) -> Bounce:
    """Somebody has found another way to this patient: off the list. Messages still do not go to this address.

    Raises:
        NotFound: there is no such bounce here.
    """
    bounce = bounce_of(by, bounce_id)
    if bounce.dealt_with_at is None:
        bounce.dealt_with_at, bounce.dealt_with_by = clock.now(), by.name
        audit.record(by, "dealt_with", "bounce", bounce.id, patient_id=bounce.patient_id)
    return bounce


def bounce_of(by: Actor, bounce_id: UUID) -> Bounce:
    """One bounce of the service in which ``by`` acts.

    Raises:
        NotFound: there is none.
    """
    bounce = db.session.get(Bounce, (by.service_id, bounce_id))
    if bounce is None:
        raise NotFound(str(bounce_id))
    return bounce


def address_of(patient: Patient, channel: str) -> str:
    """The address that the record holds now for this way; empty if there is none."""
    return {"email": patient.email, "text": patient.mobile, "letter": patient.postal_address}[channel]


def import_bounces(by: Actor, rows: Sequence[CameBack]) -> Imported:
    """Note what a mail system's list says, for this service's patients only. The same list again changes nothing.

    A line is known if the address is noted already, or was noted and settled on the line's day or later: an old
    list does not take back what somebody has said since.
    """
    service_id = _service_of(by)
    today = _today(service_id)
    owners = _owners(service_id, [row.address for row in rows])
    past = _past(service_id, {owner.patient_id for those in owners.values() for owner in those})
    noted, known, unknown = 0, 0, []
    for row in rows:
        those = owners.get(_key(_as_stored(row.address)), [])
        if not those:
            unknown.append(row.line)
        for owner in those:
            on, place = row.on or today, owner._replace(address=_key(owner.address))
            if place in past and (past[place] or on) >= on:
                known += 1
                continue
            _add(by, *owner, row.why, on)
            past[place] = None
            noted += 1
    audit.record(by, "imported", "bounce")
    return Imported(noted, known, tuple(unknown))


class _Owner(NamedTuple):
    """Who has an address, by which way, and how the record writes it."""

    patient_id: UUID
    channel: str
    address: str


def _add(by: Actor, patient_id: UUID, channel: str, address: str, why: Why, since_on: date) -> Bounce:
    bounce = Bounce(
        service_id=by.service_id,
        patient_id=patient_id,
        channel=channel,
        address=address,
        why=why.value,
        since_on=since_on,
        noted_at=clock.now(),
        noted_by=by.name or by.job or "",
        account_id=by.account_id,
    )
    db.session.add(bounce)
    db.session.flush()
    audit.record(by, "noted", "bounce", bounce.id, patient_id=patient_id, fields=[channel])
    return bounce


def _lock(by: Actor, patient_id: UUID) -> None:
    """Two who note the same at once do it one after the other."""
    people.patient_of(by, patient_id)
    one = select(Patient.id).where(Patient.service_id == by.service_id, Patient.id == patient_id)
    db.session.execute(one.with_for_update(key_share=True))


def _open_at(service_id: UUID | None, patient_id: UUID, channel: str, address: str) -> list[Bounce]:
    found = db.session.scalars(
        select(Bounce).where(
            Bounce.service_id == service_id,
            Bounce.patient_id == patient_id,
            Bounce.channel == channel,
            Bounce.settled_at.is_(None),
        )
    )
    return [one for one in found if _key(one.address) == _key(address)]


def _owners(service_id: UUID, addresses: Iterable[str]) -> dict[str, list[_Owner]]:
    """Key of an address → who has it here, locked in the order of their ids."""
    wanted = {_as_stored(address) for address in addresses}
    rows = db.session.execute(
        select(Patient.id, Patient.email, Patient.mobile)
        .where(
            Patient.service_id == service_id,
            or_(
                func.lower(Patient.email).in_({one for one in wanted if "@" in one}),
                Patient.mobile.in_({one for one in wanted if "@" not in one}),
            ),
        )
        .order_by(Patient.id)
        .with_for_update(key_share=True)
    )
    found: dict[str, list[_Owner]] = {}
    for patient_id, email, mobile in rows:
        for channel, address in (("email", email), ("text", mobile)):
            if _key(address) in wanted:
                found.setdefault(_key(address), []).append(_Owner(patient_id, channel, address))
    return found


def _past(service_id: UUID, patient_ids: set[UUID]) -> dict[_Owner, date | None]:
    """What is known of these patients' addresses: None while it does not work, else the last day it was settled."""
    zone = people.service_with(service_id).time_zone
    rows = db.session.scalars(
        select(Bounce).where(Bounce.service_id == service_id, Bounce.patient_id.in_(patient_ids))
    )
    found: dict[_Owner, date | None] = {}
    for one in sorted(rows, key=lambda row: (row.settled_at is None, row.settled_at or row.noted_at)):
        settled_on = clock.local(one.settled_at, zone).date() if one.settled_at else None
        found[_Owner(one.patient_id, one.channel, _key(one.address))] = settled_on
    return found


def _as_stored(address: str) -> str:
    """An e-mail address without capitals, a number in E.164."""
    return _key(address) if "@" in address else as_number(address) or _key(address)


def _key(address: str) -> str:
    return " ".join(address.lower().split())


def _today(service_id: UUID) -> date:
    return clock.today(people.service_with(service_id).time_zone)


def _service_of(by: Actor) -> UUID:
    if by.service_id is None:
        raise NotFound("service")
    return by.service_id
