"""The staircase. Worked examples: the exercise specification 4.1.1 and amendment 4."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pacing.amounts import Unit, seconds, smallest_amount
from webapp.pacing.rules_plan import (
    Plan,
    RateNotOffered,
    UsualLimit,
    find_increment,
    growth_base,
    make_plan,
    offered_rates,
    quota_in_week,
    staircase,
    weeks_to_goal,
)


def plan_of(start: float, unit: Unit = Unit.TIME, *, rate: float = 0.10, goal: float | None = None) -> Plan:
    """A plan from a start; minutes for time."""
    to_store = seconds if unit is Unit.TIME else float
    goal = None if goal is None else to_store(goal)
    return make_plan(to_store(start), unit, rate=rate, limit=UsualLimit.PAIN, goal=goal)


def shown(plan: Plan) -> list[int]:
    return [stair.shown for stair in staircase(plan, energy_mode=False)]


def test_a_start_of_7_point_2_minutes_shown_over_eight_weeks() -> None:
    assert [each / 60 for each in shown(plan_of(7.2))] == [7.0, 8.0, 9.0, 9.5, 10.5, 11.5, 12.5, 13.5]


def test_the_guideline_case_reaches_300_metres_in_week_8() -> None:
    plan = plan_of(160, Unit.METRES, goal=300)
    assert shown(plan) == [160, 180, 200, 220, 240, 260, 280, 300]
    assert weeks_to_goal(plan) == 8
    assert [stair.is_at_goal for stair in staircase(plan, energy_mode=False)] == [False] * 7 + [True]


def test_a_cautious_start_grows_from_itself_and_not_from_the_mean() -> None:
    real = [stair.quota / 60 for stair in staircase(plan_of(5), energy_mode=False)]
    assert real == pytest.approx([5, 5.625, 6.25, 6.875, 7.5, 8.125, 8.75, 9.375])
    assert [round(each, 1) for each in (real[1], real[7])] == [5.6, 9.4]


def test_choosing_the_lowest_try_grows_from_it_too() -> None:
    assert growth_base(seconds(7.2)) == pytest.approx(seconds(9)), "80 % of the mean grows from the mean"
    assert find_increment(seconds(6), 0.10, None) == pytest.approx(seconds(0.75))


def test_five_repetitions_do_not_freeze() -> None:
    assert shown(plan_of(4, Unit.REPETITIONS)) == [4, 4, 5, 5, 6, 6, 7, 7]
    assert shown(plan_of(5, Unit.REPETITIONS))[-1] > 5


@pytest.mark.parametrize(
    ("limit", "rates"),
    [
        (UsualLimit.PAIN, (0.05, 0.10, 0.20)),
        (UsualLimit.FATIGUE, (0.05, 0.10)),
        (UsualLimit.BOTH, (0.05, 0.10)),
        (UsualLimit.OTHER, (0.05, 0.10)),
        (None, (0.05, 0.10)),
    ],
)
def test_20_percent_only_where_pain_is_the_usual_limit(
    limit: UsualLimit | None, rates: tuple[float, ...]
) -> None:
    assert offered_rates(limit) == rates
    if 0.20 not in rates:
        with pytest.raises(RateNotOffered):
            make_plan(100, Unit.STEPS, rate=0.20, limit=limit)


@pytest.mark.parametrize(
    ("goal", "weeks"),
    [(None, None), (160, 1), (100, 1), (161, 2), (180, 2), (180.5, 3), (300, 8), (301, 9)],
)
def test_weeks_to_the_goal(goal: float | None, weeks: int | None) -> None:
    assert weeks_to_goal(plan_of(160, Unit.METRES, goal=goal)) == weeks


def test_weeks_to_the_goal_are_not_one_too_many_for_a_hair_of_a_float() -> None:
    plan = plan_of(0.8 * 38 / 3, Unit.REPETITIONS, rate=0.05, goal=19)
    assert weeks_to_goal(plan) == 15, "a mean of 12⅔: 80 % + 14 steps of 5 % is 150 %, which is 19"


def test_the_goal_is_the_ceiling_and_then_it_is_flat() -> None:
    plan = plan_of(160, Unit.METRES, goal=190)
    assert shown(plan) == [160, 180, 190, 190, 190, 190, 190, 190]


def test_a_goal_below_the_start_neither_grows_nor_shrinks() -> None:
    plan = plan_of(160, Unit.METRES, goal=100)
    assert plan.is_at_goal
    assert set(shown(plan)) == {160}


def test_only_this_week_is_solid() -> None:
    assert [stair.is_solid for stair in staircase(plan_of(5), energy_mode=False)] == [True] + [False] * 7


def test_energy_mode_has_no_staircase() -> None:
    assert staircase(plan_of(5), energy_mode=True) == ()


def test_a_start_below_one_step_or_a_week_before_this_one_is_refused() -> None:
    with pytest.raises(ValueError, match="one display step"):
        plan_of(0.1)
    with pytest.raises(ValueError, match="count from 1"):
        quota_in_week(plan_of(5), 0)


units = st.sampled_from(Unit)
goals = st.none() | st.floats(min_value=1, max_value=50_000)


@given(
    start=st.floats(min_value=15, max_value=20_000),
    unit=units,
    rate=st.sampled_from((0.05, 0.10, 0.20)),
    goal=goals,
)
def test_a_staircase_never_goes_down_nor_above_goal_nor_above_the_real_amount(
    start: float, unit: Unit, rate: float, goal: float | None
) -> None:
    plan = make_plan(start, unit, rate=rate, limit=UsualLimit.PAIN, goal=goal)
    stairs = staircase(plan, energy_mode=False)
    assert [each.quota for each in stairs] == sorted(each.quota for each in stairs)
    assert [each.shown for each in stairs] == sorted(each.shown for each in stairs)
    for each in stairs:
        assert each.shown <= max(each.quota, smallest_amount(unit)) + 1e-3
        assert goal is None or each.quota <= max(goal, start)


@given(
    start=st.floats(min_value=15, max_value=2_000), unit=units, more=st.floats(min_value=0, max_value=5_000)
)
def test_the_goal_is_reached_in_the_week_that_was_said_and_not_before(
    start: float, unit: Unit, more: float
) -> None:
    plan = make_plan(start, unit, rate=0.10, limit=None, goal=start + more)
    week = weeks_to_goal(plan)
    assert week is not None and plan.goal is not None
    assert quota_in_week(plan, week) == pytest.approx(plan.goal)
    if week > 1:
        assert quota_in_week(plan, week - 1) < plan.goal


@given(start=st.floats(min_value=1, max_value=30), unit=st.just(Unit.REPETITIONS))
def test_small_numbers_never_freeze_for_ever(start: float, unit: Unit) -> None:
    plan = make_plan(start, unit, rate=0.05, limit=None)
    assert quota_in_week(plan, 18) >= 2 * start
