"""Appointment planner: the next one first, one page each, and what was agreed afterwards."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import pytest

from tests.course.filling import fill_in
from webapp.course.exercises.appointment_planner import sort_by_day
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock

TOOL = "/tools/appointment-planner"
SAMPLES = {
    "appointment": [
        {
            "who": "GP",
            "day": "2031-03-04",
            "at": "10:20",
            "question_1": "Could it be the tablets?",
            "want": "A plan",
        },
        {"who": "physio", "day": "2020-01-02", "question_1": "Which shoes?"},
        {"who": "pharmacist", "agreed": "Come back in a month"},
    ]
}
TODAY = date(2026, 11, 22)


def told(*answers: dict[str, Any]) -> Told:
    entries = [
        Entry(UUID(int=n), "appointment", TODAY, None, one, True, 1, clock.now())
        for n, one in enumerate(answers)
    ]
    return Told(TODAY, {"appointment": tuple(entries)})


@pytest.mark.parametrize(
    ("answers", "where"),
    [
        ({"day": "2026-11-22"}, "ahead"),
        ({"day": "2026-11-23"}, "ahead"),
        ({}, "ahead"),
        ({"day": "2026-11-21"}, "to_look_back_on"),
        ({"day": "2026-11-21", "agreed": "x"}, "past"),
        ({"next_step": "She writes"}, "past"),
    ],
)
def test_where_an_appointment_stands(answers, where):
    found = sort_by_day(told(answers))
    assert [len(found.ahead), len(found.to_look_back_on), len(found.past)].count(1) == 1
    assert len(getattr(found, where)) == 1


def test_the_next_one_comes_first_and_one_without_a_day_last():
    found = sort_by_day(
        told({"who": "c"}, {"who": "b", "day": "2026-12-01"}, {"who": "a", "day": "2026-11-30"})
    )
    assert [entry.get("who") for entry in found.ahead] == ["a", "b", "c"]


def test_the_page_and_the_paper_hold_what_matters(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["appointment-planner"])
    page = client.page(TOOL)
    assert "With GP, Tuesday 4 March 2031, 10:20" in page.text and "Note what was agreed" in page.text
    paper = client.page(f"{TOOL}/print").text
    assert "Could it be the tablets?" in paper and "A plan" in paper


def test_an_impossible_day_and_time_are_refused_and_kept(client, cast):
    cast.signs_in(client, "asha")
    typed = {"who": "GP", "day-day": "31", "day-month": "2", "day-year": "2027", "at": "25:70"}
    page = client.submit(f"{TOOL}/appointment/new", typed)
    assert page.status == 422
    assert "That month has no such day" in page.text and "Write a time, like 22:30" in page.text
    assert "25:70" in page.html
