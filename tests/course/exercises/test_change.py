"""What changed between a first and a second look: unknown is never zero."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.course.exercises.change import Change, Count, change_in, changes, count
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock


def entry(**answers: Any) -> Entry:
    return Entry(uuid4(), "thought", date(2026, 11, 22), None, answers, True, 1, clock.now())


@pytest.mark.parametrize(
    ("answers", "change", "way"),
    [
        ({"b": 80, "a": 50}, Change(80, 50), "down"),
        ({"b": 80, "a": 80}, Change(80, 80), "same"),
        ({"b": 0, "a": 10}, Change(0, 10), "up"),
        ({"b": 10, "a": 0}, Change(10, 0), "down"),
    ],
)
def test_a_change_needs_both_and_zero_is_an_answer(answers, change, way):
    found = change_in(answers, "b", "a")
    assert found == change and found and found.way == way


@pytest.mark.parametrize("answers", [{}, {"b": 80}, {"a": 0}])
def test_what_was_left_out_is_unknown(answers):
    assert change_in(answers, "b", "a") is None


def test_only_known_changes_are_counted():
    found = changes([entry(b=80, a=50), entry(b=80), entry(b=0, a=0), entry(b=10, a=20)], "b", "a")
    assert count(found) == Count(down=1, same=1, up=1) and count(found).all == 3


@given(st.lists(st.tuples(st.integers(0, 100), st.integers(0, 100))))
def test_every_change_is_counted_once(pairs):
    found = changes([entry(b=before, a=after) for before, after in pairs], "b", "a")
    assert count(found).all == len(pairs)
