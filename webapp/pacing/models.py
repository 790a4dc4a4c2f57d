"""Activities that are paced: tries, the running plan, its ticks and look-backs, energy mode, days of a
flare-up.

Amounts are real (double precision) in the unit's own measure: seconds for time, whole things for the rest.
"""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Double, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER, TEXT
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Moment, OfService, belongs_to


class PacingPlan(OfService, Base):
    """One activity of a patient.

    Without a ``quota`` it is still looking for its start; in energy mode it needs none.
    """

    __tablename__ = "pacing_plan"
    __table_args__ = (
        Index("ix_pacing_plan_patient", "service_id", "patient_id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    activity_key: Mapped[str]  # one of activities.ACTIVITIES, or "own" for the patient's own words
    own_words: Mapped[str] = mapped_column(default="")  # the activity in the patient's own words
    why: Mapped[str] = mapped_column(default="")  # why it matters, for the patient only
    unit: Mapped[str]  # amounts.Unit
    usual_limit: Mapped[str | None]  # rules_plan.UsualLimit: what usually stops them
    round: Mapped[int] = mapped_column(default=1)  # which search for a starting point the tries belong to
    good_day: Mapped[float | None] = mapped_column(Double)  # the quick way's two amounts, of this round
    bad_day: Mapped[float | None] = mapped_column(Double)
    found_from: Mapped[str | None]  # rules.StartFrom: how the running start was found
    start: Mapped[float | None] = mapped_column(Double)  # the start that the patient chose, real
    rate: Mapped[float | None] = mapped_column(Double)  # weekly step as a share: 0.05, 0.1, 0.2
    quota: Mapped[float | None] = mapped_column(Double)  # this week's real amount
    increment: Mapped[float | None] = mapped_column(Double)  # the real weekly step
    goal: Mapped[float | None] = mapped_column(Double)  # the amount to work towards
    goal_label: Mapped[str] = mapped_column(default="")  # what stands at the flag: "park"
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(INTEGER), default=lambda: list(range(7)))  # Monday is 0
    rhythm: Mapped[str] = mapped_column(default="weekly")  # rules_look_back.Rhythm
    started_on: Mapped[date | None]  # the first day of the present quota's plan
    next_look_back_on: Mapped[date | None]  # None before a start, and for "when I ask"
    finished_on: Mapped[date | None]  # finished for now
    back_from_on: Mapped[
        date | None
    ]  # the flare-up from which they are finding the way back began on this day
    back_step: Mapped[int] = mapped_column(default=0)  # steps of 50, 75 and 100 % taken so far
    back_step_on: Mapped[date | None]  # the day of the latest step
    made_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PacingTry(OfService, Base):
    """One try: the amount at which it began to build up. Removed by the patient, never deleted."""

    __tablename__ = "pacing_try"
    __table_args__ = (
        Index("ix_pacing_try_plan", "service_id", "plan_id", "round"),
        belongs_to("plan_id", "pacing_plan"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    plan_id: Mapped[UUID]
    round: Mapped[int]
    amount: Mapped[float] = mapped_column(Double)
    on: Mapped[date]
    day_type: Mapped[str | None]  # rules.DayType
    after_effect: Mapped[str | None]  # rules.AfterEffect
    removed_at: Mapped[Moment | None]
    noted_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PacingTick(OfService, Base):
    """One day's answer to "did it?", with the amount that the screen showed then."""

    __tablename__ = "pacing_tick"
    __table_args__ = (UniqueConstraint("service_id", "plan_id", "on"), belongs_to("plan_id", "pacing_plan"))
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    plan_id: Mapped[UUID]
    on: Mapped[date]
    shown: Mapped[int]  # what the screen asked for that day, in the unit's measure; 0 for a day of rest
    said: Mapped[str]  # rules_tick.Said
    amount: Mapped[float | None] = mapped_column(Double)  # real; None if not said
    day_type: Mapped[str | None]  # rules.DayType
    was_planned: Mapped[bool]  # the day was one of the plan's weekdays
    noted_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class PacingLookBack(OfService, Base):
    """One look-back: what the days were, what was asked, what the rule said, and what the patient chose,
    if they did.
    """

    __tablename__ = "pacing_look_back"
    __table_args__ = (
        Index("ix_pacing_look_back_plan", "service_id", "plan_id", "on"),
        belongs_to("plan_id", "pacing_plan"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    plan_id: Mapped[UUID]
    on: Mapped[date]  # the day of looking back
    from_on: Mapped[date]
    to_on: Mapped[date]
    planned: Mapped[int]  # days planned in the period, and how they went
    as_planned: Mapped[int]
    more: Mapped[int]
    less: Mapped[int]
    none: Mapped[int]
    not_known: Mapped[int]
    worse_day_after: Mapped[str | None]  # rules_look_back.WorseDayAfter
    confidence: Mapped[int | None]  # 0 to 10
    cost: Mapped[str | None]  # energy mode: what it cost over the next three days
    reading: Mapped[str]  # rules_look_back.Reading
    points_to: Mapped[list[str]] = mapped_column(
        ARRAY(TEXT)
    )  # rules_look_back.Choice, often one, sometimes none
    choice: Mapped[str | None]  # what the patient tapped; None: nothing yet
    quota_before: Mapped[float | None] = mapped_column(Double)
    quota_after: Mapped[float | None] = mapped_column(Double)
    at: Mapped[Moment]


class EnergySetting(OfService, Base):
    """Energy mode: one setting on the patient, which every exercise obeys."""

    __tablename__ = "energy_setting"
    __table_args__ = (UniqueConstraint("service_id", "patient_id"), belongs_to("patient_id", "patient"))
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    crash: Mapped[str | None]  # rules_energy.Crash: the answer to the crash question; None: not said
    is_on: Mapped[bool]
    changed_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class EnergyDay(OfService, Base):
    """One day of an activity in energy mode: what was chosen, whether there were breaks, what it cost."""

    __tablename__ = "energy_day"
    __table_args__ = (UniqueConstraint("service_id", "plan_id", "on"), belongs_to("plan_id", "pacing_plan"))
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    plan_id: Mapped[UUID]
    on: Mapped[date]
    choice: Mapped[str]  # rules_look_back.Choice: keep_within do_less rest
    breaks: Mapped[str | None]  # before needed, when needed, none
    cost: Mapped[str | None]  # over the next three days: nothing a_little a_lot crash not_sure
    noted_at: Mapped[Moment]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class FlareDay(OfService, Base):
    """One day in or after a flare-up: whether it was settled, as the patient said."""

    __tablename__ = "flare_day"
    __table_args__ = (UniqueConstraint("service_id", "patient_id", "on"), belongs_to("patient_id", "patient"))
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    on: Mapped[date]
    is_settled: Mapped[bool]
    noted_at: Mapped[Moment]
