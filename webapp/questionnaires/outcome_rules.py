"""Who of many people changed by a published size, with the uncertainty of a share.

Only people with both scores are in a pair. Nothing here is a cause: scores that moved without a comparison
group would have moved in part without the programme.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import sqrt
from statistics import NormalDist

from webapp.questionnaires.definitions import Better, Scale

Scores = tuple[Decimal, Decimal]
"""The earlier and the later score of one person."""

TWO_SIDED_95 = NormalDist().inv_cdf(0.975)


@dataclass(frozen=True, slots=True)
class Proportion:
    """So many of so many, with the 95% interval by Wilson's method. All three are `None` of nobody.

    Source: Newcombe RG. Two-sided confidence intervals for the single proportion. Stat Med 1998;17:857-72.
    """

    count: int
    of: int

    @property
    def share(self) -> float | None:
        """From 0 to 1."""
        return None if self.of == 0 else self.count / self.of

    @property
    def low(self) -> float | None:
        """The lower end of the interval."""
        return None if self.of == 0 else max(0.0, self._middle - self._half)

    @property
    def high(self) -> float | None:
        """The upper end of the interval."""
        return None if self.of == 0 else min(1.0, self._middle + self._half)

    @property
    def _middle(self) -> float:
        return (self.count + TWO_SIDED_95**2 / 2) / (self.of + TWO_SIDED_95**2)

    @property
    def _half(self) -> float:
        spread = self.count * (self.of - self.count) / self.of + TWO_SIDED_95**2 / 4
        return TWO_SIDED_95 * sqrt(spread) / (self.of + TWO_SIDED_95**2)


@dataclass(frozen=True, slots=True)
class Responders:
    """Who became better, and who worse, by at least a published size.

    Somebody who began nearer to the end of the scale than that size could not show it, and is not counted in
    that share: `too_near_to_improve` and `too_near_to_worsen` say how many.
    """

    paired: int
    better: Proportion
    worse: Proportion
    too_near_to_improve: int
    too_near_to_worsen: int


def responders(pairs: Sequence[Scores], scale: Scale, points: Decimal) -> Responders:
    """Who changed by at least `points` (inclusive), among those whose first score left room for it."""
    up = _up(scale.better)
    best, worst = _ends(scale)
    could_improve = [pair for pair in pairs if abs(best - pair[0]) >= points]
    could_worsen = [pair for pair in pairs if abs(worst - pair[0]) >= points]
    return Responders(
        paired=len(pairs),
        better=_share(could_improve, lambda before, after: up * (after - before) >= points),
        worse=_share(could_worsen, lambda before, after: up * (before - after) >= points),
        too_near_to_improve=len(pairs) - len(could_improve),
        too_near_to_worsen=len(pairs) - len(could_worsen),
    )


def responders_by_percent(pairs: Sequence[Scores], scale: Scale, percent: Decimal) -> Responders:
    """Who changed by at least that share of the first score (inclusive).

    A share of 0 does not exist, so whoever began at 0 is in neither share.
    """
    up = _up(scale.better)
    able = [pair for pair in pairs if pair[0] != 0]

    def reached(before: Decimal, after: Decimal, sign: int) -> bool:
        return sign * (after - before) * 100 >= percent * abs(before)

    return Responders(
        paired=len(pairs),
        better=_share(able, lambda before, after: reached(before, after, up)),
        worse=_share(able, lambda before, after: reached(before, after, -up)),
        too_near_to_improve=len(pairs) - len(able),
        too_near_to_worsen=len(pairs) - len(able),
    )


def _up(better: Better) -> int:
    return 1 if better is Better.HIGH else -1


def _ends(scale: Scale) -> tuple[Decimal, Decimal]:
    """The best and the worst score."""
    if scale.better is Better.HIGH:
        return scale.maximum, scale.minimum
    return scale.minimum, scale.maximum


def _share(pairs: Sequence[Scores], reached: Callable[[Decimal, Decimal], bool]) -> Proportion:
    return Proportion(sum(reached(*pair) for pair in pairs), len(pairs))
