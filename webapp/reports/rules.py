"""What may stand in a cell of a table, and how numbers and moments are written. Standard library only, no words."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from zoneinfo import ZoneInfo

STARTS_A_FORMULA = frozenset("=+-@\t\r\n＝＋－＠")
"""Letters that make a spreadsheet read a cell as a formula or a command (OWASP, CSV injection), and their wide forms."""


class AnswerState(StrEnum):
    """What became of one question."""

    ANSWERED = "answered"
    RATHER_NOT_SAY = "rather_not_say"
    OPEN = "open"
    ELSEWHERE = "asked_elsewhere"  # the same question in another questionnaire of the sitting was answered
    KEPT_BACK = "kept_back"  # answered in words, which are not in this copy


def cell(value: object, zone: str) -> str:
    """One value as the text of a cell: empty for unknown, numbers with a dot, days and moments as ISO 8601.

    Text that a spreadsheet would read as a formula gets a ' before it. A number never does, a negative one
    neither. A moment is written on the clocks of the IANA time zone ``zone``, with its offset.
    """
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case Decimal():
            return format(value, "f")
        case datetime():
            return moment(value, zone)
        case date():
            return value.isoformat()
        case _:
            return _harmless(str(value))


def moment(at: datetime, zone: str) -> str:
    """``at`` to the second on the clocks of ``zone``, with the offset: 2026-11-22T09:30:00+00:00."""
    return at.astimezone(ZoneInfo(zone)).isoformat(timespec="seconds")


def number(value: Decimal) -> int | float:
    """A score as JSON writes it: 18 without decimals, 5.7 with them."""
    exponent = value.as_tuple().exponent
    return int(value) if isinstance(exponent, int) and exponent >= 0 else float(value)


def plain_text(text: str) -> str:
    """Text as FHIR takes it: no letters below 32 but tab and new line, and only the usual blanks."""
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() or letter in "\t\r\n" else _blank(letter) for letter in text
    )


def _blank(letter: str) -> str:
    """A blank for control letters and unusual blanks; what merely cannot be seen stays."""
    return " " if letter.isspace() or letter == "\ufeff" or ord(letter) < 32 else letter


def _harmless(text: str) -> str:
    first = text.lstrip(" \u00a0\ufeff")[:1]
    return f"'{text}" if first in STARTS_A_FORMULA and first else text
