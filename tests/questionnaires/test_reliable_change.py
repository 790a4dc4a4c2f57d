"""Reliable change by Jacobson and Truax: published vectors, strict thresholds, four states."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.reliable_change_rules import (
    Population,
    ReliableState,
    cut_offs,
    error_of_difference,
    error_of_score,
    is_reliable,
    reliable_change_index,
    reliable_size,
    state_of,
    whole_points_above,
)
from webapp.questionnaires.rules import Better


@pytest.mark.parametrize(
    ("sd", "reliability", "error", "size", "points", "source"),
    [
        (5.5, 0.84, 2.20, 6.10, 7, "PHQ-9, test-retest 48 hours (Kroenke 2001)"),
        (4.5, 0.83, 1.86, 5.14, 6, "GAD-7, intraclass correlation (Spitzer 2006)"),
        (5.593, 0.87, 2.017, 5.590, 6, "GAD-7, Bischoff 2020: 5.59"),
        (5.65, 0.89, 1.874, 5.194, 6, "PHQ-9, alpha: published 5.20, rounded to 6"),
        (4.5, 0.92, 1.273, 3.528, 4, "GAD-7, alpha: published 3.53, rounded to 4"),
        (8.43, 0.81, 3.67, 10.19, 11, "CPAQ-8 total (Baranoff 2012, Fish 2013)"),
        (5.31, 0.86, 1.99, 5.51, 6, "CPAQ-8 activity engagement"),
        (5.0, 0.68, 2.83, 7.84, 8, "CPAQ-8 pain willingness"),
    ],
)
def test_the_size_beyond_the_error_of_measurement(
    sd: float, reliability: float, error: float, size: float, points: int, source: str
) -> None:
    assert error_of_score(sd, reliability) == pytest.approx(error, abs=0.006), source
    found = reliable_size(sd, reliability)
    assert found == pytest.approx(size, abs=0.006), source
    assert whole_points_above(found) == points, source


@pytest.mark.parametrize(("error", "size"), [(0.78, 2.16), (1.22, 3.38), (4.156, 11.52)])
def test_the_size_from_a_published_error(error: float, size: float) -> None:
    """PEG (Reed 2024) and PSEQ (Dubé 2021): RC95 is 1.96 x root 2 x SEM. With r = 0, SD is the SEM."""
    assert reliable_size(error, 0) == pytest.approx(size, abs=0.005)


@pytest.mark.parametrize(("size", "points"), [(6, 7), (5.999, 6), (6.001, 7), (0.3, 1)])
def test_a_whole_size_is_not_enough_by_itself(size: float, points: int) -> None:
    assert whole_points_above(size) == points


def test_the_worked_data_of_jacobson_and_truax() -> None:
    """M1 = 40, s1 = 7.5; M0 = 60, s0 = 7.5; r = .80; from 32.5 to 47.5."""
    assert error_of_difference(7.5, 0.80) == pytest.approx(4.743, abs=0.0005)
    assert reliable_change_index(47.5 - 32.5, 7.5, 0.80) == pytest.approx(3.162, abs=0.0005)
    found = cut_offs(Population(40, 7.5), Population(60, 7.5), Better.HIGH)
    assert (found.a, found.b, found.c) == (55, 45, 50)


@pytest.mark.parametrize(("change", "index"), [(-8, -2.530), (-4, -1.265), (0, 0), (4, 1.265), (8, 2.530)])
def test_the_index(change: int, index: float) -> None:
    """SD 5, r .80: Sdiff = 5 x root .4 = 3.1623."""
    assert error_of_difference(5, 0.80) == pytest.approx(3.1623, abs=0.00005)
    assert reliable_change_index(change, 5, 0.80) == pytest.approx(index, abs=0.0005)
    assert is_reliable(change, 5, 0.80) is (abs(change) == 8)


def test_the_cut_offs_lie_the_other_way_where_low_is_better() -> None:
    """The same groups mirrored at 50: 60 for those who come, 40 for the others."""
    found = cut_offs(Population(60, 7.5), Population(40, 7.5), Better.LOW)
    assert (found.a, found.b, found.c) == (45, 55, 50)


def test_the_third_cut_off_lies_nearer_to_the_narrower_group() -> None:
    """(s0 M1 + s1 M0) / (s0 + s1) = (5 x 40 + 10 x 60) / 15 = 53.33."""
    found = cut_offs(Population(40, 10), Population(60, 5), Better.HIGH)
    assert found.c == pytest.approx(53.333, abs=0.0005)


def test_without_numbers_about_the_others_there_is_one_cut_off() -> None:
    found = cut_offs(Population(40, 7.5), None, Better.HIGH)
    assert (found.a, found.b, found.c) == (55, None, None)


@pytest.mark.parametrize(
    ("earlier", "later", "better", "cut_off", "state"),
    [
        # Sdiff 4.743: more than 9.297 points are reliable
        (32.5, 47.5, Better.HIGH, 45.0, ReliableState.RECOVERED),
        (32.5, 47.5, Better.HIGH, 50.0, ReliableState.IMPROVED),
        (32.5, 47.5, Better.HIGH, 47.5, ReliableState.IMPROVED),  # at the cut-off is not beyond it
        (32.5, 47.5, Better.HIGH, None, ReliableState.IMPROVED),
        (46.0, 60.0, Better.HIGH, 45.0, ReliableState.IMPROVED),  # was beyond it already
        (44.0, 53.0, Better.HIGH, 45.0, ReliableState.UNCHANGED),  # crossed, but not reliably
        (47.5, 32.5, Better.HIGH, 45.0, ReliableState.DETERIORATED),
        (67.5, 52.5, Better.LOW, 55.0, ReliableState.RECOVERED),
        (52.5, 67.5, Better.LOW, 55.0, ReliableState.DETERIORATED),
        (40.0, 40.0, Better.LOW, 55.0, ReliableState.UNCHANGED),
    ],
)
def test_the_four_states(
    earlier: float, later: float, better: Better, cut_off: float | None, state: ReliableState
) -> None:
    assert state_of(earlier, later, sd=7.5, reliability=0.8, better=better, cut_off=cut_off) is state


def test_exactly_1_96_is_not_reliable() -> None:
    """Strict, unlike the inclusive whole points of NHS Talking Therapies. SD 0.5, r 0.5: Sdiff is 0.5."""
    assert reliable_change_index(0.98, 0.5, 0.5) == pytest.approx(1.96)
    assert not is_reliable(1.96 * error_of_difference(0.5, 0.5) - 1e-9, 0.5, 0.5)
    assert is_reliable(1.96 * error_of_difference(0.5, 0.5) + 1e-9, 0.5, 0.5)


@pytest.mark.parametrize(("sd", "reliability"), [(0, 0.8), (-1, 0.8), (5, 1), (5, 1.2), (5, -0.1)])
def test_numbers_that_cannot_be_are_refused(sd: float, reliability: float) -> None:
    with pytest.raises(ValueError, match="standard deviation above 0"):
        error_of_score(sd, reliability)


@given(
    st.floats(0, 60), st.floats(0, 60), st.floats(0.5, 20), st.floats(0, 0.99), st.none() | st.floats(0, 60)
)
def test_the_states_mirror_when_the_scale_is_turned_round(
    earlier: float, later: float, sd: float, reliability: float, cut_off: float | None
) -> None:
    turned = None if cut_off is None else -cut_off
    high = state_of(earlier, later, sd=sd, reliability=reliability, better=Better.HIGH, cut_off=cut_off)
    low = state_of(-earlier, -later, sd=sd, reliability=reliability, better=Better.LOW, cut_off=turned)
    assert high is low
