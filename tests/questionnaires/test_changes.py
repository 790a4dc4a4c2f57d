"""What a difference reaches: the published thresholds at their boundary, in both directions."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.change_rules import Change, Direction, change
from webapp.questionnaires.instruments import read_instruments
from webapp.questionnaires.rules import Score, score

SHIPPED = read_instruments([Path(__file__).resolve().parents[2] / "content" / "questionnaires"])


def answers_with_total(name: str, total: int) -> dict[str, int | None]:
    """Answers whose plain sum is `total`."""
    items = SHIPPED.get(name).definition.items
    return {item.id: min(item.maximum, max(0, total - item.maximum * i)) for i, item in enumerate(items)}


def scored(name: str, total: int) -> Score:
    """A score from answers whose plain sum is `total` (for the PEG: three times the score)."""
    return score(SHIPPED.get(name).definition, answers_with_total(name, total))


def compared(name: str, earlier: int, later: int) -> Change:
    return change(SHIPPED.get(name).definition, scored(name, earlier), scored(name, later))


@pytest.mark.parametrize(
    ("name", "earlier", "later", "direction", "reached"),
    [
        # PSEQ: ePPOC at least 7 and another band; MIC 5.5 (Chiarotto 2016); MDC95 11.52 (Dubé 2021)
        ("pseq-10", 18, 26, Direction.BETTER, {"eppoc", "mic"}),  # severe to moderate
        ("pseq-10", 21, 29, Direction.BETTER, {"mic"}),  # +8, but moderate both times
        ("pseq-10", 26, 18, Direction.WORSE, {"eppoc", "mic"}),
        ("pseq-10", 13, 20, Direction.BETTER, {"eppoc", "mic"}),  # exactly 7
        ("pseq-10", 14, 20, Direction.BETTER, {"mic"}),  # 6: another band, too small
        ("pseq-10", 30, 35, Direction.BETTER, set()),  # 5 is below 5.5
        ("pseq-10", 30, 36, Direction.BETTER, {"mic"}),
        ("pseq-10", 20, 31, Direction.BETTER, {"eppoc", "mic"}),  # 11 is below 11.52
        ("pseq-10", 20, 32, Direction.BETTER, {"eppoc", "mic", "mdc95"}),
        ("pseq-10", 18, 18, Direction.SAME, set()),
        # GAD-7: NHS TT 4, test-retest 6 (Bischoff 2020), MCID 4
        ("gad-7", 12, 9, Direction.BETTER, set()),
        ("gad-7", 12, 8, Direction.BETTER, {"nhs-tt", "mcid"}),
        ("gad-7", 12, 7, Direction.BETTER, {"nhs-tt", "mcid"}),
        ("gad-7", 12, 6, Direction.BETTER, {"nhs-tt", "mcid", "test-retest"}),
        ("gad-7", 8, 12, Direction.WORSE, {"nhs-tt", "mcid"}),
        # PHQ-8: MCID 5
        ("phq-8", 15, 11, Direction.BETTER, set()),
        ("phq-8", 15, 10, Direction.BETTER, {"mcid"}),
        ("phq-8", 10, 15, Direction.WORSE, {"mcid"}),
        # PEG, as sums of three answers: MCID 1.0, 30%, MDC95 2.2
        ("peg-3", 30, 28, Direction.BETTER, set()),  # 10.0 to 9.3
        ("peg-3", 30, 27, Direction.BETTER, {"mcid"}),  # exactly 1.0
        ("peg-3", 20, 14, Direction.BETTER, {"mcid", "responder-30"}),  # 6.7 to 4.7 is exactly 30% unrounded
        ("peg-3", 20, 15, Direction.BETTER, {"mcid"}),
        ("peg-3", 30, 24, Direction.BETTER, {"mcid"}),  # 2.0 is below 2.2
        ("peg-3", 30, 23, Direction.BETTER, {"mcid", "mdc95"}),
        ("peg-3", 0, 9, Direction.WORSE, {"mcid", "mdc95"}),  # no percentage of zero
    ],
)
def test_published_rules(
    name: str, earlier: int, later: int, direction: Direction, reached: set[str]
) -> None:
    found = compared(name, earlier, later)
    assert {rule.id for rule in found.reaches} == reached
    assert found.direction is direction


def test_a_change_holds_all_that_a_sentence_needs() -> None:
    """PRODUCT: "went from 18 to 27 out of 60, up 9. One published rule counts 7 points and a new band"."""
    definition = SHIPPED.get("pseq-10").definition
    june, july = date(2026, 6, 1), date(2026, 7, 1)
    found = change(definition, scored("pseq-10", 18), scored("pseq-10", 27), june, july)
    assert [found.earlier, found.later, found.by, found.size] == [Decimal(each) for each in (18, 27, 9, 9)]
    assert [found.scale.minimum, found.scale.maximum] == [Decimal(0), Decimal(60)]
    assert (found.earlier_on, found.later_on) == (june, july)
    assert found.lead is not None
    assert found.lead.points == 7 and found.lead.another_band
    assert "ePPOC" in found.lead.source


def test_the_lead_rule_is_not_told_when_it_is_not_reached() -> None:
    assert compared("pseq-10", 21, 29).lead is None


def test_the_difference_is_between_the_totals_that_people_see() -> None:
    found = compared("peg-3", 19, 17)
    assert (found.earlier, found.later, found.by) == (Decimal("6.3"), Decimal("5.7"), Decimal("-0.6"))


def test_a_score_that_does_not_exist_compares_with_nothing() -> None:
    definition = SHIPPED.get("gad-7").definition
    found = change(definition, scored("gad-7", 12), score(definition, {}))
    assert (found.by, found.size, found.direction, found.reaches) == (None, None, Direction.NONE, ())


def test_a_short_form_is_not_compared_with_the_full_one() -> None:
    full = scored("pseq-10", 40)
    with pytest.raises(ValueError, match="'pseq-2' cannot be compared with one of 'pseq-10'"):
        change(SHIPPED.get("pseq-10").definition, full, full.subscales["pseq-2"])


def test_a_subscale_has_its_own_rules() -> None:
    """PSEQ-2: 1.5, so 2 points (Chiarotto 2016)."""
    definition = SHIPPED.get("pseq-10").definition
    low, middle, high = (score(definition, {"q5": 3, "q9": value}).subscales["pseq-2"] for value in (2, 3, 4))
    assert change(definition, low, middle).reaches == ()
    assert [rule.id for rule in change(definition, low, high).reaches] == ["mic"]


@given(st.sampled_from(sorted(SHIPPED.by_id)), st.integers(0, 21), st.integers(0, 21))
def test_there_and_back_reaches_the_same_points_in_the_other_direction(
    name: str, one: int, other: int
) -> None:
    there, back = compared(name, one, other), compared(name, other, one)
    assert there.by is not None and back.by is not None and there.by == -back.by
    turned = {
        Direction.BETTER: Direction.WORSE,
        Direction.WORSE: Direction.BETTER,
        Direction.SAME: Direction.SAME,
    }
    assert back.direction is turned[there.direction]
    by_points = [rule for rule in there.reaches if rule.percent is None]
    assert by_points == [rule for rule in back.reaches if rule.percent is None]
