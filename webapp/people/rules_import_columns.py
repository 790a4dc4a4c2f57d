"""The columns of a list of people: a file format, the same in every language, and the words its cells may have."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from .rules import plain_key

LIKE_ENOUGH = 0.6  # how alike a heading must be written to be suggested; only ever a suggestion


@dataclass(frozen=True)
class Column:
    """One column: the form's field that it fills, its heading, and other headings that mean the same."""

    field: str
    heading: str
    also: tuple[str, ...] = ()
    needed: bool = False


COLUMNS = (
    Column("given_name", "First name", ("given name", "forename", "first names"), needed=True),
    Column("family_name", "Last name", ("surname", "family name"), needed=True),
    Column("born_on", "Date of birth", ("dob", "born", "born on", "birth date", "birthday"), needed=True),
    Column("email", "E-mail", ("e-mail address", "mail")),
    Column("mobile", "Mobile", ("mobile number", "mobile phone", "mobile no")),
    Column("phone", "Other phone", ("phone", "telephone", "landline", "home phone", "other phone number")),
    Column("postal_address", "Postal address", ("address", "home address")),
    Column("email_is_safe", "Safe to e-mail"),
    Column("text_is_safe", "Safe to text", ("safe to sms",)),
    Column("call_is_safe", "Safe to call", ("safe to ring", "safe to phone")),
    Column("voicemail_is_safe", "Safe to leave voicemail", ("safe voicemail", "safe to leave a message")),
    Column("letter_is_safe", "Safe to write", ("safe to post", "safe to send letter", "safe to send a letter")),
    Column("contact_times", "Good times to ring", ("good times to call",)),
    Column("suitability", "Seen and suitable", ("suitable",), needed=True),
    Column("seen_by", "Seen by"),
    Column("seen_on", "Seen on", ("date seen",)),
    Column("needs", "Needs", ("what the patient needs",)),
    Column("needs_note", "More about needs", ("more about these needs", "needs note")),
    Column("language", "Language"),
    Column("group_name", "Programme", ("programme name", "program", "group", "group name"), needed=True),
    Column("finished_on", "Programme ended on", ("programme end date", "end date", "finished on"), needed=True),
    Column("clinician", "Clinician"),
    Column("reference", "Your reference", ("reference", "your own reference", "local number")),
    Column("note", "Note", ("notes",)),
)  # fmt: skip
HEADINGS = {column.field: column.heading for column in COLUMNS}
# With this way to reach somebody the file must say what is safe: the same pairs as on the invitation page.
NEEDED_WITH = {
    "email": ("email_is_safe",),
    "mobile": ("text_is_safe", "call_is_safe", "voicemail_is_safe"),
    "phone": ("call_is_safe", "voicemail_is_safe"),
    "postal_address": ("letter_is_safe",),
}
DATES = ("born_on", "seen_on", "finished_on")
SAFE = ("email_is_safe", "text_is_safe", "call_is_safe", "voicemail_is_safe", "letter_is_safe")
NUMBERS = ("mobile", "phone")
YES, NO = frozenset({"yes", "y", "true", "1", "safe"}), frozenset({"no", "n", "false", "0", "not safe"})
SUITABILITY = {
    **dict.fromkeys(("yes", "y", "true", "1", "seen and suitable"), "seen_and_suitable"),
    **dict.fromkeys(("not yet", "not seen", "not seen yet"), "not_yet"),
}
NOT_SUITABLE = frozenset({*NO, "not suitable", "seen not suitable now", "prefers another way"})
NEEDS = {
    "large print": "large_print",
    "easy read": "easy_read",
    "interpreter": "interpreter",
    "an interpreter": "interpreter",
    "british sign language": "bsl",
    "bsl": "bsl",
    "text not a call": "text_not_call",
    "text": "text_not_call",
    "helper": "helper",
    "somebody who helps": "helper",
    "somebody who helps them": "helper",
}
EXAMPLE = {
    "given_name": "Alex",
    "family_name": "Example",
    "born_on": "03/04/1961",
    "email": "alex@example.org",
    "mobile": "07700 900552",
    "phone": "",
    "postal_address": "1 Mill Lane\nHillside\nHS1 2AB",
    "email_is_safe": "yes",
    "text_is_safe": "yes",
    "call_is_safe": "yes",
    "voicemail_is_safe": "no",
    "letter_is_safe": "yes",
    "contact_times": "after 2 pm",
    "suitability": "yes",
    "seen_by": "Dr Reed",
    "seen_on": "02/09/2026",
    "needs": "large print; text, not a call",
    "needs_note": "",
    "language": "English",
    "group_name": "Autumn group",
    "finished_on": "30/10/2026",
    "clinician": "",
    "reference": "",
    "note": "",
}


def plain(words: str) -> str:
    """Words without case, accents, signs or doubled spaces: "Date_of Birth " is "date of birth"."""
    return " ".join(re.findall(r"[^\W_]+", plain_key(words).replace("e-mail", "email")))


_FIELDS = {plain(words): column.field for column in COLUMNS for words in (column.heading, *column.also)}


def field_of(heading: str) -> str | None:
    """The field that a heading names, however it is written; None if it names none."""
    return _FIELDS.get(plain(heading))


def did_you_mean(heading: str) -> str | None:
    """The heading that is written most alike, or None."""
    found = get_close_matches(plain(heading), _FIELDS, n=1, cutoff=LIKE_ENOUGH)
    return HEADINGS[_FIELDS[found[0]]] if found else None


def is_example(cells: Mapping[str, str]) -> bool:
    """True for the line that shows how to fill in the file, left where it was."""
    names = ("given_name", "family_name", "email")
    return all(cells.get(name, "").casefold() == EXAMPLE[name].casefold() for name in names)


def example_file() -> bytes:
    """The file to fill in: the headings and one example, in UTF-8 with the mark that Excel looks for."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(HEADINGS.values())
    writer.writerow(EXAMPLE[field] for field in HEADINGS)
    return out.getvalue().encode("utf-8-sig")
