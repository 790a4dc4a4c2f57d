"""Say it clearly: four parts, one message, in the patient's own words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in
from webapp.course.exercises.registry import tools
from webapp.course.exercises.say_it_clearly import message_of, tidy

SAMPLES = {
    "message": [
        {
            "who": "my sister",
            "when": "When you take the bag out of my hand.",
            "feel": "useless",
            "because": "I can carry a light one",
            "like": "You to ask me first",
            "plan": "On Sunday, after lunch",
        },
        {"who": "my manager", "like": "to stand up every half hour", "plan": "Monday", "went": "well"},
    ]
}


@pytest.mark.parametrize(
    ("written", "opening", "said"),
    [
        ("When you take the bag.", "when", "you take the bag"),
        ("You take the bag...", "when", "you take the bag"),
        ("I'm late", "", "I'm late"),
        ("I would like to rest", "I would like", "to rest"),
        ("NHS letters come", "when", "NHS letters come"),
        ("  two   blanks  ", "", "two blanks"),
        ("whenever it rains", "when", "whenever it rains"),
        ("", "when", ""),
        (" . ", "when", ""),
    ],
)
def test_a_part_is_tidied_without_changing_its_words(written, opening, said):
    assert tidy(written, opening) == said


@given(st.text(max_size=200))
def test_tidying_twice_is_the_same_as_once_and_never_adds_a_word(text):
    once = tidy(text)
    assert tidy(once) == once
    assert len(once) <= len(text) + 1


def test_what_was_left_out_is_empty():
    assert message_of({"feel": "cross"}).when == ""


def test_the_page_says_the_newest_message_and_asks_how_it_went(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["say-it-clearly"])
    page = client.page("/tools/say-it-clearly")
    assert (
        "I would like to stand up every half hour." in page.text
        or "When you take the bag out of my hand, I feel useless, because I can carry a light one."
        " I would like you to ask me first."
        in page.text
    )
    assert "How did it go with my sister?" in page.text and "How did it go with my manager?" not in page.text
    paper = client.page("/tools/say-it-clearly/print").text
    assert "I would like you to ask me first." in paper and "What pacing is" in paper


def test_who_it_is_for_is_needed(client, cast):
    cast.signs_in(client, "asha")
    page = client.submit("/tools/say-it-clearly/message/new", {"who": ""})
    assert page.status == 422 and "Write who it is for" in page.text
