"""The worker really runs on a real queue, and really delivers what stands in the outbox."""

from __future__ import annotations

import asyncio
import email
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import delete, select

from webapp.commands import worker
from webapp.foundations import jobs, post
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people.models import Service


@pytest.fixture
def service_id(app: Flask) -> Iterator[UUID]:
    """A service that is really committed, since the worker has connections of its own; removed afterwards."""
    with app.app_context():
        service = Service(name="Hillside Pain Service", sender_name="Hillside")
        db.session.add(service)
        db.session.commit()
        yield service.id
        enter_service(service.id)
        db.session.execute(delete(Letter))
        db.session.execute(delete(Service).where(Service.id == service.id))
        db.session.commit()


def test_the_worker_delivers_an_outbox_row_into_a_file(app: Flask, service_id: UUID) -> None:
    settings = app.extensions["waymark_settings"]
    enter_service(service_id)
    letter = post.write(service_id, "note", "asha@example.org", "Your link", "Siân,\nhello", language="en")
    jobs.wake_the_sweep()
    db.session.commit()
    db.session.remove() if hasattr(db.session, "remove") else db.session.close()
    with ThreadPoolExecutor(1) as thread:  # a browser's loop may run in this one
        thread.submit(
            lambda: asyncio.run(asyncio.wait_for(worker.work(settings, until_done=True), 60))
        ).result()
    message = email.message_from_bytes((settings.var_folder / "mail" / f"{letter.id}.eml").read_bytes())
    assert (message["To"], message["Subject"]) == ("asha@example.org", "Your link")
    assert "Siân" in message.get_payload(decode=True).decode()  # type: ignore[union-attr]
    enter_service(service_id)
    assert db.session.scalar(select(Letter.sent_at).where(Letter.id == letter.id)) is not None


def test_the_queues_address_is_libpqs() -> None:
    assert worker.conninfo("postgresql+psycopg://a:p%40x@/waymark?host=/tmp/x") == (
        "postgresql://a:p%40x@/waymark?host=%2Ftmp%2Fx"
    )
