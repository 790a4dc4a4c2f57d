"""Bounces as a mail system lists them: a CSV file to rows, and its reasons to ours. Plain truths, no words."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from email.utils import parsedate
from enum import StrEnum

from webapp.people.rules_import import FileTrouble, Unreadable, date_parts, text_of

MOST_ROWS = 1000
MOST_FAULTS = 100
LONGEST_ADDRESS = 254  # RFC 5321
HEADINGS = {
    "address": ("address", "email", "e-mail", "e-mail address", "email address", "recipient", "to", "number"),
    "reason": ("reason", "why", "status", "diagnostic code", "error", "bounce reason"),
    "date": ("date", "day", "when", "time", "timestamp", "bounced at"),
}
"""What mail systems call the three columns; the first name is ours."""


class Why(StrEnum):
    """Why messages do not arrive."""

    UNKNOWN = "unknown"  # nobody has this address or number
    FULL = "full"  # the mailbox is full
    REFUSED = "refused"  # the other side does not take our messages
    MOVED = "moved"  # they have another address now
    WRONG_PERSON = "wrong_person"  # it reaches somebody else
    GAVE_UP = "gave_up"  # tried for two days, no answer
    OTHER = "other"


_BY_STATUS = (
    ("5.1.6", Why.MOVED),
    ("5.1", Why.UNKNOWN),
    ("5.2.1", Why.UNKNOWN),
    ("5.2.2", Why.FULL),
    ("5.4", Why.GAVE_UP),
    ("5.7", Why.REFUSED),
)
"""The first that fits. Source: RFC 3463, Enhanced Mail System Status Codes, sections 3.2, 3.3, 3.5 and 3.8."""

_BY_WORDS = (
    (("wrong person", "somebody else", "someone else"), Why.WRONG_PERSON),
    (("full", "quota", "over limit"), Why.FULL),
    (("moved", "changed address", "relayed"), Why.MOVED),
    (
        ("unknown", "does not exist", "doesn't exist", "no such", "not found", "invalid", "disabled", "inactive", "hard"),
        Why.UNKNOWN,
    ),
    (("refused", "rejected", "blocked", "spam", "denied", "policy", "blacklist", "not accepted"), Why.REFUSED),
    (("timed out", "timeout", "expired", "gave up", "no answer", "unreachable"), Why.GAVE_UP),
)  # fmt: skip
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_FOR_NOW = re.compile(r"\b(soft|temporar\w*|transient|deferred|delayed|greylist\w*|4\d\d)\b")


class Fault(StrEnum):
    """What is wrong with one line of the file."""

    NO_ADDRESS_COLUMN = "no_address_column"
    NO_ADDRESS = "no_address"
    NOT_AN_ADDRESS = "not_an_address"
    DATE = "date"
    STILL_TO_COME = "still_to_come"


@dataclass(frozen=True, slots=True)
class CameBack:
    """One line: the address or number, why, and the day (None where the file names none)."""

    line: int
    address: str
    why: Why
    on: date | None


@dataclass(frozen=True, slots=True)
class Faulty:
    """One line that cannot be read, and what stands in it."""

    line: int
    fault: Fault
    typed: str


@dataclass(frozen=True)
class Sheet:
    """What a file says. ``for_now``: lines about delays only, which say nothing about an address."""

    rows: tuple[CameBack, ...]
    for_now: tuple[int, ...]
    faults: tuple[Faulty, ...]


def read(file: bytes, today: date) -> Sheet:
    """The lines of a CSV file with the columns address, reason and date, in any order; only address is needed.

    Raises:
        Unreadable: it is empty, too large (60 kB), no CSV, has nobody in it, or more than 1,000 lines.
    """
    lines = _lines(text_of(file))
    if not lines:
        raise Unreadable(FileTrouble.EMPTY)
    (heading_line, headings), *rest = lines
    places = _places(headings)
    if "address" not in places:
        return Sheet((), (), (Faulty(heading_line, Fault.NO_ADDRESS_COLUMN, ", ".join(headings)),))
    if not rest:
        raise Unreadable(FileTrouble.NO_PEOPLE)
    if len(rest) > MOST_ROWS:
        raise Unreadable(FileTrouble.TOO_MANY_PEOPLE)
    return _sheet([_row(number, cells, places, today) for number, cells in rest])


def why_of(said: str) -> Why | None:
    """Our reason for what a mail system says; None for a delay, which says nothing about the address."""
    plain = " ".join(said.casefold().split())
    if status := _STATUS.search(plain):
        return _why_of_status(status)
    found = next((why for words, why in _BY_WORDS if any(word in plain for word in words)), None)
    if _FOR_NOW.search(plain) and found is not Why.FULL:
        return None
    return found or Why.OTHER


def _why_of_status(status: re.Match[str]) -> Why | None:
    if status[1] != "5":
        return None
    found = status[0]
    return next((why for start, why in _BY_STATUS if f"{found}.".startswith(f"{start}.")), Why.OTHER)


def is_number(address: str) -> bool:
    """Is this a telephone number, as far as one can see?"""
    return "@" not in address and len(re.sub(r"\D", "", address)) >= 6


def day_of(typed: str) -> date | None:
    """The day of "2026-11-20", "2026-11-20T08:00:00Z", "20/11/2026", "20 November 2026" or an e-mail's date."""
    day_first = re.split(r"[T ](?=\d{1,2}:\d\d)", typed.strip(), maxsplit=1)[0]
    parts = date_parts(day_first)
    try:
        if parts and parts["month"].isdigit():
            return date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        mailed = parsedate(typed if ":" in typed else f"{typed} 00:00:00")
        return date(*mailed[:3]) if mailed else None
    except ValueError:
        return None


def _lines(text: str) -> list[tuple[int, list[str]]]:
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        found = [(reader.line_num, [cell.strip() for cell in cells]) for cells in reader]
    except csv.Error:
        raise Unreadable(FileTrouble.OPEN_QUOTE) from None
    return [(number, cells) for number, cells in found if any(cells)]


def _places(headings: Sequence[str]) -> dict[str, int]:
    """Which column is which: our own name wins over those of mail systems."""
    plain = [" ".join(heading.casefold().replace("_", " ").split()) for heading in headings]
    places = {}
    for field, names in HEADINGS.items():
        found = next((plain.index(name) for name in names if name in plain), None)
        if found is not None:
            places[field] = found
    return places


def _row(number: int, cells: Sequence[str], places: dict[str, int], today: date) -> CameBack | Faulty | int:
    """The line as a row, as a fault, or (a delay only) as its number."""
    said = {field: cells[place] if place < len(cells) else "" for field, place in places.items()}
    address = _bare(said["address"])
    if not address:
        return Faulty(number, Fault.NO_ADDRESS, "")
    if not _is_an_address(address):
        return Faulty(number, Fault.NOT_AN_ADDRESS, said["address"])
    if (why := why_of(said.get("reason", ""))) is None:
        return number
    typed = said.get("date", "")
    on = day_of(typed) if typed else None
    if typed and on is None:
        return Faulty(number, Fault.DATE, typed)
    if on is not None and on > today:
        return Faulty(number, Fault.STILL_TO_COME, typed)
    return CameBack(number, address, why, on)


def _bare(address: str) -> str:
    """ "rfc822; Asha <asha@example.org>" without what mail systems write round an address."""
    bare = re.sub(r"^(rfc822\s*;|mailto:)\s*", "", address.strip(), flags=re.IGNORECASE)
    inside = re.search(r"<([^<>]*)>", bare)
    return (inside[1] if inside else bare).strip()


def _is_an_address(address: str) -> bool:
    if len(address) > LONGEST_ADDRESS:
        return False
    return is_number(address) or bool(re.fullmatch(r"[^\s@]+@[^\s@]+", address))


def _sheet(found: Sequence[CameBack | Faulty | int]) -> Sheet:
    return Sheet(
        rows=tuple(one for one in found if isinstance(one, CameBack)),
        for_now=tuple(one for one in found if isinstance(one, int)),
        faults=tuple(one for one in found if isinstance(one, Faulty)),
    )
