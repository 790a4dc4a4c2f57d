"""Reading a list of people: what spreadsheets save, what clinicians type, and anything else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.welcome.groups import FINE, list_of, somebody
from webapp.people import rules_import as rules
from webapp.people import rules_import_columns
from webapp.people.rules_import import FileTrouble, Row, Trouble, Unreadable

ZOE = somebody(given_name="Zoë", family_name="O’Neill", postal_address='12 "The Mews"\nHillside')


def troubles(row: Row) -> list[Trouble]:
    return [problem.trouble for problem in rules.form_fields(row)[1]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("line_end", ["\r\n", "\n"])
def test_every_way_in_which_a_spreadsheet_saves_is_read(encoding: str, delimiter: str, line_end: str) -> None:
    text = list_of(ZOE, delimiter=delimiter).replace("\r\n", line_end)
    (row,) = rules.read(text.encode(encoding)).rows
    assert row.number == 2
    assert row.cells["given_name"] == "Zoë" and row.cells["family_name"] == "O’Neill"
    assert row.cells["postal_address"].splitlines() == ['12 "The Mews"', "Hillside"]


def test_excels_own_first_line_and_empty_lines_are_counted_and_left_out() -> None:
    text = "sep=;\r\n" + list_of(ZOE, somebody(), delimiter=";").replace("\r\nAnn", "\r\n;;;;\r\n\r\nAnn")
    assert [row.number for row in rules.read(text.encode()).rows] == [3, 6]


@pytest.mark.parametrize(
    ("file", "trouble"),
    [
        (b"", FileTrouble.EMPTY),
        (b" \r\n\r\n ", FileTrouble.EMPTY),
        (b"\xef\xbb\xbf", FileTrouble.EMPTY),
        (b",,,\r\n,,,\r\n", FileTrouble.EMPTY),
        (b"PK\x03\x04 a workbook", FileTrouble.WORKBOOK),
        (b"\xd0\xcf\x11\xe0 an old workbook", FileTrouble.WORKBOOK),
        (b"%PDF-1.7\x00\x01", FileTrouble.NOT_A_CSV),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", FileTrouble.NOT_A_CSV),
        (b"a\x81b", FileTrouble.NOT_A_CSV),
        (b"\xff\xfea", FileTrouble.NOT_A_CSV),
        (list_of().encode(), FileTrouble.NO_PEOPLE),
        (b'First name\r\n"Ann', FileTrouble.OPEN_QUOTE),
        (b'First name\r\n"An"n\r\n', FileTrouble.OPEN_QUOTE),
        (b"x" * (rules.LARGEST_FILE_BYTES + 1), FileTrouble.TOO_LARGE),
        (b"First name\n" + b"Ann\n" * (rules.MOST_ROWS + 1), FileTrouble.TOO_MANY_PEOPLE),
    ],
)
def test_a_file_that_cannot_be_read_says_why(file: bytes, trouble: FileTrouble) -> None:
    with pytest.raises(Unreadable) as refusal:
        rules.read(file)
    assert refusal.value.trouble is trouble


def test_as_many_people_and_as_large_a_file_as_is_allowed_are_read() -> None:
    assert len(rules.read(b"First name\n" + b"Ann\n" * rules.MOST_ROWS).rows) == rules.MOST_ROWS
    assert rules.text_of(b"x" * rules.LARGEST_FILE_BYTES)


@pytest.mark.parametrize(
    ("heading", "field"),
    [
        ("First name", "given_name"),
        ("  FIRST   NAME ", "given_name"),
        ("first_name", "given_name"),
        ("Surname", "family_name"),
        ("DOB", "born_on"),
        ("Date of Birth:", "born_on"),
        ("E-mail", "email"),
        ("Email", "email"),
        ("e-mail address", "email"),
        ("Safe to email", "email_is_safe"),
        ("Programme end date", "finished_on"),
        ("Shoe size", None),
        ("", None),
    ],
)
def test_a_heading_may_be_written_in_many_ways(heading: str, field: str | None) -> None:
    assert rules_import_columns.field_of(heading) == field


def test_each_heading_means_one_column() -> None:
    said = [
        rules_import_columns.plain(words)
        for column in rules_import_columns.COLUMNS
        for words in {column.heading, *column.also}
    ]
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("headings", "found"),
    [
        (
            {"born_on": "Date of brith"},
            [
                ("Date of brith", Trouble.UNKNOWN_HEADING, "Date of birth"),
                ("Date of birth", Trouble.HEADING_MISSING, None),
            ],
        ),
        ({"note": "zzzzzz"}, [("zzzzzz", Trouble.UNKNOWN_HEADING, None)]),
        ({"note": "Surname"}, [("Last name", Trouble.HEADING_TWICE, None)]),
        ({"note": ""}, []),
    ],
)  # fmt: skip
def test_wrong_headings_are_named_with_a_suggestion(headings: dict[str, str], found: list[object]) -> None:
    sheet = rules.read(list_of(FINE, headings=headings).encode())
    assert [(one.column, one.trouble, one.hint) for one in sheet.problems] == found
    assert all(one.row == 1 for one in sheet.problems)


def test_a_column_may_be_left_out_where_nothing_needs_it() -> None:
    assert not rules.read(list_of(FINE, but=("phone", "note", "clinician", "language")).encode()).problems
    sheet = rules.read(list_of(FINE, but=("letter_is_safe", "family_name")).encode())
    assert [(one.column, one.trouble) for one in sheet.problems] == [
        ("Last name", Trouble.HEADING_MISSING),
        ("Safe to write", Trouble.HEADING_MISSING),
    ]


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("03/04/1961", ("03", "04", "1961")),
        ("3.4.1961", ("3", "4", "1961")),
        ("3-4-1961", ("3", "4", "1961")),
        ("3 4 1961", ("3", "4", "1961")),
        ("1961-04-03", ("03", "04", "1961")),
        ("1961-04-03 00:00:00", ("03", "04", "1961")),
        ("1961/4/3", ("3", "4", "1961")),
        ("3 April 1961", ("3", "April", "1961")),
        ("3rd Apr. 1961", ("3", "Apr", "1961")),
        ("3-Apr-61", ("3", "Apr", "61")),
        ("03/04/61", ("03", "04", "61")),
        ("31/02/1961", ("31", "02", "1961")),
        ("22375", None),
        ("03/04", None),
        ("April 1961", None),
        ("=TODAY()", None),
        ("03/04/1961 or so", None),
    ],
)
def test_dates_have_the_day_first_unless_the_year_is(typed: str, parts: tuple[str, str, str] | None) -> None:
    found = rules.date_parts(typed)
    assert (None if found is None else (found["day"], found["month"], found["year"])) == parts


@pytest.mark.parametrize(
    ("typed", "said"),
    [("yes", "yes"), (" Y ", "yes"), ("TRUE", "yes"), ("No", "no"), ("0", "no"), ("maybe", None)],
)  # fmt: skip
def test_yes_and_no(typed: str, said: str | None) -> None:
    assert rules.yes_or_no(typed) == said


@pytest.mark.parametrize(
    ("typed", "keys", "unknown"),
    [
        ("Large print; BSL", ["bsl", "large_print"], None),
        ("large print, easy read", ["easy_read", "large_print"], None),
        ("text, not a call", ["text_not_call"], None),
        ("text, not a call, an interpreter\nhelper", ["helper", "interpreter", "text_not_call"], None),
        ("large pirnt", [], "large pirnt"),
        (";;", [], None),
    ],
)
def test_needs_are_words_with_signs_between(typed: str, keys: list[str], unknown: str | None) -> None:
    assert rules.needs_of(typed) == (keys, unknown)


@pytest.mark.parametrize(
    ("cell", "typed", "trouble", "hint"),
    [
        ("born_on", "4/61", Trouble.DATE, None),
        ("email_is_safe", "perhaps", Trouble.YES_OR_NO, None),
        ("suitability", "perhaps", Trouble.SUITABILITY, None),
        ("suitability", "no", Trouble.NOT_SUITABLE, None),
        ("needs", "large pirnt", Trouble.NEED, "large print"),
        ("needs", "qqqq", Trouble.NEED, None),
        ("mobile", "7.7009E+09", Trouble.SPOILT_NUMBER, None),
    ],
)
def test_a_cell_that_says_nothing_is_named(cell: str, typed: str, trouble: Trouble, hint: str | None) -> None:
    _sent, (problem,) = rules.form_fields(Row(7, {cell: typed}))
    assert (problem.row, problem.column, problem.typed, problem.trouble, problem.hint) == (
        7, cell, typed, trouble, hint,
    )  # fmt: skip


def test_a_cell_under_no_heading_and_our_own_example_are_named() -> None:
    sheet = rules.read(b"First name,Last name\nAnn,Archer,Road,7\n")
    assert troubles(sheet.rows[0]) == [Trouble.TOO_MANY_CELLS]
    (example,) = rules.read(rules_import_columns.example_file()).rows
    assert troubles(example) == [Trouble.EXAMPLE]


@pytest.mark.parametrize("cell", ["=cmd|'/c calc'!A0", "+44 7700", "-2+3", "@SUM(A1)", "=1+1"])
def test_what_looks_like_a_formula_is_text(cell: str) -> None:
    (row,) = rules.read(list_of(somebody(given_name=cell)).encode()).rows
    assert rules.form_fields(row)[0]["given_name"] == [cell]


def test_whoever_said_it_first_is_named() -> None:
    assert list(rules.said_before([(2, "a"), (3, ""), (4, "a"), (5, ""), (6, "a")])) == [(4, 2), (6, 2)]


@given(st.binary(max_size=3000))
def test_any_bytes_are_read_or_refused(file: bytes) -> None:
    _read_or_refused(file)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=300))
def test_any_text_under_our_headings_is_read_or_refused(text: str) -> None:
    _read_or_refused(("First name,Date of birth,Needs,Safe to e-mail\n" + text).encode())


@given(st.sampled_from(sorted(rules_import_columns.HEADINGS)), st.text(max_size=80))
def test_any_cell_is_understood_or_named(field: str, typed: str) -> None:
    sent, problems = rules.form_fields(Row(2, {field: typed}))
    assert sent or problems or not typed
    assert all(isinstance(value, str) for values in sent.values() for value in values)


@given(st.dates())
def test_every_day_is_read_as_it_was_written(day: object) -> None:
    from datetime import date

    assert isinstance(day, date)
    for written in (
        f"{day.day:02}/{day.month:02}/{day.year:04}",
        f"{day.year:04}-{day.month:02}-{day.day:02}",
    ):
        parts = rules.date_parts(written)
        assert parts and date(int(parts["year"]), int(parts["month"]), int(parts["day"])) == day


def _read_or_refused(file: bytes) -> None:
    try:
        sheet = rules.read(file)
    except Unreadable as refusal:
        assert refusal.trouble in FileTrouble
        return
    assert 1 <= len(sheet.rows) <= rules.MOST_ROWS
    for row in sheet.rows:
        rules.form_fields(row)
