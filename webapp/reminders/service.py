"""The verbs of the reminders room: look who is due a message, and write it once."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people.models import Service
from webapp.reminders.rules import WRITTEN_FROM_HOUR, WRITTEN_UNTIL_HOUR

AT_A_TIME = 200


def write_messages(service: Service) -> int:
    """Write what is due now in this service, each patient's message committed by itself; returns how many.

    Nothing is written outside the hours of ``rules.WRITTEN_FROM_HOUR`` and ``WRITTEN_UNTIL_HOUR`` on local clocks.
    """
    hour = clock.local(clock.now(), service.time_zone).hour
    if not WRITTEN_FROM_HOUR <= hour < WRITTEN_UNTIL_HOUR:
        return 0
    today, written, after = clock.today(service.time_zone), 0, None
    while found := engagement.due_for_messages(service.id, today, AT_A_TIME, after):
        for _on, enrolment_id in found:
            written += _look_at(service.id, enrolment_id)
            db.session.commit()
        after = found[-1]
    return written


def _look_at(service_id: UUID, enrolment_id: UUID) -> int:
    service = db.session.get_one(Service, service_id)
    today = clock.today(service.time_zone)
    enrolment = engagement.take_for_messages(service_id, enrolment_id, today)
    if enrolment is not None:
        engagement.ask_for_messages_on(enrolment, today + timedelta(days=7))
    return 0
