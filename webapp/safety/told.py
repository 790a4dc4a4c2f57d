"""What a patient told their team, as the patient reads it: when, by when somebody sees it, who saw it and when.

No words of the answer: somebody may look over a shoulder.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, select

from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.safety.models import Alert
from webapp.safety.rules import Kind

FROM_PATIENTS = (Kind.ANSWER, Kind.HOW_I_FEEL)
STANDS_ON_TODAY = timedelta(days=14)
"""How long Today says that somebody saw it. Source: project design."""
MOST = 20


@dataclass(frozen=True)
class Told:
    """One thing that a patient told. ``seen_by`` is a name; the promise has passed if nobody saw it by then.

    ``written_on`` is the day that stands on paper: the team typed it in at ``told_at``.
    """

    told_at: datetime
    promised_by_at: datetime
    seen_at: datetime | None
    seen_by: str | None
    promise_has_passed: bool
    written_on: date | None = None


def told_by(by: Actor, patient_id: UUID) -> list[Told]:
    """Everything that this patient told, the newest first."""
    return [_told(row) for row in _rows(by, patient_id, MOST)]


def told_at(by: Actor, place: str) -> Told | None:
    """What was told in this place (a sitting, a call request), the newest; None if there was nothing to tell."""
    here = _of_patients(by).where(Alert.place == place)
    alert = db.session.scalar(here.order_by(Alert.raised_at.desc(), Alert.id.desc()).limit(1))
    return _told(alert) if alert else None


def asked_about_feelings(by: Actor, patient_id: UUID) -> Told | None:
    """The newest time that this patient asked to be rung about how they feel, while its alert is open."""
    here = _of_patients(by).where(
        Alert.patient_id == patient_id, Alert.kind == Kind.HOW_I_FEEL, Alert.closed_at.is_(None)
    )
    alert = db.session.scalar(here.order_by(Alert.raised_at.desc(), Alert.id.desc()).limit(1))
    return _told(alert) if alert else None


def latest_for_today(by: Actor, patient_id: UUID) -> Told | None:
    """The newest thing of the last fortnight, for one line on Today."""
    rows = _rows(by, patient_id, 1)
    recent = rows and clock.now() - rows[0].raised_at <= STANDS_ON_TODAY
    return _told(rows[0]) if recent else None


def _rows(by: Actor, patient_id: UUID, limit: int) -> list[Alert]:
    mine = _of_patients(by).where(Alert.patient_id == patient_id)
    return list(db.session.scalars(mine.order_by(Alert.raised_at.desc(), Alert.id.desc()).limit(limit)))


def _of_patients(by: Actor) -> Select[Alert]:
    return select(Alert).where(Alert.service_id == by.service_id, Alert.kind.in_(FROM_PATIENTS))


def _told(alert: Alert) -> Told:
    passed = alert.seen_at is None and alert.promised_by_at <= clock.now()
    return Told(alert.raised_at, alert.promised_by_at, alert.seen_at, alert.seen_by, passed, alert.written_on)
