"""How many answers above 0 a service has to expect from item 9: plain arithmetic on two published shares."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.safety.load_rules import FEWEST, MOST, Load, expected

NUMBERS = st.integers(min_value=0, max_value=10_000)


def test_the_published_shares() -> None:
    assert round(float(FEWEST.above_zero) * 100, 1) == 9.0
    assert float(MOST.above_zero) == 0.411
    assert (FEWEST.people, MOST.people) == (345, 841)


@pytest.mark.parametrize(
    ("patients", "times", "fewest", "most", "days"),
    [
        (100, 4, 35, 165, (1, 7)),  # 400 × 31/345 = 35.9; 400 × 0.411 = 164.4; 252 // 165, 252 // 35
        (41, 4, 14, 68, (3, 18)),  # 164 × 31/345 = 14.7; 164 × 0.411 = 67.4; 252 // 68, 252 // 14
        (1, 1, 0, 1, None),  # 0.09 and 0.41 of one answer a year
        (0, 4, 0, 0, None),
        (100, 0, 0, 0, None),
        (1000, 4, 359, 1644, (1, 1)),  # more than one a working day
    ],
)
def test_worked_examples(
    patients: int, times: int, fewest: int, most: int, days: tuple[int, int] | None
) -> None:
    load = expected(patients, times, 252)
    assert (load.fewest, load.most, load.days_between) == (fewest, most, days)


def test_a_service_that_never_works_is_told_no_days() -> None:
    assert expected(100, 4, 0).days_between is None


def test_nothing_is_counted_below_zero() -> None:
    with pytest.raises(ValueError, match="from 0"):
        expected(-1, 4, 252)


def test_what_is_kept_with_the_decision() -> None:
    assert Load(100, 4, 35, 165, 252).as_stored == {
        "patients": 100,
        "times_a_year": 4,
        "fewest": 35,
        "most": 165,
        "working_days": 252,
    }


@given(NUMBERS, st.integers(min_value=0, max_value=12), st.integers(min_value=0, max_value=366))
def test_the_range_holds_both_shares_and_never_more_than_are_asked(
    patients: int, times: int, days: int
) -> None:
    load, asked = expected(patients, times, days), patients * times
    assert 0 <= load.fewest <= asked * Fraction(31, 345) and asked * Fraction(411, 1000) <= load.most <= asked
    assert load.days_between is None or 1 <= load.days_between[0] <= load.days_between[1]


@given(NUMBERS, NUMBERS)
def test_more_patients_never_mean_fewer_answers(some: int, more: int) -> None:
    few, many = sorted((some, more))
    assert expected(few, 4, 252).most <= expected(many, 4, 252).most
    assert expected(few, 4, 252).fewest <= expected(many, 4, 252).fewest
