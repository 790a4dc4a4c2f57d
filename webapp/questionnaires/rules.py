"""What answers add up to: plain arithmetic by each questionnaire's published rule.

`None` is an answer that was not given (unanswered, or "I'd rather not say"); `0` is the answer zero.
Nothing here knows a word that a person reads: templates choose words. Every number comes in with the
definition, which carries its source; the definitions are the files in `content/questionnaires/`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from types import MappingProxyType

from webapp.questionnaires.definitions import (
    TOTAL,
    AnswerRefused,
    Answers,
    Band,
    Better,
    ChangeRule,
    Condition,
    CutOff,
    Definition,
    Group,
    Item,
    ItemKind,
    Method,
    MissingRule,
    NoScore,
    Purpose,
    Scale,
)
from webapp.questionnaires.group_rules import group_of
from webapp.questionnaires.missing_rules import why_no_score, with_missing_filled, with_unticked
from webapp.questionnaires.value_set_rules import NOBODY, Person, ValueSet, profile_of

__all__ = [
    "TOTAL",
    "AnswerRefused",
    "Answers",
    "Band",
    "Better",
    "ChangeRule",
    "Condition",
    "CutOff",
    "Definition",
    "Group",
    "Item",
    "ItemKind",
    "Method",
    "MissingRule",
    "NoScore",
    "Person",
    "Purpose",
    "Scale",
    "Score",
    "ValueSet",
    "band_of",
    "item_value",
    "score",
    "score_from_total",
]


@dataclass(frozen=True, slots=True)
class Score:
    """What one set of answers adds up to on one scale.

    `total` is rounded as the scale says and is what people see; `exact` is the same number unrounded. Both
    are `None` when there is no score, and then `reason` says why. `missing` names the items without an
    answer; `prorated` is true if the total stands on filled-in answers. `band` and `cut_offs` (those
    reached) are for staff only; where a compound rule gives a `group`, the band is that group. `profile`
    and `value_set` say what a value was taken from (EQ-5D-5L).
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
    group: str | None = None
    profile: str | None = None
    value_set: str | None = None


def score(
    definition: Definition, answers: Answers, value_set: str | None = None, person: Person = NOBODY
) -> Score:
    """The total, every subscale and the group by the instrument's published rule.

    An item that `answers` leaves out counts as not answered; words are in no score. `value_set` names
    another table of values than the instrument's usual one; some of them depend on the `person`. Raises
    `AnswerRefused` for an item that the instrument does not have and for a value that the item does not
    offer, and `ValueError` for a value set that it does not have.
    """
    for item_id, value in answers.items():
        _refuse_unknown(definition.item(item_id), value)
    numbers = {item: None if isinstance(value, str) else value for item, value in answers.items()}
    given = with_unticked(definition.items, numbers)
    total = _score_on(definition.scale, definition, given)
    if definition.scale.method is Method.VALUE_SET:
        total = _valued(definition, total, given, _chosen(definition, value_set), person)
    elif value_set is not None:
        raise ValueError(f"'{definition.id}' has no value set '{value_set}'")
    subscales = {scale.id: _score_on(scale, definition, given) for scale in definition.subscales}
    totals = {TOTAL: total.total, **{name: each.total for name, each in subscales.items()}}
    group = group_of(definition.groups, totals, given)
    return replace(total, subscales=MappingProxyType(subscales), group=group, band=group or total.band)


def score_from_total(scale: Scale, total: Decimal) -> Score:
    """The score of which only the total is known, with its band and the cut-offs that it reaches.

    Raises `ValueError` if the scale has no scores or the total lies outside its range.
    """
    if not scale.has_a_score:
        raise ValueError(f"'{scale.id}' has no total")
    if not scale.minimum <= total <= scale.maximum:
        raise ValueError(f"{total} is not a score of '{scale.id}': {scale.minimum} to {scale.maximum} are")
    return _with_staff_words(scale, Score(scale.id, total, Fraction(total), 0, (), prorated=False))


def band_of(scale: Scale, total: Decimal) -> str | None:
    """The band that a total lies in, or `None` if the scale has none.

    Published bands are written for whole scores. A prorated total between two of them (19.5, between 0-19
    and 20-30) belongs to the lower one: it has not come to where the next begins.
    """
    return next((band.id for band in reversed(scale.bands) if band.at_least <= total), None)


def item_value(item: Item, answer: int) -> Fraction:
    """What one answer counts for: as it is, turned round, or by the item's own table."""
    if item.recode is not None:
        return Fraction(item.recode[answer])
    return Fraction(item.maximum + item.minimum - answer if item.reverse else answer)


def _refuse_unknown(item: Item, value: object) -> None:
    if value is None or (item.in_words and isinstance(value, str)):
        return
    if item.in_words:
        raise AnswerRefused(item.id, value, None, f"'{item.id}' is answered in words, not with '{value}'")
    whole_number = isinstance(value, int) and not isinstance(value, bool)
    if not whole_number or not item.minimum <= value <= item.maximum:  # type: ignore[operator]
        raise AnswerRefused(item.id, value, (item.minimum, item.maximum))


def _score_on(scale: Scale, definition: Definition, answers: Mapping[str, int | None]) -> Score:
    given = {name: answer for name in scale.items if (answer := answers.get(name)) is not None}
    missing = tuple(name for name in scale.items if name not in given)
    reason = why_no_score(scale, missing) or (None if scale.has_a_score else NoScore.NO_TOTAL)
    found = Score(scale.id, None, None, len(given), missing, prorated=False, reason=reason)
    if reason is not None or scale.method is Method.VALUE_SET:
        return found
    values = [item_value(definition.item(name), answer) for name, answer in given.items()]
    exact = _combine(scale, with_missing_filled(scale.missing, values, missing))
    total = _rounded(exact, scale.missing.decimals if missing else scale.decimals)
    return _with_staff_words(scale, replace(found, total=total, exact=exact, prorated=bool(missing)))


def _chosen(definition: Definition, name: str | None) -> ValueSet:
    name = name or definition.value_set or ""
    if name not in definition.value_sets:
        raise ValueError(f"'{definition.id}' has no value set '{name}'")
    return definition.value_sets[name]


def _valued(
    definition: Definition, found: Score, answers: Answers, value_set: ValueSet, person: Person
) -> Score:
    if found.reason is not None:
        return replace(found, value_set=value_set.id)
    given = {name: answer for name in definition.scale.items if isinstance(answer := answers[name], int)}
    named = replace(found, profile=profile_of(given), value_set=value_set.id)
    value = value_set.value_of(given, person)
    if value is None:
        return replace(named, reason=NoScore.PERSON_UNKNOWN)
    exact = Fraction(value)
    total = _rounded(exact, definition.scale.decimals)
    return _with_staff_words(definition.scale, replace(named, total=total, exact=exact))


def _with_staff_words(scale: Scale, found: Score) -> Score:
    total = found.total
    if total is None:
        return found
    reached = tuple(cut.id for cut in scale.cut_offs if total >= cut.at_least)
    return replace(found, band=band_of(scale, total), cut_offs=reached)


def _combine(scale: Scale, values: list[Fraction]) -> Fraction:
    total = sum(values, Fraction())
    if scale.table is not None:
        return Fraction(scale.table[int(total)])
    if scale.method is Method.MEAN:
        total /= len(values)
    return (Fraction(scale.start) + total) * Fraction(scale.multiply)


def _rounded(exact: Fraction, decimals: int) -> Decimal:
    quotient = Decimal(exact.numerator) / Decimal(exact.denominator)
    return quotient.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + 0  # never "-0"
