"""Health: *live* says that the process answers, *ready* that it can do its work (database, worker, rooms)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from flask import Blueprint, Response, jsonify
from sqlalchemy.exc import SQLAlchemyError

from . import clock
from .access import May, allow, sessionless
from .database import db
from .heartbeats import Trouble, beats_and_troubles

TROUBLE_SHOWS_AFTER = timedelta(minutes=5)
"""A mail server may be away for a moment. Source: project design."""
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
    """The database answers, the worker swept within five minutes, messages are taken, and each room's job has beaten."""
    found = state()
    return jsonify(found.parts), 200 if found.is_well else 503


@dataclass(frozen=True)
class State:
    """How the installation is. parts: name → is it well. beats: job → its last heartbeat. troubles: what a person
    has to look at so that messages go out again, the longest-lasting first."""

    parts: dict[str, bool]
    beats: dict[str, datetime]
    troubles: tuple[Trouble, ...]

    @property
    def is_well(self) -> bool:
        """Everything is."""
        return all(self.parts.values())


def state() -> State:
    """How the installation is, for readiness and the administrator. No names and no patients in it."""
    parts = {"database": False} | dict.fromkeys(must_beat, False)
    try:
        beats, troubles = beats_and_troubles()
    except SQLAlchemyError:
        db.session.rollback()
        return State(parts | {"post": False}, {}, ())
    parts["database"] = True
    for name, (worker, oldest) in must_beat.items():
        parts[name] = worker in beats and clock.now() - beats[worker] < oldest
    parts["post"] = not any(clock.now() - one.since_at >= TROUBLE_SHOWS_AFTER for one in troubles)
    return State(parts, beats, troubles)
