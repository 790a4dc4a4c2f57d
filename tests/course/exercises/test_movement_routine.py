"""My movement routine: starting amounts by the pacing rules, days that are never "no" unless said, equal choices."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import id_of
from tests.course.filling import fill_in, turn_energy_mode_on
from tests.page import text_of
from webapp.course.exercises import routine, routine_amounts
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.course.routine_today import routine_today
from webapp.course.tool_models import ToolEntry
from webapp.engagement import requests
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing.flare import Spell
from webapp.pacing.rules_look_back import Reading, WorseDayAfter
from webapp.pacing.rules_tick import Tick, TickResult

TOOL = "/tools/movement-routine"
THEN = "2026-11-01T09:00:00+00:00"
SAMPLES = {
    "movement": [
        {
            "which": "heel-slide", "counted": "times", "chosen_at": THEN, "how": "tries", "try_1": 5, "try_2": 4,
            "try_3": 6, "start": "pointed_to", "amount": 4.0, "amount_at": THEN, "days": 5, "when": "After tea",
        },
        {
            "which": "calf-stretch", "counted": "seconds", "chosen_at": THEN, "how": "own", "own": 10, "amount": 10.0,
            "amount_at": THEN, "days": 3,
        },
    ],
    "day": [{"did": {"heel-slide": "did", "calf-stretch": "no"}, "minutes": 6}, {"did": {"heel-slide": "some"}}],
    "look_back": [{"worse": "no", "sure": 8, "next": {"heel-slide": "keep"}, "amounts": {"heel-slide": 4.0}}],
}  # fmt: skip
TODAY = date(2026, 11, 22)  # a Sunday
MONDAY = date(2026, 11, 16)


def entry(sheet: str, on: date = TODAY, **answers: Any) -> Entry:
    return Entry(uuid4(), sheet, on, None, answers, True, 1, clock.now())


def chosen(**answers: Any) -> Entry:
    given = {
        "which": "heel-slide",
        "counted": "times",
        "amount": 5.0,
        "amount_at": THEN,
        "chosen_at": THEN,
        "days": 5,
    }
    return entry("movement", TODAY - timedelta(days=30), **{**given, **answers})


def days(*said: str | None, last: date = TODAY, name: str = "heel-slide") -> tuple[Entry, ...]:
    """Days up to *last*, the latest given last; None is a day with nothing noted."""
    first = last - timedelta(days=len(said) - 1)
    noted = [(first + timedelta(days=n), one) for n, one in enumerate(said)]
    return tuple(entry("day", day, did={name: one}) for day, one in reversed(noted) if one)


# --- where to begin --------------------


@pytest.mark.parametrize(
    ("tries", "shown"),
    [
        ((5, 4, 6), [4]),  # the course's own example: average 5, 80% is 4
        ((12, 6, 9), [7, 6]),  # exercises 4.1.1 with amendment 3: 7.2, beside the lowest try
        ((20, 5, 11), [5]),  # far apart: the lowest try
        ((10, 12, 8), [8]),  # held seconds: 8, and not the 15 of a walk
        ((1, 1), [1]),  # never less than one
        ((0, 3), [1]),
        ((5,), None),
        ((), None),
        ((0, 0, 0), None),
    ],
)
def test_the_start_is_the_pacing_rules(tries: Sequence[int], shown: list[int] | None) -> None:
    found = routine_amounts.start_of({f"try_{n}": one for n, one in enumerate(tries, 1)}, TODAY)
    assert (None if found is None else [option.shown for option in found.options]) == shown


def test_a_try_felt_the_next_day_begins_lower() -> None:
    found = routine_amounts.start_of(
        {"try_1": 10, "try_2": 10, "try_2_after": "next_day", "try_3": 10}, TODAY
    )
    assert found is not None and [option.shown for option in found.options] == [7]  # 0.7 of 10


@given(st.lists(st.integers(0, 600), min_size=2, max_size=3).filter(any))
def test_a_start_is_never_above_the_average_and_never_below_one(tries: list[int]) -> None:
    found = routine_amounts.start_of({f"try_{n}": one for n, one in enumerate(tries, 1)}, TODAY)
    assert found is not None
    for option in found.options:
        assert 1 <= option.shown <= max(1, sum(tries) / len(tries))


# --- the amount now --------------------


def test_an_amount_changes_only_by_a_choice() -> None:
    movement = chosen()
    later, earlier = "2026-11-08T09:00:00+00:00", "2026-10-08T09:00:00+00:00"
    up = entry("look_back", amounts={"heel-slide": 6.0}, next={"heel-slide": "step_up"}, set_at=later)
    old = entry("look_back", amounts={"heel-slide": 9.0}, next={"heel-slide": "step_up"}, set_at=earlier)
    other = entry("look_back", amounts={"sit-tall": 2.0}, set_at=later)
    shown = [
        plan.shown
        for backs in ([], [other], [old], [up, old])
        if (plan := routine_amounts.plan_of(movement, backs)) is not None
    ]
    assert shown == [5, 5, 5, 6]
    assert routine_amounts.plan_of(chosen(amount=None), [up]) is None


@pytest.mark.parametrize(
    ("amount", "offered"),
    [
        (5.0, [("keep", 5), ("step_up", 6), ("shrink", 4), ("change_activity", None)]),
        (20.0, [("keep", 20), ("step_up", 22), ("shrink", 16), ("change_activity", None)]),  # 10% of 20 ÷ 0.8
        (1.0, [("keep", 1), ("step_up", 2), ("shrink", None), ("change_activity", None)]),
    ],
)
def test_every_choice_is_there_and_steady_comes_first(
    amount: float, offered: list[tuple[str, int | None]]
) -> None:
    plan = routine_amounts.plan_of(chosen(amount=amount), [])
    found = routine_amounts.offers(plan, energy_mode=False)
    assert [(one.choice, one.shown) for one in found] == offered


@given(st.floats(1, 600))
def test_a_small_step_up_is_seen_and_making_it_smaller_never_makes_it_larger(amount: float) -> None:
    plan = routine_amounts.plan_of(chosen(amount=amount), [])
    assert plan is not None
    found = {one.choice: one for one in routine_amounts.offers(plan, energy_mode=False)}
    up, smaller = found["step_up"].shown, found["shrink"].shown
    assert up is not None and up > plan.shown
    assert smaller is None or smaller < plan.shown


def test_energy_mode_offers_no_amount_and_no_step_up() -> None:
    found = routine_amounts.offers(routine_amounts.plan_of(chosen(), []), energy_mode=True)
    assert [(one.choice, one.amount) for one in found] == [
        ("keep_within", None),
        ("do_less", None),
        ("rest", None),
    ]


# --- the days --------------------


def test_a_day_with_nothing_noted_is_open_and_never_no() -> None:
    noted = days("did", None, "some", "no", None)  # Wednesday to Sunday
    states = [state for _day, state in routine.week_states(noted, "heel-slide", MONDAY, TODAY)]
    assert states == ["open", "open", "done", "open", "some", "rest", "ahead"]
    assert routine.said_on(noted, "heel-slide", TODAY) is None
    assert routine.days_done(noted, ["heel-slide"], MONDAY, TODAY) == 2
    assert routine.days_done(noted, ["sit-tall"], MONDAY, TODAY) == 0


def test_minutes_are_unknown_until_some_are_noted() -> None:
    assert routine.minutes_noted(days("did"), MONDAY, TODAY) is None
    noted = (
        entry("day", minutes=0),
        entry("day", MONDAY, minutes=7),
        entry("day", MONDAY - timedelta(days=1), minutes=9),
    )
    assert routine.minutes_noted(noted, MONDAY, TODAY) == 7
    assert routine.minutes_noted(noted[:1], MONDAY, TODAY) == 0


WEEK = [MONDAY + timedelta(days=n) for n in range(7)]


@pytest.mark.parametrize(
    ("ticks", "wanted", "counted"),
    [
        (
            {0: "did", 2: "some", 4: "did", 1: "no", 3: "no", 5: "no"},
            3,
            [0, 2, 4],
        ),  # a rest day is part of the plan
        ({0: "did", 1: "no", 2: "no"}, 5, [0, 3, 4, 5, 6]),  # what is not known comes before "not today"
        ({0: "no", 1: "no", 2: "no"}, 7, [0, 1, 2, 3, 4, 5, 6]),
        ({0: "did", 1: "did", 2: "did", 3: "did"}, 3, [0, 1, 2]),
    ],
)
def test_a_number_of_days_is_planned_and_not_which_ones(
    ticks: dict[int, str], wanted: int, counted: list[int]
) -> None:
    kinds = {"did": Tick.AS_PLANNED, "some": Tick.LESS, "no": Tick.NONE}
    given_ticks = [TickResult(WEEK[n], 5, kinds[said]) for n, said in ticks.items()]
    assert [WEEK.index(day) for day in routine.planned_among(given_ticks, WEEK, wanted)] == counted


@pytest.mark.parametrize(
    ("noted", "worse", "sure", "reading"),
    [
        (["did"] * 5, "no", 8, Reading.AS_PLANNED),
        (["did"] * 5, "no", 7, Reading.AS_PLANNED),  # the boundary of "sure"
        (["did"] * 5, "no", 6, Reading.NOT_SURE_YET),
        (["did"] * 5, "once", 9, Reading.WORSE_DAY_AFTER),
        (["did"] * 5, None, 9, Reading.NOT_SURE_YET),  # not said is not "no"
        (["did", "did", "no", "no", "no", "no", "no"], "no", 9, Reading.SOME_DAYS),
        (["did", "no", "no", "no", "no", "no", "no"], "no", 9, Reading.FEW_DAYS),
        (["did"], "no", 9, Reading.TOO_LITTLE_KNOWN),
    ],
)
def test_what_the_leaflet_rule_says(noted: list[str], worse: str | None, sure: int, reading: Reading) -> None:
    last = TODAY - timedelta(days=1)
    told = Told(TODAY, {"movement": (chosen(),), "day": days(*noted, last=last)})
    seen = routine.seen_in(told, chosen(), TODAY - timedelta(days=7), last, worse=worse, sure=sure)
    assert seen.reading is reading


def test_a_week_with_a_flare_up_is_not_judged_and_energy_mode_reads_nothing() -> None:
    last, first = TODAY - timedelta(days=1), TODAY - timedelta(days=7)
    told = Told(TODAY, {"day": days(*["did"] * 5, last=last)}, flares=(Spell(first, None),))
    assert routine.seen_in(told, chosen(), first, last, worse="no", sure=9).reading is Reading.FLARE
    in_energy_mode = replace(told, energy_mode=True)
    assert (
        routine.seen_in(in_energy_mode, chosen(), first, last, worse="no", sure=9).reading is Reading.NOT_READ
    )
    settled = Spell(first - timedelta(days=9), first)
    assert not routine.overlaps(settled, first, last)


def test_a_worse_day_after_is_what_was_said_or_else_what_was_noted() -> None:
    noted = (entry("day", TODAY, worse="yes"), entry("day", TODAY - timedelta(days=1), worse="yes"))
    first, last = TODAY - timedelta(days=7), TODAY - timedelta(days=1)
    assert routine.worse_after(noted, first, last, None) is WorseDayAfter.MORE
    assert routine.worse_after(noted[:1], first, last, None) is WorseDayAfter.ONCE
    assert routine.worse_after((), first, last, None) is None
    assert routine.worse_after(noted, first, last, "no") is WorseDayAfter.NO


@pytest.mark.parametrize(
    ("answers", "number"),
    [
        ({"how": "tries"}, 1),
        ({"how": "tries", "try_1": 0}, 2),
        ({"how": "tries", "try_1": 5, "try_2": 4, "try_3": 6}, None),
        ({"how": "tries", "try_1": 5, "try_2": 4, "start": "pointed_to"}, None),
        ({"how": "tries", "try_1": 5, "try_2": 4, "start": "later"}, 3),
        ({"how": "own"}, None),
        ({}, None),
    ],
)
def test_which_try_comes_next(answers: dict[str, Any], number: int | None) -> None:
    assert routine.next_try(answers) == number


def test_energy_mode_has_no_amounts_days_tries_or_stairs_and_asks_what_it_cost() -> None:
    told = Told(
        TODAY, {"movement": (chosen(how="tries"),), "day": days("did", None, None, "did")}, energy_mode=True
    )
    found = routine.routine_of(told)
    line = found.lines[0]
    assert (line.plan, line.days_a_week, line.next_try, line.stairs) == (None, None, None, ())
    assert [day.on for day in found.ask_cost] == [TODAY - timedelta(days=3)]


# --- the pages --------------------


def stored(sheet: str) -> list[Any]:
    rows = db.session.query(ToolEntry).filter_by(tool="movement-routine", sheet=sheet).order_by(ToolEntry.id)
    return [row.answers for row in rows]


def test_the_safety_list_comes_before_the_first_movement_and_nothing_of_it_is_stored(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page(f"{TOOL}/movement/new?which=heel-slide")
    assert page.heading == "Read this first" and "Trouble passing or holding in urine" in page.text
    assert "Help now" in page.text and "One of these might be me" in page.text
    assert "Where this comes from" not in page.text
    page = client.submit(f"{TOOL}/movement/new?which=heel-slide&_external=1&tool=x")
    assert page.heading == "Choose a movement" and stored("movement") == []
    assert "You chose this one from the library." in page.text
    assert [one.get("value") for one in page.all("input") if one.get("checked") is not None] == ["heel-slide"]


def test_once_a_movement_is_there_the_list_is_one_tap_away(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])
    page = client.page(f"{TOOL}/movement/new")
    assert page.heading == "Choose a movement"
    values = [one.get("value") for one in page.all("input") if one.get("name") == "which"]
    assert "sit-tall" in values and "heel-slide" not in values
    links = [one.get("href") for one in client.page(TOOL).all("a")]
    assert "/information/read-first" in links


def test_the_page_shows_the_card_and_the_week(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])
    page = client.page(TOOL)
    assert "4 times, on 5 days a week" in page.text and "10 seconds, on 3 days a week" in page.text
    assert "You noted about 6 minutes in all." in page.text
    assert "One way this could go" in page.text and "nothing goes up unless you choose it" in page.text
    paper = client.page(f"{TOOL}/print")
    assert paper.text.count("☐") == 2 * 2 * 7 and "4 times, on 5 days a week" in paper.text


def test_the_day_after_is_asked_about_only_when_something_was_done_the_day_before(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])  # yesterday: some of the heel slide
    asked = "Was this day worse, after your movements the day before?"
    assert asked in client.page(f"{TOOL}/day/new").text
    yesterday = clock.today() - timedelta(days=1)
    assert asked not in client.page(f"{TOOL}/day/new?on={yesterday.isoformat()}").text
    assert asked not in client.page(f"{TOOL}/day/new?on={(yesterday - timedelta(days=2)).isoformat()}").text
    client.submit(f"{TOOL}/day/new", {"did-heel-slide": "some", "did-sit-up": "did", "worse": "yes"})
    assert (stored("day")[-1]["did"], stored("day")[-1]["worse"]) == (
        {"heel-slide": "some", "calf-stretch": "no"},
        "yes",
    )


def test_energy_mode_keeps_within(client, cast):  # type: ignore[no-untyped-def]
    fill_in(cast, cast.asha, tools()["movement-routine"])
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert "Keep within, do less, or rest" in page.text
    assert "4 times" not in page.text and "days a week" not in page.text and "could go" not in page.text
    assert "4 times" not in client.page(f"{TOOL}/print").text
    page = client.page(f"{TOOL}/look_back/new?screen=next")
    values = {one.get("value") for one in page.all("input") if (one.get("name") or "").startswith("next-")}
    assert values == {"keep_within", "do_less", "rest"}


def test_in_a_flare_up_less_is_fine_and_ticks_stay(client, cast):  # type: ignore[no-untyped-def]
    fill_in(cast, cast.asha, tools()["movement-routine"])
    requests.report_flare(cast.asha.enrolment, by=cast.asha.actor)
    db.session.commit()
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert (
        "Half, less, rest or the same: each is fine." in page.text
        and "Change what I noted today" in page.text
    )


def test_an_impossible_number_and_a_day_ahead_are_refused_and_nothing_is_lost(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])
    told_id = next(iter(db.session.query(ToolEntry).filter_by(sheet="movement"))).entry_id
    ahead = clock.today() + timedelta(days=2)
    address = f"{TOOL}/movement/{told_id}/try-1"
    typed = {
        "try_1": "601",
        "try_1_on-day": ahead.day,
        "try_1_on-month": ahead.month,
        "try_1_on-year": ahead.year,
    }
    page = client.submit(address, typed)
    assert page.status == 422 and "601" in [one.get("value") for one in page.all("input")]
    assert "The date must be" in page.text


def test_the_choices_of_a_look_back_are_equal_and_change_the_amount_only_when_chosen(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])
    address = f"{TOOL}/look_back/new?screen=next"
    page = client.page(address)
    boxes = [one for one in page.all("input") if one.get("name") == "next-heel-slide"]
    assert [one.get("value") for one in boxes] == ["keep", "step_up", "shrink", "change_activity"]
    assert not [one for one in boxes if one.get("checked") is not None]
    assert "A small step up: 5 times" in page.text
    assert "4 times, on 5 days a week" in client.page(TOOL).text
    client.submit(address, {"next-heel-slide": "step_up"})
    assert stored("look_back")[-1]["amounts"] == {"heel-slide": 5.0}
    assert "5 times, on 5 days a week" in client.page(TOOL).text


def test_an_old_look_back_says_the_amount_of_then_and_saving_it_again_changes_nothing(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])
    for _time in range(2):  # 4, then 5, then 6
        client.submit(f"{TOOL}/look_back/new?screen=next", {"next-heel-slide": "step_up"})
    rows = db.session.query(ToolEntry).filter_by(sheet="look_back").order_by(ToolEntry.id)
    first = next(row for row in rows if row.answers.get("amounts") == {"heel-slide": 5.0})
    address = f"{TOOL}/look_back/{first.entry_id}"
    assert "A small step up: 5 times" in client.page(address).text
    client.submit(f"{address}/next")
    assert "6 times, on 5 days a week" in client.page(TOOL).text


def test_another_movement_in_its_place_begins_without_an_amount(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["movement-routine"])
    row = next(
        one
        for one in db.session.query(ToolEntry).filter_by(sheet="movement")
        if one.answers["which"] == "heel-slide"
    )
    address = f"{TOOL}/movement/{row.entry_id}/which"
    assert client.submit(address, {"which": "sit-tall"}).heading == "How much to begin with"
    page = client.page(TOOL)
    titles = [text_of(one).strip() for one in page.all("h3")]
    assert "Slump and sit tall" in titles and "Heel slide" not in titles and "4 times" not in page.text
    assert client.page(f"{TOOL}/movement/{row.entry_id}/try-1").status == 404


def test_today_is_told_how_the_routine_stands(client, cast):  # type: ignore[no-untyped-def]
    cast.enter(cast.asha)
    patient_id = id_of(cast.asha.patient)
    with client.application.test_request_context():
        assert routine_today(cast.asha.actor, patient_id, cast.hillside) is None
        fill_in(cast, cast.asha, tools()["movement-routine"])
        found = routine_today(cast.asha.actor, patient_id, cast.hillside)
    assert found is not None and (found.movements, found.is_noted, found.did_some, found.is_quiet) == (
        2,
        True,
        True,
        False,
    )
    assert found.note_url == f"{TOOL}/day/new"


def test_a_page_of_the_library_leads_into_the_routine(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    links = [one.get("href") for one in client.page("/movements/sit-tall").all("a")]
    assert f"{TOOL}/movement/new?which=sit-tall" in links
