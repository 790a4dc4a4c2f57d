"""Health: *live* says that the process answers, *ready* that it can do its work (database, worker, rooms)."""

from __future__ import annotations

from datetime import timedelta

from flask import Blueprint, Response, jsonify
from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from . import clock
from .access import May, allow, sessionless
from .database import db
from .jobs import Heartbeat

WORKER_IS_DEAD_AFTER = timedelta(minutes=5)
must_beat: dict[str, tuple[str, timedelta]] = {"worker": ("worker", WORKER_IS_DEAD_AFTER)}
"""What readiness says → whose heartbeat it reads, and how old that may be. Rooms add their own jobs."""
pages = Blueprint("health", __name__, url_prefix="/health")


@pages.get("/live")
@sessionless
@allow(May.ENTER)
def live() -> Response:
    """The process answers."""
    return jsonify(live=True)


@pages.get("/ready")
@sessionless
@allow(May.ENTER)
def ready() -> tuple[Response, int]:
    """The database answers, the worker swept within five minutes, and each job of a room has left its heartbeat."""
    found = {"database": False} | dict.fromkeys(must_beat, False)
    try:
        beats = {worker: at for worker, at in db.session.execute(select(Heartbeat.worker, Heartbeat.at))}
        found["database"] = True
    except SQLAlchemyError:
        db.session.rollback()
        beats = {}
    for name, (worker, oldest) in must_beat.items():
        found[name] = worker in beats and clock.now() - beats[worker] < oldest
    return jsonify(found), 200 if all(found.values()) else 503
