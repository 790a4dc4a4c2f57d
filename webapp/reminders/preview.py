"""What the lead sees of the messages: each as a made-up patient gets it, when it is sent, and by which ways."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.engagement.gathering import thresholds_of
from webapp.foundations import clock, post
from webapp.foundations.languages import in_words, speaking
from webapp.people import letters
from webapp.people.models import Service

from .due_rules import GROUPS
from .gathering import Done
from .preview_words import ORDER, SOURCES, when_sent
from .rules import Group, Kind
from .texts import About
from .texts_kept import message_texts
from .texts_parts import Parts, filled
from .texts_plain import texts_needed
from .wording import lines_of, page_of

MADE_UP_NAME = "Sam"
MADE_UP_WEEK = Done(days=3, pages=5, exercises=2, ticks=4, modules=1)
MADE_UP_MONTHS = 3


@dataclass(frozen=True)
class Row:
    """One kind in the list: its subject, when it is sent, why, whether it may be a letter or be left out."""

    kind: Kind
    subject: str
    when: str
    source: str
    letter: bool
    group: Group | None


@dataclass(frozen=True)
class Ways:
    """Which ways are on here. Letters wait to be printed and need a telephone number to ring."""

    texts: bool
    letters: bool


@dataclass(frozen=True)
class Shown:
    """One message in one language. ``letter``: its paragraphs as lines, empty where none is written."""

    row: Row
    language: str
    parts: Parts
    line: str
    email: str
    text: str
    texts_needed: int
    letter: tuple[tuple[str, ...], ...]


def rows(service: Service, language: str) -> list[Row]:
    """Every kind, what leads a message first."""
    return [_row(kind, service, language) for kind in ORDER]


def ways(service: Service) -> Ways:
    """Which ways are on for this service. E-mails are always on."""
    return Ways(texts=post.can_text(), letters=bool(service.phone))


def message(service: Service, name: str, language: str) -> Shown | None:
    """One message as a made-up patient of this service gets it; None if there is no such kind or language."""
    texts = message_texts()
    if name not in set(map(str, Kind)) or language not in texts.languages:
        return None
    kind, about = Kind(name), _about(service, language)
    row = _row(kind, service, language)
    by_text = texts.written(kind, (), about, channel="text", language=language).text
    return Shown(
        row=row,
        language=language,
        parts=texts.parts(kind, (), about, language),
        line=filled(texts.of(kind, language).line, about.values),
        email=texts.written(kind, (), about, channel="email", language=language).text,
        text=by_text,
        texts_needed=texts_needed(by_text),
        letter=_letter(kind, about, language) if row.letter and ways(service).letters else (),
    )


def languages() -> Iterable[str]:
    """The languages that messages are written in."""
    return message_texts().languages


def _row(kind: Kind, service: Service, language: str) -> Row:
    texts = message_texts()
    return Row(
        kind=kind,
        subject=filled(texts.of(kind, language).subject, _about(service, language).values),
        when=when_sent(kind, thresholds_of(service)),
        source=SOURCES[kind],
        letter=texts.may_be_letter(kind),
        group=GROUPS.get(kind),
    )


def _letter(kind: Kind, about: About, language: str) -> tuple[tuple[str, ...], ...]:
    words = message_texts().written(kind, (), about, channel="letter", language=language).text
    return tuple(tuple(paragraph.split("\n")) for paragraph in words.strip().split("\n\n"))


def _about(service: Service, language: str) -> About:
    with speaking(language):
        return About(
            first_name=MADE_UP_NAME,
            sender=service.sender_name,
            service_name=service.name,
            phone=service.phone,
            base=letters.address("/today"),
            link=letters.address(page_of("x" * 22)),
            done=tuple(lines_of(MADE_UP_WEEK)),
            number=MADE_UP_MONTHS,
            date=in_words(clock.today(service.time_zone)),
        )
