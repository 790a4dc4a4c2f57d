"""Reliable and clinically significant change by the method of Jacobson and Truax, from published numbers.

Source: Jacobson NS, Truax P. Clinical significance: a statistical approach to defining meaningful change in
psychotherapy research. J Consult Clin Psychol 1991;59:12-19. The standard deviation and the reliability come
from a publication, never from a service's own small sample, and it is said which kind of reliability it is:
internal consistency gives small thresholds, a repeated test gives large ones (GAD-7: 3.53 against 5.14).
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import floor, sqrt

from webapp.questionnaires.definitions import Better

Number = int | float | Decimal

TWO_SIDED_95 = 1.96
"""How many standard errors of a difference chance exceeds once in twenty times (Jacobson and Truax 1991)."""


class ReliableState(StrEnum):
    """What became of one person. `RECOVERED`: improved reliably and crossed the cut-off."""

    RECOVERED = "recovered"
    IMPROVED = "improved"
    UNCHANGED = "unchanged"
    DETERIORATED = "deteriorated"


@dataclass(frozen=True, slots=True)
class Population:
    """The mean and the standard deviation of a published group, in points of the scale."""

    mean: float
    sd: float


@dataclass(frozen=True, slots=True)
class CutOffs:
    """Where the people who come for help end and the others begin.

    `a` lies two standard deviations beyond the mean of those who come for help; `b` two standard deviations
    short of the mean of the others; `c` between the two means, nearer to the narrower group. `b` and `c` need
    numbers about the others.
    """

    a: float
    b: float | None
    c: float | None


def error_of_score(sd: Number, reliability: Number) -> float:
    """The standard error of measurement (SEM) of one score: SD times the root of 1 - r.

    Raises `ValueError` if `sd` is not above 0 or `reliability` does not lie from 0 to below 1.
    """
    if not float(sd) > 0 or not 0 <= float(reliability) < 1:
        raise ValueError("a standard deviation above 0 and a reliability from 0 to below 1 are needed")
    return float(sd) * sqrt(1 - float(reliability))


def error_of_difference(sd: Number, reliability: Number) -> float:
    """The standard error of a difference of two scores (Sdiff): the root of 2 times the SEM."""
    return sqrt(2) * error_of_score(sd, reliability)


def reliable_size(sd: Number, reliability: Number) -> float:
    """The difference that the error of measurement exceeds once in twenty times (RC95), in points."""
    return TWO_SIDED_95 * error_of_difference(sd, reliability)


def whole_points_above(size: Number) -> int:
    """The fewest whole points that are more than `size`: 6.10 → 7, and 6 → 7, because the rule is strict."""
    return floor(size) + 1


def reliable_change_index(change: Number, sd: Number, reliability: Number) -> float:
    """A change, in standard errors of a difference (RC). Its sign is that of `change`."""
    return float(change) / error_of_difference(sd, reliability)


def is_reliable(change: Number, sd: Number, reliability: Number) -> bool:
    """True if the change is more than chance: its index lies beyond 1.96, strictly, on either side."""
    return abs(reliable_change_index(change, sd, reliability)) > TWO_SIDED_95


def cut_offs(coming: Population, others: Population | None, better: Better) -> CutOffs:
    """The three cut-offs between those who come for help (`coming`) and the `others`."""
    up = 1 if better is Better.HIGH else -1
    a = coming.mean + up * 2 * coming.sd
    if others is None:
        return CutOffs(a, None, None)
    shared = (others.sd * coming.mean + coming.sd * others.mean) / (others.sd + coming.sd)
    return CutOffs(a, others.mean - up * 2 * others.sd, shared)


def state_of(
    earlier: Number,
    later: Number,
    *,
    sd: Number,
    reliability: Number,
    better: Better,
    cut_off: float | None = None,
) -> ReliableState:
    """One of the four states. Without a cut-off nobody is called recovered."""
    up = 1 if better is Better.HIGH else -1
    change = up * (float(later) - float(earlier))
    if not is_reliable(change, sd, reliability):
        return ReliableState.UNCHANGED
    if change < 0:
        return ReliableState.DETERIORATED
    crossed = cut_off is not None and up * float(earlier) < up * cut_off < up * float(later)
    return ReliableState.RECOVERED if crossed else ReliableState.IMPROVED
