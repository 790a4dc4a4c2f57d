"""The secrets of an invitation: the link in an e-mail (72 hours) and the short code in a letter (28 days)."""

from __future__ import annotations

import secrets
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import tokens
from webapp.people.models import Patient
from webapp.people.sign_in_models import Token

from .rules import CODE_LENGTH, CODE_LETTERS, code_of

LINK, CODE = "invitation", "letter_code"


def new_link(patient: Patient) -> str:
    """A new secret for an e-mail. Earlier links of this patient stop working; a letter's code goes on."""
    tokens.end_all(LINK, patient_id=patient.id)
    return tokens.make(LINK, service_id=patient.service_id, patient_id=patient.id)


def new_code(patient: Patient) -> str:
    """A new code for a letter. Earlier letters of this patient stop working; an e-mailed link goes on."""
    tokens.end_all(CODE, patient_id=patient.id)
    code = "".join(secrets.choice(CODE_LETTERS) for _ in range(CODE_LENGTH))
    return tokens.make(CODE, secret=code, service_id=patient.service_id, patient_id=patient.id)


def end_invitations(patient_id: UUID) -> None:
    """Every link and code of this patient stops working."""
    tokens.end_all(LINK, patient_id=patient_id)
    tokens.end_all(CODE, patient_id=patient_id)


def purpose_of(secret: str) -> str:
    """What somebody holds: a letter's code, or else a link."""
    return CODE if code_of(secret) else LINK


def find(secret: str) -> Token | None:
    """The token of a link or a typed code, whatever its state."""
    return tokens.find(purpose_of(secret), code_of(secret) or secret)


def use(secret: str) -> Token | None:
    """Use it up. Of two at the same moment exactly one succeeds."""
    return tokens.use(purpose_of(secret), code_of(secret) or secret)


def is_open(token: Token) -> bool:
    """True while this link or code may still be used."""
    return token.used_at is None and token.expires_at > clock.now()


def good_until(patient: Patient, purpose: str) -> datetime | None:
    """Until when the latest link or code of this patient works; None if none does."""
    return db.session.scalar(
        select(Token.expires_at)
        .where(
            Token.service_id == patient.service_id,
            Token.patient_id == patient.id,
            Token.purpose == purpose,
            Token.used_at.is_(None),
            Token.expires_at > clock.now(),
        )
        .order_by(Token.made_at.desc())
        .limit(1)
    )
