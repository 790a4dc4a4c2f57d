"""Every number of the life-cycle at its boundary, in the clinic's words; and the document that the rules write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from webapp.commands.docs_life_cycle import REASONS, STAGES, TIERS, life_cycle_as_markdown, portal_name
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Milestone, Rhythm, Way
from webapp.engagement.plan_rules import planned_dates
from webapp.engagement.rules import COMMAND_NAMES, LIFE_CYCLE, ReasonKind, Standing, State, Tier, state
from webapp.engagement.signal_rules import SOME_DAYS_POINTS
from webapp.engagement.thresholds import DEFAULT, IN_ORDER, Thresholds
from webapp.reminders.rules import Kind

DOCUMENT = Path(__file__).parents[2] / "docs" / "life-cycle.md"
INVITED_ON = date(2026, 3, 2)


def day(number: int) -> date:
    return INVITED_ON + timedelta(days=number)


def seen(*active: int, **known: object) -> Facts:
    """An online course patient with no plan but what the test says, seen on these days."""
    days = tuple(sorted(day(number) for number in active))
    return replace(Facts(INVITED_ON, rhythm=Rhythm.AS_PLANNED, active_days=days), **known)  # type: ignore[arg-type]


def weekly(done_on: int, *active: int) -> Facts:
    """A module a week; module 1 was done, and no later one."""
    named = [Milestone("1", done_on=day(done_on)), *(Milestone(str(number)) for number in range(2, 9))]
    plan = planned_dates(named, INVITED_ON, Rhythm.WEEKLY)
    return seen(*active, rhythm=Rhythm.WEEKLY, milestones=plan)


def has(kind: ReasonKind) -> Callable[[Standing], bool]:
    return lambda standing: any(reason.kind is kind for reason in standing.reasons)


def is_in(*states: State) -> Callable[[Standing], bool]:
    return lambda standing: standing.state in states


@dataclass(frozen=True)
class Boundary:
    """What a number decides, in the clinic's words.

    life, on: a life, and a day of it, in which ``reached`` counts so many of what the number counts.
    becomes: true from the number on. turns: how far from the number the turn lies (1: the day after).
    at_most: the number is a most, so it holds up to the number and not above.
    """

    number: str
    what: str
    life: Callable[[int], Facts]
    on: Callable[[int], int]
    becomes: Callable[[Standing], bool]
    turns: int = 0
    at_most: bool = False


ALWAYS = tuple(range(60))
OPEN = (Milestone("1", day(1)),)
BOUNDARIES = (
    Boundary(
        "not_started_days", "invited and no first page: not started yet",
        lambda n: seen(), lambda n: n, is_in(State.NOT_STARTED),
    ),
    Boundary(
        "not_started_call_days", "not started: on the list",
        lambda n: seen(), lambda n: n, lambda it: it.tier is Tier.NOT_STARTED,
    ),
    Boundary(
        "quieter_idle_days", "silent, nothing planned: quieter",
        lambda n: seen(0), lambda n: n, is_in(State.QUIETER),
    ),
    Boundary(
        "quieter_overdue_days", "visits, a planned module stays open: quieter",
        lambda n: seen(*ALWAYS, milestones=(Milestone("1", day(5)),)), lambda n: 5 + n, is_in(State.QUIETER),
    ),
    Boundary(
        "ring_idle_days", "silent with a planned module open: ring first",
        lambda n: seen(0, milestones=OPEN), lambda n: n, is_in(State.RING_FIRST),
    ),
    Boundary(
        "ring_silent_days", "silent and nothing planned: ring first",
        lambda n: seen(0), lambda n: n, is_in(State.RING_FIRST),
    ),
    Boundary(
        "week_two_module", "visits, but the module planned for day 14 is open: week 2",
        lambda n: weekly(1, *ALWAYS), lambda n: 15, has(ReasonKind.WEEK_TWO), at_most=True,
    ),
    Boundary(
        "lapsed_idle_days", "silent for more days than these: off the list, quiet for some time",
        lambda n: seen(0), lambda n: n, is_in(State.LAPSED), turns=1,
    ),
    Boundary(
        "lapsed_unanswered_contacts", "so many tries in a row without an answer: off the list",
        lambda n: seen(0, unanswered_contacts=tuple(day(8) for _ in range(n))), lambda n: 9, is_in(State.LAPSED),
    ),
    Boundary(
        "hidden_after_contact_days", "rung, and nothing new: on the list again",
        lambda n: seen(last_contact_on=day(14)), lambda n: 14 + n,
        lambda it: it.tier is Tier.NOT_STARTED, turns=1,
    ),
    Boundary(
        "flare_pause_days", "a flare-up that nobody said is over: the clock runs again",
        lambda n: seen(0, flares=(Flare(day(1)),)), lambda n: n, is_in(State.ON_TRACK, State.QUIETER), turns=1,
    ),
    Boundary(
        "flare_check_in_days", "a flare-up whose question nobody answered: on the list",
        lambda n: seen(0, flares=(Flare(day(1)),)), lambda n: 1 + n, lambda it: it.tier is Tier.CHECK_IN, turns=1,
    ),
    Boundary(
        "not_back_days", "own speed, a pause is over and nobody came back: on the list",
        lambda n: seen(0, rhythm=Rhythm.OWN_SPEED, pauses=(Span(day(5), day(9)),)), lambda n: 9 + n,
        lambda it: it.tier is Tier.LOOK_IN,
    ),
    Boundary(
        "no_call_days", "on paper, no call agreed: on the list",
        lambda n: seen(way=Way.PAPER), lambda n: n, lambda it: it.tier is Tier.LOOK_IN,
    ),
    Boundary(
        "window_days", "three active days long ago: few active days, once one is out of the window",
        lambda n: seen(0, 1, 2), lambda n: n, has(ReasonKind.FEW_DAYS),
    ),
    Boundary(
        "some_active_days", "so many active days in the window: the first points",
        lambda n: seen(*range(7), *range(31 - n, 31)), lambda n: 30,
        lambda it: it.points >= SOME_DAYS_POINTS, at_most=True,
    ),
    Boundary(
        "few_active_days", "so many active days in the window: a reason",
        lambda n: seen(*range(7), *range(24 - n, 24)), lambda n: 30, has(ReasonKind.FEW_DAYS), at_most=True,
    ),
    Boundary(
        "slow_start_days", "so many active days in week 1: a slow start",
        lambda n: seen(*range(n)), lambda n: 14, has(ReasonKind.SLOW_START), at_most=True,
    ),
)  # fmt: skip
ELSEWHERE = {"second_nudge_days"}
"""Decides no state and no place on the list: when the second message goes out (tests/reminders)."""


def allowed(name: str, number: int) -> Thresholds:
    """The usual numbers with this one, and with its neighbours moved as far as it pushes them."""
    given = {one.name: getattr(DEFAULT, one.name) for one in fields(Thresholds)} | {name: number}
    for _ in IN_ORDER:
        for later, sooner in IN_ORDER:
            if given[later] < given[sooner]:
                given[later if sooner == name or given[sooner] == number else sooner] = number
    return Thresholds(**given)


def three_days(boundary: Boundary, number: int, thresholds: Thresholds) -> list[bool]:
    """Does it hold one before the number, on it, and one after?"""
    counted = [number + boundary.turns + step for step in (-1, 0, 1)]
    found = []
    for count in counted:
        judged = state(boundary.life(count), day(boundary.on(count)), thresholds)
        found.append(boundary.becomes(judged))
    return found


EVERY = [
    pytest.param(one, id=f"{one.number}: {one.what}") for one in BOUNDARIES if one.number != "week_two_module"
]


@pytest.mark.parametrize("boundary", EVERY)
def test_the_day_before_the_day_and_the_day_after(boundary: Boundary) -> None:
    number = getattr(DEFAULT, boundary.number)
    expected = [True, True, False] if boundary.at_most else [False, True, True]
    assert three_days(boundary, number, DEFAULT) == expected


@pytest.mark.parametrize("boundary", EVERY)
@pytest.mark.parametrize("more", [1, 2])
def test_a_service_s_own_number_moves_the_boundary_and_nothing_else(boundary: Boundary, more: int) -> None:
    number = getattr(DEFAULT, boundary.number) + more
    thresholds = allowed(boundary.number, number)
    if boundary.number == "ring_idle_days":  # the rule for silence alone must not come first
        thresholds = replace(thresholds, quieter_overdue_days=30)
    expected = [True, True, False] if boundary.at_most else [False, True, True]
    assert three_days(boundary, number, thresholds) == expected


@pytest.mark.parametrize(("module", "expected"), [(0, None), (1, 8), (2, 15), (3, 22)])
def test_week_two_follows_the_module_that_the_service_names(module: int, expected: int | None) -> None:
    facts = seen(
        *ALWAYS,
        rhythm=Rhythm.WEEKLY,
        milestones=planned_dates([Milestone(str(n)) for n in range(1, 5)], INVITED_ON, Rhythm.WEEKLY),
    )
    thresholds = Thresholds(week_two_module=module, quieter_overdue_days=50)
    found = [n for n in range(30) if has(ReasonKind.WEEK_TWO)(state(facts, day(n), thresholds))]
    assert (found[0] if found else None) == expected


def test_every_number_has_its_boundary() -> None:
    assert {one.number for one in BOUNDARIES} | ELSEWHERE == {one.name for one in fields(Thresholds)}


def test_week_two_is_for_a_module_a_week_only() -> None:
    for rhythm in (Rhythm.FORTNIGHTLY, Rhythm.OWN_SPEED, Rhythm.AS_PLANNED):
        facts = replace(weekly(1, *ALWAYS), rhythm=rhythm)
        assert not has(ReasonKind.WEEK_TWO)(state(facts, day(15)))
    assert has(ReasonKind.WEEK_TWO)(state(weekly(1, *ALWAYS), day(15)))


def test_the_refresher_door_and_own_speed_are_never_quieter_however_long() -> None:
    for free in (seen(0, door=Door.REFRESHER), seen(0, rhythm=Rhythm.OWN_SPEED), seen(0, way=Way.PHONE)):
        assert {state(free, day(number)).state for number in range(1, 500)} == {State.ON_TRACK}


# The document.


def test_the_document_is_what_the_rules_say() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == life_cycle_as_markdown(), "run: waymark docs life-cycle"


def test_the_document_tells_every_state_rule_place_reason_and_message() -> None:
    text = life_cycle_as_markdown()
    assert [one.state for one in STAGES] and {one.state for one in STAGES} == set(State)
    assert {rule for one in STAGES for rule in one.rules} == set(LIFE_CYCLE)
    assert set(TIERS) == set(Tier) and set(REASONS) < set(ReasonKind)
    for words in (*(portal_name(one) for one in State), *COMMAND_NAMES.values(), *Kind, *ReasonKind):
        assert words in text
    for one in fields(Thresholds):
        assert f"`{one.name}` | {getattr(DEFAULT, one.name)} |" in text


def test_a_state_has_the_name_that_patients_may_read() -> None:
    names = [portal_name(one) for one in State]
    assert len(set(names)) == len(names) and "No course yet" not in names
    for word in ("risk", "behind", "late", "failed", "dropout"):
        assert not [name for name in names if word in name.lower().split()]
