"""Relaxation: how tension changed is said from three times on, and nothing counts as zero that is not known."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import id_of
from tests.course.filling import fill_in, turn_energy_mode_on
from tests.page import Page
from webapp.course import entries
from webapp.course.exercises.playing import book_of
from webapp.course.exercises.registry import tools
from webapp.course.exercises.relaxation import (
    Change,
    Week,
    change_over,
    largest,
    minutes_of,
    pairs_in,
    week_of,
)
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock

TOOL = "/tools/relaxation"
NEW = f"{TOOL}/practice/new"
TODAY = date(2026, 11, 22)
SAMPLES = {
    "practice": [
        {"practice": "breathing", "minutes": "3", "tension_before": 7, "tension_after": 4, "part": "evening"},
        {
            "practice": "muscles",
            "minutes": "10",
            "tension_before": 6,
            "tension_after": 6,
            "note": "The dog helped.",
        },
        {"practice": "little", "minutes": "little", "tension_before": 5, "tension_after": 3},
    ]
}


def time(days_ago: int = 0, complete: bool = True, **answers: Any) -> Entry:
    on = TODAY - timedelta(days=days_ago)
    return Entry(uuid4(), "practice", on, None, answers, complete, 1, clock.now())


def times(*changes: tuple[int | None, int | None], **more: Any) -> tuple[Entry, ...]:
    return tuple(time(tension_before=before, tension_after=after, **more) for before, after in changes)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ([], None),
        ([(7, 5), (6, 4)], None),
        ([(7, 5), (6, 4), (None, 3), (8, None)], None),
        ([(7, 5), (6, 4), (5, 5)], Change(3, 2, Decimal("1.3"))),
        ([(7, 5), (6, 4), (5, 4), (6, 6), (9, 4)], Change(5, 4, Decimal("2.0"))),
        ([(0, 0), (0, 0), (0, 0)], Change(3, 0, Decimal("0.0"))),
        ([(3, 5), (4, 6), (5, 5)], Change(3, 0, Decimal("-1.3"))),
    ],
)
def test_the_mean_is_said_from_three_whole_pairs_on(changes, expected):
    """Before − after over the times that have both (exercise specification, 4.6); 0 is a number, None is unknown."""
    assert change_over(pairs_in(times(*changes)), 3) == expected


@given(st.lists(st.tuples(st.integers(0, 10), st.integers(0, 10)), min_size=3))
def test_the_mean_lies_between_the_smallest_and_the_largest_change(changes):
    change = change_over(pairs_in(times(*changes)), 3)
    eased = [before - after for before, after in changes]
    assert change and min(eased) - Decimal("0.1") <= change.mean <= max(eased) + Decimal("0.1")
    assert change.less_tense == sum(one > 0 for one in eased)


def part(pair):
    return pair.entry.get("part")


@pytest.mark.parametrize(
    ("morning", "evening", "best"),
    [
        ([(5, 4)] * 3, [(5, 2)] * 3, "evening"),
        ([(5, 4)] * 3, [(5, 2)] * 2, None),  # too few evenings to compare
        ([(5, 4)] * 3, [(5, 4)] * 3, None),  # a tie has no first place
        ([(5, 6)] * 3, [(5, 5)] * 3, None),  # it eased in neither
        ([(9, 2)] * 3, [(5, 4)] * 4, "morning"),
    ],
)
def test_the_part_of_the_day_in_which_it_eased_most(morning, evening, best):
    pairs = pairs_in(
        times(*morning, part="morning") + times(*evening, part="evening") + times((9, 0), (9, 0))
    )
    found = largest(pairs, part, 3)
    assert (found[0] if found else None) == best


def test_the_minutes_of_the_last_seven_days():
    entries_ = (
        time(0, minutes="10", practice="breathing"),
        time(6, minutes="20", practice="muscles", minutes_done=12),
        time(7, minutes="20", practice="muscles"),
        time(1, minutes="little", practice="little"),
        time(1, minutes="3", practice="little"),
        time(2, complete=False, minutes="20", practice="place"),
        time(2, complete=False, minutes="3", practice="place", tension_after=0),
        time(3, minutes="20", practice="place", minutes_done=0),
    )
    assert week_of(entries_, TODAY) == Week(25, 2)


@pytest.mark.parametrize(
    ("answers", "minutes"),
    [({"minutes": "20"}, 20), ({"minutes": "20", "minutes_done": 0}, 0), ({"minutes": "little"}, 0), ({}, 0)],
)
def test_what_the_patient_wrote_wins_over_what_was_chosen(answers, minutes):
    assert minutes_of(time(**answers)) == minutes


# --- the pages --------------------


def told(cast, person):
    cast.enter(person)
    return entries.told_by(person.actor, id_of(person.patient), tools()["relaxation"], cast.hillside)


def test_it_asks_before_leads_to_the_player_and_asks_again(client, cast):
    cast.signs_in(client, "asha")
    page = client.page(f"{NEW}?practice=breathing&minutes=3")
    ticked = {box.get("value") for box in page.all("input") if box.get("checked") is not None}
    assert ticked == {"breathing", "3"}, "tension is never ticked beforehand"
    answer = client.submit(
        f"{NEW}?practice=breathing&minutes=3",
        {"tension_before": "7", "practice": "breathing", "minutes": "3"},
    )
    (entry,) = told(cast, cast.asha).of("practice")
    assert answer.heading == "Breathing" and answer.path.startswith(f"{TOOL}/page/play")
    assert f"{TOOL}/practice/{entry.id}/after" in answer.html
    steps = [int(one.get("data-step")) for one in answer.all("li") if one.get("data-step")]
    assert sum(steps) == 180, "the steps that can be read take the three minutes"
    assert "Your eyes can stay open" in answer.text and "Never while you drive" in answer.text
    answer = client.submit(f"{TOOL}/practice/{entry.id}/after", {"tension_after": "0", "note": ""})
    answer = client.submit(answer.path, {"part": "evening", "place": "Armchair", "minutes_done": ""})
    assert answer.path == TOOL and "In the last 7 days you noted 3 minutes." in answer.text
    (entry,) = told(cast, cast.asha).of("practice")
    assert entry.is_complete and (entry.get("tension_before"), entry.get("tension_after")) == (7, 0)


def test_tension_may_be_left_out_and_a_way_of_ones_own_needs_no_player(client, cast):
    cast.signs_in(client, "asha")
    answer = client.submit(NEW, {"practice": "own", "minutes": "10"})
    assert answer.path.endswith("/after")
    assert told(cast, cast.asha).of("practice")[0].get("tension_before") is None


def test_a_little_practice_leads_to_the_cards(client, cast):
    cast.signs_in(client, "asha")
    answer = client.submit(NEW, {"practice": "breathing", "minutes": "little"})
    assert answer.heading == "Little practices" and "Let your teeth come apart" in answer.text
    assert answer.text.count("Lead me through it") >= 6


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"minutes": "3"}, "Choose a way, or go back"),
        ({"practice": "breathing"}, "Choose how long. 3 minutes is plenty"),
        ({"practice": "breathing", "minutes": "45"}, "Choose one of the answers"),
        ({"practice": "running", "minutes": "3"}, "Choose one of the answers"),
        ({"practice": "breathing", "minutes": "3", "tension_before": "11"}, "Choose one of the"),
    ],
)
def test_what_is_missing_is_said_kindly(client, cast, fields, words):
    cast.signs_in(client, "asha")
    form, action = client.page(NEW).form_fields()
    answer = Page(client.post(action, data={**form, **fields}))
    assert answer.status == 422 and words in answer.text
    assert not told(cast, cast.asha).of("practice")


def test_impossible_minutes_are_refused_beside_the_field(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["relaxation"])
    entry = told(cast, cast.asha).latest("practice")
    answer = client.submit(
        f"{TOOL}/practice/{entry.id}/where", {"minutes_done": "900", "place": "On the bus"}
    )
    assert answer.status == 422 and "240" in answer.text and "On the bus" in answer.html


def test_the_page_says_how_tension_changed_in_words_with_a_drawing_and_a_table(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["relaxation"])
    page = client.page(TOOL)
    assert "On 2 of 3 times you felt less tense afterwards, on average 1.7 lower." in page.text
    assert "7 before, 4 after" in page.html and "The same numbers as a table" in page.text
    assert "%" not in page.text and "streak" not in page.text


def test_too_few_times_say_nothing_yet(client, cast):
    cast.signs_in(client, "asha")
    client.submit(NEW, {"tension_before": "7", "practice": "own", "minutes": "10"})
    entry = told(cast, cast.asha).latest("practice")
    client.submit(f"{TOOL}/practice/{entry.id}/after", {"tension_after": "5"})
    page = client.page(TOOL)
    assert "on average" not in page.text and "After 2 more times with both numbers" in page.text


def test_in_energy_mode_the_shortest_comes_first(client, cast):
    cast.signs_in(client, "asha")
    usual = client.page(TOOL).text.split("Choose a way")[1]
    assert usual.index("3 minutes") < usual.index("10 minutes") < usual.index("20 minutes")
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    calm = client.page(TOOL).text.split("Choose a way")[1]
    assert calm.index("See the little practices") < calm.index("3 minutes")
    assert "There is no need to do longer." in calm


@pytest.mark.parametrize(
    "query", ["", "?practice=running", "?practice=breathing&minutes=45", "?practice=long-breath&minutes=20"]
)
def test_a_practice_that_is_not_there_is_not_found(client, cast, query):
    cast.signs_in(client, "asha")
    assert client.page(f"{TOOL}/page/play{query}").status == 404


@pytest.mark.parametrize("entry", ["nothing", str(UUID(int=7))])
def test_an_entry_of_nobody_is_left_aside(client, cast, entry):
    cast.signs_in(client, "asha")
    page = client.page(f"{TOOL}/page/play?practice=breathing&minutes=10&entry={entry}")
    assert page.status == 200 and f"{NEW}?practice=breathing" in page.html


def test_every_script_can_be_played(client, cast):
    cast.signs_in(client, "asha")
    for tool in ("relaxation", "mindfulness", "attention-switch"):
        for practice in book_of(tool).practices:
            page = client.page(
                f"/tools/{tool}/page/play?practice={practice.name}&minutes={practice.minutes[-1]:g}"
            )
            assert page.status == 200 and page.heading == practice.title
