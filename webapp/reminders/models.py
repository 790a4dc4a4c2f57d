"""What was written to whom and why, what patients answered and chose, and addresses that do not work."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, LoggedOfService, Moment, OfService, belongs_to


class Reminder(OfService, Base):
    """One message of ours about one or several due things, bundled. Its words stand in the outbox."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("ix_reminder_patient", "service_id", "patient_id", "at"),
        Index("ix_reminder_enrolment", "service_id", "enrolment_id", "at"),
        Index("ix_reminder_letter", "service_id", "letter_id", unique=True),
        belongs_to("patient_id", "patient"),
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("letter_id", "outbox"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    letter_id: Mapped[UUID]  # the row of the outbox
    channel: Mapped[str]  # email text letter
    kinds: Mapped[list[str]] = mapped_column(ARRAY(TEXT))  # rules.Kind, the first leads
    words: Mapped[str]  # the fingerprint of the texts that were used
    at: Mapped[Moment]  # when it was written
    on: Mapped[date]  # the service's local day of that


class ReminderThing(OfService, Base):
    """One due thing that a message told of. Its key is unique in the enrolment: nothing is told twice."""

    __tablename__ = "reminder_thing"
    __table_args__ = (
        UniqueConstraint("service_id", "enrolment_id", "key", name="uq_reminder_thing"),
        Index("ix_reminder_thing_reminder", "service_id", "reminder_id"),
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("reminder_id", "reminder"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    key: Mapped[str]  # "nudge:2026-05-03": the kind, and what makes this one different from the next
    reminder_id: Mapped[UUID]


class ReminderAnswer(LoggedOfService, Base):
    """What a patient answered by one tap from a message, without signing in. The latest of a message counts."""

    __tablename__ = "reminder_answer"
    __table_args__ = (
        Index("ix_reminder_answer_enrolment", "service_id", "enrolment_id", "at"),
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("reminder_id", "reminder"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    enrolment_id: Mapped[UUID]
    reminder_id: Mapped[UUID]
    answer: Mapped[str]  # busy flare_up stuck not_for_me later
    until_on: Mapped[date | None]  # the day on which to write again, for later and busy
    at: Mapped[Moment]
    on: Mapped[date]


class ReminderChoice(OfService, Base):
    """What one patient wants of our messages. Without a row: everything, by the ways chosen at the start."""

    __tablename__ = "reminder_choice"
    __table_args__ = (
        UniqueConstraint("service_id", "patient_id", name="uq_reminder_choice"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"

    patient_id: Mapped[UUID]
    way: Mapped[str] = mapped_column(default="")  # email text; empty: e-mail first
    stopped_at: Mapped[Moment | None]  # no messages of this room at all
    quiet_until_on: Mapped[date | None]  # none before this day
    left_out: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)  # rules.Group: weekly goals …
    changed_at: Mapped[Moment]


class Bounce(OfService, Base):
    """An address or number at which messages do not arrive, noted by hand, by import or by the mail server."""

    __tablename__ = "bounce"
    __table_args__ = (
        Index("ix_bounce_patient", "service_id", "patient_id", "channel"),
        Index("ix_bounce_noted", "service_id", "noted_at"),
        Index(
            "ix_bounce_waiting",
            "service_id",
            "id",
            postgresql_where=text("settled_at IS NULL AND dealt_with_at IS NULL"),
        ),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"

    patient_id: Mapped[UUID]
    channel: Mapped[str]  # email text letter
    address: Mapped[str]  # as it was when the message came back; another address is not concerned
    why: Mapped[str]  # bounce_rules.Why: unknown full refused moved wrong_person gave_up other
    since_on: Mapped[date]  # the service's local day on which the first one came back
    noted_at: Mapped[Moment]
    noted_by: Mapped[str]  # a person's name, or the job's
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    settled_at: Mapped[Moment | None]  # somebody says that it works again
    settled_by: Mapped[str | None]
    dealt_with_at: Mapped[Moment | None]  # it still does not work, and somebody has found another way
    dealt_with_by: Mapped[str | None]
