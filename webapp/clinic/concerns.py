"""A worry about safety in a call: an alert in the call's own transaction, and how the five-minute check finds it."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import Text, cast, select

from webapp.engagement.models import Contact, Enrolment
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.safety import reconciling
from webapp.safety import service as safety
from webapp.safety.models import Alert

WORRIED = "worried_about_safety"
SOURCE = "contact"


def raise_concern(
    enrolment: Enrolment, contact: Contact, handed_to: str, *, by: Actor, reads_answers: bool
) -> Alert:
    """An alert for this contact. With the name of who took it, a reader's alert is closed at once.

    Without a name it stays open, with its reader. Somebody who may not read answers owns no alert: it is told to
    the service's owner, and says to whom they handed it.
    """
    alert = safety.raise_alert(
        enrolment, safety.Kind.CONCERN, str(contact.id), SOURCE, str(contact.id), by=by
    )
    if reads_answers:
        safety.own(alert.id, by=by)
    if not handed_to.strip():
        return alert
    if not reads_answers:
        return safety.note_hand_over(alert.id, handed_to, by=by)
    safety.record_action(alert.id, safety.Action.PROCEDURE, contact.note, handed_to, by=by)
    return safety.close(alert.id, by=by)


def tell_safety() -> None:
    """Let the five-minute check find every worry of a call that has no alert."""
    reconciling.add_source(SOURCE, safety.Kind.CONCERN, worries_without_alert)


def worries_without_alert(service_id: UUID) -> Iterator[reconciling.Found]:
    """Every such contact of the service that is not among the alerts' triggers, those taken back as well."""
    rows = db.session.execute(
        select(Contact.id, Contact.enrolment_id, Contact.at)
        .where(Contact.service_id == service_id, Contact.outcome == WORRIED)
        .where(cast(Contact.id, Text).not_in(reconciling.known_triggers(SOURCE)))
        .order_by(Contact.at, Contact.id)
    )
    for contact_id, enrolment_id, at in rows:
        yield reconciling.Found(str(contact_id), enrolment_id, str(contact_id), at)
