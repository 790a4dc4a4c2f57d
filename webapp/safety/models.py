"""Alerts, what triggered them, every step of theirs (append-only), the notices about them, and who covers."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, LoggedOfService, Moment, OfService, belongs_to
from webapp.safety.rules import Deadlines


class Cover(OfService, Base):
    """Who owns a service's alerts, who is the deputy, and what happens out of hours. One row a service."""

    __tablename__ = "safety_cover"
    __table_args__ = (UniqueConstraint("service_id"),)
    retention: ClassVar[str] = "service"
    category: ClassVar[str] = "identity"

    owner_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    deputy_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    owner_away_until: Mapped[date | None]  # the last day away; alerts go to the deputy meanwhile
    deputy_away_until: Mapped[date | None]
    out_of_hours: Mapped[str] = mapped_column(default="")  # what happens then, as patients read it
    item_nine_on: Mapped[bool] = mapped_column(default=False)  # PHQ-9 in place of PHQ-8
    switched_by: Mapped[str | None]
    switched_at: Mapped[Moment | None]
    load_shown: Mapped[Json] = mapped_column(JSONB, default=dict)  # the expected load as it was shown
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class Alert(OfService, Base):
    """Something that a named person must see. It is closed by a person with a recorded action, never deleted.

    The three moments of handing up are worked out when it is raised; ``next_step_at`` is the next of them, and
    null once somebody owns it.
    """

    __tablename__ = "alert"
    __table_args__ = (
        Index("ix_alert_patient", "service_id", "patient_id", "raised_at"),
        Index("ix_alert_open", "service_id", "raised_at", "id", postgresql_where=text("closed_at IS NULL")),
        Index(
            "ix_alert_next_step",
            "service_id",
            "next_step_at",
            postgresql_where=text("next_step_at IS NOT NULL"),
        ),
        belongs_to("patient_id", "patient"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    enrolment_id: Mapped[UUID]
    kind: Mapped[str]  # answer how_i_feel concern
    place: Mapped[
        str
    ]  # where the trigger stands: a sitting's id, a call request's id; same place, one open alert
    raised_at: Mapped[Moment]
    raised_by: Mapped[str]  # the name of who answered or typed; empty for a job
    written_on: Mapped[date | None]  # the day on the paper, if it came on paper
    promised_by_at: Mapped[Moment]  # the moment that the patient was told
    state: Mapped[str]  # raised notified seen owned acted closed
    round: Mapped[int] = mapped_column(default=0)  # one more each time it has to be told anew
    level: Mapped[int] = mapped_column(default=0)  # who was told: 0 owner, 1 deputy, 2 leads, 3 everyone
    deputy_at: Mapped[Moment]
    lead_at: Mapped[Moment]
    everyone_at: Mapped[Moment]
    next_step_at: Mapped[Moment | None]
    notified_at: Mapped[Moment | None]
    seen_at: Mapped[Moment | None]
    seen_by: Mapped[str | None]  # the first named person who opened it
    owner_account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    owner_name: Mapped[str | None]
    owned_at: Mapped[Moment | None]
    acted_at: Mapped[Moment | None]
    handed_to: Mapped[str | None]  # a name, where the action was to hand over
    closed_at: Mapped[Moment | None]
    closed_by: Mapped[str | None]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}

    @property
    def deadlines(self) -> Deadlines:
        """The moments at which it goes up in this round while nobody owns it."""
        return Deadlines(self.deputy_at, self.lead_at, self.everyone_at)


class Trigger(LoggedOfService, Base):
    """What made an alert: one row for each answer, call or concern, never two for the same."""

    __tablename__ = "alert_trigger"
    __table_args__ = (
        UniqueConstraint("service_id", "source", "source_id"),
        Index("ix_alert_trigger_alert", "service_id", "alert_id"),
        belongs_to("alert_id", "alert"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    alert_id: Mapped[UUID]
    source: Mapped[str]  # answer call_request contact
    source_id: Mapped[str]  # the key of that row
    at: Mapped[Moment]


class Step(LoggedOfService, Base):
    """One thing that happened with an alert, in order. Nothing is ever taken out."""

    __tablename__ = "alert_step"
    __table_args__ = (
        Index("ix_alert_step_alert", "service_id", "alert_id", "id"),
        belongs_to("alert_id", "alert"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    alert_id: Mapped[UUID]
    at: Mapped[Moment]
    step: Mapped[
        str
    ]  # raised joined told not_told seen owned passed_on handed_up action closed reopened found
    by_name: Mapped[str]  # empty: the programme itself
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    to_name: Mapped[str | None]  # who was told, or who has it now
    action: Mapped[str | None]  # one of rules.ACTIONS
    note: Mapped[str] = mapped_column(default="")


class Notice(OfService, Base):
    """That one person was to be told of one alert, and by which message. The outbox knows whether it went out."""

    __tablename__ = "alert_notice"
    __table_args__ = (
        UniqueConstraint("service_id", "alert_id", "account_id", "round"),
        Index("ix_alert_notice_letter", "service_id", "letter_id"),
        belongs_to("alert_id", "alert"),
        belongs_to("letter_id", "outbox"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"

    alert_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    round: Mapped[int]  # the alert's, when it was written
    level: Mapped[int]  # as in Alert.level
    letter_id: Mapped[UUID]
    written_at: Mapped[Moment]
    settled_at: Mapped[Moment | None]  # the outbox's result is in the steps
