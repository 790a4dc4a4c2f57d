"""My work sheet: the hardest parts, ideas, and one way a slow return could go."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course.exercises.registry import tools
from webapp.course.exercises.work_sheet import DEMANDS, HARDEST_SHOWN, hardest, steps_of_return

TOOL = "/tools/work-sheet"
SAMPLES = {
    "work": [
        {
            "situation": "work", "day": "Front desk of a library", "sitting": 7, "lifting": 9, "travel": 7, "people": 0,
            "ideas": ["breaks", "swap"], "own_idea": "A stool at the desk", "able": 4, "talk_to": "Ruth",
            "ask": "To stand up every half hour", "plan": "On Monday at ten",
        }
    ],
    "return": [{"start": 8, "step": 2, "goal": 16}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({}, ()),
        ({"sitting": 0}, ()),
        ({"people": 3, "sitting": 3}, (("sitting", 3), ("people", 3))),
        (
            {"sitting": 1, "lifting": 9, "travel": 5, "people": 7},
            (("lifting", 9), ("people", 7), ("travel", 5)),
        ),
    ],
)
def test_the_hardest_parts_come_first_and_unknown_is_not_zero(answers, said):
    assert hardest(answers) == said


@given(st.dictionaries(st.sampled_from(sorted(DEMANDS)), st.integers(0, 10)))
def test_never_more_than_three_and_never_one_that_is_no_problem(answers):
    found = hardest(answers)
    assert len(found) <= HARDEST_SHOWN and all(number > 0 for _key, number in found)
    left_out = [number for key, number in answers.items() if key not in dict(found)]
    assert not found or len(found) < HARDEST_SHOWN or max(left_out, default=0) <= found[-1][1]


@pytest.mark.parametrize(
    ("start", "step", "goal", "hours"),
    [
        (8, 2, 16, (8, 10, 12, 14, 16, 16, 16, 16)),
        (8, 0.5, None, (8, 8, 9, 9, 10, 10, 11, 11)),
        (10, 4, 10, (10,) * 8),
    ],
)
def test_a_slow_return_is_the_pacing_staircase_in_hours(start, step, goal, hours):
    steps = steps_of_return(start, step, goal, energy_mode=False)
    assert steps is not None and steps.hours == hours


@pytest.mark.parametrize(("start", "step"), [(0, 2), (8, 0)])
def test_without_a_start_or_a_step_there_are_no_steps(start, step):
    assert steps_of_return(start, step, 16, energy_mode=False) is None


def test_energy_mode_has_no_steps():
    assert steps_of_return(8, 2, 16, energy_mode=True) is None


def test_the_page_is_one_page_for_a_talk(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["work-sheet"])
    page = client.page(TOOL)
    assert (
        "Lifting, carrying or reaching: 9 of 10" in page.text and "To stand up every half hour" in page.text
    )
    assert "Dealing with people" not in page.text
    assert "Hours a week: 8, 10, 12, 14, 16, 16, 16, 16." in page.text
    assert "A stool at the desk" in client.page(f"{TOOL}/print").text


def test_in_energy_mode_a_slow_return_is_neither_shown_nor_asked(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["work-sheet"])
    turn_energy_mode_on(cast, cast.asha)
    page = client.page(TOOL)
    assert "slow return" not in page.text and "nothing has to grow" in page.text
    assert client.page(f"{TOOL}/return/new").status == 404


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"start": "80", "step": "2"}, "60 or less"),
        ({"start": "8", "step": "0.1"}, "0.5 or more"),
        ({"start": "8", "step": "2", "goal": "4"}, "less than the hours to start with"),
        ({"start": "some", "step": "2"}, "Write a number"),
    ],
)
def test_impossible_hours_are_refused_kindly_and_kept(client, cast, typed, message):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/return/new", typed)
    assert page.status == 422 and message in page.text and typed["start"] in page.html
