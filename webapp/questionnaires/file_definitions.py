"""From a checked file to the arithmetic that the rules know."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType

from webapp.questionnaires.definitions import (
    Band,
    Better,
    ChangeRule,
    Condition,
    CutOff,
    Definition,
    Group,
    Item,
    MissingRule,
    Scale,
)
from webapp.questionnaires.instrument_files import (
    ConditionPart,
    GroupsPart,
    InstrumentFile,
    ItemPart,
    MissingPart,
    ScoringPart,
)
from webapp.questionnaires.value_set_rules import ValueSet


def definition_from(part: InstrumentFile, value_sets: Mapping[str, ValueSet]) -> Definition:
    """The arithmetic of one instrument; `value_sets` are those of this instrument, by name."""
    counted = [item.id for item in part.items if item.counts]
    return Definition(
        id=part.id,
        version=part.version,
        items=tuple(map(item_from, part.items)),
        scale=_scale(part.id, part.scoring, counted),
        subscales=tuple(_scale(each.id, each, each.items) for each in part.scoring.subscales),
        groups=_groups(part.scoring.groups),
        groups_source="" if part.scoring.groups is None else part.scoring.groups.source,
        value_set=part.scoring.value_set,
        value_sets=MappingProxyType(dict(value_sets)),
    )


def item_from(part: ItemPart) -> Item:
    """The item as the rules know it."""
    return Item(
        id=part.id,
        minimum=part.lowest,
        maximum=part.highest,
        reverse=part.reverse,
        recode=part.recode,
        kind=part.kind,
        optional=part.optional,
        same_as=tuple(part.same_as),
        alert_from=part.alert_from,
    )


def _scale(scale_id: str, part: ScoringPart, counted: Sequence[str]) -> Scale:
    items = tuple(counted if part.items is None else part.items)
    lowest, highest = part.range or (Decimal(0), Decimal(0))
    return Scale(
        id=scale_id,
        items=items,
        method=part.method,
        minimum=lowest,
        maximum=highest,
        better=part.direction or Better.LOW,
        decimals=part.decimals or 0,
        missing=_missing(part.missing, len(items)),
        multiply=part.multiply,
        bands=() if part.bands is None else tuple(Band(**band.model_dump()) for band in part.bands.levels),
        cut_offs=tuple(CutOff(**cut.model_dump()) for cut in part.cut_offs),
        changes=()
        if part.change is None
        else tuple(ChangeRule(**rule.model_dump()) for rule in part.change.rules),
        lead=None if part.change is None else part.change.lead,
        start=part.start,
        table=part.table,
        bands_source="" if part.bands is None else part.bands.source,
    )


def _missing(part: MissingPart | None, items: int) -> MissingRule:
    """The rule of the file; a questionnaire without a total needs none."""
    if part is None:
        return MissingRule(items, "There is no total.")
    return MissingRule(
        max_missing=part.max_missing,
        source=part.source,
        decimals=part.decimals,
        count_as=part.count_as,
        never=tuple(part.never),
        only=tuple(part.only),
    )


def _groups(part: GroupsPart | None) -> tuple[Group, ...]:
    levels = () if part is None else part.levels
    return tuple(Group(level.id, tuple(map(_condition, level.when))) for level in levels)


def _condition(part: ConditionPart) -> Condition:
    return Condition(part.scale, part.item, part.at_least, part.at_most, tuple(part.one_of))
