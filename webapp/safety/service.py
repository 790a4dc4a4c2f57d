"""The verbs of the safety room: raise an alert, see it, own it, pass it on, record what was done, close, reopen.

An alert is raised in the transaction of what triggered it. Nothing here deletes. Other rooms call this file only.
"""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import select

from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.safety.covering import (
    NotCovered,
    Person,
    change_cover,
    cover_is_whole,
    cover_of,
    item_nine_is_on,
    people_by_level,
    readers,
    switch_item_nine,
    what_cover_lacks,
    working_time,
)
from webapp.safety.looking import (
    AlertsPage,
    NotFound,
    OpenAlert,
    Promise,
    Trouble,
    TroubleKind,
    alert_of,
    alert_of_trigger,
    alerts_of_patient,
    open_alerts,
    open_alerts_at,
    promise,
    steps_of,
    triggers_of,
    troubles,
)
from webapp.safety.models import Alert, Step
from webapp.safety.overview import (
    InFrame,
    NextStep,
    Recipient,
    frame_of,
    next_step_of,
    told_of,
    troubles_counted,
)
from webapp.safety.raising import begin_anew, raise_alert, tell_engagement
from webapp.safety.rules import Action, Kind, Level, State, may_be_closed, what_is_missing
from webapp.safety.steps import write_step
from webapp.safety.telling import tell, tell_up_to

__all__ = [
    "Action", "AlertsPage", "InFrame", "Kind", "Level", "NextStep", "NotCovered", "NotFound", "NotYet",
    "OpenAlert", "Person", "Promise", "Recipient", "State", "Trouble", "TroubleKind", "alert_of", "alert_of_trigger",
    "alerts_of_patient", "change_cover", "close", "cover_is_whole", "cover_of", "frame_of",
    "hand_up_from", "item_nine_is_on", "next_step_of",
    "note_hand_over", "open_alerts", "open_alerts_at", "own", "pass_on", "people_by_level", "promise", "raise_alert",
    "readers", "record_action", "reopen", "see", "steps_of", "switch_item_nine", "told_of", "triggers_of",
    "troubles", "troubles_counted", "what_closing_lacks", "what_cover_lacks", "working_time",
]  # fmt: skip


class NotYet(Exception):
    """The alert cannot take this step now. ``why``: closed, open, not_owned, no_action, handed_to or note."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def see(alert_id: UUID, *, by: Actor) -> Alert:
    """A named person has seen it. The first to say so stays the one that the patient reads.

    Raises:
        NotFound: no alert of this service. NotYet: it is closed.
    """
    alert = _open(alert_id, by)
    _note_seen(alert, by)
    return alert


def own(alert_id: UUID, *, by: Actor) -> Alert:
    """This person takes it on, from whoever had it; it goes up no further.

    Raises:
        NotFound: no alert of this service. NotYet: it is closed.
    """
    alert = _open(alert_id, by)
    if alert.owner_account_id == by.account_id:
        return alert
    _note_seen(alert, by)
    alert.owner_account_id, alert.owner_name, alert.owned_at = by.account_id, by.name, clock.now()
    alert.state, alert.next_step_at = State.OWNED, None
    write_step(alert, "owned", by=by)
    audit.record(by, "owned", "alert", alert.id, patient_id=alert.patient_id)
    return alert


def pass_on(alert_id: UUID, to_account_id: UUID, *, by: Actor) -> Alert:
    """Ask a colleague to take it. Until they do nobody owns it, and its clocks begin anew.

    Raises:
        NotFound: no alert, or no such colleague who may read answers. NotYet: it is closed.
    """
    alert = _open(alert_id, by)
    person = next((one for one in readers(by) if one.account_id == to_account_id), None)
    if person is None:
        raise NotFound(str(to_account_id))
    _note_seen(alert, by)
    write_step(alert, "passed_on", by=by, to_name=person.name)
    begin_anew(alert, State.SEEN)
    tell(alert, [person])
    audit.record(by, "passed_on", "alert", alert.id, patient_id=alert.patient_id)
    return alert


def record_action(alert_id: UUID, action: Action, note: str, handed_to: str = "", *, by: Actor) -> Alert:
    """Write down what was done; who does so owns the alert from now on.

    Raises:
        NotFound: no alert of this service. NotYet: it is closed, or the action needs a name or a note.
    """
    missing = what_is_missing(action, note, handed_to)
    if missing is not None:
        raise NotYet(missing)
    alert = own(alert_id, by=by)
    alert.acted_at, alert.state = clock.now(), State.ACTED
    alert.handed_to = handed_to.strip() or alert.handed_to
    write_step(
        alert, "action", by=by, to_name=handed_to.strip() or None, action=action.value, note=note.strip()
    )
    audit.record(by, "acted", "alert", alert.id, patient_id=alert.patient_id)
    return alert


def close(alert_id: UUID, *, by: Actor) -> Alert:
    """Close one alert, by the person who owns it, after an action that is more than a try.

    Raises:
        NotFound: no alert of this service. NotYet: closed already, owned by another, or nothing was done.
    """
    alert = _open(alert_id, by)
    lacks = what_closing_lacks(alert, steps_of(alert), by=by)
    if lacks is not None:
        raise NotYet(lacks)
    alert.state, alert.closed_at, alert.closed_by = State.CLOSED, clock.now(), by.name
    write_step(alert, "closed", by=by)
    audit.record(by, "closed", "alert", alert.id, patient_id=alert.patient_id)
    tell_engagement(alert, _enrolment(alert), by)
    return alert


def what_closing_lacks(alert: Alert, steps: Sequence[Step], *, by: Actor) -> str | None:
    """Why this person cannot close it now: ``closed``, ``not_owned``, ``no_action``; None: they can."""
    if alert.closed_at is not None:
        return "closed"
    owned = by.account_id is not None and alert.owner_account_id == by.account_id
    if not owned:
        return "not_owned"
    return None if may_be_closed(owned, _actions_since_opened(steps)) else "no_action"


def note_hand_over(alert_id: UUID, handed_to: str, *, by: Actor) -> Alert:
    """Somebody who may not own alerts says to whom they handed it. It closes nothing: a reader does that.

    Raises:
        NotFound: no alert of this service. NotYet: it is closed, or there is no name (``handed_to``).
    """
    alert = _open(alert_id, by)
    if not handed_to.strip():
        raise NotYet("handed_to")
    write_step(alert, "said", by=by, to_name=handed_to.strip())
    audit.record(by, "said", "alert", alert.id, patient_id=alert.patient_id)
    return alert


def reopen(alert_id: UUID, why: str, *, by: Actor) -> Alert:
    """Open it again, with a reason. It is told anew, and its clocks begin anew.

    Raises:
        NotFound: no alert of this service. NotYet: it is open, or there is no reason (``note``).
    """
    alert = _locked(alert_id, by)
    if alert.closed_at is None:
        raise NotYet("open")
    if not why.strip():
        raise NotYet("note")
    alert.closed_at, alert.closed_by = None, None
    write_step(alert, "reopened", by=by, note=why.strip())
    begin_anew(alert, State.RAISED)
    tell_up_to(alert, Level.OWNER)
    audit.record(by, "reopened", "alert", alert.id, patient_id=alert.patient_id)
    tell_engagement(alert, _enrolment(alert), by)
    return alert


def hand_up_from(account_id: UUID, *, by: Actor) -> int:
    """Somebody no longer reads answers here: every open alert of theirs goes up to the deputy and the leads.

    Returns how many. They never vanish and are never closed by this.
    """
    mine = select(Alert).where(
        Alert.service_id == by.service_id, Alert.owner_account_id == account_id, Alert.closed_at.is_(None)
    )
    alerts = db.session.scalars(mine.order_by(Alert.id).with_for_update()).all()
    for alert in alerts:
        write_step(alert, "handed_up", note="", to_name=alert.owner_name)
        begin_anew(alert, State.SEEN)
        tell_up_to(alert, Level.LEADS)
    return len(alerts)


def _note_seen(alert: Alert, by: Actor) -> None:
    if by.account_id is None:
        raise ValueError("Only a person sees an alert.")
    if alert.state in (State.RAISED, State.NOTIFIED):
        alert.state = State.SEEN
        write_step(alert, "seen", by=by)
        audit.record(by, "seen", "alert", alert.id, patient_id=alert.patient_id)
    if alert.seen_at is None:
        alert.seen_at, alert.seen_by = clock.now(), by.name


def _actions_since_opened(steps: Sequence[Step]) -> list[Action]:
    opened = max((place for place, one in enumerate(steps) if one.step in ("raised", "reopened")), default=0)
    return [Action(one.action) for one in steps[opened:] if one.action]


def _open(alert_id: UUID, by: Actor) -> Alert:
    alert = _locked(alert_id, by)
    if alert.closed_at is not None:
        raise NotYet("closed")
    return alert


def _locked(alert_id: UUID, by: Actor) -> Alert:
    wanted = select(Alert).where(Alert.service_id == by.service_id, Alert.id == alert_id).with_for_update()
    alert = db.session.scalar(wanted, execution_options={"populate_existing": True})
    if alert is None:
        raise NotFound(str(alert_id))
    return alert


def _enrolment(alert: Alert) -> Enrolment:
    return db.session.get_one(Enrolment, (alert.service_id, alert.enrolment_id))
