"""The safety watch: every five minutes, service by service, with a heartbeat of its own."""

from __future__ import annotations

from webapp.foundations import jobs
from webapp.foundations.jobs import application, every_service
from webapp.safety.looking import WATCH
from webapp.safety.reconciling import watch


@jobs.jobs.periodic(cron="*/5 * * * *")
@jobs.jobs.task(name="safety_watch", queueing_lock="safety_watch")
def safety_watch(timestamp: int) -> None:
    """Look once whether every trigger has its alert, and whether every alert has somebody."""
    with application().app_context():
        watch_everywhere()


def watch_everywhere() -> None:
    """One round in every service, then the heartbeat."""
    for service_id in every_service():
        watch(service_id)
    jobs.beat(WATCH)
