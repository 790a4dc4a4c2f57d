"""Two plain sums inside the PHQ-8 and the PHQ-9, for staff: what is about mood, and what pain can cause by itself.

Sleep, energy, appetite, concentration and slowed or restless movement (items 3, 4, 5, 7 and 8) overlap with pain,
with poor sleep and with pain medicines. So a clinician is shown these five apart from items 1, 2, 6 and (PHQ-9
only) 9. Nothing published sets a limit for either sum, and none is set here.

Source: the usual caution for these questionnaires in persistent pain, kept as a house rule (recalled, not a
published cut-off): show the pattern, change no cut-off.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

MOST_EACH = 3
"""The highest answer to one item: nearly every day."""
BODILY = ("q3", "q4", "q5", "q7", "q8")
ABOUT_MOOD = {"phq-8": ("q1", "q2", "q6"), "phq-9": ("q1", "q2", "q6", "q9")}


@dataclass(frozen=True, slots=True)
class PartSum:
    """The sum of a few items. `total` is None if any of them was not answered: nothing is filled in here."""

    items: tuple[str, ...]
    total: int | None
    most: int

    @property
    def numbers(self) -> tuple[int, ...]:
        """The numbers of the items as printed: 1, 2, 6."""
        return tuple(int(item.removeprefix("q")) for item in self.items)


@dataclass(frozen=True, slots=True)
class Pattern:
    """The items about mood and the bodily ones, told apart."""

    about_mood: PartSum
    bodily: PartSum


def pattern_of(instrument: str, answers: Mapping[str, int | None]) -> Pattern | None:
    """The two sums of a PHQ-8 or PHQ-9; None for every other questionnaire."""
    if instrument not in ABOUT_MOOD:
        return None
    return Pattern(_sum_of(ABOUT_MOOD[instrument], answers), _sum_of(BODILY, answers))


def _sum_of(items: tuple[str, ...], answers: Mapping[str, int | None]) -> PartSum:
    given = [answers.get(item) for item in items]
    total = None if None in given else sum(value for value in given if value is not None)
    return PartSum(items, total, MOST_EACH * len(items))
