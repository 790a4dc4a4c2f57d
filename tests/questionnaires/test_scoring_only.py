"""The licensed questionnaires: their arithmetic is here and their words are not.

Vectors are published ones (with their source) or worked by hand (with the arithmetic); each file's own
examples are recomputed by `waymark questionnaires check`.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.change_rules import change
from webapp.questionnaires.instruments import Instrument, read_instruments
from webapp.questionnaires.rules import Better, Method, NoScore, Score, score, score_from_total
from webapp.questionnaires.typed_answers import answers_from

SHIPPED = read_instruments([Path(__file__).resolve().parents[2] / "content" / "questionnaires"])
LICENSED = [
    "bpi-sf",
    "cpaq-8",
    "csi",
    "eq-5d-5l",
    "fabq",
    "hads",
    "isi",
    "msk-hq",
    "odi",
    "pcs",
    "pdi",
    "promis-global-10",
    "tsk-11",
    "wsas",
]
HERE = [name for name, each in SHIPPED.by_id.items() if each.path.parent.name == "scoring-only"]
PUBLISHED_WORDS = re.compile(r"^\s*(texts|stem|instruction|labels|item_labels)\s*:", re.MULTILINE)


def scored(name: str, typed: str) -> Score:
    """The score of answers as they are typed."""
    definition = SHIPPED.get(name).definition
    return score(definition, answers_from(definition, typed))


def parts_of(result: Score) -> dict[str, str | None]:
    """The subscales as people see them."""
    return {name: None if each.total is None else str(each.total) for name, each in result.subscales.items()}


def sums(name: str) -> st.SearchStrategy[dict[str, int]]:
    """Complete answers to an instrument."""
    items = SHIPPED.get(name).definition.items
    return st.fixed_dictionaries({item.id: st.integers(item.minimum, item.maximum) for item in items})


def test_every_licensed_questionnaire_that_is_wanted_is_here() -> None:
    assert sorted(HERE) == LICENSED
    assert len(HERE) >= 12


@pytest.mark.parametrize("name", LICENSED)
def test_not_a_word_of_the_published_text_is_here(name: str) -> None:
    each: Instrument = SHIPPED.get(name)
    assert (each.texts, each.languages) == ({}, ())
    assert (each.licence.status, each.licence.text_included) == ("plugin", False)
    assert each.licence.permission is None
    assert not PUBLISHED_WORDS.search(each.path.read_text(encoding="utf-8"))
    assert each not in SHIPPED.offered_in("en")


@pytest.mark.parametrize("name", LICENSED)
def test_each_says_on_top_how_a_service_adds_the_text(name: str) -> None:
    top = SHIPPED.get(name).path.read_text(encoding="utf-8").split("\nid: ")[0]
    assert all(line.startswith("#") for line in top.splitlines())
    for needed in ("`texts`", "`text_included: true`", "`permission: who, when`", "own folder"):
        assert needed in " ".join(top.replace("#", " ").split())


@pytest.mark.parametrize("name", LICENSED)
def test_each_has_worked_examples_also_with_a_missing_answer(name: str) -> None:
    examples = SHIPPED.get(name).examples
    assert len(examples) >= 4 and all(each.source for each in examples)
    assert any("-" in each.answers.split(",") for each in examples)


@pytest.mark.parametrize("name", LICENSED)
def test_every_band_is_met_by_an_example(name: str) -> None:
    definition = SHIPPED.get(name).definition
    results = [scored(name, each.answers) for each in SHIPPED.get(name).examples]
    for scale in (definition.scale, *definition.subscales):
        met = {each.band if scale is definition.scale else each.subscales[scale.id].band for each in results}
        assert met - {None} == {band.id for band in scale.bands}


@pytest.mark.parametrize("name", LICENSED)
def test_our_names_are_there_in_english_and_welsh(name: str) -> None:
    names = SHIPPED.get(name).names
    assert set(names) == {"en", "cy"}
    assert names["en"].heading != names["cy"].heading


@pytest.mark.parametrize(
    ("name", "answers", "total", "subscales", "source"),
    [
        ("pcs", "1,1,1,1,1,1,1,1,1,1,1,1,1", "13", ("4", "3", "6"), "R package qhs"),
        ("pcs", "2,2,2,2,2,2,2,2,2,2,2,2,2", "26", ("8", "6", "12"), "R package qhs"),
        ("pcs", "3,3,3,3,3,3,3,3,3,3,3,3,3", "39", ("12", "9", "18"), "R package qhs"),
        ("odi", "1,5,4,4,3,0,1,5,3,4", "60", (), "awell-score: 30/50"),
        ("odi", "2,2,2,2,2,2,2,2,0,0", "32", (), "scoring instructions: 16/50 = 32%"),
        ("odi", "2,2,2,2,2,2,2,2,0,-", "35.6", (), "scoring instructions: 16/45 = 35.5% (35.56)"),
        ("odi", "1,1,1,1,1,1,1,1,1,1", "20", (), "R package qhs"),
        ("odi", "5,5,5,5,5,5,5,5,5,5", "100", (), "R package qhs"),
        ("hads", "3,1,1,0,0,2,1,3,2,0,1,1,3,0", None, ("11", "7"), "awell-score"),
        ("hads", "3,1,1,0,0,2,-,3,2,0,1,1,3,0", None, ("11.7", "7"), "3+1+0+2+1+3 = 10, x 7/6 = 11.67"),
        ("tsk-11", "1,1,1,1,1,1,1,1,1,1,1", "11", (), "R package qhs"),
        ("tsk-11", "4,4,4,4,4,4,4,4,4,4,4", "44", (), "R package qhs"),
        ("cpaq-8", "6,6,6,6,6,6,6,6", "24", ("24", "0"), "AE 4 x 6; PW 4 x (6-6)"),
        ("cpaq-8", "6,6,6,0,0,6,0,0", "48", ("24", "24"), "AE 1,2,3,6 as they are; PW 4,5,7,8 turned round"),
        ("isi", "1,2,1,0,0,3,2", "9", (), "awell-score"),
        ("pdi", "5,5,5,5,5,5,5", "35", (), "awell-score"),
        ("promis-global-10", "5,5,5,5,5,5,0,1,5,1", None, ("67.7", "67.6"), "awell-score, best"),
        ("promis-global-10", "3,3,3,3,3,3,5,3,3,3", None, ("39.8", "43.5"), "awell-score, median"),
        ("promis-global-10", "1,1,1,1,1,1,10,5,1,5", None, ("16.2", "21.2"), "awell-score, worst"),
        ("bpi-sf", "8,4,6,5,-,-,-,7,5,9,7", None, ("5.75", "7.00", "6"), "23/4; four of seven: 28/4"),
        ("bpi-sf", "8,4,6,5,-,-,-,-,5,9,7", None, ("5.75", None, "6"), "three of seven are too few"),
        ("fabq", "6,6,6,6,6,6,6,6,6,6,6,6,6,6,6,6", None, ("24", "42"), "4 x 6; 7 x 6"),
        ("msk-hq", "4,4,4,4,4,4,4,4,4,4,4,4,4,4,0", "56", (), "14 x 4, high is better"),
        ("wsas", "8,8,8,8,8", "40", ("32",), "5 x 8; 4 x 8"),
        ("wsas", "-,8,8,8,8", "32", ("32",), "four questions, not stretched to 40"),
        ("csi", ",".join(["4"] * 25), "100", (), "awell-score"),
    ],
)
def test_vectors(name: str, answers: str, total: str | None, subscales: tuple[str, ...], source: str) -> None:
    result = scored(name, answers)
    assert (None if result.total is None else str(result.total)) == total, source
    if subscales:
        assert tuple(parts_of(result).values()) == subscales, source


@pytest.mark.parametrize("name", ["bpi-sf", "fabq", "hads", "promis-global-10"])
def test_some_have_no_total_by_their_own_rule(name: str) -> None:
    definition = SHIPPED.get(name).definition
    assert definition.scale.method is Method.NONE
    result = score(definition, {item.id: item.minimum for item in definition.items})
    assert (result.total, result.reason) == (None, NoScore.NO_TOTAL)


@pytest.mark.parametrize("name", ["cpaq-8", "eq-5d-5l", "msk-hq", "promis-global-10"])
def test_where_high_is_better_it_is_said(name: str) -> None:
    definition = SHIPPED.get(name).definition
    scales = [each for each in (definition.scale, *definition.subscales) if each.has_a_score]
    assert {each.better for each in scales if each.id != "level-sum"} == {Better.HIGH}


@given(sums("pcs"))
def test_the_three_parts_of_the_pcs_are_all_of_it(answers: dict[str, int]) -> None:
    result = score(SHIPPED.get("pcs").definition, answers)
    assert result.total == sum(each.total or 0 for each in result.subscales.values())


@given(sums("cpaq-8"))
def test_the_two_parts_of_the_cpaq_are_all_of_it(answers: dict[str, int]) -> None:
    result = score(SHIPPED.get("cpaq-8").definition, answers)
    assert result.total == sum(each.total or 0 for each in result.subscales.values())


@given(sums("odi"), st.sampled_from([f"q{number}" for number in range(1, 11)]))
def test_the_odi_is_a_percentage_of_what_was_answered(answers: dict[str, int], left_out: str) -> None:
    definition = SHIPPED.get("odi").definition
    assert score(definition, answers).total == 2 * sum(answers.values())  # sum/50 x 100
    rest = {name: value for name, value in answers.items() if name != left_out}
    exact = score(definition, rest).exact
    assert exact is not None and exact * 45 == 100 * sum(rest.values())


@given(sums("wsas"))
def test_work_that_does_not_apply_leaves_the_sum_of_four_and_says_so(answers: dict[str, int]) -> None:
    definition = SHIPPED.get("wsas").definition
    whole = score(definition, answers)
    four = score(definition, {**answers, "q1": None})
    assert four.total == sum(answers.values()) - answers["q1"] == four.subscales["without-work"].total
    assert (four.prorated, four.missing, four.answered) == (True, ("q1",), 4)
    assert (whole.prorated, whole.answered) == (False, 5)
    for other in ("q2", "q3", "q4", "q5"):
        refused = score(definition, {**answers, other: None})
        assert (refused.total, refused.reason) == (None, NoScore.NEEDED_MISSING)


@given(sums("fabq"), st.integers(0, 6))
def test_five_questions_of_the_fabq_count_for_nothing(answers: dict[str, int], value: int) -> None:
    definition = SHIPPED.get("fabq").definition
    other = {**answers, **dict.fromkeys(("q1", "q8", "q13", "q14", "q16"), value)}
    assert parts_of(score(definition, answers)) == parts_of(score(definition, other))


@given(sums("msk-hq"), st.integers(0, 7))
def test_days_of_activity_are_in_no_score(answers: dict[str, int], days: int) -> None:
    definition = SHIPPED.get("msk-hq").definition
    assert score(definition, answers).total == score(definition, {**answers, "days": days}).total
    without = {name: value for name, value in answers.items() if name != "days"}
    assert (score(definition, without).prorated, score(definition, without).missing) == (False, ())


@given(sums("msk-hq"), st.integers(0, 5))
def test_the_msk_hq_stands_on_eleven_answers_or_more(answers: dict[str, int], lost: int) -> None:
    given_ = {f"q{number}": answers[f"q{number}"] for number in range(1 + lost, 15)}
    result = score(SHIPPED.get("msk-hq").definition, given_)
    assert (result.total is None) == (lost > 3)
    if result.exact is not None:
        assert result.exact * (14 - lost) == 14 * sum(given_.values())


def test_t_scores_rise_with_the_raw_sum_and_need_every_answer() -> None:
    for scale in SHIPPED.get("promis-global-10").definition.subscales:
        table = scale.table or {}
        assert sorted(table) == list(range(4, 21))
        values = [table[raw] for raw in sorted(table)]
        assert values == sorted(values) and len(set(values)) == 17
        assert scale.missing.max_missing == 0


@pytest.mark.parametrize(
    ("name", "earlier", "later", "reached", "why"),
    [
        ("pcs", "18", "26", ["eppoc"], "8 points and from low to moderate"),
        ("pcs", "21", "29", [], "8 points, but both moderate"),
        ("pcs", "25", "30", [], "another band, but only 5 points"),
        ("pcs", "24", "30", ["eppoc"], "6 points and another band"),
        ("pcs", "40", "30", ["mdc95"], "10 points in one band: more than 9.1"),
        ("pcs", "30", "21", ["eppoc"], "9 points are less than 9.1"),
        ("odi", "50", "40", ["mic", "mdc90"], "10 points, inclusive"),
        ("odi", "50", "42", [], "8 points"),
        ("isi", "20", "14", ["mid"], "6 points"),
        ("isi", "20", "12", ["mid", "response"], "8 points: a fall of more than 7"),
        ("wsas", "20", "12", ["mcid"], "8 points, inclusive"),
        ("tsk-11", "30", "25", ["mic"], "5 points are less than 5.6"),
        ("tsk-11", "30", "24", ["mic", "mdc95"], "6 points"),
        ("pdi", "40", "31", ["mic"], "9 points, between the two estimates"),
        ("msk-hq", "30", "35", [], "5 points"),
        ("msk-hq", "30", "36", ["mic", "mic-physiotherapy"], "6 points"),
        ("cpaq-8", "20", "30", [], "10 points are less than 10.2"),
        ("cpaq-8", "20", "31", ["rc95"], "11 points"),
        ("eq-5d-5l", "0.700", "0.762", [], "0.062"),
        ("eq-5d-5l", "0.700", "0.763", ["mid"], "0.063, inclusive"),
    ],
)
def test_sizes_of_change(name: str, earlier: str, later: str, reached: list[str], why: str) -> None:
    definition = SHIPPED.get(name).definition
    one, other = (score_from_total(definition.scale, Decimal(total)) for total in (earlier, later))
    assert [rule.id for rule in change(definition, one, other).reaches] == reached, why
    assert [rule.id for rule in change(definition, other, one).reaches] == reached, why


@pytest.mark.parametrize(
    ("name", "part", "earlier", "later", "reached"),
    [
        ("bpi-sf", "interference", "6.00", "5.00", ["immpact"]),
        ("bpi-sf", "interference", "6.00", "5.14", []),
        ("bpi-sf", "average", "10", "7", ["moderate", "two-points"]),  # exactly 30%
        ("bpi-sf", "average", "8", "6", ["two-points"]),  # 25%
        ("bpi-sf", "average", "3", "2", ["moderate"]),  # 33%
        ("hads", "anxiety", "12", "11", []),
        ("hads", "depression", "12", "10", ["mid"]),
        ("fabq", "physical-activity", "20", "16", ["mcid", "mdc95"]),
        ("fabq", "physical-activity", "20", "14", ["mcid", "mdc95", "mdc95-two-days"]),
        ("fabq", "work", "30", "24", ["mdc95"]),  # 6 points: 5.95, but not 6.8 or 7
        ("promis-global-10", "physical", "39.8", "44.9", ["mid"]),
        ("promis-global-10", "mental", "43.5", "48.3", []),  # 4.8
        ("cpaq-8", "pain-willingness", "10", "18", ["rc95"]),
        ("eq-5d-5l", "vas", "60", "67", []),
        ("eq-5d-5l", "vas", "60", "68", ["mid"]),
    ],
)
def test_sizes_of_change_of_a_part(
    name: str, part: str, earlier: str, later: str, reached: list[str]
) -> None:
    definition = SHIPPED.get(name).definition
    scale = definition.scale_called(part)
    one, other = (score_from_total(scale, Decimal(total)) for total in (earlier, later))
    assert [rule.id for rule in change(definition, one, other).reaches] == reached
