"""`waymark questionnaires check | list | score`, as a clinician types it."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path

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
    ],
)
def test_score_refuses_what_cannot_be_scored(words: tuple[str, str], told: str) -> None:
    result = typed("score", *words)
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
        "group_rules",
        "missing_rules",
        "rules",
        "schedule_rules",
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
    "types",
}
