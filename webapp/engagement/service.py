"""The verbs of the engagement room: enrol, start, record, pause, flare up, ask for a call, log a contact, leave.

Every one of them brings the enrolment's summary row up to date in the same transaction.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, bindparam, literal, select, tuple_, update

from webapp.engagement import gathering
from webapp.engagement.facts import Facts
from webapp.engagement.gathering import service_of
from webapp.engagement.models import (
    AgreedCall,
    CallRequest,
    Enrolment,
    Event,
    Flag,
    MilestoneRow,
    Pause,
    Summary,
)
from webapp.engagement.summing_up import sum_up
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor, May
from webapp.foundations.database import db


class NotEnrolled(LookupError):
    """The patient has no enrolment here: a page answers 404."""


def enrol(
    patient_id: UUID, *, door: str, rhythm: str, core_modules: Sequence[str], by: Actor, way: str = "online"
) -> Enrolment:
    """Open one way through the course for a patient; its milestones are the core modules in their order."""
    service = service_of(by)
    enrolment = Enrolment(
        service_id=service.id,
        patient_id=patient_id,
        door=door,
        rhythm=rhythm,
        way=way,
        invited_on=clock.today(service.time_zone),
        invited_by=by.name,
    )
    db.session.add(enrolment)
    db.session.flush()
    db.session.add_all(
        MilestoneRow(service_id=service.id, enrolment_id=enrolment.id, name=name, position=position)
        for position, name in enumerate(core_modules, start=1)
    )
    audit.record(by, "created", "enrolment", enrolment.id, patient_id=patient_id)
    _take_over_what_waits(enrolment)
    sum_up(enrolment, service)
    return enrolment


def _take_over_what_waits(enrolment: Enrolment) -> None:
    """A call that was asked for or agreed on an earlier way is a promise to the same patient: it goes along."""
    earlier = select(Enrolment.id).where(
        Enrolment.service_id == enrolment.service_id,
        Enrolment.patient_id == enrolment.patient_id,
        Enrolment.id != enrolment.id,
    )
    for model, waits in ((CallRequest, CallRequest.closed_at), (AgreedCall, AgreedCall.withdrawn_at)):
        db.session.execute(
            update(model)
            .where(model.service_id == enrolment.service_id, model.enrolment_id.in_(earlier), waits.is_(None))
            .values(enrolment_id=enrolment.id)
        )


def current_enrolment(by: Actor, patient_id: UUID) -> Enrolment:
    """The patient's latest way through the course.

    Raises:
        NotEnrolled: there is none in this service.
    """
    found = db.session.scalar(_CURRENT, {"service": by.service_id, "patient": patient_id})
    if found is None:
        raise NotEnrolled(str(patient_id))
    return found


_CURRENT = (
    select(Enrolment)
    .where(Enrolment.service_id == bindparam("service"), Enrolment.patient_id == bindparam("patient"))
    .order_by(Enrolment.invited_on.desc(), Enrolment.id.desc())
    .limit(1)
)


def start(enrolment: Enrolment, *, rhythm: str, by: Actor) -> None:
    """The patient has activated: the plan runs from today, in the rhythm that they chose."""
    service = service_of(by)
    enrolment.rhythm = rhythm
    enrolment.started_on = enrolment.started_on or clock.today(service.time_zone)
    audit.record(by, "started", "enrolment", enrolment.id, patient_id=enrolment.patient_id, fields=["rhythm"])
    sum_up(enrolment, service)


def change_rhythm(enrolment: Enrolment, rhythm: str, *, by: Actor) -> None:
    """The patient goes on in another rhythm; the plan and every flag follow."""
    enrolment.rhythm = rhythm
    audit.record(by, "changed", "enrolment", enrolment.id, patient_id=enrolment.patient_id, fields=["rhythm"])
    sum_up(enrolment, service_of(by))


def change_way(enrolment: Enrolment, way: str, *, by: Actor) -> None:
    """The patient takes part ``online``, on ``paper`` or by ``phone`` from now on; the rules follow."""
    enrolment.way = way
    audit.record(by, "changed", "enrolment", enrolment.id, patient_id=enrolment.patient_id, fields=["way"])
    sum_up(enrolment, service_of(by))


def record(by: Actor, enrolment: Enrolment, kind: str, what: str, *, by_staff: bool = False) -> None:
    """Write down a meaningful act of the patient (a page, a saved exercise, a tick, an answer), today."""
    service = service_of(by)
    db.session.add(
        Event(
            service_id=service.id,
            enrolment_id=enrolment.id,
            kind=kind,
            what=what,
            at=clock.now(),
            on=clock.today(service.time_zone),
            by_staff=by_staff,
        )
    )
    sum_up(enrolment, service)


def done_since(enrolment: Enrolment, since_at: datetime, whats: Collection[str]) -> frozenset[str]:
    """Which of these acts (``what`` of an event) the patient has done since that moment."""
    rows = select(Event.what).where(
        Event.service_id == enrolment.service_id,
        Event.enrolment_id == enrolment.id,
        Event.at >= since_at,
        Event.what.in_(sorted(whats)),
    )
    return frozenset(db.session.scalars(rows.distinct()))


def reach_milestone(by: Actor, enrolment: Enrolment, name: str) -> None:
    """A core module is done. The last one finishes the course."""
    service = service_of(by)
    rows = milestones_of(enrolment)
    for row in rows:
        if row.name == name and row.done_on is None:
            row.done_on = clock.today(service.time_zone)
    if rows and all(row.done_on for row in rows):
        enrolment.finished_on = enrolment.finished_on or clock.today(service.time_zone)
    record(by, enrolment, "module_done", name)


def milestones_of(enrolment: Enrolment) -> list[MilestoneRow]:
    """The core modules of this enrolment, in order."""
    rows = select(MilestoneRow).where(
        MilestoneRow.service_id == enrolment.service_id, MilestoneRow.enrolment_id == enrolment.id
    )
    return list(db.session.scalars(rows.order_by(MilestoneRow.position)))


def leave(enrolment: Enrolment, reason: str, *, by: Actor) -> None:
    """The patient leaves, with a reason. Nothing is deleted; the door stays open."""
    service = service_of(by)
    enrolment.ended_on, enrolment.left_reason = clock.today(service.time_zone), reason
    audit.record(
        by, "ended", "enrolment", enrolment.id, patient_id=enrolment.patient_id, fields=["left_reason"]
    )
    sum_up(enrolment, service)


def come_back(enrolment: Enrolment, *, by: Actor) -> None:
    """The patient who had left goes on where they were. The days away count as a pause: for no clock, for no plan."""
    service = service_of(by)
    left_on, today = enrolment.ended_on, clock.today(service.time_zone)
    enrolment.ended_on, enrolment.left_reason = None, None
    if left_on is not None and left_on < today:
        db.session.add(
            Pause(
                service_id=service.id,
                enrolment_id=enrolment.id,
                from_on=left_on,
                until_on=today - timedelta(days=1),
                why="other",
                by_patient=by.capability is May.FOLLOW_COURSE,
                set_at=clock.now(),
            )
        )
    audit.record(by, "reopened", "enrolment", enrolment.id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service)


def facts_of(enrolment: Enrolment, *, by: Actor) -> Facts:
    """Everything that the rules may know about this enrolment today, with the days that its plan names."""
    service = service_of(by)
    return gathering.facts_of(enrolment, service, clock.today(service.time_zone))


def flags_of(service_id: UUID, enrolment_id: UUID) -> list[Flag]:
    """The log of flags of one enrolment, oldest first: each state, place on the list and set of reasons it came to.

    ``reasons`` are stored as the summary row's are; ``facts`` are those of ``flag_rules.seen``.
    """
    rows = select(Flag).where(Flag.service_id == service_id, Flag.enrolment_id == enrolment_id)
    return list(db.session.scalars(rows.order_by(Flag.id)))


def note_safety_alert(enrolment: Enrolment, on: date | None, *, by: Actor) -> None:
    """The first local day of this enrolment's open safety alerts, or None: it stands first on the list."""
    enrolment.safety_alert_on = on
    sum_up(enrolment, service_of(by))


def due_for_messages(
    service_id: UUID, today: date, limit: int, after: tuple[date, UUID] | None = None
) -> list[tuple[date, UUID]]:
    """(day, enrolment) whose day to ask about messages has come, the longest waiting first, behind ``after``."""
    found = db.session.execute(due_query(service_id, today, limit, after))
    return [(on, enrolment_id) for on, enrolment_id in found if on is not None]


def due_query(
    service_id: UUID, today: date, limit: int, after: tuple[date, UUID] | None
) -> Select[date | None, UUID]:
    """The query of ``due_for_messages``: one range of the index ``ix_engagement_remind``."""
    place = (Summary.remind_on, Summary.enrolment_id)
    rows = select(*place).where(Summary.service_id == service_id, Summary.remind_on <= today)
    if after is not None:
        rows = rows.where(tuple_(*place) > tuple_(literal(after[0]), literal(after[1])))
    return rows.order_by(*place).limit(limit)


def take_for_messages(service_id: UUID, enrolment_id: UUID, today: date) -> Enrolment | None:
    """This enrolment, its summary row locked; None if another worker has it, or its day has moved meanwhile."""
    rows = (
        select(Enrolment)
        .join(Summary, (Summary.service_id == Enrolment.service_id) & (Summary.enrolment_id == Enrolment.id))
        .where(
            Summary.service_id == service_id,
            Summary.enrolment_id == enrolment_id,
            Summary.remind_on <= today,
        )
        .with_for_update(of=Summary, skip_locked=True)
    )
    return db.session.scalar(rows)


def ask_for_messages_on(enrolment: Enrolment, on: date | None) -> None:
    """The day on which to ask again whether a message is due; None: not before something happens."""
    db.session.execute(
        update(Summary)
        .where(Summary.service_id == enrolment.service_id, Summary.enrolment_id == enrolment.id)
        .values(remind_on=on)
    )


def do_not_ring(enrolment: Enrolment, why: str, *, by: Actor) -> None:
    """The patient asked not to be rung: from today only safety, own requests and agreed days show."""
    enrolment.asked_not_to_be_rung_on = clock.today(service_of(by).time_zone)
    enrolment.snoozed_why = why
    audit.record(
        by, "changed", "enrolment", enrolment.id, patient_id=enrolment.patient_id, fields=["ringing"]
    )
    sum_up(enrolment, service_of(by))


def show_again(enrolment: Enrolment, *, by: Actor) -> None:
    """Take back a snooze, and the patient's wish not to be rung: the rules decide again."""
    enrolment.snoozed_until = enrolment.snoozed_why = enrolment.asked_not_to_be_rung_on = None
    audit.record(
        by, "changed", "enrolment", enrolment.id, patient_id=enrolment.patient_id, fields=["ringing"]
    )
    sum_up(enrolment, service_of(by))


def snooze(enrolment: Enrolment, until_on: date, why: str, *, by: Actor) -> None:
    """Keep the patient off the worklist until a day, with a reason; safety and own requests still show."""
    enrolment.snoozed_until, enrolment.snoozed_why = until_on, why
    audit.record(by, "snoozed", "enrolment", enrolment.id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service_of(by))
