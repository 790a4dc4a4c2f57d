"""Who copied all questionnaires of a service out of Waymark, when, and why."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, LoggedOfService, Moment


class ServiceCopy(LoggedOfService, Base):
    """One copy of everything that was asked for. The audit says that it was made; here stands the reason."""

    __tablename__ = "service_copy"
    retention: ClassVar[str] = "audit"
    category: ClassVar[str] = "identity"
    append_only: ClassVar[bool] = True

    at: Mapped[Moment]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    by_name: Mapped[str]
    why: Mapped[str]  # in the words of who asked for it
    patients: Mapped[int]  # how many patients it held
    sittings: Mapped[int]  # how many sittings it held
