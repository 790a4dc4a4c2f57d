"""The job dies between any two steps, and several run at once: nothing is lost, and nothing is written twice."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import event, func, select

from tests.cast import Cast, Person, id_of
from tests.conftest import _as_owner, _template
from tests.reminders.patients import begins, enrolment_of, keys, kinds, letters, next_look, on, writes
from tests.safety.alert_machine import Crash, dying_after
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people.models import Service
from webapp.people.sign_in_models import Token
from webapp.reminders import service as reminders
from webapp.reminders.models import Reminder

Both = tuple[Person, Person]


@pytest.fixture
def both(cast: Cast) -> Both:
    """Asha and Dewi, who activated yesterday; both are due a welcome, and Asha a few questions as well."""
    asha, dewi = begins(cast, "asha"), begins(cast, "dewi")
    with on(hours=1):
        engagement.reach_milestone(asha.actor, enrolment_of(asha), "start-here")
        db.session.commit()
    db.session.close()
    return asha, dewi


@pytest.fixture
def connection(both: Both) -> Any:
    """The test's one connection; the session holds nothing open on it."""
    found = db.session.connection()
    db.session.commit()
    db.session.close()
    return found


def test_a_death_before_any_statement_loses_nothing_and_doubles_nothing(
    cast: Cast, both: Both, connection: Any, count_queries: Any
) -> None:
    with undone(cast, connection), on(days=1), count_queries() as steps:
        assert writes(cast) == 2
    assert len(steps.seen) > 60
    for step in range(len(steps.seen) + 1):
        with undone(cast, connection), on(days=1):
            with dying_after(connection, step):
                die(cast)
            whole(both, f"after dying at statement {step}")
            writes(cast)
            finished(both, f"after dying at statement {step} and running again")


def test_a_death_just_before_a_commit_loses_nothing_and_doubles_nothing(
    cast: Cast, both: Both, connection: Any
) -> None:
    for number in (1, 2):
        with undone(cast, connection), on(days=1):
            with dying_at_commit(number):
                die(cast)
            assert sum(len(letters(person)) for person in both) == number - 1
            whole(both, f"at commit {number}")
            writes(cast)
            finished(both, f"at commit {number}")


def test_a_patient_whose_words_cannot_be_made_keeps_nobody_else_waiting(
    cast: Cast, both: Both, monkeypatch: pytest.MonkeyPatch
) -> None:
    asha, dewi = both
    real = reminders.wording.written

    def written(service: Service, known: Any, *args: Any, **more: Any) -> Any:
        if known.patient.id == id_of(asha.patient):
            raise ValueError("a hole in the words")
        return real(service, known, *args, **more)

    with on(days=1):
        with monkeypatch.context() as broken:
            broken.setattr(reminders.wording, "written", written)
            assert writes(cast) == 1
            assert kinds(dewi) == [["welcome"]] and kinds(asha) == []
            assert writes(cast) == 0
        assert writes(cast) == 1
        finished(both, "after the mistake was mended")


@contextmanager
def undone(cast: Cast, connection: Any) -> Iterator[None]:
    """What happens inside is undone, and nothing of it is remembered."""
    start = connection.begin_nested()
    enter_service(cast.hillside.id)
    try:
        yield
    finally:
        db.session.rollback()
        db.session.close()
        start.rollback()


def die(cast: Cast) -> None:
    """The job runs until it dies; what it had not committed is gone, and so is all that it knew."""
    with suppress(Crash):
        writes(cast)
    db.session.rollback()
    db.session.close()
    enter_service(cast.hillside.id)


@contextmanager
def dying_at_commit(number: int) -> Iterator[None]:
    """The process dies at the commit of this number, counted from 1, and at every later one."""
    left = [number]

    def commit(_session: Any) -> None:
        left[0] -= 1
        if left[0] <= 0:
            raise Crash

    session = db.session
    event.listen(session, "before_commit", commit)
    try:
        yield
    finally:
        event.remove(session, "before_commit", commit)


def whole(both: Both, when: str) -> None:
    """Of each message there is all or nothing: letter, what it told of, and the next look."""
    for person in both:
        count = len(letters(person))
        assert (len(kinds(person)), bool(keys(person))) == (count, count > 0), when
        assert count <= 1, when
        assert (next_look(person).day <= 2) == (count == 0), when


def finished(both: Both, when: str) -> None:
    """Each has one message, about everything that was due to them."""
    asha, dewi = both
    assert kinds(asha) == [["welcome", "questions"]], when
    assert keys(asha) == ["questions:baseline-pain", "welcome:2027-03-01"], when
    assert (kinds(dewi), keys(dewi)) == ([["welcome"]], ["welcome:2027-03-01"]), when
    for person in both:
        assert len(letters(person)) == 1, when
        made = select(func.count()).where(
            Token.patient_id == id_of(person.patient), Token.purpose == "message"
        )
        assert db.session.scalar(made) == 1, when
        assert next_look(person).day > 2, when


# --- several workers, on a database that keeps what is written


@pytest.fixture
def kept_app(postgres: Any, database_name: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The application on a database of its own, where every commit is one."""
    from webapp import create_app
    from webapp.foundations.settings import load_settings

    name = f"{database_name}_workers"
    with _as_owner(postgres) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template(postgres)}"')
    app = create_app(
        load_settings(
            environment="test",
            secret_key="only for several workers " * 3,
            database_url=postgres.url("waymark_app", name),
            owner_database_url=postgres.url("waymark_owner", name),
            var_folder=tmp_path_factory.mktemp("workers"),
        )
    )
    yield app
    with app.app_context():
        db.engine.dispose()
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE "{name}"')


NAMES = ("asha", "dewi", "tomasz", "marjorie")


def test_three_workers_at_once_write_each_patient_one_message(kept_app: Flask) -> None:
    with kept_app.app_context():
        cast = Cast(kept_app)
        ids = {id_of(begins(cast, name).patient) for name in NAMES}
        service_id = cast.hillside.id
    for round_ in range(3):
        before = messages(kept_app, service_id)
        written = at_once(kept_app, service_id, days=3 * round_)
        after = messages(kept_app, service_id)
        assert sum(written) == len(after) - len(before)
        assert len(set(after[len(before) :])) == len(after) - len(before), "nobody has two of one round"
        send_everything(kept_app, service_id)
    assert set(after) <= ids and len(after) >= 3


def at_once(app: Flask, service_id: UUID, *, days: int) -> list[int]:
    """Three workers begin the same job at the same moment; what each says that it wrote."""
    ready, written, troubles = threading.Barrier(3), list[int](), list[Exception]()

    def work() -> None:
        with app.app_context(), on(days=days, hours=1):
            try:
                enter_service(service_id)
                service = db.session.get_one(Service, service_id)
                db.session.commit()
                ready.wait(timeout=30)
                written.append(reminders.write_messages(service))
            except Exception as trouble:
                troubles.append(trouble)

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(timeout=60)
    assert not troubles and len(written) == 3
    return written


def messages(app: Flask, service_id: UUID) -> list[UUID]:
    """Whose messages there are."""
    with app.app_context():
        enter_service(service_id)
        letter_count = db.session.scalar(select(func.count()).select_from(Letter))
        found = list(db.session.scalars(select(Reminder.patient_id).order_by(Reminder.at, Reminder.id)))
        assert letter_count == len(found)
        return found


def send_everything(app: Flask, service_id: UUID) -> None:
    """As the sweep does."""
    with app.app_context():
        enter_service(service_id)
        for letter in db.session.scalars(select(Letter).where(Letter.sent_at.is_(None))).all():
            letter.sent_at = letter.written_at
        db.session.commit()


def test_a_row_that_another_worker_holds_is_left_to_it(kept_app: Flask) -> None:
    with kept_app.app_context():
        cast = Cast(kept_app)
        asha = begins(cast, "asha")
        service_id, enrolment_id = cast.hillside.id, enrolment_of(asha).id
        db.session.commit()
    with on(hours=1), kept_app.app_context():
        enter_service(service_id)
        assert engagement.take_for_messages(service_id, enrolment_id, clock.today()) is not None
        with kept_app.app_context():
            enter_service(service_id)
            assert reminders.look_at(service_id, enrolment_id) is False
            db.session.rollback()
        assert reminders.look_at(service_id, enrolment_id) is True
        db.session.rollback()
