"""What a patient said of the eight skills, the route that followed from it, and how they went on after weeks away."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, Index
from sqlalchemy.dialects.postgresql import ARRAY, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, LoggedOfService, Moment, OfService, belongs_to


class SkillCheck(LoggedOfService, Base):
    """One look at the eight skills, or the wish to skip it. Only the patient reads the numbers; earlier ones are kept."""

    __tablename__ = "skill_check"
    __table_args__ = (
        Index("ix_skill_check_enrolment", "service_id", "enrolment_id", "id"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    enrolment_id: Mapped[UUID]
    occasion: Mapped[str]  # entry again booster skipped
    answers: Mapped[Json]  # {skill: 0 to 10}; a skill that was left out is not there
    at: Mapped[Moment]
    on: Mapped[date]  # the service's local day, as judged then


class Route(OfService, Base):
    """The stops that followed from one look at the skills. The latest route counts; earlier ones are kept."""

    __tablename__ = "route"
    __table_args__ = (
        Index("ix_route_enrolment", "service_id", "enrolment_id", "id"),
        belongs_to("enrolment_id", "enrolment"),
        belongs_to("check_id", "skill_check"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    enrolment_id: Mapped[UUID]
    check_id: Mapped[int] = mapped_column(BigInteger)  # the skill_check that it follows from
    stops: Mapped[list[str]] = mapped_column(
        ARRAY(TEXT)
    )  # names of modules, in the route's order; empty: nothing slipped
    said_done: Mapped[list[str]] = mapped_column(ARRAY(TEXT), default=list)  # "I have done this stop"
    begun_at: Mapped[Moment]
    begun_on: Mapped[date]


class WayOn(LoggedOfService, Base):
    """How a patient wants to go on with the course; the latest row counts, without one it is the whole course."""

    __tablename__ = "way_on"
    __table_args__ = (
        Index("ix_way_on_enrolment", "service_id", "enrolment_id", "id"),
        belongs_to("enrolment_id", "enrolment"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"
    append_only: ClassVar[bool] = True

    enrolment_id: Mapped[UUID]
    way: Mapped[str]  # whole lighter again (this module from its first page, in its short version)
    module: Mapped[str | None]  # which one, for "again"
    at: Mapped[Moment]
