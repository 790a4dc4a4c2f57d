"""Numbers as people write them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.design.widgets import read_number


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("12", "12"),
        ("12.5", "12.5"),
        ("12,5", "12.5"),
        (" 12 ½ ", "12.5"),
        ("12½", "12.5"),
        ("½", "0.5"),
        ("1/2", "0.5"),
        ("2 3/4", "2.75"),
        ("1,200", "1200"),
        ("1,200.5", "1200.5"),
        ("0,125", "0.125"),
        (",5", "0.5"),
        ("١٢", "12"),
        ("٧٫٥", "7.5"),
    ],
)
def test_reads_what_people_write(typed: str, number: str) -> None:
    assert read_number(typed) == Decimal(number)


@pytest.mark.parametrize(
    "typed", ["", "ten", "-3", "1e5", "12 minutes", "1/0", "1.2.3", "7:30", "NaN", "Infinity", "9" * 21]
)
def test_says_when_it_is_no_number(typed: str) -> None:
    assert read_number(typed) is None


@pytest.mark.parametrize(
    ("typed", "minutes"), [("7:30", "7.5"), ("0:45", "0.75"), ("7:20", "7.33"), ("7", "7")]
)
def test_reads_minutes_and_seconds(typed: str, minutes: str) -> None:
    assert read_number(typed, minutes=True) == Decimal(minutes)


def test_sixty_seconds_are_no_seconds() -> None:
    assert read_number("7:60", minutes=True) is None


@given(st.text(max_size=30))
def test_never_breaks_and_is_never_negative(typed: str) -> None:
    number = read_number(typed, minutes=True)
    assert number is None or number >= 0


@given(st.integers(min_value=0, max_value=10**6), st.integers(min_value=0, max_value=99))
def test_comma_and_point_mean_the_same(whole: int, hundredths: int) -> None:
    assert read_number(f"{whole},{hundredths:02}") == read_number(f"{whole}.{hundredths:02}")
