"""The day planner: one demanding thing a day at first, an order that alternates, ticks without totals."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course.exercises.day_planner import Task, alternate, look_at_days, plan_of, tasks_of
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock

TODAY = date(2026, 11, 22)
TOOL = "/tools/day-planner"
SAMPLES = {
    "day": [
        {
            "must_1": "Ring the bank",
            "must_1_demand": "high",
            "must_2": "Collect the boys",
            "must_2_demand": "high",
            "could_1": "Tea in the garden",
            "could_1_demand": "low",
            "rest_1": "At 11",
            "done": ["must_2"],
        },
        {"should_1": "Change the bed", "in_the_way": "Visitors"},
    ]
}


def entry(answers: dict[str, Any], on: date = TODAY) -> Entry:
    return Entry(uuid4(), "day", on, None, answers, True, 1, clock.now())


def tasks(demands: str) -> tuple[Task, ...]:
    """A task a letter: H is high, M medium, L low, ? not said."""
    kinds = {"H": "high", "M": "medium", "L": "low", "?": None}
    return tuple(
        Task(f"must_{at}", "must", f"{letter}{at}", kinds[letter]) for at, letter in enumerate(demands)
    )


@pytest.mark.parametrize(
    ("given_order", "suggested"),
    [
        ("", []),
        ("H", ["H0"]),
        ("HHL", ["H0", "L2", "H1"]),
        ("HHLL", ["H0", "L2", "H1", "L3"]),
        ("LLHH", ["L0", "H2", "L1", "H3"]),
        ("LHLL", ["L0", "H1", "L2", "L3"]),
        ("HHHL", ["H0", "L3", "H1", "H2"]),  # more demanding ones than others
        ("MH?", ["M0", "H1", "?2"]),  # medium and not said stand between demanding ones
    ],
)
def test_demanding_and_lighter_things_alternate(given_order, suggested):
    assert [task.what for task in alternate(tasks(given_order))] == suggested


@given(st.text("HML?", max_size=9))
def test_no_two_demanding_things_meet_if_that_can_be(letters):
    order = alternate(tasks(letters))
    assert sorted(task.name for task in order) == sorted(task.name for task in tasks(letters))
    heavy = [task.is_demanding for task in order]
    if heavy.count(True) <= heavy.count(False) + 1:
        assert not any(one and after for one, after in pairwise(heavy))


@pytest.mark.parametrize(
    ("demanding", "a_day", "is_much"), [(0, 1, False), (1, 1, False), (2, 1, True), (2, 2, False)]
)
def test_more_than_one_demanding_thing_is_much_at_first(demanding, a_day, is_much):
    answers = {f"must_{at}": "x" for at in (1, 2, 3)} | {
        f"must_{at}_demand": "high" for at in range(1, demanding + 1)
    }
    plan = plan_of(entry(answers), a_day)
    assert (plan.demanding, plan.is_much) == (demanding, is_much)


def test_a_demand_without_a_thing_is_nothing():
    assert tasks_of({"must_1_demand": "high"}) == ()


def test_what_was_done_is_ticked():
    plan = plan_of(entry(SAMPLES["day"][0]), 1)
    assert [task.is_done for task in plan.tasks] == [False, True, False]


def test_days_ahead_come_soonest_first_and_the_others_are_free():
    told = Told(
        TODAY, {"day": (entry({"must_1": "b"}, TODAY + timedelta(days=3)), entry({"must_1": "a"}, TODAY))}
    )
    found = look_at_days(told)
    assert found.today and found.today.tasks[0].what == "a"
    assert [plan.tasks[0].what for plan in found.ahead] == ["b"]
    assert len(found.free) == 6 and TODAY + timedelta(days=3) not in found.free


# --- its pages --------------------


def test_two_demanding_things_are_said_gently_and_never_refused(client, cast):
    cast.signs_in(client, "asha")
    answer = client.submit(
        f"{TOOL}/day/new",
        {
            "must_1": "Ring the bank",
            "must_1_demand": "high",
            "must_2": "The big shop",
            "must_2_demand": "high",
        },
    )
    gently = "Two demanding things stand on this day. Could one move to another day, or be split?"
    assert answer.path.endswith("/should") and gently in answer.text
    answer = client.submit(answer.path, {"should_1": "Change the bed", "should_1_demand": "low"})
    answer = client.submit(answer.path, {})
    answer = client.submit(answer.path, {"rest_1": "At 11"})
    answer = client.submit(answer.path, {"in_the_way": "Visitors"})
    assert answer.path.endswith("/end")
    answer = client.submit(answer.path, {"done": ["should_1"]})
    assert answer.path == TOOL and gently in answer.text and "✓ Change the bed" in answer.text
    order = [" ".join("".join(one.itertext()).split()) for one in answer.all("ol")]
    assert order == ["Ring the bankChange the bedThe big shop"]


def test_a_day_ahead_can_be_planned_up_to_a_week(client, cast):
    cast.signs_in(client, "asha")
    ahead = clock.today() + timedelta(days=7)
    answer = client.submit(f"{TOOL}/day/new?on={ahead.isoformat()}", {"must_1": "Clinic"})
    for _screen in range(4):
        assert not answer.path.endswith("/end"), "a day ahead has no end yet"
        answer = client.submit(answer.path, {})
    assert answer.path == TOOL and "Clinic" in answer.text
    assert client.page(f"{TOOL}/day/new?on={(ahead + timedelta(days=1)).isoformat()}").status == 404


def test_it_prints_and_says_no_totals(client, cast):
    cast.signs_in(client, "asha")
    assert "Plan today" in client.page(TOOL).text
    fill_in(cast, cast.asha, tools()["day-planner"])
    page = client.page(TOOL)
    assert "2 things have to be done" in page.text and "1 of 3" not in page.text
    paper = client.page(f"{TOOL}/print").text
    assert "Change the bed" in paper and "Tick what got done" not in paper
    assert "Put a star beside what is demanding." in client.page(f"{TOOL}/blank").text


def test_in_energy_mode_rests_come_first_and_something_may_be_left_out(client, cast):
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    page = client.page(f"{TOOL}/day/new")
    assert page.heading == "Your rests"
    answer = client.submit(f"{TOOL}/day/new", {"rest_1": "At 11"})
    assert answer.path.endswith("/must")
    for fields in ({"must_1": "Ring the bank"}, {}, {}):
        answer = client.submit(answer.path, fields)
    assert answer.path.endswith("/leave_out") and "What could be left out" in answer.text
    assert "What could be left out?" in client.page(TOOL).text
