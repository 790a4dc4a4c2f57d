"""Writing the messages that are due: every ten minutes, service by service, with a heartbeat of its own."""

from __future__ import annotations

from datetime import timedelta

from webapp.foundations import jobs
from webapp.foundations.jobs import application, every_service
from webapp.people import service as people
from webapp.reminders.service import write_messages

WRITER = "messages"
WRITER_STOPPED_AFTER = timedelta(minutes=30)
"""Three runs in a row that did not come; a long one leaves a heartbeat every 200 looks."""


@jobs.jobs.periodic(cron="*/10 * * * *")
@jobs.jobs.task(name="write_messages", queueing_lock="write_messages")
def write_due_messages(timestamp: int) -> None:
    """Write in every service what is due there now."""
    with application().app_context():
        write_everywhere()


def write_everywhere() -> int:
    """One round in every service, with a heartbeat again and again; returns how many messages were written."""
    written = 0
    for service_id in every_service():
        written += write_messages(people.service_with(service_id), after_some=_beat)
    _beat()
    return written


def _beat() -> None:
    jobs.beat(WRITER)
