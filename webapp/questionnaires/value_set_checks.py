"""What must fit together in a value set, and between it and its instrument: every level, every profile."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise, product
from pathlib import Path

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.definitions import Method
from webapp.questionnaires.instrument_files import InstrumentFile, ItemPart
from webapp.questionnaires.located_yaml import Finding, LocatedFile, repeated
from webapp.questionnaires.value_set_files import ValueSetFile, read_table
from webapp.questionnaires.value_set_rules import ValueSet


def problems_in_value_set(
    part: ValueSetFile, found: LocatedFile, known: Mapping[str, InstrumentFile]
) -> list[Problem]:
    """Everything that does not fit together in a value set of one of the known instruments."""
    findings = [*_shape(part, found), *_people(part), *_of_instrument(part, known)]
    if not findings:
        items = _items(known[part.instrument])
        findings += [*(_weights(part, items) if part.kind == "weights" else _table(part, found.path, items))]
    return [found.problem(*finding) for finding in findings]


def problems_in_values(
    part: InstrumentFile, found: LocatedFile, own: Mapping[str, ValueSet]
) -> list[Problem]:
    """What does not fit between an instrument and its value sets: the usual one, and the range."""
    scoring = part.scoring
    if scoring.method is not Method.VALUE_SET or scoring.range is None or scoring.value_set is None:
        return []
    if scoring.value_set not in own:
        suggestion = did_you_mean(scoring.value_set, own)
        words = f"there is no value set '{scoring.value_set}' of '{part.id}'"
        return [found.problem(("scoring", "value_set"), words, suggestion)]
    lowest = min(each.reach[0] for each in own.values())
    highest = max(each.reach[1] for each in own.values())
    if scoring.range[0] <= lowest and highest <= scoring.range[1]:
        return []
    words = f"the value sets give {lowest} to {highest}, which is outside the range"
    return [found.problem(("scoring", "range"), words)]


def _items(part: InstrumentFile) -> list[ItemPart]:
    """The items of the total, in order: their answers make the profile."""
    by_id = {item.id: item for item in part.items}
    wanted = part.scoring.items
    if wanted is None:
        return [item for item in part.items if item.counts]
    return [by_id[name] for name in wanted if name in by_id]


def _shape(part: ValueSetFile, found: LocatedFile) -> Iterator[Finding]:
    if found.path.stem != part.id:
        yield (
            ("id",),
            f"the id '{part.id}' and the file name '{found.path.name}' differ",
            "Make them the same.",
        )
    needed, other = ("weights", "file") if part.kind == "weights" else ("file", "weights")
    if getattr(part, needed) is None:
        yield ("kind",), f"a value set of kind '{part.kind}' needs '{needed}'", ""
    unwanted = (other, "start") if part.kind == "table" else (other, "ages", "sexes")
    for name in unwanted:
        if getattr(part, name):
            yield (name,), f"a value set of kind '{part.kind}' has no '{name}'", "Take it out."


def _people(part: ValueSetFile) -> Iterator[Finding]:
    if bool(part.ages) != bool(part.sexes):
        yield ("ages" if part.ages else "sexes",), "'ages' and 'sexes' go together", ""
    yield from repeated([age.id for age in part.ages], ("ages",))
    yield from repeated(part.sexes, ("sexes",))
    for index, age in enumerate(part.ages):
        if age.at_least > age.at_most:
            yield ("ages", index), f"the ages '{age.id}' end below where they begin", ""
    for index, (before, after) in enumerate(pairwise(part.ages), start=1):
        if after.at_least != before.at_most + 1:
            yield ("ages", index), f"'{after.id}' does not begin where '{before.id}' ends", ""


def _of_instrument(part: ValueSetFile, known: Mapping[str, InstrumentFile]) -> Iterator[Finding]:
    if part.instrument not in known:
        suggestion = did_you_mean(part.instrument, known)
        yield ("instrument",), f"there is no questionnaire '{part.instrument}'", suggestion
    elif known[part.instrument].scoring.method is not Method.VALUE_SET:
        yield ("instrument",), f"the total of '{part.instrument}' is not taken from a value set", ""


def _weights(part: ValueSetFile, items: Sequence[ItemPart]) -> Iterator[Finding]:
    weights = part.weights or {}
    ids = [item.id for item in items]
    for name in weights:
        if name not in ids:
            yield ("weights", name), f"there is no item '{name}' in the total", did_you_mean(name, ids)
    for item in items:
        if item.id not in weights:
            yield ("weights",), f"the weights of '{item.id}' are missing", ""
        elif set(weights[item.id]) != set(range(item.lowest, item.highest + 1)):
            words = f"the weights of '{item.id}' do not hold each answer exactly once"
            yield ("weights", item.id), words, ""


def _table(part: ValueSetFile, path: Path, items: Sequence[ItemPart]) -> Iterator[Finding]:
    try:
        profiles = read_table(path.parent / (part.file or ""), part.columns).profiles
    except OSError as error:
        yield ("file",), f"'{part.file}' cannot be read: {error.strerror}", ""
        return
    except (csv.Error, ValueError) as error:
        yield ("file",), f"'{part.file}' cannot be used: {error}", ""
        return
    levels = [range(item.lowest, item.highest + 1) for item in items]
    wanted = {"".join(map(str, profile)) for profile in product(*levels)}
    if len(profiles) != len(set(profiles)):
        yield ("file",), f"'{part.file}' holds a profile twice", ""
    for words, some in (("lacks", wanted - set(profiles)), ("does not need", set(profiles) - wanted)):
        if some:
            yield ("file",), f"'{part.file}' {words} {len(some)} profiles, such as {min(some)}", ""
