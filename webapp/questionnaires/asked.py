"""What a sitting asks: its questions in their published order, each in a language of its official text."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from types import MappingProxyType

from webapp.questionnaires.instruments import Instrument, Instruments, Texts
from webapp.questionnaires.rules import Item
from webapp.questionnaires.schedule_rules import Sitting
from webapp.questionnaires.twin_rules import NONE, Key, Twins, asked_once

ENGLISH = "en"
SECONDS_A_QUESTION = 9
"""With the beginning of a page. Source: proms.md §8 (7 to 8 seconds an item; 10 questions in about 2 minutes)."""
NO_TWINS: Twins = MappingProxyType({})
NO_ANSWERS: Mapping[Key, object] = MappingProxyType({})


@dataclass(frozen=True)
class Question:
    """One published question. ``number`` counts from 1 through the whole sitting."""

    number: int
    instrument: Instrument
    item: Item
    texts: Texts
    opens_instrument: bool

    @property
    def key(self) -> tuple[str, str]:
        """Which one it is: (instrument, item)."""
        return self.instrument.id, self.item.id

    @property
    def name(self) -> str:
        """A name for its field: ``peg-3-q1``."""
        return f"{self.instrument.id}-{self.item.id}"

    @property
    def text(self) -> str:
        """The published words."""
        return self.texts.items[self.item.id]

    @property
    def kind(self) -> str:
        """``number``, ``tick`` (a sentence that holds or not) or ``words``."""
        return str(self.item.kind)

    @property
    def is_words(self) -> bool:
        """Is it answered in one's own words?"""
        return self.kind == "words"

    @property
    def is_tick(self) -> bool:
        """Is it a sentence to tick?"""
        return self.kind == "tick"

    @property
    def is_for_one_alone(self) -> bool:
        """Must a person see some answers to it? Then nobody else answers it for the patient."""
        return self.item.alert_from is not None

    @property
    def values(self) -> tuple[int, ...]:
        """The whole numbers that can be answered; none to a question that asks for words.

        Where every answer has words, they are in their printed order: the WHO-5 begins with its highest.
        """
        if self.is_words:
            return ()
        all_values, printed = range(self.item.minimum, self.item.maximum + 1), tuple(self.labels)
        return printed if set(printed) == set(all_values) else tuple(all_values)

    @property
    def labels(self) -> dict[int, str]:
        """The published words beside the values."""
        return dict(self.texts.labels_of(self.item.id))

    @property
    def every_value_has_words(self) -> bool:
        """True if the answers are words (not at all, several days …) and not bare numbers."""
        return bool(self.values) and all(value in self.labels for value in self.values)

    def words_of(self, value: int) -> str:
        """What a value says on its button."""
        return self.labels[value] if self.every_value_has_words else str(value)


def texts_for(instrument: Instrument, language: str) -> Texts:
    """The official text in that language, else the English one, else the first that is here."""
    texts = instrument.texts
    return texts.get(language) or texts.get(ENGLISH) or next(iter(texts.values()))


def questions_of(
    parts: Sequence[Instrument],
    language: str,
    twins: Twins = NO_TWINS,
    answered: Mapping[Key, object] = NO_ANSWERS,
    elsewhere: Collection[Key] = frozenset(),
) -> tuple[Question, ...]:
    """Every question of these instruments, in order; the same published question only once.

    One that was ``answered`` in this sitting is always among them. One whose twin was answered, here or
    ``elsewhere`` in the same time point, is not asked.
    """
    once = asked_once([each.definition for each in parts], twins)
    known = {*answered, *elsewhere}
    found: list[Question] = []
    for instrument in parts:
        texts, opens = texts_for(instrument, language), True
        for item in instrument.definition.items:
            key = (instrument.id, item.id)
            if key in answered or (key in once and known.isdisjoint({key, *twins.get(key, NONE)})):
                found.append(Question(len(found) + 1, instrument, item, texts, opens_instrument=opens))
                opens = False
    return tuple(found)


def instruments_of(sitting: Sitting, known: Instruments) -> tuple[Instrument, ...]:
    """The instruments of a sitting, in order."""
    return tuple(known.get(name) for name in sitting.instruments)


def minutes_of(questions: Sequence[Question]) -> int:
    """How long they take most people, in whole minutes, rounded up: at least 1.

    An instrument whose file says one minute, the least that it can say, is counted by its questions.
    """
    seconds = 0.0
    for instrument in {question.instrument.id: question.instrument for question in questions}.values():
        asked = sum(question.instrument.id == instrument.id for question in questions)
        whole = instrument.minutes * 60 / len(instrument.definition.items)
        seconds += asked * (whole if instrument.minutes > 1 else SECONDS_A_QUESTION)
    return max(1, ceil(seconds / 60))
