"""Pauses, flare-ups, calls asked for, agreed and made. Each brings the summary up to date."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.engagement.contact_rules import ANSWERED
from webapp.engagement.facts import Flare, flare_pauses
from webapp.engagement.gathering import closures_of, service_of, thresholds_of
from webapp.engagement.models import AgreedCall, CallRequest, Contact, Enrolment, FlareUp, Pause
from webapp.engagement.service import NotEnrolled, record
from webapp.engagement.summing_up import sum_up
from webapp.engagement.thresholds import Thresholds
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people.models import Service

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def ask_for_call(enrolment: Enrolment, about: str, *, by: Actor) -> CallRequest:
    """The patient asks to be rung; the page may promise ``promised_on``. A second ask on top of an open one is the same."""
    open_one = open_call_request(enrolment)
    if open_one is not None:
        open_one.about = about
        return open_one
    service = service_of(by)
    today = clock.today(service.time_zone)
    request = CallRequest(
        service_id=service.id,
        enrolment_id=enrolment.id,
        about=about,
        asked_at=clock.now(),
        asked_on=today,
        promised_on=working_day_after(service, today, service.calls_within_working_days),
    )
    db.session.add(request)
    record(by, enrolment, "call_asked", about)
    return request


def open_call_request(enrolment: Enrolment) -> CallRequest | None:
    """The request that nobody has answered yet, if there is one."""
    return db.session.scalar(
        select(CallRequest).where(
            CallRequest.service_id == enrolment.service_id,
            CallRequest.enrolment_id == enrolment.id,
            CallRequest.closed_at.is_(None),
        )
    )


def take_back_call(enrolment: Enrolment, *, by: Actor) -> None:
    """The patient no longer wants to be rung."""
    if (request := open_call_request(enrolment)) is not None:
        request.closed_at = clock.now()
        audit.record(by, "withdrew", "call_request", request.id, patient_id=enrolment.patient_id)
        sum_up(enrolment, service_of(by))


def carry_open_call(left: Enrolment, anew: Enrolment, *, by: Actor) -> None:
    """A call that is still waited for goes along to a patient's new way through the course, with its promised day."""
    request = open_call_request(left)
    if request is None:
        return
    request.enrolment_id = anew.id
    audit.record(by, "changed", "call_request", request.id, patient_id=anew.patient_id, fields=["enrolment"])
    service = service_of(by)
    sum_up(left, service)
    sum_up(anew, service)


def working_day_after(service: Service, day: date, working_days: int) -> date:
    """The day that lies this many of the service's working days after ``day`` (its hours, closures, bank holidays)."""
    closed, open_days = closures_of(service, day.year), set(service.hours) or set(WEEKDAYS[:5])
    while working_days > 0:
        day += timedelta(days=1)
        if WEEKDAYS[day.weekday()] in open_days and day not in closed:
            working_days -= 1
    return day


def pause(
    enrolment: Enrolment,
    until_on: date | None,
    why: str,
    *,
    by: Actor,
    by_patient: bool,
    at: datetime | None = None,
) -> Pause:
    """Stop messages and clocks from today; with or without a day of return. ``at``: the contact's own moment."""
    service = service_of(by)
    row = Pause(
        service_id=service.id,
        enrolment_id=enrolment.id,
        from_on=clock.today(service.time_zone),
        until_on=until_on,
        why=why,
        by_patient=by_patient,
        set_at=at or clock.now(),
    )
    db.session.add(row)
    audit.record(by, "paused", "enrolment", enrolment.id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service)
    return row


def running_pause(enrolment: Enrolment, today: date) -> Pause | None:
    """The pause that covers today, if there is one."""
    rows = select(Pause).where(
        Pause.service_id == enrolment.service_id,
        Pause.enrolment_id == enrolment.id,
        Pause.from_on <= today,
        Pause.until_on.is_(None) | (Pause.until_on >= today),
    )
    return db.session.scalar(rows.order_by(Pause.from_on.desc()).limit(1))


def end_pause(enrolment: Enrolment, *, by: Actor) -> None:
    """The patient is back: the pause ended yesterday (or never began, if it began today)."""
    service = service_of(by)
    today = clock.today(service.time_zone)
    row = running_pause(enrolment, today)
    if row is None:
        return
    if row.from_on >= today:
        db.session.delete(row)
    else:
        row.until_on = today - timedelta(days=1)
    audit.record(by, "resumed", "enrolment", enrolment.id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service)


def report_flare(enrolment: Enrolment, *, by: Actor, anew: bool = False) -> FlareUp:
    """A flare-up begins today, unless one is running.

    ``anew``: one whose days without a clock are over ends with them, and makes way for the new one. So whoever
    says "a flare-up" in answer to a message is not told that they said so two months ago.
    """
    service = service_of(by)
    today = clock.today(service.time_zone)
    running = running_flare(enrolment)
    over_on = None if running is None else _pause_ends_on(enrolment, running, thresholds_of(service))
    if running is not None and not (anew and over_on is not None and over_on < today):
        return running
    if running is not None:
        running.until_on = over_on
    row = FlareUp(service_id=service.id, enrolment_id=enrolment.id, from_on=today, reported_at=clock.now())
    db.session.add(row)
    record(by, enrolment, "flare_up", "begun")
    return row


def _pause_ends_on(enrolment: Enrolment, flare: FlareUp, thresholds: Thresholds) -> date | None:
    """The last day on which this flare-up stops the clock."""
    rows = select(FlareUp).where(
        FlareUp.service_id == enrolment.service_id, FlareUp.enrolment_id == enrolment.id
    )
    found = sorted(db.session.scalars(rows), key=lambda row: row.from_on)
    flares = tuple(Flare(row.from_on, row.until_on, row.answered_on) for row in found)
    spans = flare_pauses(flares, thresholds.flare_pause_days)
    return next(span.until_on for row, span in zip(found, spans, strict=True) if row.id == flare.id)


def running_flare(enrolment: Enrolment) -> FlareUp | None:
    """The flare-up that nobody has said is over."""
    rows = select(FlareUp).where(
        FlareUp.service_id == enrolment.service_id,
        FlareUp.enrolment_id == enrolment.id,
        FlareUp.until_on.is_(None),
    )
    return db.session.scalar(rows.order_by(FlareUp.from_on.desc()).limit(1))


def flares_of(by: Actor, patient_id: UUID) -> list[Flare]:
    """Every flare-up that this patient reported, on whichever way through the course, newest first."""
    rows = (
        select(FlareUp.from_on, FlareUp.until_on, FlareUp.answered_on)
        .join(
            Enrolment,
            (Enrolment.service_id == FlareUp.service_id) & (Enrolment.id == FlareUp.enrolment_id),
        )
        .where(FlareUp.service_id == by.service_id, Enrolment.patient_id == patient_id)
        .order_by(FlareUp.from_on.desc(), FlareUp.id.desc())
    )
    return [Flare(*row) for row in db.session.execute(rows)]


def choose_for_today(enrolment: Enrolment, flare: FlareUp, choice: str, *, by: Actor) -> None:
    """What the patient chose for today in a flare-up: rest, less, half or same."""
    flare.today_choice = choice
    record(by, enrolment, "flare_up", choice)


def answer_flare(enrolment: Enrolment, flare: FlareUp, answer: str, *, by: Actor) -> None:
    """The day-3 or day-7 question is answered: better (it is over), same or worse."""
    service = service_of(by)
    today = clock.today(service.time_zone)
    flare.answer, flare.answered_on = answer, today
    if answer == "better":
        flare.until_on = today
    record(by, enrolment, "flare_up", f"answered_{answer}")


def log_contact(
    enrolment: Enrolment,
    channel: str,
    outcome: str,
    note: str,
    *,
    by: Actor,
    ring_again_on: date | None = None,
    offered: Sequence[str] = (),
) -> Contact:
    """Log a call or message by a person; reaching somebody answers their open request.

    ``outcome`` is one of ``contact_rules.OUTCOMES``; ``offered`` are of ``contact_rules.ALTERNATIVES``.
    """
    service = service_of(by)
    contact = Contact(
        service_id=service.id,
        enrolment_id=enrolment.id,
        channel=channel,
        outcome=outcome,
        note=note,
        at=clock.now(),
        on=clock.today(service.time_zone),
        account_id=by.account_id,
        by_name=by.name,
        offered=list(offered),
    )
    db.session.add(contact)
    if outcome in ANSWERED and (request := open_call_request(enrolment)) is not None:
        request.closed_at = contact.at
    if ring_again_on is not None:
        agree_call(enrolment, ring_again_on, by=by, at=contact.at)
    db.session.flush()
    audit.record(by, "created", "contact", contact.id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service)
    return contact


def undo_contact(enrolment: Enrolment, contact_id: UUID, *, by: Actor) -> None:
    """Take back a contact that was logged by mistake. The row stays.

    A request that it answered is open again; a call or a pause that was agreed in it is withdrawn.

    Raises:
        NotEnrolled: there is no such contact in this enrolment.
    """
    contact = db.session.get(Contact, (enrolment.service_id, contact_id))
    if contact is None or contact.enrolment_id != enrolment.id:
        raise NotEnrolled(str(contact_id))
    contact.undone_at = clock.now()
    answered = select(CallRequest).where(
        CallRequest.service_id == enrolment.service_id,
        CallRequest.enrolment_id == enrolment.id,
        CallRequest.closed_at == contact.at,
    )
    for request in db.session.scalars(answered):
        request.closed_at = None
    _withdraw_what_was_agreed(enrolment, contact.at)
    audit.record(by, "undid", "contact", contact_id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service_of(by))


def _withdraw_what_was_agreed(enrolment: Enrolment, at: datetime) -> None:
    """The call and the pause that were agreed in the contact of this very moment."""
    mine = {"service_id": enrolment.service_id, "enrolment_id": enrolment.id}
    for call in db.session.scalars(select(AgreedCall).filter_by(**mine, made_at=at)):
        call.withdrawn_at = clock.now()
    for row in db.session.scalars(select(Pause).filter_by(**mine, set_at=at)):
        db.session.delete(row)


def agree_call(enrolment: Enrolment, due_on: date, *, by: Actor, at: datetime | None = None) -> AgreedCall:
    """Agree on a day for a call; it stands on the worklist from that day until a contact settles it."""
    row = AgreedCall(
        service_id=enrolment.service_id, enrolment_id=enrolment.id, due_on=due_on, made_at=at or clock.now()
    )
    db.session.add(row)
    db.session.flush()
    audit.record(by, "created", "agreed_call", row.id, patient_id=enrolment.patient_id)
    sum_up(enrolment, service_of(by))
    return row
