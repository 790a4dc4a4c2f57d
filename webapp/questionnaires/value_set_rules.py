"""What a health state is worth by a named, versioned value set, such as those of the EQ-5D-5L.

A profile is the answers in the order of the items, written one after the other: 21232. A value set is a
choice of a country, a year and a method, so its name goes with every value.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class ValueSet:
    """A table of values: either `weights` for each level of each item, added to `start`, or one `table`.

    `weights` are signed: what a level adds (-0.032), by item and level. `table` holds the value of each
    profile. `standing` is `read`, `recalled` or `computed`, as for change rules.
    """

    id: str
    instrument: str
    title: str
    version: str
    source: str
    standing: str
    start: Decimal = Decimal(0)
    weights: Mapping[str, Mapping[int, Decimal]] | None = None
    table: Mapping[str, Decimal] | None = None

    def value_of(self, answers: Mapping[str, int]) -> Decimal:
        """The value of complete answers, given in the order of the items.

        Raises:
            KeyError: the table or the weights do not hold these answers (the checks of the files see to it
                that they hold all that can be given).
        """
        if self.table is not None:
            return self.table[profile_of(answers)]
        weights = self.weights or {}
        return self.start + sum((weights[item][level] for item, level in answers.items()), Decimal())

    @property
    def reach(self) -> tuple[Decimal, Decimal]:
        """The lowest and the highest value that it gives."""
        if self.table is not None:
            return min(self.table.values()), max(self.table.values())
        levels = [each.values() for each in (self.weights or {}).values()]
        lowest = self.start + sum(map(min, levels), Decimal())
        return lowest, self.start + sum(map(max, levels), Decimal())


def profile_of(answers: Mapping[str, int]) -> str:
    """The answers in their order, as one word: 21232."""
    return "".join(str(level) for level in answers.values())
