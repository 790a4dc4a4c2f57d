"""What was found after the year: messages as they arrived, rows of the worklist, and where everybody stands. Reads only."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from webapp.commands.demo.year.kills import Kill
from webapp.commands.demo.year.lives import Life
from webapp.commands.demo.year.receiver import Receipt
from webapp.commands.demo.year.ringing import Contacted, Row
from webapp.commands.demo.year.running import Lived, Plan
from webapp.engagement.models import Enrolment, FlareUp, Pause, Summary
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.reminders.models import Reminder, ReminderChoice, ReminderThing

OURS = "reminder:"
ON_PAPER = "letter"


@dataclass(frozen=True, slots=True)
class Message:
    """One message of the outbox: of which kind, by which way, and each moment at which it arrived.

    A letter arrives when it is printed and posted; one that waits for that has no arrival. ``things`` are what it told of.
    """

    message_id: str
    person: int
    kind: str
    channel: str
    written_at: datetime
    arrived_at: tuple[datetime, ...]
    withdrawn: bool
    failed: bool
    things: tuple[str, ...] = ()

    @property
    def is_ours(self) -> bool:
        """True for what the reminders room writes; invitations and sign-in links are asked for and go at once."""
        return self.kind.startswith(OURS)

    @property
    def first_at(self) -> datetime | None:
        """When it was there first: on paper, when it was written."""
        if self.channel == ON_PAPER:
            return self.written_at
        return min(self.arrived_at, default=None)


@dataclass(frozen=True, slots=True)
class Spell:
    """A person's pause, flare-up, or time after stopping messages, from this moment on. A way that has ended ends it."""

    person: int
    what: str  # pause flare stopped
    from_at: datetime
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Findings:
    """Everything that the promises and the report are made of."""

    plan: Plan
    messages: tuple[Message, ...]
    spells: tuple[Spell, ...]
    rows: tuple[Row, ...]
    contacted: tuple[Contacted, ...]
    waiting: dict[date, int]
    calls_a_week: int
    ends: Counter[str]
    kinds: Counter[str]
    stopped: int
    struck: tuple[Kill, ...]
    windows: frozenset[str]
    kills_left: int
    refused: int
    ended_at: datetime


def gather(app: Flask, lived: Lived, ended_at: datetime) -> Findings:
    """Read everything that the year left in the database and in the mail server."""
    with app.app_context():
        enter_service(lived.team.service_id)
        numbers = {person.patient_id: person.life.number for person in lived.people}
        return Findings(
            plan=lived.plan,
            messages=tuple(_messages(numbers, lived.receiver.receipts)),
            spells=tuple(_spells(numbers)),
            rows=tuple(lived.ringing.rows),
            contacted=tuple(lived.ringing.contacted),
            waiting=lived.ringing.waiting,
            calls_a_week=lived.team.calls_a_week,
            ends=_ends(lived),
            kinds=Counter(person.life.kind.name for person in lived.people),
            stopped=len({spell.person for spell in _stopped(numbers)}),
            struck=tuple(lived.killer.struck),
            windows=frozenset(lived.killer.windows),
            kills_left=lived.killer.left,
            refused=lived.receiver.refused,
            ended_at=ended_at,
        )


def lives_of(lived: Lived) -> list[Life]:
    """What the simulation remembers of everybody."""
    return [person.life for person in lived.people]


def _messages(numbers: dict[UUID, int], receipts: list[Receipt]) -> Iterator[Message]:
    arrived: dict[str, list[datetime]] = {}
    for receipt in receipts:
        arrived.setdefault(receipt.message_id, []).append(receipt.at)
    things = _things_by_letter()
    for letter in db.session.scalars(select(Letter).order_by(Letter.written_at, Letter.id)):
        if letter.patient_id is not None:
            yield Message(
                letter.message_id, numbers[letter.patient_id], letter.kind, letter.channel, letter.written_at,
                tuple(arrived.get(letter.message_id, ())), letter.withdrawn_at is not None,
                letter.failed_at is not None, tuple(things.get(letter.id, ())),
            )  # fmt: skip


def _things_by_letter() -> dict[UUID, list[str]]:
    rows = select(Reminder.letter_id, ReminderThing.enrolment_id, ReminderThing.key).join(
        ReminderThing,
        (ReminderThing.service_id == Reminder.service_id) & (ReminderThing.reminder_id == Reminder.id),
    )
    found: dict[UUID, list[str]] = {}
    for letter_id, enrolment_id, key in db.session.execute(rows):
        found.setdefault(letter_id, []).append(f"{enrolment_id}:{key}")
    return found


def _spells(numbers: dict[UUID, int]) -> Iterator[Spell]:
    yield from _stopped(numbers)
    ways = {way.id: way for way in db.session.scalars(select(Enrolment))}
    for pause in db.session.scalars(select(Pause)):
        yield _spell("pause", pause.set_at, pause, ways[pause.enrolment_id], numbers)
    for flare in db.session.scalars(select(FlareUp)):
        yield _spell("flare", flare.reported_at, flare, ways[flare.enrolment_id], numbers)


def _spell(
    what: str, from_at: datetime, row: Pause | FlareUp, way: Enrolment, numbers: dict[UUID, int]
) -> Spell:
    ends = [day for day in (row.until_on, way.ended_on) if day is not None]
    return Spell(numbers[way.patient_id], what, from_at, row.from_on, min(ends, default=None))


def _stopped(numbers: dict[UUID, int]) -> Iterator[Spell]:
    chosen = select(ReminderChoice).where(ReminderChoice.stopped_at.is_not(None))
    for choice in db.session.scalars(chosen):
        assert choice.stopped_at is not None
        number = numbers[choice.patient_id]
        yield Spell(number, "stopped", choice.stopped_at, choice.stopped_at.date(), None)


def _ends(lived: Lived) -> Counter[str]:
    now = {person.enrolment_id for person in lived.people}
    rows = db.session.execute(select(Summary.enrolment_id, Summary.state))
    return Counter(state for enrolment_id, state in rows if enrolment_id in now)
