"""What lies between two scores of one patient, and which published sizes of change that difference reaches.

The numbers come in with the scale (`content/questionnaires/`), each with its method and source. What the
difference means is said in templates: this file says how big, which way for the patient, and by whose rule.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from webapp.questionnaires.rules import Better, ChangeRule, Definition, Purpose, Scale, Score


class Direction(StrEnum):
    """Where the later score lies from the patient's point of view. `NONE`: the two cannot be compared."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Change:
    """The difference between two scores of one scale, with all that a sentence about it needs.

    `by` is later minus earlier, in the scale's points and between the totals as people see them; `size` is
    the same without its sign. `reaches` holds each published rule whose conditions are met, whatever the
    direction.
    """

    scale: Scale
    earlier: Decimal | None
    later: Decimal | None
    by: Decimal | None
    direction: Direction
    reaches: tuple[ChangeRule, ...] = ()
    earlier_on: date | None = None
    later_on: date | None = None

    @property
    def size(self) -> Decimal | None:
        """The difference in points, without its sign."""
        return None if self.by is None else abs(self.by)

    @property
    def improvement(self) -> Decimal | None:
        """The difference with its sign by the patient: above 0 is better, whichever end of the scale is."""
        return self.by if self.by is None or self.scale.better is Better.HIGH else -self.by

    @property
    def more_than_chance(self) -> tuple[ChangeRule, ...]:
        """The rules reached that speak of the error of measurement. Only these may be called "more than chance"."""
        return tuple(rule for rule in self.reaches if rule.purpose is Purpose.RELIABLE)

    @property
    def lead(self) -> ChangeRule | None:
        """The rule that is told first for this scale, if this change reaches it."""
        return next((rule for rule in self.reaches if rule.id == self.scale.lead), None)


def change(
    definition: Definition,
    earlier: Score,
    later: Score,
    earlier_on: date | None = None,
    later_on: date | None = None,
) -> Change:
    """What lies between two scores of the same scale, and which published rules that difference reaches.

    Points and bands are judged on the totals that people see, so that anyone with paper comes to the same
    answer; a percentage is judged on the unrounded scores, because rounding moves it (20/3 to 14/3 is
    exactly 30% lower). A percentage of an earlier score of 0 does not exist and is never reached. Two
    totals of which one leaves a question out (the WSAS without work), or by different value sets, are not
    compared. Raises `ValueError` if the two scores are of different scales: a short form is not
    interchangeable with the full one.
    """
    if earlier.scale != later.scale:
        raise ValueError(f"a score of '{later.scale}' cannot be compared with one of '{earlier.scale}'")
    scale = definition.scale_called(later.scale)
    by = _difference(scale, earlier, later)
    reached = (rule for rule in scale.changes if _is_reached(rule, earlier, later))
    return Change(
        scale=scale,
        earlier=earlier.total,
        later=later.total,
        by=by,
        direction=_direction(scale, by),
        reaches=() if by is None else tuple(reached),
        earlier_on=earlier_on,
        later_on=later_on,
    )


def _difference(scale: Scale, earlier: Score, later: Score) -> Decimal | None:
    if earlier.total is None or later.total is None or not _are_alike(scale, earlier, later):
        return None
    return later.total - earlier.total


def _are_alike(scale: Scale, earlier: Score, later: Score) -> bool:
    same_questions = set(earlier.missing) == set(later.missing)
    return earlier.value_set == later.value_set and (same_questions or not scale.missing.leaves_out)


def _direction(scale: Scale, by: Decimal | None) -> Direction:
    if by is None:
        return Direction.NONE
    if by == 0:
        return Direction.SAME
    return Direction.BETTER if (by > 0) == (scale.better is Better.HIGH) else Direction.WORSE


def _is_reached(rule: ChangeRule, earlier: Score, later: Score) -> bool:
    if earlier.total is None or later.total is None or earlier.exact is None or later.exact is None:
        return False
    if rule.points is not None and abs(later.total - earlier.total) < rule.points:
        return False
    if rule.percent is not None and not _percent_reached(rule.percent, earlier.exact, later.exact):
        return False
    return not rule.another_band or earlier.band != later.band


def _percent_reached(percent: Decimal, earlier: Fraction, later: Fraction) -> bool:
    return earlier != 0 and abs(later - earlier) * 100 >= Fraction(percent) * abs(earlier)
