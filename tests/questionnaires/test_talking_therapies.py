"""The rates of NHS Talking Therapies: derived vectors, boundaries, and who is in which denominator."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.talking_therapies_rules import Outcome, Pair, Share, outcome, rates


def pair(phq: tuple[int, int], gad: tuple[int, int]) -> Pair:
    return Pair(phq[0], phq[1], gad[0], gad[1])


@pytest.mark.parametrize(
    ("phq", "gad", "expected"),
    [
        # was case, recovered, improved, deteriorated, reliably recovered
        ((15, 9), (12, 7), Outcome(True, True, True, False, True)),
        ((9, 3), (7, 3), Outcome(False, None, True, False, None)),  # no caseness: not in the denominator
        ((10, 15), (8, 8), Outcome(True, False, False, False, False)),  # +5 is not reliable
        ((9, 9), (8, 7), Outcome(True, True, False, False, False)),  # a case by the GAD-7 alone, from 8
        ((10, 9), (7, 7), Outcome(True, True, False, False, False)),  # a case by the PHQ-9 alone, from 10
        ((9, 9), (7, 7), Outcome(False, None, False, False, None)),
        ((20, 14), (10, 10), Outcome(True, False, True, False, False)),  # 6 is reliable, inclusive
        ((20, 15), (10, 7), Outcome(True, False, False, False, False)),  # 5 and 3 are not
        ((20, 20), (12, 8), Outcome(True, False, True, False, False)),  # 4 on the GAD-7 is enough
        ((20, 14), (8, 12), Outcome(True, False, False, False, False)),  # one better, one worse: neither
        ((10, 16), (8, 4), Outcome(True, False, False, False, False)),
        ((10, 16), (8, 8), Outcome(True, False, False, True, False)),
        ((5, 5), (3, 7), Outcome(False, None, False, True, None)),
        ((16, 9), (7, 11), Outcome(True, False, False, False, False)),
    ],
)
def test_what_a_pair_counts_for(phq: tuple[int, int], gad: tuple[int, int], expected: Outcome) -> None:
    assert outcome(pair(phq, gad)) == expected


def test_each_rate_names_the_people_it_is_a_share_of() -> None:
    """Four finished, three of them with caseness at the start."""
    found = rates(
        [
            pair((15, 9), (12, 7)),  # recovered, reliably
            pair((10, 9), (8, 7)),  # recovered, not reliably
            pair((10, 16), (8, 8)),  # worse
            pair((9, 3), (7, 3)),  # better, never a case
        ]
    )
    assert found.recovery == Share(2, 3)
    assert found.reliable_recovery == Share(1, 3)
    assert found.reliable_improvement == Share(2, 4)
    assert found.reliable_deterioration == Share(1, 4)
    assert found.no_reliable_change == Share(1, 4)
    assert found.reliable_improvement.percent == 50
    assert found.recovery.percent == pytest.approx(66.667, abs=0.001)


def test_of_nobody_there_is_no_percentage() -> None:
    found = rates([])
    assert (found.recovery, found.reliable_improvement) == (Share(0, 0), Share(0, 0))
    assert found.recovery.percent is None


PAIRS = st.builds(Pair, st.integers(0, 27), st.integers(0, 27), st.integers(0, 21), st.integers(0, 21))


@given(st.lists(PAIRS, max_size=30))
def test_everybody_is_in_exactly_one_of_three(pairs: list[Pair]) -> None:
    found = rates(pairs)
    parts = (found.reliable_improvement, found.reliable_deterioration, found.no_reliable_change)
    assert sum(each.count for each in parts) == len(pairs)
    assert found.reliable_recovery.count <= min(found.recovery.count, found.reliable_improvement.count)


@given(PAIRS)
def test_there_and_back_turns_improvement_into_deterioration(one: Pair) -> None:
    back = Pair(one.phq_after, one.phq_before, one.gad_after, one.gad_before)
    assert outcome(one).improved is outcome(back).deteriorated
    assert outcome(one).deteriorated is outcome(back).improved
