"""Sweeping: every service in turn, a few messages each, round after round, with a heartbeat all along.

A service with ten thousand messages does not hold up another's, a slow mail server does not make the worker look
dead, and only one sweep runs at a time, so that the other jobs always have a place.
"""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from uuid import UUID

from flask import current_app
from sqlalchemy import text

from .carriers import Carriers
from .database import db, enter_service
from .delivering import Sweep
from .heartbeats import WORKER, beat, end_trouble, note_trouble
from .mailing import held_open

PER_TURN = 20
"""Messages of one service before the next service has its turn."""
LONGEST_SECONDS = 50.0
"""A sweep begins each minute; this one ends before the next."""
BEATS_EVERY_SECONDS = 30.0
_LOCK = 20_261_122
"""The number of the database's lock that a sweep holds. It goes with its transaction, however the worker dies."""


@contextmanager
def alone() -> Iterator[bool]:
    """True if no other sweep is under way, in any process; the database frees the lock of one that died."""
    with db.engine.connect() as connection:
        yield bool(connection.scalar(text("SELECT pg_try_advisory_xact_lock(:lock)"), {"lock": _LOCK}))


def sweep(service_ids: Sequence[UUID]) -> int:
    """Send what is due in these services; returns how many messages went out."""
    beat(WORKER)
    found = current_app.extensions
    with held_open(found["waymark_carrier"]) as email:
        round_ = Sweep(Carriers(email, found["waymark_texting"]), found["waymark_settings"].mail_from)
        _take_turns(round_, service_ids, _Pace())
    _note_troubles(round_)
    beat(WORKER)
    return round_.sent


def _note_troubles(sweep: Sweep) -> None:
    for channel in sweep.took - set(sweep.away):
        end_trouble(channel)
    for channel, why in sweep.away.items():
        note_trouble(channel, why.why, settings=why.settings)


def _take_turns(sweep: Sweep, service_ids: Sequence[UUID], pace: _Pace) -> None:
    """Round after round over those that have more; in a new order each time, so that nobody is always the last."""
    waiting = random.sample(service_ids, len(service_ids))
    while waiting and pace.goes_on():
        waiting = [one for one in waiting if _turn_of(one, sweep, pace) == PER_TURN]


def _turn_of(service_id: UUID, sweep: Sweep, pace: _Pace) -> int:
    enter_service(service_id)
    return sweep.turn(PER_TURN, pace.goes_on)


class _Pace:
    """Beats while a sweep goes on, and says when it has gone on long enough."""

    def __init__(self) -> None:
        self._began = self._last_beat = time.monotonic()

    def goes_on(self) -> bool:
        """Is there time for another message?"""
        moment = time.monotonic()
        if moment - self._last_beat >= BEATS_EVERY_SECONDS:
            self._last_beat = moment
            beat(WORKER)
        return moment - self._began < LONGEST_SECONDS
