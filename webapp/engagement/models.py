"""Enrolments, what happened in them (append-only), and the one summary row of each."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, JsonList, LoggedOfService, Moment, OfService, belongs_to


class Enrolment(OfService, Base):
    """One way through the course: a returning patient gets a second one. Progress and questionnaires belong to it."""

    __tablename__ = "enrolment"
    __table_args__ = (
        Index("ix_enrolment_patient", "service_id", "patient_id", "invited_on"),
        Index("ix_enrolment_door", "service_id", "door", "patient_id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    door: Mapped[str]  # course refresher
    rhythm: Mapped[str]  # weekly fortnightly own_speed
    way: Mapped[str] = mapped_column(default="online")  # online paper phone
    invited_on: Mapped[date]
    invited_by: Mapped[str]  # the name of whoever invited, for the patient's letter
    started_on: Mapped[date | None]  # the day of activation
    finished_on: Mapped[date | None]
    ended_on: Mapped[date | None]  # the patient left
    left_reason: Mapped[str | None]
    snoozed_until: Mapped[date | None]
    snoozed_why: Mapped[str | None]
    asked_not_to_be_rung_on: Mapped[date | None]
    safety_alert_on: Mapped[date | None]  # the first day of an open safety alert; the safety room says so
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class MilestoneRow(OfService, Base):
    """A core module in this enrolment's order; done on the day its key exercise and last page were done."""

    __tablename__ = "milestone"
    __table_args__ = (
        Index("ix_milestone_enrolment", "service_id", "enrolment_id", "position", unique=True),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    name: Mapped[str]  # the module's folder name
    position: Mapped[int]
    done_on: Mapped[date | None]


class Pause(OfService, Base):
    """An agreed pause: no reminders, no flags. Without an end until the patient comes back."""

    __tablename__ = "pause"
    __table_args__ = (
        Index("ix_pause_enrolment", "service_id", "enrolment_id", "from_on"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    why: Mapped[str]  # holiday operation flare life other
    by_patient: Mapped[bool]
    set_at: Mapped[Moment]


class FlareUp(OfService, Base):
    """A reported flare-up: what was chosen for the day, and the check-in that was promised."""

    __tablename__ = "flare_up"
    __table_args__ = (
        Index("ix_flare_up_enrolment", "service_id", "enrolment_id", "from_on"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    from_on: Mapped[date]
    until_on: Mapped[date | None]
    today_choice: Mapped[str | None]  # rest less half same
    answered_on: Mapped[date | None]  # the day on which the day-3 or day-7 question was answered
    answer: Mapped[str | None]  # better same worse
    reported_at: Mapped[Moment]


class Event(LoggedOfService, Base):
    """A meaningful act of a patient: a page, an exercise, a tick, an answer. A sign-in alone is none."""

    __tablename__ = "event"
    __table_args__ = (
        Index("ix_event_day", "service_id", "enrolment_id", "on"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    enrolment_id: Mapped[UUID]
    kind: Mapped[str]  # page_read module_done exercise_saved tick answer message flare_up call_asked paused …
    what: Mapped[str]  # which page, plan or questionnaire: a short name, never what was written
    at: Mapped[Moment]
    on: Mapped[date]  # the service's local day, as judged then
    by_staff: Mapped[bool] = mapped_column(default=False)  # typed in for the patient


class CallRequest(OfService, Base):
    """The patient asked for a call: about what, and by which working day we said that we would ring."""

    __tablename__ = "call_request"
    __table_args__ = (
        Index("ix_call_request_enrolment", "service_id", "enrolment_id", "asked_on"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    about: Mapped[str]  # website exercise how_i_feel something_else
    asked_at: Mapped[Moment]
    asked_on: Mapped[date]
    promised_on: Mapped[date]
    closed_at: Mapped[Moment | None]  # rung, or taken back by the patient


class Contact(OfService, Base):
    """A contact with the patient by a person: when, how, and what came of it. Undone, never deleted."""

    __tablename__ = "contact"
    __table_args__ = (
        Index("ix_contact_enrolment", "service_id", "enrolment_id", "at"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    channel: Mapped[str]  # call text email letter in_person
    outcome: Mapped[str]  # one of contact_rules.OUTCOMES
    note: Mapped[str]
    at: Mapped[Moment]
    on: Mapped[date]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    undone_at: Mapped[Moment | None]
    offered: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)  # contact_rules.ALTERNATIVES


class AgreedCall(OfService, Base):
    """A date on which the patient is to be rung: agreed in a call, or the plan of somebody on paper or phone."""

    __tablename__ = "agreed_call"
    __table_args__ = (
        Index("ix_agreed_call_enrolment", "service_id", "enrolment_id", "due_on"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    due_on: Mapped[date]
    made_at: Mapped[Moment]
    withdrawn_at: Mapped[Moment | None]


class Summary(Base):
    """Where an enrolment stands: one row each, recomputed in the transaction that changes anything about it."""

    __tablename__ = "engagement"
    __table_args__ = (
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("patient_id", "patient"),
        Index(
            "ix_engagement_ring",
            "service_id",
            "ring_key",
            "enrolment_id",
            postgresql_where=text("ring_key IS NOT NULL"),
        ),
        Index(
            "ix_engagement_ring_mine",
            "service_id",
            "clinician_id",
            "ring_key",
            "enrolment_id",
            postgresql_where=text("ring_key IS NOT NULL"),
        ),
        Index("ix_engagement_patient", "service_id", "patient_id"),
        Index("ix_engagement_state", "service_id", "state", "sort_key", "enrolment_id"),
        Index("ix_engagement_name", "service_id", "sort_key", "enrolment_id"),
        Index("ix_engagement_due", "service_id", "next_change_on"),
        Index(
            "ix_engagement_remind",
            "service_id",
            "remind_on",
            "enrolment_id",
            postgresql_where=text("remind_on IS NOT NULL"),
        ),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    service_id: Mapped[UUID] = mapped_column(ForeignKey("service.id"), primary_key=True)
    enrolment_id: Mapped[UUID] = mapped_column(primary_key=True)
    patient_id: Mapped[UUID]
    clinician_id: Mapped[UUID | None]
    sort_key: Mapped[str]  # the patient's, so that the caseload is one index range
    state: Mapped[str]
    since_on: Mapped[date]
    reasons: Mapped[JsonList]
    points: Mapped[int]
    silent_days: Mapped[int]
    last_active_on: Mapped[date | None]
    module: Mapped[str | None]  # the first core module that is not done
    modules_done: Mapped[int]
    tried: Mapped[Json]  # the latest contact: {on, channel, outcome}
    ring_key: Mapped[int | None]
    ranked_on: Mapped[date]
    next_change_on: Mapped[date | None]  # until the day before, this row is true without any job
    remind_on: Mapped[date | None]  # the day on which somebody asks whether a message is due


class Flag(LoggedOfService, Base):
    """A state or a place on the list that an enrolment came to: why, by which rules, on which facts."""

    __tablename__ = "flag"
    __table_args__ = (
        Index("ix_flag_enrolment", "service_id", "enrolment_id", "id"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    enrolment_id: Mapped[UUID]
    at: Mapped[Moment]
    on: Mapped[date]
    state: Mapped[str]
    tier: Mapped[int | None]  # standing.Tier; None: not on the list
    since_on: Mapped[date]
    reasons: Mapped[JsonList]  # as standing.Reason has them: kind, date, rule with its number, version
    points: Mapped[int]
    facts: Mapped[Json]  # what the rules saw: silent days, active days, open modules, plan, thresholds
