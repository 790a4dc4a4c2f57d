"""The shape of a file in `value-sets/`: weights for each level, or the name of a table beside it.

A table is a CSV file with the columns `profile,value`, or with one column for each age band and sex.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from types import MappingProxyType
from typing import Annotated, Literal

from pydantic import Field

from webapp.questionnaires.instrument_files import FilePart, Name, Text, Whole
from webapp.questionnaires.value_set_rules import AgeBand, ValueSet

NUMBER = re.compile(r"-?[0-9]+(\.[0-9]+)?")


class AgeBandPart(FilePart):
    """Ages in whole years, both ends inside."""

    id: Name
    at_least: Annotated[Whole, Field(ge=0, alias="from")]
    at_most: Annotated[Whole, Field(ge=0, alias="to")]


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
    ages: list[AgeBandPart] = []
    sexes: list[Name] = []

    @property
    def columns(self) -> list[str]:
        """The columns of values that its table has to hold."""
        both = [f"{age.id} {sex}" for age in self.ages for sex in self.sexes]
        return both or ["value"]


@dataclass(frozen=True, slots=True)
class Table:
    """What a CSV file holds: the profiles in their order, and the values below each heading."""

    profiles: tuple[str, ...]
    values: Mapping[str, tuple[Decimal, ...]]

    def column(self, name: str) -> Mapping[str, Decimal]:
        """The value of each profile in one column."""
        return MappingProxyType(dict(zip(self.profiles, self.values[name], strict=True)))


def value_set_from(part: ValueSetFile, path: Path) -> ValueSet:
    """The value set as the rules know it. The file must have been checked."""
    weights = {item: MappingProxyType(levels) for item, levels in (part.weights or {}).items()}
    return ValueSet(
        id=part.id,
        instrument=part.instrument,
        title=part.title,
        version=str(part.version),
        source=part.source,
        standing=part.standing,
        start=part.start,
        weights=MappingProxyType(weights),
        tables=MappingProxyType(dict(_tables(part, path))),
        ages=tuple(AgeBand(**age.model_dump()) for age in part.ages),
        sexes=tuple(part.sexes),
    )


def read_table(path: Path, columns: Sequence[str]) -> Table:
    """The table of a value set.

    Raises `OSError` if it is not there, and `ValueError` (with the line) for what cannot be used.
    """
    with path.open(encoding="utf-8", newline="") as file:
        lines = csv.reader(file)
        wanted = ["profile", *columns]
        if next(lines, []) != wanted:
            raise ValueError(f"its first line has to be '{','.join(wanted)}'")
        rows = [_row(number, line, len(wanted)) for number, line in enumerate(lines, start=2) if line]
    values = zip(*(row[1] for row in rows), strict=True) if rows else ((),) * len(columns)
    return Table(tuple(row[0] for row in rows), dict(zip(columns, values, strict=True)))


def _tables(part: ValueSetFile, path: Path) -> Iterator[tuple[str, Mapping[str, Decimal]]]:
    if part.file is None:
        return
    table = read_table(path.parent / part.file, part.columns)
    for name in part.columns:
        yield "" if name == "value" else name, table.column(name)


def _row(number: int, line: Sequence[str], cells: int) -> tuple[str, list[Decimal]]:
    profile, *values = line
    if len(line) != cells or not all(NUMBER.fullmatch(value) for value in values):
        raise ValueError(f"line {number} is not a profile and {cells - 1} numbers")
    return profile, [Decimal(value) for value in values]
