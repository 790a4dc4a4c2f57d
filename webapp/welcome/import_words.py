"""The words for a list of people: what a column wants, and what to do about a cell."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from webapp.people.rules_import import MOST_ROWS, FileTrouble, Problem, Trouble
from webapp.people.rules_import_columns import EXAMPLE, HEADINGS

EXCEL = _l("In Excel: File, Save as, “CSV UTF-8”.")
HELP = {
    "given_name": _l("Needed."),
    "family_name": _l("Needed."),
    "born_on": _l("Needed. The day first, like 03/04/1961. Adults only."),
    "email": _l("One way to reach the person is enough. Without an e-mail address you print a letter."),
    "mobile": _l("Format the column as text, or Excel drops the first 0."),
    "phone": _l("Another number, like one at home."),
    "postal_address": _l("All lines in one cell. It stands in the window of the envelope."),
    "email_is_safe": _l("“yes” or “no”. Needed with an e-mail address."),
    "text_is_safe": _l("“yes” or “no”. Needed with a mobile number."),
    "call_is_safe": _l("“yes” or “no”. Needed with a number."),
    "voicemail_is_safe": _l("“yes” or “no”. Needed with a number."),
    "letter_is_safe": _l("“yes” or “no”. Needed with a postal address."),
    "contact_times": _l("In a few words."),
    "suitability": _l("Needed. “yes”, or “not yet”."),
    "seen_by": _l("Who saw the person. Needed with “yes”."),
    "seen_on": _l("On which day. Needed with “yes”."),
    "needs": _l(
        "Any of: large print; easy read; an interpreter; British Sign Language; text, not a call; "
        "somebody who helps them. Put a semicolon between two."
    ),
    "needs_note": _l("Which language, who helps."),
    "language": _l("Needed if your service speaks more than one."),
    "group_name": _l("Needed. The name of the programme or group. You find the group by it later."),
    "finished_on": _l("Needed. The last day of the programme."),
    "clinician": _l("A colleague’s name as it stands here. Left empty, it is you."),
    "reference": _l("Left empty, Waymark gives a number."),
    "note": _l("Your team can read this. The patient may ask to see it."),
}


@dataclass(frozen=True)
class Fault:
    """One line of the table of what to put right."""

    row: int
    column: str
    typed: str
    what_to_do: str


def columns() -> list[tuple[str, Any, str]]:
    """Every column: its heading, what it wants, and the example."""
    return [(heading, HELP[field], EXAMPLE[field]) for field, heading in HEADINGS.items()]


def about_file(trouble: FileTrouble) -> str:
    """Why the file could not be read, and what to do."""
    words = {
        FileTrouble.EMPTY: _("This file is empty. Choose the file with your list."),
        FileTrouble.TOO_LARGE: _("This file is too large. Send at most 60 kB: cut the list into two files."),
        FileTrouble.WORKBOOK: _("This is an Excel workbook. Save it as a CSV file first.") + " " + str(EXCEL),
        FileTrouble.NOT_A_CSV: _("This is not a CSV file. Save your list as CSV first.") + " " + str(EXCEL),
        FileTrouble.OPEN_QUOTE: _(
            "A quotation mark has no partner in this file. Save the list as CSV again."
        ),
        FileTrouble.NO_PEOPLE: _("Only the first line is filled in. Add one line for each person."),
        FileTrouble.TOO_MANY_PEOPLE: _(
            "There are more than %(most)s people in this file. Cut the list into two files.", most=MOST_ROWS
        ),
    }
    return str(words[trouble])


def fault_of(problem: Problem) -> Fault:
    """A problem of the file as a line of the table."""
    return Fault(
        problem.row, HEADINGS.get(problem.column, problem.column), problem.typed, _what_to_do(problem)
    )


def _what_to_do(problem: Problem) -> str:
    maybe = {
        Trouble.UNKNOWN_HEADING: _("We do not know this heading. Delete the column, or use one of ours."),
        Trouble.NEED: _("We do not know this need. Use the words in the list of columns."),
        Trouble.CLINICIAN: _("We do not know this name. Write it as it stands here, or leave it empty."),
    }
    words = maybe.get(problem.trouble) or _about_cells(problem.hint)[problem.trouble]
    if problem.hint and problem.trouble in maybe:
        words += " " + _("Did you mean “%(hint)s”?", hint=problem.hint)
    return str(words)


def _about_cells(hint: str | None) -> dict[Trouble, str]:
    return {
        Trouble.HEADING_TWICE: _("This heading is there twice. Keep one of the two columns."),
        Trouble.HEADING_MISSING: _("This heading is not there. Add the column."),
        Trouble.TOO_MANY_CELLS: _("This cell has no heading. Put text with commas into quotation marks."),
        Trouble.EXAMPLE: _("This is our example. Delete this line."),
        Trouble.DATE: _("Write the date like 03/04/1961: day, month, year."),
        Trouble.YES_OR_NO: _("Write “yes” or “no”."),
        Trouble.SUITABILITY: _("Write “yes” or “not yet”."),
        Trouble.NOT_SUITABLE: _(
            "A list is only for people who may be invited. Take this line out. "
            "You can write the reason down on the page “Invite a patient”."
        ),
        Trouble.LANGUAGE: _("Your service does not speak this language here. Write: %(those)s.", those=hint),
        Trouble.SPOILT_NUMBER: _(
            "The spreadsheet has changed this number. Format the column as text and type the number again."
        ),
        Trouble.SAME_PERSON: _("The same person is in row %(row)s. Delete one of the two.", row=hint),
        Trouble.SAME_E_MAIL: _(
            "Row %(row)s has the same address. If they share it, leave it empty here and print a letter.",
            row=hint,
        ),
        Trouble.SAME_REFERENCE: _(
            "Row %(row)s has the same reference. Each belongs to one person.", row=hint
        ),
    }


def refused(faults: Sequence[Fault]) -> str:
    """What is said at the field, above the table."""
    rows = len({fault.row for fault in faults})
    return str(
        ngettext(
            "Nothing is saved yet: put right one row in your list, then send it again.",
            "Nothing is saved yet: put right %(num)s rows in your list, then send it again.",
            rows,
        )
    )


def finished(programme: str, day: str) -> str:
    """The sentence in the patient's note that says what they have finished."""
    words: str = _("Finished “%(programme)s” face to face on %(day)s.", programme=programme, day=day)
    return words
