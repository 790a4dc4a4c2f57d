"""What must fit together in the scoring of a questionnaire: items, range, missing answers, bands, change rules."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from webapp.content.problems import did_you_mean
from webapp.questionnaires.definitions import ItemKind, Method
from webapp.questionnaires.file_definitions import item_from
from webapp.questionnaires.instrument_files import (
    ChangePart,
    InstrumentFile,
    ItemPart,
    MissingPart,
    ScoringPart,
)
from webapp.questionnaires.located_yaml import Finding, Place, repeated
from webapp.questionnaires.rules import item_value

Pick = Callable[[Iterable[Fraction]], Fraction]
Known = Mapping[str, ItemPart]

NEEDED = ("range", "direction", "decimals", "missing")
ONLY_WITH_A_TOTAL = ("range", "bands", "cut_offs", "change", "table", "missing")


def problems_in_scoring(part: InstrumentFile) -> Iterator[Finding]:
    """Everything that does not fit together in the total and the subscales."""
    known = {item.id: item for item in part.items}
    total = part.scoring
    if total.method is Method.NONE:
        yield from _no_total(total)
    else:
        yield from _scale(total, known, ("scoring",))
    if (total.method is Method.VALUE_SET) != (total.value_set is not None):
        yield ("scoring", "value_set"), "'value_set' goes with the method 'value-set', and with no other", ""
    yield from _subscales(part, known)


def _no_total(total: ScoringPart) -> Iterator[Finding]:
    for name in ONLY_WITH_A_TOTAL:
        if getattr(total, name):
            yield ("scoring", name), f"there is no total, so it has no '{name}'", "Take it out."


def _subscales(part: InstrumentFile, known: Known) -> Iterator[Finding]:
    place: Place = ("scoring", "subscales")
    yield from repeated([scale.id for scale in part.scoring.subscales], place)
    for index, scale in enumerate(part.scoring.subscales):
        if scale.id == part.id:
            yield (*place, index, "id"), f"'{scale.id}' is the id of the whole questionnaire", ""
        if scale.id == "total":
            yield (*place, index, "id"), "'total' is what the whole score is called", ""
        if scale.method in (Method.NONE, Method.VALUE_SET):
            yield (*place, index, "method"), f"a subscale cannot have the method '{scale.method}'", ""
        else:
            yield from _scale(scale, known, (*place, index))


def _scale(scale: ScoringPart, known: Known, place: Place) -> Iterator[Finding]:
    lacking = [name for name in NEEDED if getattr(scale, name) is None]
    for name in lacking:
        yield (*place, name), f"'{name}' is missing", ""
    wanted = [item.id for item in known.values() if item.counts] if scale.items is None else scale.items
    wrong = [*_items(wanted, known, (*place, "items"))]
    yield from wrong
    if not wanted:
        yield (*place, "items"), "there is no item to score", ""
    if lacking or wrong or not wanted:
        return
    items = [known[name] for name in wanted]
    if all(_is_sound(item) for item in items):
        yield from _numbers(scale, items, place)
    if scale.missing is not None:
        yield from _missing(scale.missing, items, (*place, "missing"))
    yield from _bands(scale, place)
    yield from _cut_offs(scale, place)
    if scale.change is not None:
        yield from _changes(scale.change, scale.bands is not None, (*place, "change"))


def _items(wanted: Sequence[str], known: Known, place: Place) -> Iterator[Finding]:
    yield from repeated(wanted, place)
    for index, name in enumerate(wanted):
        if name not in known:
            yield (*place, index), f"there is no item '{name}'", did_you_mean(name, known)
        elif known[name].kind is ItemKind.WORDS:
            yield (*place, index), f"'{name}' is answered in words, so it has no score", ""


def _is_sound(item: ItemPart) -> bool:
    return item.has_ends and (
        item.recode is None or set(item.recode) >= set(range(item.lowest, item.highest + 1))
    )


def _numbers(scale: ScoringPart, items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    if scale.table is not None:
        yield from _table(scale, items, place)
    elif scale.method is Method.VALUE_SET:
        yield from _one_digit_each(items, place)
    elif scale.range is not None:
        lowest, highest = _reach(scale, items)
        if (lowest, highest) != scale.range:
            said = f"the range is given as {scale.range[0]} to {scale.range[1]}"
            yield (*place, "range"), f"{said}, but the items can give {lowest:f} to {highest:f}", ""


def _reach(scale: ScoringPart, items: Sequence[ItemPart]) -> tuple[Decimal, Decimal]:
    shared = len(items) if scale.method is Method.MEAN else 1
    ends = [(Fraction(scale.start) + _extreme(items, pick) / shared) for pick in (min, max)]
    low, high = (Decimal(end.numerator) / Decimal(end.denominator) * scale.multiply for end in ends)
    return low, high


def _extreme(items: Sequence[ItemPart], pick: Pick) -> Fraction:
    return sum((pick(_values(item)) for item in items), Fraction())


def _values(item: ItemPart) -> list[Fraction]:
    return [item_value(item_from(item), answer) for answer in range(item.lowest, item.highest + 1)]


def _table(scale: ScoringPart, items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    table = scale.table or {}
    sums = _sums(items)
    if scale.method is not Method.SUM or scale.start or scale.multiply != 1:
        yield (*place, "table"), "a table stands on the plain sum, without 'start' or 'multiply'", ""
    if scale.missing is not None and scale.missing.max_missing:
        yield (*place, "missing", "max_missing"), "a table needs every answer, so none may be missing", ""
    if any(each.denominator != 1 for each in sums):
        yield (*place, "table"), "a table needs whole numbers, but an item counts for a part of one", ""
    lacking = sorted(sums - {Fraction(key) for key in table})
    if lacking:
        yield (*place, "table"), f"the table lacks the sum {', '.join(map(str, lacking))}", ""
    for key in table:
        if Fraction(key) not in sums:
            yield (*place, "table", key), f"the items cannot give the sum {key}", ""
    if table and scale.range is not None and scale.range != (min(table.values()), max(table.values())):
        reach = f"{min(table.values())} to {max(table.values())}"
        yield (*place, "range"), f"the range is not that of the table, {reach}", ""


def _sums(items: Sequence[ItemPart]) -> set[Fraction]:
    """Every sum that the items can give."""
    sums = {Fraction()}
    for item in items:
        values = _values(item)
        sums = {one + value for one in sums for value in values}
    return sums


def _one_digit_each(items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    for item in items:
        if item.lowest < 0 or item.highest > 9:
            yield (
                (*place, "items"),
                f"'{item.id}' cannot be in a profile: its answers are not single digits",
                "",
            )


def _missing(rule: MissingPart, items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    if rule.max_missing >= len(items):
        yield (*place, "max_missing"), "at least one answer is needed for a score", ""
    ids = [item.id for item in items]
    for name in ("never", "only"):
        named: list[str] = getattr(rule, name)
        yield from repeated(named, (*place, name))
        for index, one in enumerate(named):
            if one not in ids:
                yield (*place, name, index), f"'{one}' is not in this scale", did_you_mean(one, ids)
    for name in rule.never:
        if name in rule.only:
            yield (*place, "only"), f"'{name}' may never be missing, so it cannot be among 'only'", ""
    yield from _count_as(rule, items, place)


def _count_as(rule: MissingPart, items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    fillable = [item for item in items if not rule.only or item.id in rule.only]
    for item in fillable if rule.count_as is not None and all(map(_is_sound, fillable)) else ():
        values = _values(item)
        if not min(values) <= Fraction(rule.count_as or 0) <= max(values):
            yield (*place, "count_as"), f"{rule.count_as} is not what '{item.id}' can count for", ""


def _bands(scale: ScoringPart, place: Place) -> Iterator[Finding]:
    if scale.bands is None or scale.range is None:
        return
    place = (*place, "bands", "levels")
    levels = scale.bands.levels
    yield from repeated([band.id for band in levels], place)
    for index, band in enumerate(levels):
        if band.at_least > band.at_most:
            yield (*place, index), f"the band '{band.id}' ends below where it begins", ""
        if index and not 0 < band.at_least - levels[index - 1].at_most <= 1:
            yield (*place, index), f"'{band.id}' does not begin where '{levels[index - 1].id}' ends", ""
    if (levels[0].at_least, levels[-1].at_most) != scale.range:
        yield place, f"the bands do not cover the range {scale.range[0]} to {scale.range[1]}", ""


def _cut_offs(scale: ScoringPart, place: Place) -> Iterator[Finding]:
    yield from repeated([cut.id for cut in scale.cut_offs], (*place, "cut_offs"))
    for index, cut in enumerate(scale.cut_offs):
        if scale.range is not None and not scale.range[0] < cut.at_least <= scale.range[1]:
            yield (*place, "cut_offs", index, "at_least"), f"{cut.at_least} is outside the range", ""


def _changes(change: ChangePart, has_bands: bool, place: Place) -> Iterator[Finding]:
    ids = [rule.id for rule in change.rules]
    yield from repeated(ids, (*place, "rules"))
    if change.lead not in ids:
        yield (*place, "lead"), f"there is no change rule '{change.lead}'", did_you_mean(change.lead, ids)
    for index, rule in enumerate(change.rules):
        if rule.points is None and rule.percent is None:
            yield (*place, "rules", index), f"'{rule.id}' needs 'points' or 'percent'", ""
        if rule.another_band and not has_bands:
            yield (*place, "rules", index), f"'{rule.id}' asks for another band, but there are no bands", ""
