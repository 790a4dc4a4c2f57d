"""Counting days, and the patient's own plan."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.engagement.day_rules import Clock, Span
from webapp.engagement.facts import Flare, Milestone, Rhythm, flare_pauses
from webapp.engagement.plan_rules import planned_dates

START = date(2026, 3, 2)


def day(number: int) -> date:
    return START + timedelta(days=number)


SPANS = st.lists(
    st.builds(
        lambda first, length: Span(day(first), day(first + length)), st.integers(-20, 60), st.integers(0, 20)
    ),
    max_size=5,
)


@pytest.mark.parametrize(
    ("what", "stops", "expected"),
    [
        ("nothing in the way", [], 10),
        ("both ends of a pause stand still", [Span(day(3), day(5))], 7),
        ("a pause that began before", [Span(day(-9), day(2))], 8),
        ("a pause that goes on", [Span(day(8))], 7),
        ("two that overlap count once", [Span(day(3), day(5)), Span(day(4), day(6))], 6),
        ("one behind today", [Span(day(11), day(20))], 10),
        ("everything paused", [Span(day(0), day(10))], 0),
    ],
)
def test_days_between(what: str, stops: list[Span], expected: int) -> None:
    assert Clock(stops).days_between(day(0), day(10)) == expected, what


def test_a_span_cannot_end_before_it_begins() -> None:
    with pytest.raises(ValueError):
        Span(day(1), day(0))


def test_behind_a_pause_without_an_end_no_day_is_known() -> None:
    assert Clock([Span(day(3))]).day_after(day(0), 2) == day(2)
    assert Clock([Span(day(3))]).day_after(day(0), 3) is None


@given(SPANS, st.integers(0, 40), st.integers(1, 40))
def test_the_day_after_is_the_first_on_which_so_many_days_have_passed(
    stops: list[Span], since: int, days: int
) -> None:
    clock = Clock(stops)
    reached = clock.day_after(day(since), days)
    assert reached is not None
    assert clock.days_between(day(since), reached) == days
    assert clock.days_between(day(since), reached - timedelta(days=1)) == days - 1


@given(SPANS, st.integers(0, 60), st.integers(1, 30))
def test_the_day_before_is_the_last_after_which_so_many_days_pass(
    stops: list[Span], until: int, days: int
) -> None:
    clock = Clock(stops)
    begin = clock.day_before(day(until), days)
    assert clock.days_between(begin, day(until)) == days
    assert clock.days_between(begin + timedelta(days=1), day(until)) == days - 1


@given(SPANS, st.integers(-10, 60), st.integers(0, 40))
def test_days_between_is_what_counting_them_one_by_one_gives(
    stops: list[Span], since: int, length: int
) -> None:
    one_by_one = [
        day(number)
        for number in range(since + 1, since + length + 1)
        if not any(span.covers(day(number)) for span in stops)
    ]
    assert Clock(stops).days_between(day(since), day(since + length)) == len(one_by_one)


def planned(rhythm: Rhythm, *pauses: Span, started_on: date | None = START) -> list[date | None]:
    named = [Milestone(name, date(2020, 1, 1)) for name in ("one", "two", "three")]
    return [one.planned_on for one in planned_dates(named, started_on, rhythm, pauses)]


def test_a_module_a_week_or_a_fortnight() -> None:
    assert planned(Rhythm.WEEKLY) == [day(7), day(14), day(21)]
    assert planned(Rhythm.FORTNIGHTLY) == [day(14), day(28), day(42)]


def test_own_speed_and_not_started_have_no_plan() -> None:
    assert planned(Rhythm.OWN_SPEED) == [None, None, None]
    assert planned(Rhythm.WEEKLY, started_on=None) == [None, None, None]


def test_a_given_plan_stays() -> None:
    assert planned(Rhythm.AS_PLANNED) == [date(2020, 1, 1)] * 3


@pytest.mark.parametrize(
    ("pause", "expected"),
    [
        (Span(day(8), day(9)), [7, 16, 23]),
        (Span(day(7), day(7)), [8, 15, 22]),
        (Span(day(6), day(19)), [21, 28, 35]),
        (Span(day(22), day(30)), [7, 14, 21]),
        (Span(day(-5), day(0)), [7, 14, 21]),
    ],
)
def test_a_pause_moves_what_is_planned_behind_it(pause: Span, expected: list[int]) -> None:
    assert planned(Rhythm.WEEKLY, pause) == [day(number) for number in expected]


def test_behind_a_pause_without_an_end_nothing_is_planned_yet() -> None:
    assert planned(Rhythm.WEEKLY, Span(day(10))) == [day(7), None, None]


def test_flare_ups_move_the_plan_by_at_most_14_days() -> None:
    assert planned(Rhythm.WEEKLY, *flare_pauses((Flare(day(8)),), 14)) == [day(7), day(28), day(35)]


def test_leap_day_and_clock_changes_are_days_like_others() -> None:
    leap = planned_dates([Milestone("one")], date(2028, 2, 25), Rhythm.WEEKLY)
    spring = planned_dates([Milestone("one")], date(2026, 3, 25), Rhythm.WEEKLY)
    assert [leap[0].planned_on, spring[0].planned_on] == [date(2028, 3, 3), date(2026, 4, 1)]
