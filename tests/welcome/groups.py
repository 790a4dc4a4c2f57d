"""Lists of people for the tests: as a clinician would type them, and as spreadsheets save them."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from typing import Any

from webapp.people.rules_import_columns import HEADINGS

FINE = {
    "given_name": "Ann",
    "family_name": "Archer",
    "born_on": "03/04/1961",
    "email": "ann@example.org",
    "mobile": "07700 900552",
    "postal_address": "1 Mill Lane\nHillside",
    "email_is_safe": "yes",
    "text_is_safe": "no",
    "call_is_safe": "yes",
    "voicemail_is_safe": "no",
    "letter_is_safe": "yes",
    "suitability": "yes",
    "seen_by": "Dr Reed",
    "seen_on": "02/11/2025",
    "needs": "large print; text, not a call",
    "group_name": "Autumn group",
    "finished_on": "31/10/2025",
}
NO_E_MAIL = {"email": "", "email_is_safe": ""}


def somebody(**changes: str) -> dict[str, str]:
    """A line in which all is well, but for what the test says."""
    return {**FINE, **changes}


def list_of(
    *people: dict[str, str],
    headings: dict[str, str] | None = None,
    delimiter: str = ",",
    but: Sequence[str] = (),
) -> str:
    """The text of a file with these people; *but* leaves columns out, *headings* renames some."""
    named = {field: (headings or {}).get(field, text) for field, text in HEADINGS.items() if field not in but}
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=delimiter)
    writer.writerow(named.values())
    for person in people:
        writer.writerow(person.get(field, "") for field in named)
    return out.getvalue()


def upload(text: str | bytes, name: str = "people.csv") -> dict[str, Any]:
    """The field of the form with this file."""
    return {"file": (io.BytesIO(text.encode() if isinstance(text, str) else text), name)}
