"""A list of people that was checked and waits for the second tap."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, JsonList, Moment, OfService


class ImportBatch(OfService, Base):
    """One file of people, every row checked. Emptied of its rows in the transaction that invites them."""

    __tablename__ = "import_batch"
    __table_args__ = (Index("ix_import_batch_made", "service_id", "made_at"),)
    retention: ClassVar[str] = "security"
    category: ClassVar[str] = "identity"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))  # who sent it: nobody else sees it
    made_at: Mapped[Moment]
    rows: Mapped[JsonList] = mapped_column(JSONB, default=list)  # [{row, details}] until they are invited
    invited_at: Mapped[Moment | None]
    outcomes: Mapped[JsonList] = mapped_column(JSONB, default=list)  # [{row, patient_id, outcome}] afterwards
