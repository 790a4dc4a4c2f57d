"""The service's own words for a call, in place of the script that comes with Waymark."""

from __future__ import annotations

from typing import ClassVar

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Moment, OfService


class CallScript(OfService, Base):
    """One call script as this service says it. Without a row, the file's text counts."""

    __tablename__ = "call_script"
    __table_args__ = (UniqueConstraint("service_id", "situation", "language", name="uq_call_script"),)
    retention: ClassVar[str] = "service"
    category: ClassVar[str] = "none"

    situation: Mapped[str]  # rules.SITUATIONS
    language: Mapped[str]
    text: Mapped[str]  # Markdown: a heading, a greeting and a list, as in content/call-scripts
    changed_at: Mapped[Moment]
    changed_by: Mapped[str]
    version: Mapped[int] = mapped_column(default=1)
    __mapper_args__ = {"version_id_col": version}
