"""Each promise of the simulated year can be broken: made-up findings that break one are found, and their neighbours not."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from webapp.commands.demo.year.findings import Findings, Message, Spell
from webapp.commands.demo.year.promises import (
    PROMISES,
    broken_promises,
    every_kill_struck,
    never_twice,
    no_repeats,
    not_at_night,
    nothing_is_lost,
    peace_is_kept,
    red_is_rare,
    red_raises,
    the_budget_is_kept,
    told_once,
    two_days_apart,
)
from webapp.commands.demo.year.report import as_text, figures_of
from webapp.commands.demo.year.ringing import Contacted, Row
from webapp.commands.demo.year.running import Plan
from webapp.commands.demo.year.simulating import clinics_of, together
from webapp.engagement.standing import Tier

MONDAY = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
NOTHING = Findings(
    plan=Plan(people=4, days=28, kills=0, begins_on=date(2026, 3, 2)), messages=(), spells=(), rows=(), contacted=(),
    waiting={}, calls_a_week=12, ends=Counter(on_track=4), kinds=Counter(steady=4), stopped=0, struck=(),
    windows=frozenset(), kills_left=0, refused=0, ended_at=MONDAY + timedelta(days=28),
)  # fmt: skip


def message(number: int, at: datetime | None, kind: str = "reminder:nudge", **more: object) -> Message:
    """A message that arrived at ``at``; None: it never did."""
    given = {
        "message_id": f"<{number}@waymark>", "person": 1, "kind": kind, "channel": "email",
        "written_at": at or MONDAY, "arrived_at": (at,) if at else (), "withdrawn": False, "failed": False,
    }  # fmt: skip
    return Message(**{**given, **more})  # type: ignore[arg-type]


def found(**more: object) -> Findings:
    """Findings of a quiet month, but for what is given."""
    return replace(NOTHING, **more)  # type: ignore[arg-type]


def test_a_quiet_month_keeps_every_promise() -> None:
    assert broken_promises(NOTHING) == {}


@pytest.mark.parametrize(
    ("hours", "broken"),
    [(47.99, True), (48, False), (72, False)],
    ids=["just under", "exactly", "three days"],
)
def test_two_messages_lie_two_days_apart(hours: float, broken: bool) -> None:
    later = MONDAY + timedelta(hours=hours)
    said = two_days_apart(found(messages=(message(2, later), message(1, MONDAY))))
    assert bool(said) is broken
    assert not said or said[0].startswith("person 1: reminder:nudge at 2026-03-02 10:00 and")


def test_a_sign_in_link_and_somebody_elses_message_are_not_in_the_way() -> None:
    soon = MONDAY + timedelta(hours=1)
    others = (message(2, soon, "sign_in_link"), message(3, soon, person=2))
    assert two_days_apart(found(messages=(message(1, MONDAY), *others))) == []


@pytest.mark.parametrize(
    ("moment", "broken"),
    [
        (datetime(2026, 1, 10, 7, 59, tzinfo=UTC), True),
        (datetime(2026, 1, 10, 8, 0, tzinfo=UTC), False),
        (datetime(2026, 1, 10, 19, 59, tzinfo=UTC), False),
        (datetime(2026, 1, 10, 20, 0, tzinfo=UTC), True),
        (datetime(2026, 3, 28, 7, 30, tzinfo=UTC), True),  # the day before the clocks go forward
        (datetime(2026, 3, 29, 7, 30, tzinfo=UTC), False),  # half past eight on the new clocks
        (datetime(2026, 3, 29, 19, 30, tzinfo=UTC), True),
        (datetime(2026, 10, 25, 7, 30, tzinfo=UTC), True),  # the clocks went back: half past seven
        (datetime(2026, 10, 25, 19, 30, tzinfo=UTC), False),
    ],
)
def test_the_night_is_quiet_on_local_clocks(moment: datetime, broken: bool) -> None:
    assert bool(not_at_night(found(messages=(message(1, moment),)))) is broken


def test_a_sign_in_link_may_come_at_night() -> None:
    night = MONDAY.replace(hour=23)
    assert not_at_night(found(messages=(message(1, night, "sign_in_link"),))) == []


def test_a_message_arrives_twice_only_if_the_worker_died_in_the_window() -> None:
    twice = message(1, MONDAY, arrived_at=(MONDAY, MONDAY + timedelta(minutes=2)))
    assert never_twice(found(messages=(twice,)))
    assert never_twice(found(messages=(twice,), windows=frozenset({twice.message_id}))) == []


def test_three_times_is_too_often_even_then() -> None:
    thrice = message(1, MONDAY, arrived_at=tuple(MONDAY + timedelta(minutes=n) for n in range(3)))
    assert never_twice(found(messages=(thrice,), windows=frozenset({thrice.message_id})))


def test_a_thing_is_told_in_one_message_only() -> None:
    first = message(1, MONDAY, things=("e1:nudge:2026-03-01", "e1:goal-review:7"))
    again = message(2, MONDAY + timedelta(days=9), things=("e1:nudge:2026-03-01",))
    assert told_once(found(messages=(first, again))) == ["e1:nudge:2026-03-01 was told 2 times"]
    assert told_once(found(messages=(first,))) == []


def test_what_was_written_arrives_or_is_withdrawn_or_is_young() -> None:
    lost = message(1, None)
    assert nothing_is_lost(found(messages=(lost,)))
    assert nothing_is_lost(found(messages=(replace(lost, withdrawn=True),))) == []
    assert nothing_is_lost(found(messages=(lost,), ended_at=MONDAY + timedelta(hours=48))) == []
    assert nothing_is_lost(found(messages=(replace(lost, channel="letter"),))) == []


def test_peace_is_kept_in_a_pause_and_after_stopping() -> None:
    pause = Spell(1, "pause", MONDAY - timedelta(days=2), date(2026, 2, 28), date(2026, 3, 2))
    assert peace_is_kept(found(messages=(message(1, MONDAY),), spells=(pause,)))
    allowed = (message(1, MONDAY, "reminder:pause-ends"), message(2, MONDAY + timedelta(days=1)))
    assert peace_is_kept(found(messages=allowed, spells=(pause,))) == []
    stopped = Spell(1, "stopped", MONDAY - timedelta(hours=1), date(2026, 3, 2), None)
    assert peace_is_kept(found(messages=(message(1, MONDAY, "reminder:pause-ends"),), spells=(stopped,)))
    assert peace_is_kept(found(messages=(message(1, MONDAY, person=2),), spells=(stopped,))) == []


def test_a_flare_up_keeps_the_peace_for_fourteen_days() -> None:
    begun = MONDAY - timedelta(days=13)
    flare = Spell(1, "flare", begun, begun.date(), None)
    assert peace_is_kept(found(messages=(message(1, MONDAY),), spells=(flare,)))
    assert peace_is_kept(found(messages=(message(1, MONDAY + timedelta(days=1)),), spells=(flare,))) == []


def test_a_second_report_keeps_the_peace_for_fourteen_days_of_its_own() -> None:
    """Also where the clock stops for less: see ``engagement.facts.flare_pauses``."""
    first = Spell(1, "flare", MONDAY - timedelta(days=13), date(2026, 2, 17), date(2026, 2, 20))
    second = Spell(1, "flare", MONDAY - timedelta(days=1), date(2026, 3, 1), None)
    on_the_14th, on_the_15th = (message(n, date_at(n)) for n in (13, 14))
    assert peace_is_kept(found(messages=(on_the_14th,), spells=(second, first)))
    assert peace_is_kept(found(messages=(on_the_15th,), spells=(second, first))) == []
    check_in = message(3, MONDAY, "reminder:flare-check-in")
    assert peace_is_kept(found(messages=(check_in,), spells=(first, second))) == []


def date_at(days: int) -> datetime:
    """So many days after the second report."""
    return MONDAY + timedelta(days=days - 1)


def test_the_question_of_a_flare_up_does_not_come_in_a_pause() -> None:
    pause = Spell(1, "pause", MONDAY - timedelta(days=1), date(2026, 3, 1), date(2026, 3, 9))
    assert peace_is_kept(found(messages=(message(3, MONDAY, "reminder:flare-check-in"),), spells=(pause,)))


def row(day: int, state: str, tier: Tier | None, person: int = 1, *reasons: tuple[str, str]) -> Row:
    return Row(date(2026, 3, day), person, state, tier, reasons)


def test_red_raises_are_counted_once_for_each_time_that_somebody_turns_red() -> None:
    red = [row(day, "ring_first", Tier.RING_FIRST) for day in (2, 3, 4, 9)]
    green = [row(day, "on_track", None) for day in (5, 6, 7)]
    assert red_raises([*red, *green]) == (2, 1.0)  # two in one week of seven days


def test_days_of_those_who_left_are_no_person_weeks() -> None:
    rows = [row(2, "ring_first", Tier.RING_FIRST), *(row(day, "left", None, 2) for day in range(2, 29))]
    assert red_raises(rows) == (1, pytest.approx(1 / 7))


def crowd_of(weeks: int, raises: int) -> tuple[Row, ...]:
    """So many person-weeks on one day, and so many of the people red."""
    red = tuple(row(2, "ring_first", Tier.RING_FIRST, person) for person in range(raises))
    return red + tuple(row(2, "on_track", None, person) for person in range(raises, weeks * 7))


def test_ten_red_raises_in_a_hundred_weeks_are_the_most() -> None:
    assert red_is_rare(found(rows=crowd_of(1000, 100))) == []
    assert red_is_rare(found(rows=crowd_of(1000, 101))) == ["10.1 per 100 person-weeks (101 in 1000 weeks)"]


def test_a_small_crowd_may_have_what_chance_makes_of_ten() -> None:
    assert (
        red_is_rare(found(rows=crowd_of(40, 8))) == []
    )  # 4 are expected; chance brings 8 in 2 of 100 crowds
    assert red_is_rare(found(rows=crowd_of(40, 9)))
    assert red_is_rare(found(rows=())) == []


SILENT = ("no_visit", "2026-02-20")
CALLED = Contacted(date(2026, 3, 2), 1, Tier.RING_FIRST, "no_answer", (SILENT,))


@pytest.mark.parametrize(
    ("day", "reasons", "broken"),
    [
        (3, (SILENT,), True),
        (30, (SILENT,), True),
        (31, (SILENT,), False),  # the 29th day
        (20, (SILENT, ("no_visit", "2026-03-05")), False),  # came, and a new silence
        (20, (SILENT, ("not_back", "2026-03-13")), False),  # a pause that was agreed in it is over
        (20, (SILENT, ("few_days", "2026-03-06")), True),  # a window that moves is no news
        (20, (SILENT, ("module_overdue", "2026-02-27")), True),  # was so at the contact
    ],
)
def test_nobody_is_on_the_list_again_for_the_same(
    day: int, reasons: tuple[tuple[str, str], ...], broken: bool
) -> None:
    rows = (row(day, "ring_first", Tier.RING_FIRST, 1, *reasons),)
    assert bool(no_repeats(found(rows=rows, contacted=(CALLED,)))) is broken


def test_own_requests_and_agreed_days_are_no_repeats() -> None:
    rows = tuple(row(5, "on_track", tier, 1, SILENT) for tier in (Tier.ASKED, Tier.AGREED, Tier.SAFETY))
    assert no_repeats(found(rows=rows, contacted=(CALLED,))) == []


def test_the_weekly_budget_holds_from_monday_to_sunday() -> None:
    calls = tuple(replace(CALLED, on=date(2026, 3, 2 + n % 7)) for n in range(13))
    assert the_budget_is_kept(found(contacted=calls)) == ["week of 2026-03-02: 13 of 12"]
    assert the_budget_is_kept(found(contacted=(*calls[:12], replace(CALLED, on=date(2026, 3, 9))))) == []


def test_a_kill_that_never_came_is_told() -> None:
    assert every_kill_struck(found(plan=Plan(kills=5), kills_left=2)) == ["2 of 5 did not"]


def test_the_report_names_the_rows_of_a_broken_promise() -> None:
    bad = found(messages=tuple(message(n, MONDAY + timedelta(hours=n)) for n in range(14)))
    text = as_text(bad, figures_of(bad), broken_promises(bad))
    assert "- BROKEN: 48 hours between two messages to the same person\n  - person 1: reminder:nudge" in text
    assert "  - and 3 more" in text
    assert text.count("- kept: ") + text.count("- BROKEN: ") == len(PROMISES)


def test_the_figures_count_messages_in_months_and_hours() -> None:
    two = (message(1, MONDAY), message(2, MONDAY + timedelta(days=30), "reminder:weekly-summary"))
    figures = figures_of(found(messages=two))["messages"]
    assert figures["in_all"] == 2
    assert figures["per_person"] == {"least": 0, "median": 0.0, "mean": 0.5, "most": 2}
    assert figures["person_months_by_messages"] == {"1": 2}
    assert figures["by_local_hour"] == {"10": 1, "11": 1}
    assert figures["hours_between_two"]["least"] == 720
    assert figures["by_kind"] == {"nudge": 1, "weekly-summary": 1}


# --- several clinics are one crowd --------------------


def test_a_crowd_is_clinics_of_at_most_125_whatever_the_machine() -> None:
    clinics = clinics_of(Plan(people=500, kills=50))
    assert [(one.first, one.people) for one in clinics] == [(0, 125), (125, 125), (250, 125), (375, 125)]
    assert sum(one.kills for one in clinics) == 50
    assert clinics_of(Plan(people=25)) == [Plan(people=25)]
    odd = clinics_of(Plan(people=301, kills=7))
    assert sum(one.people for one in odd) == 301 and [one.first for one in odd] == [0, 100, 200]


def test_what_was_found_in_several_clinics_adds_up() -> None:
    waiting = {MONDAY.date(): 2, MONDAY.date() + timedelta(days=1): 0}
    nothing = dict.fromkeys(waiting, 0)
    one = found(messages=(message(1, MONDAY),), waiting=waiting, kills_left=1, windows=frozenset("a"))
    two = found(messages=(message(2, MONDAY, person=3),), waiting=nothing, refused=4, stopped=1)
    both = together(Plan(people=8), [one, two])
    assert both.messages == (*one.messages, *two.messages)
    assert both.waiting == waiting
    assert (both.kills_left, both.refused, both.stopped, both.calls_a_week) == (1, 4, 1, 24)
    assert both.ends == Counter(on_track=8) and both.windows == {"a"}
