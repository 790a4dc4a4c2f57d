"""Telling people of an alert: a neutral message through the outbox, written in the alert's own transaction."""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from flask_babel import gettext as _
from sqlalchemy import select

from webapp.foundations import clock, jobs, post
from webapp.foundations.database import db
from webapp.foundations.languages import speaking
from webapp.foundations.post import Letter
from webapp.people import letters
from webapp.people import service as people
from webapp.people.models import Account
from webapp.safety.covering import Person, people_by_level
from webapp.safety.models import Alert, Notice
from webapp.safety.rules import Level, State, told_next
from webapp.safety.steps import write_step

ALERTS_PATH = "/alerts"
KIND = "alert"


def tell_up_to(alert: Alert, level: Level) -> None:
    """The alert stands at this level now: tell everybody up to it who was not told in this round."""
    alert.level = max(alert.level, level)
    if alert.next_step_at is not None:
        times = alert.deadlines
        alert.next_step_at = times.next_after(Level(alert.level))
    by_level = people_by_level(alert.service_id)
    told = {notice.account_id for notice in _notices(alert)}
    known = {person.account_id: person for some in by_level.values() for person in some}
    ids = {step: [person.account_id for person in some] for step, some in by_level.items()}
    tell(alert, [known[account_id] for account_id in told_next(Level(alert.level), told, ids)])  # type: ignore[index, arg-type]


def tell(alert: Alert, whom: Sequence[Person]) -> None:
    """Write a notice and its message for each. Somebody without an address is a step that says so."""
    for person in whom:
        if person.address:
            _write(alert, person)
        else:
            write_step(alert, "not_told", to_name=person.name)
    if whom:
        jobs.wake_the_sweep()


def _write(alert: Alert, person: Person) -> None:
    account = db.session.get_one(Account, person.account_id)
    service = people.service_with(alert.service_id)
    with speaking(account.language):
        subject = _("Please sign in: something waits for you at %(service)s", service=service.sender_name)
        text = render_template(
            "safety/letters/alert.txt.jinja", name=person.name, link=letters.address(ALERTS_PATH)
        )
    letter = post.write(alert.service_id, KIND, person.address, subject, text, language=account.language)
    db.session.add(
        Notice(
            service_id=alert.service_id,
            alert_id=alert.id,
            account_id=person.account_id,
            name=person.name,
            round=alert.round,
            level=alert.level,
            letter_id=letter.id,
            written_at=clock.now(),
        )
    )
    db.session.flush()


def settle_notices(limit: int = 100) -> int:
    """Write down what became of messages: sent, or given up. Each given up goes up a level. Returns how many."""
    rows = db.session.execute(
        select(Notice, Letter, Alert)
        .join(Letter, (Letter.service_id == Notice.service_id) & (Letter.id == Notice.letter_id))
        .join(Alert, (Alert.service_id == Notice.service_id) & (Alert.id == Notice.alert_id))
        .where(Notice.settled_at.is_(None), Letter.sent_at.is_not(None) | Letter.failed_at.is_not(None))
        .order_by(Notice.written_at, Notice.id)
        .limit(limit)
        .with_for_update(of=(Notice, Alert), skip_locked=True)
    ).all()
    for notice, letter, alert in rows:
        _settle(notice, letter, alert)
    return len(rows)


def _settle(notice: Notice, letter: Letter, alert: Alert) -> None:
    notice.settled_at = clock.now()
    if letter.sent_at is not None:
        write_step(alert, "told", to_name=notice.name, at=letter.sent_at)
        alert.notified_at = alert.notified_at or letter.sent_at
        if alert.state == State.RAISED:
            alert.state = State.NOTIFIED
        return
    write_step(alert, "not_told", to_name=notice.name)
    if alert.next_step_at is not None and alert.level < Level.EVERYONE:
        tell_up_to(alert, Level(alert.level + 1))


def _notices(alert: Alert) -> list[Notice]:
    return list(
        db.session.scalars(
            select(Notice).where(
                Notice.service_id == alert.service_id,
                Notice.alert_id == alert.id,
                Notice.round == alert.round,
            )
        )
    )
