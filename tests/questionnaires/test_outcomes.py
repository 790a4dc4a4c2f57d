"""What a service reports of many pairs: shares with their intervals, who could change, how large the change is."""

from __future__ import annotations

from decimal import Decimal
from statistics import stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.effect_size_rules import mean_change, student_t
from webapp.questionnaires.outcome_rules import Proportion, responders, responders_by_percent
from webapp.questionnaires.rules import Better, Method, MissingRule, Scale


@pytest.mark.parametrize(
    ("count", "of", "low", "high"),
    [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0, 0.1611), (1, 29, 0.0061, 0.1718)],
)
def test_wilsons_interval(count: int, of: int, low: float, high: float) -> None:
    """Newcombe 1998, table I, method 3."""
    found = Proportion(count, of)
    assert found.low == pytest.approx(low, abs=0.00005)
    assert found.high == pytest.approx(high, abs=0.00005)


def test_of_nobody_there_is_no_share() -> None:
    assert (Proportion(0, 0).share, Proportion(0, 0).low, Proportion(0, 0).high) == (None, None, None)


@given(st.integers(1, 500), st.data())
def test_the_share_lies_in_its_interval(of: int, data: st.DataObject) -> None:
    found = Proportion(data.draw(st.integers(0, of)), of)
    assert found.low is not None and found.share is not None and found.high is not None
    assert 0 <= found.low <= found.share + 1e-12 and found.share <= found.high + 1e-12 <= 1 + 1e-9


def a_scale(better: Better) -> Scale:
    missing = MissingRule(0, "test")
    return Scale("x", ("q1",), Method.SUM, Decimal(0), Decimal(24), better, 0, missing)


def pairs_of(*pairs: tuple[int, int]) -> list[tuple[Decimal, Decimal]]:
    return [(Decimal(before), Decimal(after)) for before, after in pairs]


def test_whoever_began_too_near_to_the_end_could_not_show_a_change() -> None:
    """As for the RMDQ, 5 points, low is better: a first score below 5 cannot fall by 5."""
    found = responders(
        pairs_of((12, 7), (12, 8), (5, 0), (4, 0), (20, 24), (19, 24), (10, 15)),
        a_scale(Better.LOW),
        Decimal(5),
    )
    assert (found.paired, found.too_near_to_improve, found.too_near_to_worsen) == (7, 1, 1)
    assert (found.better.count, found.better.of) == (2, 6)  # 12 to 7, and 5 to 0
    assert (found.worse.count, found.worse.of) == (2, 6)  # 19 to 24, and 10 to 15


def test_better_is_upwards_where_high_is_better() -> None:
    found = responders(pairs_of((12, 17), (12, 7), (20, 24)), a_scale(Better.HIGH), Decimal(5))
    assert (found.better.count, found.better.of, found.worse.count, found.worse.of) == (1, 2, 1, 3)


def test_a_percentage_of_0_does_not_exist() -> None:
    """RMDQ worked example: 12 to 2 is 83% better. 10 to 7 is exactly 30%."""
    found = responders_by_percent(
        pairs_of((12, 2), (10, 7), (10, 8), (0, 9), (10, 13)), a_scale(Better.LOW), Decimal(30)
    )
    assert (found.better.count, found.better.of, found.too_near_to_improve) == (2, 4, 1)
    assert (found.worse.count, found.worse.of) == (1, 4)


@pytest.mark.parametrize(
    ("freedom", "value"), [(1, 12.706), (2, 4.303), (5, 2.571), (10, 2.228), (30, 2.042), (100, 1.984)]
)
def test_students_t(freedom: int, value: float) -> None:
    """Every statistics book's table, two-sided 95%."""
    assert student_t(freedom) == pytest.approx(value, abs=0.0005)


def test_students_t_needs_a_degree_of_freedom() -> None:
    with pytest.raises(ValueError, match="at least one degree"):
        student_t(0)


def test_effect_sizes_by_hand() -> None:
    """Before 2, 4, 6, 8 (mean 5, SD root of 20/3); after 1, 2, 5, 4 (mean 3, SD root of 10/3).

    Changes 1, 2, 1, 4 for the better: mean 2, SD root of 2. d_pre = 2 / 2.582 = 0.775; d_av = 2 / root of 5 =
    0.894; J = 1 - 3 / (4 x 3 - 1) = 0.727, g = 0.650; SRM = 2 / 1.414 = 1.414; r = 12 / root of (20 x 10) =
    0.849, from the sum of products and the sums of squares; d_rm = 1.414 x root of (2 x 0.151) = 0.778.
    Interval: 2 ± 3.182 x 1.414 / 2.
    """
    found = mean_change(pairs_of((2, 1), (4, 2), (6, 5), (8, 4)), Better.LOW)
    assert found is not None
    assert (found.paired, found.before, found.after, found.improvement, found.percent) == (4, 5, 3, 2, -40)
    assert found.d_pre == pytest.approx(0.775, abs=0.0005)
    assert found.d_av == pytest.approx(0.894, abs=0.0005)
    assert found.g == pytest.approx(0.650, abs=0.0005)
    assert found.srm == pytest.approx(1.414, abs=0.0005)
    assert found.d_rm == pytest.approx(0.778, abs=0.0005)
    assert (found.low, found.high) == (pytest.approx(-0.250, abs=0.0005), pytest.approx(4.250, abs=0.0005))


def test_the_sign_is_the_patients() -> None:
    up = mean_change(pairs_of((10, 14), (12, 15)), Better.HIGH)
    down = mean_change(pairs_of((10, 14), (12, 15)), Better.LOW)
    assert up is not None and down is not None
    assert (up.improvement, down.improvement) == (3.5, -3.5)
    assert up.percent == down.percent


def test_what_cannot_be_computed_is_not_a_number() -> None:
    assert mean_change(pairs_of((1, 2)), Better.HIGH) is None
    still = mean_change(pairs_of((0, 3), (0, 3)), Better.HIGH)
    assert still is not None
    assert (still.percent, still.d_pre, still.d_av, still.srm, still.d_rm) == (None, None, None, None, None)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(0, 60)), min_size=3, max_size=20))
def test_the_mean_lies_in_its_interval(pairs: list[tuple[int, int]]) -> None:
    found = mean_change(pairs_of(*pairs), Better.HIGH)
    assert found is not None and found.low <= found.improvement <= found.high
    changes = [after - before for before, after in pairs]
    if stdev(changes) > 0:
        assert found.srm == pytest.approx(found.improvement / stdev(changes))
