"""Which text an enrolment began, which pages it read, and what the patient answered (append-only)."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, LoggedOfService, Moment, belongs_to


class ModuleTextVersion(Base):
    """The source of a module's text as it was when somebody in the service first began it in that version."""

    __tablename__ = "module_text"
    retention: ClassVar[str] = "service"
    category: ClassVar[str] = "none"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    language: Mapped[str] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(primary_key=True)
    source: Mapped[str]
    stored_at: Mapped[Moment]


class ModuleBegun(Base):
    """One module in one enrolment, from the first page that was read, with the versions that it keeps."""

    __tablename__ = "module_begun"
    __table_args__ = (belongs_to("enrolment_id", "enrolment"),)
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    versions: Mapped[Json]  # {language: fingerprint}, all languages as they were at the beginning
    begun_at: Mapped[Moment]
    opened_early_at: Mapped[Moment | None]  # "I'd like to go on now", before the rhythm opened it
    key_done_at: Mapped[Moment | None]  # the key exercise was saved, or its tool had been used
    key_left_at: Mapped[Moment | None]  # "I'll do this later"
    done_at: Mapped[Moment | None]
    again_at: Mapped[Moment | None]  # began again after weeks away: pages read before do not count


class PageRead(Base):
    """A page that was read to its end: the first time that its last button was tapped."""

    __tablename__ = "page_read"
    __table_args__ = (belongs_to("enrolment_id", "enrolment"),)
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    module: Mapped[str] = mapped_column(primary_key=True)
    page: Mapped[str] = mapped_column(primary_key=True)
    read_at: Mapped[Moment]


class ExerciseAnswer(LoggedOfService, Base):
    """One saved answer to a simple exercise. Only the patient reads it unless they share it; the latest
    row counts.
    """

    __tablename__ = "exercise_answer"
    __table_args__ = (
        Index("ix_exercise_answer_latest", "service_id", "enrolment_id", "module", "name", "id"),
        Index("ix_exercise_answer_patient", "service_id", "patient_id", "module", "name", "id"),
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    enrolment_id: Mapped[UUID]
    patient_id: Mapped[UUID]
    module: Mapped[str]
    name: Mapped[str]  # of the block, unique in its module
    kind: Mapped[str]  # choice tick write scale plan
    answer: Mapped[Json]  # {"keys": [...]} or {"text": "..."} or {"number": 7}
    fingerprint: Mapped[str]  # of the block that was answered
    language: Mapped[str]  # of the text that was answered
    at: Mapped[Moment]
