"""The verbs of the reminders room: look who is due a message, write it once, and ask again before it goes out.

Everything about one message is one transaction: the letter in the outbox, what it told of, and the next look. The
enrolment's summary row is locked meanwhile, so that two workers never write two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from uuid import UUID

import structlog
from sqlalchemy import delete, select

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock, post
from webapp.foundations.access import Actor
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.people import tokens
from webapp.people.models import Service
from webapp.reminders import wording
from webapp.reminders.due_rules import summary_week, things_due
from webapp.reminders.gathering import Done, Known, done_between, gather, is_current, post_of
from webapp.reminders.look_rules import look, look_again_on, wait_until
from webapp.reminders.models import Reminder, ReminderThing
from webapp.reminders.rules import Kind, Thing
from webapp.reminders.texts_kept import message_texts
from webapp.reminders.way_rules import way_for, ways_of
from webapp.reminders.when_rules import is_written_now

AT_A_TIME = 200
JOB = "messages"
LETTER_KIND = "reminder:"
"""How the outbox calls messages of this room: with the kind that leads behind it."""

NOT_SO_ANY_MORE, ADDRESS_CHANGED = "not so any more", "another address"
_log = structlog.get_logger("messages")


def write_messages(service: Service, after_some: Callable[[], None] = lambda: None) -> int:
    """Write what is due now in this service, each patient's message committed by itself; returns how many.

    Nothing is written outside the hours of ``rules.WRITTEN_FROM_HOUR`` and ``WRITTEN_UNTIL_HOUR`` on local clocks;
    a run that meets their end stops there. One patient about whom something cannot be read keeps nobody else from
    their message. ``after_some`` is called after every AT_A_TIME looks, outside of any transaction.
    """
    service_id, zone = service.id, service.time_zone
    written, after = 0, None
    while is_written_now(clock.now(), zone):
        enter_service(service_id)
        found = engagement.due_for_messages(service_id, clock.today(zone), AT_A_TIME, after)
        if not found:
            break
        written += sum(_look_safely(service_id, enrolment_id) for _on, enrolment_id in found)
        after = found[-1]
        after_some()
    enter_service(service_id)
    return written


def look_at(service_id: UUID, enrolment_id: UUID) -> bool:
    """Ask whether this enrolment is due a message, write it if so, and set the next look; True if one was written.

    In the caller's transaction. Nothing happens while another worker looks.
    """
    service = people.service_with(service_id)
    now, today = clock.now(), clock.today(service.time_zone)
    enrolment = engagement.take_for_messages(service_id, enrolment_id, today)
    if enrolment is None:
        return False
    by = Actor(service_id, job=JOB)
    if not is_current(by, enrolment):
        engagement.ask_for_messages_on(enrolment, None)
        return False
    if (wait := wait_until(post_of(enrolment), now, service.time_zone)) is not None:
        engagement.ask_for_messages_on(enrolment, wait)
        return False
    known = gather(by, service, enrolment, today)
    found = look(known.case, now, service.time_zone)
    told = _write_about(found.things, by, service, enrolment, known, now)
    again_on = look_again_on(known.case, told, now, service.time_zone) if told else found.again_on
    engagement.ask_for_messages_on(enrolment, again_on)
    return bool(told)


def why_not(letter: Letter) -> str | None:
    """Just before a message of this room goes out: why it should not, or None. What it told of is then untold."""
    reminder = _reminder_of(letter)
    if reminder is None:
        return None
    by = Actor(letter.service_id, job=JOB)
    service = people.service_with(letter.service_id)
    today = clock.today(service.time_zone)
    enrolment = db.session.get_one(Enrolment, (letter.service_id, reminder.enrolment_id))
    why = _why_not(letter, reminder, gather(by, service, enrolment, today, but=reminder.id), today)
    if not is_current(by, enrolment):
        why = NOT_SO_ANY_MORE
    elif why is not None:
        engagement.ask_for_messages_on(enrolment, today)
    return why


def look_again_after(letter: Letter) -> None:
    """A message of this room could not be delivered: look at its patient today, there may be another way."""
    reminder = _reminder_of(letter)
    if reminder is not None:
        service = people.service_with(letter.service_id)
        enrolment = db.session.get_one(Enrolment, (letter.service_id, reminder.enrolment_id))
        engagement.ask_for_messages_on(enrolment, clock.today(service.time_zone))


def _reminder_of(letter: Letter) -> Reminder | None:
    return db.session.scalar(
        select(Reminder).where(Reminder.service_id == letter.service_id, Reminder.letter_id == letter.id)
    )


def _why_not(letter: Letter, reminder: Reminder, known: Known, today: date) -> str | None:
    lead = Kind(reminder.kinds[0])
    if lead not in {thing.kind for thing in things_due(known.case, today)}:
        return NOT_SO_ANY_MORE
    if (letter.channel, letter.to_address) not in ways_of(known.reach):
        return ADDRESS_CHANGED
    return None


def _look_safely(service_id: UUID, enrolment_id: UUID) -> bool:
    """One look, committed; whatever goes wrong in it is told to the log and undone, and the next patient follows."""
    enter_service(service_id)
    try:
        written = look_at(service_id, enrolment_id)
        db.session.commit()
    except Exception as error:  # their rows alone: the others must not wait for this one
        db.session.rollback()
        _log.error("message_not_written", enrolment=str(enrolment_id), error=type(error).__name__)
        return False
    return written


def _write_about(
    things: tuple[Thing, ...],
    by: Actor,
    service: Service,
    enrolment: Enrolment,
    known: Known,
    now: datetime,
) -> tuple[Thing, ...]:
    """Write one message about those of these things that can be told by the way that is there; what it told of."""
    done = _done_in_the_week(enrolment, things)
    if done is not None and not done.days:  # staff typed it in: nothing to tell them of
        things = tuple(thing for thing in things if thing.kind is not Kind.WEEKLY_SUMMARY)
    found = way_for(known.reach, may_be_letter=any(message_texts().may_be_letter(one.kind) for one in things))
    if found is None or not things:
        return ()
    things = _fit(things, found[0])
    _write(by, service, enrolment, known, things, found, done, now)
    return things


def _fit(things: tuple[Thing, ...], way: str) -> tuple[Thing, ...]:
    """What this way can tell: a letter of what may be one, a text of what leads. The rest waits."""
    if way == "letter":
        return tuple(thing for thing in things if message_texts().may_be_letter(thing.kind))
    if way == "text":
        return tuple(thing for thing in things if thing.kind is things[0].kind)
    return things


def _write(
    by: Actor,
    service: Service,
    enrolment: Enrolment,
    known: Known,
    things: Sequence[Thing],
    way_and_address: tuple[str, str],
    done: Done | None,
    now: datetime,
) -> None:
    (way, address), patient = way_and_address, known.patient
    secret = tokens.make("message", service_id=service.id, patient_id=patient.id, at=now)
    words = wording.written(
        service, known, things, way, secret=secret, invitation=_invitation(known, way), done=done
    )
    letter = post.write(
        service.id,
        f"{LETTER_KIND}{things[0].kind}",
        address,
        words.subject,
        words.text,
        language=words.language,
        patient_id=patient.id,
        channel=way,
        html=words.html,
        stop_url=wording.stop_url(secret),
        quiet_in=service.time_zone,
    )
    reminder = Reminder(
        service_id=service.id,
        patient_id=patient.id,
        enrolment_id=enrolment.id,
        letter_id=letter.id,
        channel=way,
        kinds=list(dict.fromkeys(thing.kind.value for thing in things)),
        words=message_texts().fingerprint,
        at=now,
        on=clock.local(now, service.time_zone).date(),
    )
    db.session.add(reminder)
    db.session.flush()
    _note_things(reminder, things)
    audit.record(by, "wrote", "reminder", reminder.id, patient_id=patient.id)


def _note_things(reminder: Reminder, things: Sequence[Thing]) -> None:
    """What a message told of. A row of one that was withdrawn or not delivered makes way: it told nothing."""
    keys = [thing.key for thing in things]
    not_told = select(Reminder.id).join(
        Letter, (Letter.service_id == Reminder.service_id) & (Letter.id == Reminder.letter_id)
    )
    db.session.execute(
        delete(ReminderThing).where(
            ReminderThing.service_id == reminder.service_id,
            ReminderThing.enrolment_id == reminder.enrolment_id,
            ReminderThing.key.in_(keys),
            ReminderThing.reminder_id.in_(
                not_told.where(
                    Reminder.service_id == reminder.service_id,
                    Letter.withdrawn_at.is_not(None) | Letter.failed_at.is_not(None),
                )
            ),
        )
    )
    db.session.add_all(
        ReminderThing(
            service_id=reminder.service_id,
            enrolment_id=reminder.enrolment_id,
            key=key,
            reminder_id=reminder.id,
        )
        for key in keys
    )
    db.session.flush()


def _invitation(known: Known, way: str) -> str | None:
    """A new link for who has not activated; a letter has none, its reader has a code. Earlier links go on."""
    patient = known.patient
    if patient.account_id is not None or way == "letter":
        return None
    return tokens.make("invitation", service_id=patient.service_id, patient_id=patient.id)


def _done_in_the_week(enrolment: Enrolment, things: Sequence[Thing]) -> Done | None:
    """The numbers of the week that a summary is about; None where none is due."""
    summary = next((thing for thing in things if thing.kind is Kind.WEEKLY_SUMMARY), None)
    return None if summary is None else done_between(enrolment, *summary_week(summary.on))
