"""What must fit together in a questionnaire file, beyond its shape: ids, items, scoring, texts and licence.

Each check yields where, what is wrong and a suggestion; none stops the others.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from webapp.content.problems import Problem, did_you_mean
from webapp.questionnaires.code_checks import problems_in_codes
from webapp.questionnaires.definitions import ItemKind
from webapp.questionnaires.group_checks import problems_in_groups
from webapp.questionnaires.instrument_files import (
    InstrumentFile,
    ItemPart,
    LicencePart,
    ScoringPart,
    TextsPart,
)
from webapp.questionnaires.located_yaml import Finding, LocatedFile, Place, repeated
from webapp.questionnaires.scale_checks import problems_in_scoring

__all__ = ["Finding", "problems_between", "problems_in_instrument", "repeated"]

WITHOUT_TEXT = "scoring-only"
"""The folder whose files hold no text."""


def problems_in_instrument(part: InstrumentFile, found: LocatedFile) -> list[Problem]:
    """Everything that does not fit together in one instrument's file."""
    findings = [
        *_file_name(part, found),
        *repeated([item.id for item in part.items], ("items",)),
        *_items(part),
        *problems_in_scoring(part),
        *problems_in_groups(part),
        *problems_in_codes(part),
        *_licence(part, found),
        *_names(part),
        *_texts(part),
    ]
    return [found.problem(*finding) for finding in dict.fromkeys(findings)]


def problems_between(
    part: InstrumentFile, found: LocatedFile, known: Mapping[str, InstrumentFile], unusable: Collection[str]
) -> list[Problem]:
    """What does not fit between one instrument and the others: the same question asked elsewhere."""
    findings = [
        ((("items", index, "same_as", place)), *wrong)
        for index, item in enumerate(part.items)
        for place, other in enumerate(item.same_as)
        for wrong in _same_as(f"{part.id}/{item.id}", item, other, known, unusable)
    ]
    return [found.problem(*finding) for finding in findings]


def _same_as(
    own: str, item: ItemPart, other: str, known: Mapping[str, InstrumentFile], unusable: Collection[str]
) -> Iterator[tuple[str, str]]:
    instrument, _, name = other.partition("/")
    if instrument in unusable:
        return
    if instrument not in known:
        yield f"there is no questionnaire '{instrument}'", did_you_mean(instrument, known)
        return
    items = {each.id: each for each in known[instrument].items}
    if other == own:
        yield f"'{other}' is this question itself", ""
    elif name not in items:
        yield f"there is no item '{name}' in '{instrument}'", did_you_mean(name, items)
    elif _answers(items[name]) != _answers(item) and item.has_ends and items[name].has_ends:
        yield f"'{other}' cannot be the same question: it has other answers", ""


def _answers(item: ItemPart) -> tuple[ItemKind, int, int]:
    return item.kind, item.lowest, item.highest


def _file_name(part: InstrumentFile, found: LocatedFile) -> Iterator[Finding]:
    if found.path.stem != part.id:
        yield (
            ("id",),
            f"the id '{part.id}' and the file name '{found.path.name}' differ",
            "Make them the same.",
        )


def _items(part: InstrumentFile) -> Iterator[Finding]:
    for index, item in enumerate(part.items):
        place: Place = ("items", index)
        match item.kind:
            case ItemKind.NUMBER:
                yield from _ends(item, place)
            case ItemKind.TICK:
                yield from _tick(item, place)
            case ItemKind.WORDS:
                yield from _words(item, place)
        yield from _values(item, place)
        yield from repeated(item.same_as, (*place, "same_as"))


def _ends(item: ItemPart, place: Place) -> Iterator[Finding]:
    for name in ("min", "max"):
        if getattr(item, name) is None:
            yield (*place, name), f"'{name}' is missing", ""
    if item.min is not None and item.max is not None and item.min >= item.max:
        words = f"'{item.id}' begins at {item.min}, which is not below its end {item.max}"
        yield (*place, "min"), words, ""


def _tick(item: ItemPart, place: Place) -> Iterator[Finding]:
    if (item.min or 0, 1 if item.max is None else item.max) != (0, 1):
        yield place, f"'{item.id}' is to tick: it goes from 0 to 1", "Take out 'min' and 'max'."


def _words(item: ItemPart, place: Place) -> Iterator[Finding]:
    for name in ("min", "max", "recode", "alert_from"):
        if getattr(item, name) is not None:
            yield (*place, name), f"'{item.id}' is answered in words, so it has no '{name}'", "Take it out."


def _values(item: ItemPart, place: Place) -> Iterator[Finding]:
    if item.reverse and item.recode is not None:
        yield (*place, "recode"), f"'{item.id}' is both reversed and recoded", "Keep one of them."
    offered = set(range(item.lowest, item.highest + 1))
    if item.recode is not None and item.has_ends and set(item.recode) != offered:
        yield (*place, "recode"), f"the table of '{item.id}' does not hold each answer exactly once", ""
    beyond = item.alert_from is not None and not item.lowest < item.alert_from <= item.highest
    if item.has_ends and beyond:
        reach = f"from {item.lowest + 1} to {item.highest}"
        yield (*place, "alert_from"), f"{item.alert_from} is outside the answers of '{item.id}', {reach}", ""


def _licence(part: InstrumentFile, found: LocatedFile) -> Iterator[Finding]:
    licence, place = part.licence, ("licence", "text_included")
    if licence.text_included and not part.texts:
        yield place, "the text is said to be here, but there are no 'texts'", ""
    if part.texts and not licence.text_included:
        yield ("texts",), "there is text here, but the licence says 'text_included: false'", "Take it out."
    if licence.text_included and found.path.parent.name == WITHOUT_TEXT:
        yield place, f"no file in '{WITHOUT_TEXT}' may hold a text", ""
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
    groups = part.scoring.groups
    bands = [band.id for scale in scales if scale.bands is not None for band in scale.bands.levels]
    return [*bands, *(() if groups is None else (group.id for group in groups.levels))]


def _texts(part: InstrumentFile) -> Iterator[Finding]:
    for language, texts in part.texts.items():
        place: Place = ("texts", language)
        yield from _same_keys(texts.items, [item.id for item in part.items], (*place, "items"), "item")
        for name in texts.item_labels:
            if name not in {item.id for item in part.items}:
                known = [item.id for item in part.items]
                yield (*place, "item_labels", name), f"there is no item '{name}'", did_you_mean(name, known)
        for item in part.items:
            if item.kind is ItemKind.NUMBER and item.has_ends:
                yield from _labels(item, texts, place)


def _labels(item: ItemPart, texts: TextsPart, place: Place) -> Iterator[Finding]:
    own = texts.item_labels.get(item.id)
    labels = texts.labels if own is None else own
    place = (*place, "labels") if own is None else (*place, "item_labels", item.id)
    for value in labels:
        if not item.lowest <= value <= item.highest:
            yield (*place, value), f"{value} is not an answer that can be given here", ""
    if not {item.lowest, item.highest} <= set(labels):
        yield place, f"both ends ({item.lowest} and {item.highest}) need a label", ""


def _same_keys(
    given: Mapping[str, str], wanted: Collection[str], place: Place, kind: str
) -> Iterator[Finding]:
    for name in given:
        if name not in wanted:
            yield (*place, name), f"there is no {kind} '{name}'", did_you_mean(name, wanted)
    for name in wanted:
        if name not in given:
            yield place, f"the {kind} '{name}' has no text", ""
