"""What the arithmetic of a questionnaire is made of: items, scales, bands, change rules, compound rules.

Plain frozen values of the standard library. Every number comes with its source from the files in
`content/questionnaires/`; nothing here knows a word that a person reads.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from webapp.questionnaires.value_set_rules import ValueSet

Answers = Mapping[str, int | str | None]
"""Answers by item: whole numbers, words (to items of kind `words` only), or `None` for no answer."""

TOTAL = "total"
"""What a compound rule calls the total of the questionnaire."""


class ItemKind(StrEnum):
    """How a question is answered: by a number, by ticking a sentence, or in the person's own words."""

    NUMBER = "number"
    TICK = "tick"
    WORDS = "words"


class Method(StrEnum):
    """How the values of the items become one number. `NONE`: there is no total, only subscales."""

    SUM = "sum"
    MEAN = "mean"
    NONE = "none"
    VALUE_SET = "value-set"


class Better(StrEnum):
    """Which end of a scale is the better one for the patient. It differs, so it is never assumed."""

    HIGH = "high_better"
    LOW = "high_worse"


class Purpose(StrEnum):
    """A change rule is about what matters to people, or about what exceeds the error of measurement."""

    MATTERS = "matters"
    RELIABLE = "reliable"


class NoScore(StrEnum):
    """Why there is no total. `NO_TOTAL`: by its rule the questionnaire never has one.

    `NEEDED_MISSING`: an answer is missing that may never be filled. `PERSON_UNKNOWN`: the value set asks for
    an age and a sex that were not given, or that it does not cover.
    """

    NOTHING_ANSWERED = "nothing_answered"
    TOO_MANY_MISSING = "too_many_missing"
    NEEDED_MISSING = "needed_missing"
    NO_TOTAL = "no_total"
    PERSON_UNKNOWN = "person_unknown"


class AnswerRefused(ValueError):
    """An answer that the questionnaire does not offer: `item`, the `value` given and the values `allowed`."""

    def __init__(self, item: str, value: object, allowed: tuple[int, int] | None, message: str = "") -> None:
        self.item, self.value, self.allowed = item, value, allowed
        if not message and allowed is None:
            message = f"there is no item called '{item}'"
        elif not message and allowed is not None:
            numbers = f"whole numbers from {allowed[0]} to {allowed[1]} are"
            message = f"'{value}' is not an answer to '{item}': {numbers}"
        super().__init__(message)


@dataclass(frozen=True, slots=True)
class Item:
    """One question: the whole numbers from `minimum` to `maximum` can be answered.

    `reverse` turns the value round (maximum + minimum - value); `recode` replaces it by a table. At most
    one of them. A `tick` is 0 or 1, and a sentence that was not ticked is 0 as soon as any sentence of the
    questionnaire was answered. An item in `words` is in no scale. An `optional` item is in no scale that
    does not name it. `same_as` names the same published question elsewhere ("phq-9/q1"). `alert_from` is
    the lowest answer that a person must see.
    """

    id: str
    minimum: int
    maximum: int
    reverse: bool = False
    recode: Mapping[int, Decimal] | None = None
    kind: ItemKind = ItemKind.NUMBER
    optional: bool = False
    same_as: tuple[str, ...] = ()
    alert_from: int | None = None

    @property
    def in_words(self) -> bool:
        """True if it is answered in the person's own words."""
        return self.kind is ItemKind.WORDS

    def must_be_seen(self, answer: int | str | None) -> bool:
        """True if this answer is one that a person must see (such as item 9 of the PHQ-9 above 0)."""
        return self.alert_from is not None and isinstance(answer, int) and answer >= self.alert_from


@dataclass(frozen=True, slots=True)
class MissingRule:
    """What happens to answers that were not given.

    Up to `max_missing` of them are filled: with the mean of the answered ones, or with `count_as` where the
    published rule names a number. More than that: no score. `max_missing` 0 means that every answer is
    needed. An item of `never` is not filled: without it there is no score. If `only` names items, just
    these may be missing. A score on filled answers is rounded to `decimals` places.
    """

    max_missing: int
    source: str
    decimals: int = 1
    count_as: Decimal | None = None
    never: tuple[str, ...] = ()
    only: tuple[str, ...] = ()

    @property
    def leaves_out(self) -> bool:
        """True if a missing answer makes the total one of fewer questions, and not a filled one of all."""
        return bool(self.only) and self.count_as == 0


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
class Condition:
    """A part of a compound rule: a scale's score or an item's answer, and where it has to lie.

    Exactly one of `scale` (`total`, or a subscale) and `item` is given. All bounds that are given must hold.
    """

    scale: str | None = None
    item: str | None = None
    at_least: Decimal | None = None
    at_most: Decimal | None = None
    one_of: tuple[Decimal, ...] = ()


@dataclass(frozen=True, slots=True)
class Group:
    """One outcome of a compound rule, for staff only: it holds if all of its conditions do."""

    id: str
    when: tuple[Condition, ...]


@dataclass(frozen=True, slots=True)
class Scale:
    """How one number comes out of items: the total of a questionnaire, or a subscale.

    The result is `start` plus the sum or mean of `items`, times `multiply`; or what `table` holds for the
    raw sum. It lies between `minimum` and `maximum`. `decimals` says how many places a score on complete
    answers is rounded to, half up. `lead` is the change rule told first.
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
    start: Decimal = Decimal(0)
    table: Mapping[int, Decimal] | None = None
    bands_source: str = ""

    @property
    def has_a_score(self) -> bool:
        """False for a questionnaire without a total: its range and direction then say nothing."""
        return self.method is not Method.NONE


@dataclass(frozen=True, slots=True)
class Definition:
    """The arithmetic of one instrument: its items in order, its total (`scale`) and its subscales.

    `groups` is its compound rule: the first whose conditions hold. `value_sets` holds, by name, the tables
    of values that its total can be taken from, and `value_set` names the one that is used if none is asked
    for.
    """

    id: str
    version: int
    items: tuple[Item, ...]
    scale: Scale
    subscales: tuple[Scale, ...] = ()
    groups: tuple[Group, ...] = ()
    value_set: str | None = None
    value_sets: Mapping[str, ValueSet] = field(default_factory=lambda: MappingProxyType({}))
    groups_source: str = ""

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
