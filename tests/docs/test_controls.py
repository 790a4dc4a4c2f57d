"""Controls of the hazard log that belong to no room: saving, post, logs, readiness, languages."""

from __future__ import annotations

import json
import smtplib
from datetime import timedelta
from email.message import EmailMessage

import pytest
import structlog.testing
from sqlalchemy import func, select, update
from sqlalchemy.exc import OperationalError

from tests.cast import Cast
from tests.looking import LookingClient
from webapp.foundations import clock, jobs, post
from webapp.foundations.database import db, enter_service
from webapp.foundations.jobs import Heartbeat
from webapp.foundations.logs import configure_logs
from webapp.foundations.post import Letter
from webapp.reminders.jobs import WRITER, WRITER_STOPPED_AFTER
from webapp.safety.looking import WATCH
from webapp.support.models import ProblemReport

SENDER = "Hillside <no-reply@example.org>"
WORDS = "The wording on this page frightened me"


class Post:
    """A mail server that is away until it is told to take messages."""

    def __init__(self) -> None:
        self.is_away = True
        self.took: list[EmailMessage] = []

    def __call__(self, message: EmailMessage) -> None:
        if self.is_away:
            raise smtplib.SMTPServerDisconnected("away")
        self.took.append(message)


def write_one(cast: Cast) -> Letter:
    enter_service(cast.hillside.id)
    address = "asha@example.org"
    letter = post.write(cast.hillside.id, "sign_in_link", address, "Your link", "Words", language="en")
    db.session.commit()
    return letter


def make_due(letter: Letter) -> None:
    letter.next_try_at = clock.now() - timedelta(seconds=1)
    db.session.commit()


def test_a_message_waits_for_the_mail_server_and_keeps_its_id(cast: Cast) -> None:
    server, letter = Post(), write_one(cast)
    assert post.deliver_due(server, SENDER) == 0
    assert (letter.sent_at, letter.failed_at, letter.tries) == (None, None, 1)
    assert letter.next_try_at > clock.now()
    assert letter.last_error == "SMTPServerDisconnected"
    server.is_away = False
    make_due(letter)
    assert post.deliver_due(server, SENDER) == 1
    assert letter.sent_at is not None and letter.last_error is None
    assert [message["Message-ID"] for message in server.took] == [letter.message_id]
    make_due(letter)
    assert post.deliver_due(server, SENDER) == 0, "what was sent is not sent again"


def test_after_48_hours_a_message_has_failed_and_says_so(cast: Cast) -> None:
    server, letter = Post(), write_one(cast)
    letter.written_at = clock.now() - timedelta(hours=47, minutes=59)
    make_due(letter)
    post.deliver_due(server, SENDER)
    assert letter.failed_at is None
    letter.written_at = clock.now() - timedelta(hours=48)
    make_due(letter)
    post.deliver_due(server, SENDER)
    assert letter.failed_at is not None and letter.last_error == "SMTPServerDisconnected"
    server.is_away = False
    make_due(letter)
    assert post.deliver_due(server, SENDER) == 0, "a failed message is for a person to look at"


def test_a_save_that_fails_says_so_and_keeps_every_word(
    client: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.signs_in(client, "asha")
    fields, _ = client.page("/something-wrong").form_fields("/something-wrong")

    def the_database_is_gone(*_: object) -> None:
        raise OperationalError("COMMIT", {}, Exception("gone"))

    with monkeypatch.context() as broken:
        broken.setattr("sqlalchemy.orm.Session.commit", the_database_is_gone)
        answer = client.post("/something-wrong", data={**fields, "kind": "upsetting", "words": WORDS})
    assert answer.status_code == 503
    assert WORDS in answer.text
    db.session.rollback()  # as the end of a request does: tests share one session
    enter_service(cast.hillside.id)
    assert db.session.scalar(select(func.count()).select_from(ProblemReport)) == 0
    again = client.submit("/something-wrong", {"kind": "upsetting", "words": WORDS})
    assert again.status == 200
    enter_service(cast.hillside.id)
    assert db.session.scalar(select(func.count()).select_from(ProblemReport)) == 1


def test_a_log_line_holds_no_name_no_secret_and_no_answer(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    configure_logs(readable=False)  # as in production: every request is told
    try:
        with structlog.testing.capture_logs() as lines:
            client.get("/first/not-a-real-secret-canary")
            client.submit("/something-wrong", {"kind": "upsetting", "words": WORDS})
    finally:
        configure_logs(readable=True)
    answered = [line for line in lines if line["event"] == "answered"]
    assert len(answered) >= 3
    expected = {"event", "log_level", "rule", "method", "status", "took_ms", "request_id"}
    assert all(set(line) == expected for line in answered)
    told = json.dumps(lines)
    assert "/first/<string:secret>" in told
    for canary in (WORDS, "canary", "Asha", "Patel", "asha@example.org", "07700"):
        assert canary not in told


def test_the_readiness_page_is_red_while_no_worker_runs(client: LookingClient) -> None:
    silent = client.get("/health/ready")
    assert (silent.status_code, silent.get_json()) == (
        503,
        {"database": True, "worker": False, "post": True, "safety": False, "messages": False},
    )
    db.session.add(Heartbeat(worker="worker", at=clock.now()))
    db.session.commit()
    assert client.get("/health/ready").get_json()["safety"] is False
    jobs.beat(WATCH)
    assert client.get("/health/ready").get_json()["messages"] is False
    jobs.beat(WRITER)
    db.session.commit()
    well = client.get("/health/ready")
    assert (well.status_code, well.get_json()) == (
        200,
        dict.fromkeys(("database", "worker", "post", "safety", "messages"), True),
    )
    db.session.execute(update(Heartbeat).values(at=clock.now() - timedelta(minutes=6)))
    db.session.commit()
    old = client.get("/health/ready")
    assert old.status_code == 503
    assert old.get_json() == {
        "database": True,
        "worker": False,
        "post": True,
        "safety": True,
        "messages": True,
    }
    db.session.execute(update(Heartbeat).values(at=clock.now() - timedelta(minutes=12)))
    db.session.commit()
    tired = {"database": True, "worker": False, "post": True, "safety": False, "messages": True}
    assert client.get("/health/ready").get_json() == tired
    db.session.execute(update(Heartbeat).values(at=clock.now() - WRITER_STOPPED_AFTER))
    db.session.commit()
    assert client.get("/health/ready").get_json()["messages"] is False
    assert client.get("/health/live").status_code == 200


def test_a_new_service_offers_english_only(cast: Cast) -> None:
    assert cast.hillside.languages == ["en"]
