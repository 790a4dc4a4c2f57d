"""What the tests of the post share: mail servers and carriers that fail as told, and a clock that is set."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from uuid import UUID

from flask import Flask
from sqlalchemy import text

from webapp.foundations import clock, jobs, post
from webapp.foundations.database import db, enter_service
from webapp.foundations.outbox import Letter

SENDER = "Hillside <no-reply@example.org>"
NOON = datetime(2026, 6, 3, 11, 0, tzinfo=UTC)  # 12:00 on London's clocks
LONDON = "Europe/London"


class Box:
    """A carrier of e-mails that takes them, or does what ``fault`` does first."""

    def __init__(self, fault: Callable[[], None] = lambda: None) -> None:
        self.fault = fault
        self.took: list[EmailMessage] = []

    def __call__(self, message: EmailMessage) -> None:
        self.fault()
        self.took.append(message)

    @property
    def addresses(self) -> list[str]:
        """To whom, in order."""
        return [str(message["To"]) for message in self.took]


class Phones:
    """A carrier of texts that takes them."""

    def __init__(self) -> None:
        self.took: list[tuple[str, str, str, bool]] = []

    def __call__(self, number: str, words: str, *, reference: str, tried_before: bool) -> None:
        self.took.append((number, words, reference, tried_before))


def write(service_id: UUID, to: str = "asha@example.org", kind: str = "note", **more: object) -> Letter:
    """A message in the outbox, committed."""
    enter_service(service_id)
    letter = post.write(service_id, kind, to, "Your link", "Words", language="en", **more)  # type: ignore[arg-type]
    db.session.commit()
    return letter


def fill(service_id: UUID, number: int) -> None:
    """Very many messages of a service, written at once and due now."""
    enter_service(service_id)
    letter = write(service_id, "first@example.org")
    columns = [column.name for column in Letter.__table__.columns if column.name not in ("id", "to_address")]
    named = ", ".join(columns)
    db.session.execute(
        text(
            f"INSERT INTO outbox (id, to_address, {named})"
            f" SELECT gen_random_uuid(), 'p' || n || '@example.org', {named}"
            " FROM outbox, generate_series(2, :number) AS n WHERE outbox.id = :id"
        ),
        {"number": number, "id": letter.id},
    )
    db.session.commit()


def sweep_at(moment: datetime) -> int:
    """A sweep of all services at this moment."""
    db.session.commit()
    with clock.standing_at(moment):
        sent = jobs.sweep_outbox()
    read_again()
    return sent


def read_again() -> None:
    """The sweep has a session of its own: let the test's messages say what the database says."""
    for letter in [one for one in db.session.identity_map.values() if isinstance(one, Letter)]:
        enter_service(letter.service_id)
        db.session.refresh(letter)
    db.session.commit()


def sweep_until_it_rests(
    letter: Letter, since: datetime, *, at_most: timedelta = timedelta(days=4)
) -> datetime:
    """Sweep whenever the message is due, until it was sent, failed or withdrawn; the moment of that."""
    at = since
    while not (letter.sent_at or letter.failed_at or letter.withdrawn_at):
        at = max(at, letter.next_try_at)
        assert at <= since + at_most, "it never comes to rest"
        sweep_at(at)
    return at


@contextmanager
def carriers(app: Flask, email: object = None, texting: object = None) -> Iterator[None]:
    """The application with these carriers in place of its own."""
    before = app.extensions["waymark_carrier"], app.extensions["waymark_texting"]
    app.extensions["waymark_carrier"], app.extensions["waymark_texting"] = email or Box(), texting
    try:
        yield
    finally:
        app.extensions["waymark_carrier"], app.extensions["waymark_texting"] = before
