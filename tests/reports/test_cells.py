"""What stands in a cell: numbers stay numbers, and no text is a formula."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, date, datetime
from decimal import Decimal
from random import Random
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.reports.files import ENOUGH_TO_SEND_BYTES, csv_text, json_text, ndjson_text, zipped
from webapp.reports.rules import STARTS_A_FORMULA, cell, number, plain_text

ZONE = "Europe/London"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (0, "0"),
        (-3, "-3"),
        (Decimal("-0.6"), "-0.6"),  # the lowest values of the EQ-5D-5L are below 0
        (Decimal("5.7"), "5.7"),
        (Decimal("18"), "18"),
        (Decimal("1E+2"), "100"),
        (True, "true"),
        (False, "false"),
        (date(2026, 7, 1), "2026-07-01"),
        (datetime(2026, 7, 1, 8, 30, tzinfo=UTC), "2026-07-01T09:30:00+01:00"),
        (datetime(2026, 12, 1, 8, 30, 1, 999, tzinfo=UTC), "2026-12-01T08:30:01+00:00"),
        ("peg-3", "peg-3"),
        ("=1+1", "'=1+1"),
        ("+44 7700 900552", "'+44 7700 900552"),
        ("-5", "'-5"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("\t=1", "'\t=1"),
        ("\r=1", "'\r=1"),
        ("\n=1", "'\n=1"),
        ("  =1", "'  =1"),
        ("＝1+1", "'＝1+1"),
        ("a=1", "a=1"),
        ("", ""),
        ("O'Neil", "O'Neil"),
    ],
)
def test_each_kind_of_value_as_the_text_of_a_cell(value: object, text: str) -> None:
    assert cell(value, ZONE) == text


@given(st.text())
def test_no_text_begins_like_a_formula_and_none_is_lost(text: str) -> None:
    written = cell(text, ZONE)
    assert not written or written.lstrip(" \u00a0\ufeff")[:1] not in STARTS_A_FORMULA
    assert written in (text, f"'{text}")


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3) | st.integers())
def test_a_number_is_read_back_as_the_same_number(value: Decimal | int) -> None:
    assert Decimal(cell(value, ZONE)) == value


@pytest.mark.parametrize(
    ("total", "written"), [("18", "18"), ("5.7", "5.7"), ("6.0", "6.0"), ("-0.594", "-0.594"), ("0", "0")]
)
def test_a_score_in_json(total: str, written: str) -> None:
    assert json.dumps(number(Decimal(total))) == written


@given(
    st.lists(
        st.lists(
            st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\0")), min_size=2, max_size=2
        )
    )
)
def test_a_table_is_read_back_cell_by_cell(rows: list[list[str]]) -> None:
    text = "".join(csv_text(("one", "two"), ([cell(one, ZONE) for one in row] for row in rows)))
    assert text.startswith("\ufeffone,two\r\n")
    read = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))
    assert read[1:] == [[cell(value, ZONE) for value in row] for row in rows]


@pytest.mark.parametrize(
    ("text", "sent"),
    [
        ("Diolch yn fawr: tŷ, ŵy 👍🏽", "Diolch yn fawr: tŷ, ŵy 👍🏽"),
        ("line one\r\n\tline two", "line one\r\n\tline two"),
        ("one\u00a0two\u2028three", "one two three"),
        ("bell\x07 \x1f", "bell   "),
        ("\ufeffmark", " mark"),
        ("a\u200db", "a\u200db"),  # joins letters and signs
    ],
)
def test_text_is_sent_without_letters_that_fhir_forbids(text: str, sent: str) -> None:
    assert plain_text(text) == sent
    assert json.loads(json_text({"deep": [{"words": text}]})) == {"deep": [{"words": sent}]}


def test_a_zip_file_comes_in_pieces_and_is_whole() -> None:
    chance = Random(20261122)
    many = ({"n": place, "words": chance.randbytes(20).hex()} for place in range(40_000))
    parts = [("a.csv", iter(["one\r\n", "tŵo\r\n"])), ("b.ndjson", ndjson_text(many))]
    pieces = list(zipped(parts, datetime(2026, 11, 22, 4, 0, tzinfo=UTC), ZONE))
    assert len(pieces) > 5
    assert max(map(len, pieces)) < 2 * ENOUGH_TO_SEND_BYTES
    with ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert archive.testzip() is None
        assert archive.read("a.csv").decode() == "one\r\ntŵo\r\n"
        assert len(archive.read("b.ndjson").splitlines()) == 40_000
        assert archive.infolist()[0].date_time == (2026, 11, 22, 4, 0, 0)
