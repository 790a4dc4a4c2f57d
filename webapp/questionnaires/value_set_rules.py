"""What a health state is worth by a named, versioned value set, such as those of the EQ-5D-5L.

A profile is the answers in the order of the items, written one after the other: 21232. A value set is a
choice of a country, a year and a method, so its name goes with every value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class AgeBand:
    """Ages in whole years, both ends inside."""

    id: str
    at_least: int
    at_most: int


@dataclass(frozen=True, slots=True)
class Person:
    """What a value set may ask about a person. `None` is not known."""

    age_years: int | None = None
    sex: str | None = None


NOBODY = Person()
"""A person of whom nothing is known."""


@dataclass(frozen=True, slots=True)
class ValueSet:
    """A table of values: either `weights` for each level of each item, added to `start`, or `tables`.

    `weights` are signed: what a level adds (-0.032), by item and level. `tables` holds the value of each
    profile, in one table named "" or, where `ages` and `sexes` are given, in one for each of them
    ("18-34 female"): such a set maps onto another questionnaire, and the mapping depends on the person.
    `standing` is `read`, `recalled` or `computed`, as for change rules.
    """

    id: str
    instrument: str
    title: str
    version: str
    source: str
    standing: str
    start: Decimal = Decimal(0)
    weights: Mapping[str, Mapping[int, Decimal]] = field(default_factory=lambda: MappingProxyType({}))
    tables: Mapping[str, Mapping[str, Decimal]] = field(default_factory=lambda: MappingProxyType({}))
    ages: tuple[AgeBand, ...] = ()
    sexes: tuple[str, ...] = ()

    @property
    def needs_age_and_sex(self) -> bool:
        """True if the same answers are worth different values to different people."""
        return bool(self.ages)

    def value_of(self, answers: Mapping[str, int], person: Person = NOBODY) -> Decimal | None:
        """The value of complete answers, given in the order of the items.

        `None` if it depends on an age or a sex that is not given or that the value set does not cover.
        Raises `KeyError` for answers that it does not hold (the checks of the files see to it that it holds
        all that can be given).
        """
        if not self.tables:
            levels = (self.weights[item][level] for item, level in answers.items())
            return self.start + sum(levels, Decimal())
        table = self.tables.get(self._table_for(person))
        return None if table is None else table[profile_of(answers)]

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value that it gives."""
        if self.tables:
            values = [value for table in self.tables.values() for value in table.values()]
            return min(values), max(values)
        levels = [each.values() for each in self.weights.values()]
        lowest = self.start + sum(map(min, levels), Decimal())
        return lowest, self.start + sum(map(max, levels), Decimal())

    def _table_for(self, person: Person) -> str:
        if not self.needs_age_and_sex:
            return ""
        age = -1 if person.age_years is None else person.age_years
        bands = (band.id for band in self.ages if band.at_least <= age <= band.at_most)
        return f"{next(bands, '?')} {person.sex}"


def profile_of(answers: Mapping[str, int]) -> str:
    """The answers in their order, as one word: 21232."""
    return "".join(str(level) for level in answers.values())
