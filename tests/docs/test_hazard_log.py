"""The hazard log is the rendering of its source, and every control names a test that is really there."""

from __future__ import annotations

import ast
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from webapp.commands.docs_hazards import hazards_as_markdown, rating, read_hazards

ROOT = Path(__file__).resolve().parents[2]
LOG = read_hazards()
CONTROLS: list[dict[str, Any]] = [control for hazard in LOG["hazards"] for control in hazard["controls"]]
NOT_ACCEPTABLE_FROM = 4


@cache
def names_of_tests_in(file: Path) -> frozenset[str]:
    """The names of the test functions of a file, without importing it."""
    body = ast.parse(file.read_text(encoding="utf-8")).body
    functions = (node.name for node in body if isinstance(node, ast.FunctionDef))
    return frozenset(name for name in functions if name.startswith("test_"))


@pytest.mark.parametrize("control", CONTROLS, ids=lambda control: control["id"])
def test_the_test_of_a_control_exists(control: dict[str, Any]) -> None:
    path, _, name = control["test"].partition("::")
    assert (ROOT / path).is_file(), f"{control['id']} names {path}, which is not there"
    assert name in names_of_tests_in(ROOT / path), f"{control['id']} names {name}, which is not in {path}"


def test_the_log_is_current() -> None:
    written = (ROOT / "docs" / "safety" / "hazard-log.md").read_text(encoding="utf-8")
    assert written == hazards_as_markdown(LOG), "run: .venv/bin/waymark docs hazards"


def test_there_are_hazards_to_look_at_and_each_is_whole() -> None:
    assert len(LOG["hazards"]) >= 18
    for hazard in LOG["hazards"]:
        for part in ("hazard", "harm", "causes", "controls", "service", "before", "after", "status"):
            assert hazard[part], f"{hazard['id']} has no {part}"


def test_every_id_is_given_once_and_a_control_belongs_to_its_hazard() -> None:
    ids = Counter([hazard["id"] for hazard in LOG["hazards"]] + [control["id"] for control in CONTROLS])
    assert not [name for name, times in ids.items() if times > 1]
    for hazard in LOG["hazards"]:
        assert all(control["id"].startswith(f"{hazard['id']}-C") for control in hazard["controls"])


@pytest.mark.parametrize("hazard", LOG["hazards"], ids=lambda hazard: hazard["id"])
def test_controls_never_raise_a_rating_and_none_stays_unacceptable(hazard: dict[str, Any]) -> None:
    before, after = rating(LOG, hazard["before"]), rating(LOG, hazard["after"])
    assert after <= before
    assert after < NOT_ACCEPTABLE_FROM


def test_nothing_says_that_it_is_approved() -> None:
    assert {hazard["status"] for hazard in LOG["hazards"]} <= {"proposed, to be signed", "open"}
