"""One-time secrets in links and letters. Looking never uses one up; ``use`` does, and only once."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select, update

from webapp.foundations import clock
from webapp.foundations.database import db

from .sign_in_models import Token
from .visitors import hash_of

LASTS = {
    "invitation": timedelta(hours=72),
    "letter_code": timedelta(days=28),
    "sign_in_link": timedelta(minutes=10),
    "staff_invitation": timedelta(hours=72),
    "first_administrator": timedelta(hours=24),
    "message": timedelta(days=60),
}
SHORT_BYTES = {"message": 16}
"""Secrets that must fit a text message: 22 letters, 128 bits. The others have 256 bits."""


def make(
    purpose: str,
    *,
    secret: str | None = None,
    service_id: UUID | None = None,
    patient_id: UUID | None = None,
    account_id: UUID | None = None,
    membership_id: UUID | None = None,
    browser_hash: str | None = None,
    at: datetime | None = None,
) -> str:
    """Make a secret for ``purpose`` and return it; only its hash is stored.

    A letter's short code may be given. ``at``: the moment of what the secret belongs to, if not now.
    """
    secret = secret or secrets.token_urlsafe(SHORT_BYTES.get(purpose, 32))
    moment = at or clock.now()
    db.session.add(
        Token(
            token_hash=hash_of(f"{purpose}:{secret}"),
            purpose=purpose,
            service_id=service_id,
            patient_id=patient_id,
            account_id=account_id,
            membership_id=membership_id,
            browser_hash=browser_hash,
            made_at=moment,
            expires_at=moment + LASTS[purpose],
        )
    )
    db.session.flush()
    return secret


def look(purpose: str, secret: str) -> Token | None:
    """The token if it may still be used, else None."""
    return db.session.scalar(select(Token).where(*_usable(purpose, secret)))


def find(purpose: str, secret: str) -> Token | None:
    """The token whatever its state: to say kindly that it is over, and to send a new one to the address
    we hold.
    """
    return db.session.get(Token, hash_of(f"{purpose}:{secret}"))


def use(purpose: str, secret: str) -> Token | None:
    """Use it up; None if it was used, is over, or never was.

    Of two at the same moment exactly one succeeds.
    """
    used = update(Token).where(*_usable(purpose, secret)).values(used_at=clock.now()).returning(Token)
    return db.session.scalar(used)


def end_all(purpose: str, *, patient_id: UUID | None = None, account_id: UUID | None = None) -> None:
    """Earlier secrets for the same person stop working: a new one was sent."""
    db.session.execute(
        update(Token)
        .where(
            Token.purpose == purpose,
            Token.patient_id == patient_id if patient_id else Token.account_id == account_id,
            Token.used_at.is_(None),
        )
        .values(expires_at=clock.now())
    )


def _usable(purpose: str, secret: str):  # type: ignore[no-untyped-def]
    return (
        Token.token_hash == hash_of(f"{purpose}:{secret}"),
        Token.used_at.is_(None),
        Token.expires_at > clock.now(),
    )
