"""Every worked example of every questionnaire file, recomputed through the command that a service uses."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest
from click.testing import CliRunner

from tests.questionnaires.conftest import OWN_FOLDER
from webapp.commands import main
from webapp.commands import questionnaires as command
from webapp.questionnaires.instruments import Example, Instruments, read_instruments
from webapp.questionnaires.rules import score
from webapp.questionnaires.typed_answers import answers_from

SHIPPED = read_instruments([OWN_FOLDER])
EXAMPLES = [(each.id, example) for each in SHIPPED.by_id.values() for example in each.examples]


@pytest.fixture(autouse=True)
def files_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command reads every file at each call; here it is given what was read above."""
    monkeypatch.setattr(command, "read_instruments", lambda folders: SHIPPED)


def scored(name: str, example: Example) -> dict[str, Any]:
    """What the command prints for the answers of an example."""
    given = {"--value-set": example.value_set, "--age": example.age, "--sex": example.sex}
    options = [word for option, value in given.items() if value is not None for word in (option, str(value))]
    result = CliRunner().invoke(main, ["questionnaires", "score", name, example.answers, *options])
    assert result.exit_code == 0, result.stderr
    printed: dict[str, Any] = json.loads(result.stdout, parse_float=Decimal, parse_int=Decimal)
    return printed


@pytest.mark.parametrize(
    ("name", "example"),
    EXAMPLES,
    ids=[f"{name}:{example.answers}:{example.value_set or 'default'}" for name, example in EXAMPLES],
)
def test_the_command_gives_what_the_example_says(name: str, example: Example) -> None:
    printed = scored(name, example)
    assert printed["id"] == name
    for what, wanted in example.expected.items():
        if what in ("subscales", "subscale_bands"):
            assert {key: printed[what][key] for key in wanted} == wanted
        else:
            assert printed[what] == wanted


def test_every_questionnaire_has_examples() -> None:
    assert [each.id for each in SHIPPED.by_id.values() if not each.examples] == []


@pytest.mark.parametrize("name", [each.id for each in SHIPPED.by_id.values() if each.texts])
def test_the_questionnaires_with_text_have_examples_with_and_without_missing_answers(name: str) -> None:
    examples = SHIPPED.get(name).examples
    assert len(examples) >= 4
    assert all(example.expected.keys() & {"total", "subscales"} for example in examples)
    assert any("-" in example.answers for example in examples)
    assert any("-" not in example.answers for example in examples)


@pytest.mark.parametrize("name", [each.id for each in SHIPPED.by_id.values() if each.texts])
def test_the_examples_reach_both_ends_of_the_scale_and_every_band(name: str) -> None:
    """By the scores that the rule gives, which the test above compares with the examples."""
    instrument = SHIPPED.get(name)
    definition = instrument.definition
    scores = [score(definition, answers_from(definition, each.answers)) for each in instrument.examples]
    totals = {each.total for each in scores if each.total is not None}
    if definition.scale.method.value != "none":
        assert {definition.scale.minimum, definition.scale.maximum} <= totals
        assert any(each.total is None for each in scores)
    wanted = {band.id for band in definition.scale.bands} | {group.id for group in definition.groups}
    assert wanted <= {each.band for each in scores}


@pytest.mark.parametrize("name", ["gad-7", "phq-4", "phq-8", "phq-9", "pseq-10", "ucla-3"])
def test_the_examples_stand_on_both_sides_of_every_edge_between_bands(name: str) -> None:
    instrument = SHIPPED.get(name)
    totals = {example.expected["total"] for example in instrument.examples}
    bands = instrument.definition.scale.bands
    edges = {edge for band in bands for edge in (band.at_least, band.at_most)}
    assert edges <= totals


def test_every_example_tells_where_it_comes_from(shipped: Instruments) -> None:
    for each in shipped.by_id.values():
        for example in each.examples:
            assert len(example.source) > 10, (each.id, example.answers)


def test_an_example_that_is_wrong_would_be_seen(shipped: Instruments) -> None:
    """The published example of the HL7 PHQ-9 states 13; its answers add up to 10."""
    definition = shipped.get("phq-9").definition
    assert score(definition, answers_from(definition, "0,0,0,1,2,1,3,2,1")).total == 10
