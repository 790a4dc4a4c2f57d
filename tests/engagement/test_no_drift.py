"""Whatever happens, in whatever order: the stored row is what the rules say of the same life kept in plain Python.

The machine does something through the services and notes it in a model of its own, which never looks at a table.
Then state, reasons, points, place, silent days and the next change must agree; and on days on which nobody looks,
the row must be true until the day that it names.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from itertools import count, pairwise
from typing import Any
from uuid import UUID

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select

from tests.cast import CORE_MODULES, Cast
from webapp.engagement import requests, service, summing_up
from webapp.engagement.contact_rules import ANSWERED, CHANNELS
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Milestone, Rhythm, Way, flare_pauses
from webapp.engagement.gathering import closures_of
from webapp.engagement.models import Enrolment, Summary
from webapp.engagement.plan_rules import planned_dates
from webapp.engagement.ring_key import ring_key, tier_in
from webapp.engagement.rules import state
from webapp.engagement.schedule_rules import next_change_on
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.people import service as people

BEGIN = datetime(2026, 6, 1, 9, tzinfo=UTC)
NAMES = count(1)
TALKS = sorted(CHANNELS)
NO_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
"""Each step is a transaction: making a failing life shorter would take minutes."""


@dataclass
class Talk:
    """A contact in the model, with what was agreed in it and the request that it answered."""

    id: UUID
    on: date
    outcome: str
    call_on: date | None = None
    pause: Span | None = None
    answered: date | None = None


@dataclass
class Life:
    """What has happened so far, in plain Python."""

    invited_on: date
    door: Door
    rhythm: Rhythm
    way: Way
    started_on: date | None = None
    ended_on: date | None = None
    finished_on: date | None = None
    active: set[date] = field(default_factory=set)
    done: dict[str, date] = field(default_factory=dict)
    pauses: list[Span] = field(default_factory=list)
    flares: list[Flare] = field(default_factory=list)
    asked_on: date | None = None
    alert_on: date | None = None
    talks: list[Talk] = field(default_factory=list)
    calls: list[date] = field(default_factory=list)
    snoozed_until: date | None = None
    do_not_ring_on: date | None = None

    def facts(self, closures: frozenset[date]) -> Facts:
        """The same for the rules."""
        rhythm = Rhythm.OWN_SPEED if self.door is Door.REFRESHER else self.rhythm
        stops = (*self.pauses, *flare_pauses(tuple(self.flares), 14))
        tries: list[date] = []
        for talk in self.talks:
            tries = [] if talk.outcome in ANSWERED else [*tries, talk.on]
        agreed = [talk.call_on for talk in self.talks if talk.call_on]
        return Facts(
            invited_on=self.invited_on,
            door=self.door,
            rhythm=self.rhythm,
            way=self.way,
            started_on=self.started_on,
            ended_on=self.ended_on,
            left_reason="no_time" if self.ended_on else None,
            finished_on=self.finished_on,
            active_days=tuple(sorted(self.active)),
            milestones=planned_dates(
                [Milestone(name, done_on=self.done.get(name)) for name in CORE_MODULES],
                self.started_on,
                rhythm,
                stops,
            ),
            pauses=tuple(self.pauses),
            flares=tuple(self.flares),
            closures=closures,
            asked_for_call_on=self.asked_on,
            safety_alert_on=self.alert_on,
            call_dates=tuple(sorted([*self.calls, *agreed])),
            last_contact_on=max((talk.on for talk in self.talks), default=None),
            unanswered_contacts=tuple(tries),
            snoozed_until=self.snoozed_until,
            asked_not_to_be_rung_on=self.do_not_ring_on,
        )


class AnyLife(RuleBasedStateMachine):
    """One enrolment and everything that can happen to it."""

    by: Actor
    service_id: UUID

    def __init__(self) -> None:
        super().__init__()
        self.moment = BEGIN
        self.looked_on: date | None = None

    @property
    def today(self) -> date:
        return self.moment.date()

    @contextmanager
    def now(self) -> Iterator[Enrolment]:
        """A minute later than the last thing, with the enrolment as it is stored."""
        self.moment += timedelta(minutes=1)
        with clock.standing_at(self.moment):
            enter_service(self.service_id)
            yield service.current_enrolment(self.by, self.patient_id)
            db.session.commit()
        self.looked_on = self.today

    @initialize(
        door=st.sampled_from([Door.COURSE, Door.COURSE, Door.REFRESHER]),
        rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.OWN_SPEED]),
        way=st.sampled_from([Way.ONLINE, Way.ONLINE, Way.ONLINE, Way.PHONE]),
    )
    def invite(self, door: Door, rhythm: Rhythm, way: Way) -> None:
        number = next(NAMES)
        with clock.standing_at(self.moment):
            enter_service(self.service_id)
            self.closures = closures_of(people.service_with(self.service_id), self.today.year)
            details = people.PatientDetails("Life", f"Number {number}", date(1970, 1, 1))
            self.patient_id = people.add_patient(details, by=self.by).id
            service.enrol(
                self.patient_id,
                door=door,
                rhythm=rhythm,
                core_modules=CORE_MODULES,
                by=self.by,
                way=way.value,
            )
            db.session.commit()
        self.life, self.looked_on = Life(self.today, door, rhythm, way), self.today

    @rule(days=st.integers(1, 12), night=st.booleans())
    def days_pass(self, days: int, night: bool) -> None:
        self.moment += timedelta(days=days)
        if night:
            with clock.standing_at(self.moment):
                enter_service(self.service_id)
                summing_up.rank_again()

    @precondition(lambda self: self.life.started_on is None)
    @rule(rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.OWN_SPEED]))
    def start(self, rhythm: Rhythm) -> None:
        with self.now() as enrolment:
            service.start(enrolment, rhythm=rhythm, by=self.by)
        self.life.started_on, self.life.rhythm = self.today, rhythm

    @rule(rhythm=st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY, Rhythm.OWN_SPEED]))
    def change_rhythm(self, rhythm: Rhythm) -> None:
        with self.now() as enrolment:
            service.change_rhythm(enrolment, rhythm, by=self.by)
        self.life.rhythm = rhythm

    @rule()
    def visit(self) -> None:
        with self.now() as enrolment:
            service.record(self.by, enrolment, "page_read", "a-page")
        self.life.active.add(self.today)

    @rule(name=st.sampled_from(CORE_MODULES))
    def finish_a_module(self, name: str) -> None:
        with self.now() as enrolment:
            service.reach_milestone(self.by, enrolment, name)
        self.life.done.setdefault(name, self.today)
        self.life.active.add(self.today)
        if len(self.life.done) == len(CORE_MODULES):
            self.life.finished_on = self.life.finished_on or self.today

    @precondition(lambda self: not self._pausing())
    @rule(days=st.none() | st.integers(1, 40))
    def pause(self, days: int | None) -> None:
        until_on = self.today + timedelta(days=days) if days else None
        with self.now() as enrolment:
            requests.pause(enrolment, until_on, "holiday", by=self.by, by_patient=True)
        self.life.pauses.append(Span(self.today, until_on))

    @rule()
    def come_back_from_pause(self) -> None:
        running = self._pausing()
        if running is None:
            return
        with self.now() as enrolment:
            requests.end_pause(enrolment, by=self.by)
        place = self.life.pauses.index(running)
        ended = (
            [] if running.from_on >= self.today else [replace(running, until_on=self.today - timedelta(1))]
        )
        self.life.pauses[place : place + 1] = ended
        for talk in self.life.talks:
            talk.pause = (ended[0] if ended else None) if talk.pause == running else talk.pause

    def _pausing(self) -> Span | None:
        found = [span for span in self.life.pauses if span.covers(self.today)]
        return max(found, key=lambda span: span.from_on) if found else None

    @rule(anew=st.booleans())
    def flare_up(self, anew: bool) -> None:
        open_ones = [one for one in self.life.flares if one.until_on is None]
        spans = flare_pauses(tuple(self.life.flares), 14)
        with self.now() as enrolment:
            requests.report_flare(enrolment, by=self.by, anew=anew)
        if open_ones:
            old = max(open_ones, key=lambda one: one.from_on)
            over_on = spans[self.life.flares.index(old)].until_on
            assert over_on is not None
            if not (anew and over_on < self.today):
                self.looked_on = None  # nothing was written
                return
            self.life.flares[self.life.flares.index(old)] = replace(old, until_on=over_on)
        self.life.flares.append(Flare(self.today))
        self.life.active.add(self.today)

    @precondition(lambda self: any(one.until_on is None for one in self.life.flares))
    @rule(answer=st.sampled_from(["better", "same", "worse"]))
    def answer_about_flare(self, answer: str) -> None:
        with self.now() as enrolment:
            running = requests.running_flare(enrolment)
            assert running is not None
            requests.answer_flare(enrolment, running, answer, by=self.by)
        old = max((one for one in self.life.flares if one.until_on is None), key=lambda one: one.from_on)
        over_on = self.today if answer == "better" else None
        said = replace(old, answered_on=self.today, until_on=over_on)
        self.life.flares[self.life.flares.index(old)] = said
        self.life.active.add(self.today)

    @rule()
    def ask_for_call(self) -> None:
        with self.now() as enrolment:
            requests.ask_for_call(enrolment, "website", by=self.by)
        if self.life.asked_on is not None:
            self.looked_on = None  # nothing was written
            return
        self.life.asked_on = self.today
        self.life.active.add(self.today)

    @precondition(lambda self: self.life.asked_on)
    @rule()
    def take_the_call_back(self) -> None:
        with self.now() as enrolment:
            requests.take_back_call(enrolment, by=self.by)
        self.life.asked_on = None

    @rule(outcome=st.sampled_from(TALKS), again_in=st.none() | st.integers(1, 30), pausing=st.booleans())
    def contact(self, outcome: str, again_in: int | None, pausing: bool) -> None:
        call_on = self.today + timedelta(days=again_in) if again_in else None
        pauses = pausing and outcome == "reached_pausing" and not self._pausing()
        span = Span(self.today, self.today + timedelta(days=10)) if pauses else None
        with self.now() as enrolment:
            row = requests.log_contact(
                enrolment, CHANNELS[outcome], outcome, "", by=self.by, ring_again_on=call_on
            )
            if span:
                requests.pause(enrolment, span.until_on, "life", by=self.by, by_patient=False, at=row.at)
            talk = Talk(row.id, self.today, outcome, call_on, span)
        if span:
            self.life.pauses.append(span)
        if outcome in ANSWERED:
            talk.answered, self.life.asked_on = self.life.asked_on, None
        self.life.talks.append(talk)

    @precondition(lambda self: self.life.talks)
    @rule()
    def undo_the_last_contact(self) -> None:
        talk = self.life.talks[-1]
        if talk.answered and self.life.asked_on:
            return  # asked again since then: two open requests are no case of the pages
        with self.now() as enrolment:
            requests.undo_contact(enrolment, talk.id, by=self.by)
        self.life.talks.pop()
        if talk.pause in self.life.pauses:
            self.life.pauses.remove(talk.pause)
        self.life.asked_on = talk.answered or self.life.asked_on

    @rule(days=st.integers(1, 30))
    def agree_on_a_call(self, days: int) -> None:
        on = self.today + timedelta(days=days)
        with self.now() as enrolment:
            requests.agree_call(enrolment, on, by=self.by)
        self.life.calls.append(on)

    @rule(days=st.integers(1, 20))
    def snooze(self, days: int) -> None:
        until_on = self.today + timedelta(days=days)
        with self.now() as enrolment:
            service.snooze(enrolment, until_on, "away", by=self.by)
        self.life.snoozed_until = until_on

    @rule()
    def do_not_ring(self) -> None:
        with self.now() as enrolment:
            service.do_not_ring(enrolment, "they said so", by=self.by)
        self.life.do_not_ring_on = self.today

    @rule()
    def show_again(self) -> None:
        with self.now() as enrolment:
            service.show_again(enrolment, by=self.by)
        self.life.snoozed_until = self.life.do_not_ring_on = None

    @rule()
    def leave(self) -> None:
        with self.now() as enrolment:
            service.leave(enrolment, "no_time", by=self.by)
        self.life.ended_on = self.today

    @precondition(lambda self: self.life.ended_on)
    @rule()
    def come_back(self) -> None:
        with self.now() as enrolment:
            service.come_back(enrolment, by=self.by)
        left_on, self.life.ended_on = self.life.ended_on, None
        if left_on is not None and left_on < self.today:  # the days away are no silence
            self.life.pauses.append(Span(left_on, self.today - timedelta(days=1)))

    @rule(is_open=st.booleans())
    def alert(self, is_open: bool) -> None:
        on = self.today if is_open else None
        with self.now() as enrolment:
            service.note_safety_alert(enrolment, on, by=self.by)
        self.life.alert_on = on

    @invariant()
    def the_row_says_what_the_rules_say(self) -> None:
        row, facts = self._row(), self.life.facts(self.closures)
        found = state(facts, self.today)
        if row.ranked_on == self.today:
            assert row.reasons == [_as_stored(asdict(one)) for one in found.reasons]
            assert (row.since_on, row.points, row.silent_days) == (
                found.since_on,
                found.points,
                found.silent_days,
            )
            assert row.ring_key == ring_key(found, self.today)
            assert row.next_change_on == next_change_on(facts, self.today)
        if row.next_change_on is None or self.today < row.next_change_on or row.ranked_on == self.today:
            assert (row.state, tier_in(row.ring_key)) == (found.state.value, found.tier)
        assert row.last_active_on == max(self.life.active, default=None)
        assert row.modules_done == len(self.life.done)

    @invariant()
    def whoever_acted_today_was_summed_up_today(self) -> None:
        if self.looked_on == self.today:
            assert self._row().ranked_on == self.today

    @invariant()
    def the_log_ends_with_the_row_and_never_says_the_same_twice(self) -> None:
        row, log = self._row(), service.flags_of(self.service_id, self._row().enrolment_id)
        assert (log[-1].state, log[-1].tier) == (row.state, tier_in(row.ring_key))
        for before, after in pairwise(log):
            told = [(one.state, one.tier, _marks(one.reasons)) for one in (before, after)]
            assert told[0] != told[1]
        assert all(one.reasons for one in log if one.tier is not None)

    def _row(self) -> Summary:
        enter_service(self.service_id)
        db.session.expire_all()
        return db.session.scalars(select(Summary).where(Summary.patient_id == self.patient_id)).one()


def _as_stored(reason: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in reason.items()}


def _marks(reasons: list[dict[str, Any]]) -> set[tuple[Any, ...]]:
    return {
        (one["kind"], None if one["kind"] == "few_days" else one["since_on"], one["module"])
        for one in reasons
    }


def test_the_stored_row_never_drifts(cast: Cast) -> None:
    cast.enter(cast.carol)

    class Here(AnyLife):
        by, service_id = cast.carol.actor, cast.hillside.id

    few = settings(max_examples=20, stateful_step_count=25, deadline=None, phases=NO_SHRINKING)
    run_state_machine_as_test(Here, settings=few)
