"""What signing in needs: sessions, one-time tokens and throttles. Only hashes of secrets are stored."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from sqlalchemy import ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from webapp.foundations.database import Base, Moment


class SignedIn(Base):
    """One device's session. It can be ended from anywhere and dies at once on every worker."""

    __tablename__ = "signed_in"
    __table_args__ = (Index("ix_signed_in_account", "account_id"),)
    retention: ClassVar[str] = "security"
    category: ClassVar[str] = "security"
    walled: ClassVar[bool] = False

    token_hash: Mapped[str] = mapped_column(primary_key=True)  # SHA-256 of a 256-bit secret
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    membership_id: Mapped[UUID | None]
    patient_id: Mapped[UUID | None]
    role: Mapped[str]  # ending a membership ends its sessions, so that this is never stale
    kind: Mapped[str]  # own_phone shared staff
    device: Mapped[str]  # "Chrome on Android", for the list of one's own sessions
    started_at: Mapped[Moment]
    last_seen_at: Mapped[Moment]
    second_factor_at: Mapped[Moment | None]
    ended_at: Mapped[Moment | None]


class Token(Base):
    """A one-time secret in a link or letter. Looking at it never uses it up; only a POST does."""

    __tablename__ = "token"
    __table_args__ = (Index("ix_token_subject", "service_id", "patient_id", "account_id"),)
    retention: ClassVar[str] = "security"
    category: ClassVar[str] = "security"
    walled: ClassVar[bool] = False

    token_hash: Mapped[str] = mapped_column(primary_key=True)
    purpose: Mapped[str]  # invitation letter_code sign_in_link first_administrator staff_invitation
    service_id: Mapped[UUID | None] = mapped_column(ForeignKey("service.id"))
    patient_id: Mapped[UUID | None]
    account_id: Mapped[UUID | None] = mapped_column(ForeignKey("account.id"))
    membership_id: Mapped[UUID | None]
    browser_hash: Mapped[str | None]  # a sign-in link works only in the browser that asked for it
    made_at: Mapped[Moment]
    expires_at: Mapped[Moment]
    used_at: Mapped[Moment | None]


class Throttle(Base):
    """How often something failed lately, for one key (an account and network, a network, an invitation)."""

    __tablename__ = "throttle"
    retention: ClassVar[str] = "security"
    category: ClassVar[str] = "security"
    walled: ClassVar[bool] = False

    key_hash: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[Moment]
    wait_until: Mapped[Moment]
