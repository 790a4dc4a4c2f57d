"""The job of every ten minutes: every service, a heartbeat, an index range, and post that asks before it sends."""

from __future__ import annotations

import re
from contextlib import ExitStack
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import text

from tests.cast import Cast, Person, id_of
from tests.reminders.patients import begins, enrolment_of, keys, kinds, letters, next_look, on
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import clock, health, jobs
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.reminders import service
from webapp.reminders.jobs import WRITER, write_everywhere


def test_every_service_is_written_for_and_the_writer_leaves_its_heartbeat(cast: Cast) -> None:
    asha, vera = begins(cast, "asha"), begins_elsewhere(cast)
    hillside_id, valley_id = cast.hillside.id, cast.valley.id
    with on(hours=1):
        assert write_everywhere() == 2
        assert jobs.last_beat(WRITER) == clock.now()
    for service_id, person in ((hillside_id, asha), (valley_id, vera)):
        enter_service(service_id)
        assert kinds(person) == [["welcome"]]


def begins_elsewhere(cast: Cast) -> Person:
    """Vera, of the other service, activates too."""
    with on():
        vera = cast.vera
        cast.enter(vera)
        people.choose(id_of(vera.patient), "email", True, by=vera.actor)
        db.session.commit()
    return vera


def test_the_writer_leaves_its_heartbeat_at_night_too(cast: Cast) -> None:
    begins(cast, "asha")
    with on(hours=14):
        assert write_everywhere() == 0
        assert jobs.last_beat(WRITER) == clock.now()


def test_a_long_run_leaves_heartbeats_and_stops_when_the_hours_of_writing_end(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second = begins(cast, "asha"), begins(cast, "dewi")
    hillside = cast.hillside
    monkeypatch.setattr(service, "AT_A_TIME", 1)
    beats: list[int] = []

    def an_hour_later(hours: float) -> None:
        beats.append(len(letters(first)) + len(letters(second)))
        hands.close()
        hands.enter_context(on(hours=hours))

    with ExitStack() as hands:
        hands.enter_context(on(hours=8.9))
        assert service.write_messages(hillside, after_some=lambda: an_hour_later(9.1)) == 1
    assert beats == [1]
    with ExitStack() as hands:
        hands.enter_context(on(hours=24))
        assert service.write_messages(hillside, after_some=lambda: an_hour_later(24.1)) == 1
    assert beats[-1] == 2


def test_the_worker_knows_the_job_and_readiness_listens_to_it(app: Flask) -> None:
    periodic = {name: one.cron for (name, _), one in jobs.jobs.periodic_registry.periodic_tasks.items()}
    assert periodic["write_messages"] == "*/10 * * * *"
    worker, oldest = health.must_beat["messages"]
    assert worker == WRITER and timedelta(minutes=20) < oldest <= timedelta(minutes=30)


def test_post_asks_before_it_sends_and_what_is_withdrawn_is_told_when_it_is_due_again(
    app: Flask, cast: Cast
) -> None:
    asha = begins(cast, "asha", days=-2)
    hillside_id = cast.hillside.id
    with on(days=-2, hours=1):
        write_everywhere()
        enter_service(hillside_id)
        requests.pause(
            enrolment_of(asha), clock.today() + timedelta(days=2), "life", by=asha.actor, by_patient=True
        )
        db.session.commit()
        assert jobs.sweep_outbox() == 0
    enter_service(hillside_id)
    db.session.expire_all()
    (letter,) = letters(asha)
    assert letter.withdrawn_at is not None and letter.withdrawn_why == "not so any more"
    with on(days=-1, hours=1):
        enter_service(hillside_id)
        requests.end_pause(enrolment_of(asha), by=asha.actor)
        db.session.commit()
        assert write_everywhere() == 1
        assert jobs.sweep_outbox() == 1
    enter_service(hillside_id)
    db.session.expire_all()
    assert kinds(asha) == [["welcome"], ["welcome"]]
    assert [one.sent_at is not None for one in letters(asha)] == [False, True]
    assert keys(asha) == ["welcome:2027-02-27"]


def test_whose_day_has_come_is_one_index_range_without_a_sort(cast: Cast) -> None:
    asha = begins(cast, "asha")
    enter_service(cast.hillside.id)
    db.session.execute(text("SET LOCAL enable_seqscan = off"))
    db.session.execute(text("SET LOCAL enable_sort = off"))  # the planner would sort the few rows of a test
    seen: list[str] = []
    for after in (None, (next_look(asha), enrolment_of(asha).id)):
        query = engagement.due_query(cast.hillside.id, next_look(asha), 50, after)
        words = str(query.compile(db.engine, compile_kwargs={"literal_binds": True}))
        plan = "\n".join(row[0] for row in db.session.execute(text(f"EXPLAIN {words}".replace(":", "\\:"))))
        assert "ix_engagement_remind" in plan and "Sort" not in plan, plan
        assert "Index Cond" in plan, plan
        seen.append(plan)
    assert re.search(r"ROW\(remind_on, enrolment_id\)", seen[1])
