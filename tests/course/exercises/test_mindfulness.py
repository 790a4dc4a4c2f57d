"""Mindfulness: no score, ten minutes at most, and a kind word when it was hard."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest

from tests.cast import id_of
from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course import entries
from webapp.course.exercises.mindfulness import settling_in, tried_in
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock

TOOL = "/tools/mindfulness"
SAMPLES = {
    "time": [
        {"practice": "sounds", "minutes": "3", "was": "settling", "stay": 4, "noticed": "A blackbird."},
        {"practice": "breath", "minutes": "1", "was": "hard"},
    ]
}


def time(practice: str | None, was: str | None = None) -> Entry:
    answers: dict[str, Any] = {"practice": practice, "was": was}
    return Entry(uuid4(), "time", date(2026, 11, 22), None, answers, True, 1, clock.now())


@pytest.mark.parametrize(
    ("times", "tried", "settling"),
    [
        ([], (), ()),
        ([time(None)], (), ()),
        ([time("breath"), time("sounds"), time("sounds")], (("sounds", 2), ("breath", 1)), ()),
        ([time("sounds", "settling"), time("sounds", "odd")], (("sounds", 2),), ("sounds",)),
        ([time("breath", "settling"), time("breath", "hard")], (("breath", 2),), ()),
    ],
)
def test_what_was_tried_and_what_settled(times, tried, settling):
    """A practice that was ever hard is never called settling."""
    assert tried_in(times) == tried and settling_in(times) == settling


def test_a_length_over_ten_minutes_is_offered_nowhere(client, cast):
    """Source: exercise specification, 4.7 [F93]."""
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert "10 minutes" in page.text and "20 minutes" not in page.text
    assert client.page(f"{TOOL}/page/play?practice=breath&minutes=20").status == 404


def test_a_time_is_noted_after_the_player(client, cast):
    cast.signs_in(client, "asha")
    player = client.page(f"{TOOL}/page/play?practice=sounds&minutes=5")
    assert "A soft tone at the end" in player.text and "Stop at any time" not in player.title
    assert "stop at any time" in player.text
    link = f"{TOOL}/time/new?practice=sounds&minutes=5"
    assert link in player.html.replace("&amp;", "&")
    answer = client.submit(link, {"practice": "sounds", "minutes": "5"})
    answer = client.submit(answer.path, {"was": "settling", "stay": "0", "noticed": "Rain on the shed."})
    assert answer.path == TOOL and "Rain on the shed." in answer.text
    cast.enter(cast.asha)
    told = entries.told_by(cast.asha.actor, id_of(cast.asha.patient), tools()["mindfulness"], cast.hillside)
    assert told.of("time")[0].get("stay") == 0
    assert "0 of 10" not in answer.text, "the number is kept, and is no score on the page"


def test_pain_as_a_feeling_stands_apart(client, cast):
    cast.signs_in(client, "asha")
    text = client.page(TOOL).text
    assert text.index("Everyday things") < text.index("This one is for people who would like it")
    assert text.index("This one is for people who would like it") < text.index("Noticing pain, gently")


def test_when_it_was_hard_there_is_somebody_to_turn_to(client, cast):
    cast.signs_in(client, "asha")
    client.submit(f"{TOOL}/time/new", {"practice": "breath", "minutes": "3"})
    cast.enter(cast.asha)
    told = entries.told_by(cast.asha.actor, id_of(cast.asha.patient), tools()["mindfulness"], cast.hillside)
    answer = client.submit(f"{TOOL}/time/{told.of('time')[0].id}/how", {"was": "hard"})
    assert "The last time was hard" in answer.text and "Ask my team to ring me" in answer.text


def test_what_was_tried_is_told_in_words(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["mindfulness"])
    text = client.page(TOOL).text
    assert "Sounds: 1 time. You found it settling." in text and "A blackbird." in text


def test_in_energy_mode_one_minute_is_plenty(client, cast):
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    assert "One minute is plenty." in client.page(TOOL).text
