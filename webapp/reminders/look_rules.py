"""One look at one patient at one moment: is a message written now, about what, and when is the next look."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from webapp.reminders.case_rules import Case, Told
from webapp.reminders.due_rules import next_look_on, things_due
from webapp.reminders.rules import Thing
from webapp.reminders.when_rules import day_to_write_on, must_wait


@dataclass(frozen=True, slots=True)
class Post:
    """The messages so far: when the last one went out (None: none ever did), and whether one has not gone out yet."""

    last_at: datetime | None = None
    is_waiting: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """What to tell now; empty: nothing. again_on: the day of the next look, if nothing is told now."""

    things: tuple[Thing, ...]
    again_on: date | None


def wait_until(post: Post, now: datetime, zone: str) -> date | None:
    """The day of the next look, while a message waits to go out or the last one is less than 48 hours old; else None."""
    if post.is_waiting:
        return now.astimezone(ZoneInfo(zone)).date() + timedelta(days=1)
    if post.last_at is not None and must_wait(post.last_at, now):
        return day_to_write_on(post.last_at, zone)
    return None


def look(case: Case, now: datetime, zone: str) -> Look:
    """One look at somebody who need not wait."""
    today = now.astimezone(ZoneInfo(zone)).date()
    return Look(things_due(case, today), next_look_on(case, today))


def look_again_on(case: Case, things: Iterable[Thing], now: datetime, zone: str) -> date | None:
    """The day of the next look after a message that told of these things now."""
    today = now.astimezone(ZoneInfo(zone)).date()
    after = case.with_told(Told(thing.kind, thing.key, today) for thing in things)
    return next_look_on(after, today, day_to_write_on(now, zone))
