"""When worry runs ahead: the second look at how awful and how likely, and the plan."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.course.filling import fill_in
from webapp.course.exercises.change import Change
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.course.exercises.worst_case import look_again
from webapp.foundations import clock

SAMPLES = {
    "worry": [
        {
            "worry": "What if I can never work again?",
            "awful_before": 90,
            "likely_before": 70,
            "likelier": "I work fewer hours for a while",
            "friend": "You found a way the last time",
            "cope": "Ring my sister, and list the bills",
            "helpers": "My sister",
            "awful_after": 60,
            "likely_after": 20,
            "will_do": "On Monday I ring about my hours",
        },
        {"worry": "What if I fall in the shop?", "likely_before": 30, "likely_after": 30},
    ]
}
TOOL = "/tools/worst-case"


def worries(*all_answers: dict[str, Any]) -> Told:
    made = tuple(
        Entry(uuid4(), "worry", date(2026, 11, 22), None, answers, True, 1, clock.now())
        for answers in all_answers
    )
    return Told(date(2026, 11, 22), {"worry": made})


@pytest.mark.parametrize(
    ("answers", "awful", "likely"),
    [
        ({"awful_before": 90, "awful_after": 60}, Change(90, 60), None),
        ({"likely_before": 70, "likely_after": 0}, None, Change(70, 0)),
        ({"likely_before": 70}, None, None),
        ({}, None, None),
    ],
)
def test_the_second_look_compares_what_is_known(answers, awful, likely):
    found = look_again(worries(answers))
    assert (found.awful, found.likely) == (awful, likely)


def test_without_a_worry_there_is_nothing_to_say():
    found = look_again(Told(date(2026, 11, 22)))
    assert found.newest is None and found.likely is None and found.likely_count.all == 0


def test_worries_that_seemed_less_likely_are_counted():
    found = look_again(worries(*SAMPLES["worry"], {"worry": "x"}))
    assert (found.likely_count.down, found.likely_count.all) == (1, 2)


def test_a_worry_is_taken_to_its_end(client, cast):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/worry/new", {"worry": "What if I can never work again?"})
    for answers in (
        {"awful_before": "90", "likely_before": "70"},
        {"likelier": "I work fewer hours for a while"},
        {"cope": "Ring my sister", "helpers": "My sister"},
        {"awful_after": "90", "likely_after": "20"},
        {"will_do": "On Monday I ring about my hours"},
    ):
        assert "What if I can never work again?" in client.page(page.path).text
        page = client.submit(page.path, answers)
    assert page.path == TOOL
    assert "It seemed less likely than at first: 20 of 100 now, and 70 before." in page.text
    assert "It seemed as awful as at first." in page.text
    assert "I work fewer hours for a while" in page.text and "On Monday I ring about my hours" in page.text


def test_a_worry_may_seem_bigger_and_nobody_is_blamed(client, cast):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/worry/new", {"worry": "The flat"})
    page = client.submit(page.path, {"awful_before": "10", "likely_before": "20"})
    client.submit(page.path.replace("/other", "/again"), {"awful_after": "30", "likely_after": "40"})
    page = client.page(TOOL)
    assert "It seemed more likely than at first. You could talk it over" in page.text
    assert "That can happen when we look closely." in page.text


def test_a_new_pain_is_a_warning_and_no_worry(client, cast):
    cast.signs_in(client, "asha")
    for path in (TOOL, f"{TOOL}/worry/new"):
        page = client.page(path)
        assert "A worry, or a warning?" in page.text and "Help now lists the signs" in page.text
    assert "Only you can read this, unless you tap Share. If you are not safe, tap Help now." in page.text


def test_filled_it_prints_and_empty_it_is_refused(client, cast):
    cast.signs_in(client, "asha")
    assert client.submit(f"{TOOL}/worry/new", {"worry": ""}).status == 422
    fill_in(cast, cast.asha, tools()["worst-case"])
    page = client.page(TOOL)
    assert "On a second look, 1 of your 2 worries seemed less likely." in page.text
    paper = client.page(f"{TOOL}/print").text
    assert "You found a way the last time" in paper and "My sister" in paper
