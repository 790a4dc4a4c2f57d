"""What a patient answered, question by question, with the published words: for staff, and for answers told in words.

A question that stands in two questionnaires was asked once: its answer is found where it was asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.questionnaires.asked import texts_for
from webapp.questionnaires.instruments import Instrument, Texts
from webapp.questionnaires.models import Answer, SittingRow
from webapp.questionnaires.rules import Item
from webapp.questionnaires.score_points import ItemAnswer
from webapp.questionnaires.twin_rules import NONE, Key, Twins

ONLINE = "online"
ENGLISH = "en"


@dataclass(frozen=True)
class Given:
    """One answer as it was given, in one sitting; None and no words: "I'd rather not say"."""

    value: int | None
    words: str | None
    language: str


Kept = Mapping[tuple[UUID, Key], Sequence[Given]]
"""By sitting and question: every answer that was given, oldest first. The last one counts."""


def kept_answers(by: Actor, patient_id: UUID, instruments: Iterable[str] | None = None) -> Kept:
    """The answers of a patient's finished sittings, of these questionnaires or of all, in one query."""
    wanted = (
        select(Answer.sitting_id, Answer.instrument, Answer.item, Answer.value, Answer.words, Answer.language)
        .join(SittingRow, (SittingRow.service_id == Answer.service_id) & (SittingRow.id == Answer.sitting_id))
        .where(Answer.service_id == by.service_id, SittingRow.patient_id == patient_id)
        .where(SittingRow.finished_at.is_not(None))
        .order_by(Answer.id)
    )
    if instruments is not None:
        wanted = wanted.where(Answer.instrument.in_(list(instruments)))
    found: dict[tuple[UUID, Key], list[Given]] = {}
    for row in db.session.execute(wanted):
        place = (row.sitting_id, (row.instrument, row.item))
        found.setdefault(place, []).append(Given(row.value, row.words, row.language))
    return found


def item_answers(
    instrument: Instrument, sittings: Sequence[SittingRow], kept: Kept, twins: Twins
) -> tuple[ItemAnswer, ...]:
    """Every question of an instrument with its answer: from the first of ``sittings`` that holds one.

    The first is the sitting itself, then the others of its time point.
    """
    items = instrument.definition.items
    return tuple(_item_answer(instrument, item, sittings, kept, twins) for item in items)


def _item_answer(
    instrument: Instrument, item: Item, sittings: Sequence[SittingRow], kept: Kept, twins: Twins
) -> ItemAnswer:
    own = (instrument.id, item.id)
    found = [
        (sitting, key, kept[sitting.id, key])
        for sitting in sittings
        for key in (own, *sorted(twins.get(own, NONE)))
        if (sitting.id, key) in kept
    ]
    if not found:
        return _open_answer(instrument, item)
    with_something = (one for one in found if _says_something(one[2][-1]))
    sitting, key, given = next(with_something, found[0])
    return _answer_from(instrument, item, sitting, key, given)


def _says_something(given: Given) -> bool:
    return given.value is not None or given.words is not None


def _open_answer(instrument: Instrument, item: Item) -> ItemAnswer:
    text, language = _text_of(_texts(instrument, ENGLISH), item)
    return ItemAnswer(item.id, str(item.kind), text, language, must_be_seen=item.alert_from is not None)


def _answer_from(
    instrument: Instrument, item: Item, sitting: SittingRow, key: Key, given: Sequence[Given]
) -> ItemAnswer:
    latest = given[-1]
    texts = _texts(instrument, latest.language)
    text, language = _text_of(texts, item)
    must_be_seen = item.alert_from is not None
    return ItemAnswer(
        item=item.id,
        kind=str(item.kind),
        text=text,
        language=language,
        value=latest.value,
        said=_label(texts, item, latest.value),
        words=latest.words,
        rather_not=not _says_something(latest),
        asked_in=None if key[0] == instrument.id else key[0],
        must_be_seen=must_be_seen,
        help_shown=must_be_seen and sitting.mode == ONLINE and _brought_up_help(item, given),
        before=tuple(_label(texts, item, one.value) for one in given[:-1]) if must_be_seen else (),
        ends=_ends(texts, item),
    )


def _brought_up_help(item: Item, given: Sequence[Given]) -> bool:
    """The help page comes up after an answer from ``alert_from`` on, and after "I'd rather not say"."""
    return any(one.value is None or item.must_be_seen(one.value) for one in given)


def _texts(instrument: Instrument, language: str) -> Texts | None:
    return texts_for(instrument, language) if instrument.texts else None


def _text_of(texts: Texts | None, item: Item) -> tuple[str, str]:
    """The published question and its language; only the item's id where the text is not here any more."""
    return (item.id, ENGLISH) if texts is None else (texts.items[item.id], texts.language)


def _label(texts: Texts | None, item: Item, value: int | None) -> str | None:
    return None if texts is None or value is None else texts.labels_of(item.id).get(value)


def _ends(texts: Texts | None, item: Item) -> tuple[tuple[int, str], tuple[int, str]] | None:
    labels = {} if texts is None or item.in_words else texts.labels_of(item.id)
    if item.minimum not in labels or item.maximum not in labels:
        return None
    return (item.minimum, labels[item.minimum]), (item.maximum, labels[item.maximum])
