"""Scores by the published rules: vectors with their source, and missing answers at the boundary."""

from __future__ import annotations

import pytest

from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.rules import (
    AnswerRefused,
    NoScore,
    Score,
    score,
)


def scored(shipped: Instruments, name: str, *values: int | None) -> Score:
    """The score of answers given in the order of the questions."""
    definition = shipped.get(name).definition
    return score(definition, dict(zip((item.id for item in definition.items), values, strict=True)))


@pytest.mark.parametrize(
    ("name", "answers", "total", "band", "source"),
    [
        ("peg-3", (6, 7, 5), "6.0", None, "ktc-questionnaire-starters, peg-3 response"),
        ("peg-3", (6, 7, 4), "5.7", None, "ktc-questionnaire-starters, generate.py (5.667)"),
        ("peg-3", (0, 0, 0), "0.0", None, "computed: zero is a score"),
        ("peg-3", (10, 10, 10), "10.0", None, "computed"),
        ("pseq-10", (3,) * 10, "30", "moderate", "computed; last of 20-30, ePPOC"),
        ("pseq-10", (6, 5, 4, 3, 2, 1, 0, 6, 5, 4), "36", "mild", "computed; 31-40, ePPOC"),
        ("pseq-10", (0,) * 10, "0", "severe", "computed"),
        ("pseq-10", (6,) * 10, "60", "minimal", "computed"),
        ("pseq-10", (2, 2, 2, 2, 2, 2, 2, 2, 2, 1), "19", "severe", "boundary: 0-19, ePPOC"),
        ("pseq-10", (2,) * 10, "20", "moderate", "boundary: 20-30, ePPOC"),
        ("pseq-10", (4, 4, 4, 4, 4, 4, 4, 4, 4, 5), "41", "minimal", "boundary: 41-60, ePPOC"),
        ("phq-8", (3,) * 8, "24", "severe", "PHQ-9 all 3 is 27 (MII PRO), without item 9"),
        ("phq-8", (0, 0, 0, 1, 2, 1, 3, 2), "9", "mild", "HL7 SDC response: sums to 10 with item 9, not 13"),
        ("phq-8", (1, 1, 1, 1, 0, 0, 0, 0), "4", "minimal", "boundary: 0-4"),
        ("phq-8", (1, 1, 1, 1, 1, 0, 0, 0), "5", "mild", "boundary: 5-9"),
        ("phq-8", (2, 2, 2, 2, 2, 0, 0, 0), "10", "moderate", "boundary: 10-14"),
        ("phq-8", (3, 3, 3, 3, 3, 0, 0, 0), "15", "moderately-severe", "boundary: 15-19"),
        ("phq-8", (3, 3, 3, 3, 3, 3, 2, 0), "20", "severe", "boundary: 20-24"),
        ("gad-7", (3,) * 7, "21", "severe", "computed"),
        ("gad-7", (1, 1, 1, 1, 1, 0, 0), "5", "mild", "boundary: 5, Spitzer 2006"),
        ("gad-7", (2, 2, 2, 2, 2, 0, 0), "10", "moderate", "boundary: 10, Spitzer 2006"),
        ("gad-7", (2, 2, 2, 2, 2, 2, 2), "14", "moderate", "boundary: below 15"),
        ("gad-7", (3, 2, 2, 2, 2, 2, 2), "15", "severe", "boundary: 15, Spitzer 2006"),
    ],
)
def test_complete_answers(
    shipped: Instruments, name: str, answers: tuple[int, ...], total: str, band: str | None, source: str
) -> None:
    result = scored(shipped, name, *answers)
    assert str(result.total) == total, source
    assert (result.band, result.missing, result.prorated, result.reason) == (band, (), False, None), source


@pytest.mark.parametrize(
    ("name", "answers", "total"),
    [
        ("peg-3", (6, 7, None), None),  # all three are needed
        ("pseq-10", (3,) * 9 + (None,), "30.0"),
        ("pseq-10", (4, 3, 3, 3, 3, 3, 3, 3, None, None), "31.3"),  # 25/8 x 10 = 31.25, rounded half up
        ("pseq-10", (3,) * 7 + (None,) * 3, None),  # one more than two
        ("phq-8", (3, 3, 2, 2, 1, 1, None, None), "16.0"),  # mean 2 x 8
        ("phq-8", (3, 3, 2, 2, 1, None, None, None), None),
        ("gad-7", (1, 1, 1, 1, 0, None, None), "5.6"),  # mean 0.8 x 7
        ("gad-7", (1, 1, 1, 1, None, None, None), None),
        ("gad-7", (0, 0, 0, 0, 0, None, None), "0.0"),  # zeros are answers
    ],
)
def test_missing_answers_at_the_boundary(
    shipped: Instruments, name: str, answers: tuple[int | None, ...], total: str | None
) -> None:
    result = scored(shipped, name, *answers)
    assert (None if result.total is None else str(result.total)) == total
    assert len(result.missing) == answers.count(None)
    assert result.answered == len(answers) - answers.count(None)
    assert result.prorated is (total is not None)
    assert result.reason is (None if total is not None else NoScore.TOO_MANY_MISSING)


def test_an_item_left_out_is_the_same_as_an_item_not_answered(shipped: Instruments) -> None:
    definition = shipped.get("gad-7").definition
    given_ones = {f"q{number}": 2 for number in range(1, 6)}
    assert score(definition, given_ones) == score(definition, {**given_ones, "q6": None, "q7": None})


@pytest.mark.parametrize(
    ("answers", "total", "band"),
    [
        ((1, 1, 1, 1, 0, 0, 0, None), "4.6", "minimal"),  # 4/7 x 8, above 4 and not yet 5
        ((1, 1, 1, 1, 1, 0, 0, None), "5.7", "mild"),
        ((2, 2, 2, 2, 0, 0, 0, None), "9.1", "mild"),
    ],
)
def test_a_prorated_total_between_two_bands_belongs_to_the_lower(
    shipped: Instruments, answers: tuple[int | None, ...], total: str, band: str
) -> None:
    result = scored(shipped, "phq-8", *answers)
    assert (str(result.total), result.band) == (total, band)


@pytest.mark.parametrize(
    ("name", "answers", "subscale", "total", "cut_offs", "source"),
    [
        ("pseq-10", (6, 5, 4, 3, 2, 1, 0, 6, 5, 4), "pseq-2", 7, (), "items 5 and 9: 2 + 5, computed"),
        ("gad-7", (0, 1, 0, 0, 0, 0, 0), "gad-2", 1, (), "PHQ-4 vector 0,1,3,1 (awell): anxiety 1"),
        (
            "phq-8",
            (3, 1, 0, 0, 0, 0, 0, 0),
            "phq-2",
            4,
            ("positive",),
            "PHQ-4 vector 0,1,3,1 (awell): depression 4",
        ),
        ("phq-8", (1, 1, 0, 0, 0, 0, 0, 0), "phq-2", 2, (), "boundary: positive from 3"),
        ("gad-7", (3, 0, 0, 0, 0, 0, 0), "gad-2", 3, ("positive",), "boundary: positive from 3"),
    ],
)
def test_subscales(
    shipped: Instruments,
    name: str,
    answers: tuple[int, ...],
    subscale: str,
    total: int,
    cut_offs: tuple[str, ...],
    source: str,
) -> None:
    result = scored(shipped, name, *answers).subscales[subscale]
    assert result.total == total, source
    assert result.cut_offs == cut_offs, source


def test_a_subscale_with_one_answer_missing_has_no_score_even_if_the_total_has(shipped: Instruments) -> None:
    result = scored(shipped, "pseq-10", 3, 3, 3, 3, None, 3, 3, 3, 3, 3)
    assert result.total == 30
    assert result.subscales["pseq-2"].total is None


@pytest.mark.parametrize(
    ("name", "total", "is_case"),
    [("phq-8", 9, False), ("phq-8", 10, True), ("gad-7", 7, False), ("gad-7", 8, True)],
)
def test_caseness_begins_at_the_published_score(
    shipped: Instruments, name: str, total: int, is_case: bool
) -> None:
    """PHQ-8: 10 (Kroenke 2009). GAD-7: 8, not 10 (NHS Talking Therapies)."""
    items = shipped.get(name).definition.items
    answers = [min(3, max(0, total - 3 * index)) for index in range(len(items))]
    assert ("caseness" in scored(shipped, name, *answers).cut_offs) is is_case


@pytest.mark.parametrize("value", [-1, 4, True, 1.5, "2"])
def test_an_answer_that_is_not_offered_is_refused(shipped: Instruments, value: object) -> None:
    with pytest.raises(AnswerRefused) as refused:
        score(shipped.get("gad-7").definition, {"q2": value})  # type: ignore[dict-item]
    assert (refused.value.item, refused.value.value, refused.value.allowed) == ("q2", value, (0, 3))


def test_an_item_that_does_not_exist_is_refused(shipped: Instruments) -> None:
    with pytest.raises(AnswerRefused, match="there is no item called 'q9'"):
        score(shipped.get("phq-8").definition, {"q9": 1})
