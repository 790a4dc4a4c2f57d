"""Sittings, answers (append-only), scores, and who has read them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, LoggedOfService, Moment, OfService, belongs_to


class SittingRow(OfService, Base):
    """One sitting of the battery in one enrolment, made when it is begun, skipped or typed in."""

    __tablename__ = "sitting"
    __table_args__ = (
        UniqueConstraint("service_id", "enrolment_id", "name"),
        UniqueConstraint("service_id", "code"),
        Index("ix_sitting_patient", "service_id", "patient_id", "finished_at"),
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    patient_id: Mapped[UUID]
    battery: Mapped[str]  # the battery's id, with its version: "default/1"
    time_point: Mapped[str]  # baseline …
    name: Mapped[str]  # the sitting's id in the battery: "baseline-pain"
    way: Mapped[str] = mapped_column(default="one")  # one question a page, or all on one page
    mode: Mapped[str] = mapped_column(default="online")  # online paper phone
    entered_by: Mapped[str | None]  # the member of staff who typed it in
    instruments: Mapped[list[str] | None] = mapped_column(ARRAY(TEXT))  # as begun; null: as the battery says
    short: Mapped[bool] = mapped_column(default=False)  # the shorter set, because time was short
    helped: Mapped[bool] = mapped_column(
        default=False
    )  # somebody helps: questions for one person alone are left out
    written_on: Mapped[date | None]  # the day that stands on the paper form
    code: Mapped[str | None]  # printed on the paper form, to find its sitting again
    checked_by: Mapped[str | None]  # who typed it a second time
    checked_at: Mapped[Moment | None]
    started_at: Mapped[Moment | None]
    skipped_at: Mapped[Moment | None]  # "Not this time"; taken back by starting
    finished_at: Mapped[Moment | None]


class Answer(LoggedOfService, Base):
    """One answer as it was given. The latest row for an item counts; no row: left open."""

    __tablename__ = "answer"
    __table_args__ = (
        Index("ix_answer_latest", "service_id", "sitting_id", "instrument", "item", "id"),
        Index("ix_answer_item", "service_id", "instrument", "item", "value"),  # what a person must see
        belongs_to("sitting_id", "sitting"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    sitting_id: Mapped[UUID]
    instrument: Mapped[str]
    item: Mapped[str]
    value: Mapped[int | None]  # null: "I'd rather not say", or words
    words: Mapped[str | None]  # the answer to a question that asks for words
    at: Mapped[Moment]
    language: Mapped[str]  # of the published text that was answered
    fingerprint: Mapped[str]  # of that text, word for word
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))  # who tapped or typed


class ScoreRow(OfService, Base):
    """What the answers of one instrument in one finished sitting add up to, by the rule of that version."""

    __tablename__ = "score"
    __table_args__ = (
        UniqueConstraint("service_id", "sitting_id", "instrument"),
        Index("ix_score_patient", "service_id", "patient_id", "at"),
        belongs_to("sitting_id", "sitting"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    sitting_id: Mapped[UUID]
    patient_id: Mapped[UUID]
    instrument: Mapped[str]
    version: Mapped[int]  # of the instrument: scores of two versions are never compared
    total: Mapped[Decimal | None]  # rounded as people see it; null: no score
    exact: Mapped[str | None]  # the same unrounded, as a fraction: "17/3"
    subscales: Mapped[Json]  # {scale: {total, exact, answered, missing, prorated, reason}}
    answered: Mapped[int]
    missing: Mapped[list[str]] = mapped_column(ARRAY(TEXT))  # items without an answer
    prorated: Mapped[bool]  # stands on filled-in answers
    reason: Mapped[str | None]  # why there is no score: nothing_answered too_many_missing
    derived: Mapped[bool] = mapped_column(default=False)  # from the same questions in other questionnaires
    at: Mapped[Moment]
    on: Mapped[date]  # the service's local day, as judged then


class Reading(OfService, Base):
    """A finished sitting that a named person has to read. In the order of finishing, never of scores."""

    __tablename__ = "reading"
    __table_args__ = (
        UniqueConstraint("service_id", "sitting_id"),
        Index(
            "ix_reading_waiting",
            "service_id",
            "finished_at",
            "sitting_id",
            postgresql_where=text("read_at IS NULL"),
        ),
        belongs_to("sitting_id", "sitting"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    sitting_id: Mapped[UUID]
    patient_id: Mapped[UUID]
    finished_at: Mapped[Moment]
    promised_on: Mapped[date]  # the working day by which the patient was told that somebody reads it
    read_by: Mapped[str | None]  # a person's name
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    read_at: Mapped[Moment | None]
