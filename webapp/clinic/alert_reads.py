"""What the pages of alerts read across rooms: SELECT only, always within one service."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on

from webapp.engagement.models import CallRequest, Contact, Summary
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.safety.models import Alert

LEFT = "left"


def call_requests(service_id: UUID, ids: Collection[UUID]) -> dict[UUID, CallRequest]:
    """These calls that patients asked for."""
    rows = select(CallRequest).where(CallRequest.service_id == service_id, CallRequest.id.in_(ids))
    return {row.id: row for row in db.session.scalars(rows)}


def contacts(service_id: UUID, ids: Collection[UUID]) -> dict[UUID, Contact]:
    """These contacts, those taken back as well."""
    rows = select(Contact).where(Contact.service_id == service_id, Contact.id.in_(ids))
    return {row.id: row for row in db.session.scalars(rows)}


def help_page_shown_at(service_id: UUID, patient_id: UUID, place: str) -> datetime | None:
    """When the patient was first shown the help page of this sitting or request; None: never."""
    return db.session.scalar(
        select(AuditRow.at)
        .where(
            AuditRow.service_id == service_id,
            AuditRow.patient_id == patient_id,
            AuditRow.verb == "shown",
            AuditRow.kind == "help_page",
            AuditRow.object_id == place,
        )
        .order_by(AuditRow.id)
        .limit(1)
    )


def oldest_open_alerts(service_id: UUID, patient_ids: Collection[UUID]) -> dict[UUID, Any]:
    """Of each of these patients the oldest open alert: its id, and who has it (None: nobody yet)."""
    rows = db.session.execute(
        select(Alert.patient_id, Alert.id, Alert.owner_name)
        .where(Alert.service_id == service_id, Alert.patient_id.in_(patient_ids), Alert.closed_at.is_(None))
        .ext(distinct_on(Alert.patient_id))
        .order_by(Alert.patient_id, Alert.raised_at, Alert.id)
    )
    return {row.patient_id: row for row in rows}


def patients_now(service_id: UUID) -> int:
    """How many enrolments of the service go on: everybody who has not left."""
    counted = select(func.count()).where(Summary.service_id == service_id, Summary.state != LEFT)
    return db.session.scalar(counted.select_from(Summary)) or 0
