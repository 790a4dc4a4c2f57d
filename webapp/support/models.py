"""What people told us was wrong or unhelpful: the run chart's data."""

from __future__ import annotations

from datetime import date
from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from webapp.foundations.database import Base, Moment, OfService, belongs_to


class ProblemReport(OfService, Base):
    """One report about one page. It never changes; reading it is written beside it."""

    __tablename__ = "problem_report"
    __table_args__ = (
        Index("ix_problem_report_at", "service_id", "at"),
        belongs_to("patient_id", "patient"),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "health"

    patient_id: Mapped[UUID | None]  # null when somebody of the staff reports
    kind: Mapped[str]  # one of forms.KINDS; made_me_worse first
    page: Mapped[str]  # the address of the page
    words: Mapped[str]  # what they wrote, if anything; read by the team
    at: Mapped[Moment]
    on: Mapped[date]
    read_by: Mapped[str | None]
    read_at: Mapped[Moment | None]
