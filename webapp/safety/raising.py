"""Raising an alert in the transaction of its trigger, and beginning a new round of telling."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import func, select

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.safety.covering import deadlines_of
from webapp.safety.models import Alert, Trigger
from webapp.safety.rules import Kind, Level, State
from webapp.safety.steps import write_step
from webapp.safety.telling import tell_up_to


def raise_alert(
    enrolment: Enrolment,
    kind: Kind,
    place: str,
    source: str,
    source_id: str,
    *,
    by: Actor,
    written_on: date | None = None,
) -> Alert:
    """A trigger needs a person: an alert for it, in the caller's transaction. The same trigger twice is one alert.

    ``place`` is where the trigger stands (a sitting, a call request): a further trigger there joins an alert that
    nobody has seen yet; once somebody has seen it, a new one is raised, so that a person sees this one too.
    """
    known = _alert_of_trigger(enrolment.service_id, source, source_id)
    if known is not None:
        return known
    alert = _unseen_alert_at(enrolment, kind, place)
    step = "joined"
    if alert is None:
        alert, step = _new_alert(enrolment, kind, place, by, written_on), "raised"
    db.session.add(
        Trigger(
            service_id=alert.service_id, alert_id=alert.id, source=source, source_id=source_id, at=clock.now()
        )
    )
    write_step(alert, step, by=by)
    if step == "raised":
        tell_up_to(alert, Level.OWNER)
    audit.record(by, step, "alert", alert.id, patient_id=alert.patient_id)
    tell_engagement(alert, enrolment, by)
    return alert


def begin_anew(alert: Alert, state: State) -> None:
    """Nobody owns it: a new round of telling, with new clocks from now."""
    times = deadlines_of(people.service_with(alert.service_id), clock.now())
    alert.round, alert.level, alert.state = alert.round + 1, Level.OWNER, state
    alert.owner_account_id, alert.owner_name = None, None
    alert.deputy_at, alert.lead_at, alert.everyone_at = times.deputy_at, times.lead_at, times.everyone_at
    alert.next_step_at = times.next_after(Level.OWNER)
    db.session.flush()


def tell_engagement(alert: Alert, enrolment: Enrolment, by: Actor) -> None:
    """The enrolment stands first on the worklist from the first day of its open alerts, or no longer."""
    db.session.flush()
    first_at: datetime | None = db.session.scalar(
        select(func.min(Alert.raised_at)).where(
            Alert.service_id == alert.service_id,
            Alert.enrolment_id == alert.enrolment_id,
            Alert.closed_at.is_(None),
        )
    )
    zone = people.service_with(alert.service_id).time_zone
    on = None if first_at is None else clock.local(first_at, zone).date()
    engagement.note_safety_alert(enrolment, on, by=by)


def _alert_of_trigger(service_id: UUID, source: str, source_id: str) -> Alert | None:
    return db.session.scalar(
        select(Alert)
        .join(Trigger, (Trigger.service_id == Alert.service_id) & (Trigger.alert_id == Alert.id))
        .where(Trigger.service_id == service_id, Trigger.source == source, Trigger.source_id == source_id)
    )


def _new_alert(enrolment: Enrolment, kind: Kind, place: str, by: Actor, written_on: date | None) -> Alert:
    at = clock.now()
    times = deadlines_of(people.service_with(enrolment.service_id), at)
    alert = Alert(
        service_id=enrolment.service_id,
        patient_id=enrolment.patient_id,
        enrolment_id=enrolment.id,
        kind=kind,
        place=place,
        raised_at=at,
        raised_by=by.name,
        written_on=written_on,
        promised_by_at=times.promised_by_at,
        state=State.RAISED,
        round=0,
        level=Level.OWNER,
        deputy_at=times.deputy_at,
        lead_at=times.lead_at,
        everyone_at=times.everyone_at,
        next_step_at=times.next_after(Level.OWNER),
    )
    db.session.add(alert)
    db.session.flush()
    return alert


def _unseen_alert_at(enrolment: Enrolment, kind: Kind, place: str) -> Alert | None:
    return db.session.scalar(
        select(Alert)
        .where(
            Alert.service_id == enrolment.service_id,
            Alert.patient_id == enrolment.patient_id,
            Alert.kind == kind,
            Alert.place == place,
            Alert.seen_at.is_(None),
            Alert.closed_at.is_(None),
        )
        .with_for_update(),
        execution_options={"populate_existing": True},
    )
