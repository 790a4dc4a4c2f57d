"""A list of people as a CSV file: bytes to rows, headings to columns, cells to what a form would send.

Plain truths, standard library only. The headings are a file format, the same in every language; the words for
what is wrong are chosen elsewhere. Nothing here runs or changes a cell that looks like a formula: it is text.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum

from .rules_import_columns import (
    COLUMNS,
    DATES,
    HEADINGS,
    LIKE_ENOUGH,
    NEEDED_WITH,
    NEEDS,
    NO,
    NOT_SUITABLE,
    NUMBERS,
    SAFE,
    SUITABILITY,
    YES,
    did_you_mean,
    field_of,
    is_example,
    plain,
)

MOST_ROWS = 200  # people in one file: a service's groups of a year
LARGEST_FILE_BYTES = 60_000  # the access gate reads 64 kB, and the form around the file needs some of that
DELIMITERS = ",;\t"
BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ZIP, OLD_WORKBOOK = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


class FileTrouble(StrEnum):
    """Why a file cannot be read at all."""

    EMPTY = "empty"
    TOO_LARGE = "too_large"
    WORKBOOK = "workbook"
    NOT_A_CSV = "not_a_csv"
    OPEN_QUOTE = "open_quote"
    NO_PEOPLE = "no_people"
    TOO_MANY_PEOPLE = "too_many_people"


class Trouble(StrEnum):
    """What is wrong with one heading, row or cell."""

    UNKNOWN_HEADING = "unknown_heading"
    HEADING_TWICE = "heading_twice"
    HEADING_MISSING = "heading_missing"
    TOO_MANY_CELLS = "too_many_cells"
    EXAMPLE = "example"
    DATE = "date"
    YES_OR_NO = "yes_or_no"
    SUITABILITY = "suitability"
    NOT_SUITABLE = "not_suitable"
    NEED = "need"
    LANGUAGE = "language"
    CLINICIAN = "clinician"
    SPOILT_NUMBER = "spoilt_number"
    SAME_PERSON = "same_person"
    SAME_E_MAIL = "same_e_mail"
    SAME_REFERENCE = "same_reference"


class Unreadable(ValueError):
    """The file as a whole cannot be read: ``trouble`` says why."""

    def __init__(self, trouble: FileTrouble) -> None:
        super().__init__(trouble.value)
        self.trouble = trouble


@dataclass(frozen=True)
class Row:
    """One person's line: its number as the spreadsheet shows it, and its cells by field."""

    number: int
    cells: Mapping[str, str]
    too_many: str = ""  # the first cell that stands under no heading


@dataclass(frozen=True)
class Problem:
    """One thing to put right. ``hint`` is a suggestion, or the row that came first; None where there is none."""

    row: int
    column: str
    typed: str
    trouble: Trouble
    hint: str | None = None


@dataclass(frozen=True)
class Sheet:
    """A file that could be read, with what is wrong with its headings."""

    rows: tuple[Row, ...]
    problems: tuple[Problem, ...]


def read(file: bytes) -> Sheet:
    """The rows of a CSV file, empty ones left out.

    Raises:
        Unreadable: it is empty, too large, no CSV, has an open quotation mark, nobody in it, or too many.
    """
    records = [(number, record) for number, record in enumerate(_records(text_of(file)), 1) if any(record)]
    if not records:
        raise Unreadable(FileTrouble.EMPTY)
    (heading_row, headings), *people = records
    if not people:
        raise Unreadable(FileTrouble.NO_PEOPLE)
    if len(people) > MOST_ROWS:
        raise Unreadable(FileTrouble.TOO_MANY_PEOPLE)
    fields = [field_of(heading) for heading in headings]
    rows = tuple(_row(number, fields, record) for number, record in people)
    return Sheet(rows, tuple(heading_problems(heading_row, headings)))


def text_of(file: bytes) -> str:
    """The text of a file: UTF-8 or UTF-16 with their marks, UTF-8 without, else Windows-1252 as Excel writes it.

    Raises:
        Unreadable: it is empty, too large, a workbook, or not text.
    """
    if not file.strip():
        raise Unreadable(FileTrouble.EMPTY)
    if len(file) > LARGEST_FILE_BYTES:
        raise Unreadable(FileTrouble.TOO_LARGE)
    if file.startswith((ZIP, OLD_WORKBOOK)):
        raise Unreadable(FileTrouble.WORKBOOK)
    marked = next((code for mark, code in BOMS.items() if file.startswith(mark)), None)
    for encoding in (marked,) if marked else ("utf-8", "cp1252"):
        try:
            text = file.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not any(unicodedata.category(letter) == "Cc" and letter not in "\t\r\n" for letter in text):
            return text
    raise Unreadable(FileTrouble.NOT_A_CSV)


def _records(text: str) -> list[list[str]]:
    told = re.match(r"sep=([,;\t])\r?\n", text, re.IGNORECASE)  # Excel's own first line: counted, and empty
    delimiter = told[1] if told else max(DELIMITERS, key=lambda one: _headings_known(text, one))
    rest = text[told.end() :] if told else text
    try:
        lines = list(csv.reader(io.StringIO(rest, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        raise Unreadable(FileTrouble.OPEN_QUOTE) from None
    return [[cell.strip() for cell in line] for line in ([[""], *lines] if told else lines)]


def _headings_known(text: str, delimiter: str) -> int:
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    first: Sequence[str] = next((line for line in lines if any(cell.strip() for cell in line)), [])
    return sum(field_of(heading) is not None for heading in first)


def _row(number: int, fields: Sequence[str | None], record: Sequence[str]) -> Row:
    cells = {field: cell for field, cell in zip(fields, record, strict=False) if field}
    return Row(number, cells, next((cell for cell in record[len(fields) :] if cell), ""))


def heading_problems(row: int, headings: Sequence[str]) -> Iterator[Problem]:
    """What is wrong with the first line: headings that nobody knows, that stand twice, that are missing."""
    seen: set[str] = set()
    for heading in headings:
        field = field_of(heading)
        if field is None and heading:
            yield Problem(row, heading, heading, Trouble.UNKNOWN_HEADING, did_you_mean(heading))
        elif field in seen:
            yield Problem(row, HEADINGS[field], heading, Trouble.HEADING_TWICE)
        elif field is not None:
            seen.add(field)
    needed = {column.field for column in COLUMNS if column.needed}
    needed |= {safe for way in seen & NEEDED_WITH.keys() for safe in NEEDED_WITH[way]}
    for field, heading in HEADINGS.items():
        if field in needed - seen:
            yield Problem(row, heading, "", Trouble.HEADING_MISSING)


_MIDNIGHT = r"(?:[T ]00:00(?::00(?:\.0+)?)?)?"
_YEAR_FIRST = re.compile(rf"(?P<year>\d{{4}})[-/.](?P<month>\d{{1,2}})[-/.](?P<day>\d{{1,2}}){_MIDNIGHT}")
_DAY_FIRST = re.compile(
    rf"(?P<day>\d{{1,2}})\s*[-/. ]\s*(?P<month>\d{{1,2}})\s*[-/. ]\s*(?P<year>\d{{2,4}}){_MIDNIGHT}"
)
_IN_WORDS = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th)?[-/. ]+(?P<month>[^\W\d_]+)\.?[-/., ]+(?P<year>\d{2,4})"
)


def date_parts(typed: str) -> dict[str, str] | None:
    """Day, month and year of "03/04/1961" (the day first, as in the UK), "1961-04-03" or "3 April 1961".

    None if it is written in another way. Whether there is such a day is for the form to say.
    """
    for way in (_YEAR_FIRST, _DAY_FIRST, _IN_WORDS):
        if found := way.fullmatch(typed):
            return found.groupdict()
    return None


def yes_or_no(typed: str) -> str | None:
    """ "yes" or "no", however it is written; None if it is neither."""
    said = plain(typed)
    return "yes" if said in YES else "no" if said in NO else None


def needs_of(typed: str) -> tuple[list[str], str | None]:
    """The needs in a cell by their keys, and the first piece that names none.

    They are parted by semicolons or line ends; commas part them too, but for the one in "text, not a call".
    """
    pieces = re.split(r"[;|\n]|,(?!\s*not a call)", typed)
    said = [(piece.strip(), NEEDS.get(plain(piece))) for piece in pieces if piece.strip()]
    unknown = next((piece for piece, key in said if key is None), None)
    return sorted({key for _, key in said if key}), unknown


def like_need(typed: str) -> str | None:
    """The need that is written most alike, or None."""
    return next(iter(get_close_matches(plain(typed), NEEDS, n=1, cutoff=LIKE_ENOUGH)), None)


def is_spoilt_number(typed: str) -> bool:
    """True for what a spreadsheet makes of a long number: "7.7009E+09"."""
    return re.fullmatch(r"[+-]?\d+(?:[.,]\d+)?[eE]\+?\d+", typed) is not None


def form_fields(row: Row) -> tuple[dict[str, list[str]], list[Problem]]:
    """What a browser would send for this row, and which cells say nothing that the form would understand."""
    sent: dict[str, list[str]] = {}
    wrong: list[Problem] = []
    if row.too_many:
        wrong.append(Problem(row.number, "", row.too_many, Trouble.TOO_MANY_CELLS))
    if is_example(row.cells):
        wrong.append(Problem(row.number, "given_name", row.cells["given_name"], Trouble.EXAMPLE))
    for field, typed in row.cells.items():
        fields, trouble, hint = _cell(field, typed) if typed else ({}, None, None)
        sent |= fields
        if trouble is not None:
            wrong.append(Problem(row.number, field, typed, trouble, hint))
    return sent, wrong


Cell = tuple[dict[str, list[str]], Trouble | None, str | None]


def _cell(field: str, typed: str) -> Cell:
    if field in DATES:
        parts = date_parts(typed) or {}
        trouble = None if parts else Trouble.DATE
        return {f"{field}-{part}": [text] for part, text in parts.items()}, trouble, None
    if field in SAFE:
        said = yes_or_no(typed)
        return ({field: [said]}, None, None) if said else ({}, Trouble.YES_OR_NO, None)
    if field == "suitability":
        return _suitability(typed)
    if field == "needs":
        keys, unknown = needs_of(typed)
        return {field: keys}, Trouble.NEED if unknown else None, like_need(unknown) if unknown else None
    if field in NUMBERS and is_spoilt_number(typed):
        return {}, Trouble.SPOILT_NUMBER, None
    return {field: [typed]}, None, None


def _suitability(typed: str) -> Cell:
    said = plain(typed)
    if said in NOT_SUITABLE:
        return {}, Trouble.NOT_SUITABLE, None
    known = SUITABILITY.get(said)
    return ({"suitability": [known]}, None, None) if known else ({}, Trouble.SUITABILITY, None)


def said_before(values: Iterable[tuple[int, Hashable]]) -> Iterator[tuple[int, int]]:
    """(row, the row that said the same first) for everything that stands in the file twice; nothing is no value."""
    first: dict[Hashable, int] = {}
    for row, value in values:
        if not value:
            continue
        if value in first:
            yield row, first[value]
        first.setdefault(value, row)
