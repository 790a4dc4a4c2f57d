"""The same question in several questionnaires, questions for one person alone, and codes on paper: the plain rules."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.alone_rules import stand_ins, with_alert, without_alert
from webapp.questionnaires.code_rules import ALPHABET, CodeRefused, as_printed, code_from, read_code
from webapp.questionnaires.definitions import Definition
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.rules import score
from webapp.questionnaires.twin_rules import answers_for, asked_once, is_derived, keys_of, twins_of


def definitions(shipped: Instruments, *names: str) -> list[Definition]:
    return [shipped.get(name).definition for name in names]


def all_twins(shipped: Instruments):  # type: ignore[no-untyped-def]
    return twins_of(each.definition for each in shipped.by_id.values())


def test_which_questions_are_the_same(shipped: Instruments) -> None:
    same = all_twins(shipped)
    assert same["peg-3", "q1"] == {("pain-nrs", "q1")}
    assert same["pseq-2", "q1"] == {("pseq-10", "q5")}
    assert same["pseq-2", "q2"] == {("pseq-10", "q9")}
    assert same["phq-4", "q1"] == {("gad-7", "q1")}
    assert same["phq-4", "q3"] == {("phq-8", "q1"), ("phq-9", "q1")}
    assert same["phq-9", "q8"] == {("phq-8", "q8")}
    assert ("phq-9", "q9") not in same and ("peg-3", "q2") not in same


def test_being_the_same_holds_both_ways(shipped: Instruments) -> None:
    same = all_twins(shipped)
    for key, others in same.items():
        assert key not in others
        assert all(key in same[other] for other in others)


def test_average_pain_is_asked_once_and_in_the_peg(shipped: Instruments) -> None:
    asked = asked_once(definitions(shipped, "pain-nrs", "peg-3"), all_twins(shipped))
    assert asked == {("peg-3", "q1"), ("peg-3", "q2"), ("peg-3", "q3")}


def test_beside_the_long_forms_nothing_of_phq_4_is_asked(shipped: Instruments) -> None:
    asked = asked_once(definitions(shipped, "phq-4", "phq-8", "gad-7"), all_twins(shipped))
    assert not any(instrument == "phq-4" for instrument, _ in asked)
    assert len(asked) == 15


def test_short_scores_come_out_of_the_long_forms(shipped: Instruments) -> None:
    """PSEQ 6,5,4,3,2,1,0,6,5,4: PSEQ-2 is items 5 and 9, 2 + 5 = 7 (proms.md §10)."""
    answers = dict(
        zip(keys_of(shipped.get("pseq-10").definition), (6, 5, 4, 3, 2, 1, 0, 6, 5, 4), strict=True)
    )
    same, pseq_2 = all_twins(shipped), shipped.get("pseq-2").definition
    assert is_derived(pseq_2, answers, same)
    assert score(pseq_2, answers_for(pseq_2, [answers], same)).total == Decimal(7)


def test_phq_4_comes_out_of_gad_7_and_phq_8(shipped: Instruments) -> None:
    """GAD-7 0,1,…, PHQ-8 3,1,…: anxiety 0 + 1, depression 3 + 1, total 5 (proms.md §10)."""
    answers: dict[tuple[str, str], int | None] = {
        **dict.fromkeys(keys_of(shipped.get("gad-7").definition), 0),
        **dict.fromkeys(keys_of(shipped.get("phq-8").definition), 1),
        ("gad-7", "q2"): 1,
        ("phq-8", "q1"): 3,
    }
    same, phq_4 = all_twins(shipped), shipped.get("phq-4").definition
    found = score(phq_4, answers_for(phq_4, [answers], same))
    assert found.total == Decimal(5)
    assert {name: each.total for name, each in found.subscales.items()} == {"anxiety": 1, "depression": 4}


def test_a_long_form_never_comes_out_of_a_short_one(shipped: Instruments) -> None:
    same = all_twins(shipped)
    answered = set(keys_of(shipped.get("pseq-2").definition)) | set(keys_of(shipped.get("phq-8").definition))
    for name in ("pseq-10", "phq-9", "gad-7"):
        assert not is_derived(shipped.get(name).definition, answered, same)


def test_a_number_elsewhere_counts_before_rather_not_say(shipped: Instruments) -> None:
    same, pain = all_twins(shipped), shipped.get("pain-nrs").definition
    peg = ("peg-3", "q1")
    assert answers_for(pain, [{peg: None}, {("pain-nrs", "q1"): 6}], same) == {"q1": 6}
    assert answers_for(pain, [{peg: None}], same) == {"q1": None}
    assert answers_for(pain, [{}, {}], same) == {}
    assert answers_for(pain, [{peg: 3}, {peg: 9}], same) == {"q1": 3}  # this sitting before the others


def test_phq_8_stands_in_for_phq_9(shipped: Instruments) -> None:
    known = stand_ins([each.definition for each in shipped.by_id.values() if each.texts], all_twins(shipped))
    assert known["phq-9"] == "phq-8"
    assert without_alert(("phq-9", "gad-7"), known) == ("phq-8", "gad-7")
    assert with_alert(("phq-8", "gad-7"), known) == ("phq-9", "gad-7")
    assert without_alert(("phq-8", "phq-9"), known) == ("phq-8",)


def test_without_a_stand_in_it_is_left_out() -> None:
    assert without_alert(("made-up", "peg-3"), {"made-up": None}) == ("peg-3",)
    assert with_alert(("made-up", "peg-3"), {"made-up": None}) == ("made-up", "peg-3")


seven = st.lists(st.integers(0, 30), min_size=7, max_size=7)


@given(seven)
def test_a_code_is_read_as_it_was_made_however_it_is_typed(numbers: list[int]) -> None:
    code = code_from(numbers)
    assert len(code) == 8 and set(code) <= set(ALPHABET)
    assert not set("01ILO") & set(ALPHABET)
    assert read_code(as_printed(code).lower()) == read_code(f" {code[:3]}-{code[3:]}") == code


@given(seven, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_every_wrong_sign_is_told(numbers: list[int], place: int, sign: str) -> None:
    code = code_from(numbers)
    wrong = code[:place] + sign + code[place + 1 :]
    if wrong != code:
        with pytest.raises(CodeRefused) as refused:
            read_code(wrong)
        assert refused.value.why == "slip"


@given(seven, st.integers(0, 6))
def test_every_swap_of_neighbours_is_told(numbers: list[int], place: int) -> None:
    code = code_from(numbers)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]
    if swapped != code:
        with pytest.raises(CodeRefused):
            read_code(swapped)


@pytest.mark.parametrize(
    ("typed", "why"), [("", "length"), ("ABCD EFG", "length"), ("ABCDEFGHJ", "length"), ("ABCD EFG0", "sign")]
)
def test_what_is_no_code(typed: str, why: str) -> None:
    with pytest.raises(CodeRefused) as refused:
        read_code(typed)
    assert refused.value.why == why


def test_a_code_needs_seven_numbers() -> None:
    for numbers in ([1] * 6, [1] * 6 + [31]):
        with pytest.raises(ValueError, match="seven numbers"):
            code_from(numbers)
