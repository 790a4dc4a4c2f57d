"""What patients fill in with their tools (append-only), and which locked tools the team has opened."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, LoggedOfService, Moment, belongs_to


class ToolEntry(LoggedOfService, Base):
    """One save of one sheet. The latest row of an ``entry_id`` counts, earlier ones are kept. It belongs to the
    patient, not to an enrolment: tools stay when somebody comes back. Only the patient reads it unless they share it.
    """

    __tablename__ = "tool_entry"
    __table_args__ = (
        Index("ix_tool_entry_latest", "service_id", "patient_id", "tool", "entry_id", "id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    patient_id: Mapped[UUID]
    tool: Mapped[str]  # "sleep-diary": the name under which it is registered
    sheet: Mapped[str]  # "night"
    entry_id: Mapped[UUID]  # the same through all saves of one entry
    about_id: Mapped[UUID | None]  # the entry of another sheet that this one is about
    on: Mapped[date]  # the local day that it is about
    answers: Mapped[Json]  # by field name; what was left out is not there
    is_complete: Mapped[bool]  # its last screen was saved
    is_removed: Mapped[bool]  # the patient took it away; it can be brought back
    at: Mapped[Moment]


class ToolOpened(Base):
    """A locked tool that a clinician opened for this patient (``closed_at`` set: locked again)."""

    __tablename__ = "tool_opened"
    __table_args__ = (belongs_to("patient_id", "patient"),)
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    patient_id: Mapped[UUID] = mapped_column(primary_key=True)
    tool: Mapped[str] = mapped_column(primary_key=True)
    opened_by: Mapped[UUID]  # account of the clinician
    opened_at: Mapped[Moment]
    closed_at: Mapped[Moment | None]
