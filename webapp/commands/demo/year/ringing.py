"""The team's morning: the worklist as it stands, and calls in its order until the week's budget is used."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any
from uuid import UUID

from sqlalchemy import Text, cast, select

from webapp.clinic import reads
from webapp.clinic import service as clinic
from webapp.commands.demo.year.crowd import Person, Team, enrolment_of
from webapp.commands.demo.year.doing import OWN_REASONS
from webapp.engagement.models import Summary
from webapp.engagement.standing import Tier
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import service as people

WORKING_DAYS = 5
OUTCOMES_WHEN_REACHED = {
    "reached_continuing": 70, "reached_plan_changed": 8, "reached_pausing": 12, "reached_stopping": 10,
}  # fmt: skip
ASKED_AND_REACHED = 0.85
RING_PAPER_AGAIN_DAYS, TRY_AGAIN_DAYS = 14, 3


@dataclass(frozen=True, slots=True)
class Row:
    """One person's row on one morning: their state, why they are on the list (None: they are not), and their reasons."""

    on: date
    person: int
    state: str
    tier: int | None
    reasons: tuple[tuple[str, str], ...]  # (kind, ISO day)


@dataclass(frozen=True, slots=True)
class Contacted:
    """A call or message by the team, and the reasons that stood on the row then."""

    on: date
    person: int
    tier: int
    outcome: str
    reasons: tuple[tuple[str, str], ...]


@dataclass
class Ringing:
    """The team and what it did so far. ``rows`` are every morning's, ``waiting`` is how many stayed at the day's end."""

    team: Team
    closed: frozenset[date] = frozenset()
    rows: list[Row] = field(default_factory=list)
    contacted: list[Contacted] = field(default_factory=list)
    waiting: dict[date, int] = field(default_factory=dict)
    _used: dict[date, int] = field(default_factory=dict)

    def look(self, today: date, by_enrolment: dict[UUID, Person]) -> None:
        """Write down every row as it stands this morning."""
        self.rows.extend(_rows_of(self.team.service_id, today, by_enrolment))

    def todays_budget(self, today: date) -> int:
        """How many calls the team makes today: what is left of the week's budget, evenly over its days."""
        if today.weekday() >= WORKING_DAYS or today in self.closed:
            return 0
        left = self.team.calls_a_week - self._used.get(clinic.week_began_on(today), 0)
        return -(-left // (WORKING_DAYS - today.weekday()))

    def note(self, contacted: Contacted) -> None:
        """One call of the budget is used."""
        week = clinic.week_began_on(contacted.on)
        self._used[week] = self._used.get(week, 0) + 1
        self.contacted.append(contacted)


def whom_to_ring(ringing: Ringing, today: date, by_enrolment: dict[UUID, Person]) -> Sequence[Any]:
    """The first rows of Ring today, as many as today's budget; what stays is written down.

    Whom the team tried yesterday it leaves for a day or two, also where an own request is open still.
    """
    budget = ringing.todays_budget(today)
    tried = {one.person for one in ringing.contacted if (today - one.on).days < TRY_AGAIN_DAYS}
    rows = [
        row
        for row in reads.worklist(ringing.team.service_id).rows
        if by_enrolment[row.enrolment_id].life.number not in tried
    ]
    if budget:
        ringing.waiting[today] = max(len(rows) - budget, 0)
    return rows[:budget]


def ring(ringing: Ringing, row: Any, person: Person, throw: Random) -> None:
    """Ring (or write to) one person of the list, and log what came of it in the caller's transaction."""
    by = ringing.team.clinicians[throw.randrange(len(ringing.team.clinicians))]
    patient = people.patient_of(by, person.patient_id)
    tier = row.ring_key >> 24
    if not patient.call_is_safe or "text_not_call" in patient.needs:
        answered = tier == Tier.ASKED and throw.random() < ASKED_AND_REACHED
        outcome = "message_answered" if answered else "email_sent" if patient.email else "letter_sent"
    else:
        outcome = _outcome(person, tier, throw)
    call = _call_of(person, outcome, throw)
    clinic.log_call(enrolment_of(person, ringing.team.service_id), call, by=by)
    reasons = tuple(_reasons_from(json.loads(row.reasons)))
    ringing.note(Contacted(clock.today(), person.life.number, tier, outcome, reasons))
    _remember(person, call)


def _outcome(person: Person, tier: int, throw: Random) -> str:
    chance = max(person.life.kind.reached, ASKED_AND_REACHED if tier == Tier.ASKED else 0)
    if throw.random() < chance:
        return throw.choices(tuple(OUTCOMES_WHEN_REACHED), tuple(OUTCOMES_WHEN_REACHED.values()))[0]
    return throw.choice(("no_answer", "voicemail_left"))


def _call_of(person: Person, outcome: str, throw: Random) -> clinic.Call:
    if person.life.kind.way == "paper":
        return clinic.Call(outcome, ring_again_on=clock.today() + timedelta(days=RING_PAPER_AGAIN_DAYS))
    if outcome == "reached_pausing":
        return clinic.Call(outcome, pause_until=clock.today() + timedelta(days=throw.randint(5, 28)))
    if outcome == "reached_stopping":
        return clinic.Call(outcome, left_reason=throw.choice(OWN_REASONS), offered=("group", "later"))
    return clinic.Call(outcome)


def _remember(person: Person, call: clinic.Call) -> None:
    """What the person knows of it as well."""
    if call.outcome in ("reached_continuing", "reached_plan_changed"):
        person.life.is_rung(clock.today())
    if call.outcome == "reached_pausing":
        person.life.paused_until = call.pause_until
    if call.outcome == "reached_stopping":
        person.life.left_on = clock.today()


def _rows_of(service_id: UUID, today: date, by_enrolment: dict[UUID, Person]) -> Iterator[Row]:
    rows = select(Summary.enrolment_id, Summary.state, Summary.ring_key, cast(Summary.reasons, Text)).where(
        Summary.service_id == service_id
    )
    for enrolment_id, state, ring_key, reasons in db.session.execute(rows):
        person = by_enrolment.get(enrolment_id)
        if person is not None and person.enrolment_id == enrolment_id:
            tier = None if ring_key is None else ring_key >> 24
            found = tuple(_reasons_from(json.loads(reasons))) if tier is not None else ()
            yield Row(today, person.life.number, state, tier, found)


def _reasons_from(stored: list[dict[str, Any]]) -> Iterator[tuple[str, str]]:
    for one in stored:
        yield str(one["kind"]), str(one["since_on"])
