"""The summary row: exact, recomputed from this enrolment's own rows, so that the worklist is one index range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, select, true, update
from sqlalchemy.dialects.postgresql import Insert, insert

from webapp.engagement import flag_rules
from webapp.engagement.facts import Facts
from webapp.engagement.gathering import Own, facts_from, own_rows, thresholds_of
from webapp.engagement.models import Enrolment, Flag, Summary
from webapp.engagement.ring_key import ring_key
from webapp.engagement.rules import state
from webapp.engagement.schedule_rules import next_change_on
from webapp.engagement.standing import Standing
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.foundations.jobs import every_night
from webapp.people.models import Patient, Service

AT_A_TIME = 100
"""Rows in one transaction of the night's work: whoever acts meanwhile waits for so many at most."""


def sum_up(enrolment: Enrolment, service: Service) -> None:
    """Write this enrolment's summary row anew, in the caller's transaction."""
    sum_up_all([enrolment], service)


def sum_up_all(enrolments: Sequence[Enrolment], service: Service) -> None:
    """Write the summary rows of these enrolments anew, with as many queries as for one.

    The rows are locked before anything is read, so two transactions about one patient follow each other: the later
    one sees what the earlier one wrote, and a row never says less than the tables.
    """
    db.session.flush()
    ids = [enrolment.id for enrolment in enrolments]
    before, own = _before(service.id, ids), own_rows(service.id, ids)
    patients = _patients(service.id, [enrolment.patient_id for enrolment in enrolments])
    today, thresholds = clock.today(service.time_zone), thresholds_of(service)
    rows, flags = [], []
    for enrolment in enrolments:
        facts = facts_from(own[enrolment.id], enrolment, service, today)
        standing, was = state(facts, today, thresholds), before.get(enrolment.id)
        if _is_news(was, standing):
            flags.append(_flag(enrolment, standing, flag_rules.seen(facts, today, thresholds), today))
        rows.append(
            {
                "service_id": service.id,
                "enrolment_id": enrolment.id,
                **patients[enrolment.patient_id],
                **_of_the_standing(standing, today),
                **_of_the_facts(facts),
                "tried": _latest_contact(own[enrolment.id]),
                "next_change_on": next_change_on(facts, today, thresholds),
                "remind_on": _remind_on(standing, was, today),
            }
        )
    if flags:
        db.session.execute(insert(Flag), flags)
    db.session.execute(_upsert(rows))


def _upsert(rows: list[dict[str, Any]]) -> Insert:
    written = insert(Summary).values(rows)
    said = {name: written.excluded[name] for name in rows[0]}
    return written.on_conflict_do_update(index_elements=["service_id", "enrolment_id"], set_=said)


def _before(service_id: UUID, ids: Sequence[UUID]) -> dict[UUID, Any]:
    """What the rows say so far (state, reasons, the day of the next message), locked; nothing for a new enrolment."""
    rows = (
        select(Summary.enrolment_id, Summary.state, Summary.ring_key, Summary.reasons, Summary.remind_on)
        .where(Summary.service_id == service_id, Summary.enrolment_id.in_(ids))
        .order_by(Summary.enrolment_id)
        .with_for_update()
    )
    return {row.enrolment_id: row for row in db.session.execute(rows)}


def _is_news(before: Any, standing: Standing) -> bool:
    if before is None:
        return True
    return flag_rules.is_news(before.state, before.ring_key, before.reasons, standing)


def _flag(enrolment: Enrolment, standing: Standing, seen: dict[str, Any], today: date) -> dict[str, Any]:
    """One row of the log of flags: what the enrolment came to, why, and what the rules saw."""
    return {
        "service_id": enrolment.service_id,
        "enrolment_id": enrolment.id,
        "at": clock.now(),
        "on": today,
        "state": standing.state.value,
        "tier": None if standing.tier is None else int(standing.tier),
        "since_on": standing.since_on,
        "reasons": _reasons_as_json(standing),
        "points": standing.points,
        "facts": seen,
    }


def _remind_on(standing: Standing, before: Any, today: date) -> date:
    """A new state is looked at today, whatever else happened tomorrow: nobody is asked about twice a day."""
    if before is None or before.state != standing.state.value:
        return today
    return min(today + timedelta(days=1), before.remind_on or date.max)


def follow_patient(patient: Patient, changed: set[str], _by: Actor) -> None:
    """The patient's clinician or name has changed: their summary rows stand where the lists look for them now."""
    if not changed & {"clinician_id", "given_name", "family_name"}:
        return
    db.session.execute(
        update(Summary)
        .where(Summary.service_id == patient.service_id, Summary.patient_id == patient.id)
        .values(clinician_id=patient.clinician_id, sort_key=patient.sort_key)
    )


def _patients(service_id: UUID, ids: Sequence[UUID]) -> dict[UUID, dict[str, Any]]:
    rows = select(Patient.id, Patient.clinician_id, Patient.sort_key).where(
        Patient.service_id == service_id, Patient.id.in_(ids)
    )
    return {
        row.id: {"patient_id": row.id, "clinician_id": row.clinician_id, "sort_key": row.sort_key}
        for row in db.session.execute(rows)
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


def _latest_contact(own: Own) -> dict[str, Any]:
    if not own.contacts:
        return {}
    row = own.contacts[-1]
    return {"on": row.on.isoformat(), "channel": row.channel, "outcome": row.outcome}


def _reasons_as_json(standing: Standing) -> list[dict[str, Any]]:
    return [_as_json(asdict(reason)) for reason in standing.reasons]


def _as_json(reason: dict[str, Any]) -> dict[str, Any]:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in reason.items()}


@every_night
def rank_again() -> None:
    """The work of the night for one service: every row whose state has changed, or whose rank was yesterday's."""
    service_id: UUID = db.session.info["service"]
    today = clock.today(db.session.get_one(Service, service_id).time_zone)
    listed = Summary.ring_key.is_not(None) | (Summary.next_change_on <= today)
    _rank(service_id, listed & (Summary.ranked_on < today))


def rank_everybody(service: Service) -> None:
    """After a change of closures or thresholds: every enrolment of the service, now, committed in pieces.

    Rows of this session are let go after each piece, so that memory stays flat.
    """
    _rank(service.id, true())


def _rank(service_id: UUID, wanted: ColumnElement[bool]) -> None:
    """Sum up every enrolment whose summary is wanted, in the order of their ids, a piece in each transaction."""
    last: UUID | None = None
    while enrolments := _next_piece(service_id, wanted, last):
        service = db.session.get_one(Service, service_id)
        last = enrolments[-1].id
        sum_up_all(enrolments, service)
        db.session.commit()
        db.session.expunge_all()
        enter_service(service_id)


def _next_piece(service_id: UUID, wanted: ColumnElement[bool], last: UUID | None) -> list[Enrolment]:
    rows = (
        select(Enrolment)
        .join(Summary, (Summary.service_id == Enrolment.service_id) & (Summary.enrolment_id == Enrolment.id))
        .where(Summary.service_id == service_id, wanted)
        .order_by(Summary.enrolment_id)
        .limit(AT_A_TIME)
    )
    return list(db.session.scalars(rows if last is None else rows.where(Summary.enrolment_id > last)))
