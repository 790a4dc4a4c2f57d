"""A questionnaire as FHIR R4 ``Questionnaire``: its published text, its codes, and what each answer counts for."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from webapp.questionnaires.instruments import Instrument, Texts
from webapp.questionnaires.rules import Item, ItemKind, item_value

from .codings import (
    DISPLAY_CATEGORY,
    DISPLAY_CATEGORY_OF_ITEM,
    ITEM_WEIGHT,
    LOINC,
    LOINC_NOTICE,
    MAX_VALUE,
    MIN_VALUE,
    ORDINAL_VALUE,
    Place,
    Resource,
    answer_coding,
    coding,
    extension,
    without_nothing,
)
from .dictionary import text_to_pass_on
from .rules import number


def questionnaire(one: Instrument, place: Place) -> Resource:
    """The resource. A text that is licensed to one service alone is not passed on: its questions are bare codes."""
    texts = text_to_pass_on(one)
    return without_nothing(
        {
            "resourceType": "Questionnaire",
            "id": one.id,
            "language": texts and texts.language,
            "url": place.questionnaire(one.id),
            "version": str(one.version),
            "name": _name(one.id),
            "title": texts.title if texts else one.names_in("en").heading,
            "status": "active",
            "subjectType": ["Patient"],
            "description": one.measures,
            "purpose": one.citation,
            "copyright": _copyright(one),
            "code": [coding(LOINC, one.codes.panel)] if one.codes.panel else [],
            "item": [
                *_before(one, texts),
                *(_item(one, item, texts, place) for item in one.definition.items),
            ],
        }
    )


def link_id(instrument_id: str, item_id: str) -> str:
    """How a question is named in its questionnaire and in every response: ``phq-8.q1``."""
    return f"{instrument_id}.{item_id}"


def is_chosen(one: Instrument, item: Item) -> bool:
    """True for a question whose every answer has words (a choice); False for a number between two ends."""
    labels = _any_texts(one).labels_of(item.id) if one.texts else {}
    return item.kind is ItemKind.NUMBER and all(value in labels for value in _values(item))


def _item(one: Instrument, item: Item, texts: Texts | None, place: Place) -> Resource:
    name = link_id(one.id, item.id)
    code = one.codes.items.get(item.id)
    chosen, is_number = is_chosen(one, item), item.kind is ItemKind.NUMBER
    return without_nothing(
        {
            "extension": _limits(item) if is_number and not chosen else [],
            "linkId": name,
            "code": [coding(LOINC, code)] if code else [],
            "text": texts and texts.items.get(item.id),
            "type": _type(item, chosen),
            "required": False,
            "answerOption": [_option(one, item, value, texts, place) for value in _values(item)] if chosen else [],
            "item": _ends(name, texts, item) if is_number and not chosen else [],
        }
    )  # fmt: skip


def _type(item: Item, chosen: bool) -> str:
    if item.kind is ItemKind.TICK:
        return "boolean"
    if item.kind is ItemKind.WORDS:
        return "text"
    return "choice" if chosen else "integer"


def _values(item: Item) -> range:
    return range(item.minimum, item.maximum + 1)


def _limits(item: Item) -> list[Resource]:
    return [extension(MIN_VALUE, valueInteger=item.minimum), extension(MAX_VALUE, valueInteger=item.maximum)]


def _option(one: Instrument, item: Item, value: int, texts: Texts | None, place: Place) -> Resource:
    label = texts.labels_of(item.id).get(value) if texts else None
    exact = item_value(item, value)
    weight = number(Decimal(exact.numerator) / Decimal(exact.denominator))
    counts_for = [extension(url, valueDecimal=weight) for url in (ORDINAL_VALUE, ITEM_WEIGHT)]
    return {"extension": counts_for, "valueCoding": answer_coding(place, one, item.id, value, label)}


def _ends(name: str, texts: Texts | None, item: Item) -> list[Resource]:
    """The published words at the ends of a scale of numbers."""
    labels = texts.labels_of(item.id) if texts else {}
    said = ", ".join(f"{value} = {words}" for value, words in sorted(labels.items()))
    return [_display(f"{name}.ends", said)] if said else []


def _before(one: Instrument, texts: Texts | None) -> Iterator[Resource]:
    """What stands above the questions."""
    for part in ("instruction", "stem"):
        words = getattr(texts, part, None)
        if words:
            yield _display(link_id(one.id, part), words)


def _display(name: str, words: str) -> Resource:
    category = {"coding": [coding(DISPLAY_CATEGORY, "instructions", "Instructions")]}
    mark = extension(DISPLAY_CATEGORY_OF_ITEM, valueCodeableConcept=category)
    return {"extension": [mark], "linkId": name, "text": words, "type": "display"}


def _copyright(one: Instrument) -> str:
    codes = one.codes
    uses_loinc = codes.panel or codes.score or codes.items or codes.answers or codes.subscales
    return f"{one.licence.notice}\n\n{LOINC_NOTICE}" if uses_loinc else one.licence.notice


def _name(instrument_id: str) -> str:
    """A name for programs: ``Phq8``."""
    return "".join(part.capitalize() for part in instrument_id.split("-"))


def _any_texts(one: Instrument) -> Texts:
    return one.texts.get("en") or next(iter(one.texts.values()))
