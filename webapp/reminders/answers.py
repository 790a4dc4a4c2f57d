"""What patients answer by one tap from a message, without signing in, and what it brings about.

The secret of a link is the only proof: it may do what its five answers do, pause or stop our messages, and nothing
else. The latest answer from a message counts; an earlier one is taken back where that is possible.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import CallRequest, Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor, May
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people import tokens
from webapp.people.models import Patient, Service

from .answer_rules import ABOUT, write_again_on
from .choices import choice_of, quiet_until, start_again, stop
from .models import Reminder, ReminderAnswer
from .rules import Answer

__all__ = [
    "Link",
    "answer",
    "answers_of",
    "choice_of",
    "latest_of",
    "link_of",
    "quiet_until",
    "start_again",
    "stop",
]

PURPOSE = "message"
JOB = "answer from a message"
SAME_MOMENT = timedelta(minutes=1)
"""A message and its secret are written in one transaction, as are an answer and the call that it asks for."""


@dataclass(frozen=True)
class Link:
    """A message's link that we know: whose it is and which message it belongs to.

    is_over: its 60 days are over. It may still stop messages, and nothing else.
    """

    service: Service
    patient: Patient
    reminder: Reminder
    enrolment: Enrolment
    is_over: bool

    @property
    def by(self) -> Actor:
        """Who acts when a link is tapped: nobody has signed in."""
        return Actor(self.service.id, job=JOB, capability=May.FOLLOW_COURSE)

    @property
    def today(self) -> date:
        """The service's local day."""
        return clock.today(self.service.time_zone)

    @property
    def takes_answers(self) -> bool:
        """May it still be answered? Not after 60 days, and not after its way through the course has ended."""
        if self.is_over or self.enrolment.ended_on is not None:
            return False
        return engagement.current_enrolment(self.by, self.patient.id).id == self.enrolment.id


def is_known(secret: str) -> bool:
    """Did we make this secret for a message, whenever that was?"""
    return tokens.find(PURPOSE, secret) is not None


def link_of(secret: str, *, for_change: bool = False) -> Link | None:
    """The link with this secret, whatever its age; None if there is none. Enters its service.

    ``for_change`` holds its message until the transaction ends, so that two taps come one after the other.
    """
    token = tokens.find(PURPOSE, secret)
    if token is None or token.service_id is None or token.patient_id is None:
        return None
    enter_service(token.service_id)
    rows = select(Reminder).where(
        Reminder.service_id == token.service_id,
        Reminder.patient_id == token.patient_id,
        Reminder.at.between(token.made_at - SAME_MOMENT, token.made_at + SAME_MOMENT),
    )
    rows = rows.order_by(Reminder.at.desc()).limit(1)
    reminder = db.session.scalar(rows.with_for_update() if for_change else rows)
    if reminder is None:
        return None
    service = people.service_with(token.service_id)
    patient = db.session.get_one(Patient, (token.service_id, token.patient_id))
    enrolment = db.session.get_one(Enrolment, (token.service_id, reminder.enrolment_id))
    return Link(service, patient, reminder, enrolment, token.expires_at <= clock.now())


def answer(
    link: Link, said: Answer, *, until_on: date | None = None, may_we_ring: bool = True
) -> ReminderAnswer:
    """Write down what was tapped and do it. The same answer twice is one answer.

    ``until_on``: the day for *later*. ``may_we_ring``: whether *not for me* asks for a call.

    Raises:
        ValueError: *later* without a day from tomorrow to 28 days on.
    """
    until_on = write_again_on(said, until_on, link.today)
    before = latest_of(link)
    if before is not None and _says_the_same(link, before, said, until_on, may_we_ring=may_we_ring):
        return before
    if before is not None:
        _take_back(link, before)
    row = ReminderAnswer(
        service_id=link.service.id,
        enrolment_id=link.enrolment.id,
        reminder_id=link.reminder.id,
        answer=said.value,
        until_on=until_on,
        at=clock.now(),
        on=link.today,
    )
    db.session.add(row)
    audit.record(link.by, "answered", "reminder", link.reminder.id, patient_id=link.patient.id)
    _do(link, said, until_on, may_we_ring=may_we_ring)
    engagement.ask_for_messages_on(link.enrolment, link.today)
    return row


def latest_of(link: Link) -> ReminderAnswer | None:
    """What counts now of this message's answers."""
    rows = select(ReminderAnswer).where(
        ReminderAnswer.service_id == link.service.id, ReminderAnswer.reminder_id == link.reminder.id
    )
    return db.session.scalar(rows.order_by(ReminderAnswer.id.desc()).limit(1))


def answers_of(service_id: UUID, enrolment_id: UUID) -> list[ReminderAnswer]:
    """Every answer of an enrolment, newest first; of one message the first of them counts."""
    rows = select(ReminderAnswer).where(
        ReminderAnswer.service_id == service_id, ReminderAnswer.enrolment_id == enrolment_id
    )
    return list(db.session.scalars(rows.order_by(ReminderAnswer.id.desc())))


def asked_by(link: Link, said: ReminderAnswer) -> CallRequest | None:
    """The open call that this answer asked for; None if it asked for none, or somebody has dealt with it."""
    request = requests.open_call_request(link.enrolment)
    if request is None or request.about != ABOUT.get(Answer(said.answer)):
        return None
    return request if said.at <= request.asked_at <= said.at + SAME_MOMENT else None


def _says_the_same(
    link: Link, before: ReminderAnswer, said: Answer, until_on: date | None, *, may_we_ring: bool
) -> bool:
    if (before.answer, before.until_on) != (said.value, until_on):
        return False
    return said is not Answer.NOT_FOR_ME or may_we_ring == (asked_by(link, before) is not None)


def _do(link: Link, said: Answer, until_on: date | None, *, may_we_ring: bool) -> None:
    if until_on is not None:
        quiet_until(link.patient.id, until_on, by=link.by)
    if said is Answer.FLARE_UP:
        requests.report_flare(link.enrolment, by=link.by, anew=True)
    if said is Answer.STUCK or (said is Answer.NOT_FOR_ME and may_we_ring):
        _ask_for_call(link, ABOUT[said])


def _ask_for_call(link: Link, about: str) -> None:
    """Unless a call is waited for already: it may be about more than this."""
    if requests.open_call_request(link.enrolment) is None:
        requests.ask_for_call(link.enrolment, about, by=link.by)


def _take_back(link: Link, before: ReminderAnswer) -> None:
    """What an earlier answer from the same message brought about, where that is possible. A flare-up stays."""
    chosen = choice_of(link.service.id, link.patient.id)
    if before.until_on is not None and chosen is not None and chosen.quiet_until_on == before.until_on:
        quiet_until(link.patient.id, None, by=link.by)
    if asked_by(link, before) is not None:
        requests.take_back_call(link.enrolment, by=link.by)
