"""What is open, what happened with an alert, what a patient is told, and what does not work. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select, tuple_

from webapp.foundations import clock, jobs
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.people.models import Patient, Service
from webapp.safety.covering import deadlines_of, what_cover_lacks, working_time
from webapp.safety.models import Alert, Cover, Notice, Step, Trigger
from webapp.safety.rules import MESSAGE_WAITS_AFTER, State

AT_A_TIME = 50
WATCH = "safety-watch"
WATCH_STOPPED_AFTER = timedelta(minutes=11)
"""Two rounds of five minutes, and a little. Source: project design."""
UNOWNED = (State.RAISED, State.NOTIFIED, State.SEEN)


class NotFound(LookupError):
    """There is no such alert (or colleague) in this service: a page answers 404."""


@dataclass(frozen=True)
class OpenAlert:
    """An open alert with its patient."""

    alert: Alert
    patient: Patient


@dataclass(frozen=True)
class AlertsPage:
    """Up to fifty open alerts, the oldest first; ``next_after`` fetches those after them (None at the end)."""

    rows: tuple[OpenAlert, ...]
    next_after: UUID | None


@dataclass(frozen=True)
class Promise:
    """What a patient is told: by when a person of the service sees it, and whether the team is at work now."""

    by_at: datetime
    at_work_now: bool


class TroubleKind(StrEnum):
    """What does not work, so that a person has to do something."""

    WATCH_STOPPED = "watch_stopped"
    NOBODY_TOLD = "nobody_told"
    MESSAGE_FAILED = "message_failed"
    MESSAGE_WAITS = "message_waits"
    LEFT_ALONE = "left_alone"
    NO_COVER = "no_cover"


@dataclass(frozen=True)
class Trouble:
    """One visible failure: about which alert (None: about all), and whom."""

    kind: TroubleKind
    alert_id: UUID | None = None
    name: str = ""


def promise(service: Service, at: datetime | None = None) -> Promise:
    """By when a person sees an answer that is given now (or at ``at``), by the service's working hours."""
    at = at or clock.now()
    return Promise(deadlines_of(service, at).promised_by_at, working_time(service).is_working_at(at))


def open_alerts(by: Actor, after: UUID | None = None, limit: int = AT_A_TIME) -> AlertsPage:
    """Every alert that is not closed, the oldest first, after the alert ``after``.

    Raises:
        NotFound: ``after`` is no alert of this service.
    """
    wanted = select(Alert).where(Alert.service_id == by.service_id, Alert.closed_at.is_(None))
    if after is not None:
        last = alert_of(by, after)
        wanted = wanted.where(tuple_(Alert.raised_at, Alert.id) > (last.raised_at, last.id))
    found = db.session.scalars(wanted.order_by(Alert.raised_at, Alert.id).limit(limit + 1)).all()
    patients = people.patients_by_id(by, {alert.patient_id for alert in found})
    rows = tuple(OpenAlert(alert, patients[alert.patient_id]) for alert in found[:limit])
    return AlertsPage(rows, rows[-1].alert.id if len(found) > limit else None)


def alert_of(by: Actor, alert_id: UUID) -> Alert:
    """One alert.

    Raises:
        NotFound: there is none in this service.
    """
    alert = db.session.scalar(select(Alert).where(Alert.service_id == by.service_id, Alert.id == alert_id))
    if alert is None:
        raise NotFound(str(alert_id))
    return alert


def open_alerts_at(by: Actor, place: str) -> list[Alert]:
    """The open alerts whose trigger stands in this place (a sitting, a call request), the oldest first."""
    mine = select(Alert).where(
        Alert.service_id == by.service_id, Alert.place == place, Alert.closed_at.is_(None)
    )
    return list(db.session.scalars(mine.order_by(Alert.raised_at, Alert.id)))


def alert_of_trigger(by: Actor, source: str, source_id: str) -> Alert:
    """The alert that this trigger made or joined.

    Raises:
        NotFound: there is none in this service.
    """
    alert = db.session.scalar(
        select(Alert)
        .join(Trigger, (Trigger.service_id == Alert.service_id) & (Trigger.alert_id == Alert.id))
        .where(Trigger.service_id == by.service_id, Trigger.source == source, Trigger.source_id == source_id)
    )
    if alert is None:
        raise NotFound(f"{source} {source_id}")
    return alert


def alerts_of_patient(by: Actor, patient_id: UUID, limit: int = AT_A_TIME) -> list[Alert]:
    """A patient's alerts, the newest first."""
    mine = select(Alert).where(Alert.service_id == by.service_id, Alert.patient_id == patient_id)
    return list(db.session.scalars(mine.order_by(Alert.raised_at.desc(), Alert.id.desc()).limit(limit)))


def steps_of(alert: Alert) -> list[Step]:
    """Everything that happened with it, in order."""
    mine = select(Step).where(Step.service_id == alert.service_id, Step.alert_id == alert.id)
    return list(db.session.scalars(mine.order_by(Step.id)))


def triggers_of(alert: Alert) -> list[Trigger]:
    """What made it, in order."""
    mine = select(Trigger).where(Trigger.service_id == alert.service_id, Trigger.alert_id == alert.id)
    return list(db.session.scalars(mine.order_by(Trigger.id)))


def troubles(by: Actor) -> list[Trouble]:
    """What does not work, for the alerts page and the administrator: never an error that only a log knows."""
    waiting = _waiting(by)
    found = [Trouble(TroubleKind.WATCH_STOPPED)] if waiting and _watch_has_stopped() else []
    found += _about_cover(by, bool(waiting))
    found += _about_messages(by)
    notified = _with_notice(by, waiting)
    found += [Trouble(TroubleKind.NOBODY_TOLD, alert.id) for alert in waiting if alert.id not in notified]
    left = [alert for alert in waiting if alert.next_step_at is not None and _is_left(alert.next_step_at)]
    return found + [Trouble(TroubleKind.LEFT_ALONE, alert.id) for alert in left]


def _waiting(by: Actor) -> list[Alert]:
    """The oldest open alerts that nobody owns."""
    mine = select(Alert).where(
        Alert.service_id == by.service_id, Alert.closed_at.is_(None), Alert.state.in_(UNOWNED)
    )
    return list(db.session.scalars(mine.order_by(Alert.raised_at, Alert.id).limit(AT_A_TIME)))


def _watch_has_stopped() -> bool:
    beat = jobs.last_beat(WATCH)
    return beat is None or clock.now() - beat > WATCH_STOPPED_AFTER


def _is_left(next_step_at: datetime) -> bool:
    return next_step_at + WATCH_STOPPED_AFTER <= clock.now()


def _about_cover(by: Actor, something_waits: bool) -> list[Trouble]:
    switched_on = db.session.scalar(select(Cover.item_nine_on).where(Cover.service_id == by.service_id))
    lacks = what_cover_lacks(by) if switched_on or something_waits else ()
    return [Trouble(TroubleKind.NO_COVER, name=one) for one in lacks]


def _about_messages(by: Actor) -> list[Trouble]:
    """Messages of this round about alerts that nobody owns: given up, or still not sent after half an hour."""
    long_ago = clock.now() - MESSAGE_WAITS_AFTER
    rows = db.session.execute(
        select(Notice.alert_id, Notice.name, Letter.failed_at)
        .join(Letter, (Letter.service_id == Notice.service_id) & (Letter.id == Notice.letter_id))
        .join(Alert, (Alert.service_id == Notice.service_id) & (Alert.id == Notice.alert_id))
        .where(
            Notice.service_id == by.service_id,
            Alert.closed_at.is_(None),
            Alert.state.in_(UNOWNED),
            Notice.round == Alert.round,
            Letter.sent_at.is_(None),
            Letter.failed_at.is_not(None) | (Letter.written_at <= long_ago),
        )
        .order_by(Notice.written_at)
        .limit(AT_A_TIME)
    )
    return [
        Trouble(
            TroubleKind.MESSAGE_WAITS if failed_at is None else TroubleKind.MESSAGE_FAILED, alert_id, name
        )
        for alert_id, name, failed_at in rows
    ]


def _with_notice(by: Actor, alerts: list[Alert]) -> set[UUID]:
    """Those of the alerts about which at least one message of this round was written."""
    rows = db.session.scalars(
        select(Notice.alert_id)
        .join(Alert, (Alert.service_id == Notice.service_id) & (Alert.id == Notice.alert_id))
        .where(
            Notice.service_id == by.service_id,
            Notice.alert_id.in_([alert.id for alert in alerts]),
            Notice.round == Alert.round,
        )
    )
    return set(rows)
