"""What must fit together in a compound rule: the scales and items that it names, and its order."""

from __future__ import annotations

from collections.abc import Iterator

from webapp.content.problems import did_you_mean
from webapp.questionnaires.definitions import TOTAL, ItemKind, Method
from webapp.questionnaires.instrument_files import ConditionPart, GroupPart, InstrumentFile
from webapp.questionnaires.located_yaml import Finding, Place, repeated


def problems_in_groups(part: InstrumentFile) -> Iterator[Finding]:
    """Everything that does not fit together in the groups, if there are any."""
    groups = part.scoring.groups
    if groups is None:
        return
    place: Place = ("scoring", "groups", "levels")
    if part.scoring.bands is not None:
        yield place, "the total has bands already, so it cannot have groups", "Keep one of them."
    yield from repeated([group.id for group in groups.levels], place)
    for index, group in enumerate(groups.levels):
        yield from _group(group, part, (*place, index), is_last=index == len(groups.levels) - 1)


def _group(group: GroupPart, part: InstrumentFile, place: Place, *, is_last: bool) -> Iterator[Finding]:
    if not group.when and not is_last:
        yield place, f"'{group.id}' always holds, so nothing after it can", "Put it last."
    for index, condition in enumerate(group.when):
        yield from _condition(condition, part, (*place, "when", index))


def _condition(condition: ConditionPart, part: InstrumentFile, place: Place) -> Iterator[Finding]:
    if (condition.scale is None) == (condition.item is None):
        yield place, "exactly one of 'scale' and 'item' is needed", ""
    if condition.at_least is None and condition.at_most is None and not condition.one_of:
        yield place, "one of 'at_least', 'at_most' and 'one_of' is needed", ""
    if condition.scale is not None:
        scales = _scales(part)
        if condition.scale not in scales:
            suggestion = did_you_mean(condition.scale, scales)
            yield (*place, "scale"), f"there is no scale '{condition.scale}'", suggestion
    if condition.item is not None:
        items = [item.id for item in part.items if item.kind is not ItemKind.WORDS]
        if condition.item not in items:
            suggestion = did_you_mean(condition.item, items)
            yield (*place, "item"), f"there is no item '{condition.item}' with numbers", suggestion


def _scales(part: InstrumentFile) -> list[str]:
    subscales = [scale.id for scale in part.scoring.subscales]
    return subscales if part.scoring.method is Method.NONE else [TOTAL, *subscales]
