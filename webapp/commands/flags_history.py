"""Reads a history of enrolments from CSV files, row by row, and names the file and line of anything wrong."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Facts, Milestone, Rhythm

FIRST_YEAR, LAST_YEAR = 1900, 2199


class BadHistory(Exception):
    """A file cannot be read as a history; the message begins with file and line."""

    def __init__(self, path: Path, line: int | None, problem: str) -> None:
        place = f"{path}:{line}" if line else f"{path}"
        super().__init__(f"{place}: {problem}")


@dataclass(slots=True)
class Person:
    """One row of the enrolments file, and what the other files add to it."""

    name: str
    invited_on: date
    started_on: date | None
    ended_on: date | None
    active_days: list[date] = field(default_factory=list)
    milestones: list[Milestone] = field(default_factory=list)
    pauses: list[Span] = field(default_factory=list)

    def facts(self) -> Facts:
        """The same as facts for the rules. An event before the invitation counts as on the invitation's
        day."""
        return Facts(
            invited_on=self.invited_on,
            rhythm=Rhythm.AS_PLANNED,
            started_on=self.started_on,
            ended_on=self.ended_on,
            active_days=tuple(sorted({max(day, self.invited_on) for day in self.active_days})),
            milestones=tuple(self.milestones),
            pauses=tuple(self.pauses),
        )


@dataclass(frozen=True, slots=True)
class Row:
    """The asked-for fields of one line, and where it stands."""

    path: Path
    line: int
    fields: Sequence[str]
    days: dict[str, date]

    def bad(self, problem: str) -> BadHistory:
        """This problem, at this line."""
        return BadHistory(self.path, self.line, problem)

    def text(self, number: int, column: str) -> str:
        """A field that may not be empty."""
        if not self.fields[number]:
            raise self.bad(f"{column} is empty")
        return self.fields[number]

    def day(self, number: int, column: str) -> date:
        """A field that is an ISO day, like 2026-05-03. Days are kept, so each is one object however often it
        comes."""
        text = self.fields[number]
        day = self.days.get(text)
        if day is None:
            day = self.days[text] = self._read_day(text, column)
        return day

    def day_or_none(self, number: int, column: str) -> date | None:
        """An ISO day, or None for an empty field."""
        return self.day(number, column) if self.fields[number] else None

    def _read_day(self, text: str, column: str) -> date:
        try:
            day = date.fromisoformat(text) if len(text) == 10 and text[4] == text[7] == "-" else None
        except ValueError:
            day = None
        if day is None:
            raise self.bad(f"{column} is not a day like 2026-05-03: {text!r}")
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise self.bad(f"{column} is not between {FIRST_YEAR} and {LAST_YEAR}: {text}")
        return day


def read_history(
    enrolments: Path, events: Path, milestones: Path, pauses: Path | None = None
) -> list[tuple[str, Facts]]:
    """Everybody in the enrolments file, in its order, with what the other files say. Raises BadHistory.

    Lines are read one by one; kept are the people and, for each, the days.
    """
    people = _read_people(enrolments)
    _read_events(events, people)
    _read_milestones(milestones, people)
    if pauses is not None:
        _read_pauses(pauses, people)
    return [(name, people.pop(name).facts()) for name in list(people)]


def _read_people(path: Path) -> dict[str, Person]:
    people: dict[str, Person] = {}
    for row in _rows(path, ("person", "invited_on", "started_on", "ended_on")):
        name = row.text(0, "person")
        if name in people:
            raise row.bad(f"{name!r} is in this file twice")
        people[name] = Person(
            name, row.day(1, "invited_on"), row.day_or_none(2, "started_on"), row.day_or_none(3, "ended_on")
        )
    return people


def _read_events(path: Path, people: dict[str, Person]) -> None:
    for row in _rows(path, ("person", "on")):
        _person(row, people).active_days.append(row.day(1, "on"))


def _read_milestones(path: Path, people: dict[str, Person]) -> None:
    for row in _rows(path, ("person", "name", "planned_on", "done_on")):
        person, name = _person(row, people), row.text(1, "name")
        if any(milestone.name == name for milestone in person.milestones):
            raise row.bad(f"{person.name!r} has the milestone {name!r} twice")
        person.milestones.append(
            Milestone(name, row.day(2, "planned_on"), row.day_or_none(3, "done_on")),
        )


def _read_pauses(path: Path, people: dict[str, Person]) -> None:
    for row in _rows(path, ("person", "from_on", "until_on")):
        person = _person(row, people)
        try:
            person.pauses.append(Span(row.day(1, "from_on"), row.day_or_none(2, "until_on")))
        except ValueError:
            raise row.bad("until_on lies before from_on") from None


def _person(row: Row, people: dict[str, Person]) -> Person:
    person = people.get(row.fields[0])
    if person is None:
        row.text(0, "person")
        raise row.bad(f"{row.fields[0]!r} is not in the enrolments file")
    return person


def _rows(path: Path, columns: Sequence[str]) -> Iterator[Row]:
    """The file's rows with just these columns, in this order. Other columns are left aside, empty lines
    too."""
    line = 0
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.reader(file, strict=True)
            header = next(reader, [])
            places = _places(path, header, columns)
            days: dict[str, date] = {}
            for fields in reader:
                line = reader.line_num
                if not fields:
                    continue
                if len(fields) != len(header):
                    raise BadHistory(path, line, f"{len(fields)} fields, the first line has {len(header)}")
                yield Row(path, line, [fields[place].strip() for place in places], days)
    except OSError as problem:
        raise BadHistory(path, None, f"cannot be read: {problem.strerror}") from None
    except UnicodeDecodeError:
        raise BadHistory(path, _first_bad_line(path), "is not UTF-8") from None
    except csv.Error as problem:
        raise BadHistory(path, reader.line_num, f"is not CSV: {problem}") from None


def _places(path: Path, header: Sequence[str], columns: Sequence[str]) -> list[int]:
    names = [name.strip() for name in header]
    for column in columns:
        if names.count(column) != 1:
            wrong = "is missing" if column not in names else "is there twice"
            raise BadHistory(path, 1, f"the column {column!r} {wrong}")
    return [names.index(column) for column in columns]


def _first_bad_line(path: Path) -> int:
    with path.open("rb") as file:
        for number, line in enumerate(file, start=1):
            try:
                line.decode("utf-8")
            except UnicodeDecodeError:
                return number
    return 1
