"""Good things: a menu, a time, and what gave something back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course.exercises.good_things import (
    gave_back,
    is_room_for_more,
    is_waiting,
    look_at_things,
    own_ideas,
)
from webapp.course.exercises.good_things_menu import KINDS, MENU, WORDS, things_of
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock

TODAY = date(2026, 11, 22)
TOOL = "/tools/good-things"
SAMPLES = {
    "thing": [
        {
            "kind": "senses",
            "thing": "song",
            "when": "Tuesday, after lunch",
            "in_the_way": "Visitors: in the bath",
        },
        {
            "kind": "own",
            "own": "Cricket on the radio",
            "did": "did",
            "felt": "better",
            "note": "In a clean shirt",
        },
        {"kind": "quiet", "thing": "poem", "did": "did", "felt": "same"},
    ]
}


def thing(on: date = TODAY, **answers: Any) -> Entry:
    return Entry(uuid4(), "thing", on, None, answers, True, 1, clock.now())


def told(*entries: Entry, **given: Any) -> Told:
    return Told(TODAY, {"thing": entries}, **given)


def test_the_menu_has_about_forty_things_in_six_groups():
    assert list(KINDS) == list(MENU) and len(MENU) == 6
    assert 38 <= len(WORDS) <= 45 and len(WORDS) == sum(map(len, MENU.values()))
    for kind, things in MENU.items():
        small_first = [one.is_small for one in things_of(kind, small_first=True)]
        assert small_first == sorted(small_first, reverse=True)
        assert small_first.count(True) >= 3 and set(things_of(kind, small_first=True)) == set(things)


@pytest.mark.parametrize(
    ("answers", "waits"),
    [
        ({"kind": "quiet"}, False),
        ({"thing": "song"}, True),
        ({"own": "Cricket"}, True),
        ({"thing": "song", "did": "not_yet"}, True),
        ({"thing": "song", "did": "did"}, False),
    ],
)
def test_a_thing_waits_until_it_is_done(answers, waits):
    assert is_waiting(thing(**answers)) is waits


def test_what_gave_something_back_is_said_once():
    radio, again = (
        thing(own="Cricket", did="did", felt="better"),
        thing(own="cricket", did="did", felt="better"),
    )
    song, same = thing(thing="song", did="did", felt="better"), thing(thing="poem", did="did", felt="same")
    not_yet = thing(thing="bath", did="not_yet", felt="better")
    assert gave_back((radio, again, song, same, not_yet)) == (radio, song)


@pytest.mark.parametrize(
    ("waiting", "days_back", "room"), [(0, 0, True), (2, 0, True), (3, 0, False), (3, 6, False), (3, 7, True)]
)
def test_up_to_three_from_one_week(waiting, days_back, room):
    entries = [thing(TODAY - timedelta(days=days_back), thing="song") for _one in range(waiting)]
    assert is_room_for_more(told(*entries)) is room


def test_how_many_is_a_setting_and_what_is_done_leaves_room():
    assert not is_room_for_more(told(thing(thing="song"), numbers={"good_things_a_week": 1}))
    assert is_room_for_more(told(*[thing(thing="song", did="did")] * 5))


def test_own_ideas_are_remembered_once():
    assert own_ideas(told(thing(own="Cricket"), thing(own="cricket"), thing(own="Knitting"))) == (
        "Cricket",
        "Knitting",
    )
    assert not look_at_things(told()).tried


# --- its pages --------------------


def test_a_thing_is_picked_timed_and_looked_back_on(client, cast):
    cast.signs_in(client, "asha")
    assert "Listen to one song" in client.page(TOOL).text  # the menu
    answer = client.submit(f"{TOOL}/thing/new", {"kind": "senses"})
    assert "Wrap up in something soft" in answer.text and "Bake something easy" not in answer.text
    at = answer.path
    page = client.submit(at, {"own": ""})
    assert page.status == 422 and "Choose one, or write your own" in page.text
    page = client.submit(at, {"thing": "song", "own": "Cricket"})
    assert page.status == 422 and "not both" in page.text and "Cricket" in page.html
    answer = client.submit(at, {"thing": "song", "own": ""})
    answer = client.submit(answer.path, {"when": "Tuesday, after lunch"})
    back = answer.path
    page = client.page(TOOL)
    assert "Tuesday, after lunch" in page.text and "Listen to one song I loved at sixteen" in page.text
    if back != TOOL:
        answer = client.submit(back, {"did": "did", "felt": "better"})
        assert "This gave something back" in answer.text


def test_an_own_idea_can_be_picked_again(client, cast):
    fill_in(cast, cast.asha, tools()["good-things"])
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert (
        "This gave something back Cricket on the radio" in page.text and "Tuesday, after lunch" in page.text
    )
    answer = client.submit(f"{TOOL}/thing/new", {"kind": "own"})
    assert "You had these ideas before: Cricket on the radio" in answer.text and not answer.all("fieldset")
    answer = client.submit(answer.path, {"own": "Cricket on the radio"})
    assert answer.path.endswith("/when")


def test_three_are_plenty_for_a_week(client, cast):
    cast.signs_in(client, "asha")
    for own in ("Cricket", "Knitting", "A bath"):
        answer = client.submit(f"{TOOL}/thing/new", {"kind": "own"})
        client.submit(answer.path, {"own": own})
    page = client.page(TOOL)
    assert "That is plenty for one week." in page.text and "Pick a good thing" not in page.text


def test_it_prints_with_the_menu_on_the_empty_sheet(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["good-things"])
    paper = client.page(f"{TOOL}/print").text
    assert "Cricket on the radio: done, and a bit better after it. In a clean shirt" in paper
    assert "How was it?" not in paper
    blank = client.page(f"{TOOL}/blank").text
    assert all(str(words) in blank for words in WORDS.values())


def test_in_energy_mode_the_small_ones_come_first(client, cast):
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    assert "Nothing here has to grow." in client.page(TOOL).text
    page = client.submit(f"{TOOL}/thing/new", {"kind": "outdoors"})
    keys = [one.get("value") for one in page.all("input", type="radio")]
    assert keys == [thing.key for thing in things_of("outdoors", small_first=True)]
