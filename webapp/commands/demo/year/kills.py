"""Kills of the worker: at a statement, at a commit, or when the mail server has taken a message and nobody knows yet."""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from random import Random
from typing import Any

from sqlalchemy import Engine, event

from webapp.commands.demo.year.receiver import Receiver

MOST_STATEMENTS, MOST_COMMITS, MOST_TAKEN = 400, 12, 2
PATIENCE_JOBS = 24
"""A kill that waits for its step longer than this (no message was due, say) strikes at the next statement instead."""


class Killed(BaseException):
    """The worker dies here. No ``except Exception`` can hold it, as none can hold a power cut."""


class Place(StrEnum):
    """Where the worker can die."""

    STATEMENT = "before a statement"
    COMMIT = "before a commit"
    TAKEN = "after the mail server took a message, before the commit"


@dataclass(frozen=True, slots=True)
class Kill:
    """The worker dies at the ``count``-th place of this kind after ``at``."""

    at: datetime
    place: Place
    count: int


def kills_of(number: int, moments: list[datetime], throw: Random) -> list[Kill]:
    """So many kills at random moments of the worker's, each a random number of steps later."""
    chosen = sorted(throw.choice(moments) for _ in range(number)) if moments else []
    return [_kill_at(moment, throw) for moment in chosen]


def _kill_at(moment: datetime, throw: Random) -> Kill:
    place = throw.choice(tuple(Place))
    most = {Place.STATEMENT: MOST_STATEMENTS, Place.COMMIT: MOST_COMMITS, Place.TAKEN: MOST_TAKEN}[place]
    return Kill(moment, place, math.ceil(math.exp(throw.uniform(0, math.log(most)))))


class Killer:
    """Counts the steps of the worker and kills it where the plan says so.

    ``struck`` are the kills that happened; ``windows`` the messages that had been taken when the worker died before it could
    write that down: only these may arrive twice.
    """

    def __init__(self, plan: list[Kill], receiver: Receiver) -> None:
        self._plan, self._receiver = plan, receiver
        self._steps = self._jobs = 0
        self._listens = False
        self.struck: list[Kill] = []
        self.windows: set[str] = set()

    @property
    def left(self) -> int:
        """How many kills are still to come."""
        return len(self._plan)

    def attach(self, engine: Engine) -> None:
        """Count this engine's statements and commits, and the receiver's messages, while a job runs."""
        event.listen(engine, "before_cursor_execute", self._on_statement)
        event.listen(engine, "commit", self._on_commit)

    @contextmanager
    def watching(self, now: datetime) -> Iterator[None]:
        """A job of the worker runs; the next kill is due if its moment has come. A killed job just ends."""
        self._listens = bool(self._plan) and self._plan[0].at <= now
        self._jobs += self._listens
        try:
            yield
        except Killed:
            self._note_the_window()
        finally:
            self._listens = False
            self._receiver.uncommitted = None

    def taken(self) -> None:
        """The mail server has taken a message."""
        self._step(Place.TAKEN)

    def _on_statement(self, _connection: Any, *_more: Any) -> None:
        self._step(Place.STATEMENT)

    def _on_commit(self, _connection: Any) -> None:
        self._step(Place.COMMIT)
        self._receiver.uncommitted = None

    def _step(self, place: Place) -> None:
        if not self._listens:
            return
        if self._jobs > PATIENCE_JOBS:
            self._plan[0] = Kill(self._plan[0].at, place, 0)
        self._steps += self._plan[0].place is place
        if self._plan[0].place is place and self._steps >= self._plan[0].count:
            self._steps, self._jobs, self._listens = 0, 0, False
            self.struck.append(self._plan.pop(0))
            raise Killed

    def _note_the_window(self) -> None:
        if self._receiver.uncommitted is not None:
            self.windows.add(self._receiver.uncommitted)
