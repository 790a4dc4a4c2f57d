"""What must fit together in a questionnaire file, beyond its shape: ids, ranges, bands, texts and licence.

Each check yields where, what is wrong and a suggestion; none stops the others.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.instrument_files import (
    ChangePart,
    InstrumentFile,
    ItemPart,
    LicencePart,
    ScoringPart,
    TextsPart,
)
from webapp.questionnaires.located_yaml import LocatedFile, Place
from webapp.questionnaires.rules import Item, Method, item_value

Finding = tuple[Place, str, str]
Pick = Callable[[Iterable[Fraction]], Fraction]


def problems_in_instrument(part: InstrumentFile, found: LocatedFile) -> list[Problem]:
    """Everything that does not fit together in one instrument's file."""
    findings = [
        *_file_name(part, found),
        *repeated([item.id for item in part.items], ("items",)),
        *_items(part.items),
        *_scale(part.scoring, part.items, ("scoring",)),
        *_subscales(part),
        *_licence(part),
        *_names(part),
        *_texts(part),
    ]
    return [found.problem(*finding) for finding in dict.fromkeys(findings)]


def item_from(part: ItemPart) -> Item:
    """The item as the rules know it."""
    return Item(part.id, part.min, part.max, part.reverse, part.recode)


def _file_name(part: InstrumentFile, found: LocatedFile) -> Iterator[Finding]:
    if found.path.stem != part.id:
        yield (
            ("id",),
            f"the id '{part.id}' and the file name '{found.path.name}' differ",
            "Make them the same.",
        )


def repeated(ids: Sequence[str], place: Place) -> Iterator[Finding]:
    """Names that stand in a list twice."""
    for index, name in enumerate(ids):
        if name in ids[:index]:
            yield (*place, index), f"'{name}' is already used in this list", ""


def _items(items: Sequence[ItemPart]) -> Iterator[Finding]:
    for index, item in enumerate(items):
        place: Place = ("items", index)
        if item.min >= item.max:
            yield (
                (*place, "min"),
                f"'{item.id}' begins at {item.min}, which is not below its end {item.max}",
                "",
            )
        if item.reverse and item.recode is not None:
            yield (*place, "recode"), f"'{item.id}' is both reversed and recoded", "Keep one of them."
        if item.recode is not None and set(item.recode) != set(range(item.min, item.max + 1)):
            yield (*place, "recode"), f"the table of '{item.id}' does not hold each answer exactly once", ""


def _scale(scale: ScoringPart, items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    known = {item.id: item for item in items}
    wanted = list(known) if scale.items is None else scale.items
    if scale.items is not None:
        yield from repeated(scale.items, (*place, "items"))
    unknown = [(index, name) for index, name in enumerate(wanted) if name not in known]
    for index, name in unknown:
        yield (*place, "items", index), f"there is no item '{name}'", did_you_mean(name, known)
    if not unknown and all(_is_sound(known[name]) for name in wanted):
        yield from _range(scale, [known[name] for name in wanted], place)
    if scale.missing.max_missing >= len(wanted):
        yield (*place, "missing", "max_missing"), "at least one answer is needed for a score", ""
    yield from _bands(scale, place)
    yield from _cut_offs(scale, place)
    if scale.change is not None:
        yield from _changes(scale.change, scale.bands is not None, (*place, "change"))


def _is_sound(item: ItemPart) -> bool:
    return item.min < item.max and (
        item.recode is None or set(item.recode) >= set(range(item.min, item.max + 1))
    )


def _range(scale: ScoringPart, items: Sequence[ItemPart], place: Place) -> Iterator[Finding]:
    lowest, highest = _extreme(scale, items, min), _extreme(scale, items, max)
    if (lowest, highest) != scale.range:
        said = f"the range is given as {scale.range[0]} to {scale.range[1]}"
        yield (*place, "range"), f"{said}, but the items can give {lowest:f} to {highest:f}", ""


def _extreme(scale: ScoringPart, items: Sequence[ItemPart], pick: Pick) -> Decimal:
    ends = [
        pick(item_value(item_from(item), answer) for answer in range(item.min, item.max + 1))
        for item in items
    ]
    total = sum(ends, Fraction()) / (len(ends) if scale.method is Method.MEAN else 1)
    return Decimal(total.numerator) / Decimal(total.denominator) * scale.multiply


def _bands(scale: ScoringPart, place: Place) -> Iterator[Finding]:
    if scale.bands is None:
        return
    place = (*place, "bands", "levels")
    levels = scale.bands.levels
    yield from repeated([band.id for band in levels], place)
    for index, band in enumerate(levels):
        if band.at_least >= band.at_most:
            yield (*place, index), f"the band '{band.id}' does not end above where it begins", ""
        if index and not 0 < band.at_least - levels[index - 1].at_most <= 1:
            yield (*place, index), f"'{band.id}' does not begin where '{levels[index - 1].id}' ends", ""
    if (levels[0].at_least, levels[-1].at_most) != scale.range:
        yield place, f"the bands do not cover the range {scale.range[0]} to {scale.range[1]}", ""


def _cut_offs(scale: ScoringPart, place: Place) -> Iterator[Finding]:
    yield from repeated([cut.id for cut in scale.cut_offs], (*place, "cut_offs"))
    for index, cut in enumerate(scale.cut_offs):
        if not scale.range[0] < cut.at_least <= scale.range[1]:
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


def _subscales(part: InstrumentFile) -> Iterator[Finding]:
    place: Place = ("scoring", "subscales")
    yield from repeated([scale.id for scale in part.scoring.subscales], place)
    for index, scale in enumerate(part.scoring.subscales):
        if scale.id == part.id:
            yield (*place, index, "id"), f"'{scale.id}' is the id of the whole questionnaire", ""
        yield from _scale(scale, part.items, (*place, index))


def _licence(part: InstrumentFile) -> Iterator[Finding]:
    licence, place = part.licence, ("licence", "text_included")
    if licence.text_included and not part.texts:
        yield place, "the text is said to be here, but there are no 'texts'", ""
    if part.texts and not licence.text_included:
        yield ("texts",), "there is text here, but the licence says 'text_included: false'", "Take it out."
    if _lacks_permission(licence):
        yield place, "this text may only be here with 'permission': who gave it, and when", ""


def _lacks_permission(licence: LicencePart) -> bool:
    return licence.status == "plugin" and licence.text_included and licence.permission is None


def _names(part: InstrumentFile) -> Iterator[Finding]:
    if "en" not in part.names:
        yield ("names",), "the names are missing in 'en'", ""
    band_ids = _all_bands(part)
    subscale_ids = [scale.id for scale in part.scoring.subscales]
    for language, names in part.names.items():
        yield from _same_keys(names.bands, band_ids, ("names", language, "bands"), "band")
        yield from _same_keys(names.subscales, subscale_ids, ("names", language, "subscales"), "subscale")


def _all_bands(part: InstrumentFile) -> list[str]:
    scales: list[ScoringPart] = [part.scoring, *part.scoring.subscales]
    return [band.id for scale in scales if scale.bands is not None for band in scale.bands.levels]


def _texts(part: InstrumentFile) -> Iterator[Finding]:
    for language, texts in part.texts.items():
        place: Place = ("texts", language)
        yield from _same_keys(texts.items, [item.id for item in part.items], (*place, "items"), "item")
        for name in texts.item_labels:
            if name not in {item.id for item in part.items}:
                known = [item.id for item in part.items]
                yield (*place, "item_labels", name), f"there is no item '{name}'", did_you_mean(name, known)
        for item in part.items:
            if item.min < item.max:
                yield from _labels(item, texts, place)


def _labels(item: ItemPart, texts: TextsPart, place: Place) -> Iterator[Finding]:
    own = texts.item_labels.get(item.id)
    labels = texts.labels if own is None else own
    place = (*place, "labels") if own is None else (*place, "item_labels", item.id)
    for value in labels:
        if not item.min <= value <= item.max:
            yield (*place, value), f"{value} is not an answer that can be given here", ""
    if not {item.min, item.max} <= set(labels):
        yield place, f"both ends ({item.min} and {item.max}) need a label", ""


def _same_keys(
    given: Mapping[str, str], wanted: Collection[str], place: Place, kind: str
) -> Iterator[Finding]:
    for name in given:
        if name not in wanted:
            yield (*place, name), f"there is no {kind} '{name}'", did_you_mean(name, wanted)
    for name in wanted:
        if name not in given:
            yield place, f"the {kind} '{name}' has no text", ""
