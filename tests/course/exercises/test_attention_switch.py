"""One-minute switch: which drills helped, said from two times on."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in
from tests.page import Page
from webapp.course.exercises.attention_switch import Tried, helped_most, tries_of
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock

TOOL = "/tools/attention-switch"
SAMPLES = {
    "try": [
        {"drill": "five-things", "helped": "yes", "where": "In the queue"},
        {"drill": "five-things", "helped": "bit"},
        {"drill": "one-colour", "helped": "no"},
    ]
}


def tried(drill: str, *answers: str | None) -> list[Entry]:
    return [
        Entry(uuid4(), "try", date(2026, 11, 22), None, {"drill": drill, "helped": one}, True, 1, clock.now())
        for one in answers
    ]


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        ((), ()),
        (("yes",), ()),  # once is too few
        (("yes", "unsure"), ()),  # "not sure" counts neither way
        (("yes", None), ()),
        (("yes", "bit"), (Tried("a", 2, 2),)),
        (("yes", "no"), ()),  # half is not most
        (("yes", "bit", "no"), (Tried("a", 3, 2),)),
        (("no", "no", "no"), ()),
    ],
)
def test_a_drill_helped_if_it_did_on_more_than_half_of_two_times_or_more(answers, expected):
    assert helped_most(tries_of(tried("a", *answers)), 2) == expected


def test_the_best_comes_first_and_of_equals_the_one_tried_more():
    entries = [*tried("a", "yes", "no", "yes"), *tried("b", "yes", "yes"), *tried("c", "yes", "bit", "yes")]
    assert [one.drill for one in helped_most(tries_of(entries), 2)] == ["c", "b", "a"]


@given(st.lists(st.sampled_from(["yes", "bit", "no", "unsure", None])))
def test_it_never_helped_more_often_than_it_was_tried(answers):
    for one in tries_of(tried("a", *answers)):
        assert 0 <= one.helped <= one.times <= len(answers)


def test_a_drill_is_picked_done_and_told_about(client, cast):
    cast.signs_in(client, "asha")
    assert "Pick a drill" in client.page(TOOL).text
    player = client.page(f"{TOOL}/page/play?practice=five-things")
    assert player.heading == "Five things" and "Did it help a bit?" in player.text
    answer = client.submit(f"{TOOL}/try/new?drill=five-things", {"drill": "five-things", "helped": "bit"})
    assert answer.path == TOOL and "Five things: it helped a bit" in answer.text


def test_without_a_drill_nothing_is_saved(client, cast):
    cast.signs_in(client, "asha")
    fields, action = client.page(f"{TOOL}/try/new").form_fields()
    answer = Page(client.post(action, data={**fields, "helped": "yes"}))
    assert answer.status == 422 and "Choose a drill, or go back" in answer.text


def test_the_ones_that_helped_most_are_told_in_words(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["attention-switch"])
    text = client.page(TOOL).text
    assert "Five things: it helped on 2 of 2 times" in text and "One colour: it helped on" not in text
