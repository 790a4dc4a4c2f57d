"""The words of all messages: read once from `content/messages/`, judged, and filled in for one patient.

A service's own folder lies on top, file by file. English has every kind, and so has every other language that is
there at all. This needs no web, settings or database, so that `waymark content check` reads what the portal reads.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.content.layers import Layers, Where
from webapp.content.problems import ContentRefused, Problem, refusing

from .rules import Kind
from .texts_file import ENGLISH, Around, KindText
from .texts_html import email_html
from .texts_parts import About, HoleInMessage, Parts, parts_of
from .texts_plain import email_text, letter_text, sms_text
from .texts_reader import Shelf

__all__ = ["About", "HoleInMessage", "Texts", "Written", "check_texts", "examine_texts", "read_texts"]


@dataclass(frozen=True)
class Written:
    """One message, ready for the outbox. ``language`` is the one that it is in."""

    subject: str
    text: str
    html: str | None
    language: str


@dataclass(frozen=True)
class Texts:
    """Every kind's words in every language, and what stands around them."""

    kinds: Mapping[tuple[str, Kind], KindText]
    around: Mapping[str, Around]
    fingerprint: str

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages that have words, English first."""
        return tuple(sorted(self.around, key=lambda code: (code != ENGLISH, code)))

    def spoken(self, language: str) -> str:
        """This language if it has words, else English."""
        return language if language in self.around else ENGLISH

    def of(self, kind: Kind, language: str) -> KindText:
        """The words of a kind, in this language or in English."""
        return self.kinds[self.spoken(language), kind]

    def may_be_letter(self, kind: Kind) -> bool:
        """Whether a kind has words for a printed letter."""
        return self.kinds[ENGLISH, kind].letter

    def parts(self, lead: Kind, others: Sequence[Kind], about: About, language: str) -> Parts:
        """A message taken apart, as e-mails and the preview show it.

        Raises:
            HoleInMessage: the lead's words need something that ``about`` does not have.
        """
        others_texts = [self.of(kind, language) for kind in others]
        return parts_of(self.around[self.spoken(language)], self.of(lead, language), others_texts, about)

    def written(
        self, lead: Kind, others: Sequence[Kind], about: About, *, channel: str, language: str
    ) -> Written:
        """The message that ``lead`` begins, by ``email``, ``text`` or ``letter``. A text tells of the lead alone.

        Raises:
            HoleInMessage: its words need something that ``about`` does not have, or the kind is never a letter.
        """
        parts = self.parts(lead, others, about, language)
        around, text = self.around[parts.language], self.of(lead, language)
        if channel == "text":
            return Written(parts.subject, sms_text(around, text, about), None, parts.language)
        if channel == "letter":
            lines = [self.of(kind, language) for kind in others]
            return Written(parts.subject, letter_text(around, text, lines, about), None, parts.language)
        return Written(parts.subject, email_text(parts), email_html(parts), parts.language)


def read_texts(where: Where) -> Texts:
    """Every text of the folders that hold `messages/`, ours first.

    Raises:
        ContentRefused: naming every problem with its file and line.
    """
    texts, problems = examine_texts(where)
    if texts is None:
        raise ContentRefused(refusing(problems))
    return texts


def check_texts(where: Where) -> list[Problem]:
    """Every problem and warning, in the order of their place; never raises."""
    return examine_texts(where)[1]


def examine_texts(where: Where) -> tuple[Texts | None, list[Problem]]:
    """The texts, None if a problem refuses them; and every problem and warning."""
    shelf = Shelf(Layers.of(where))
    shelf.read()
    problems = sorted(shelf.problems)
    if refusing(problems):
        return None, problems
    return Texts(shelf.kinds, shelf.around, shelf.fingerprint), problems
