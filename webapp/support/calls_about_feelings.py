"""Somebody asked to be rung about how they feel: an alert in the same transaction, and a way to find it again."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import String, cast, select

from webapp.engagement.models import CallRequest, Enrolment
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.safety import reconciling
from webapp.safety import service as safety
from webapp.safety.models import Alert

ABOUT = "how_i_feel"
SOURCE = "call_request"
ASKED_AGAIN = "The patient asked again."


def raise_alert(enrolment: Enrolment, request: CallRequest, *, by: Actor) -> Alert:
    """The alert of this request. If somebody closed it already, asking again opens it again."""
    known = str(request.id)
    alert = safety.raise_alert(enrolment, safety.Kind.HOW_I_FEEL, known, SOURCE, known, by=by)
    if alert.closed_at is not None:
        alert = safety.reopen(alert.id, ASKED_AGAIN, by=by)
    return alert


def tell_safety() -> None:
    """Let the five-minute check find every such request of a service that has no alert."""
    reconciling.add_source(SOURCE, safety.Kind.HOW_I_FEEL, requests_without_alert)


def requests_without_alert(service_id: UUID) -> Iterator[reconciling.Found]:
    """Every open request about how somebody feels that is not among the alerts' triggers."""
    rows = db.session.execute(
        select(CallRequest.id, CallRequest.enrolment_id, CallRequest.asked_at)
        .where(
            CallRequest.service_id == service_id,
            CallRequest.about == ABOUT,
            CallRequest.closed_at.is_(None),
            cast(CallRequest.id, String).not_in(reconciling.known_triggers(SOURCE)),
        )
        .order_by(CallRequest.id)
    )
    for request_id, enrolment_id, at in rows:
        yield reconciling.Found(str(request_id), enrolment_id, str(request_id), at)
