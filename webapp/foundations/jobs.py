"""Background work on the same PostgreSQL (Procrastinate). Jobs go service by service and commit per item.

A promised message is a row in the outbox first; the queue only wakes the worker early. A periodic sweep decides
what is sent.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID

from flask import Flask
from procrastinate import App, SyncPsycopgConnector

from . import drafts, saving, sweeping
from .database import db, enter_service
from .heartbeats import Heartbeat, beat, last_beat

__all__ = [
    "Heartbeat",
    "beat",
    "every_night",
    "every_service",
    "init_jobs",
    "jobs",
    "last_beat",
    "run_the_night",
    "sweep_outbox",
    "wake_the_sweep",
]

jobs = App(connector=SyncPsycopgConnector())
nightly: list[Callable[[], None]] = []
_flask_app: Flask | None = None


def init_jobs(app: Flask) -> None:
    """Let jobs run inside this application."""
    global _flask_app
    _flask_app = app


def every_night(work: Callable[[], None]) -> Callable[[], None]:
    """Register ``work`` to be called once a night for every service, inside that service."""
    nightly.append(work)
    return work


def wake_the_sweep() -> None:
    """Ask for an early sweep, in the caller's transaction: it starts only if the caller commits."""
    connection = db.session.connection().connection.driver_connection
    sweep_now.configure(connection=connection).defer()


@jobs.task(name="sweep_now", pass_context=False)
def sweep_now() -> None:
    """Sweep the outbox because somebody has just written to it."""
    sweep_outbox()


@jobs.periodic(cron="* * * * *")
@jobs.task(name="sweep", queueing_lock="sweep")
def sweep(timestamp: int) -> None:
    """Sweep the outbox each minute, whatever the queue says, and leave a heartbeat."""
    sweep_outbox()


@jobs.periodic(cron="5 2 * * *")
@jobs.task(name="night", queueing_lock="night")
def night(timestamp: int) -> None:
    """The work of the night, service by service."""
    with application().app_context():
        run_the_night()


def sweep_outbox() -> int:
    """Send what is due in every service; returns how many messages went out. One sweep at a time, whoever asks."""
    with application().app_context(), sweeping.alone() as is_alone:
        return sweeping.sweep(_services()) if is_alone else 0


def run_the_night() -> None:
    """Call every registered night's work in every service, each committed by itself."""
    for service_id in _services():
        for work in nightly:
            enter_service(service_id)
            work()
            db.session.commit()
    enter_service(None)
    drafts.forget_old()
    saving.forget_old_keys()
    db.session.commit()


def every_service() -> Iterator[UUID]:
    """Each service in turn, entered: what follows reads and writes its rows."""
    for service_id in _services():
        enter_service(service_id)
        yield service_id


def _services() -> list[UUID]:
    from sqlalchemy import text

    rows = db.session.execute(text("SELECT id FROM service ORDER BY id")).scalars().all()
    db.session.rollback()
    return list(rows)


def application() -> Flask:
    """The application in which jobs run."""
    if _flask_app is None:
        raise RuntimeError("init_jobs(app) has not been called.")
    return _flask_app
