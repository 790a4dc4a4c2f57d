"""The worker dies at every step of a message's way, once and again: nothing is lost, and what is doubled is known.

The steps are every statement of writing, taking up, locking, asking, marking and committing, and both sides of
handing over. A process that dies rolls back what it had not committed; then another one starts and goes on.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from uuid import UUID

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, event, select, update
from sqlalchemy.engine import Engine

from tests.foundations.mail_server import MailServer, serving
from tests.foundations.post_office import NOON, carriers
from webapp.foundations import clock, delivering, jobs, post
from webapp.foundations.carriers import CannotCarry, Refused
from webapp.foundations.database import db, enter_service
from webapp.foundations.heartbeats import Heartbeat
from webapp.foundations.outbox import Letter
from webapp.people.models import Service

KIND = "kills"
TOLD = "kills-told"


class Killed(BaseException):
    """The process dies here. Nothing in the programme catches it."""


@dataclass
class Life:
    """A process that dies before its step number ``dies_at`` (None: it lives)."""

    dies_at: int | None = None
    steps: int = 0

    def step(self, *_: object) -> None:
        """One more step, or the last one."""
        if self.dies_at == self.steps:
            self.dies_at = None
            raise Killed
        self.steps += 1

    @contextmanager
    def lived(self) -> Iterator[None]:
        """Every statement inside is a step. Ends quietly with the death."""
        event.listen(Engine, "before_cursor_execute", self.step)
        try:
            yield
            self.step()
        except Killed:
            db.session.rollback()
        finally:
            event.remove(Engine, "before_cursor_execute", self.step)


@dataclass
class Outside:
    """The mail server and the phones: what they took; each can die before or after, or fail as told."""

    life: Life = field(default_factory=Life)
    faults: list[str] = field(default_factory=list)
    took: list[str] = field(default_factory=list)
    doubled_by_a_cut: int = 0

    def email(self, message: object) -> None:
        """A mail server."""
        self._take(str(message["Message-ID"]))  # type: ignore[index]

    def text(self, _number: str, _words: str, *, reference: str, tried_before: bool) -> None:
        """A service for texts that is asked before a second try."""
        if not (tried_before and reference in self.took):
            self._take(reference)

    def _take(self, name: str) -> None:
        self.life.step()
        fault = self.faults.pop(0) if self.faults else ""
        if fault == "refused":
            raise Refused("recipient 550")
        if fault == "later":
            raise ConnectionResetError
        if fault == "away":
            raise CannotCarry("ConnectionRefusedError")
        self.took.append(name)
        if fault == "cut after":
            self.doubled_by_a_cut += 1
            raise ConnectionResetError
        self.life.step()


@pytest.fixture(autouse=True)
def nobody_else_listens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(delivering, "_checks", {})
    monkeypatch.setattr(delivering, "_listeners", [])


@pytest.fixture
def service_id(app: Flask) -> Iterator[UUID]:
    """A service that is really committed, since what dies takes its connection along; removed afterwards."""
    with app.app_context():
        service = Service(name="Hillside Pain Service", sender_name="Hillside")
        db.session.add(service)
        db.session.commit()
        yield service.id
        enter_service(service.id)
        db.session.execute(delete(Letter))
        db.session.execute(delete(Heartbeat))
        db.session.execute(delete(Service).where(Service.id == service.id))
        db.session.commit()


def write(service_id: UUID, life: Life, channel: str) -> None:
    """A request that promises a message, and may die in the middle."""
    with clock.standing_at(NOON), life.lived():
        enter_service(service_id)
        address = {"email": "asha@example.org", "text": "+447700900123"}[channel]
        post.write(service_id, KIND, address, "Hello", "Words", language="en", channel=channel)
        db.session.commit()


def sweep(life: Life, at: datetime) -> None:
    """A worker that sweeps once, and may die in the middle."""
    with clock.standing_at(at), life.lived():
        jobs.sweep_outbox()


def letters(service_id: UUID, kind: str) -> list[Letter]:
    """What the database holds."""
    enter_service(service_id)
    found = db.session.scalars(
        select(Letter).where(Letter.kind == kind).execution_options(populate_existing=True)
    )
    held = list(found)
    db.session.commit()
    return held


def rests(letter: Letter) -> bool:
    return bool(letter.sent_at or letter.failed_at or letter.withdrawn_at)


def until_it_rests(service_id: UUID, at: datetime) -> Letter:
    """Workers that live, until the message has come to rest."""
    [letter] = letters(service_id, KIND)
    while not rests(letter):
        at = max(at, letter.next_try_at)
        assert at < NOON + timedelta(days=4), "it never comes to rest"
        sweep(Life(), at)
        [letter] = letters(service_id, KIND)
    return letter


def forget(service_id: UUID) -> None:
    enter_service(service_id)
    db.session.execute(delete(Letter))
    db.session.commit()


def dies_everywhere() -> Iterator[Life]:
    """A life for each step, until one is long enough to reach the end."""
    dies_at = 0
    while True:
        life = Life(dies_at)
        yield life
        if life.dies_at is not None:  # it was not reached
            return
        dies_at += 1


def test_a_promise_is_kept_whole_or_not_made(app: Flask, service_id: UUID) -> None:
    outside, seen = Outside(), []
    with carriers(app, outside.email):
        for life in dies_everywhere():
            write(service_id, life, "email")
            written = letters(service_id, KIND)
            seen.append(len(written))
            sweep(Life(), NOON)
            assert len(outside.took) == len(written)
            forget(service_id)
            outside.took.clear()
    assert seen[0] == 0 and seen[-1] == 1 and set(seen) == {0, 1}


@pytest.mark.parametrize("channel", ["email", "text"])
def test_a_death_at_any_step_loses_nothing(app: Flask, service_id: UUID, channel: str) -> None:
    """(was it taken, is it marked) when the worker died → how often it arrives in all."""
    seen: dict[tuple[bool, bool], set[int]] = {}
    for life in dies_everywhere():
        outside = Outside(life)
        with carriers(app, outside.email, outside.text):
            write(service_id, Life(), channel)
            sweep(life, NOON)
            [letter] = letters(service_id, KIND)
            at_death = bool(outside.took), letter.sent_at is not None
            letter = until_it_rests(service_id, NOON)
            sweep(Life(), NOON + timedelta(days=3))
        assert letter.sent_at is not None
        assert set(outside.took) == {letter.message_id if channel == "email" else str(letter.id)}
        seen.setdefault(at_death, set()).add(len(outside.took))
        forget(service_id)
    in_the_window = 2 if channel == "email" else 1  # Notify is asked; a mail server cannot be
    assert seen == {(False, False): {1}, (True, False): {in_the_window}, (True, True): {1}}
    assert life.steps > 10, "these were real steps"


def test_a_death_on_the_way_to_a_failure_tells_of_it_exactly_once(app: Flask, service_id: UUID) -> None:
    def tell(letter: Letter) -> None:
        if letter.kind == KIND:
            post.write(letter.service_id, TOLD, "lena@example.org", "It failed", "Words", language="en")

    post.tell_me_of_failures(tell)
    for life in dies_everywhere():
        outside = Outside(life, ["refused"] * 2)
        with carriers(app, outside.email):
            write(service_id, Life(), "email")
            sweep(life, NOON)
            letter = until_it_rests(service_id, NOON)
        assert letter.was_refused and letter.message_id not in outside.took
        assert len(letters(service_id, TOLD)) == 1
        forget(service_id)


def test_a_death_on_the_way_to_withdrawing_sends_nothing(app: Flask, service_id: UUID) -> None:
    post.ask_before_sending(KIND, lambda _letter: "paused since")
    for life in dies_everywhere():
        outside = Outside(life)
        with carriers(app, outside.email):
            write(service_id, Life(), "email")
            sweep(life, NOON)
            letter = until_it_rests(service_id, NOON)
        assert letter.withdrawn_why == "paused since" and outside.took == []
        forget(service_id)


FAULTS = st.sampled_from(["", "", "later", "away", "cut after", "refused"])
LIVES = st.one_of(st.none(), st.integers(0, 30))


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    channel=st.sampled_from(["email", "text"]),
    days=st.lists(st.tuples(LIVES, FAULTS), min_size=1, max_size=6),
)
def test_any_row_of_deaths_and_faults_loses_nothing(
    app: Flask, service_id: UUID, channel: str, days: list[tuple[int | None, str]]
) -> None:
    outside, at, windows = Outside(), NOON, 0
    try:
        with carriers(app, outside.email, outside.text):
            write(service_id, Life(), channel)
            [letter] = letters(service_id, KIND)
            for dies_at, fault in days:
                outside.life, outside.faults, took = Life(dies_at), [fault], len(outside.took)
                at = max(at, letter.next_try_at)
                sweep(outside.life, at)
                [letter] = letters(service_id, KIND)
                windows += len(outside.took) > took and letter.sent_at is None
            outside.life, outside.faults = Life(), []
            letter = until_it_rests(service_id, at)
        _nothing_is_lost(letter, outside, windows, channel)
    finally:
        forget(service_id)


def _nothing_is_lost(letter: Letter, outside: Outside, windows: int, channel: str) -> None:
    """Sent (each time with the same name) or refused and so said; doubled only by what happened in the window."""
    assert bool(letter.sent_at) is not letter.was_refused
    assert len(set(outside.took)) <= 1
    if channel == "text":
        assert len(outside.took) == (0 if letter.was_refused and not windows else 1)
    else:
        assert len(outside.took) == windows + bool(letter.sent_at)


# -- a real process and a real signal


MOST_SECONDS = 240
SWEEPS = (
    "from webapp import create_app; create_app(); from webapp.foundations import jobs; jobs.sweep_outbox()"
)


@contextmanager
def process(app: Flask, server: MailServer) -> Iterator[subprocess.Popen[bytes]]:
    """A worker's process that sweeps once; it does not outlive the block."""
    own = app.extensions["waymark_settings"]
    named = {"database_url": own.database_url, "var_folder": str(own.var_folder), "smtp_url": server.url()}
    named |= {"environment": "test", "secret_key": own.secret_key}
    given = {f"WAYMARK_{name.upper()}": value for name, value in named.items()}
    with subprocess.Popen([sys.executable, "-c", SWEEPS], env={**os.environ, **given}) as worker:
        try:
            yield worker
        finally:
            worker.kill()


@pytest.mark.parametrize(("place", "fault", "arrives"), [("data", "slow", 1), ("words", "slow after", 2)])
def test_a_process_that_is_killed_loses_nothing(
    app: Flask, service_id: UUID, place: str, fault: str, arrives: int
) -> None:
    enter_service(service_id)
    letter = post.write(service_id, KIND, "asha@example.org", "Hello", "Words", language="en")
    db.session.commit()
    with serving(MailServer({place: fault}, times=1)) as server:
        with process(app, server) as first:
            wait_for(lambda: server.times == 0)
            first.send_signal(signal.SIGKILL)
            assert first.wait(60) == -signal.SIGKILL
        enter_service(service_id)
        db.session.execute(update(Letter).values(next_try_at=clock.now() - timedelta(seconds=1)))
        db.session.commit()
        with process(app, server) as second:
            assert second.wait(MOST_SECONDS) == 0
        [found] = letters(service_id, KIND)
        assert found.sent_at is not None and found.tries == 2
        assert [message["Message-ID"] for message in server.took] == [letter.message_id] * arrives


def wait_for(it) -> None:  # type: ignore[no-untyped-def]
    """Until it is so, for as long as a busy machine may take to start a process."""
    ends = time.monotonic() + MOST_SECONDS
    while not it():
        assert time.monotonic() < ends
        time.sleep(0.05)
