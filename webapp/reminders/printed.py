"""Letters that a person prints and posts: which wait, which were posted, and taking that back for ten minutes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Select, func, select

from webapp.engagement.contact_rules import UNDO_WITHIN
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.jobs import every_night
from webapp.foundations.post import Letter, withdraw

from .choices import choice_of
from .rules import Kind
from .service import LETTER_KIND, why_not

MOST_AT_ONCE = 50
COUNT_UP_TO = 99
FADES = frozenset({Kind.NOT_STARTED, Kind.NOT_STARTED_AGAIN, Kind.STILL_HERE, Kind.QUESTIONS})
"""What is so until the patient does something: it is not printed after that."""
JOB = "letters of the night"
_log = structlog.get_logger("reminders")


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


@every_night
def withdraw_what_is_no_longer_so() -> None:
    """Letters that wait are asked about, as e-mails are before they go. A page that shows letters changes none.

    Withdrawn is everything to who has stopped our messages, and what ``FADES`` as soon as it is no longer so. A
    goodbye, or that the course is done, stays true however long it waits for the printer.
    """
    waiting = _waiting(Actor(db.session.info["service"], job=JOB)).where(Letter.kind.startswith(LETTER_KIND))
    for letter in db.session.scalars(waiting.order_by(Letter.id).with_for_update()).all():
        try:
            with db.session.begin_nested():
                why = _why_not(letter)
        except Exception as error:  # one that cannot be asked about waits, and the others are asked
            _log.error("letter_not_asked_about", letter=str(letter.id), error=type(error).__name__)
            continue
        if why is not None:
            withdraw(letter, why)


def _why_not(letter: Letter) -> str | None:
    choice = choice_of(letter.service_id, letter.patient_id) if letter.patient_id else None
    if choice is not None and choice.stopped_at is not None:
        return "stopped"
    return why_not(letter) if letter.kind.removeprefix(LETTER_KIND) in FADES else None


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
