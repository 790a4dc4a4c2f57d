"""The mail server of the year: takes every message, remembers when, and is out of order now and then."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from email.message import EmailMessage
from random import Random

from webapp.foundations import clock
from webapp.foundations.carriers import CannotCarry

OUTAGES_A_YEAR = 6
LONGEST_OUTAGE_HOURS = 20
_LINK = re.compile(r"/r/(?P<secret>[\w-]{16,})/(?P<name>[\w-]+)")


@dataclass(frozen=True, slots=True)
class Receipt:
    """One message that the server took: the secret of its links ("" without any), and what they are called."""

    at: datetime
    message_id: str
    to: str
    secret: str
    links: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Outage:
    """The server refuses everything in these hours."""

    from_at: datetime
    until_at: datetime


def outages_of(begins_at: datetime, days: int, throw: Random) -> tuple[Outage, ...]:
    """When the server is out of order: about six times a year, for up to twenty hours."""
    found = []
    for _ in range(max(1, round(OUTAGES_A_YEAR * days / 365))):
        from_at = begins_at + timedelta(minutes=throw.randrange(days * 24 * 60))
        found.append(Outage(from_at, from_at + timedelta(hours=throw.randint(2, LONGEST_OUTAGE_HOURS))))
    return tuple(found)


@dataclass
class Receiver:
    """A carrier (see ``foundations.carriers``) that delivers into this list.

    ``uncommitted`` is the message that was taken last, until the worker has written down that it was.
    """

    outages: Sequence[Outage] = ()
    receipts: list[Receipt] = field(default_factory=list)
    refused: int = 0
    uncommitted: str | None = None

    def __call__(self, message: EmailMessage) -> None:
        """Take a message.

        Raises:
            CannotCarry: the server is out of order.
        """
        now = clock.now()
        if any(one.from_at <= now < one.until_at for one in self.outages):
            self.refused += 1
            raise CannotCarry("out of order")
        found = list(_LINK.finditer(_words_of(message)))
        secret, links = found[0]["secret"] if found else "", frozenset(one["name"] for one in found)
        receipt = Receipt(now, str(message["Message-ID"]), str(message["To"]), secret, links)
        self.receipts.append(receipt)
        self.uncommitted = receipt.message_id


def _words_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    return str(body.get_content()) if body is not None else ""
