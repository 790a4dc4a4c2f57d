"""Mistakes in the richer parts of a file: ticks, words, tables, groups, alerts, twins, examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from tests.questionnaires.rich_files import FILES, POOR, RICH, changed, problems
from webapp.questionnaires.instruments import QuestionnairesRefused, read_instruments

Writes = Callable[[Mapping[str, str]], Path]


def test_the_sound_files_are_read(folder_with: Writes) -> None:
    found = read_instruments([folder_with(FILES)])
    assert sorted(found.by_id) == ["poor", "rich", "worth"]
    assert sorted(found.value_sets) == ["told", "weighed"]
    rich = found.get("rich")
    assert rich.definition.item("q1").same_as == ("poor/q1",)
    assert (rich.codes.snomed, dict(rich.codes.answers_of("q1"))) == ("720433000", {0: "LA6568-5"})
    assert rich.codes.answers_of("q3") == {}
    assert [example.expected["total"] for example in rich.examples] == [4, 2, None]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        # the items
        ("{id: q1, min: 0, max: 3, alert", "{id: q1, min: 0, alert", ["11: 'max' is missing."]),
        ("kind: tick", "kind: tik", ["12: 'tik' is not a 'kind'. Did you mean 'tick'?"]),
        (
            "kind: tick",
            "kind: tick, max: 4",
            ["12: 'q2' is to tick: it goes from 0 to 1. Take out 'min' and 'max'."],
        ),
        (
            "kind: words",
            "kind: words, max: 4",
            ["13: 'why' is answered in words, so it has no 'max'. Take it out."],
        ),
        ("alert_from: 1", "alert_from: 4", ["11: 4 is outside the answers of 'q1', from 1 to 3."]),
        ("alert_from: 1", "alert_from: 0", ["11: 0 is outside the answers of 'q1', from 1 to 3."]),
        ("poor/q1", "por/q1", ["11: there is no questionnaire 'por'. Did you mean 'poor'?"]),
        ("poor/q1", "poor/q3", ["11: there is no item 'q3' in 'poor'. Known here: q1, q2."]),
        ("poor/q1", "poor/q2", ["11: 'poor/q2' cannot be the same question: it has other answers."]),
        ("poor/q1", "rich/q1", ["11: 'rich/q1' is this question itself."]),
        ("[poor/q1]", "[poor/q1, poor/q1]", ["11: 'poor/q1' is already used in this list."]),
        # the scoring
        ("  range: [0, 4]\n", "", ["15: 'range' is missing."]),
        (
            "  method: sum\n",
            "  method: sum\n  items: [q1, why]\n",
            ["17: 'why' is answered in words, so it has no score."],
        ),
        (
            "  method: sum\n",
            "  method: sum\n  value_set: x\n",
            ["17: 'value_set' goes with the method 'value-set', and with no other."],
        ),
        ("never: [q1]", "never: [q3]", ["20: 'q3' is not in this scale. Known here: q1, q2."]),
        ("only: [q2]", "only: [q1]", ["20: 'q1' may never be missing, so it cannot be among 'only'."]),
        ("count_as: 0", "count_as: 2", ["20: 2 is not what 'q2' can count for."]),
        (
            "  decimals: 0\n",
            "  decimals: 0\n  start: 1\n",
            ["17: the range is given as 0 to 4, but the items can give 1 to 5."],
        ),
        # the table
        ("{0: 20, 1: 50, 2: 80}", "{0: 20, 2: 80}", ["31: the table lacks the sum 1."]),
        ("{0: 20, 1: 50, 2: 80}", "{0: 20, 1: 50, 2: 80, 3: 70}", ["31: the items cannot give the sum 3."]),
        ("range: [20, 80]", "range: [0, 80]", ["32: the range is not that of the table, 20 to 80."]),
        (
            "      table:",
            "      multiply: 2\n      table:",
            ["32: a table stands on the plain sum, without 'start' or 'multiply'."],
        ),
        ("      method: sum", "      method: none", ["30: a subscale cannot have the method 'none'."]),
        # the groups
        ("scale: total", "scale: totl", ["25: there is no scale 'totl'. Did you mean 'total'?"]),
        (
            "item: q1, one",
            "item: why, one",
            ["25: there is no item 'why' with numbers. Known here: q1, q2, q3."],
        ),
        (
            "item: q1, one",
            "item: q1, scale: total, one",
            ["25: exactly one of 'scale' and 'item' is needed."],
        ),
        (
            "{scale: total, at_least: 3}",
            "{scale: total}",
            ["25: one of 'at_least', 'at_most' and 'one_of' is needed."],
        ),
        (
            "when: [{scale: total, at_least: 3}, {item: q1, one_of: [3]}]",
            "when: []",
            ["25: 'high' always holds, so nothing after it can. Put it last."],
        ),
        ("bands: {high: High, low: Low}", "bands: {high: High}", ["37: the band 'low' has no text."]),
        (
            "  groups:",
            "  bands: {staff_only: true, source: x, "
            "levels: [{id: low, from: 0, to: 0}, {id: high, from: 1, to: 4}]}\n  groups:",
            ["25: the total has bands already, so it cannot have groups. Keep one of them."],
        ),
        # the codes
        ("44249-1", "44249-2", ["8: '44249-2' is not a LOINC code: its last digit does not fit."]),
        ("720433000", "720433001", ["9: '720433001' is not a SNOMED CT code: its last digit does not fit."]),
        ("{q1: {0: LA", "{q9: {0: LA", ["8: there is no item 'q9'. Known here: q1, q2, q3, why."]),
        ("{q1: {0: LA", "{q1: {7: LA", ["8: 7 is not an answer to 'q1'."]),
        # the examples
        ("total: 4, band: high", "total: 5, band: high", ["46: the example '3,1' gives the total 4, not 5."]),
        ("band: high, sub", "band: low, sub", ["46: the example '3,1' gives the band high, not low."]),
        ("{t-score: 50}", "{t-score: 80}", ["47: the example '2,0,1' gives 't-score' 50.0, not 80."]),
        ("{t-score: 50}", "{t-scor: 50}", ["47: there is no subscale 't-scor'. Did you mean 't-score'?"]),
        ("missing: [q1]", "missing: [q2]", ["48: the example '-,1' gives the missing [q1], not [q2]."]),
        (
            'answers: "3,1"',
            'answers: "3,2"',
            [
                "46: the example '3,2' cannot be scored: '2' is not an answer to 'q2': "
                "whole numbers from 0 to 1 are."
            ],
        ),
        (
            'answers: "3,1"',
            'answers: "3"',
            ["46: the example '3' cannot be scored: 'rich' has 2 to 3 items, but 1 answer was given."],
        ),
        (
            "total: null, missing: [q1], source",
            "source",
            ["48: this example says nothing about the score. Give its 'total', for one."],
        ),
        ('answers: "3,1"', "answers: 3", ["46: 'answers': text is needed, not '3'; put it in quotes."]),
    ],
)
def test_what_is_told_about_a_mistake(folder_with: Writes, right: str, wrong: str, told: list[str]) -> None:
    assert problems(folder_with(changed("rich.yml", right, wrong))) == [f"rich.yml:{line}" for line in told]


@pytest.mark.parametrize(
    ("right", "wrong", "told"),
    [
        (
            "{method: none}",
            "{method: none, range: [0, 3]}",
            "11: there is no total, so it has no 'range'. Take it out.",
        ),
        (
            "{method: none}",
            "{method: none, groups: {staff_only: true, source: x, levels: "
            "[{id: a, when: [{scale: total, at_least: 1}]}, {id: b, when: []}]}}",
            "11: there is no scale 'total'.",
        ),
    ],
)
def test_a_questionnaire_without_a_total_has_nothing_of_one(
    folder_with: Writes, right: str, wrong: str, told: str
) -> None:
    assert f"poor.yml:{told}" in problems(folder_with(changed("poor.yml", right, wrong)))


def test_examples_are_required(folder_with: Writes) -> None:
    without = POOR[: POOR.index("examples:")]
    assert "poor.yml:1: 'examples' is missing." in problems(folder_with({**FILES, "poor.yml": without}))


def test_a_mistake_in_one_file_hides_no_example_of_another(folder_with: Writes) -> None:
    files = changed("rich.yml", "total: 4, band: high", "total: 5, band: high")
    files["poor.yml"] = files["poor.yml"].replace("minutes: 1", "minutes: one")
    assert problems(folder_with(files)) == [
        "poor.yml:6: 'minutes': a whole number is needed, not 'one'.",
        "rich.yml:46: the example '3,1' gives the total 4, not 5.",
    ]


def test_the_sub_folders_are_read_and_may_be_absent(folder_with: Writes) -> None:
    moved = {
        **FILES,
        "non-commercial/rich.yml": FILES["rich.yml"],
        "scoring-only/poor.yml": FILES["poor.yml"],
    }
    for name in ("rich.yml", "poor.yml"):
        del moved[name]
    found = read_instruments([folder_with(moved)])
    assert found.get("rich").path.parent.name == "non-commercial"
    assert found.get("poor").path.parent.name == "scoring-only"


def test_no_text_may_lie_among_those_that_are_only_scored(folder_with: Writes) -> None:
    files = {**FILES, "scoring-only/rich.yml": RICH}
    del files["rich.yml"]
    assert problems(folder_with(files)) == [
        "scoring-only/rich.yml:7: no file in 'scoring-only' may hold a text."
    ]


def test_a_file_without_text_does_not_take_the_place_of_another_without(
    folder_with: Writes, tmp_path: Path
) -> None:
    folder = folder_with(FILES)
    own = tmp_path / "own"
    own.mkdir()
    (own / "poor.yml").write_text(POOR, encoding="utf-8")
    with pytest.raises(QuestionnairesRefused, match=f"'poor' is already in {folder}/poor.yml"):
        read_instruments([folder, own])
