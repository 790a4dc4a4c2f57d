"""The summary row: exact, recomputed from this enrolment's own rows, so that the worklist is one index range."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from webapp.engagement import flag_rules
from webapp.engagement.facts import Facts
from webapp.engagement.gathering import facts_of, thresholds_of
from webapp.engagement.models import Contact, Enrolment, Flag, Summary
from webapp.engagement.ring_key import ring_key
from webapp.engagement.rules import state
from webapp.engagement.schedule_rules import next_change_on
from webapp.engagement.standing import Standing
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.jobs import every_night
from webapp.people.models import Patient, Service

AT_A_TIME = 500


def sum_up(enrolment: Enrolment, service: Service) -> None:
    """Write this enrolment's summary row anew, in the caller's transaction."""
    db.session.flush()
    today = clock.today(service.time_zone)
    facts, thresholds = facts_of(enrolment, service, today), thresholds_of(service)
    standing = state(facts, today, thresholds)
    before = _before(enrolment)
    if _is_news(before, standing):
        _log(enrolment, standing, flag_rules.seen(facts, today, thresholds), today)
    row = {
        "service_id": enrolment.service_id,
        "enrolment_id": enrolment.id,
        **_of_the_patient(enrolment),
        **_of_the_standing(standing, today),
        **_of_the_facts(facts),
        "tried": _latest_contact(enrolment),
        "next_change_on": next_change_on(facts, today, thresholds),
        "remind_on": _remind_on(standing, before, today),
    }
    db.session.execute(
        insert(Summary)
        .values(row)
        .on_conflict_do_update(index_elements=["service_id", "enrolment_id"], set_=row)
    )


def _before(enrolment: Enrolment) -> Any:
    """What the row says so far: state, reasons, the day of the next message; None where there is none."""
    return db.session.execute(
        select(Summary.state, Summary.ring_key, Summary.reasons, Summary.remind_on).where(
            Summary.service_id == enrolment.service_id, Summary.enrolment_id == enrolment.id
        )
    ).one_or_none()


def _is_news(before: Any, standing: Standing) -> bool:
    if before is None:
        return True
    return flag_rules.is_news(before.state, before.ring_key, before.reasons, standing)


def _log(enrolment: Enrolment, standing: Standing, seen: dict[str, Any], today: date) -> None:
    """One row of the log of flags: what the enrolment came to, why, and what the rules saw."""
    db.session.execute(
        insert(Flag).values(
            service_id=enrolment.service_id,
            enrolment_id=enrolment.id,
            at=clock.now(),
            on=today,
            state=standing.state.value,
            tier=None if standing.tier is None else int(standing.tier),
            since_on=standing.since_on,
            reasons=_reasons_as_json(standing),
            points=standing.points,
            facts=seen,
        )
    )


def _remind_on(standing: Standing, before: Any, today: date) -> date:
    """A new state is looked at today, whatever else happened tomorrow: nobody is asked about twice a day."""
    if before is None or before.state != standing.state.value:
        return today
    return min(today + timedelta(days=1), before.remind_on or date.max)


def _of_the_patient(enrolment: Enrolment) -> dict[str, Any]:
    found = db.session.execute(
        select(Patient.clinician_id, Patient.sort_key).where(
            Patient.service_id == enrolment.service_id, Patient.id == enrolment.patient_id
        )
    ).one()
    return {
        "patient_id": enrolment.patient_id,
        "clinician_id": found.clinician_id,
        "sort_key": found.sort_key,
    }


def _of_the_standing(standing: Standing, today: date) -> dict[str, Any]:
    return {
        "state": standing.state.value,
        "since_on": standing.since_on,
        "reasons": _reasons_as_json(standing),
        "points": standing.points,
        "silent_days": standing.silent_days,
        "ring_key": ring_key(standing, today),
        "ranked_on": today,
    }


def _of_the_facts(facts: Facts) -> dict[str, Any]:
    ahead = [one.name for one in facts.milestones if one.done_on is None]
    return {
        "last_active_on": facts.active_days[-1] if facts.active_days else None,
        "module": ahead[0] if ahead else None,
        "modules_done": len(facts.milestones) - len(ahead),
    }


def _latest_contact(enrolment: Enrolment) -> dict[str, Any]:
    row = db.session.scalar(
        select(Contact)
        .where(
            Contact.service_id == enrolment.service_id,
            Contact.enrolment_id == enrolment.id,
            Contact.undone_at.is_(None),
        )
        .order_by(Contact.at.desc())
        .limit(1)
    )
    return {} if row is None else {"on": row.on.isoformat(), "channel": row.channel, "outcome": row.outcome}


def _reasons_as_json(standing: Standing) -> list[dict[str, Any]]:
    return [_as_json(asdict(reason)) for reason in standing.reasons]


def _as_json(reason: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in reason.items()}


@every_night
def rank_again() -> None:
    """The work of the night for one service: every row whose state has changed, or whose rank was yesterday's."""
    service_id: UUID = db.session.info["service"]
    service = db.session.get_one(Service, service_id)
    today = clock.today(service.time_zone)
    while enrolments := _stale(service_id, today):
        for enrolment in enrolments:
            sum_up(enrolment, service)
        db.session.commit()
        db.session.expunge_all()
        enter_service(service_id)
        service = db.session.get_one(Service, service_id)


def rank_everybody(service: Service) -> None:
    """After a change of closures or thresholds: every enrolment of the service that has not ended, now."""
    rows = db.session.scalars(select(Enrolment).where(Enrolment.service_id == service.id))
    for enrolment in rows.all():
        sum_up(enrolment, service)


def _stale(service_id: UUID, today: date) -> list[Enrolment]:
    old = (Summary.ring_key.is_not(None) & (Summary.ranked_on < today)) | (
        (Summary.next_change_on <= today) & (Summary.ranked_on < today)
    )
    rows = (
        select(Enrolment)
        .join(Summary, (Summary.service_id == Enrolment.service_id) & (Summary.enrolment_id == Enrolment.id))
        .where(Summary.service_id == service_id, old)
        .limit(AT_A_TIME)
    )
    return list(db.session.scalars(rows))
