"""The forms of inviting a group: the file, each of its rows as an invitation, and the second tap."""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from uuid import UUID

from babel import Locale, UnknownLocaleError
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.datastructures import MultiDict
from wtforms import FileField, ValidationError
from wtforms.validators import DataRequired, Length

from webapp.design.widgets import CheckboxesField, DatePartsField, Input, TextareaField
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import OWN_NAMES, short_date
from webapp.people.rules import plain_key
from webapp.people.rules_import import (
    Problem,
    Row,
    Sheet,
    Trouble,
    Unreadable,
    form_fields,
    read,
    said_before,
)
from webapp.people.rules_import_columns import HEADINGS
from webapp.people.service import PatientDetails

from .forms import STAFF, InviteForm
from .import_words import Fault, about_file, fault_of, finished, refused

DOOR = "refresher"
OURS = re.compile(r"PMP-\d+", re.IGNORECASE)  # the local numbers that Waymark gives


class FileForm(BaseForm):
    """The file. ``sheet`` is what could be read of it."""

    keeps_drafts = False
    sheet: Sheet
    file = FileField(
        _l("Your list"), description=_l("A CSV file of at most 60 kB and 200 people."), widget=Input(type="file")
    )  # fmt: skip

    def validate_file(self, field: Any) -> None:
        """Read it; kind words if that cannot be done."""
        sent = field.data.read() if hasattr(field.data, "read") else b""
        if not sent and not getattr(field.data, "filename", ""):
            raise ValidationError(_("Choose the file with your list"))
        try:
            self.sheet = read(sent)
        except Unreadable as refusal:
            raise ValidationError(about_file(refusal.trouble)) from None

    def refuse(self, faults: Sequence[Fault]) -> None:
        """Say at the field that the table below names what is to be put right."""
        self.file.errors = [refused(faults)]


class RowForm(InviteForm):
    """One row as the invitation page would judge it, with the programme that the person finished."""

    class Meta(InviteForm.Meta):
        """Not sent by a browser: the file was."""

        csrf = False

    keeps_drafts = False
    finished_on = DatePartsField(
        HEADINGS["finished_on"], missing=_l("Fill in the day on which the programme ended")
    )
    # Room for the sentence about the programme, which stands before it.
    note = TextareaField(_l("Note (optional)"), read_by=STAFF, validators=[Length(max=1800)])

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.group_name.validators = [
            DataRequired(_("Fill in the name of the programme")),
            *self.group_name.validators,
        ]

    def validate_finished_on(self, field: Any) -> None:
        """Only a programme that has ended is refreshed."""
        if field.data and field.data > self._today:
            raise ValidationError(_("This day is still to come. Invite people when the programme has ended."))

    def validate_reference(self, field: Any) -> None:
        """Each local number is one patient's, and ours are given by us."""
        if field.data and OURS.fullmatch(field.data) and not self._taken(field.data):
            raise ValidationError(_("Numbers like this one are given by Waymark. Leave the cell empty."))
        super().validate_reference(field)

    def details(self) -> PatientDetails:
        """The record to make; its note begins with the programme."""
        made = super().details()
        assert self.finished_on.data is not None
        told = finished(made.group_name, short_date(self.finished_on.data))
        made.note = f"{told}\n{made.note}".strip()
        return made


class SecondTapForm(BaseForm):
    """Invite; and whom of those who may be here already to invite as well. Nothing is ticked beforehand."""

    keeps_drafts = False
    again = CheckboxesField(_l("They have finished or left. Open the refresher for:"))
    somebody_else = CheckboxesField(_l("They may be here already. Tick those who are somebody else:"))

    def offer(self, again: Sequence[tuple[str, str]], somebody_else: Sequence[tuple[str, str]]) -> None:
        """Whom a tick may invite as well: (row, name). A question about nobody is not asked."""
        for name, people in (("again", again), ("somebody_else", somebody_else)):
            self[name].choices = list(people)
            if not people:
                del self[name]

    def also(self) -> set[int]:
        """The rows that were ticked."""
        asked = (name for name in ("again", "somebody_else") if name in self)
        return {int(row) for name in asked for row in self[name].data or []}


@dataclass(frozen=True)
class Asked:
    """What a row is judged by: the service's languages and clinicians, who sends the file, and the day."""

    languages: Sequence[str]
    clinicians: Sequence[tuple[UUID, str]]
    me: UUID | None
    today: date
    taken: Callable[[str], bool]


@dataclass(frozen=True)
class CheckedRow:
    """One person of the file, every cell well filled in."""

    number: int
    details: PatientDetails


def check(sheet: Sheet, asked: Asked) -> tuple[list[CheckedRow], list[Fault]]:
    """Everybody of the file, or (if anything is wrong) everything that is wrong with it."""
    faults = [fault_of(problem) for problem in sheet.problems]
    if faults:  # with wrong headings each row would repeat the same
        return [], faults
    people: list[CheckedRow] = []
    for row in sheet.rows:
        details, wrong = check_row(row, asked)
        faults += wrong
        if details is not None:
            people.append(CheckedRow(row.number, details))
    faults += [fault_of(problem) for problem in _twice(people)]
    return people, sorted(faults, key=_place)


def _place(fault: Fault) -> tuple[int, int]:
    """Row by row, and in a row from left to right as in our own file."""
    headings = list(HEADINGS.values())
    return fault.row, headings.index(fault.column) if fault.column in headings else len(headings)


def check_row(row: Row, asked: Asked) -> tuple[PatientDetails | None, list[Fault]]:
    """The record that one row makes, or what is wrong with it."""
    sent, problems = form_fields(row)
    problems += _choose_from_the_service(row, sent, asked)
    form = RowForm(
        MultiDict({**sent, "door": [DOOR]}), languages=asked.languages, clinicians=asked.clinicians,
        today=asked.today, taken=asked.taken,
    )  # fmt: skip
    form.validate()
    faults = [fault_of(problem) for problem in problems]
    said = {problem.column for problem in problems}
    faults += [
        Fault(row.number, HEADINGS[name], row.cells.get(name, ""), str(errors[0]))
        for name in HEADINGS
        if name in form and name not in said and (errors := form[name].errors)
    ]
    if faults:
        return None, faults
    details = form.details()
    if "language" not in form:
        details.language = asked.languages[0]
    return details, []


def _choose_from_the_service(row: Row, sent: dict[str, list[str]], asked: Asked) -> list[Problem]:
    """Put the language's code and the clinician's membership where the row has their names."""
    wrong = []
    if typed := row.cells.get("language"):
        sent["language"] = [code for code in asked.languages if plain_key(typed) in _names_of(code)]
        if not sent["language"]:
            those = ", ".join(OWN_NAMES.get(code, code) for code in asked.languages)
            wrong.append(Problem(row.number, "language", typed, Trouble.LANGUAGE, those))
    names = {plain_key(name): membership for membership, name in asked.clinicians}
    sent["clinician"] = [str(asked.me)] if asked.me else []
    if typed := row.cells.get("clinician"):
        if plain_key(typed) in names:
            sent["clinician"] = [str(names[plain_key(typed)])]
        else:
            known = {plain_key(name): name for _, name in asked.clinicians}
            like = get_close_matches(plain_key(typed), known, n=1)
            wrong.append(
                Problem(row.number, "clinician", typed, Trouble.CLINICIAN, known[like[0]] if like else None)
            )
    return wrong


def _names_of(code: str) -> set[str]:
    """How people write a language: its code, its own name, its English name."""
    names = {code, OWN_NAMES.get(code, code)}
    with contextlib.suppress(UnknownLocaleError, ValueError):
        names.add(Locale.parse(code).english_name or code)
    return {plain_key(name) for name in names}


def _twice(people: Sequence[CheckedRow]) -> list[Problem]:
    """Whoever stands in the file twice, and addresses and references that do."""
    kinds: tuple[tuple[str, Trouble, Callable[[PatientDetails], Any]], ...] = (
        ("given_name", Trouble.SAME_PERSON, person_key),
        ("email", Trouble.SAME_E_MAIL, lambda one: one.email.casefold()),
        ("reference", Trouble.SAME_REFERENCE, lambda one: one.reference),
    )
    by_row = {person.number: person.details for person in people}
    problems: list[Problem] = []
    for field, trouble, key in kinds:
        told = {problem.row for problem in problems if problem.trouble is Trouble.SAME_PERSON}
        problems += [
            Problem(row, field, str(getattr(by_row[row], field)), trouble, str(first))
            for row, first in said_before((number, key(details)) for number, details in by_row.items())
            if row not in told
        ]
    return problems


def person_key(details: PatientDetails) -> tuple[str, date]:
    """What makes two lines the same person: the whole name and the date of birth."""
    return plain_key(details.family_name, details.given_name), details.born_on
