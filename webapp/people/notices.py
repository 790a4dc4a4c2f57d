"""Telling people that how they sign in has changed, at the address that we held before."""

from __future__ import annotations

from webapp.foundations import jobs, post
from webapp.foundations.database import db, enter_service
from webapp.foundations.languages import speaking

from . import letters
from .models import Account, Membership, Patient, Service


def tell(account: Account, membership: Membership | None, what: str) -> None:
    """Write to them that ``what`` changed: ``password``, ``second_factor`` or ``new_device``. Neutral
    on a lock screen.

    An administrator without a service has no outbox to write from, and somebody without an address gets
    nothing.
    """
    if membership is None:
        return
    address = address_of(account, membership)
    if not address:
        return
    enter_service(membership.service_id)
    service = db.session.get_one(Service, membership.service_id)
    with speaking(account.language):
        words = letters.sign_in_changed(service, what)
    post.write(
        service.id,
        "sign_in_changed",
        address,
        *words,
        language=account.language,
        patient_id=membership.patient_id,
    )
    jobs.wake_the_sweep()


def address_of(account: Account, membership: Membership) -> str:
    """The address that we hold: the sign-in name, or the record's e-mail where that is safe; empty for
    none.
    """
    if "@" in account.sign_in_name:
        return account.sign_in_name
    if membership.patient_id is None:
        return ""
    enter_service(membership.service_id)
    patient = db.session.get_one(Patient, (membership.service_id, membership.patient_id))
    return patient.email if patient.email_is_safe else ""
