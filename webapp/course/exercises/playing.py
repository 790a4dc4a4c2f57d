"""What the tools with a player share: which practices there are, one of them ready to play, and their names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import abort, request
from flask_babel import gettext as _
from wtforms import Field
from wtforms.fields.choices import SelectChoice

from webapp.content.guided import Practice, PracticeBook, Step
from webapp.course import shelf
from webapp.foundations.languages import chosen
from webapp.people.number_settings import Number

from .tool import Entry, Told
from .tool_form import ToolForm

LITTLE, OWN = "little", "own"


@dataclass(frozen=True)
class Play:
    """A practice ready to play. ``entry`` was begun for it; ``pace`` is the breath, in and out, in seconds."""

    practice: Practice
    minutes: float
    lang: str
    entry: Entry | None
    pace: tuple[Number, Number] | None = None

    @property
    def steps(self) -> tuple[Step, ...]:
        """What is said, and for how many seconds."""
        return self.practice.script(self.minutes)

    @property
    def others(self) -> tuple[float, ...]:
        """The other lengths of this practice, in minutes."""
        return tuple(minutes for minutes in self.practice.minutes if minutes != self.minutes)


def book_of(tool: str) -> PracticeBook:
    """The practices of a tool in the page's language, or in English."""
    return shelf.course().practice_book(tool, chosen())


def play_of(tool: str, told: Told, given: Mapping[str, str]) -> Play:
    """What ``?practice=…&minutes=…&entry=…`` asks for: the shortest length if none is named. 404 if there is none."""
    book = book_of(tool)
    practice = book.practice(given.get("practice", ""))
    if practice is None:
        abort(404)
    minutes = read_minutes(given.get("minutes")) or practice.minutes[0]
    if minutes not in practice.minutes:
        abort(404)
    return Play(practice, minutes, book.lang, begun(told, given))


def begun(told: Told, given: Mapping[str, str]) -> Entry | None:
    """The entry that the address names, if there is such a one."""
    try:
        return told.find(UUID(given.get("entry", "")))
    except ValueError:
        return None


def read_minutes(text: str | None) -> float | None:
    """A length as it stands in an address: 3, 0.5; None if it is none."""
    try:
        return float(text or "")
    except ValueError:
        return None


def named(practice: str, book: PracticeBook) -> str:
    """A practice by its title; as it was stored if a service has taken it out."""
    if practice == LITTLE:
        return str(_("A little practice"))
    if practice == OWN:
        return str(_("My own way"))
    found = book.practice(practice)
    return found.title if found else practice


def titles(practices: tuple[Practice, ...]) -> Iterator[tuple[str, str]]:
    """Practices as the choices of a field."""
    return ((one.name, one.title) for one in practices)


def offer(form: ToolForm, field: Field, choices: Iterator[tuple[str, str]]) -> None:
    """Give a field its choices; an answer that is on the list no more stays readable."""
    known = dict(choices)
    if field.data and field.data not in known and not form.is_submitted():
        known[field.data] = field.data
    field.choices = [SelectChoice(value=name, label=title) for name, title in known.items()]


def choose_as_asked(form: ToolForm, field: Field, argument: str) -> None:
    """Tick beforehand what the link that was tapped named (``?practice=breathing``); nothing else is ticked."""
    asked = request.args.get(argument)
    if not form.is_submitted() and not field.data and asked in {choice.value for choice in field.choices}:
        field.data = asked
