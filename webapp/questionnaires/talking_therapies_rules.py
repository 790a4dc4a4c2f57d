"""Recovery and reliable change as NHS Talking Therapies counts them, from PHQ-9 and GAD-7 together.

These are figures of a service and never a label of a person: no patient's page and no patient's record shows
them. Source of the thresholds and the rules: NHS Talking Therapies for anxiety and depression manual. Scores
that moved without a comparison group are no proof of an effect: a waiting list moved by as much.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

Points = int | Decimal

PHQ_9_CASENESS = 10
"""PHQ-9 from which a person counts as a case (NHS Talking Therapies manual)."""
GAD_7_CASENESS = 8
"""GAD-7 from which a person counts as a case (NHS Talking Therapies manual): 8, and not 10."""
PHQ_9_RELIABLE = 6
"""Points of the PHQ-9 that count as reliable change, inclusive (NHS Talking Therapies manual)."""
GAD_7_RELIABLE = 4
"""Points of the GAD-7 that count as reliable change, inclusive (NHS Talking Therapies manual)."""


@dataclass(frozen=True, slots=True)
class Pair:
    """The first and the last scores of one person who finished a course. All four are needed."""

    phq_before: Points
    phq_after: Points
    gad_before: Points
    gad_after: Points


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one pair counts for. `recovered` and `reliably_recovered` are `None` without caseness at the start."""

    was_case: bool
    recovered: bool | None
    improved: bool
    deteriorated: bool
    reliably_recovered: bool | None


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    count: int
    of: int

    @property
    def percent(self) -> float | None:
        """Out of a hundred, or `None` of nobody."""
        return None if self.of == 0 else 100 * self.count / self.of


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of a service, each with its denominator.

    Recovery and reliable recovery are shares of those with caseness at the start; the others are shares of
    all who finished.
    """

    recovery: Share
    reliable_recovery: Share
    reliable_improvement: Share
    reliable_deterioration: Share
    no_reliable_change: Share


def is_case(phq: Points, gad: Points) -> bool:
    """True if either score has come to its threshold."""
    return phq >= PHQ_9_CASENESS or gad >= GAD_7_CASENESS


def outcome(pair: Pair) -> Outcome:
    """What one pair counts for: better on one and worse on the other is no reliable change at all."""
    was_case = is_case(pair.phq_before, pair.gad_before)
    phq_fell, gad_fell = pair.phq_before - pair.phq_after, pair.gad_before - pair.gad_after
    some_better = phq_fell >= PHQ_9_RELIABLE or gad_fell >= GAD_7_RELIABLE
    some_worse = -phq_fell >= PHQ_9_RELIABLE or -gad_fell >= GAD_7_RELIABLE
    improved = some_better and not some_worse
    recovered = not is_case(pair.phq_after, pair.gad_after)
    return Outcome(
        was_case=was_case,
        recovered=recovered if was_case else None,
        improved=improved,
        deteriorated=some_worse and not some_better,
        reliably_recovered=recovered and improved if was_case else None,
    )


def rates(pairs: Iterable[Pair]) -> Rates:
    """The rates of all who finished, each with the people it is a share of."""
    found = [outcome(pair) for pair in pairs]
    finished = len(found)
    cases = sum(each.was_case for each in found)
    improved = sum(each.improved for each in found)
    deteriorated = sum(each.deteriorated for each in found)
    return Rates(
        recovery=Share(sum(each.recovered is True for each in found), cases),
        reliable_recovery=Share(sum(each.reliably_recovered is True for each in found), cases),
        reliable_improvement=Share(improved, finished),
        reliable_deterioration=Share(deteriorated, finished),
        no_reliable_change=Share(finished - improved - deteriorated, finished),
    )
