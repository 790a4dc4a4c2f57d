"""`waymark questionnaires check | list | score`, as a clinician types it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import grimp
import pytest
from click.testing import CliRunner, Result

from webapp.commands import main

Writes = Callable[[Mapping[str, str]], Path]


def typed(*words: str) -> Result:
    return CliRunner().invoke(main, ["questionnaires", *words])


def test_check_of_the_shipped_files_finds_nothing() -> None:
    result = typed("check")
    assert result.exit_code == 0, result.output
    assert re.fullmatch(r"[0-9]+ questionnaires and [0-9]+ sittings: no problems\.\n", result.output)


def test_check_lists_every_problem_and_ends_with_1(folder_with: Writes) -> None:
    folder = folder_with({"a.yml": "", "b.yml": "id: [\n"})
    result = typed("check", "--folder", str(folder))
    assert result.exit_code == 1
    assert f"{folder}/a.yml:1: this file is empty." in result.stderr
    assert f"{folder}/b.yml:2: this cannot be read as YAML" in result.stderr
    assert result.stderr.endswith("Problems: 2\n")
    assert result.stdout == ""


def test_list_names_each_with_its_range_and_languages() -> None:
    lines = {line.split()[0]: line.split("  ") for line in typed("list").output.splitlines()}
    cells = [cell.strip() for cell in lines["gad-7"] if cell.strip()]
    assert cells[2:] == ["7", "0 to 21", "high_worse", "en", "yes", "ship", "questionnaires", "3"]
    assert {"gad-7", "peg-3", "phq-8", "pseq-10"} <= set(lines)


def test_score_with_a_missing_answer() -> None:
    result = typed("score", "gad-7", "1,1,1,-,1,0,-")
    assert result.exit_code == 0
    said = json.loads(result.stdout)
    assert (said["total"], said["band"], said["missing"], said["prorated"]) == (
        5.6,
        "mild",
        ["q4", "q7"],
        True,
    )
    assert said["subscales"]["gad-2"] == 2


def test_the_json_of_a_score_whole() -> None:
    assert json.loads(typed("score", "phq-4", "0,1,3,1").stdout) == {
        "id": "phq-4",
        "version": 1,
        "total": 5,
        "subscales": {"anxiety": 1, "depression": 4},
        "band": "mild",
        "missing": [],
        "subscale_bands": {"anxiety": None, "depression": None},
        "cut_offs": [],
        "subscale_cut_offs": {"anxiety": [], "depression": ["positive"]},
        "prorated": False,
        "reason": None,
        "answered": 4,
    }


@pytest.mark.parametrize(
    ("answers", "total", "missing"),
    [
        (["3, 0, 1, 2, 1, 0, 0"], 7, []),
        (["3,", "0,", "1,", "2,1,0,", "0"], 7, []),  # spaces without quotes
        (["-,", "-,1,1,1,1,1"], 7.0, ["q1", "q2"]),
    ],
)
def test_answers_may_have_spaces_and_begin_with_a_hyphen(
    answers: list[str], total: float, missing: list[str]
) -> None:
    said = json.loads(typed("score", "gad-7", *answers).stdout)
    assert (said["total"], said["missing"]) == (total, missing)


@pytest.mark.parametrize("answers", ["1,1,1,1,1,1,1,1,1", "1,1,1,1,1,1,1,1,1,-", "1,1,1,1,1,1,1,1,1,3"])
def test_an_optional_question_at_the_end_may_be_left_out(answers: str) -> None:
    assert json.loads(typed("score", "phq-9", answers).stdout)["total"] == 9


def test_a_missing_item_9_is_no_score() -> None:
    said = json.loads(typed("score", "phq-9", "1,1,1,1,1,1,1,1,-").stdout)
    assert (said["total"], said["missing"], said["reason"]) == (None, ["q9"], "needed_missing")


def test_words_are_not_typed() -> None:
    said = json.loads(typed("score", "fft", "2").stdout)
    assert (said["total"], said["band"], said["reason"]) == (None, "positive", "no_total")


@pytest.mark.parametrize(
    ("words", "total", "value_set"),
    [
        ((), 0.784, "uk-2026-rowen"),
        (("--value-set", "uk-2026-rowen"), 0.784, "uk-2026-rowen"),
        (("--value-set", "uk-crosswalk-vanhout-2012"), None, "uk-crosswalk-vanhout-2012"),
        (("--value-set", "uk-dsu-2023"), None, "uk-dsu-2023"),
        (("--value-set", "uk-dsu-2023", "--age", "52", "--sex", "female"), None, "uk-dsu-2023"),
    ],
)
def test_a_value_set_is_chosen_by_name(words: tuple[str, ...], total: float | None, value_set: str) -> None:
    said = json.loads(typed("score", "eq-5d-5l", "2,2,2,2,2", *words).stdout)
    assert (said["profile"], said["value_set"]) == ("22222", value_set)
    assert said["subscales"]["level-sum"] == 10
    assert total is None or said["total"] == total
    lacks_person = value_set == "uk-dsu-2023" and "--age" not in words
    assert (said["total"] is None) is lacks_person
    assert said["reason"] == ("person_unknown" if lacks_person else None)


def change_of(*words: str) -> dict[str, Any]:
    result = typed("change", *words)
    assert result.exit_code == 0, result.stderr
    told: dict[str, Any] = json.loads(result.stdout)
    return told


def test_the_change_between_two_scores() -> None:
    """PSEQ: 18 to 26 is 8 and another band; 21 to 29 is 8 within one band (ePPOC)."""
    found = change_of("pseq-10", "18", "26", "--scores")
    assert (found["by"], found["direction"], found["bands"]) == (8, "better", ["severe", "moderate"])
    assert [rule["id"] for rule in found["reaches"]] == ["eppoc", "mic"]
    assert found["reaches"][0] == {
        "id": "eppoc",
        "purpose": "matters",
        "method": "compound rule, at least 7 points and another band",
        "source": "ePPOC (electronic Persistent Pain Outcomes Collaboration) manual",
        "standing": "read",
        "points": 7,
        "percent": None,
        "another_band": True,
    }
    within = change_of("pseq-10", "21", "29", "--scores")
    assert [rule["id"] for rule in within["reaches"]] == ["mic"]
    assert (within["more_than_chance"], within["subscales"]) == ([], {})


def test_the_change_between_two_sets_of_answers() -> None:
    found = change_of("gad-7", "-,2,2,2,2,2,2", "1,1,1,1,1,1,1")
    assert (found["earlier"], found["later"], found["by"], found["improvement"]) == (14.0, 7, -7.0, 7.0)
    assert (found["direction"], found["more_than_chance"]) == ("better", ["nhs-tt", "test-retest"])
    assert found["subscales"]["gad-2"]["direction"] == "none"


def test_the_change_of_a_subscale() -> None:
    found = change_of("pseq-10", "5", "7", "--scores", "--subscale", "pseq-2")
    assert [rule["id"] for rule in found["reaches"]] == ["mic"]


def test_score_may_begin_with_a_missing_answer_and_be_none() -> None:
    said = json.loads(typed("score", "peg-3", "-,7,5").stdout)
    assert (said["total"], said["missing"], said["reason"]) == (None, ["q1"], "too_many_missing")


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("gad-7", "4,0,0,0,0,0,0"), "'4' is not an answer to 'q1': whole numbers from 0 to 3 are\n"),
        (("peg-3", "1,x,3"), "'x' is not an answer to 'q2': whole numbers from 0 to 10 are\n"),
        (("peg-3", "1,,3"), "'' is not an answer to 'q2': whole numbers from 0 to 10 are\n"),
        (("peg-3", "1,2"), "'peg-3' has 3 items, but 2 answers were given\n"),
        (("peg3", "1,2,3"), "there is no questionnaire 'peg3'. Did you mean 'peg-3'?\n"),
        (("peg-3", "1", "2", "3"), "'peg-3' has 3 items, but 1 answer was given\n"),
        (("phq-9", "1,2"), "'phq-9' has 9 to 10 items, but 2 answers were given\n"),
        (("rmdq-24", ",".join("2" * 24)), "'2' is not an answer to 'q1': whole numbers from 0 to 1 are\n"),
        (("gad-7", "1,1,1,1,1,1,1.5"), "'1.5' is not an answer to 'q7': whole numbers from 0 to 3 are\n"),
        (("peg-3", "1,2,3", "--value-set", "x"), "'peg-3' has no value set 'x'.\n"),
        (
            ("eq-5d-5l", "1,1,1,1,1", "--value-set", "uk-2026-rowan"),
            "'eq-5d-5l' has no value set 'uk-2026-rowan'. Did you mean 'uk-2026-rowen'?\n",
        ),
        (
            ("eq-5d-5l", "1,1,1,1,1", "--sex", "f"),
            "'f' is not a sex of a value set here. Known here: female, male.\n",
        ),
    ],
)
def test_score_refuses_what_cannot_be_scored(words: tuple[str, ...], told: str) -> None:
    result = typed("score", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("gad-7", "22", "3", "--scores"), "22 is not a score of 'gad-7': 0 to 21 are\n"),
        (("gad-7", "x", "3", "--scores"), "'x' is not a number\n"),
        (("gad-7", "nan", "3", "--scores"), "'nan' is not a number\n"),
        (("fft", "1", "3", "--scores"), "'fft' has no total\n"),
        (("gad-7", "1,1", "2,2"), "'gad-7' has 7 items, but 2 answers were given\n"),
        (
            ("pseq-10", "1", "2", "--scores", "--subscale", "pseq2"),
            "'pseq-10' has no scale called 'pseq2'. Did you mean 'pseq-2'?\n",
        ),
        (
            ("pseq-10", "1", "2", "--subscale", "pseq-2"),
            "'--subscale' goes with '--scores': answers give every subscale anyway\n",
        ),
        (("gad7", "1", "2"), "there is no questionnaire 'gad7'. Did you mean 'gad-7'?\n"),
    ],
)
def test_change_refuses_what_cannot_be_compared(words: tuple[str, ...], told: str) -> None:
    result = typed("change", *words)
    assert (result.exit_code, result.stdout, result.stderr) == (2, "", told)


def test_the_command_reaches_neither_flask_nor_settings_nor_database() -> None:
    graph = grimp.build_graph("webapp", include_external_packages=True)
    reached = graph.find_upstream_modules("webapp.commands.questionnaires")
    assert "webapp.questionnaires.rules" in reached
    assert not reached & {
        "flask",
        "sqlalchemy",
        "psycopg",
        "pydantic_settings",
        "webapp.foundations.settings",
    }


RULES = {
    f"webapp.questionnaires.{name}"
    for name in (
        "change_rules",
        "definitions",
        "effect_size_rules",
        "group_rules",
        "missing_rules",
        "outcome_rules",
        "reliable_change_rules",
        "rules",
        "schedule_rules",
        "talking_therapies_rules",
        "value_set_rules",
    )
}


@pytest.mark.parametrize("module", sorted(RULES))
def test_the_rules_stand_on_the_standard_library_alone(module: str) -> None:
    graph = grimp.build_graph("webapp", include_external_packages=True)
    reached = graph.find_upstream_modules(module)
    assert reached & set(graph.modules) - RULES <= STANDARD


STANDARD = {
    "__future__",
    "calendar",
    "collections",
    "dataclasses",
    "datetime",
    "decimal",
    "enum",
    "fractions",
    "math",
    "statistics",
    "types",
}
