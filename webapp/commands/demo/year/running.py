"""Lives through the year, minute by minute of what happens: people, the worker and the team, each in its own session."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from uuid import UUID

from flask import Flask

from webapp.commands.demo.year import crowd, links, ringing
from webapp.commands.demo.year.crowd import Person, Team, at
from webapp.commands.demo.year.doing import Doing, do
from webapp.commands.demo.year.kills import Killer, kills_of
from webapp.commands.demo.year.lives import Act, What, a_week_passes, day_of, dice
from webapp.commands.demo.year.receiver import Receipt, Receiver, outages_of
from webapp.engagement.gathering import closures_of
from webapp.foundations import clock, jobs
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.reminders import jobs as messages

NIGHT_AT_UTC = time(2, 5)
WORKER_HOURS = (6, 9, 11, 14, 17, 20)
"""The local hours at ten past which messages are written and the outbox is swept (the real worker: every ten minutes, and
every minute). Some lie in quiet hours on purpose."""
TEAM_LOOKS_AT, TEAM_RINGS_AT, INVITES_AT = 8 * 60 + 45, 10 * 60 + 30, 10 * 60 + 2
BEGINS_ON = date(2026, 1, 5)
"""A Monday; a year from here holds both clock changes, Easter and Christmas."""


@dataclass(frozen=True)
class Plan:
    """How large and how long, by which dice, and how often the worker dies. ``first`` is the number of the first person."""

    people: int = 500
    days: int = 365
    seed: int = 1
    kills: int = 50
    begins_on: date = BEGINS_ON
    first: int = 0

    @property
    def until_on(self) -> date:
        """The day after the last."""
        return self.begins_on + timedelta(days=self.days)

    def each_day(self) -> Iterator[date]:
        """Every day of it."""
        return (self.begins_on + timedelta(days=step) for step in range(self.days))


@dataclass
class Lived:
    """Everything that happened, for the findings: the people, the mail server's receipts, the kills, the team's work."""

    plan: Plan
    team: Team
    ringing: ringing.Ringing
    receiver: Receiver
    killer: Killer
    people: list[Person] = field(default_factory=list)
    by_enrolment: dict[UUID, Person] = field(default_factory=dict)
    heard: int = 0


Happening = tuple[datetime, int, Callable[[], None]]


def live_through(app: Flask, plan: Plan, tell: Callable[[date, Lived], None]) -> Lived:
    """Everything from the first day to the last; ``tell`` is called after each day."""
    with _standing(app, at(plan.begins_on, 8 * 60)):
        team = crowd.open_service(plan.people)
        closed = closures_of(people.service_with(team.service_id), plan.begins_on.year + 1)
    receiver = Receiver(outages_of(at(plan.begins_on, 0), plan.days, dice(plan.seed, plan.first, "outages")))
    moments = [moment for today in plan.each_day() for moment in _worker_moments(today)]
    killer = Killer(
        kills_of(plan.kills, moments[: len(moments) * 4 // 5], dice(plan.seed, plan.first, "kills")), receiver
    )
    lived = Lived(plan, team, ringing.Ringing(team, closed), receiver, killer)
    _connect(app, lived)
    invitations = crowd.days_of_invitations(plan.people, plan.begins_on, plan.days)
    for today in plan.each_day():
        _live_a_day(app, lived, today, invitations.count(today))
        tell(today, lived)
    return lived


def _connect(app: Flask, lived: Lived) -> None:
    """The receiver is the worker's carrier from now on, and each of its steps may be the last."""

    def carrier(message: object) -> None:
        lived.receiver(message)  # type: ignore[arg-type]
        lived.killer.taken()

    app.extensions["waymark_carrier"] = carrier
    with app.app_context():
        lived.killer.attach(db.engine)


def _live_a_day(app: Flask, lived: Lived, today: date, invitations: int) -> None:
    happenings = [*_of_the_people(app, lived, today), *_of_the_team(app, lived, today)]
    happenings += _of_the_worker(app, lived, today)
    if invitations:
        happenings.append((at(today, INVITES_AT), 0, lambda: _invite(app, lived, invitations)))
    for moment, _order, happen in sorted(happenings, key=lambda one: one[:2]):
        with clock.standing_at(moment):
            happen()
    for person in lived.people:
        if (today - person.life.invited_on).days % 7 == 6:
            a_week_passes(person.life)


def _invite(app: Flask, lived: Lived, number: int) -> None:
    for _ in range(number):
        with _standing(app, clock.now(), lived.team):
            person = crowd.invite(lived.plan.first + len(lived.people), lived.plan.seed, lived.team)
        lived.people.append(person)
        lived.by_enrolment[person.enrolment_id] = person


# --- people --------------------


def _of_the_people(app: Flask, lived: Lived, today: date) -> Iterator[Happening]:
    _hear(lived, today)
    for person in lived.people:
        throw = dice(lived.plan.seed, person.life.number, today)
        for minute, acts in groupby(day_of(person.life, today, throw), key=lambda act: act.minute):
            details = dice(lived.plan.seed, person.life.number, today, minute)
            doing = Doing(person, lived.team.service_id, details)
            yield at(today, minute), 1 + person.life.number, _doing(app, lived, doing, tuple(acts))


def _doing(app: Flask, lived: Lived, doing: Doing, acts: tuple[Act, ...]) -> Callable[[], None]:
    def happen() -> None:
        for act in acts:
            if act.what is What.TAP:
                links.tap(app, doing, act)
        own = [act for act in acts if act.what is not What.TAP]
        if not own or _makes_no_sense_any_more(doing, own[0]):
            return
        with _standing(app, clock.now(), lived.team):
            for act in own:
                do(doing, act)
        lived.by_enrolment[doing.person.enrolment_id] = doing.person

    return happen


def _makes_no_sense_any_more(doing: Doing, act: Act) -> bool:
    """Something happened earlier in the day: a call in which they stopped, a tap that began a flare-up."""
    life = doing.life
    if act.what in (What.VISIT, What.FINISH_MODULE, What.BOOSTER, What.PAUSE, What.FLARE, What.LEAVE):
        return life.left_on is not None or life.paused_until is not None or life.flare_from is not None
    return life.left_on is not None and act.what is not What.ENTER_AGAIN


def _hear(lived: Lived, today: date) -> None:
    """Since yesterday's evening these messages came: who got one may do something about it today."""
    by_address = {person.email: person for person in lived.people if person.email}
    for receipt in lived.receiver.receipts[lived.heard :]:
        person = by_address.get(receipt.to)
        if person is not None:
            _read_message(person, receipt, today)
    lived.heard = len(lived.receiver.receipts)


def _read_message(person: Person, receipt: Receipt, today: date) -> None:
    person.secret = receipt.secret or person.secret
    person.life.hears_a_message(today, receipt.links)


# --- the team --------------------


def _of_the_team(app: Flask, lived: Lived, today: date) -> Iterator[Happening]:
    yield at(today, TEAM_LOOKS_AT), 0, lambda: _look(app, lived, today)
    yield at(today, TEAM_RINGS_AT), 0, lambda: _ring(app, lived, today)


def _look(app: Flask, lived: Lived, today: date) -> None:
    with _standing(app, clock.now(), lived.team):
        lived.ringing.look(today, lived.by_enrolment)


def _ring(app: Flask, lived: Lived, today: date) -> None:
    with _standing(app, clock.now(), lived.team):
        rows = ringing.whom_to_ring(lived.ringing, today, lived.by_enrolment)
    for row in rows:
        person = lived.by_enrolment[row.enrolment_id]
        with _standing(app, clock.now(), lived.team):
            ringing.ring(lived.ringing, row, person, dice(lived.plan.seed, person.life.number, today, "rung"))


# --- the worker --------------------


def _worker_moments(today: date) -> list[datetime]:
    return [at(today, hour * 60 + 10) for hour in WORKER_HOURS]


def _of_the_worker(app: Flask, lived: Lived, today: date) -> Iterator[Happening]:
    yield datetime.combine(today, NIGHT_AT_UTC, UTC), 0, lambda: _run(app, lived, jobs.run_the_night)
    for moment in _worker_moments(today):
        yield moment, -1, lambda: _run(app, lived, messages.write_everywhere)
        yield moment, 0, lambda: _run(app, lived, jobs.sweep_outbox)


def _run(app: Flask, lived: Lived, job: Callable[[], object]) -> None:
    """One job in a process of its own, as it were; killed, it starts again at once, as a supervisor would have it."""
    before = len(lived.killer.struck)
    with lived.killer.watching(clock.now()), app.app_context():
        job()
    if len(lived.killer.struck) > before:
        with app.app_context():
            db.engine.dispose()
        _run(app, lived, job)


@contextmanager
def _standing(app: Flask, moment: datetime, team: Team | None = None) -> Iterator[None]:
    """A session of its own at this moment, inside the service; what was done is kept."""
    with clock.standing_at(moment), app.app_context():
        enter_service(team.service_id if team else None)
        yield
        db.session.commit()
