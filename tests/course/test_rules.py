"""What opens when, what is done, where to go on: in the clinic's words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.course.rules import (
    Progress,
    Standing,
    is_done,
    key_exercise,
    minutes_left,
    page_after,
    page_to_go_on_with,
    places,
)

TODAY = date(2026, 11, 21)
TOMORROW = TODAY + timedelta(days=1)
DONE, HERE, OPEN = Standing.DONE, Standing.HERE, Standing.OPEN
DATE, COMING = Standing.WAITS_FOR_DATE, Standing.COMING


def standings(*modules: Progress, all_open: bool = False) -> list[Standing]:
    return [place.standing for place in places(modules, TODAY, all_open=all_open)]


@pytest.mark.parametrize(
    ("says", "modules", "expected"),
    [
        ("only the first is open", [Progress("a"), Progress("b", opens_on=TOMORROW)], [HERE, COMING]),
        (
            "done early, the next waits for its day",
            [Progress("a", done=True), Progress("b", opens_on=TOMORROW), Progress("c")],
            [DONE, DATE, COMING],
        ),
        ("on its day it is open", [Progress("a", done=True), Progress("b", opens_on=TODAY)], [DONE, HERE]),
        (
            "its day has come, but not its turn",
            [Progress("a"), Progress("b", opens_on=TODAY)],
            [HERE, COMING],
        ),
        ("at my own speed no day is planned", [Progress("a", done=True), Progress("b")], [DONE, HERE]),
        (
            "what was opened early stays open",
            [Progress("a"), Progress("b", begun=True, opens_on=TOMORROW)],
            [HERE, OPEN],
        ),
        (
            "an optional module is always open and holds nobody up",
            [Progress("a", done=True), Progress("x", core=False), Progress("b")],
            [DONE, OPEN, HERE],
        ),
        ("everything is done", [Progress("a", done=True), Progress("b", done=True)], [DONE, DONE]),
    ],
)  # fmt: skip
def test_the_course_door(says: str, modules: list[Progress], expected: list[Standing]) -> None:
    assert standings(*modules) == expected, says


def test_through_the_refresher_door_everything_is_open_and_nothing_has_a_date() -> None:
    modules = [Progress("a"), Progress("b", opens_on=TOMORROW), Progress("c", opens_on=TOMORROW)]
    found = places(modules, TODAY, all_open=True)
    assert [place.standing for place in found] == [HERE, OPEN, OPEN]
    assert all(place.opens_on is None and place.is_open for place in found)


def test_a_day_is_told_only_where_it_will_hold() -> None:
    found = places([Progress("a"), Progress("b", opens_on=TOMORROW)], TODAY, all_open=False)
    assert found[1].opens_on is None


DAYS_AHEAD = st.sampled_from([None, -40, -1, 0, 1, 40])
PROGRESS = st.tuples(st.booleans(), st.booleans(), st.booleans(), DAYS_AHEAD).map(
    lambda drawn: Progress("m", *drawn[:3], None if drawn[3] is None else TODAY + timedelta(days=drawn[3]))
)


@given(st.lists(PROGRESS, max_size=12), st.booleans())
def test_a_patient_is_at_one_place_at_most_and_never_shut_out_of_what_they_began(
    modules: list[Progress], all_open: bool
) -> None:
    found = places(modules, TODAY, all_open=all_open)
    assert sum(place.standing is HERE for place in found) <= 1
    for module, place in zip(modules, found, strict=True):
        assert (place.standing is DONE) == module.done
        assert place.is_open or not (module.begun or module.done or all_open or not module.core)
        assert (place.opens_on is not None) == (place.standing is DATE)


@given(st.lists(PROGRESS, max_size=12))
def test_doing_more_never_closes_a_module(modules: list[Progress]) -> None:
    before = places(modules, TODAY, all_open=False)
    more = [
        Progress(one.name, one.core, one.begun, True, one.opens_on) if n == 0 else one
        for n, one in enumerate(modules)
    ]
    after = places(more, TODAY, all_open=False)
    assert all(then.is_open for now, then in zip(before, after, strict=True) if now.is_open)


@pytest.mark.parametrize(
    ("blocks", "key"),
    [
        ([], None),
        ([("story", "s"), ("picture", "p")], None),
        ([("choice", "c"), ("plan", "p")], "c"),
        ([("choice", "c"), ("pacing-tries", "t"), ("plan", "p")], "t"),
        ([("questionnaire", "peg-3"), ("write", "w")], "w"),
        ([("questionnaire", "peg-3")], None),
    ],
)
def test_the_key_exercise_is_the_first_tool_else_the_first_exercise(
    blocks: list[tuple[str, str]], key: str | None
) -> None:
    assert key_exercise(blocks) == key


@pytest.mark.parametrize(
    ("read", "settled", "done"),
    [
        (set(), True, False),
        ({"a"}, True, False),
        ({"b"}, False, False),
        ({"b"}, True, True),
        ({"a", "b"}, True, True),
    ],
)
def test_a_module_is_done_with_its_last_page_and_its_key_exercise(
    read: set[str], settled: bool, done: bool
) -> None:
    assert is_done(["a", "b"], read, key_is_settled=settled) is done


def test_one_goes_on_where_one_left() -> None:
    pages = ["a", "b", "c"]
    assert page_to_go_on_with(pages, set()) == "a"
    assert page_to_go_on_with(pages, {"a"}) == "b"
    assert page_to_go_on_with(pages, {"a", "b", "c"}) is None
    assert page_after(pages, "b") == "c"
    assert page_after(pages, "c") is None
    with pytest.raises(ValueError, match="z"):
        page_after(pages, "z")
    assert minutes_left([("a", 3), ("b", 4)], {"a"}) == 4
