"""Each rule of the engine on small made-up questionnaires: missing answers, ticks, words, groups."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from webapp.questionnaires.group_rules import group_of
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.rules import (
    AnswerRefused,
    Better,
    Condition,
    Definition,
    Group,
    Item,
    ItemKind,
    Method,
    MissingRule,
    NoScore,
    Scale,
    score,
    score_from_total,
)

EVERY_ANSWER = MissingRule(0, "test")


def a_scale(
    items: list[Item],
    method: Method,
    top: int,
    multiply: str = "1",
    missing: MissingRule = EVERY_ANSWER,
) -> Definition:
    """A questionnaire of one scale from 0 to `top`, high is better."""
    names = tuple(item.id for item in items)
    ends = Decimal(0), Decimal(top)
    scale = Scale(
        "x", names, method, *ends, Better.HIGH, decimals=0, missing=missing, multiply=Decimal(multiply)
    )
    return Definition("x", 1, tuple(items), scale)


def numbered(values: tuple[int | None, ...]) -> dict[str, int | None]:
    return {f"q{number}": value for number, value in enumerate(values, start=1)}


def test_sus_recodes_and_multiplies() -> None:
    """Brooke 1996: 5,4,2,1,2,3,2,4,5,2 is 22 x 2.5 = 55. A missing answer counts as the middle, 3."""
    odd = {value: Decimal(value - 1) for value in range(1, 6)}
    items = [Item(f"q{n}", 1, 5, recode=odd) if n % 2 else even_item(n) for n in range(1, 11)]
    middle = MissingRule(10, "Brooke 1996", count_as=Decimal(2))
    sus = a_scale(items, Method.SUM, 100, multiply="2.5", missing=middle)
    answers = (5, 4, 2, 1, 2, 3, 2, 4, 5, 2)
    assert score(sus, numbered(answers)).total == 55
    assert score(sus, numbered((*answers[:5], None, *answers[6:]))).total == 55


def even_item(number: int) -> Item:
    return Item(f"q{number}", 1, 5, recode={value: Decimal(5 - value) for value in range(1, 6)})


@pytest.mark.parametrize(
    ("answers", "percent"),
    [
        ((1, 5, 4, 4, 3, 0, 1, 5, 3, 4), "60"),
        ((1,) * 10, "20"),
        ((5,) * 10, "100"),
        ((2, 2, 2, 2, 2, 2, 2, 1, 1, None), "35.6"),
    ],
)
def test_odi_is_a_share_of_what_was_answered(answers: tuple[int | None, ...], percent: str) -> None:
    """Vectors: awell and qhs; published example 16/45 = 35.5% with one section missed."""
    items = [Item(f"q{n}", 0, 5) for n in range(1, 11)]
    odi = a_scale(items, Method.MEAN, 100, multiply="20", missing=MissingRule(1, "awell"))
    assert str(score(odi, numbered(answers)).total) == percent


@pytest.mark.parametrize(
    ("item", "answer", "counts"),
    [
        (Item("q1", 0, 6, reverse=True), 0, 6),  # CPAQ-8, pain willingness: 6 - x
        (Item("q1", 0, 6, reverse=True), 2, 4),
        (Item("q1", 0, 6, reverse=True), 6, 0),
        (Item("q1", 1, 4, reverse=True), 1, 4),  # a scale from 1 to 4, such as the TSK-17: 5 - x
        (Item("q1", 1, 4, reverse=True), 3, 2),
    ],
)
def test_a_reversed_item_counts_from_the_other_end(item: Item, answer: int, counts: int) -> None:
    assert score(a_scale([item], Method.SUM, 6), {"q1": answer}).total == counts


TWO = (Item("q1", 0, 4), Item("q2", 0, 4), Item("q3", 0, 4))


@pytest.mark.parametrize(
    ("rule", "answers", "total", "reason"),
    [
        (MissingRule(2, "test", never=("q3",)), (4, None, 2), "9.0", None),
        (MissingRule(2, "test", never=("q3",)), (4, 2, None), None, NoScore.NEEDED_MISSING),
        (MissingRule(2, "test", only=("q1",)), (None, 1, 2), "4.5", None),
        (MissingRule(2, "test", only=("q1",)), (1, None, 2), None, NoScore.NEEDED_MISSING),
        (
            MissingRule(2, "test", only=("q1",), count_as=Decimal(0)),
            (None, 1, 2),
            "3.0",
            None,
        ),  # WSAS without work
        (MissingRule(1, "test"), (None, None, 2), None, NoScore.TOO_MANY_MISSING),
        (MissingRule(2, "test"), (None, None, None), None, NoScore.NOTHING_ANSWERED),
    ],
)
def test_which_answers_may_be_missing(
    rule: MissingRule, answers: tuple[int | None, ...], total: str | None, reason: NoScore | None
) -> None:
    result = score(a_scale(list(TWO), Method.SUM, 12, missing=rule), numbered(answers))
    assert (None if result.total is None else str(result.total), result.reason) == (total, reason)


def test_what_is_added_comes_before_what_is_multiplied() -> None:
    """SUS another way round: (sum of odd - sum of even + 20) x 2.5 is (20 + sum) x 2.5."""
    definition = a_scale(list(TWO), Method.SUM, 100, multiply="2.5")
    begun = replace(definition, scale=replace(definition.scale, start=Decimal(20)))
    assert score(begun, numbered((1, 0, 1))).total == 55


def test_words_are_kept_out_of_every_score_and_numbers_out_of_words() -> None:
    definition = a_scale([*TWO], Method.SUM, 12)
    with_words = replace(definition, items=(*TWO, Item("why", 0, 0, kind=ItemKind.WORDS)))
    assert score(with_words, {**numbered((1, 2, 3)), "why": "Because."}).total == 6
    with pytest.raises(AnswerRefused, match="'why' is answered in words, not with '3'"):
        score(with_words, {"why": 3})
    with pytest.raises(AnswerRefused, match="'Because' is not an answer to 'q1'"):
        score(with_words, {"q1": "Because"})


def test_ticks_are_unknown_until_one_sentence_is_answered() -> None:
    ticks = [Item(f"q{n}", 0, 1, kind=ItemKind.TICK) for n in range(1, 4)]
    definition = a_scale(ticks, Method.SUM, 3)
    assert score(definition, numbered((None, None, None))).reason is NoScore.NOTHING_ANSWERED
    assert score(definition, numbered((None, 0, None))).total == 0
    assert score(definition, numbered((1, None, None))).missing == ()


LOW, HIGH, MEDIUM = (
    Group("low", (Condition(scale="total", at_most=Decimal(3)),)),
    Group(
        "high", (Condition(item="q1", one_of=(Decimal(4),)), Condition(scale="total", at_least=Decimal(6)))
    ),
    Group("medium", ()),
)


@pytest.mark.parametrize(
    ("answers", "group"),
    [
        ((1, 1, 1), "low"),
        ((2, 1, 1), "medium"),
        ((4, 1, 1), "high"),  # both conditions at their boundary
        ((4, 1, 0), "medium"),
        ((3, 4, 4), "medium"),
        ((4, 4, None), None),  # no total: nothing is guessed
        ((None, 1, 1), None),
    ],
)
def test_the_first_group_that_holds_is_the_band(answers: tuple[int | None, ...], group: str | None) -> None:
    definition = replace(a_scale(list(TWO), Method.SUM, 12), groups=(LOW, HIGH, MEDIUM))
    result = score(definition, numbered(answers))
    assert (result.group, result.band) == (group, group)


@pytest.mark.parametrize(
    ("groups", "answers", "group"),
    [
        (
            (HIGH, MEDIUM),
            {"q1": 3},
            "medium",
        ),  # one condition is certainly not met: the other does not matter
        ((HIGH, MEDIUM), {"q1": 4}, None),
        ((HIGH,), {"q1": 3}, None),
    ],
)
def test_what_is_not_known_decides_nothing(
    groups: tuple[Group, ...], answers: dict[str, int | None], group: str | None
) -> None:
    assert group_of(groups, {"total": None}, answers) == group


@pytest.mark.parametrize(("total", "band"), [("19", "severe"), ("20", "moderate"), ("60", "minimal")])
def test_a_known_total_has_its_band(shipped: Instruments, total: str, band: str) -> None:
    assert score_from_total(shipped.get("pseq-10").definition.scale, Decimal(total)).band == band


@pytest.mark.parametrize(("name", "total"), [("pseq-10", "61"), ("pseq-10", "-1"), ("fft", "1")])
def test_a_total_that_cannot_be_is_refused(shipped: Instruments, name: str, total: str) -> None:
    with pytest.raises(ValueError, match=name):
        score_from_total(shipped.get(name).definition.scale, Decimal(total))
