"""The part of the day, the few small things, and the week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.home.rules import PartOfDay, day_states, first_few, part_of_day, week_of


@pytest.mark.parametrize(
    ("hour", "part"),
    [
        (0, PartOfDay.MORNING),
        (11, PartOfDay.MORNING),
        (12, PartOfDay.AFTERNOON),
        (17, PartOfDay.AFTERNOON),
        (18, PartOfDay.EVENING),
        (23, PartOfDay.EVENING),
    ],
)
def test_the_greeting_fits_the_hour(hour: int, part: PartOfDay) -> None:
    assert part_of_day(hour) is part


@dataclass(frozen=True)
class Thing:
    order: int


@given(st.lists(st.builds(Thing, order=st.integers(0, 50))))
def test_today_shows_three_small_things_at_most_the_lowest_first(things: list[Thing]) -> None:
    shown = first_few(things)
    assert len(shown) == min(3, len(things))
    assert [one.order for one in shown] == sorted(one.order for one in things)[:3]


def test_a_week_is_monday_to_sunday_and_no_day_is_marked_as_wrong() -> None:
    saturday = date(2026, 11, 21)
    week = week_of(saturday)
    assert (week[0], week[-1]) == (date(2026, 11, 16), date(2026, 11, 22))
    states = day_states(week, {date(2026, 11, 17), saturday}, saturday)
    assert states == ["open", "done", "open", "open", "open", "done", "ahead"]
