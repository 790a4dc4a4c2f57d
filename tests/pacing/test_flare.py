"""Pacing in a flare-up. Source: exercise specification 4.3 with amendments 8 and 9."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pacing.amounts import Unit, seconds, smallest_amount
from webapp.pacing.flare import (
    Spell,
    Today,
    WayBack,
    WayBackOffer,
    check_in_days,
    flare_history,
    settled_in_a_row,
    today_offers,
    way_back,
)
from webapp.pacing.rules_plan import Plan

BEGAN = date(2026, 3, 2)
WALK = Plan(Unit.TIME, seconds(10), seconds(1))


def on_day(day: int) -> date:
    """Day 1 is the day on which the patient said so."""
    return BEGAN + timedelta(days=day - 1)


def offer(*, day: int = 5, step: int = 0, settled: int = 2, energy_mode: bool = False) -> WayBackOffer:
    return way_back(
        WALK, began_on=BEGAN, today=on_day(day), step=step, settled_days=settled, energy_mode=energy_mode
    )


def test_today_rest_less_half_or_the_same() -> None:
    offers = [(each.today, each.shown) for each in today_offers(WALK, energy_mode=False)]
    assert offers == [(Today.REST, 0), (Today.LESS, None), (Today.HALF, 300), (Today.SAME, 600)]


def test_energy_mode_offers_rest_or_less_without_an_amount() -> None:
    offers = [(each.today, each.shown) for each in today_offers(WALK, energy_mode=True)]
    assert offers == [(Today.REST, 0), (Today.LESS, None)]


def test_half_of_one_repetition_is_still_one() -> None:
    offers = {
        each.today: each.shown for each in today_offers(Plan(Unit.REPETITIONS, 1, 0.1), energy_mode=False)
    }
    assert offers[Today.HALF] == 1


def test_the_check_ins_are_on_day_3_and_day_7() -> None:
    assert check_in_days(BEGAN) == (date(2026, 3, 4), date(2026, 3, 8))


@pytest.mark.parametrize(
    ("days", "settled"),
    [
        ([], 0),
        ([True], 1),
        ([False, True, True], 2),
        ([True, True, False], 0),
        ([True, None, True], 1),  # a day not said is not settled, and not unsettled
        ([True, True, None], 0),
    ],
)
def test_settled_days_in_a_row(days: Sequence[bool | None], settled: int) -> None:
    assert settled_in_a_row(days) == settled


@pytest.mark.parametrize(
    ("step", "settled", "way", "shown"),
    [
        (0, 1, WayBack.STAY, None),
        (0, 2, WayBack.NEXT_STEP, 300),
        (1, 2, WayBack.NEXT_STEP, 450),
        (2, 1, WayBack.STAY, None),
        (2, 2, WayBack.NEXT_STEP, 600),
        (3, 0, WayBack.BACK, None),
    ],
)
def test_the_next_step_is_offered_after_two_settled_days(
    step: int, settled: int, way: WayBack, shown: int | None
) -> None:
    offered = offer(step=step, settled=settled)
    assert (offered.way_back, offered.shown) == (way, shown)


@pytest.mark.parametrize(
    ("day", "way"), [(14, WayBack.NEXT_STEP), (15, WayBack.NEW_START), (60, WayBack.NEW_START)]
)
def test_over_14_days_means_finding_a_new_starting_point(day: int, way: WayBack) -> None:
    assert offer(day=day).way_back is way


@pytest.mark.parametrize("day", [1, 14, 15])
def test_energy_mode_has_no_ladder(day: int) -> None:
    assert offer(day=day, energy_mode=True) == WayBackOffer(WayBack.KEEP_WITHIN)


def test_how_often_and_how_long() -> None:
    today = date(2026, 6, 1)
    spells = [
        Spell(date(2026, 5, 30)),  # still there: day 3 today
        Spell(date(2026, 3, 4), date(2026, 3, 9)),  # 89 days ago
        Spell(date(2026, 3, 3), date(2026, 3, 3)),  # 90 days ago, settled the same day
    ]
    history = flare_history(spells, today)
    assert (history.recent, history.longest_days, history.days) == (2, 5, (1, 5))
    assert flare_history([], today).longest_days is None


@given(quota=st.floats(min_value=15, max_value=20_000), unit=st.sampled_from(Unit), step=st.integers(0, 2))
def test_no_step_on_the_way_back_is_above_the_plan(quota: float, unit: Unit, step: int) -> None:
    plan = Plan(unit, quota, quota / 8)
    offered = way_back(plan, began_on=BEGAN, today=BEGAN, step=step, settled_days=2, energy_mode=False)
    assert offered.quota is not None and offered.shown is not None
    assert smallest_amount(unit) <= offered.quota <= quota
    assert offered.shown <= plan.shown
