"""The data dictionary of a copy: a row for every column, every score and every question of the other two tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from webapp.questionnaires.instruments import Instrument, Instruments, Texts
from webapp.questionnaires.rules import Item, Scale

from .tables import ITEM_COLUMNS, SCORE_COLUMNS, SITTING_COLUMNS, TOTAL, Column

SCORES, ITEMS, DICTIONARY = "scores.csv", "items.csv", "data-dictionary.csv"
HEADINGS = (
    "file",
    "column",
    "instrument",
    "scale_or_item",
    "meaning",
    "type",
    "unit",
    "range",
    "direction",
    "source",
)
DIRECTIONS = {"high_better": "a higher score is better", "high_worse": "a higher score is worse"}
COLUMNS: dict[str, tuple[Column[Any], ...]] = {
    SCORES: (*SITTING_COLUMNS, *SCORE_COLUMNS),
    ITEMS: (*SITTING_COLUMNS, *ITEM_COLUMNS),
}
Row = tuple[str, ...]


def dictionary_rows(instruments: Sequence[str], known: Instruments) -> Iterator[Row]:
    """What every column means, then what each of these questionnaires measures and asks."""
    for file, columns in COLUMNS.items():
        yield from (_column(file, one) for one in columns)
    for name in instruments:
        if name in known.by_id:
            yield from _instrument(known.by_id[name])


def _column(file: str, one: Column[Any]) -> Row:
    return (file, one.name, "", "", one.meaning, one.kind, one.unit, one.range, one.direction, one.source)


def _instrument(one: Instrument) -> Iterator[Row]:
    definition = one.definition
    if definition.scale.has_a_score:
        yield _scale(one, TOTAL, f"{_title(one)}: {one.measures}", definition.scale)
    for scale in definition.subscales:
        yield _scale(one, scale.id, one.names_in("en").subscales.get(scale.id, scale.id), scale)
    for item in definition.items:
        yield _item(one, item)


def _scale(one: Instrument, name: str, meaning: str, scale: Scale) -> Row:
    said = f"{meaning} (version {one.version}; {scale.method.value} of {' '.join(scale.items)})"
    reach = f"{scale.minimum} to {scale.maximum}"
    kind = "whole number" if scale.decimals == 0 else f"number, decimals: {scale.decimals}"
    direction = DIRECTIONS[scale.better.value]
    return (SCORES, "score", one.id, name, said, kind, "points", reach, direction, one.citation)


def _item(one: Instrument, item: Item) -> Row:
    texts = text_to_pass_on(one)
    meaning = item.id if texts is None else texts.items.get(item.id, item.id)
    if item.in_words:
        return (ITEMS, "words", one.id, item.id, meaning, "text", "", "", "", one.citation)
    reach = f"{item.minimum} to {item.maximum}"
    labels = {} if texts is None else texts.labels_of(item.id)
    said = "; ".join(f"{value} = {words}" for value, words in sorted(labels.items()))
    turned = "turned round or recoded before it is scored" if item.reverse or item.recode else ""
    reach = f"{reach} ({said})" if said else reach
    return (ITEMS, "value", one.id, item.id, meaning, "whole number", "", reach, turned, one.citation)


def text_to_pass_on(one: Instrument) -> Texts | None:
    """The English text (else the first), unless it is licensed to the service alone (``status: plugin``)."""
    if one.licence.status == "plugin" or not one.texts:
        return None
    return one.texts.get("en") or next(iter(one.texts.values()))


def _title(one: Instrument) -> str:
    texts = text_to_pass_on(one)
    return one.names_in("en").heading if texts is None else texts.title
