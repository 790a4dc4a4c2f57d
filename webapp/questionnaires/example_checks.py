"""Recomputes the worked examples of a questionnaire's file, and tells each that differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.definitions import Definition
from webapp.questionnaires.instrument_files import ExamplePart, InstrumentFile
from webapp.questionnaires.located_yaml import Finding, LocatedFile, Place
from webapp.questionnaires.rules import Person, Score, score
from webapp.questionnaires.typed_answers import answers_from

GIVEN = {"answers", "source", "value_set", "age", "sex"}
COMPARED = ("total", "band", "cut_offs", "missing", "prorated", "profile")


def problems_in_examples(part: InstrumentFile, definition: Definition, found: LocatedFile) -> list[Problem]:
    """Every example that cannot be scored, says nothing or differs from what the rule gives."""
    findings: list[Finding] = []
    for index, example in enumerate(part.examples):
        findings += _example(example, definition, ("examples", index))
    return [found.problem(*finding) for finding in findings]


def _example(example: ExamplePart, definition: Definition, place: Place) -> Iterator[Finding]:
    if not example.model_fields_set - GIVEN:
        yield place, "this example says nothing about the score", "Give its 'total', for one."
    if example.value_set is not None and example.value_set not in definition.value_sets:
        suggestion = did_you_mean(example.value_set, definition.value_sets)
        yield (*place, "value_set"), f"there is no value set '{example.value_set}'", suggestion
        return
    try:
        person = Person(example.age, example.sex)
        got = score(definition, answers_from(definition, example.answers), example.value_set, person)
    except ValueError as error:
        yield (*place, "answers"), f"the example '{example.answers}' cannot be scored: {error}", ""
        return
    yield from _differences(example, got, place)


def _differences(example: ExamplePart, got: Score, place: Place) -> Iterator[Finding]:
    for name in COMPARED:
        if name in example.model_fields_set and _plain(getattr(example, name)) != _plain(getattr(got, name)):
            wanted, have = _shown(getattr(example, name)), _shown(getattr(got, name))
            words = f"the example '{example.answers}' gives the {name} {have}, not {wanted}"
            yield (*place, name), words, ""
    totals = {name: each.total for name, each in got.subscales.items()}
    yield from _by_subscale(example, example.subscales, totals, (*place, "subscales"))
    bands = {name: each.band for name, each in got.subscales.items()}
    yield from _by_subscale(example, example.subscale_bands, bands, (*place, "subscale_bands"))


def _by_subscale(
    example: ExamplePart, wanted: Mapping[str, object], got: Mapping[str, object], place: Place
) -> Iterator[Finding]:
    for name, value in wanted.items():
        if name not in got:
            yield (*place, name), f"there is no subscale '{name}'", did_you_mean(name, got)
        elif got[name] != value:
            have = f"{_shown(got[name])}, not {_shown(value)}"
            yield (*place, name), f"the example '{example.answers}' gives '{name}' {have}", ""


def _plain(value: object) -> object:
    return tuple(value) if isinstance(value, list | tuple) else value


def _shown(value: object) -> str:
    if value is None:
        return "null"
    if isinstance(value, list | tuple):
        return f"[{', '.join(map(str, value))}]"
    return f"{value:f}" if isinstance(value, Decimal) else str(value).lower()
