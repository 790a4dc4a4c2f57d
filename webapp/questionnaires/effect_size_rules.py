"""How large the mean change of many pairs of scores is, with its interval, by named denominators.

Only people with both scores are in a pair. Nothing here is a cause.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin, sqrt
from statistics import correlation, fmean, stdev

from webapp.questionnaires.definitions import Better
from webapp.questionnaires.outcome_rules import Scores


@dataclass(frozen=True, slots=True)
class MeanChange:
    """The mean change of all pairs with its 95% interval (paired t), and its size by four denominators.

    `improvement` is above 0 if people became better, whichever end of the scale is better. `percent` is the
    change of the means, signed as the scores are; it does not exist for a mean of 0 and means nothing on
    scales without a true zero. `d_av` divides by the root of the mean of the two variances, and `g` is `d_av`
    corrected for small samples (Hedges): the one to tell first. `d_pre` divides by the first standard
    deviation, `srm` by that of the changes, `d_rm` takes their correlation out. The same data give very
    different numbers, so the name goes with the number. `None`: cannot be computed.
    """

    paired: int
    before: float
    after: float
    improvement: float
    low: float
    high: float
    percent: float | None
    d_pre: float | None
    d_av: float | None
    g: float | None
    srm: float | None
    d_rm: float | None


def mean_change(pairs: Sequence[Scores], better: Better) -> MeanChange | None:
    """The mean change of at least two pairs, or `None`.

    Source of the effect sizes: Lakens D. Front Psychol 2013;4:863; of the correction: Hedges LV. J Educ Stat
    1981;6:107-28 (J = 1 - 3 / (4 df - 1), df = pairs - 1).
    """
    if len(pairs) < 2:
        return None
    up = 1 if better is Better.HIGH else -1
    before, after = [float(pair[0]) for pair in pairs], [float(pair[1]) for pair in pairs]
    changes = [up * (later - earlier) for earlier, later in zip(before, after, strict=True)]
    mean, spread, freedom = fmean(changes), stdev(changes), len(pairs) - 1
    half = student_t(freedom) * spread / sqrt(len(pairs))
    sds = stdev(before), stdev(after)
    d_av = _divided(mean, sqrt((sds[0] ** 2 + sds[1] ** 2) / 2))
    srm = _divided(mean, spread)
    return MeanChange(
        paired=len(pairs),
        before=fmean(before),
        after=fmean(after),
        improvement=mean,
        low=mean - half,
        high=mean + half,
        percent=_divided(100 * (fmean(after) - fmean(before)), fmean(before)),
        d_pre=_divided(mean, sds[0]),
        d_av=d_av,
        g=None if d_av is None else d_av * (1 - 3 / (4 * freedom - 1)),
        srm=srm,
        d_rm=None if srm is None or 0 in sds else srm * sqrt(2 * (1 - correlation(before, after))),
    )


def student_t(freedom: int, inside: float = 0.95) -> float:
    """The value that Student's t lies within, on either side of 0, with that probability.

    Found by halving. Source: Abramowitz M, Stegun IA. Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
    Raises `ValueError` for less than 1 degree of freedom.
    """
    if freedom < 1:
        raise ValueError("at least one degree of freedom is needed")
    low, high = 0.0, pi / 2
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _within(middle, freedom) < inside else (low, middle)
    return sqrt(freedom) * sin(low) / cos(low)


def _within(angle: float, freedom: int) -> float:
    """The probability that t lies within the root of `freedom` times the tangent of the angle."""
    odd = freedom % 2
    term = cos(angle) if odd else 1.0
    total = term if freedom > 1 else 0.0
    for step in range(2 + odd, freedom - 1, 2):
        term *= cos(angle) ** 2 * (step - 1) / step
        total += term
    return 2 / pi * (angle + sin(angle) * total) if odd else sin(angle) * total


def _divided(number: float, by: float) -> float | None:
    return None if by == 0 else number / by
