"""Heartbeats: each job says when it last ran, and each channel of the post says since when it takes nothing.

Both stand in one small table that readiness and the administrator's page read; it holds no name and no patient.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from . import clock
from .database import Base, Moment, db, short_transaction

WORKER = "worker"
_TROUBLE = "trouble"
_SETTINGS, _AWAY = "settings", "away"


class Heartbeat(Base):
    """When a job last ran: the readiness page goes red when it is too long ago. Or since when a channel is in trouble."""

    __tablename__ = "heartbeat"
    retention: ClassVar[str] = "service"
    category: ClassVar[str] = "none"
    walled: ClassVar[bool] = False

    worker: Mapped[str] = mapped_column(primary_key=True)  # a job, or "trouble:email:settings:why"
    at: Mapped[Moment]


@dataclass(frozen=True)
class Trouble:
    """A channel (``email`` or ``text``) takes nothing since ``since_at``: ``why`` in a few technical words.

    settings: a person has to change a setting; else the server is away, and may come back by itself.
    """

    channel: str
    settings: bool
    why: str
    since_at: datetime


def beat(worker: str) -> None:
    """Leave a heartbeat of this job, committed by itself, whatever else is under way."""
    with short_transaction() as session:
        session.merge(Heartbeat(worker=worker, at=clock.now()))


def last_beat(worker: str) -> datetime | None:
    """When this job last left a heartbeat."""
    return db.session.scalar(select(Heartbeat.at).where(Heartbeat.worker == worker))


def note_trouble(channel: str, why: str, *, settings: bool) -> None:
    """This channel takes nothing; told once, with the moment at which it began. Committed by itself."""
    name = f"{_TROUBLE}:{channel}:{_SETTINGS if settings else _AWAY}:{why}"
    with short_transaction() as session:
        since_at = session.scalar(select(func.min(Heartbeat.at)).where(_is_of(channel))) or clock.now()
        session.execute(delete(Heartbeat).where(_is_of(channel), Heartbeat.worker != name))
        session.execute(insert(Heartbeat).values(worker=name, at=since_at).on_conflict_do_nothing())


def end_trouble(channel: str) -> None:
    """This channel took a message. Committed by itself."""
    with short_transaction() as session:
        session.execute(delete(Heartbeat).where(_is_of(channel)))


def _is_of(channel: str) -> ColumnElement[bool]:
    return Heartbeat.worker.startswith(f"{_TROUBLE}:{channel}:", autoescape=True)


def beats_and_troubles() -> tuple[dict[str, datetime], tuple[Trouble, ...]]:
    """Every job's last heartbeat, and what does not take messages, the longest-lasting first."""
    rows = db.session.execute(select(Heartbeat.worker, Heartbeat.at).order_by(Heartbeat.at)).all()
    beats = {name: at for name, at in rows if not name.startswith(f"{_TROUBLE}:")}
    return beats, tuple(_trouble(name, at) for name, at in rows if name.startswith(f"{_TROUBLE}:"))


def _trouble(name: str, at: datetime) -> Trouble:
    _, channel, kind, why = name.split(":", 3)
    return Trouble(channel, kind == _SETTINGS, why, at)
