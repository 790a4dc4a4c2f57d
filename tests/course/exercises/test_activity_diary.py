"""The activity diary: hours by demand, spells, up and down, breaks, and one suggestion from the week."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course import entries as kept_entries
from webapp.course.exercises.activity_diary import look_at_week
from webapp.course.exercises.activity_diary_forms import NUMBERS
from webapp.course.exercises.activity_week import (
    BLOCKS,
    Day,
    Kind,
    day_of,
    longest,
    spells_of,
    suggest,
    week_of,
)
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock

TODAY = date(2026, 11, 22)  # a Sunday
TOOL = "/tools/activity-diary"
USUAL = {one.key: one.default for one in NUMBERS}
NAMES = [name for name, _start in BLOCKS]
LETTERS = {"L": "low", "M": "medium", "H": "high"}


def a_day(demands: str, rests: str = "", postures: str = "", **more: Any) -> dict[str, Any]:
    """A day's answers from a letter a block, from 6 on: "LMH.H"; rests "b" before, "a" after; postures by letter."""
    answers: dict[str, Any] = dict(more)
    for name, letter in zip(NAMES, demands, strict=False):
        if letter in LETTERS:
            answers[f"{name}_demand"] = LETTERS[letter]
    for name, letter in zip(NAMES, rests, strict=False):
        if letter in "ban":
            answers[f"{name}_rest"] = {"b": "before", "a": "after", "n": "none"}[letter]
    kinds = {"l": "lying", "s": "sitting", "t": "standing", "m": "moving"}
    for name, letter in zip(NAMES, postures, strict=False):
        if letter in kinds:
            answers[f"{name}_posture"] = kinds[letter]
    return answers


SAMPLES = {
    "day": [
        a_day("LLLLLLL", "..a...", "llllls", b06_what="Lay on the settee", pain=8, energy=0),
        a_day("LHHHHHML", "......b", "smmmmmss", b08_what="Football with the boys", b12_what="The big shop"),
        a_day("LMMLLM", "b.b..a", "ssslls"),
        {"b18_what": "Tea"},
    ],
    "change": [{"change": "Half the shop on Friday", "in_the_way": "Rain: order it"}],
}


def entry(answers: dict[str, Any], on: date = TODAY) -> Entry:
    return Entry(uuid4(), "day", on, None, answers, True, 1, clock.now())


def days(*answers: dict[str, Any]) -> tuple[Day, ...]:
    """Days in order, the last one today."""
    first = TODAY - timedelta(days=len(answers) - 1)
    return tuple(day_of(entry(one, first + timedelta(days=at))) for at, one in enumerate(answers))


def test_hours_by_demand_are_two_a_block():
    (day,) = days(a_day("LLMHH"))
    assert day.is_rated and not days({"b06_what": "Tea"})[0].is_rated
    assert [day.hours(one) for one in ("low", "medium", "high")] == [4, 2, 4]
    assert day.demanding == 6


@pytest.mark.parametrize(
    ("demands", "demanding"), [("", None), ("HHH", None), ("HHHH", 8), ("LLLL", 0), ("L.L.L.H", 2)]
)
def test_a_day_with_little_noted_is_unknown_and_not_zero(demands, demanding):
    assert days(a_day(demands))[0].demanding == demanding


@pytest.mark.parametrize(
    ("demands", "is_over", "demanding"),
    [
        ("HHLL", False, None),
        ("HHLL", True, 4),
        ("HHL...L", False, 4),
        ("HHLL..", False, None),
        ("HHL......L", False, 4),
    ],
)
def test_a_day_that_is_not_over_is_compared_once_its_evening_is_noted(demands, is_over, demanding):
    assert day_of(entry(a_day(demands)), is_over=is_over).demanding == demanding


@pytest.mark.parametrize(("hours", "high"), [(None, 0), (0, 0), (1.5, 1.5), (6, 6)])
def test_the_night_counts_as_long_as_the_patient_was_up(hours, high):
    answers = {"night_demand": "high"} | ({} if hours is None else {"night_hours": hours})
    assert days(answers)[0].hours("high") == high


@pytest.mark.parametrize(
    ("demands", "rests", "hours", "start", "end"),
    [
        ("LHHHL", "", 6, 8, 14),
        ("MHMH", "", 8, 6, 14),  # medium and high both count
        ("HHHH", ".b..", 4, 6, 10),  # a rest ends the spell of its block
        ("HHHH", "a...", 6, 8, 14),
        ("HHHH", ".n..", 8, 6, 14),  # "no rest" does not
        ("HH.HHH", "", 6, 12, 18),  # what is not noted ends it too
        ("........HH", "", 2, 22, 0),  # the night's length is not known
    ],
)
def test_the_longest_spell_without_a_rest(demands, rests, hours, start, end):
    (day,) = days(a_day(demands, rests))
    spell = longest(spells_of(day, lambda block: block.is_demanding))
    assert spell is not None and (spell.hours, spell.start, spell.end) == (hours, start, end)


def test_a_spell_goes_on_into_the_night():
    (day,) = days(a_day("........HH", night_hours=3))
    spell = longest(spells_of(day, lambda block: block.is_demanding))
    assert spell is not None and (spell.hours, spell.end) == (5, 3)


def test_no_demanding_block_is_no_spell():
    assert longest(spells_of(days(a_day("LLL"))[0], lambda block: block.is_demanding)) is None


@given(st.text("LMH.", max_size=10), st.text("ban.", max_size=10))
def test_spells_never_overlap_and_hold_every_demanding_hour(demands, rests):
    (day,) = days(a_day(demands, rests, night_hours=2))
    spells = spells_of(day, lambda block: block.is_demanding)
    assert sum(spell.hours for spell in spells) == day.hours("medium") + day.hours("high")


def test_up_down_and_breaks_are_counted():
    week = week_of(days(a_day("LLLL", "bab.", "lstm"), a_day("LLLL", "b", "llll")), 4)
    assert (week.up, week.down) == (6, 10)
    assert (week.breaks_before, week.breaks) == (3, 4)


def test_the_week_names_the_fullest_and_the_quietest_day():
    week = week_of(days(a_day("LLLL"), a_day("HHHHH"), a_day("LLLM"), a_day("H")), 4)
    assert week.most and week.least
    assert (week.most.demanding, week.least.demanding, week.comparable) == (10, 0, 3)


@pytest.mark.parametrize(
    ("demands", "seen"),
    [
        (("HHHHH", "LLLL", "LLLL"), True),
        (("HHLLL", "LLLL", "LLLL"), True),  # 4 hours less, the boundary
        (("HLLL", "LLLL", "LLLL"), False),
        (("LLLL", "LLLL", "HHHHH"), False),  # the full day comes last
        (("HHHHH", "", "LLLL"), False),  # the day after is not known
    ],
)
def test_paying_for_it_is_a_full_day_and_then_a_quiet_one(demands, seen):
    assert bool(week_of(days(*map(a_day, demands)), 4).payback) is seen


@pytest.mark.parametrize(
    ("week", "kind"),
    [
        ((), Kind.WAIT),
        ((a_day("HHHH"), a_day("LLLL")), Kind.WAIT),  # two days
        ((a_day("HHHHH"), a_day("LLLL"), a_day("MLLL")), Kind.SPREAD),  # 10 and 0
        ((a_day("HHLL"), a_day("LLLL"), a_day("LLLL")), Kind.SPREAD),  # 4 and 0, the boundary
        ((a_day("HHLL"), a_day("HLLL"), a_day("LHLL")), Kind.SPLIT),  # 4 hours on end
        ((a_day("HLHL"), a_day("HLHL"), a_day("HLHL", "", "sss")), Kind.SWAP),
        (
            (a_day("HLHL"), a_day("HLHL"), a_day("HLHL", "", "lll")),
            Kind.KEEP,
        ),  # lying is no spell of this kind
        ((a_day("HLHL", "", "smsm"), a_day("HLHL"), a_day("HLHL")), Kind.KEEP),
    ],
)
def test_one_suggestion_in_its_order(week, kind):
    assert suggest(week_of(days(*week), 4), USUAL, energy_mode=False).kind is kind


@pytest.mark.parametrize(
    ("rests", "kind"),
    [("", Kind.REST_EARLIER), ("aab", Kind.REST_EARLIER), ("ab", Kind.REST_KEPT), ("b", Kind.REST_KEPT)],
)
def test_energy_mode_speaks_of_breaks_alone(rests, kind):
    week = week_of(days(a_day("HHHHH", rests), a_day("LLLL"), a_day("LLLL")), 4)
    assert suggest(week, USUAL, energy_mode=True).kind is kind


def test_the_numbers_are_settings():
    week = week_of(days(a_day("HHLL"), a_day("LLLL"), a_day("LLLL")), 4)
    other = {**USUAL, "activity_diary_difference": 5, "activity_diary_spell": 5}
    assert suggest(week, other, energy_mode=False).kind is Kind.KEEP
    assert suggest(week, {**other, "activity_diary_days": 4}, energy_mode=False).kind is Kind.WAIT


def test_the_picture_has_seven_columns_from_the_first_day():
    told = Told(TODAY, {"day": (entry(a_day("LLLL")), entry(a_day("HHHH"), TODAY - timedelta(days=2)))})
    dates = look_at_week(told).week.dates
    assert len(dates) == 7 and dates[0] == TODAY - timedelta(days=2)


# --- its pages --------------------


def test_a_day_may_begin_with_its_evening(client, cast):
    cast.signs_in(client, "asha")
    assert "Which part of today would you like to note?" in client.page(TOOL).text
    answer = client.submit(
        f"{TOOL}/day/new?screen=evening", {"b18_what": "Cooked", "b18_demand": "medium", "b18_rest": "before"}
    )
    assert answer.path.endswith("/night") and "Leave this empty if you slept." in answer.text
    page = client.page(TOOL)
    assert "noted" in page.text and "Cooked" in page.text
    page = client.submit(answer.path, {"night_hours": "7"})
    assert page.status == 422 and "6 or less" in page.text
    cast.enter(cast.asha)
    told = kept_entries.told_by(
        cast.asha.actor, cast.asha.patient.id, tools()["activity-diary"], cast.hillside
    )
    (kept,) = told.of("day")
    assert kept.answers == {"b18_what": "Cooked", "b18_demand": "medium", "b18_rest": "before"}


def test_the_week_is_one_picture_with_a_table_and_one_suggestion(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["activity-diary"])
    page = client.page(TOOL)
    assert "asked a lot of you, and" in page.text and "One idea: spread it" in page.text
    assert "All of your" not in page.text and "3 of your 5 breaks came before you needed them." in page.text
    assert "Half the shop on Friday" in page.text
    table = next(one for one in page.all("table"))
    assert "8" in "".join(table.itertext())
    paper = client.page(f"{TOOL}/print").text
    assert "Hours of each demand" in paper and "One idea: spread it" in paper
    assert "what did you do? Football with the boys" in paper and "Rain: order it" in paper
    assert "My week" in client.page(f"{TOOL}/blank").text


def test_in_energy_mode_the_idea_is_about_rest(client, cast):
    fill_in(cast, cast.asha, tools()["activity-diary"])
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert "Your rests come early" in page.text and "One idea: spread it" not in page.text
