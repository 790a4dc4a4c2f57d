"""What has slipped, the route's stops, boosters by the calendar, and coming back: in the clinic's words."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.course.rules_route import (
    MOST_STOPS,
    SKILLS,
    USUAL,
    Answered,
    Boosters,
    Change,
    Finding,
    GoingOn,
    RouteSettings,
    Stop,
    add_months,
    boosters,
    changes,
    finding,
    is_back_after_weeks,
    is_back_from_pause,
    pause_holds,
    slipped,
    stop_ahead,
    stops,
)

EVERY = frozenset(SKILLS)
PACING, FLARE, GOALS, MOVING, THOUGHTS, RELAXING, SLEEP, PEOPLE = SKILLS
WELL = dict.fromkeys(SKILLS, 9)
patiently = settings(suppress_health_check=[HealthCheck.too_slow], deadline=None)


@pytest.mark.parametrize(
    ("says", "answers", "expected"),
    [
        ("the three lowest, lowest first", {**WELL, SLEEP: 1, PACING: 3, GOALS: 2}, (SLEEP, GOALS, PACING)),
        (
            "of four, the highest waits",
            {**WELL, SLEEP: 1, PACING: 3, GOALS: 2, FLARE: 4},
            (SLEEP, GOALS, PACING),
        ),
        (
            "alike: the course's order",
            {**WELL, PEOPLE: 2, MOVING: 2, FLARE: 2, SLEEP: 2},
            (FLARE, MOVING, SLEEP),
        ),
        ("two below 8 make two stops", {**WELL, SLEEP: 7, PACING: 7}, (PACING, SLEEP)),
        ("7 has slipped and 8 has not", {**WELL, SLEEP: 8, PACING: 7}, (PACING,)),
        ("0 is gone, and an answer", {SLEEP: 0}, (SLEEP,)),
        ("what is left out is unknown, never 0", {PACING: 5}, (PACING,)),
        ("all going well", WELL, ()),
        ("nothing answered", {}, ()),
    ],
)
def test_the_stops(says: str, answers: dict[str, int], expected: tuple[str, ...]) -> None:
    assert stops(answers, EVERY) == expected, says


def test_a_skill_whose_module_is_not_there_is_skipped_until_it_is() -> None:
    answers = {**WELL, SLEEP: 0, PACING: 3, GOALS: 4, FLARE: 5}
    assert stops(answers, EVERY - {SLEEP}) == (PACING, GOALS, FLARE)
    assert stops(answers, EVERY) == (SLEEP, PACING, GOALS)
    assert stops(answers, frozenset()) == ()


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ({}, Finding.UNKNOWN),
        ({"drumming": 1}, Finding.UNKNOWN),
        (WELL, Finding.NOTHING_SLIPPED),
        ({SLEEP: 8}, Finding.NOTHING_SLIPPED),
        ({SLEEP: 7}, Finding.SLIPPED),
        ({**WELL, PEOPLE: 0}, Finding.SLIPPED),
    ],
)
def test_what_the_answers_say_as_a_whole(answers: dict[str, int], expected: Finding) -> None:
    assert finding(answers) is expected


def test_a_service_may_set_where_slipping_begins() -> None:
    assert stops({SLEEP: 5, PACING: 4}, EVERY, RouteSettings(slipped_below=5)) == (PACING,)


ANSWERS = st.dictionaries(st.sampled_from(SKILLS), st.integers(0, 10))


@patiently
@given(ANSWERS, st.frozensets(st.sampled_from(SKILLS)))
def test_no_stop_is_higher_than_a_skill_that_was_passed_over(
    answers: dict[str, int], there: frozenset[str]
) -> None:
    found = stops(answers, there)
    others = [skill for skill in slipped(answers) if skill in there and skill not in found]
    assert len(found) == min(MOST_STOPS, len(found) + len(others))
    assert all(answers[stop] <= answers[other] for stop in found for other in others)
    assert all(stop in there and answers[stop] < USUAL.slipped_below for stop in found)
    assert list(found) == sorted(found, key=lambda skill: (answers[skill], SKILLS.index(skill)))


@patiently
@given(ANSWERS, st.sampled_from(SKILLS))
def test_leaving_a_skill_out_never_makes_it_a_stop(answers: dict[str, int], left_out: str) -> None:
    rest = {skill: number for skill, number in answers.items() if skill != left_out}
    assert left_out not in stops(rest, EVERY)


# --- the stops one by one --------------------


def test_a_stop_is_done_by_word_or_by_the_module() -> None:
    route = (Stop(SLEEP, said_done=True), Stop(PACING, module_done=True), Stop(GOALS), Stop(MOVING))
    assert [stop.is_done for stop in route] == [True, True, False, False]
    assert stop_ahead(route) == Stop(GOALS)
    assert stop_ahead(route[:2]) is None
    assert stop_ahead(()) is None


# --- then and now --------------------

MAY, AUGUST, NOVEMBER = date(2026, 5, 4), date(2026, 8, 9), date(2026, 11, 22)


def test_how_each_skill_has_changed() -> None:
    looks = (
        Answered(MAY, {PACING: 3, SLEEP: 2}),
        Answered(AUGUST, {PACING: 5}),
        Answered(NOVEMBER, {PACING: 6, SLEEP: 4, GOALS: 7}),
    )
    assert changes(looks) == (
        Change(PACING, 6, 5, AUGUST),
        Change(GOALS, 7),
        Change(SLEEP, 4, 2, MAY),
    )
    assert changes(looks[:1]) == (Change(PACING, 3), Change(SLEEP, 2))
    assert changes(()) == ()


# --- boosters --------------------


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 8, 31), 1, date(2026, 9, 30)),
        (date(2026, 12, 22), 1, date(2027, 1, 22)),
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 11, 22), 12, date(2027, 11, 22)),
        (date(2026, 11, 22), 13, date(2027, 12, 22)),
    ],
)
def test_months_by_the_calendar(day: date, months: int, expected: date) -> None:
    assert add_months(day, months) == expected


DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))


@patiently
@given(DAYS, st.integers(0, 48))
def test_months_keep_the_day_or_take_the_months_last(day: date, months: int) -> None:
    found = add_months(day, months)
    assert (found.year * 12 + found.month) - (day.year * 12 + day.month) == months
    is_last_of_its_month = (found + timedelta(days=1)).day == 1
    assert found.day == day.day or (found.day < day.day and is_last_of_its_month)


BEGAN = date(2026, 1, 31)
FIRST, SECOND, THIRD, FOURTH = date(2026, 2, 28), date(2026, 4, 30), date(2026, 7, 31), date(2027, 1, 31)
ONE = timedelta(days=1)


@pytest.mark.parametrize(
    ("says", "looked", "today", "expected"),
    [
        ("the day before, none", [], FIRST - ONE, Boosters(None, FIRST)),
        ("on its day", [], FIRST, Boosters(FIRST, SECOND)),
        ("for four weeks", [], FIRST + timedelta(days=27), Boosters(FIRST, SECOND)),
        ("and then it is simply gone", [], FIRST + timedelta(days=28), Boosters(None, SECOND)),
        ("done on its day", [FIRST], FIRST, Boosters(None, SECOND)),
        ("done or skipped some days on", [FIRST + 3 * ONE], FIRST + 4 * ONE, Boosters(None, SECOND)),
        ("a look before its day does not count", [FIRST - ONE], FIRST, Boosters(FIRST, SECOND)),
        ("only the latest is offered", [], SECOND, Boosters(SECOND, THIRD)),
        ("the last one", [], FOURTH, Boosters(FOURTH, None)),
        ("after all of them", [], FOURTH + timedelta(days=28), Boosters(None, None)),
    ],
)
def test_boosters(says: str, looked: list[date], today: date, expected: Boosters) -> None:
    assert boosters(BEGAN, looked, today) == expected, says


def test_a_service_may_set_the_months_in_any_order_and_twice() -> None:
    own = RouteSettings(
        first_booster_months=6, second_booster_months=2, third_booster_months=2, fourth_booster_months=9
    )
    assert own.booster_months == (2, 6, 9)
    assert boosters(BEGAN, [], date(2026, 3, 31), own) == Boosters(date(2026, 3, 31), date(2026, 7, 31))


@patiently
@given(DAYS, st.lists(st.integers(-30, 800)), st.integers(0, 800))
def test_a_booster_is_never_overdue_and_never_two_at_once(began: date, looked: list[int], later: int) -> None:
    today = began + timedelta(days=later)
    looked_on = [began + timedelta(days=days) for days in looked]
    found = boosters(began, looked_on, today)
    if found.due_on is not None:
        assert found.due_on <= today < found.due_on + timedelta(days=USUAL.booster_shown_days)
        assert not any(found.due_on <= day <= today for day in looked_on)
        assert boosters(began, [*looked_on, today], today).due_on is None
    assert found.next_on is None or found.next_on > today


# --- coming back --------------------


@pytest.mark.parametrize(
    ("silent", "expected"), [(0, False), (20, False), (21, True), (22, True), (400, True), (None, False)]
)
def test_back_after_three_weeks_without_any_note(silent: int | None, expected: bool) -> None:
    last = None if silent is None else NOVEMBER - timedelta(days=silent)
    assert is_back_after_weeks(last, NOVEMBER) is expected


def test_a_pause_holds_up_to_the_day_of_return() -> None:
    first, back = date(2026, 11, 10), date(2026, 11, 20)
    held = [pause_holds(first, back, first + timedelta(days=days)) for days in (-1, 0, 9, 10, 11)]
    assert held == [False, True, True, False, False]
    assert pause_holds(first, None, date(2030, 1, 1))


@pytest.mark.parametrize(
    ("says", "ends", "last_active", "expected"),
    [
        ("on the day of return", [NOVEMBER], AUGUST, True),
        ("some days later, nothing done yet", [NOVEMBER - 5 * ONE], AUGUST, True),
        ("something was done since", [NOVEMBER - 5 * ONE], NOVEMBER - 2 * ONE, False),
        ("the pause still runs", [NOVEMBER + ONE], AUGUST, False),
        ("an open pause has no end", [None], AUGUST, False),
        ("paused before anything was done", [NOVEMBER], None, True),
        ("never paused", [], AUGUST, False),
    ],
)
def test_back_from_a_pause(
    says: str, ends: list[date | None], last_active: date | None, expected: bool
) -> None:
    assert is_back_from_pause(ends, last_active, NOVEMBER) is expected, says


def test_which_pages_open_in_their_short_version() -> None:
    assert not GoingOn().is_short_in("pacing")
    assert GoingOn("lighter").is_short_in("pacing")
    assert GoingOn("again", "pacing").is_short_in("pacing")
    assert not GoingOn("again", "pacing").is_short_in("start-here")
    assert not GoingOn("again", "pacing").is_lighter
