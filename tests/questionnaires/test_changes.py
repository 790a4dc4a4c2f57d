"""What a difference reaches: the published thresholds at their boundary, in both directions."""

from __future__ import annotations

from datetime import date
from decimal import ROUND_CEILING, Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.change_rules import Change, Direction, change
from webapp.questionnaires.instruments import read_instruments
from webapp.questionnaires.rules import Definition, Scale, Score, score, score_from_total

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


@pytest.mark.parametrize(
    ("name", "earlier", "later", "improvement", "more_than_chance"),
    [
        ("pseq-10", 18, 29, 11, []),  # +11 is below the 11.52 of Dubé 2021, whatever else it reaches
        ("pseq-10", 18, 30, 12, ["mdc95"]),
        ("pseq-10", 30, 18, -12, ["mdc95"]),  # worse is told by the same rule
        ("gad-7", 12, 9, 3, []),
        ("gad-7", 12, 8, 4, ["nhs-tt"]),
        ("gad-7", 6, 12, -6, ["nhs-tt", "test-retest"]),
        ("phq-9", 15, 10, 5, []),
        ("phq-9", 15, 9, 6, ["nhs-tt"]),
        ("phq-8", 24, 0, 24, []),  # there is no reliable change of the PHQ-8
    ],
)
def test_more_than_chance_is_said_by_rules_of_the_error_of_measurement_alone(
    name: str, earlier: int, later: int, improvement: int, more_than_chance: list[str]
) -> None:
    found = from_totals(name, earlier, later)
    assert found.improvement == improvement
    assert [rule.id for rule in found.more_than_chance] == more_than_chance


def from_totals(name: str, earlier: int, later: int) -> Change:
    definition = SHIPPED.get(name).definition
    before, after = (score_from_total(definition.scale, Decimal(total)) for total in (earlier, later))
    return change(definition, before, after)


@pytest.mark.parametrize(
    ("earlier", "later", "reached"),
    [(10, 7, True), (10, 8, False), (7, 10, True), (0, 10, False), (10, 0, True), (0, 0, False)],
)
def test_a_percentage_is_of_the_first_score_and_of_0_there_is_none(
    earlier: int, later: int, reached: bool
) -> None:
    """30% of the PEG, unrounded and inclusive."""
    rules = {rule.id for rule in from_totals("peg-3", earlier, later).reaches}
    assert ("responder-30" in rules) is reached


def test_what_cannot_be_compared_improves_nothing() -> None:
    definition = SHIPPED.get("gad-7").definition
    found = change(definition, score(definition, {}), scored("gad-7", 3))
    assert (found.improvement, found.more_than_chance) == (None, ())


def test_a_total_of_fewer_questions_is_not_compared_with_one_of_all() -> None:
    """WSAS: 30 of five questions and 16 of four (work does not apply) are no fall of 14."""
    definition = SHIPPED.get("wsas").definition
    names = [item.id for item in definition.items]
    five, four, four_later = (
        score(definition, dict(zip(names, answers, strict=True)))
        for answers in ((6, 6, 6, 6, 6), (None, 4, 4, 4, 4), (None, 1, 1, 1, 1))
    )
    mixed = change(definition, five, four)
    assert (mixed.earlier, mixed.later, mixed.by) == (30, 16, None)
    assert (mixed.direction, mixed.reaches) == (Direction.NONE, ())
    alike = change(definition, four, four_later)
    assert (alike.by, alike.direction) == (-12, Direction.BETTER)


def test_values_by_two_value_sets_are_not_compared() -> None:
    definition = SHIPPED.get("eq-5d-5l").definition
    answers = dict.fromkeys([item.id for item in definition.items][:5], 2)
    one, other = (score(definition, answers, name) for name in ("uk-2026-rowen", "england-devlin-2018"))
    assert change(definition, one, other).direction is Direction.NONE
    assert change(definition, one, one).direction is Direction.SAME


def test_a_filled_total_is_compared_with_a_complete_one() -> None:
    definition = SHIPPED.get("gad-7").definition
    filled = score(definition, {f"q{number}": 2 for number in range(1, 7)})
    assert filled.prorated
    assert change(definition, filled, scored("gad-7", 7)).by == -7


SCALES = [
    (each.definition, scale)
    for each in SHIPPED.by_id.values()
    for scale in (each.definition.scale, *each.definition.subscales)
    if scale.has_a_score
]


@given(st.sampled_from(SCALES), st.data())
def test_there_and_back_reaches_the_same_points_in_the_other_direction(
    case: tuple[Definition, Scale], data: st.DataObject
) -> None:
    definition, scale = case
    low, high = int(scale.minimum.to_integral_value(ROUND_CEILING)), int(scale.maximum)
    one, other = (score_from_total(scale, Decimal(data.draw(st.integers(low, high)))) for _ in range(2))
    there, back = change(definition, one, other), change(definition, other, one)
    assert there.by is not None and back.by is not None and there.by == -back.by
    turned = {
        Direction.BETTER: Direction.WORSE,
        Direction.WORSE: Direction.BETTER,
        Direction.SAME: Direction.SAME,
    }
    assert back.direction is turned[there.direction]
    assert there.improvement is not None
    assert (there.improvement > 0) is (there.direction is Direction.BETTER)
    by_points = [rule for rule in there.reaches if rule.percent is None]
    assert by_points == [rule for rule in back.reaches if rule.percent is None]
    assert set(there.more_than_chance) <= set(there.reaches)
