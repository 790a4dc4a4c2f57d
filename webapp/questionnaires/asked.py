"""What a sitting asks: its questions in their published order, each in a language of its official text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from webapp.questionnaires.instruments import Instrument, Instruments, Texts
from webapp.questionnaires.rules import Item
from webapp.questionnaires.schedule_rules import Sitting

ENGLISH = "en"


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
    def values(self) -> range:
        """The whole numbers that can be answered."""
        return range(self.item.minimum, self.item.maximum + 1)

    @property
    def labels(self) -> dict[int, str]:
        """The published words beside the values."""
        return dict(self.texts.labels_of(self.item.id))

    @property
    def every_value_has_words(self) -> bool:
        """True if the answers are words (not at all, several days …) and not bare numbers."""
        return all(value in self.labels for value in self.values)

    def words_of(self, value: int) -> str:
        """What a value says on its button."""
        return self.labels[value] if self.every_value_has_words else str(value)


def texts_for(instrument: Instrument, language: str) -> Texts:
    """The official text in that language, else the English one, else the first that is here."""
    texts = instrument.texts
    return texts.get(language) or texts.get(ENGLISH) or next(iter(texts.values()))


def questions_of(sitting: Sitting, known: Instruments, language: str) -> tuple[Question, ...]:
    """Every question of a sitting, in order."""
    found: list[Question] = []
    for instrument in instruments_of(sitting, known):
        texts = texts_for(instrument, language)
        for place, item in enumerate(instrument.definition.items):
            found.append(Question(len(found) + 1, instrument, item, texts, opens_instrument=place == 0))
    return tuple(found)


def instruments_of(sitting: Sitting, known: Instruments) -> tuple[Instrument, ...]:
    """The instruments of a sitting, in order."""
    return tuple(known.get(name) for name in sitting.instruments)


def minutes_of(instruments: Sequence[Instrument]) -> int:
    """How long they take most people, in minutes."""
    return sum(each.minutes for each in instruments)
