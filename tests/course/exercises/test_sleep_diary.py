"""The sleep diary: nights past midnight and for shifts, means in words, what is unknown is never 0."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course import entries as kept_entries
from webapp.course.exercises.registry import tools
from webapp.course.exercises.sleep_diary import look_at_nights
from webapp.course.exercises.sleep_nights import (
    Mean,
    Why,
    best_of,
    clock,
    forward,
    mean_of,
    minute_of,
    minutes_asleep,
    night_of,
    rising_of,
    what_cannot_be,
)
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock as real_clock

TODAY = date(2026, 11, 22)
GOOD = {
    "bed_at": "22:45",
    "tried_at": "23:00",
    "fall_min": 30,
    "wakes": 2,
    "awake_min": 45,
    "woke_at": "07:00",
    "up_at": "07:15",
    "quality": 7,
    "pain": 0,
}
SAMPLES = {
    "night": [
        GOOD,
        {**GOOD, "bed_at": "00:30", "tried_at": "00:40", "up_at": "09:30", "woke_at": "08:30", "quality": 3},
        {
            **GOOD,
            "bed_at": "06:30",
            "tried_at": "06:45",
            "woke_at": "13:30",
            "up_at": "14:00",
            "naps_min": 30,
        },
        {"fall_unsure": True, "wakes": 0},
    ],
    "change": [{"change": "Up at half past seven", "in_the_way": "A bad night: up by nine"}],
}
TOOL = "/tools/sleep-diary"


def night(answers: dict[str, Any], on: date = TODAY) -> Entry:
    return Entry(uuid4(), "night", on, None, answers, True, 1, real_clock.now())


def week(*answers: dict[str, Any], **given: Any) -> Told:
    nights = tuple(night(one, TODAY - timedelta(days=back)) for back, one in enumerate(answers))
    return Told(TODAY, {"night": nights}, **given)


@pytest.mark.parametrize(
    ("bed", "up", "minutes"),
    [
        ("06:30", "14:00", 450),  # after a night shift
        ("23:50", "07:10", 440),
        ("00:30", "08:00", 450),
        ("22:00", "06:00", 480),
        ("12:00", "06:00", 18 * 60),  # the longest that is taken
    ],
)
def test_time_in_bed_goes_forward_on_the_clock(bed, up, minutes):
    answers = {"bed_at": bed, "up_at": up}
    assert night_of(night(answers)).in_bed == minutes
    assert what_cannot_be(answers) is None


@pytest.mark.parametrize(
    ("answers", "asleep"),
    [
        (GOOD, 405),  # 23:00 to 07:00 is 480, less 30, less 45
        ({**GOOD, "awake_min": 0, "fall_min": 0}, 480),
        ({**GOOD, "wakes": 0, "awake_min": None}, 450),  # 0 times awake is 0 minutes
        ({**GOOD, "awake_min": None}, None),  # awake, and how long is not known
        ({**GOOD, "fall_min": None}, None),
        ({**GOOD, "tried_at": None}, None),
        ({**GOOD, "woke_at": None}, None),
        ({}, None),
    ],
)
def test_time_asleep_needs_all_four_answers(answers, asleep):
    assert minutes_asleep(answers) == asleep


@pytest.mark.parametrize(
    ("answers", "field", "why"),
    [
        ({"bed_at": "23:00", "tried_at": "22:50"}, "tried_at", Why.TRIED_BEFORE_BED),
        ({"tried_at": "23:30", "bed_at": "22:00", "woke_at": "23:00"}, "woke_at", Why.WOKE_BEFORE_TRYING),
        ({"bed_at": "23:00", "woke_at": "07:30", "up_at": "07:00"}, "up_at", Why.UP_BEFORE_WAKING),
        ({"woke_at": "07:30", "up_at": "07:00"}, "up_at", Why.TOO_LONG),
        ({"bed_at": "12:00", "up_at": "06:01"}, "up_at", Why.TOO_LONG),  # a minute over 18 hours
        ({"bed_at": "23:00", "up_at": "23:00"}, "up_at", Why.SAME_TIME),
        ({**GOOD, "awake_min": 451}, "awake_min", Why.TOO_MUCH_AWAKE),  # 450 are left after falling asleep
        ({"bed_at": "23:00", "up_at": "07:00", "awake_min": 481}, "awake_min", Why.TOO_MUCH_AWAKE),
        ({"bed_at": "23:00", "up_at": "07:00", "fall_min": 481}, "fall_min", Why.TOO_MUCH_AWAKE),
        ({"wakes": 0, "awake_min": 5}, "awake_min", Why.AWAKE_WITHOUT_WAKING),
    ],
)
def test_what_cannot_be_is_found(answers, field, why):
    problem = what_cannot_be(answers)
    assert problem is not None and (problem.field, problem.why) == (field, why)


@pytest.mark.parametrize(
    "answers",
    [
        {},
        GOOD,
        {"bed_at": "23:00"},
        {"up_at": "07:00"},
        {**GOOD, "awake_min": 450},
        {"wakes": 3, "awake_min": 0},
    ],
)
def test_half_a_night_is_fine(answers):
    assert what_cannot_be(answers) is None


@given(st.integers(0, 1439), st.integers(0, 1439))
def test_going_forward_never_goes_back(start, then):
    assert 0 <= forward(start, then) < 1440 and (start + forward(start, then)) % 1440 == then
    assert minute_of(f"{start // 60:02}:{start % 60:02}") == start


def test_a_mean_is_over_what_is_known():
    assert mean_of([480, None, 420], 2) == Mean(450, 2)
    assert mean_of([480, None, None], 2) is None
    assert mean_of([], 0) is None
    assert mean_of([0, 0], 2) == Mean(0, 2)


@pytest.mark.parametrize(("minutes", "halves"), [(0, 0), (14, 0), (15, 1), (510, 17), (494, 16), (495, 17)])
def test_means_are_said_to_the_half_hour(minutes, halves):
    assert Mean(minutes, 3).half_hours == halves


@pytest.mark.parametrize(
    ("times", "earliest", "latest", "regular"),
    [
        (["07:00", "09:30", "08:00"], "7:00", "9:30", False),
        (["07:00", "07:00", "07:00"], "7:00", "7:00", True),
        (["07:00", "07:30", "08:00"], "7:00", "8:00", True),  # an hour is still regular
        (["07:00", "07:30", "08:01"], "7:00", "8:01", False),
        (["23:30", "00:15", "23:50"], "23:30", "0:15", True),  # across midnight
        (["07:00", "14:00", "13:30"], "7:00", "14:00", False),  # with a shift
    ],
)
def test_rising_times_span_the_shortest_stretch_of_the_clock(times, earliest, latest, regular):
    found = rising_of([minute_of(one) or 0 for one in times], 3, 60)
    assert found is not None
    assert (clock(found.earliest), clock(found.latest), found.is_regular) == (earliest, latest, regular)


def test_too_few_rising_times_say_nothing():
    assert rising_of([420, 430], 3, 60) is None


@given(st.lists(st.integers(0, 1439), min_size=1, max_size=7))
def test_every_rising_time_lies_in_the_stretch(times):
    found = rising_of(times, 1, 60)
    assert found is not None
    long = forward(found.earliest, found.latest)
    assert all(forward(found.earliest, one) <= long for one in times)


def test_the_best_night_is_named_only_if_there_is_one():
    marks = [night_of(night({"quality": mark})) for mark in (3, 8, 5)]
    assert best_of(marks) is marks[1]
    assert best_of(marks[:1]) is None
    assert best_of([marks[1], marks[1]]) is None


def test_a_week_is_seven_days_and_its_numbers_are_settings():
    told = week(*[{"bed_at": "23:00", "up_at": "07:00"}] * 9)
    found = look_at_nights(told)
    assert len(found.nights) == 7 and found.in_bed == Mean(480, 7) and found.asleep is None
    assert [one.on for one in found.nights] == sorted(one.on for one in found.nights)
    few = week({"bed_at": "23:00", "up_at": "07:00"}, {}, numbers={"sleep_diary_nights": 1})
    assert look_at_nights(few).in_bed == Mean(480, 1)
    assert look_at_nights(week({"bed_at": "23:00", "up_at": "07:00"}, {})).in_bed is None


# --- its pages --------------------


def fill_a_night(client: Any, path: str = f"{TOOL}/night/new") -> Any:
    answer = client.submit(path, {"bed_at": "23:50", "tried_at": "midnight minus", "fall_min": "20"})
    assert answer.status == 422 and "Write a time, like" in answer.text
    answer = client.submit(path, {"bed_at": "23:50", "tried_at": "00:00", "fall_min": "20"})
    answer = client.submit(answer.path, {"wakes": "2", "awake_min": "40"})
    return client.submit(answer.path, {"woke_at": "6.50", "up_at": "7.10am"})


def test_a_night_past_midnight_is_filled_in(client, cast):
    cast.signs_in(client, "asha")
    answer = fill_a_night(client)
    answer = client.submit(answer.path, {"naps_min": "0", "drinks": ["caffeine"]})
    answer = client.submit(answer.path, {"quality": "6", "pain": "0", "note": "Hot room"})
    assert answer.path == TOOL and "To bed 23:50, up 7:10" in answer.text
    cast.enter(cast.asha)
    told = kept_entries.told_by(cast.asha.actor, cast.asha.patient.id, tools()["sleep-diary"], cast.hillside)
    (entry,) = told.of("night")
    assert entry.get("naps_min") == 0 and entry.get("pain") == 0  # 0 is an answer
    assert minutes_asleep(entry.answers) == 350
    page = client.page(f"{TOOL}/night/{entry.id}")
    assert "0 of 10" in page.text and "20 minutes" in page.text


def test_impossible_times_are_said_beside_the_field_and_kept(client, cast):
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/night/new", {"bed_at": "23:00", "tried_at": "22:00"})
    assert page.status == 422 and "This is before you went to bed" in page.text and "22:00" in page.html
    morning = fill_a_night(client).path.replace("/before", "/morning")
    page = client.submit(morning, {"woke_at": "7:10", "up_at": "6:50"})
    assert page.status == 422 and "This is before you woke for the last time" in page.text
    page = client.submit(morning, {"woke_at": "", "up_at": "23:40"})
    assert page.status == 422 and "more than 18 hours in bed" in page.text
    page = client.submit(morning.replace("/morning", "/awake"), {"wakes": "1", "awake_min": "500"})
    assert page.status == 422 and "do not fit into the night" in page.text
    page = client.submit(morning.replace("/morning", "/bed"), {"bed_at": "09:00", "tried_at": "09:10"})
    assert page.status == 422 and "does not fit with your other times" in page.text


def test_the_week_is_in_words_without_scores_or_bands(client, cast):
    cast.signs_in(client, "asha")
    empty = client.page(TOOL).text
    assert "How was last night?" in empty and "Do not drive when you are sleepy." in empty
    fill_in(cast, cast.asha, tools()["sleep-diary"])
    page = client.page(TOOL)
    # 8:30, 9:00 and 7:30 in bed; 6:45, 6:35 and 5:30 asleep
    assert "In bed about 8 and a half hours, and asleep for about 6 and a half hours." in page.text
    assert "This is over 3 nights." in page.text
    assert "You got up between 7:15 and 14:00." in page.text and "You had a nap on 1 day." in page.text
    assert "If you try one thing, try a regular time to get up" in page.text
    assert "You snore loudly" in page.text and "Up at half past seven" in page.text
    assert "– not known" in page.text  # the night with few answers, in the table
    for word in ("%", "efficien", "Good sleep", "restrict"):
        assert word not in page.text
    paper = client.page(f"{TOOL}/print").text
    assert "asleep for about 6 and a half hours" in paper and "Do not drive when you are sleepy." in paper
    assert "Do not drive when you are sleepy." in client.page(f"{TOOL}/blank").text


def test_the_nights_behind_each_average_are_said(client, cast):
    cast.signs_in(client, "asha")
    for back in range(4):
        day = (real_clock.today() - timedelta(days=back)).isoformat()
        bed = {"bed_at": "23:00", "tried_at": "23:00", "fall_min": "" if back == 3 else "60"}
        answer = client.submit(f"{TOOL}/night/new?on={day}", bed)
        answer = client.submit(answer.path, {"wakes": "0", "awake_min": ""})
        client.submit(answer.path, {"woke_at": "7:00", "up_at": "7:00"})
    page = client.page(TOOL).text
    assert "In bed about 8 hours, and asleep for about 7 hours." in page
    assert "Time in bed is over 4 nights, and time asleep over 3 nights that have all their answers." in page
    assert "You got up at 7:00 each time." in page and "Your rising times are close together" in page


def test_energy_mode_lets_the_rising_time_slide(client, cast):
    fill_in(cast, cast.asha, tools()["sleep-diary"])
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    assert "In energy mode, let it slide when you need to" in client.page(TOOL).text
