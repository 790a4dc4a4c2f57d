"""What a patient may see and change of their own record: helpers, what they share, who looked,
language, devices.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db

from . import me_sections, sessions
from . import service as people
from .models import Account, Patient, Supporter
from .rules import session_is_over
from .sign_in_models import SignedIn

LOOKS = ("looked", "printed", "copied", "exported")
NEWEST = 50
REFERENCE_LENGTH = 16


@dataclass(frozen=True)
class Look:
    """One look by staff: ``kind`` says at what; ``words`` are another room's for it."""

    at: datetime
    name: str
    verb: str
    kind: str
    words: Any


@dataclass(frozen=True)
class SharedThing:
    """One thing that the team can see now."""

    kind: str
    thing_id: str
    title: str


@dataclass(frozen=True)
class Device:
    """One device that is signed in. ``reference`` names it in an address; it opens nothing."""

    reference: str
    name: str
    kind: str
    last_seen_at: datetime
    is_this_one: bool


def add_supporter(patient_id: UUID, name: str, may_discuss: str, *, by: Actor) -> Supporter:
    """Name somebody who helps this patient, and what we may discuss with them."""
    supporter = Supporter(
        service_id=by.service_id,
        patient_id=patient_id,
        name=name,
        may_discuss=may_discuss,
        given_at=clock.now(),
    )
    db.session.add(supporter)
    db.session.flush()
    audit.record(by, "created", "supporter", supporter.id, patient_id=patient_id)
    return supporter


def withdraw_supporter(patient_id: UUID, supporter_id: UUID, *, by: Actor) -> None:
    """We may no longer discuss anything with this helper.

    Raises:
        NotFound: there is none, or it is another patient's.
    """
    supporter = db.session.get(Supporter, (by.service_id, supporter_id))
    if supporter is None or supporter.patient_id != patient_id:
        raise people.NotFound("supporter")
    supporter.withdrawn_at = supporter.withdrawn_at or clock.now()
    audit.record(by, "withdrew", "supporter", supporter_id, patient_id=patient_id)


def what_is_shared(patient_id: UUID, *, by: Actor) -> list[SharedThing]:
    """Everything that the team can see because the patient shared it, with titles from the rooms that
    own it.
    """
    assert by.service_id is not None, "a patient belongs to a service"
    by_kind: dict[str, list[str]] = {}
    for kind, thing_id in sorted(people.shared_things(by.service_id, patient_id)):
        by_kind.setdefault(kind, []).append(thing_id)
    return [thing for kind, ids in by_kind.items() for thing in _with_titles(kind, ids, by)]


def who_looked(patient_id: UUID, *, by: Actor) -> list[Look]:
    """The newest fifty looks by staff at this record."""
    rows = db.session.execute(
        select(AuditRow.at, Account.display_name, AuditRow.verb, AuditRow.kind, AuditRow.object_id)
        .join(Account, Account.id == AuditRow.account_id)
        .where(
            AuditRow.service_id == by.service_id,
            AuditRow.patient_id == patient_id,
            AuditRow.verb.in_(LOOKS),
            AuditRow.account_id != by.account_id,
        )
        .order_by(AuditRow.id.desc())
        .limit(NEWEST)
    )
    return [Look(*row[:-1], me_sections.said_of(row.kind, row.object_id)) for row in rows]


def speak(language: str, patient_id: UUID | None, *, by: Actor) -> None:
    """Use this language for the account and, for a patient, for what we write to them."""
    account = db.session.get_one(Account, by.account_id)
    account.language = language
    if patient_id:
        patient = db.session.get_one(Patient, (by.service_id, patient_id))
        people.change_patient(patient, {"language": language}, by=by)


def choose_low_energy_view(on: bool, patient_id: UUID, *, by: Actor) -> None:
    """Show the course in its short, large form from now on, or as usual again."""
    db.session.get_one(Account, by.account_id).low_energy_view = on
    audit.record(by, "chose" if on else "withdrew", "choice:low_energy_view", patient_id=patient_id)


def devices(account_id: UUID, present: str) -> list[Device]:
    """Where the account is signed in now, the latest used first. ``present``: the hash of this session."""
    return [_as_device(one, present) for one in sessions.of_account(account_id) if not _is_over(one)]


def end_device(account_id: UUID, reference: str) -> None:
    """Sign one of the account's own devices out.

    Raises:
        NotFound: the account has no such session.
    """
    found = [one for one in sessions.of_account(account_id) if one.token_hash.startswith(reference)]
    if len(reference) != REFERENCE_LENGTH or not found:
        raise people.NotFound("signed_in")
    sessions.end(found[0].token_hash)


def _with_titles(kind: str, ids: list[str], by: Actor) -> list[SharedThing]:
    titles_of = me_sections.shared_titles.get(kind)
    titles = titles_of(by, ids) if titles_of else {}
    return [SharedThing(kind, thing_id, titles.get(thing_id, "")) for thing_id in ids]


def _is_over(one: SignedIn) -> bool:
    return session_is_over(one.kind, one.started_at, one.last_seen_at, clock.now())


def _as_device(one: SignedIn, present: str) -> Device:
    reference = one.token_hash[:REFERENCE_LENGTH]
    return Device(reference, one.device, one.kind, one.last_seen_at, one.token_hash == present)
