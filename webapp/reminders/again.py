"""Messages that did not arrive: sent again to the address that the record has now, or dealt with in another way."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import update

from webapp.foundations import audit, clock, jobs, post
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.people.letters import address
from webapp.people.models import Patient

from . import bounces
from .models import Reminder
from .rules import Kind
from .texts import About, HoleInMessage, Written
from .texts_kept import message_texts

REMINDER, LETTER = "reminder:", "letter"
CAN_GO_AGAIN = ("welcome_back",)
"""Kinds besides reminders that still say something true later. Links to sign in and invitations do not: they end."""


class NotFound(LookupError):
    """There is no such failed message in this service: a page answers 404."""


class NoWay(Exception):
    """It cannot go to the address that the record has now: there is none, it is not safe, or it does not work."""


def can_go_again(kind: str) -> bool:
    """May a message of this kind be sent again as it is?"""
    return kind.startswith(REMINDER) or kind in CAN_GO_AGAIN


def send_again(letter_id: UUID, by: Actor) -> Letter:
    """Put the same words into the outbox once more, to the address that the record has now; the failure is settled.

    What a patient stopped since, or what is no longer so, is withdrawn before it is sent, as ever.

    Raises:
        NotFound: there is no such failed message. NoWay: there is no address to which it may go.
    """
    letter = failed_letter(letter_id, by)
    if letter.patient_id is None or not can_go_again(letter.kind):
        raise NotFound(str(letter_id))
    if letter.settled_at is not None:
        return letter
    patient = people.patient_of(by, letter.patient_id)
    again = post.write(
        letter.service_id,
        letter.kind,
        _address_now(patient, letter.channel),
        letter.subject,
        letter.text,
        language=letter.language,
        patient_id=patient.id,
        channel=letter.channel,
        html=letter.html,
        stop_url=letter.stop_url,
        quiet_in=letter.quiet_in,
    )
    _now_in(letter, again)
    _settle(letter, by)
    audit.record(by, "sent_again", "message", letter.id, patient_id=patient.id)
    jobs.wake_the_sweep()
    return again


def can_be_printed(kind: str) -> bool:
    """Are there words for a printed letter about this?"""
    return (lead := _kind_of(kind)) is not None and message_texts().may_be_letter(lead)


def print_instead(letter_id: UUID, by: Actor) -> Letter:
    """Say the same by post: a letter that waits to be printed, in the letter's own words. The failure is settled.

    Raises:
        NotFound: there is no such failed message. NoWay: the post is not safe, not chosen or has no address that
            works, or this message has no words for a letter.
    """
    letter = failed_letter(letter_id, by)
    lead = _kind_of(letter.kind)
    if letter.patient_id is None or lead is None or letter.channel == LETTER:
        raise NotFound(str(letter_id))
    if letter.settled_at is not None:
        return letter
    patient = people.patient_of(by, letter.patient_id)
    words = _on_paper(letter, lead, patient)
    instead = post.write(
        letter.service_id, letter.kind, _address_now(patient, LETTER), words.subject, words.text,
        language=words.language, patient_id=patient.id, channel=LETTER,
    )  # fmt: skip
    _now_in(letter, instead)
    _settle(letter, by)
    audit.record(by, "wrote_letter", "message", letter.id, patient_id=patient.id)
    return instead


def deal_with(letter_id: UUID, by: Actor) -> Letter:
    """Somebody has dealt with a message that did not arrive: it leaves the list.

    Raises:
        NotFound: there is no such failed message.
    """
    letter = failed_letter(letter_id, by)
    if letter.settled_at is None:
        _settle(letter, by)
        audit.record(by, "dealt_with", "message", letter.id, patient_id=letter.patient_id)
    return letter


def failed_letter(letter_id: UUID, by: Actor) -> Letter:
    """One message of this service that could not be sent.

    Raises:
        NotFound: there is none.
    """
    letter = db.session.get(Letter, (by.service_id, letter_id))
    if letter is None or letter.failed_at is None:
        raise NotFound(str(letter_id))
    return letter


def _kind_of(kind: str) -> Kind | None:
    name = kind.removeprefix(REMINDER)
    return Kind(name) if kind.startswith(REMINDER) and name in set(Kind) else None


def _on_paper(letter: Letter, lead: Kind, patient: Patient) -> Written:
    """The words by post, about what leads."""
    service = people.service_with(letter.service_id)
    about = About(
        first_name=patient.given_name,
        sender=service.sender_name,
        service_name=service.name,
        phone=service.phone,
        base=address("/sign-in"),
        link="",
    )
    try:
        return message_texts().written(lead, (), about, channel=LETTER, language=letter.language)
    except HoleInMessage as hole:
        raise NoWay(LETTER) from hole


def _now_in(letter: Letter, instead: Letter) -> None:
    """What was told, and may be answered, stands in another message now."""
    db.session.execute(
        update(Reminder)
        .where(Reminder.service_id == letter.service_id, Reminder.letter_id == letter.id)
        .values(letter_id=instead.id, channel=instead.channel)
    )


def _address_now(patient: Patient, channel: str) -> str:
    """Where it may go: safe, working, and (once they have chosen) chosen by the patient."""
    to = bounces.address_of(patient, channel)
    safe = {"email": patient.email_is_safe, "text": patient.text_is_safe, LETTER: patient.letter_is_safe}
    chosen = people.choices_of(patient.service_id, patient.id)
    if not to or not safe[channel] or (chosen and not chosen.get(channel)):
        raise NoWay(channel)
    if (channel, to) in bounces.bounced(patient.service_id, patient.id):
        raise NoWay(channel)
    return to


def _settle(letter: Letter, by: Actor) -> None:
    letter.settled_at, letter.settled_by = clock.now(), by.name
