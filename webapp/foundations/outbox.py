"""The outbox: one row for each message to a person, written in the transaction that promises it."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped, mapped_column

from .database import Base, Moment, OfService

EMAIL, TEXT, LETTER = "email", "text", "letter"
REFUSED = "refused"
"""How ``last_error`` begins when the address itself was refused for good."""
NOT_WANTED = "not wanted"
"""How it begins when the address is good and what was written was refused for good."""


class Letter(OfService, Base):
    """One message to one address. ``kind`` names the template; the words were chosen when it was written."""

    __tablename__ = "outbox"
    __table_args__ = (
        Index("ix_outbox_patient", "service_id", "patient_id", "written_at"),
        Index(
            "ix_outbox_due",
            "service_id",
            "next_try_at",
            postgresql_where=text("sent_at IS NULL AND failed_at IS NULL AND withdrawn_at IS NULL"),
        ),
        Index(
            "ix_outbox_failed",
            "service_id",
            "failed_at",
            postgresql_where=text("failed_at IS NOT NULL AND settled_at IS NULL"),
        ),
        Index(
            "ix_outbox_letters",
            "service_id",
            "sent_at",
            "id",
            postgresql_where=text("channel = 'letter' AND withdrawn_at IS NULL"),
        ),
    )
    retention: ClassVar[str] = "care-record"
    category: ClassVar[str] = "identity"

    kind: Mapped[str]
    patient_id: Mapped[UUID | None]
    to_address: Mapped[str]
    language: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str]
    message_id: Mapped[str]
    written_at: Mapped[Moment]
    next_try_at: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[Moment | None]
    failed_at: Mapped[Moment | None]
    last_error: Mapped[str | None]  # in a few technical words, without an address
    channel: Mapped[str] = mapped_column(default="email")  # email text letter
    html: Mapped[str | None]  # the same words with buttons, for e-mail programs that show them
    stop_url: Mapped[str | None]  # where one tap stops messages of this kind
    quiet_in: Mapped[str | None]  # the IANA zone whose evenings and nights it keeps; None: sent at any hour
    withdrawn_at: Mapped[Moment | None]  # not sent after all: what it said was no longer so
    withdrawn_why: Mapped[str | None]
    settled_at: Mapped[Moment | None]  # a person has dealt with its failure
    settled_by: Mapped[str | None]  # … or has posted this printed letter

    @property
    def was_refused(self) -> bool:
        """It failed because its address was refused for good (not its words, and not because a server was away)."""
        return self.failed_at is not None and (self.last_error or "").startswith(f"{REFUSED}:")
