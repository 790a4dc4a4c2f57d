"""The post of the demonstration: each made-up patient's messages, written and taken on the days on which they were due.

Nothing leaves the machine: the carrier takes everything and remembers the links, so that somebody can tap one.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time
from email.message import EmailMessage
from zoneinfo import ZoneInfo

from flask import current_app
from sqlalchemy import select

from webapp.engagement.models import Enrolment, Summary
from webapp.engagement.summing_up import sum_up
from webapp.foundations import clock, post
from webapp.foundations.database import db
from webapp.people.models import Service
from webapp.reminders import answers
from webapp.reminders import service as reminders
from webapp.reminders.rules import Answer

LOOKS_AT = time(10, 10)
"""The local time at which the demonstration asks whose messages are due; the real worker asks every ten minutes."""

_LINK = re.compile(r"/r/([\w-]{16,})")


class Post:
    """Looks after one patient's messages from one day to the next; before ``since_on`` there was no post."""

    def __init__(self, service: Service, since_on: date) -> None:
        self._service, self._zone, self._since_on = service, ZoneInfo(service.time_zone), since_on
        self._looked_at: datetime | None = None
        self._secret = ""

    def go_on_until(self, enrolment: Enrolment, moment: datetime) -> None:
        """Write and take what was due before this moment, and note each change of state on its day."""
        while (on := self._next_day(enrolment)) is not None:
            looks_at = datetime.combine(on, LOOKS_AT, self._zone)
            if looks_at >= moment:
                return
            with clock.standing_at(looks_at):
                self._look(enrolment)
            self._looked_at = looks_at

    def tap(self, answer: Answer) -> None:
        """The patient taps this answer in the latest message, now.

        Raises:
            LookupError: no message with a link has come.
        """
        link = answers.link_of(self._secret)
        if link is None:
            raise LookupError("There is no message to answer.")
        answers.answer(link, answer)

    def _look(self, enrolment: Enrolment) -> None:
        sum_up(enrolment, self._service)
        db.session.commit()
        written = reminders.look_at(self._service.id, enrolment.id)
        db.session.commit()
        if written:
            post.deliver_due(self._take, current_app.extensions["waymark_settings"].mail_from)

    def _take(self, message: EmailMessage) -> None:
        body = message.get_body(("plain",))
        if body is not None and (found := _LINK.search(str(body.get_content()))):
            self._secret = found[1]

    def _next_day(self, enrolment: Enrolment) -> date | None:
        """The next day on which a message or another state may be due; never a day that was looked at."""
        row = db.session.execute(
            select(Summary.remind_on, Summary.next_change_on, Summary.ranked_on).where(
                Summary.service_id == enrolment.service_id, Summary.enrolment_id == enrolment.id
            )
        ).one()
        days = [day for day in (row.remind_on, row.next_change_on) if day is not None]
        if self._looked_at is not None:
            days = [day for day in days if day > self._looked_at.date()]
        return max(min(days), row.ranked_on, self._since_on) if days else None
