"""Who was told of an alert, who is next and when, and what stands on every page of the staff. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, true

from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.safety.covering import Person
from webapp.safety.looking import UNOWNED, Trouble, troubles
from webapp.safety.models import Alert, Notice
from webapp.safety.rules import Level, told_next

COUNT_UP_TO = 99


@dataclass(frozen=True)
class Recipient:
    """One person to whom a message of this round was written, and what became of it."""

    account_id: UUID
    name: str
    written_at: datetime
    sent_at: datetime | None
    failed_at: datetime | None


@dataclass(frozen=True)
class NextStep:
    """When an alert that nobody owns goes up, and who is told then. No names: everybody knows it already."""

    at: datetime
    level: Level
    names: tuple[str, ...]


@dataclass(frozen=True)
class InFrame:
    """What every page of the staff shows: how many alerts are open, and the oldest that nobody took in time."""

    open: int
    left_alone_id: UUID | None = None
    left_alone_at: datetime | None = None


def frame_of(by: Actor) -> InFrame:
    """What stands on every page, in one query along the index of open alerts; counted up to ``COUNT_UP_TO``."""
    is_open = (Alert.service_id == by.service_id, Alert.closed_at.is_(None))
    some = select(Alert.id).where(*is_open).limit(COUNT_UP_TO).subquery()
    counted = select(func.count().label("open")).select_from(some).subquery()
    everybody_knows = (Alert.level >= Level.EVERYONE) | (Alert.everyone_at <= clock.now())
    oldest = (
        select(Alert.id, Alert.raised_at)
        .where(*is_open, Alert.state.in_(UNOWNED), everybody_knows)
        .order_by(Alert.raised_at, Alert.id)
        .limit(1)
        .subquery()
    )
    found = select(counted.c.open, oldest.c.id, oldest.c.raised_at).select_from(counted)
    row = db.session.execute(found.join(oldest, true(), isouter=True)).one()
    return InFrame(*row)


def told_of(by: Actor, alerts: Iterable[Alert]) -> dict[UUID, list[Recipient]]:
    """Who was told of each of these alerts in its present round, in the order of telling: one query."""
    rows: Any = db.session.execute(
        select(
            Notice.alert_id,
            Notice.account_id,
            Notice.name,
            Notice.written_at,
            Letter.sent_at,
            Letter.failed_at,
        )
        .join(Letter, (Letter.service_id == Notice.service_id) & (Letter.id == Notice.letter_id))
        .join(Alert, (Alert.service_id == Notice.service_id) & (Alert.id == Notice.alert_id))
        .where(
            Notice.service_id == by.service_id,
            Notice.alert_id.in_([alert.id for alert in alerts]),
            Notice.round == Alert.round,
        )
        .order_by(Notice.written_at, Notice.id)
    )
    found: dict[UUID, list[Recipient]] = {}
    for alert_id, *told in rows:
        found.setdefault(alert_id, []).append(Recipient(*told))
    return found


def next_step_of(
    alert: Alert, told: Sequence[Recipient], people: Mapping[Level, list[Person]]
) -> NextStep | None:
    """The next moment at which an alert goes up, and who is told then; None once it goes up no further.

    ``people`` is what ``people_by_level`` gives, asked once for many alerts.
    """
    if alert.next_step_at is None or alert.closed_at is not None:
        return None
    times = alert.deadlines
    level = max(Level(alert.level), times.level_at(alert.next_step_at))
    known = {person.account_id: person for some in people.values() for person in some}
    ids: dict[Level, list[object]] = {
        step: [person.account_id for person in some] for step, some in people.items()
    }
    names = [known[one].name for one in told_next(level, {one.account_id for one in told}, ids)]  # type: ignore[index]
    return NextStep(alert.next_step_at, level, tuple(names))


def troubles_counted(by: Actor) -> dict[Trouble, int]:
    """What does not work, without alerts and names: each kind (and each gap in the cover) with how often."""
    found: dict[Trouble, int] = {}
    for one in troubles(by):
        kind = Trouble(one.kind, name=one.name if one.kind == "no_cover" else "")
        found[kind] = found.get(kind, 0) + 1
    return found
