"""Post: a message to a person is a row in the outbox, written in the transaction that promises it.

The worker sweeps the outbox and does not trust the queue. A message is sent at least once, always with the same
Message-ID; it is marked sent only after the mail server took it; after 48 hours of trying, or when its address is
refused for good, it has failed, and says so. Rooms call what this file names; ``docs/decisions/0014-post.md``.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import current_app
from sqlalchemy import func, select

from . import clock
from .carriers import domain_of
from .database import db
from .delivering import (
    AT_A_TIME,
    GIVE_UP_AFTER,
    ask_before_sending,
    deliver_due,
    tell_me_of_failures,
    withdraw,
)
from .outbox import Letter
from .quiet_hours import after_quiet_hours

__all__ = [
    "AT_A_TIME",
    "GIVE_UP_AFTER",
    "Letter",
    "Numbers",
    "ask_before_sending",
    "can_text",
    "deliver_due",
    "numbers",
    "tell_me_of_failures",
    "withdraw",
    "write",
]


def write(
    service_id: UUID,
    kind: str,
    to_address: str,
    subject: str,
    text_lines: str,
    *,
    language: str,
    patient_id: UUID | None = None,
    channel: str = "email",
    html: str | None = None,
    stop_url: str | None = None,
    quiet_in: str | None = None,
) -> Letter:
    """Put a message into the outbox, in the caller's transaction, due at once (in its quiet hours: after them)."""
    moment = clock.now()
    letter = Letter(
        service_id=service_id,
        kind=kind,
        patient_id=patient_id,
        to_address=to_address,
        language=language,
        subject=" ".join(subject.split()),
        text=text_lines,
        message_id="",
        written_at=moment,
        next_try_at=after_quiet_hours(moment, quiet_in) if quiet_in else moment,
        channel=channel,
        html=html,
        stop_url=stop_url,
        quiet_in=quiet_in,
    )
    db.session.add(letter)
    db.session.flush()
    letter.message_id = f"<{letter.id}@{domain_of(current_app.extensions['waymark_settings'].mail_from)}>"
    return letter


def can_text() -> bool:
    """Can text messages be sent from here? (Not before a key is set.)"""
    return current_app.extensions["waymark_texting"] is not None


@dataclass(frozen=True)
class Numbers:
    """One service's post in numbers: what waits and since when, what failed and nobody has settled, what to print."""

    waiting: int
    waiting_since: datetime | None
    failed: int
    to_print: int


def numbers(service_id: UUID) -> Numbers:
    """The post of a service in numbers (its wall must be open)."""
    by_post = Letter.channel == "letter"
    open_ones = (Letter.sent_at.is_(None), Letter.failed_at.is_(None), Letter.withdrawn_at.is_(None))
    row = db.session.execute(
        select(
            func.count().filter(*open_ones, ~by_post),
            func.min(Letter.written_at).filter(*open_ones, ~by_post),
            func.count().filter(Letter.failed_at.is_not(None), Letter.settled_at.is_(None)),
            func.count().filter(*open_ones, by_post, Letter.settled_at.is_(None)),
        ).where(Letter.service_id == service_id)
    ).one()
    return Numbers(*row)
