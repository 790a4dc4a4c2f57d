"""The audit: who looked at or changed what, and when. Rows are only ever added, and never hold values."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar
from uuid import UUID

from flask import g, has_request_context
from sqlalchemy import BigInteger, Identity, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .access import Actor
from .database import Base, Moment, db


class AuditRow(Base):
    """One look or change. The app role may INSERT and SELECT only. ``service_id`` is null for the installation's own."""

    __tablename__ = "audit"
    __table_args__ = (Index("ix_audit_patient", "service_id", "patient_id", "id"),)
    retention: ClassVar[str] = "audit"
    category: ClassVar[str] = "identity"
    append_only: ClassVar[bool] = True
    wall_also: ClassVar[str | None] = (
        "service_id IS NULL AND coalesce(current_setting('waymark.service', true), '') = ''"
    )

    id: Mapped[int] = mapped_column(BigInteger, Identity(always=True), primary_key=True)
    service_id: Mapped[UUID | None]
    at: Mapped[Moment]
    account_id: Mapped[UUID | None]
    job: Mapped[str | None]
    capability: Mapped[str | None]
    verb: Mapped[str]
    patient_id: Mapped[UUID | None]
    kind: Mapped[str]
    object_id: Mapped[str | None]
    fields: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)
    request_id: Mapped[str | None]


def record(
    by: Actor,
    verb: str,
    kind: str,
    object_id: object = None,
    *,
    patient_id: UUID | None = None,
    fields: Iterable[str] = (),
) -> None:
    """Add one row: ``by`` did ``verb`` (created, changed, looked, printed…) to the ``kind`` of thing ``object_id``.

    ``fields`` are names of changed fields, never their values.
    """
    db.session.add(
        AuditRow(
            service_id=by.service_id,
            at=clock.now(),
            account_id=by.account_id,
            job=by.job,
            capability=by.capability.value if by.capability else None,
            verb=verb,
            patient_id=patient_id,
            kind=kind,
            object_id=None if object_id is None else str(object_id),
            fields=sorted(fields),
            request_id=g.get("request_id") if has_request_context() else None,
        )
    )
