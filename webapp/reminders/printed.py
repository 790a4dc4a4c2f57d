"""Letters that a person prints and posts: which wait, which were posted, and taking that back for ten minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, func, select

from webapp.engagement.contact_rules import UNDO_WITHIN
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.post import Letter

MOST_AT_ONCE = 50
COUNT_UP_TO = 99


class TooLate(Exception):
    """That letters were posted can be taken back for ten minutes only."""


def waiting_letters(by: Actor, limit: int = MOST_AT_ONCE) -> list[Letter]:
    """The letters that wait to be printed, the first written first. Reading them is written down (they are printed)."""
    found = list(db.session.scalars(_waiting(by).order_by(Letter.id).limit(limit)))
    for letter in found:
        audit.record(by, "printed", "letter", letter.id, patient_id=letter.patient_id)
    return found


def number_waiting(by: Actor) -> int:
    """How many letters wait, counted up to 100 and no further."""
    some = _waiting(by).with_only_columns(Letter.id).limit(COUNT_UP_TO + 1).subquery()
    return db.session.scalar(select(func.count()).select_from(some)) or 0


def posted(by: Actor, letter_ids: Iterable[UUID]) -> int:
    """These letters, and no others, were put into the post; returns how many that was new of."""
    ids, now = list(letter_ids)[:MOST_AT_ONCE], clock.now()
    waiting = _waiting(by).where(Letter.id.in_(ids)).order_by(Letter.id).with_for_update()
    letters = db.session.scalars(waiting)
    number = 0
    for letter in letters:
        letter.sent_at = letter.settled_at = now
        letter.settled_by = by.name
        audit.record(by, "posted", "letter", letter.id, patient_id=letter.patient_id)
        number += 1
    return number


def just_posted(by: Actor) -> Sequence[tuple[datetime, int]]:
    """(when, how many) of what this person marked as posted in the last ten minutes, newest first."""
    rows = db.session.execute(
        select(Letter.sent_at, func.count())
        .where(*_posted_by(by), Letter.sent_at >= clock.now() - UNDO_WITHIN)
        .group_by(Letter.sent_at)
        .order_by(Letter.sent_at.desc())
    )
    return [(at, number) for at, number in rows if at is not None]


def not_posted(by: Actor, at: datetime) -> int:
    """What this person marked as posted at that moment waits again; returns how many letters that is.

    Raises:
        TooLate: ten minutes are over.
    """
    if clock.now() - at > UNDO_WITHIN or at > clock.now() + timedelta(minutes=1):
        raise TooLate
    letters = db.session.scalars(
        select(Letter).where(*_posted_by(by), Letter.sent_at == at).order_by(Letter.id).with_for_update()
    ).all()
    for letter in letters:
        letter.sent_at = letter.settled_at = letter.settled_by = None
        audit.record(by, "took_back", "letter", letter.id, patient_id=letter.patient_id)
    return len(letters)


def _waiting(by: Actor) -> Select[Letter]:
    return select(Letter).where(
        Letter.service_id == by.service_id,
        Letter.channel == "letter",
        Letter.sent_at.is_(None),
        Letter.withdrawn_at.is_(None),
        Letter.failed_at.is_(None),
    )


def _posted_by(by: Actor) -> tuple[ColumnElement[bool], ...]:
    return (
        Letter.service_id == by.service_id,
        Letter.channel == "letter",
        Letter.withdrawn_at.is_(None),
        Letter.settled_by == by.name,
    )
