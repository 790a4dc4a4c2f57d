"""Post: a message to a person is a row in the outbox, written in the transaction that promises it.

The worker sweeps the outbox and does not trust the queue. A message is sent at least once, always with the same
Message-ID; it is marked sent only after the mail server took it; after 48 hours of trying it has failed, and says so.
"""

from __future__ import annotations

import smtplib
import ssl
from datetime import timedelta
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from typing import ClassVar, Protocol
from urllib.parse import unquote, urlsplit
from uuid import UUID

from sqlalchemy import Index, select, text
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .database import Base, Moment, OfService, db

GIVE_UP_AFTER = timedelta(hours=48)
FIRST_WAIT = timedelta(minutes=2)
LONGEST_WAIT = timedelta(hours=4)
AT_A_TIME = 50


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
    last_error: Mapped[str | None]
    channel: Mapped[str] = mapped_column(default="email")  # email text letter
    html: Mapped[str | None]  # the same words with buttons, for e-mail programs that show them
    stop_url: Mapped[str | None]  # where one tap stops messages of this kind
    quiet_in: Mapped[str | None]  # the IANA zone whose evenings and nights it keeps; None: sent at any hour
    withdrawn_at: Mapped[Moment | None]  # not sent after all: what it said was no longer so
    withdrawn_why: Mapped[str | None]
    settled_at: Mapped[Moment | None]  # a person has dealt with its failure
    settled_by: Mapped[str | None]  # … or has posted this printed letter


class Carrier(Protocol):
    """Takes a message to the outside world, or raises ``OSError``/``smtplib.SMTPException``."""

    def __call__(self, message: EmailMessage) -> None:
        """Hand the message over."""
        ...


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
        next_try_at=moment,
        channel=channel,
        html=html,
        stop_url=stop_url,
        quiet_in=quiet_in,
    )
    db.session.add(letter)
    db.session.flush()
    letter.message_id = f"<{letter.id}@waymark>"
    return letter


def deliver_due(carrier: Carrier, sender: str, limit: int = AT_A_TIME) -> int:
    """Send this service's due messages, each committed by itself; returns how many went out."""
    sent = 0
    while sent < limit and (letter := _next_due()) is not None:
        sent += _try_to_send(letter, carrier, sender)
        db.session.commit()
    db.session.rollback()
    return sent


def _next_due() -> Letter | None:
    waiting = select(Letter).where(
        Letter.sent_at.is_(None),
        Letter.failed_at.is_(None),
        Letter.withdrawn_at.is_(None),
        Letter.channel != "letter",
        Letter.next_try_at <= clock.now(),
    )
    return db.session.scalar(waiting.order_by(Letter.next_try_at).limit(1).with_for_update(skip_locked=True))


def _try_to_send(letter: Letter, carrier: Carrier, sender: str) -> int:
    letter.tries += 1
    try:
        carrier(as_email(letter, sender))
    except (OSError, smtplib.SMTPException) as error:
        _put_off(letter, type(error).__name__)
        return 0
    letter.sent_at, letter.last_error = clock.now(), None
    return 1


def _put_off(letter: Letter, error: str) -> None:
    letter.last_error = error
    if clock.now() - letter.written_at >= GIVE_UP_AFTER:
        letter.failed_at = clock.now()
    letter.next_try_at = clock.now() + min(FIRST_WAIT * 2 ** (letter.tries - 1), LONGEST_WAIT)


def as_email(letter: Letter, sender: str) -> EmailMessage:
    """The message as an e-mail with its stable Message-ID."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, letter.to_address, letter.subject
    message["Message-ID"], message["Date"] = letter.message_id, format_datetime(letter.written_at)
    message["Content-Language"], message["Auto-Submitted"] = letter.language, "auto-generated"
    message.set_content(letter.text)
    return message


def carrier_for(smtp_url: str, folder: Path) -> Carrier:
    """By SMTP where an address is set; else into files in ``folder``, which the terminal names."""
    if not smtp_url:
        return lambda message: _to_file(message, folder)
    return lambda message: _by_smtp(message, smtp_url)


def _to_file(message: EmailMessage, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").split("@")[0]
    (folder / f"{name}.eml").write_bytes(bytes(message))


def _by_smtp(message: EmailMessage, url: str) -> None:
    parts = urlsplit(url)
    host, port = parts.hostname or "localhost", parts.port or (465 if parts.scheme == "smtps" else 587)
    context = ssl.create_default_context()
    if parts.scheme == "smtps":
        server: smtplib.SMTP = smtplib.SMTP_SSL(host, port, timeout=30, context=context)
    else:
        server = smtplib.SMTP(host, port, timeout=30)
    with server:
        if parts.scheme == "smtp" and server.ehlo() and server.has_extn("starttls"):
            server.starttls(context=context)
        if parts.username:
            server.login(unquote(parts.username), unquote(parts.password or ""))
        server.send_message(message)
