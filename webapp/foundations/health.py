"""Health: *live* says that the process answers, *ready* that it can do its work (database, worker)."""

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
    """The database answers and the worker swept within five minutes."""
    found = {"database": False, "worker": False}
    try:
        beat = db.session.scalar(select(Heartbeat.at).where(Heartbeat.worker == "worker"))
        found["database"] = True
        found["worker"] = beat is not None and clock.now() - beat < WORKER_IS_DEAD_AFTER
    except SQLAlchemyError:
        db.session.rollback()
    return jsonify(found), 200 if all(found.values()) else 503
