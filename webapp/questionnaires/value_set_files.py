"""The shape of a file in `value-sets/`: weights for each level, or the name of a table beside it.

What must fit together (every level of every item, every profile of the table) is checked here too.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from itertools import product
from pathlib import Path
from types import MappingProxyType
from typing import Literal

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.definitions import Method
from webapp.questionnaires.instrument_files import FilePart, InstrumentFile, ItemPart, Name, Text, Whole
from webapp.questionnaires.located_yaml import Finding, LocatedFile, Place
from webapp.questionnaires.value_set_rules import ValueSet

HEADS = ("profile", "value")
NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class ValueSetFile(FilePart):
    """A named, versioned table of values of one instrument."""

    id: Name
    instrument: Name
    title: Text
    year: Whole | None = None
    version: Text | Whole
    source: Text
    standing: Literal["read", "recalled", "computed"]
    note: Text | None = None
    kind: Literal["weights", "table"]
    start: Decimal = Decimal(0)
    weights: dict[Name, dict[Whole, Decimal]] | None = None
    file: Text | None = None


def problems_in_value_set(
    part: ValueSetFile, found: LocatedFile, known: Mapping[str, InstrumentFile]
) -> list[Problem]:
    """Everything that does not fit together in a value set, and between it and its instrument."""
    findings = [*_shape(part, found), *_of_instrument(part, known)]
    if not findings:
        items = value_items(known[part.instrument])
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


def value_set_from(part: ValueSetFile, path: Path) -> ValueSet:
    """The value set as the rules know it. The file must have been checked."""
    frozen = {item: MappingProxyType(levels) for item, levels in (part.weights or {}).items()}
    table = None if part.file is None else {row[0]: Decimal(row[1]) for row in _rows(path.parent / part.file)}
    return ValueSet(
        id=part.id,
        instrument=part.instrument,
        title=part.title,
        version=str(part.version),
        source=part.source,
        standing=part.standing,
        start=part.start,
        weights=MappingProxyType(frozen) if part.weights else None,
        table=None if table is None else MappingProxyType(table),
    )


def value_items(part: InstrumentFile) -> list[ItemPart]:
    """The items of the total, in order: their answers make the profile."""
    by_id = {item.id: item for item in part.items}
    wanted = part.scoring.items
    return [item for item in part.items if item.counts] if wanted is None else [by_id[one] for one in wanted]


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
    if getattr(part, other) is not None:
        yield (other,), f"a value set of kind '{part.kind}' has no '{other}'", "Take it out."
    if part.kind == "table" and part.start:
        yield ("start",), "a value set of kind 'table' has no 'start'", "Take it out."


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
        wanted = set(range(item.lowest, item.highest + 1))
        place: Place = ("weights", item.id)
        if item.id not in weights:
            yield ("weights",), f"the weights of '{item.id}' are missing", ""
        elif set(weights[item.id]) != wanted:
            yield place, f"the weights of '{item.id}' do not hold each answer exactly once", ""


def _table(part: ValueSetFile, path: Path, items: Sequence[ItemPart]) -> Iterator[Finding]:
    try:
        rows = _rows(path.parent / (part.file or ""))
    except (OSError, UnicodeDecodeError, csv.Error, ValueError) as error:
        yield ("file",), f"'{part.file}' cannot be read: {error}", ""
        return
    profiles = [row[0] for row in rows]
    levels = [range(item.lowest, item.highest + 1) for item in items]
    wanted = {"".join(map(str, profile)) for profile in product(*levels)}
    if len(profiles) != len(set(profiles)):
        yield ("file",), f"'{part.file}' holds a profile twice", ""
    for words, some in (("lacks", wanted - set(profiles)), ("knows too much:", set(profiles) - wanted)):
        if some:
            yield ("file",), f"'{part.file}' {words} {len(some)} profiles, such as {min(some)}", ""


def _rows(path: Path) -> list[tuple[str, Decimal]]:
    """The rows of a table. Raises `ValueError` with the line of the first that cannot be used."""
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        if tuple(next(lines, ())) != HEADS:
            raise ValueError(f"its first line has to be '{','.join(HEADS)}'")
        return [_row(number, line) for number, line in enumerate(lines, start=2) if line]


def _row(number: int, line: Sequence[str]) -> tuple[str, Decimal]:
    try:
        profile, value = line
        if NUMBER.fullmatch(value):
            return profile, Decimal(value)
    except (ValueError, InvalidOperation):
        pass
    raise ValueError(f"line {number} is not a profile and a number")
