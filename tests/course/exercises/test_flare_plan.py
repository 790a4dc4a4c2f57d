"""The flare-up plan: its steps by stage, what helped, how often and how long, what came before."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in, turn_energy_mode_on
from tests.course.test_flare_up import choose
from tests.pacing.paths import day_fields, move_days
from webapp.course.exercises.flare_plan_steps import (
    TRIGGERS,
    Stage,
    helped_times,
    lines_of,
    not_in_plan,
    plan_of,
    planned_lines,
    ranked_triggers,
    spells,
    stage_now,
    stages,
    steps_of,
    to_look_back,
    what_helped,
    with_what_helped,
)
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock
from webapp.pacing.flare import Spell

TODAY = date(2026, 11, 22)
TOOL = "/tools/flare-plan"
SAMPLES: dict[str, list[dict[str, Any]]] = {
    "plan": [
        {
            "triggers": ["more", "sleep"],
            "lasts": "week",
            "early_signs": "My neck is stiff",
            "say": "It has eased before.",
            "breathing": "Slowly, on the sofa",
            "position": "Hot water bottle, knees up",
            "tell": "Sam: it is a flare-up",
            "keep": "Get dressed\nWalk to the gate",
            "put_off": "The hoovering",
            "back_when": "Two settled days",
            "back_how": "Half of my walk first",
            "medicines": "What I agreed with Dr Shah in May",
            "will_not": "Stay in bed all day",
            "message": "You have come through this before.",
        }
    ],
    "after": [
        {
            "first_on": "2026-11-03",
            "last_on": "2026-11-08",
            "before": ["sleep", "stress"],
            "helped": ["Get dressed"],
            "helped_own": "The radio in the bath",
        },
        {"first_on": "2026-10-01", "last_on": "2026-10-09", "before": ["sleep", "not_sure"], "helped": []},
    ],
}


def plan(**answers: Any) -> Entry:
    return Entry(uuid4(), "plan", TODAY, None, answers or SAMPLES["plan"][0], True, 1, clock.now())


def back(on: date = TODAY, **answers: Any) -> Entry:
    return Entry(uuid4(), "after", on, None, answers, True, 1, clock.now())


def told(*entries: Entry, flares: tuple[Spell, ...] = (), energy_mode: bool = False) -> Told:
    by_sheet = {name: tuple(one for one in entries if one.sheet == name) for name in ("plan", "after")}
    return Told(TODAY, by_sheet, energy_mode, flares=flares)


# --- the stages --------------------


@pytest.mark.parametrize(
    ("minutes", "day", "is_settled", "is_coming_back", "energy_mode", "stage"),
    [
        (None, None, False, False, False, Stage.HOUR),  # before it is said, the first hour is what is needed
        (0, 1, False, False, False, Stage.HOUR),
        (59, 1, False, False, False, Stage.HOUR),
        (60, 1, False, False, False, Stage.DAYS),
        (60, 2, True, False, False, Stage.DAYS),  # on day 2 it is still the first two days
        (4000, 3, False, True, False, Stage.DAYS),  # day 3, and not settled: nothing goes on by itself
        (4000, 3, True, True, False, Stage.BACK),
        (None, None, False, True, False, Stage.BACK),  # over, and an activity is on its way back
        (4000, 3, True, True, True, Stage.DAYS),  # energy mode has no way back in steps
        (None, None, False, True, True, Stage.HOUR),
    ],
)
def test_the_steps_on_top_are_those_of_now(minutes, day, is_settled, is_coming_back, energy_mode, stage):
    now = stage_now(
        minutes=minutes,
        day=day,
        is_settled=is_settled,
        is_coming_back=is_coming_back,
        energy_mode=energy_mode,
    )
    assert now is stage and now in stages(energy_mode=energy_mode)


def test_steps_come_in_their_order_and_what_was_left_out_is_not_there():
    found = steps_of(plan(), Stage.DAYS, Counter({"get dressed": 2}))
    assert [step.name for step in found] == ["keep", "put_off"]
    assert [(line.words, line.helped) for line in found[0].lines] == [
        ("Get dressed", 2),
        ("Walk to the gate", 0),
    ]
    assert steps_of(None, Stage.HOUR, Counter()) == ()


@pytest.mark.parametrize(
    ("text", "lines"),
    [(None, ()), ("", ()), ("one", ("one",)), ("- one\r\n\r\n • two ", ("one", "two"))],
)
def test_each_line_is_a_step_of_its_own(text, lines):
    assert lines_of(text) == lines


# --- what helped --------------------


def test_only_what_is_new_is_offered_for_the_plan():
    entry = back(helped=["Get dressed"], helped_own="walk to the  gate.\nThe radio in the bath")
    assert not_in_plan(plan(), entry) == ("The radio in the bath",)
    assert not_in_plan(None, entry) == ("Get dressed", "walk to the  gate.", "The radio in the bath")
    assert not_in_plan(plan(), None) == ()


@given(lines=st.lists(st.text(alphabet="abc .", min_size=1, max_size=12), max_size=8))
def test_what_went_into_the_plan_is_not_offered_again(lines):
    entry = back(helped_own="\n".join(lines))
    mended = plan(**SAMPLES["plan"][0], helped_before=with_what_helped(plan(), what_helped(entry)))
    assert not_in_plan(mended, entry) == ()
    assert set(planned_lines(plan())) <= set(planned_lines(mended))


def test_what_does_not_fit_is_left_out_and_nothing_is_cut():
    full = plan(helped_before="x" * 3995)
    assert with_what_helped(full, ["too long for it", "ok"]) == "x" * 3995 + "\nok"


def test_each_thing_is_counted_once_for_each_look_back():
    look_backs = [back(helped=["Rest", "rest"], helped_own="rest."), back(helped_own="Rest")]
    assert helped_times(look_backs) == {"rest": 2}


# --- how often, how long, what came before --------------------


def test_what_came_before_is_ranked_and_not_knowing_is_no_trigger():
    look_backs = [
        back(before=["stress", "sleep"]),
        back(before=["sleep", "not_sure"]),
        back(before=["none"]),
        back(),
    ]
    assert ranked_triggers(look_backs) == (("sleep", 2), ("stress", 1))


def test_two_that_came_equally_often_stand_in_the_order_of_the_list():
    assert [key for key, _count in ranked_triggers([back(before=["mood", "more", "ill"])])] == [
        "more",
        "ill",
        "mood",
    ]


@given(ticks=st.lists(st.lists(st.sampled_from(TRIGGERS), unique=True), max_size=6))
def test_the_ranking_goes_down_and_counts_every_tick(ticks):
    ranked = ranked_triggers([back(before=one) for one in ticks])
    counts = [count for _key, count in ranked]
    assert counts == sorted(counts, reverse=True)
    assert sum(counts) == sum(one not in ("none", "not_sure") for many in ticks for one in many)


def test_longest_and_number_in_90_days_as_noted_or_as_reported():
    """3 to 8 November is 6 days (noted), which the report of 3 to 10 November does not count again; a report that
    ended on its 9th day lasted 8; one that began 90 days ago is not of the last 90 days."""
    noted = back(first_on="2026-11-03", last_on="2026-11-08")
    reported = (
        Spell(date(2026, 11, 3), date(2026, 11, 10)),
        Spell(date(2026, 10, 1), date(2026, 10, 9)),
        Spell(TODAY - timedelta(days=90), TODAY - timedelta(days=88)),
    )
    found = plan_of(told(noted, flares=reported))
    assert (found.history.recent, found.history.longest_days) == (2, 8)
    assert [spell.days(TODAY) for spell in found.spells] == [2, 8, 6]


def test_a_look_back_without_its_days_counts_no_flare_up():
    assert spells([back(before=["sleep"])], (), TODAY) == ()
    assert plan_of(told(back(before=["sleep"]))).history.longest_days is None


@pytest.mark.parametrize(
    ("flares", "look_backs", "asks"),
    [
        ((), (), False),
        ((Spell(date(2026, 11, 18)),), (), False),  # still running
        ((Spell(date(2026, 11, 18), date(2026, 11, 21)),), (), True),
        ((Spell(date(2026, 11, 1), date(2026, 11, 8)),), (), True),  # 14 days ago
        ((Spell(date(2026, 11, 1), date(2026, 11, 7)),), (), False),  # 15 days ago: left in peace
        ((Spell(date(2026, 11, 18), date(2026, 11, 21)),), (back(),), False),  # looked back on since
        (
            (Spell(date(2026, 11, 18), date(2026, 11, 21)),),
            (back(date(2026, 11, 1), first_on="2026-10-01", last_on="2026-10-03"),),
            True,  # that was another one
        ),
    ],
)
def test_a_flare_up_that_is_over_waits_for_its_look_back(flares, look_backs, asks):
    assert (to_look_back(told(*look_backs, flares=flares)) is not None) is asks


def test_in_energy_mode_there_is_no_way_back():
    assert Stage.BACK not in plan_of(told(plan(), energy_mode=True)).steps


# --- the pages --------------------


@pytest.fixture
def asha(client, cast):
    cast.signs_in(client, "asha")
    return client


def write_plan(client) -> None:
    answer = client.submit(f"{TOOL}/plan/new", {"triggers": ["sleep"], "lasts": "week"})
    for fields in (
        {"early_signs": "A stiff neck"},
        {"say": "It has eased before.", "tell": "Sam"},
        {"keep": "Get dressed\nWalk to the gate", "put_off": "The hoovering"},
        {},
        {"back_when": "Two settled days", "back_how": "Half of my walk"},
    ):
        answer = client.submit(answer.path, fields)
        assert answer.status == 200, answer.text
    assert answer.path.endswith("/medicines") and "Do not stop or change a medicine suddenly." in answer.text
    answer = client.submit(answer.path, {"medicines": "What I agreed with Dr Shah"})
    answer = client.submit(answer.path, {"will_not": "Stay in bed all day"})
    assert "Numbness between your legs" in answer.text and not answer.all("input", type="checkbox")
    answer = client.submit(answer.path, {"ring_first": "Hill Road surgery"})
    answer = client.submit(answer.path, {"message": "You have come through this before."})
    assert answer.path == TOOL and "Saved." in answer.text


def test_the_plan_is_written_and_stands_there_by_stage(asha):
    write_plan(asha)
    text = asha.page(TOOL).text
    places = [text.index(words) for words in ("The first hour", "The first two days", "Coming back")]
    assert places == sorted(places) and "Walk to the gate" in text and "muscle" not in text


def test_it_prints_as_a_card_and_as_an_empty_sheet(asha):
    write_plan(asha)
    card = asha.page(f"{TOOL}/print").text
    for words in (
        "Is this my usual kind of flare?",
        "Get dressed; Walk to the gate",
        "Hill Road surgery",
        "Ring 999",
    ):
        assert words in card
    blank = asha.page(f"{TOOL}/blank").text
    assert "What will you say to yourself?" in blank and "It has eased before." not in blank
    assert "Numbness between your legs" in blank and "Never take more than the label" in blank


@pytest.mark.parametrize(
    ("first_days_ago", "last_days_ago", "says"),
    [(3, -1, "The date must be"), (2, 3, "The last day cannot be before the first day")],
)
def test_days_that_cannot_be_are_refused_kindly(asha, first_days_ago, last_days_ago, says):
    today = clock.today()
    fields = {
        **day_fields(today - timedelta(days=first_days_ago), "first_on"),
        **day_fields(today - timedelta(days=last_days_ago), "last_on"),
    }
    answer = asha.submit(f"{TOOL}/after/new", {**fields, "before": ["sleep"]})
    assert answer.status == 422 and says in answer.text
    assert answer.form_fields()[0]["before"] == "sleep"


def look_back(client, **helped) -> Any:
    answer = client.submit(f"{TOOL}/after/new", {"before": ["sleep"]})
    answer = client.submit(answer.path, helped)
    return client.submit(answer.path, {"change": "Put the hoovering off sooner"})


def test_the_days_of_a_reported_flare_up_are_filled_in(asha, monkeypatch):
    choose(asha, "rest")
    began = clock.today()
    move_days(monkeypatch, 4)
    asha.submit("/flare-up", {"answer": "better"}, form="/how")
    fields, _action = asha.page(f"{TOOL}/after/new").form_fields()
    assert fields["first_on-day"] == str(began.day)
    assert fields["last_on-day"] == str((began + timedelta(days=3)).day)


def test_one_tap_puts_what_helped_into_the_plan(asha):
    write_plan(asha)
    page = look_back(asha, helped=["Get dressed"], helped_own="The radio in the bath")
    assert "You found out what helps The radio in the bath" in page.text
    assert "Get dressed (helped you once)" in page.text and "Put the hoovering off sooner" in page.text
    page = asha.submit(TOOL, form="/into-plan/")
    assert "It is in your plan now" in page.text and "You found out what helps" not in page.text
    assert "This has helped you before The radio in the bath (helped you once)" in page.text
    assert "Walk to the gate" in page.text, "the rest of the plan stays"


def test_without_a_plan_what_helped_begins_one(asha):
    look_back(asha, helped_own="Warm socks")
    page = asha.submit(TOOL, form="/into-plan/")
    assert "This has helped you before Warm socks" in page.text


def test_another_patient_s_look_back_is_not_there(client, cast):
    cast.signs_in(client, "asha")
    look_back(client, helped_own="Warm socks")
    fields, action = client.page(TOOL).form_fields("/into-plan/")
    cast.signs_in(client, "dewi")
    own, _action = client.page("/flare-up").form_fields("/today")
    assert client.post(action, data={**fields, "csrf_token": own["csrf_token"]}).status_code == 404


def test_the_page_says_how_often_how_long_and_what_came_before(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["flare-plan"])
    page = client.page(TOOL)
    assert "The longest lasted 9 days." in page.text
    assert "Bad nights: 2 times" in page.text and "I am not sure: " not in page.text
    assert 'aria-label="Days until each one had settled. 1 Oct 2026: 9 days; 3 Nov 2026: 6 days"' in page.html


def test_in_energy_mode_the_way_back_is_neither_asked_nor_shown(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["flare-plan"])
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert "Half of my walk first" not in page.text and "cost over the next three days" in page.text
    assert "How will you build up again?" not in client.page(f"{TOOL}/blank").text
