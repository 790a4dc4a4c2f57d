"""What answers add up to: plain arithmetic by each questionnaire's published rule.

`None` is an answer that was not given (unanswered, or "I'd rather not say"); `0` is the answer zero.
Nothing here knows a word that a person reads: templates choose words. Every number comes in with the
definition, which carries its source; the definitions are the files in `content/questionnaires/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType

Answers = Mapping[str, int | None]


class Method(StrEnum):
    """How the values of the items become one number."""

    SUM = "sum"
    MEAN = "mean"


class Better(StrEnum):
    """Which end of a scale is the better one for the patient. It differs, so it is never assumed."""

    HIGH = "high_better"
    LOW = "high_worse"


class Purpose(StrEnum):
    """A change rule is about what matters to people, or about what exceeds the error of measurement."""

    MATTERS = "matters"
    RELIABLE = "reliable"


class NoScore(StrEnum):
    """Why there is no total."""

    NOTHING_ANSWERED = "nothing_answered"
    TOO_MANY_MISSING = "too_many_missing"


class AnswerRefused(ValueError):
    """An answer that the questionnaire does not offer: `item`, the `value` given and the values `allowed`."""

    def __init__(self, item: str, value: object, allowed: tuple[int, int] | None) -> None:
        self.item, self.value, self.allowed = item, value, allowed
        if allowed is None:
            message = f"there is no item called '{item}'"
        else:
            message = (
                f"'{value}' is not an answer to '{item}': whole numbers from {allowed[0]} to {allowed[1]} are"
            )
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Item:
    """One question: the whole numbers from `minimum` to `maximum` can be answered.

    `reverse` turns the value round (maximum + minimum - value); `recode` replaces it by a table. At most
    one of them.
    """

    id: str
    minimum: int
    maximum: int
    reverse: bool = False
    recode: Mapping[int, Decimal] | None = None


@dataclass(frozen=True, slots=True)
class MissingRule:
    """What happens to answers that were not given.

    Up to `max_missing` of them are filled: with the mean of the answered ones, or with `count_as` where the
    published rule names a number. More than that: no score. `max_missing` 0 means that every answer is
    needed. A score on filled answers is rounded to `decimals` places.
    """

    max_missing: int
    source: str
    decimals: int = 1
    count_as: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Band:
    """A named stretch of a scale, for staff only. Both `at_least` and `at_most` are inside the band."""

    id: str
    at_least: Decimal
    at_most: Decimal


@dataclass(frozen=True, slots=True)
class CutOff:
    """A published score from which a service counts a person as a case, for staff and reports only."""

    id: str
    at_least: Decimal
    source: str


@dataclass(frozen=True, slots=True)
class ChangeRule:
    """One published size of change. All conditions that are given must hold, in either direction.

    `points` is a difference of scores, inclusive; `percent` a share of the earlier score, inclusive;
    `another_band` asks that the two scores lie in different bands. `method` says how the number was found
    and `source` who published it, because a "real change" is a choice of method and not a constant.
    `standing` is `read` (in the source), `recalled` or `computed`: whoever signs the numbers of a service
    checks the last two.
    """

    id: str
    purpose: Purpose
    method: str
    source: str
    standing: str
    points: Decimal | None = None
    percent: Decimal | None = None
    another_band: bool = False


@dataclass(frozen=True, slots=True)
class Scale:
    """How one number comes out of items: the total of a questionnaire, or a subscale.

    The result is the sum or mean of `items`, times `multiply`, and lies between `minimum` and `maximum`.
    `decimals` says how many places a score on complete answers is rounded to, half up. `lead` is the change
    rule told first.
    """

    id: str
    items: tuple[str, ...]
    method: Method
    minimum: Decimal
    maximum: Decimal
    better: Better
    decimals: int
    missing: MissingRule
    multiply: Decimal = Decimal(1)
    bands: tuple[Band, ...] = ()
    cut_offs: tuple[CutOff, ...] = ()
    changes: tuple[ChangeRule, ...] = ()
    lead: str | None = None


@dataclass(frozen=True, slots=True)
class Definition:
    """The arithmetic of one instrument: its items in order, its total (`scale`) and its subscales."""

    id: str
    version: int
    items: tuple[Item, ...]
    scale: Scale
    subscales: tuple[Scale, ...] = ()

    def item(self, item_id: str) -> Item:
        """The item of that id. Raises `AnswerRefused` if there is none."""
        for item in self.items:
            if item.id == item_id:
                return item
        raise AnswerRefused(item_id, None, None)

    def scale_called(self, scale_id: str) -> Scale:
        """The total or subscale of that id. Raises `ValueError` if this instrument has none."""
        for scale in (self.scale, *self.subscales):
            if scale.id == scale_id:
                return scale
        raise ValueError(f"'{self.id}' has no scale called '{scale_id}'")


@dataclass(frozen=True, slots=True)
class Score:
    """What one set of answers adds up to on one scale.

    `total` is rounded as the scale says and is what people see; `exact` is the same number unrounded. Both
    are `None` when there is no score, and then `reason` says why. `missing` names the items without an
    answer; `prorated` is true if the total stands on filled-in answers. `band` and `cut_offs` (those
    reached) are for staff only.
    """

    scale: str
    total: Decimal | None
    exact: Fraction | None
    answered: int
    missing: tuple[str, ...]
    prorated: bool
    reason: NoScore | None = None
    band: str | None = None
    cut_offs: tuple[str, ...] = ()
    subscales: Mapping[str, Score] = field(default_factory=lambda: MappingProxyType({}))


def score(definition: Definition, answers: Answers) -> Score:
    """The total and every subscale by the instrument's published rule.

    An item that `answers` leaves out counts as not answered. Raises `AnswerRefused` for an item that the
    instrument does not have and for a value that the item does not offer.
    """
    for item_id, value in answers.items():
        _refuse_unknown(definition.item(item_id), value)
    subscales = {scale.id: _score_on(scale, definition, answers) for scale in definition.subscales}
    return replace(_score_on(definition.scale, definition, answers), subscales=MappingProxyType(subscales))


def band_of(scale: Scale, total: Decimal) -> str | None:
    """The band that a total lies in, or `None` if the scale has none.

    Published bands are written for whole scores. A prorated total between two of them (19.5, between 0-19
    and 20-30) belongs to the lower one: it has not come to where the next begins.
    """
    return next((band.id for band in reversed(scale.bands) if band.at_least <= total), None)


def _refuse_unknown(item: Item, value: int | None) -> None:
    if value is None:
        return
    whole_number = isinstance(value, int) and not isinstance(value, bool)
    if not whole_number or not item.minimum <= value <= item.maximum:
        raise AnswerRefused(item.id, value, (item.minimum, item.maximum))


def _score_on(scale: Scale, definition: Definition, answers: Answers) -> Score:
    values, missing = _values(scale, definition, answers)
    reason = _why_no_score(scale, values, missing)
    if reason is not None:
        return Score(scale.id, None, None, len(values), missing, prorated=False, reason=reason)
    exact = _combine(scale, _with_missing_filled(scale.missing, values, missing))
    total = _rounded(exact, scale.missing.decimals if missing else scale.decimals)
    return Score(
        scale=scale.id,
        total=total,
        exact=exact,
        answered=len(values),
        missing=missing,
        prorated=bool(missing),
        band=band_of(scale, total),
        cut_offs=tuple(cut.id for cut in scale.cut_offs if total >= cut.at_least),
    )


def _values(scale: Scale, definition: Definition, answers: Answers) -> tuple[list[Fraction], tuple[str, ...]]:
    values: list[Fraction] = []
    missing: list[str] = []
    for item_id in scale.items:
        answer = answers.get(item_id)
        if answer is None:
            missing.append(item_id)
        else:
            values.append(item_value(definition.item(item_id), answer))
    return values, tuple(missing)


def item_value(item: Item, answer: int) -> Fraction:
    """What one answer counts for: as it is, turned round, or by the item's own table."""
    if item.recode is not None:
        return Fraction(item.recode[answer])
    return Fraction(item.maximum + item.minimum - answer if item.reverse else answer)


def _why_no_score(scale: Scale, values: list[Fraction], missing: tuple[str, ...]) -> NoScore | None:
    if not values:
        return NoScore.NOTHING_ANSWERED
    return NoScore.TOO_MANY_MISSING if len(missing) > scale.missing.max_missing else None


def _with_missing_filled(
    rule: MissingRule, values: list[Fraction], missing: tuple[str, ...]
) -> list[Fraction]:
    filler = sum(values, Fraction()) / len(values) if rule.count_as is None else Fraction(rule.count_as)
    return values + [filler] * len(missing)


def _combine(scale: Scale, values: list[Fraction]) -> Fraction:
    total = sum(values, Fraction())
    return Fraction(scale.multiply) * (total / len(values) if scale.method is Method.MEAN else total)


def _rounded(exact: Fraction, decimals: int) -> Decimal:
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
