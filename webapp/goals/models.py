"""Goals of a patient, the rungs of their ladders, and every look back at them."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.dialects.postgresql import ARRAY, INTEGER, JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Json, JsonList, Moment, OfService, belongs_to


class GoalRow(OfService, Base):
    """One goal in the patient's own words. Everything but ``what`` may be left empty."""

    __tablename__ = "goal"
    __table_args__ = (
        Index("ix_goal_patient", "service_id", "patient_id", "id"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID]
    state: Mapped[str] = mapped_column(default="making")  # making going finished ("finished for now")
    at_step: Mapped[str | None]  # the page to go on with: while making, or after a review asks for new words
    ratings: Mapped[Json] = mapped_column(
        JSONB, default=dict
    )  # domain → [importance, lived], each 0 to 5 or null
    domain: Mapped[str | None]  # the part of life that the patient picked
    why: Mapped[str] = mapped_column(default="")
    want_back: Mapped[str] = mapped_column(default="")  # given up or cut down because of pain
    what: Mapped[str] = mapped_column(default="")  # the goal itself
    place: Mapped[str] = mapped_column(default="")
    with_whom: Mapped[str] = mapped_column(default="")
    how_known: Mapped[str] = mapped_column(default="")
    by_when_on: Mapped[date | None]
    was_explained: Mapped[bool] = mapped_column(default=False)  # why "pain-free" is hard to plan: said once
    cue: Mapped[str] = mapped_column(default="")  # "After breakfast"
    weekdays: Mapped[list[int]] = mapped_column(ARRAY(INTEGER), default=list)  # Monday is 0
    action: Mapped[str] = mapped_column(default="")
    action_place: Mapped[str] = mapped_column(default="")
    confidence: Mapped[JsonList] = mapped_column(
        JSONB, default=list
    )  # ratings of the present plan: 0 to 10, a word or null
    made_easier: Mapped[JsonList] = mapped_column(
        JSONB, default=list
    )  # what was chosen to make it a 7, in order
    easier_words: Mapped[str] = mapped_column(default="")
    obstacles: Mapped[JsonList] = mapped_column(JSONB, default=list)  # [{"if", "then"}], at most 3
    supporter: Mapped[str] = mapped_column(default="")
    reward: Mapped[str] = mapped_column(default="")
    rung: Mapped[int] = mapped_column(default=0)  # where the patient stands, the lowest is 0
    made_at: Mapped[Moment]
    changed_at: Mapped[Moment]
    began_on: Mapped[date | None]  # the day on which it was first begun
    step_began_on: Mapped[date | None]  # the next review of the step counts from here
    goal_began_on: Mapped[date | None]  # the next review of the goal counts from here
    finished_on: Mapped[date | None]
    is_top_reached: Mapped[bool] = mapped_column(default=False)
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}


class RungRow(OfService, Base):
    """One step of a goal's ladder, in the patient's words. Position 0 is the lowest."""

    __tablename__ = "goal_rung"
    __table_args__ = (
        Index("ix_goal_rung_goal", "service_id", "goal_id", "position"),
        belongs_to("goal_id", "goal"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    goal_id: Mapped[UUID]
    position: Mapped[int]
    what: Mapped[str]
    place: Mapped[str] = mapped_column(default="")
    at_time: Mapped[str] = mapped_column(default="")  # "after tea"
    how_often: Mapped[str] = mapped_column(default="")
    how_long: Mapped[str] = mapped_column(default="")
    pacing_plan_id: Mapped[UUID | None]  # the patient's own plan; pacing is asked for it, no key across rooms


class GoalReviewRow(OfService, Base):
    """One look back at a goal.

    Open until the patient has chosen what comes next; kept as it was said then.
    """

    __tablename__ = "goal_review"
    __table_args__ = (
        Index("ix_goal_review_goal", "service_id", "goal_id", "id"),
        Index(
            "ix_goal_review_open",
            "service_id",
            "goal_id",
            unique=True,
            postgresql_where=text("choice IS NULL"),
        ),
        belongs_to("goal_id", "goal"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    goal_id: Mapped[UUID]
    of: Mapped[str]  # step goal
    outcome: Mapped[str]  # did_it partly not_this_week
    rung: Mapped[int]
    step_words: Mapped[str]  # the step as it read then
    planned: Mapped[int | None]  # days of the if-then plan that were looked back on
    done: Mapped[int | None]
    helped: Mapped[str] = mapped_column(default="")
    got_in_the_way: Mapped[str] = mapped_column(default="")
    choice: Mapped[str | None]
    begun_at: Mapped[Moment]
    reviewed_on: Mapped[date | None]  # the day on which the choice was made
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
