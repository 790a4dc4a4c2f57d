"""Problem solving: the ideas become choices, and what is open waits for a look back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.course.filling import fill_in
from webapp.course.exercises.problem_solving import ideas_of, stand
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock

SAMPLES = {
    "problem": [
        {"problem": "The stairs", "idea_1": "Two small bags", "pick": "idea_1", "when": "On Friday"},
        {"problem": "The noise", "idea_1": "Ear plugs", "pick": "idea_1", "helped": "partly"},
    ]
}


def problem(**answers: Any) -> Entry:
    return Entry(uuid4(), "problem", date(2026, 11, 22), None, answers, True, 1, clock.now())


@pytest.mark.parametrize(
    ("answers", "waiting", "looked_back", "solved"),
    [
        ({}, 0, 0, 0),
        ({"problem": "x", "idea_1": "y"}, 0, 0, 0),
        ({"pick": "idea_1"}, 1, 0, 0),
        ({"pick": "idea_1", "helped": "yes"}, 0, 1, 1),
        ({"pick": "idea_1", "helped": "partly"}, 0, 1, 1),
        ({"pick": "idea_1", "helped": "not_yet"}, 0, 1, 0),
    ],
)
def test_a_problem_waits_until_it_is_looked_back_on(answers, waiting, looked_back, solved):
    found = stand((problem(**answers),))
    assert (len(found.open), found.looked_back, found.solved) == (waiting, looked_back, solved)


def test_only_written_ideas_can_be_picked():
    assert ideas_of(problem(idea_1="A", idea_3="C")) == [("idea_1", "A"), ("idea_3", "C")]


def test_the_page_says_what_is_tried_and_what_was_helped(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["problem-solving"])
    page = client.page("/tools/problem-solving")
    assert "Two small bags" in page.text and "On Friday" in page.text
    assert "You have looked back on 1 problem. 1 was helped, at least in part." in page.text
