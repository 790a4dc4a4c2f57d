"""The life-cycle, row by row: the day before, the day, the day after, in the clinic's words."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Milestone, Rhythm, Way
from webapp.engagement.plan_rules import planned_dates
from webapp.engagement.rules import COMMAND_NAMES, ReasonKind, State, Tier, state
from webapp.engagement.standing import RULES_VERSION
from webapp.engagement.thresholds import Thresholds

INVITED_ON = date(2026, 3, 2)


def day(number: int) -> date:
    """So many days after the invitation."""
    return INVITED_ON + timedelta(days=number)


def modules(
    *done: int | None, count: int = 4, started: int = 0, rhythm: Rhythm = Rhythm.WEEKLY
) -> tuple[Milestone, ...]:
    """Modules 1 to ``count`` on their planned days; ``done`` names the days on which the first ones were
    done."""
    days = [*done, *[None] * (count - len(done))]
    named = [
        Milestone(f"module {n}", done_on=None if on is None else day(on))
        for n, on in enumerate(days, start=1)
    ]
    return planned_dates(named, day(started), rhythm)


def patient(*active: int, **known: object) -> Facts:
    """An online course patient, active on these days, who plans far ahead unless the test says otherwise."""
    return replace(
        Facts(INVITED_ON, rhythm=Rhythm.AS_PLANNED, active_days=tuple(day(n) for n in active)),
        **known,  # type: ignore[arg-type]
    )


def kinds(facts: Facts, number: int) -> list[ReasonKind]:
    return [reason.kind for reason in state(facts, day(number)).reasons]


INVITED, NOT_STARTED, ON_TRACK, QUIETER = State.INVITED, State.NOT_STARTED, State.ON_TRACK, State.QUIETER
RING_FIRST, LAPSED, PAUSED, LEFT = State.RING_FIRST, State.LAPSED, State.PAUSED, State.LEFT

TABLE = [
    # who, their facts, {days after the invitation: the state}
    (
        "invited, no first page",
        patient(),
        {0: INVITED, 2: INVITED, 3: NOT_STARTED, 4: NOT_STARTED, 60: NOT_STARTED},
    ),
    ("started on day 5", patient(5), {4: NOT_STARTED, 5: ON_TRACK, 6: ON_TRACK}),
    ("entered by staff as started", patient(started_on=day(5)), {4: NOT_STARTED, 5: ON_TRACK, 12: QUIETER}),
    ("silent, nothing planned", patient(0), {6: ON_TRACK, 7: QUIETER, 8: QUIETER, 20: QUIETER}),
    (
        "silent three weeks",
        patient(0),
        {20: QUIETER, 21: RING_FIRST, 22: RING_FIRST, 28: RING_FIRST, 29: LAPSED},
    ),
    ("silent, came back", patient(0, 30), {29: LAPSED, 30: ON_TRACK, 36: ON_TRACK, 37: QUIETER}),
    (
        "a module open and silent",
        patient(0, milestones=(Milestone("module 1", day(7)),)),
        {6: ON_TRACK, 7: QUIETER, 8: RING_FIRST},
    ),
    (
        "a module open, visiting",
        patient(0, 5, 10, 15, milestones=(Milestone("module 1", day(7)),)),
        {8: ON_TRACK, 13: ON_TRACK, 14: QUIETER, 15: QUIETER, 21: QUIETER, 22: RING_FIRST},
    ),
    (
        "a module done later than planned",
        patient(0, 5, 10, 15, milestones=(Milestone("1", day(7), day(15)), Milestone("2", day(99)))),
        {14: QUIETER, 15: ON_TRACK},
    ),
    (
        "a module a week, module 2 open after day 14",
        patient(0, 7, 12, rhythm=Rhythm.WEEKLY, milestones=modules(7)),
        {14: ON_TRACK, 15: RING_FIRST, 16: RING_FIRST},
    ),
    (
        "a module a fortnight, module 2 not yet planned",
        patient(0, 7, 13, rhythm=Rhythm.FORTNIGHTLY, milestones=modules(13, rhythm=Rhythm.FORTNIGHTLY)),
        {14: ON_TRACK, 15: ON_TRACK, 16: ON_TRACK},
    ),
    (
        "agreed pause",
        patient(0, pauses=(Span(day(5), day(20)),)),
        {4: ON_TRACK, 5: PAUSED, 20: PAUSED, 21: ON_TRACK},
    ),
    (
        "after the pause",
        patient(0, pauses=(Span(day(5), day(20)),)),
        {22: ON_TRACK, 23: QUIETER, 37: RING_FIRST},
    ),
    ("pause without an end", patient(0, pauses=(Span(day(5)),)), {4: ON_TRACK, 5: PAUSED, 300: PAUSED}),
    (
        "flare-up, not said to be over",
        patient(0, flares=(Flare(day(1)),)),
        {1: PAUSED, 14: PAUSED, 15: ON_TRACK},
    ),
    ("after 14 days of flare-up", patient(0, flares=(Flare(day(1)),)), {20: ON_TRACK, 21: QUIETER}),
    ("a short flare-up", patient(0, flares=(Flare(day(1), day(3)),)), {3: PAUSED, 4: ON_TRACK, 10: QUIETER}),
    ("two contacts unanswered", patient(0, unanswered_contacts=(day(8), day(10))), {9: QUIETER, 10: LAPSED}),
    (
        "unanswered, then a visit",
        patient(0, 12, unanswered_contacts=(day(8), day(10))),
        {11: LAPSED, 12: ON_TRACK},
    ),
    (
        "never started, two unanswered",
        patient(unanswered_contacts=(day(14), day(16))),
        {15: NOT_STARTED, 16: LAPSED},
    ),
    (
        "left",
        patient(0, ended_on=day(9), left_reason="got_better"),
        {8: QUIETER, 9: LEFT, 10: LEFT, 90: LEFT},
    ),
    (
        "finished every module",
        patient(0, 6, milestones=(Milestone("1", day(7), day(6)),)),
        {5: ON_TRACK, 6: State.FINISHED, 7: State.FINISHED, 400: State.FINISHED},
    ),
    (
        "finished, as entered",
        patient(0, finished_on=day(6)),
        {5: ON_TRACK, 6: State.FINISHED, 60: State.FINISHED},
    ),
    (
        "keeping going",
        patient(0, 6, 40, milestones=(Milestone("1", day(7), day(6)),)),
        {39: State.FINISHED, 40: State.KEEPING_GOING, 400: State.KEEPING_GOING},
    ),
    ("finished and left", patient(6, finished_on=day(6), ended_on=day(8)), {7: State.FINISHED, 8: LEFT}),
    (
        "refresher",
        patient(0, door=Door.REFRESHER, milestones=modules()),
        {7: ON_TRACK, 29: ON_TRACK, 400: ON_TRACK},
    ),
    ("refresher not yet in", patient(door=Door.REFRESHER), {3: INVITED, 14: INVITED, 400: INVITED}),
    (
        "own speed",
        patient(0, rhythm=Rhythm.OWN_SPEED, milestones=modules()),
        {7: ON_TRACK, 29: ON_TRACK, 99: ON_TRACK},
    ),
    ("own speed, not started", patient(rhythm=Rhythm.OWN_SPEED), {2: INVITED, 3: NOT_STARTED}),
    (
        "on paper",
        patient(way=Way.PAPER, started_on=day(0), milestones=modules()),
        {7: ON_TRACK, 99: ON_TRACK},
    ),
    ("by phone, not started", patient(way=Way.PHONE), {3: INVITED, 99: INVITED}),
]


@pytest.mark.parametrize(
    ("facts", "number", "expected"),
    [
        pytest.param(facts, number, expected, id=f"{who}, day {number}")
        for who, facts, states in TABLE
        for number, expected in states.items()
    ],
)
def test_state(facts: Facts, number: int, expected: State) -> None:
    assert state(facts, day(number)).state is expected


def test_every_state_has_a_row_and_a_name_for_the_command() -> None:
    assert {expected for _, _, states in TABLE for expected in states.values()} == set(State)
    assert set(COMMAND_NAMES) == set(State)


def test_bank_holidays_stop_the_clock() -> None:
    closed = replace(patient(0), closures=frozenset({day(3), day(4)}))
    assert [state(closed, day(n)).state for n in (7, 8, 9)] == [ON_TRACK, ON_TRACK, QUIETER]


def test_no_module_becomes_overdue_on_a_closed_day() -> None:
    facts = patient(0, milestones=(Milestone("module 1", day(9)),), closures=frozenset({day(10), day(11)}))
    assert [state(facts, day(n)).state for n in (10, 11, 12)] == [QUIETER, QUIETER, RING_FIRST]


def test_a_service_sets_its_own_numbers() -> None:
    assert state(patient(0), day(7), Thresholds(quieter_idle_days=5)).state is QUIETER
    assert state(patient(0), day(5), Thresholds(quieter_idle_days=5)).state is QUIETER
    assert state(patient(0), day(5)).state is ON_TRACK


@pytest.mark.parametrize("wrong", [{"lapsed_idle_days": 20}, {"not_started_days": 0}, {"ring_idle_days": 3}])
def test_numbers_that_contradict_each_other_are_refused(wrong: dict[str, int]) -> None:
    with pytest.raises(ValueError):
        Thresholds(**wrong)


def test_a_second_report_of_a_flare_up_does_not_lengthen_its_pause() -> None:
    facts = patient(0, flares=(Flare(day(1), day(9)), Flare(day(10))))
    assert [state(facts, day(n)).state for n in (10, 14, 15)] == [PAUSED, PAUSED, ON_TRACK]


def test_reasons_name_dates_and_numbers_that_can_be_checked() -> None:
    facts = patient(0, 2, milestones=(Milestone("module 1", day(7)), Milestone("module 2", day(8))))
    reasons = state(facts, day(10)).reasons
    assert [(reason.kind.value, reason.since_on, reason.number, reason.module) for reason in reasons] == [
        ("module_overdue", day(7), 3, "module 1"),
        ("module_overdue", day(8), 2, "module 2"),
        ("no_visit", day(2), 8, None),
        ("few_days", day(-3), 2, None),
        ("slow_start", day(0), 2, None),
    ]
    assert {reason.version for reason in reasons} == {RULES_VERSION}
    assert reasons[2].rule == "no_visit>=7"


def test_the_state_says_since_when() -> None:
    facts = patient(0, milestones=(Milestone("module 1", day(7)),))
    assert [state(facts, day(n)).since_on for n in (6, 7, 10, 28, 40)] == [
        day(0),
        day(7),
        day(8),
        day(8),
        day(29),
    ]


def test_week_two_is_named_with_the_planned_day() -> None:
    facts = patient(0, 7, 12, rhythm=Rhythm.WEEKLY, milestones=modules(7))
    reason = state(facts, day(15)).reasons[0]
    assert (reason.kind, reason.since_on, reason.number) == (ReasonKind.WEEK_TWO, day(14), 1)
    assert reason.module == "module 2"


def test_the_week_two_rule_can_be_switched_off() -> None:
    facts = patient(0, 7, 12, rhythm=Rhythm.WEEKLY, milestones=modules(7))
    assert state(facts, day(15), Thresholds(week_two_module=0)).state is ON_TRACK


ON_THE_LIST = [
    ("on track", patient(0), {6: None}),
    ("quieter", patient(0), {7: Tier.QUIETER, 20: Tier.QUIETER}),
    ("ring first", patient(0), {21: Tier.RING_FIRST, 28: Tier.RING_FIRST, 29: None}),
    ("not started", patient(), {3: None, 13: None, 14: Tier.NOT_STARTED, 15: Tier.NOT_STARTED}),
    ("asked for a call", patient(0, asked_for_call_on=day(2)), {1: None, 2: Tier.ASKED, 40: Tier.ASKED}),
    ("asked, paused", patient(0, asked_for_call_on=day(2), pauses=(Span(day(1)),)), {1: None, 2: Tier.ASKED}),
    ("asked, after leaving", patient(0, asked_for_call_on=day(9), ended_on=day(5)), {8: None, 9: Tier.ASKED}),
    (
        "safety alert",
        patient(0, asked_for_call_on=day(1), safety_alert_on=day(2)),
        {1: Tier.ASKED, 2: Tier.SAFETY},
    ),
    (
        "agreed call on paper",
        patient(way=Way.PAPER, call_dates=(day(9),)),
        {8: None, 9: Tier.AGREED, 12: Tier.AGREED},
    ),
    (
        "agreed call, made",
        patient(way=Way.PAPER, call_dates=(day(9),), last_contact_on=day(10)),
        {9: Tier.AGREED, 10: None},
    ),
    (
        "rung before the agreed day",
        patient(way=Way.PAPER, call_dates=(day(9),), last_contact_on=day(8)),
        {9: Tier.AGREED},
    ),
    (
        "check-in unanswered",
        patient(0, flares=(Flare(day(1)),)),
        {8: None, 9: Tier.CHECK_IN, 15: Tier.CHECK_IN},
    ),
    (
        "check-in answered",
        patient(0, flares=(Flare(day(1), answered_on=day(10)),)),
        {9: Tier.CHECK_IN, 10: None},
    ),
    ("active after check-in", patient(0, 11, flares=(Flare(day(1)),)), {10: Tier.CHECK_IN, 11: None}),
    ("flare-up over", patient(0, flares=(Flare(day(1), day(5)),)), {9: None}),
    (
        "flare-up in a pause",
        patient(0, flares=(Flare(day(1)),), pauses=(Span(day(9), day(10)),)),
        {9: None, 11: Tier.CHECK_IN},
    ),
    ("snoozed", patient(0, snoozed_until=day(12)), {11: None, 12: Tier.QUIETER, 13: Tier.QUIETER}),
    ("snoozed, asks", patient(0, snoozed_until=day(12), asked_for_call_on=day(9)), {8: None, 9: Tier.ASKED}),
    (
        "asked not to be rung",
        patient(0, asked_not_to_be_rung_on=day(9)),
        {8: Tier.QUIETER, 9: None, 21: None},
    ),
    ("contacted", patient(0, last_contact_on=day(7)), {7: None, 21: None, 28: None}),
    ("contacted, not started", patient(last_contact_on=day(14)), {14: None, 42: None, 43: Tier.NOT_STARTED}),
    (
        "contacted, came back, quiet again",
        patient(0, 8, last_contact_on=day(8)),
        {14: None, 15: Tier.QUIETER},
    ),
    (
        "contacted, then a new module open",
        patient(0, 9, last_contact_on=day(10), milestones=(Milestone("1", day(12)),)),
        {15: None, 16: Tier.RING_FIRST},
    ),
    (
        "own speed, not back after a pause",
        patient(0, rhythm=Rhythm.OWN_SPEED, pauses=(Span(day(5), day(20)),)),
        {20: None, 26: None, 27: Tier.LOOK_IN, 28: Tier.LOOK_IN, 48: Tier.LOOK_IN, 49: None},
    ),
    (
        "refresher, not back after a pause",
        patient(0, door=Door.REFRESHER, pauses=(Span(day(5), day(20)),)),
        {26: None, 27: Tier.LOOK_IN, 49: None},
    ),
    (
        "own speed, back after a pause",
        patient(0, 22, rhythm=Rhythm.OWN_SPEED, pauses=(Span(day(5), day(20)),)),
        {27: None, 40: None},
    ),
    (
        "rung after the pause",
        patient(0, rhythm=Rhythm.OWN_SPEED, pauses=(Span(day(5), day(20)),), last_contact_on=day(28)),
        {27: Tier.LOOK_IN, 28: None, 48: None},
    ),
    (
        "not back from the pause that a call agreed",
        patient(0, pauses=(Span(day(5), day(10)),), last_contact_on=day(5)),
        {12: None, 16: None, 17: Tier.QUIETER},
    ),
    ("paper, no call agreed", patient(way=Way.PAPER), {6: None, 7: Tier.LOOK_IN, 8: Tier.LOOK_IN}),
    (
        "by phone, rung and no other call agreed",
        patient(way=Way.PHONE, started_on=day(0), last_contact_on=day(3)),
        {7: None, 31: None, 32: Tier.LOOK_IN},
    ),
    (
        "by phone, a call agreed",
        patient(way=Way.PHONE, last_contact_on=day(3), call_dates=(day(60),)),
        {32: None, 59: None, 60: Tier.AGREED},
    ),
    ("paper, finished", patient(way=Way.PAPER, finished_on=day(5)), {7: None, 90: None}),
    (
        "contacted, an old module open still",
        patient(0, 9, last_contact_on=day(10), milestones=(Milestone("1", day(9)), Milestone("2", day(12)))),
        {16: None, 29: None},
    ),
]


@pytest.mark.parametrize(
    ("facts", "number", "expected"),
    [
        pytest.param(facts, number, expected, id=f"{who}, day {number}")
        for who, facts, tiers in ON_THE_LIST
        for number, expected in tiers.items()
    ],
)
def test_who_is_on_the_list(facts: Facts, number: int, expected: Tier | None) -> None:
    assert state(facts, day(number)).tier is expected


def test_whoever_is_on_the_list_has_a_reason() -> None:
    for _, facts, tiers in ON_THE_LIST:
        for number, tier in tiers.items():
            assert tier is None or state(facts, day(number)).reasons


def test_not_back_after_a_pause_names_the_day_on_which_it_ended() -> None:
    facts = patient(0, pauses=(Span(day(5), day(20)),))
    reason = next(one for one in state(facts, day(27)).reasons if one.kind is ReasonKind.NOT_BACK)
    assert (reason.since_on, reason.number, reason.rule) == (day(20), 7, "not_back>=7")
    closed = replace(facts, closures=frozenset({day(22)}))
    assert ReasonKind.NOT_BACK not in kinds(closed, 27)
    assert ReasonKind.NOT_BACK in kinds(closed, 28)


def test_left_and_finished_show_no_flag_reasons() -> None:
    assert kinds(patient(0, ended_on=day(9)), 30) == []
    assert kinds(patient(0, finished_on=day(9), flares=(Flare(day(2)),)), 30) == []
