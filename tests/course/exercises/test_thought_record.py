"""Catch a thought: what changed, the habit that comes up often, and the words for a hard day."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import id_of
from tests.course.filling import fill_in
from webapp.course import entries
from webapp.course.exercises.registry import tools
from webapp.course.exercises.thought_record import HABITS, commonest, words_for_a_hard_day
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock
from webapp.foundations.database import db

SAMPLES = {
    "thought": [
        {
            "happened": "The bus was full and I had to stand",
            "thought": "I'll never go out again",
            "belief_before": 90,
            "feelings": ["sad", "scared"],
            "feeling_before": 80,
            "habits": ["worst-case", "all-or-nothing"],
            "fits_not": "On Monday it went well",
            "friend": "Try the early bus",
            "kinder": "Today was hard, and I can ask for a seat",
            "kinder_belief": 60,
            "feeling_after": 50,
            "belief_after": 40,
            "will_do": "On Friday I take the early bus",
        },
        {
            "thought": "I should manage alone",
            "habits": ["should", "worst-case"],
            "feeling_before": 50,
            "feeling_after": 60,
            "kinder": "Most people get a hand with something",
        },
        {
            "thought": "They think I make it up",
            "habits": ["mind-reading", "worst-case"],
            "feeling_before": 70,
            "feeling_after": 30,
        },
    ]
}
TOOL = "/tools/thought-record"


def thought(**answers: Any) -> Entry:
    return Entry(uuid4(), "thought", date(2026, 11, 22), None, answers, True, 1, clock.now())


@pytest.mark.parametrize(
    ("ticked", "habits"),
    [
        ([], ()),
        ([["should"], ["should"]], ()),  # two thoughts: not enough to name a habit
        ([["should"], ["should"], []], ()),  # the third has no habit
        ([["should"], ["should"], ["blame"]], ("should",)),
        ([["should", "blame"], ["blame", "should"], ["worst-case"]], ("should", "blame")),  # a tie: both
        ([["should"], ["blame"], ["worst-case"]], ()),  # each once: no pattern
        ([["blame"], ["blame"], ["blame", "gone-from-the-list"]], ("blame",)),
    ],
)
def test_the_habit_that_comes_up_most(ticked, habits):
    assert commonest([thought(habits=one) for one in ticked], 3) == habits


@given(st.lists(st.lists(st.sampled_from(list(HABITS)), unique=True), max_size=12))
def test_a_named_habit_was_ticked_as_often_as_any_other(ticked):
    named = commonest([thought(habits=one) for one in ticked], 3)
    times = {habit: sum(habit in one for one in ticked) for habit in HABITS}
    assert all(times[habit] == max(times.values()) >= 2 for habit in named)


def test_words_for_a_hard_day_are_the_newest_first_and_the_same_ones_once():
    newest, again, off, empty, oldest = (
        thought(kinder="I can rest"),
        thought(kinder="i can  REST"),
        thought(kinder="Not these", card_off=True),
        thought(),
        thought(kinder="One step"),
    )
    assert words_for_a_hard_day([newest, again, off, empty, oldest]) == (newest, oldest)


def test_six_screens_are_saved_and_the_words_are_kept_for_a_hard_day(client, cast):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/thought/new", {"thought": "I'll never go out again", "belief_before": "90"})
    assert page.path.endswith("/feelings") and "I'll never go out again" in page.text
    page = client.submit(page.path, {"feelings": ["sad", "scared"], "feeling_before": "80"})
    page = client.submit(page.path, {"habits": ["worst-case"]})
    page = client.submit(page.path, {"friend": "Take the early bus"})
    page = client.submit(page.path, {"kinder": "I can ask for a seat", "kinder_belief": "60"})
    page = client.submit(page.path, {"feeling_after": "50", "belief_after": "0", "will_do": "On Friday"})
    assert page.path == TOOL
    assert "Words for a hard day" in page.text and "“I can ask for a seat”" in page.text
    assert "The feeling went down from 80 to 50." in page.text
    assert "You believed the first thought less: 90 before, and 0 afterwards." in page.text


def test_words_can_be_taken_off_and_put_back(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["thought-record"])
    page = client.page(TOOL)
    assert "“Today was hard, and I can ask for a seat”" in page.text
    cast.enter(cast.asha)
    told = entries.told_by(
        cast.asha.actor, id_of(cast.asha.patient), tools()["thought-record"], cast.hillside
    )
    entry = next(one for one in told.of("thought") if one.get("kinder_belief"))
    at = f"{TOOL}/thought/{entry.id}/kinder"
    assert "Today was hard, and I can ask for a seat" in client.page("/flare-up").text
    client.submit(at, {"card_off": "y"})
    assert "“Today was hard, and I can ask for a seat”" not in client.page(TOOL).text
    assert "Today was hard, and I can ask for a seat" not in client.page("/flare-up").text
    client.submit(at, {"card_off": None})
    assert "“Today was hard, and I can ask for a seat”" in client.page(TOOL).text


def test_the_page_says_what_changed_and_which_habit_comes_up(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["thought-record"])
    page = client.page(TOOL)
    assert "The feeling was less strong afterwards on 2 of 3 times. It was stronger on 1." in page.text
    assert "A habit that comes up often" in page.text and "Worst case" in page.text
    assert 'class="wm-draw' in page.html and "The same numbers as a table" in page.text
    paper = client.page(f"{TOOL}/print").text
    assert "Today was hard, and I can ask for a seat" in paper and "On Monday it went well" in paper


def test_a_service_may_ask_for_more_thoughts_before_a_habit_is_named(client, cast):
    cast.enter(cast.asha)
    cast.hillside.pacing = {**cast.hillside.pacing, "thought_record_least_for_habit": 4}
    db.session.commit()
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["thought-record"])
    assert "A habit that comes up often" not in client.page(TOOL).text


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"thought": ""}, "Write the thought in a few words"),
        ({"thought": "x", "belief_before": "35"}, "Choose one of the answers"),
        ({"thought": "x" * 4001}, "Shorten it to 4,000 characters"),
    ],
)
def test_what_cannot_be_kept_is_said_kindly_and_stays_in_the_form(client, cast, given, said):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/thought/new", {"happened": "The full bus", **given})
    assert page.status == 422 and said in page.text and "The full bus" in page.html


def test_a_screen_with_private_texts_says_once_who_can_read_them(client, cast):
    cast.signs_in(client, "asha")
    page = client.page(f"{TOOL}/thought/new")
    note = "Only you can read this, unless you tap Share. If you are not safe, tap Help now."
    assert page.text.count(note) == 1
    (said,) = [element for element in page.tree.iter() if note in (element.text or "")]
    boxes = page.all("textarea")
    assert len(boxes) == 2
    assert all(said.get("id") in (box.get("aria-describedby") or "") for box in boxes)


def test_the_empty_sheet_has_circles_for_numbers_and_a_box_for_a_tick(client, cast):
    cast.signs_in(client, "asha")
    page = client.page(f"{TOOL}/blank")
    assert page.html.count('class="wp-number"') == 5 * 11
    assert page.text.count("Leave it out of my words for a hard day") == 1
