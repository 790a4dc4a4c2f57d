"""A made-up service that goes wrong in every way, step by step, and what must hold after each step.

Answers arrive, clocks run, holidays come, colleagues join and leave, mail fails, and the programme dies in the middle
of a statement. Triggers are real answer rows; alerts go through the real service on a real PostgreSQL.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from itertools import count
from typing import Any, ClassVar
from uuid import UUID

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import event, func, select, update
from sqlalchemy.engine import Connection

from tests.cast import Cast, Person
from webapp.engagement.models import Enrolment
from webapp.foundations import clock, post
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service, new_id
from webapp.people import service as people
from webapp.people.models import Membership
from webapp.questionnaires.alerts import answers_without_alert, raise_alerts
from webapp.questionnaires.models import Answer, SittingRow
from webapp.safety import service as safety
from webapp.safety.jobs import watch_everywhere
from webapp.safety.looking import WATCH_STOPPED_AFTER, TroubleKind
from webapp.safety.models import Alert, Notice, Step, Trigger
from webapp.safety.rules import Action, Level, State

MONDAY = datetime(2026, 11, 23, 8, tzinfo=UTC)
HOURS = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
UNOWNED = (State.RAISED, State.NOTIFIED, State.SEEN)
WAITS = [timedelta(minutes=m) for m in (5, 5, 12, 29, 61, 240, 480, 960, 2_880, 5_760)]
STAFF = ("carol", "lena", "colin", "dora")
crash_after = st.one_of(st.none(), st.none(), st.none(), st.integers(0, 60))


class Crash(Exception):
    """The process dies here, and every statement after this one dies too."""


@dataclass(frozen=True)
class Who:
    """Somebody by their keys alone: rows come and go with each step."""

    actor: Actor
    membership_id: UUID
    patient_id: UUID | None = None
    enrolment_id: UUID | None = None


@dataclass
class World:
    """What every example starts from, made once for a test."""

    service_id: UUID
    connection: Connection
    patients: list[Who]
    staff: dict[str, Who]
    steps: int = 0
    kinds: dict[str, int] = field(default_factory=dict)


class AlertMachine(RuleBasedStateMachine):
    """One service with its staff and patients; every rule is something that can happen in a day."""

    world: ClassVar[World]

    def __init__(self) -> None:
        super().__init__()
        self.whole = self.world.connection.begin_nested()
        self.now = MONDAY
        self.worker_is_alive = True
        self.most_alerts = 0
        self.most_steps = 0
        self.numbers = count(1)
        self.sittings: dict[int, UUID] = {}

    # -- how a step runs

    @contextmanager
    def request(self, name: str, dies_after: int | None = None) -> Iterator[None]:
        """One request or job at this moment: commits at its end, or dies after so many statements."""
        world = self.world
        world.steps += 1
        world.kinds[name] = world.kinds.get(name, 0) + 1
        enter_service(world.service_id)
        with clock.standing_at(self.now), dying_after(world.connection, dies_after):
            try:
                yield
                db.session.commit()
            except (safety.NotYet, safety.NotFound, safety.NotCovered, Crash):
                db.session.rollback()
        db.session.expunge_all()

    def person(self, name: str) -> Any:
        """A member of staff as the one who acts."""
        return self.world.staff[name].actor

    def some_alert(self, place: int) -> UUID | None:
        """One of the alerts that there are."""
        ids = db.session.scalars(select(Alert.id).order_by(Alert.raised_at, Alert.id)).all()
        return ids[place % len(ids)] if ids else None

    # -- what patients do

    @rule(who=st.integers(0, 2), value=st.integers(0, 3), new_sitting=st.booleans(), dies_after=crash_after)
    def a_patient_answers(self, who: int, value: int, new_sitting: bool, dies_after: int | None) -> None:
        """The answer and its alert are one transaction: both are there, or neither."""
        with self.request("answer", dies_after):
            self._answer(who, value, new_sitting, raise_it=True)

    @rule(who=st.integers(0, 2), value=st.integers(1, 3))
    def an_answer_slips_in_without_its_alert(self, who: int, value: int) -> None:
        """As after a mistake in the programme or a restored copy: the watch has to find it."""
        with self.request("slipped"):
            self._answer(who, value, True, raise_it=False)

    def _answer(self, who: int, value: int, new_sitting: bool, *, raise_it: bool) -> None:
        patient = self.world.patients[who]
        if new_sitting or who not in self.sittings:
            self.sittings[who] = self._sitting(patient)
        sitting_id = self.sittings[who]
        if db.session.get(SittingRow, (self.world.service_id, sitting_id)) is None:
            self.sittings[who] = sitting_id = self._sitting(patient)
        answer = Answer(
            service_id=self.world.service_id, sitting_id=sitting_id, instrument="phq-9", item="q9",
            value=value, at=clock.now(), language="en", fingerprint="-", account_id=patient.actor.account_id,
        )  # fmt: skip
        db.session.add(answer)
        db.session.flush()
        if raise_it:
            enrolment = db.session.get_one(Enrolment, (self.world.service_id, patient.enrolment_id))
            row = db.session.get_one(SittingRow, (self.world.service_id, sitting_id))
            raise_alerts(patient.actor, enrolment, row, [answer])

    def _sitting(self, patient: Who) -> UUID:
        row = SittingRow(
            id=new_id(), service_id=self.world.service_id, enrolment_id=patient.enrolment_id,
            patient_id=patient.patient_id, battery="made-up/1", time_point="baseline",
            name=f"sitting-{next(self.numbers)}", started_at=clock.now(),
        )  # fmt: skip
        db.session.add(row)
        db.session.flush()
        return row.id

    # -- what staff do

    @rule(who=st.sampled_from(STAFF), place=st.integers(0, 9), dies_after=crash_after)
    def somebody_sees(self, who: str, place: int, dies_after: int | None) -> None:
        self._do("see", place, dies_after, lambda alert: safety.see(alert, by=self.person(who)))

    @rule(who=st.sampled_from(STAFF), place=st.integers(0, 9), dies_after=crash_after)
    def somebody_takes_it(self, who: str, place: int, dies_after: int | None) -> None:
        self._do(
            "own", place, dies_after, lambda alert: self._as_reader(who, lambda by: safety.own(alert, by=by))
        )

    @rule(
        who=st.sampled_from(STAFF), to=st.sampled_from(STAFF), place=st.integers(0, 9), dies_after=crash_after
    )
    def somebody_passes_it_on(self, who: str, to: str, place: int, dies_after: int | None) -> None:
        account_id = self.world.staff[to].actor.account_id
        self._do(
            "pass_on", place, dies_after,
            lambda alert: self._as_reader(who, lambda by: safety.pass_on(alert, account_id, by=by)),
        )  # fmt: skip

    @rule(
        who=st.sampled_from(STAFF), action=st.sampled_from(Action), name=st.sampled_from(["", "Dr Okafor"]),
        place=st.integers(0, 9), dies_after=crash_after,
    )  # fmt: skip
    def somebody_acts(self, who: str, action: Action, name: str, place: int, dies_after: int | None) -> None:
        self._do(
            "act", place, dies_after,
            lambda alert: self._as_reader(who, lambda by: safety.record_action(alert, action, "", name, by=by)),
        )  # fmt: skip

    @rule(who=st.sampled_from(STAFF), place=st.integers(0, 9), dies_after=crash_after)
    def somebody_closes(self, who: str, place: int, dies_after: int | None) -> None:
        self._do(
            "close",
            place,
            dies_after,
            lambda alert: self._as_reader(who, lambda by: safety.close(alert, by=by)),
        )

    @rule(who=st.sampled_from(STAFF), why=st.sampled_from(["", "It came up again."]), place=st.integers(0, 9))
    def somebody_reopens(self, who: str, why: str, place: int) -> None:
        self._do(
            "reopen",
            place,
            None,
            lambda alert: self._as_reader(who, lambda by: safety.reopen(alert, why, by=by)),
        )

    def _do(self, name: str, place: int, dies_after: int | None, verb: Callable[[UUID], object]) -> None:
        with self.request(name, dies_after):
            alert = self.some_alert(place)
            if alert is not None:
                verb(alert)

    def _as_reader(self, who: str, verb: Callable[[Any], object]) -> None:
        """The gate lets only those act who may read answers now."""
        by = self.person(who)
        if any(one.account_id == by.account_id for one in safety.readers(by)):
            verb(by)

    # -- how the service changes

    @rule(who=st.sampled_from(("carol", "lena", "dora")), dies_after=crash_after)
    def somebody_leaves_or_comes_back(self, who: str, dies_after: int | None) -> None:
        with self.request("staff", dies_after):
            row = db.session.get_one(Membership, (self.world.service_id, self.world.staff[who].membership_id))
            if row.ended_at is None:
                people.end_member(row.id, by=Actor(self.world.service_id, job="a test"))
            else:
                row.ended_at = None

    @rule(place=st.integers(0, 9))
    def an_owner_is_lost_without_a_word(self, place: int) -> None:
        """Their role ends by a way that tells nobody: only the watch can notice."""
        with self.request("lost"):
            owners = db.session.scalars(
                select(Alert.owner_account_id).where(Alert.owner_account_id.is_not(None)).order_by(Alert.id)
            ).all()
            if owners:
                lost = Membership.account_id == owners[place % len(owners)]
                db.session.execute(update(Membership).where(lost).values(ended_at=clock.now()))

    @rule(
        owner=st.sampled_from(STAFF),
        deputy=st.sampled_from(STAFF),
        away=st.one_of(st.none(), st.integers(0, 9)),
    )
    def the_cover_changes(self, owner: str, deputy: str, away: int | None) -> None:
        with self.request("cover"):
            until_on = None if away is None else self.now.date() + timedelta(days=away)
            safety.change_cover(
                self.person("lena"),
                owner_account_id=self.world.staff[owner].actor.account_id,
                deputy_account_id=self.world.staff[deputy].actor.account_id,
                owner_away_until=until_on,
            )

    @rule(
        days=st.lists(st.integers(0, 12), max_size=5),
        hours=st.sampled_from([HOURS, {}, {"tue": ["13:00", "15:30"]}]),
    )
    def closures_and_hours_change(self, days: list[int], hours: dict[str, list[str]]) -> None:
        with self.request("closures"):
            service = people.service_with(self.world.service_id)
            service.closures = [(self.now.date() + timedelta(days=day)).isoformat() for day in days]
            service.hours = hours

    # -- time, mail and the watch

    @rule(wait=st.sampled_from(WAITS), dies_after=crash_after)
    def time_passes(self, wait: timedelta, dies_after: int | None) -> None:
        """The worker looks every five minutes, if it is alive."""
        self.world.steps += 1
        self.now += wait
        if self.worker_is_alive:
            self.the_watch_runs(dies_after)

    @rule(alive=st.sampled_from((True, True, False)))
    def the_worker_stops_or_starts(self, alive: bool) -> None:
        self.world.steps += 1
        self.worker_is_alive = alive

    @rule(dies_after=crash_after)
    def the_watch_runs(self, dies_after: int | None) -> None:
        finished = False
        with self.request("watch", dies_after):
            watch_everywhere()
            finished = True
        if finished and dies_after is None:
            self._what_a_whole_round_leaves()

    @rule()
    def the_watch_runs_whole(self) -> None:
        self.the_watch_runs(None)

    @rule(faults=st.lists(st.booleans(), max_size=4), dies_after=crash_after)
    def mail_goes_out(self, faults: list[bool], dies_after: int | None) -> None:
        left = list(faults)

        def carrier(_message: EmailMessage) -> None:
            if left and left.pop():
                raise ConnectionRefusedError

        with self.request("mail", dies_after):
            post.deliver_due(carrier, "hello@example.org", limit=5)

    @rule()
    def mail_stands_still_for_two_days(self) -> None:
        """Every message that waits is given up, as after 48 hours of a dead mail server."""
        with self.request("mail stands still"):
            self.now += timedelta(hours=48)
            for letter in db.session.scalars(select(post.Letter).where(post.Letter.sent_at.is_(None))):
                letter.failed_at = letter.failed_at or self.now

    # -- what must hold

    def _what_a_whole_round_leaves(self) -> None:
        """After a round of the watch that nothing cut short."""
        enter_service(self.world.service_id)
        assert self._triggers_without_alert() == []
        here = {person.account_id for person in safety.readers(self.person("lena"))}
        for alert in db.session.scalars(select(Alert).where(Alert.closed_at.is_(None))):
            if alert.state in UNOWNED:
                due = alert.deadlines.level_at(self.now)
                assert alert.level >= due, f"{alert.state} at level {alert.level}, not {due}"
                self._somebody_was_told_or_it_shows(alert)
            else:
                assert alert.owner_account_id in here
        db.session.rollback()

    def _somebody_was_told_or_it_shows(self, alert: Alert) -> None:
        told = {
            notice.account_id
            for notice in db.session.scalars(
                select(Notice).where(Notice.alert_id == alert.id, Notice.round == alert.round)
            )
        }
        if not told:
            with clock.standing_at(self.now):
                shown = safety.troubles(self.person("lena"))
            assert any(one.kind is TroubleKind.NOBODY_TOLD and one.alert_id == alert.id for one in shown)

    def _triggers_without_alert(self) -> list[str]:
        return [found.source_id for found in answers_without_alert(self.world.service_id)]

    @invariant()
    def every_trigger_has_at_most_one_alert_and_no_alert_is_lost(self) -> None:
        enter_service(self.world.service_id)
        alerts, triggers, different, steps = db.session.execute(
            select(
                select(func.count()).select_from(Alert).scalar_subquery(),
                select(func.count()).select_from(Trigger).scalar_subquery(),
                select(func.count(func.distinct(Trigger.source_id))).scalar_subquery(),
                select(func.count()).select_from(Step).scalar_subquery(),
            )
        ).one()
        assert triggers == different
        assert alerts <= triggers
        assert alerts >= self.most_alerts
        assert steps >= self.most_steps
        self.most_alerts, self.most_steps = alerts, steps
        db.session.rollback()

    @invariant()
    def nothing_waits_unseen_without_being_told_or_shown(self) -> None:
        """No open alert stands past its moment unless everybody was told, or a trouble shows on the page."""
        enter_service(self.world.service_id)
        late = db.session.scalars(
            select(Alert).where(
                Alert.closed_at.is_(None),
                Alert.state.in_(UNOWNED),
                Alert.everyone_at <= self.now - WATCH_STOPPED_AFTER,
            )
        ).all()
        if late:
            with clock.standing_at(self.now):
                assert safety.frame_of(self.person("lena")).left_alone_id is not None
                behind = [alert for alert in late if alert.level < Level.EVERYONE]
                if behind:
                    kinds = {one.kind for one in safety.troubles(self.person("lena"))}
                    assert kinds & {TroubleKind.WATCH_STOPPED, TroubleKind.LEFT_ALONE}
        db.session.rollback()

    @invariant()
    def an_alert_is_closed_by_a_name_after_something_was_done(self) -> None:
        enter_service(self.world.service_id)
        closed = select(Alert).where(Alert.closed_at.is_not(None))
        for alert in db.session.scalars(closed):
            assert alert.closed_by and alert.seen_by and alert.acted_at and alert.owner_name
            assert alert.next_step_at is None
        db.session.rollback()

    @initialize()
    def begins(self) -> None:
        """Every day begins with a watch that ran."""
        self.the_watch_runs(None)

    def teardown(self) -> None:
        db.session.rollback()
        db.session.close()
        self.whole.rollback()


@contextmanager
def dying_after(connection: Connection, statements: int | None) -> Iterator[None]:
    """The process dies before the statement of that number; None: it lives."""
    if statements is None:
        yield
        return
    left = [statements]

    def die(_connection: Any, _cursor: Any, statement: str, *_args: Any) -> None:
        if "SAVEPOINT" in statement:
            return  # the test's own way to commit and roll back
        if left[0] <= 0:
            raise Crash
        left[0] -= 1

    event.listen(connection, "before_cursor_execute", die)
    logging.disable(logging.CRITICAL)  # a dying watch writes a trace for each thing that it could not do
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        event.remove(connection, "before_cursor_execute", die)


def make_world(cast: Cast) -> World:
    """Hillside with two clinicians, a lead, a caller and three patients."""
    cast.hillside.hours = HOURS
    account = people.add_account("dora.machine@example.org", "Dora Lind")
    enter_service(cast.hillside.id)
    dora = Person(account, people.add_member(account, "clinician", by=cast.job(cast.hillside)))
    staff = {"carol": cast.carol, "lena": cast.lena, "colin": cast.colin, "dora": dora}
    patients = [cast.asha, cast.dewi, cast.tomasz]
    enter_service(cast.hillside.id)
    safety.change_cover(
        cast.lena.actor,
        owner_account_id=cast.carol.account.id,
        deputy_account_id=account.id,
        out_of_hours="Ring 111.",
    )
    db.session.commit()
    world = World(
        cast.hillside.id,
        db.session.connection(),
        [_by_keys(one) for one in patients],
        {name: _by_keys(one) for name, one in staff.items()},
    )
    db.session.commit()
    db.session.close()
    return world


def _by_keys(person: Person) -> Who:
    assert person.membership
    patient_id = person.patient.id if person.patient else None
    return Who(
        person.actor, person.membership.id, patient_id, person.enrolment.id if person.enrolment else None
    )
