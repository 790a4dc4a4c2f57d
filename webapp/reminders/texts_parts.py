"""One message taken apart: paragraphs, replies, buttons and ends, filled in and ready to be laid out in any form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .answer_rules import IN_ADDRESSES
from .rules import Answer
from .texts_file import Around, KindText
from .texts_judge import DONE, MARKDOWN, PLACEHOLDER

Values = Mapping[str, str]
STRESSES = {"strong_open": "strong", "em_open": "em", "strong_close": "", "em_close": ""}


class HoleInMessage(ValueError):
    """Whoever writes the message did not say what a placeholder of it stands for. Nothing may be sent."""


@dataclass(frozen=True)
class About:
    """Whom and what one message is about, already in the words of its language.

    base: where its main button leads. link: the message's own page (``…/r/<secret>``) for answers, stop and pause.
    done: lines about what was done, made with plurals. number: what the kind counts, such as a booster's months.
    """

    first_name: str
    sender: str
    service_name: str
    phone: str
    base: str
    link: str
    done: tuple[str, ...] = ()
    number: int | None = None
    date: str = ""

    @property
    def values(self) -> Values:
        """What the placeholders stand for; those that nothing is known for are absent."""
        known = {
            "first_name": self.first_name,
            "sender": self.sender,
            "service": self.service_name,
            "phone": self.phone,
            "number": "" if self.number is None else str(self.number),
            "date": self.date,
            "link": self.base,
            "answers_link": self.link,
        }
        return {name: value for name, value in known.items() if value}


@dataclass(frozen=True)
class Run:
    """Some words, and how they are stressed: ``strong``, ``em`` or not."""

    words: str
    stress: str = ""


@dataclass(frozen=True)
class Block:
    """A paragraph (one item), or a list with bullets."""

    items: tuple[tuple[Run, ...], ...]
    is_list: bool = False


@dataclass(frozen=True)
class Link:
    """What a link says, and where it leads."""

    words: str
    address: str


@dataclass(frozen=True)
class Parts:
    """A message as e-mail and preview show it, from the top down."""

    language: str
    subject: str
    greeting: str
    body: tuple[Block, ...]
    also_title: str
    also: tuple[str, ...]
    button: Link
    replies_title: str
    replies: tuple[Link, ...]
    ends: tuple[str, ...]
    pause: Link
    stop: Link


def parts_of(around: Around, lead: KindText, others: Sequence[KindText], about: About) -> Parts:
    """The parts of a message that ``lead`` begins and the others stand in with a line each.

    Raises:
        HoleInMessage: the lead needs a value that ``about`` does not have.
    """
    values = about.values
    return Parts(
        language=around.language,
        subject=filled(lead.subject, values),
        greeting=filled(around["greeting"], values),
        body=blocks_of(lead.body, about),
        also_title=around["also"],
        also=lines_of(others, values),
        button=Link(lead.button or around["button"], about.base),
        replies_title=around["replies"],
        replies=tuple(
            Link(around[one], f"{about.link}/{IN_ADDRESSES[one]}") for one in _answers((lead, *others))
        ),
        ends=(filled(around["from"], values), *((filled(around["phone"], values),) if about.phone else ())),
        pause=Link(around["pause"], f"{about.link}/pause"),
        stop=Link(around["stop"], f"{about.link}/stop"),
    )


def lines_of(others: Sequence[KindText], values: Values) -> tuple[str, ...]:
    """One line for each thing that does not lead."""
    return tuple(filled(one.line, values) for one in others)


def filled(words: str, values: Values) -> str:
    """The words with every placeholder filled in.

    Raises:
        HoleInMessage: there is nothing to fill in.
    """

    def value(name: str) -> str:
        if name not in values:
            raise HoleInMessage(f"This message needs {{{name}}}, and nothing was given for it.")
        return values[name]

    return PLACEHOLDER.sub(lambda found: value(found.group(1)), words)


def blocks_of(markdown: str, about: About) -> tuple[Block, ...]:
    """The paragraphs and lists of a text, filled in.

    Raises:
        HoleInMessage: the text needs a value that is not there.
    """
    reading = _Reading(about)
    for token in MARKDOWN.parse(markdown):
        if token.type == "bullet_list_open":
            reading.items = []
        elif token.type == "bullet_list_close":
            reading.end_list()
        elif token.type == "inline" and token.content.strip() == DONE:
            reading.put_done()
        elif token.type == "inline":
            reading.put(_runs(token.children or (), about.values))
    return tuple(reading.blocks)


@dataclass
class _Reading:
    about: About
    blocks: list[Block] = field(default_factory=list)
    items: list[tuple[Run, ...]] | None = None  # of the list that is open

    def put(self, runs: tuple[Run, ...]) -> None:
        if self.items is None:
            self.blocks.append(Block((runs,)))
        else:
            self.items.append(runs)

    def put_done(self) -> None:
        if not self.about.done:
            raise HoleInMessage("This message needs {done}, and nothing was done.")
        self.blocks.append(Block(tuple((Run(line),) for line in self.about.done), is_list=True))

    def end_list(self) -> None:
        self.blocks.append(Block(tuple(self.items or ()), is_list=True))
        self.items = None


def _runs(children: Sequence[object], values: Values) -> tuple[Run, ...]:
    runs, stress = [], ""
    for child in children:
        kind = getattr(child, "type", "")
        if kind in STRESSES:
            stress = STRESSES[kind]
        elif kind == "softbreak":
            runs.append(Run(" ", stress))
        elif words := getattr(child, "content", ""):
            runs.append(Run(filled(words, values), stress))
    return tuple(runs)


def _answers(texts: Sequence[KindText]) -> tuple[Answer, ...]:
    asked = {answer for text in texts for answer in text.answers}
    return tuple(answer for answer in Answer if answer in asked)
