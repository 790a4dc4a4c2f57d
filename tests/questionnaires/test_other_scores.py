"""Published vectors of the instruments with ticks, tables, value sets and compound rules."""

from __future__ import annotations

from decimal import Decimal

import pytest

from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.rules import (
    Item,
    NoScore,
    Person,
    Score,
    item_value,
    score,
)


@pytest.mark.parametrize(
    ("name", "answers", "total", "band", "subscales", "source"),
    [
        ("phq-9", (3,) * 9 + (None,), 27, "severe", {}, "MII PRO"),
        (
            "phq-9",
            (0, 0, 0, 1, 2, 1, 3, 2, 1, None),
            10,
            "moderate",
            {},
            "HL7 SDC response: 10, and not its 13",
        ),
        ("phq-4", (0, 1, 3, 1), 5, "mild", {"anxiety": 1, "depression": 4}, "awell"),
        ("pcs", (1,) * 13, 13, "low", {"rumination": 4, "magnification": 3, "helplessness": 6}, "qhs"),
        ("pcs", (2,) * 13, 26, "moderate", {"rumination": 8, "magnification": 6, "helplessness": 12}, "qhs"),
        ("pcs", (3,) * 13, 39, "high", {"rumination": 12, "magnification": 9, "helplessness": 18}, "qhs"),
        ("odi", (1, 5, 4, 4, 3, 0, 1, 5, 3, 4), 60, None, {}, "awell: 30/50"),
        ("odi", (1,) * 10, 20, None, {}, "qhs"),
        ("odi", (2,) * 10, 40, None, {}, "qhs"),
        ("odi", (3,) * 10, 60, None, {}, "qhs"),
        ("odi", (4,) * 10, 80, None, {}, "qhs"),
        ("odi", (5,) * 10, 100, None, {}, "qhs"),
        ("sus", (5, 4, 2, 1, 2, 3, 2, 4, 5, 2), 55, None, {}, "Brooke 1996: 22 x 2.5"),
        ("tsk-11", (1,) * 11, 11, None, {}, "qhs"),
        ("tsk-11", (4,) * 11, 44, None, {}, "qhs"),
        ("start-back", (1, 0, 1, 0, 0, 1, 0, 0, 4), 4, "medium", {"psychosocial": 2}, "Keele, awell"),
        ("start-back", (1,) * 8 + (4,), 9, "high", {"psychosocial": 5}, "Keele, awell"),
        ("start-back", (1, 1, 1, 1, 0, 0, 0, 0, 0), 4, "medium", {"psychosocial": 0}, "Keele, awell"),
        ("start-back", (1, 1, 1, 0, 0, 0, 0, 0, 0), 3, "low", {"psychosocial": 0}, "boundary: 3 is low"),
        (
            "start-back",
            (0, 0, 0, 0, 1, 1, 1, 0, 3),
            4,
            "high",
            {"psychosocial": 4},
            "boundary: 4 of 5 is high",
        ),
        (
            "start-back",
            (1, 1, 1, 0, 1, 1, 1, 0, 2),
            6,
            "medium",
            {"psychosocial": 3},
            "boundary: slightly is 0",
        ),
        ("rmdq-24", (1,) * 12 + (0,) * 12, 12, None, {}, "computed: ticks"),
        ("rmdq-24", (1,) * 12 + (None,) * 12, 12, None, {}, "not ticked is not missing"),
        ("rmdq-24", (0,) * 24, 0, None, {}, "computed: nothing ticked is a score"),
        (
            "hads",
            (3, 1, 1, 0, 0, 2, 1, 3, 2, 0, 1, 1, 3, 0),
            None,
            None,
            {"anxiety": 11, "depression": 7},
            "awell",
        ),
        ("who-5", (5,) * 5, 100, None, {}, "computed: 25 x 4"),
        ("fft", (6,), None, "neither", {}, "don't know counts, as neither"),
        ("ucla-3", (1, 1, 1), 3, None, {}, "computed: 3 is the lowest"),
    ],
)
def test_vectors_of_other_rules(
    shipped: Instruments,
    name: str,
    answers: tuple[int | None, ...],
    total: int | None,
    band: str | None,
    subscales: dict[str, int],
    source: str,
) -> None:
    result = scored_by_numbers(shipped, name, *answers)
    assert result.total == total, source
    assert band is None or result.band == band, source
    assert {key: result.subscales[key].total for key in subscales} == subscales, source


def scored_by_numbers(shipped: Instruments, name: str, *values: int | None) -> Score:
    """As `scored`, leaving out what is answered in words."""
    definition = shipped.get(name).definition
    items = [item.id for item in definition.items if not item.in_words]
    return score(definition, dict(zip(items, values, strict=True)))


@pytest.mark.parametrize("gone", range(9))
def test_item_9_of_the_phq_9_is_never_made_up(shipped: Instruments, gone: int) -> None:
    """Up to two others are filled with the mean of the answered ones; without item 9 there is no score."""
    definition = shipped.get("phq-9").definition
    answers: dict[str, int | None] = {f"q{number}": 2 for number in range(1, 10)}
    result = score(definition, {**answers, f"q{gone + 1}": None})
    if gone == 8:
        assert (result.total, result.reason) == (None, NoScore.NEEDED_MISSING)
    else:
        assert (str(result.total), result.prorated) == ("18.0", True)


@pytest.mark.parametrize(
    ("value", "seen"), [(None, False), (0, False), (1, True), (2, True), (3, True), ("1", False)]
)
def test_an_answer_above_0_to_item_9_must_be_seen(
    shipped: Instruments, value: int | str | None, seen: bool
) -> None:
    definition = shipped.get("phq-9").definition
    assert definition.item("q9").must_be_seen(value) is seen
    assert not any(definition.item(f"q{number}").must_be_seen(3) for number in range(1, 9))


@pytest.mark.parametrize(
    ("value_set", "answers", "value"),
    [
        # fragla/eq5d tests, reproduced: Rowen 2026; van Hout 2012; Devlin 2018
        (None, (1, 1, 1, 1, 1), "1.000"),
        (None, (2, 2, 2, 2, 2), "0.784"),
        (None, (3, 3, 3, 3, 3), "0.604"),
        (None, (4, 4, 4, 4, 4), "-0.209"),
        (None, (5, 5, 5, 5, 5), "-0.567"),
        ("uk-2026-rowen", (2, 2, 2, 2, 2), "0.784"),
        ("uk-crosswalk-vanhout-2012", (1, 1, 2, 2, 1), "0.795"),
        ("uk-crosswalk-vanhout-2012", (4, 4, 4, 4, 1), "0.226"),
        ("uk-crosswalk-vanhout-2012", (4, 4, 5, 2, 5), "0.004"),
        ("uk-crosswalk-vanhout-2012", (5, 5, 5, 5, 5), "-0.594"),
        ("england-devlin-2018", (2, 3, 2, 4, 5), "0.247"),
        ("england-devlin-2018", (1, 1, 1, 1, 2), "0.922"),
        ("england-devlin-2018", (5, 5, 5, 5, 5), "-0.285"),
    ],
)
def test_a_value_names_the_set_that_it_was_taken_from(
    shipped: Instruments, value_set: str | None, answers: tuple[int, ...], value: str
) -> None:
    definition = shipped.get("eq-5d-5l").definition
    named = dict(zip((item.id for item in definition.items), answers, strict=False))
    result = score(definition, named, value_set)
    assert str(result.total) == value
    assert result.value_set == (value_set or "uk-2026-rowen")
    assert result.profile == "".join(map(str, answers))


def test_one_dimension_missing_is_no_value(shipped: Instruments) -> None:
    definition = shipped.get("eq-5d-5l").definition
    names = [item.id for item in definition.items][:5]
    result = score(definition, dict.fromkeys(names[:4], 2))
    assert (result.total, result.profile, result.missing) == (None, None, (names[4],))


def test_a_value_set_that_asks_who_answered_says_nothing_of_somebody_unknown(shipped: Instruments) -> None:
    definition = shipped.get("eq-5d-5l").definition
    answers = dict.fromkeys([item.id for item in definition.items][:5], 3)
    known = [
        score(definition, answers, "uk-dsu-2023", Person(age, sex))
        for age, sex in ((20, "female"), (70, "male"))
    ]
    assert None not in {each.total for each in known} and len({each.total for each in known}) == 2
    for person in (Person(), Person(20), Person(None, "male"), Person(17, "male"), Person(200, "male")):
        unknown = score(definition, answers, "uk-dsu-2023", person)
        assert (unknown.total, unknown.reason, unknown.profile) == (None, NoScore.PERSON_UNKNOWN, "33333")


def test_a_value_set_that_is_not_there_is_refused(shipped: Instruments) -> None:
    for name in ("eq-5d-5l", "gad-7"):
        with pytest.raises(ValueError, match="has no value set 'mars-2030'"):
            score(shipped.get(name).definition, {}, "mars-2030")


def test_a_table_gives_what_it_holds_for_the_sum(shipped: Instruments) -> None:
    """PROMIS Global-10, physical health: a raw sum of 4 is a T of 16.2, one of 20 is 67.7 (awell)."""
    definition = shipped.get("promis-global-10").definition
    physical = next(scale for scale in definition.subscales if "physical" in scale.id)
    assert physical.table is not None
    assert (physical.table[4], physical.table[20]) == (Decimal("16.2"), Decimal("67.7"))
    ends = [best_and_worst(definition.item(name)) for name in physical.items]
    for place, expected in ((0, "67.7"), (1, "16.2")):
        answers = {name: end[place] for name, end in zip(physical.items, ends, strict=True)}
        assert str(score(definition, answers).subscales[physical.id].total) == expected


def best_and_worst(item: Item) -> tuple[int, int]:
    ordered = sorted(range(item.minimum, item.maximum + 1), key=lambda answer: item_value(item, answer))
    return ordered[-1], ordered[0]
