"""Gathers what is known of one enrolment for the rules of messages. The number of queries never grows with history."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.course import routes_taken
from webapp.engagement import service as engagement
from webapp.engagement.facts import Door, Facts
from webapp.engagement.gathering import facts_of, thresholds_of
from webapp.engagement.models import Enrolment, Event
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.goals import service as goals
from webapp.people import service as people
from webapp.people.models import Account, Patient, Service
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.schedule_rules import PlannedSitting, SittingState
from webapp.reminders.booster_rules import boosters_ahead
from webapp.reminders.case_rules import Booster, Case, Questions, Told, Wishes
from webapp.reminders.choices import choice_of
from webapp.reminders.due_rules import LOOK_AGAIN_DAYS
from webapp.reminders.look_rules import Post
from webapp.reminders.models import Reminder, ReminderAnswer, ReminderChoice, ReminderThing
from webapp.reminders.reach import ONLINE, reach_of
from webapp.reminders.rules import Group, Kind
from webapp.reminders.way_rules import Reach

NOT_SETTLED = (SittingState.LATER, SittingState.EARLY, SittingState.DUE, SittingState.STARTED)
TEXT_NOT_CALL = "text_not_call"


@dataclass(frozen=True)
class Known:
    """One enrolment as it stands: what the rules ask for, how the patient can be reached, and in which language."""

    case: Case
    reach: Reach
    patient: Patient
    language: str


def gather(
    by: Actor, service: Service, enrolment: Enrolment, today: date, *, but: UUID | None = None
) -> Known:
    """Everything known of this enrolment; ``but``: as if this one message had not been written."""
    facts = facts_of(enrolment, service, today)
    patient = people.patient_of(by, enrolment.patient_id)
    chosen = choice_of(service.id, patient.id)
    return Known(
        case=Case(
            facts=facts,
            thresholds=thresholds_of(service),
            questions=_questions(by, enrolment, today),
            reviews=_reviews(by, patient.id, today),
            boosters=_boosters(enrolment, facts, service),
            wishes=_wishes(enrolment, chosen),
            told=_told(enrolment, but),
            may_be_rung=_may_be_rung(patient),
        ),
        reach=reach_of(patient, chosen, service, online=enrolment.way == ONLINE),
        patient=patient,
        language=_language(patient),
    )


def post_of(enrolment: Enrolment) -> Post:
    """The messages to this patient that were not withdrawn, on whichever way through the course."""
    rows = (
        select(Reminder.at, Reminder.channel, Letter.sent_at, Letter.failed_at)
        .join(Letter, (Letter.service_id == Reminder.service_id) & (Letter.id == Reminder.letter_id))
        .where(
            Reminder.service_id == enrolment.service_id,
            Reminder.patient_id == enrolment.patient_id,
            Letter.withdrawn_at.is_(None),
        )
    )
    sent = db.session.execute(rows).all()
    return Post(
        last_at=max((row.sent_at or row.at for row in sent), default=None),
        is_waiting=any(row.channel != "letter" and not (row.sent_at or row.failed_at) for row in sent),
    )


def _told(enrolment: Enrolment, but: UUID | None) -> tuple[Told, ...]:
    """What messages told of. Those that were withdrawn, or could not be delivered, told nothing."""
    rows = (
        select(ReminderThing.key, Reminder.on)
        .join(
            Reminder,
            (Reminder.service_id == ReminderThing.service_id) & (Reminder.id == ReminderThing.reminder_id),
        )
        .join(Letter, (Letter.service_id == Reminder.service_id) & (Letter.id == Reminder.letter_id))
        .where(
            ReminderThing.service_id == enrolment.service_id,
            ReminderThing.enrolment_id == enrolment.id,
            Letter.withdrawn_at.is_(None),
            Letter.failed_at.is_(None),
        )
    )
    if but is not None:
        rows = rows.where(Reminder.id != but)
    return tuple(Told(Kind(key.split(":")[0]), key, on) for key, on in db.session.execute(rows))


def _questions(by: Actor, enrolment: Enrolment, today: date) -> tuple[Questions, ...]:
    planned = questionnaires.planned_sittings(by, enrolment, today)
    return tuple(_as_questions(planned))


def _as_questions(planned: Iterable[PlannedSitting]) -> Iterable[Questions]:
    for each in planned:
        if each.state not in NOT_SETTLED or not each.sitting.instruments:
            continue
        if each.opens_on is not None and each.closes_on is not None:
            begun = each.state is SittingState.STARTED
            yield Questions(each.sitting.id, each.opens_on, each.closes_on, begun)


def _reviews(by: Actor, patient_id: UUID, today: date) -> tuple[date, ...]:
    """Also those of the days up to the next look."""
    ahead = goals.due_reviews(by, patient_id, today + timedelta(days=LOOK_AGAIN_DAYS))
    return tuple(sorted({review.due_on for review in ahead}))


def _boosters(enrolment: Enrolment, facts: Facts, service: Service) -> tuple[Booster, ...]:
    """Counted as the patient's own pages count: from the entry question of a refresher, or the end of the core."""
    is_refresher = facts.door is Door.REFRESHER
    if not is_refresher and facts.finished_on is None:
        return ()
    looks = routes_taken.looks_of(enrolment)
    entry_on = next((one.on for one in looks if one.occasion == routes_taken.ENTRY), None)
    since_on = (entry_on or facts.started_on) if is_refresher else facts.finished_on
    if since_on is None:
        return ()
    settings = routes_taken.settings_from(service.pacing)
    return boosters_ahead(since_on, [one.on for one in looks], settings)


def _wishes(enrolment: Enrolment, chosen: ReminderChoice | None) -> Wishes:
    if chosen is None:
        return Wishes()
    quiet_until_on = chosen.quiet_until_on
    return Wishes(
        has_stopped=chosen.stopped_at is not None,
        quiet_until_on=quiet_until_on,
        left_out=frozenset(Group(name) for name in chosen.left_out),
        remind_on=quiet_until_on if quiet_until_on and _set_by_a_tap(enrolment, quiet_until_on) else None,
    )


def _set_by_a_tap(enrolment: Enrolment, on: date) -> bool:
    """Did the patient ask for this day from a message? Then they asked to hear from us on it."""
    asked = select(ReminderAnswer.id).where(
        ReminderAnswer.service_id == enrolment.service_id,
        ReminderAnswer.enrolment_id == enrolment.id,
        ReminderAnswer.until_on == on,
    )
    return db.session.scalar(asked.limit(1)) is not None


def _may_be_rung(patient: Patient) -> bool:
    has_number = bool(patient.phone or patient.mobile)
    return patient.call_is_safe and has_number and TEXT_NOT_CALL not in patient.needs


def _language(patient: Patient) -> str:
    if patient.account_id is None:
        return patient.language
    account = db.session.get(Account, patient.account_id)
    return account.language if account is not None else patient.language


@dataclass(frozen=True)
class Done:
    """What a patient did in some days, as numbers alone: never a title, never an answer.

    Pages and exercises are counted once each; ``ticks`` are days with a tick.
    """

    days: int
    pages: int
    exercises: int
    ticks: int
    modules: int


def done_between(enrolment: Enrolment, from_on: date, until_on: date) -> Done:
    """What was done on these days, both included; what staff typed in is not what they did here."""
    rows = db.session.execute(
        select(Event.kind, Event.what, Event.on)
        .where(
            Event.service_id == enrolment.service_id,
            Event.enrolment_id == enrolment.id,
            Event.on.between(from_on, until_on),
            Event.by_staff.is_(False),
        )
        .distinct()
    ).all()
    return Done(
        days=len({row.on for row in rows}),
        pages=len({row.what for row in rows if row.kind == "page_read"}),
        exercises=len({row.what for row in rows if row.kind == "exercise_saved"}),
        ticks=len({row.on for row in rows if row.kind == "tick"}),
        modules=len({row.what for row in rows if row.kind == "module_done"}),
    )


def is_current(by: Actor, enrolment: Enrolment) -> bool:
    """Is this the patient's present way through the course? Of an earlier one nothing is told."""
    return engagement.current_enrolment(by, enrolment.patient_id).id == enrolment.id
