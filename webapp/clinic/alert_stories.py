"""An alert, gathered for its page and for the list in a constant number of queries."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from webapp.engagement.models import CallRequest, Contact
from webapp.foundations.access import Actor
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.service import AnswerInWords
from webapp.safety import service as safety
from webapp.safety.models import Alert, Step, Trigger
from webapp.safety.service import NextStep, Recipient

from . import alert_reads
from .rules import row_id

ONLINE = "online"


@dataclass(frozen=True)
class AlertRow:
    """An open alert in the list: who was told, and what comes next if nobody takes it."""

    alert: Alert
    patient: Patient
    told: Sequence[Recipient]
    comes_next: NextStep | None


@dataclass(frozen=True)
class AlertList:
    """Up to fifty open alerts, the oldest first; ``next_after`` fetches those after them."""

    rows: tuple[AlertRow, ...]
    next_after: UUID | None


@dataclass(frozen=True)
class Cause:
    """What made the alert, in its own words: an answer, a call asked for, or a contact."""

    source: str
    at: datetime
    answer: AnswerInWords | None = None
    request: CallRequest | None = None
    contact: Contact | None = None


@dataclass(frozen=True)
class AlertStory:
    """Everything on the page of one alert. ``lacks``: why this person cannot close it now, None if they can."""

    alert: Alert
    patient: Patient
    causes: tuple[Cause, ...]
    steps: Sequence[Step]
    told: Sequence[Recipient]
    comes_next: NextStep | None
    help_shown_at: datetime | None
    lacks: str | None
    is_mine: bool

    @property
    def was_promised(self) -> bool:
        """Did the patient read by when somebody sees it? Not where the team typed it in, nor in a call."""
        if self.alert.kind == safety.Kind.CONCERN:
            return False
        return all(cause.answer is None or cause.answer.mode == ONLINE for cause in self.causes)


def alerts_open(by: Actor, after: UUID | None = None) -> AlertList:
    """The open alerts, the oldest first.

    Raises:
        safety.NotFound: ``after`` is no alert of this service.
    """
    page = safety.open_alerts(by, after)
    told = safety.told_of(by, [row.alert for row in page.rows])
    levels = safety.people_by_level(_service_id(by)) if page.rows else {}
    rows = [
        AlertRow(row.alert, row.patient, said, safety.next_step_of(row.alert, said, levels))
        for row in page.rows
        for said in [told.get(row.alert.id, [])]
    ]
    return AlertList(tuple(rows), page.next_after)


def story_of(by: Actor, alert_id: UUID) -> AlertStory:
    """One alert with its patient, its causes and its history.

    Raises:
        safety.NotFound: there is none in this service.
    """
    alert = safety.alert_of(by, alert_id)
    steps, told = safety.steps_of(alert), safety.told_of(by, [alert]).get(alert.id, [])
    levels = safety.people_by_level(alert.service_id)
    return AlertStory(
        alert=alert,
        patient=people.patient_of(by, alert.patient_id),
        causes=causes_of(by, safety.triggers_of(alert)),
        steps=steps,
        told=told,
        comes_next=safety.next_step_of(alert, told, levels),
        help_shown_at=alert_reads.help_page_shown_at(alert.service_id, alert.patient_id, alert.place),
        lacks=safety.what_closing_lacks(alert, steps, by=by),
        is_mine=alert.owner_account_id == by.account_id,
    )


def causes_of(by: Actor, triggers: Sequence[Trigger]) -> tuple[Cause, ...]:
    """What made an alert, in the order of the triggers. What is no longer found still says when it was."""
    service_id = _service_id(by)
    answers = _found(_ids(triggers, "answer"), lambda ids: questionnaires.answers_in_words(by, map(int, ids)))
    requests = _found(
        _ids(triggers, "call_request"), lambda ids: alert_reads.call_requests(service_id, _uuids(ids))
    )
    contacts = _found(_ids(triggers, "contact"), lambda ids: alert_reads.contacts(service_id, _uuids(ids)))
    return tuple(
        Cause(
            one.source,
            one.at,
            answers.get(_own_id(one)),
            requests.get(_own_id(one)),
            contacts.get(_own_id(one)),
        )
        for one in triggers
    )


def _found(ids: Collection[str], look_up: Callable[[Collection[str]], dict[Any, Any]]) -> dict[str, Any]:
    """Rows by their id as text; nothing is asked where there is nothing to find."""
    return {str(key): row for key, row in look_up(ids).items()} if ids else {}


def _ids(triggers: Iterable[Trigger], source: str) -> list[str]:
    return [_own_id(one) for one in triggers if one.source == source]


def _own_id(trigger: Trigger) -> str:
    """The row's own id: a call that was asked for again is a further trigger, ``id/2``."""
    return trigger.source_id.partition("/")[0]


def _uuids(ids: Iterable[str]) -> list[UUID]:
    return [found for one in ids if (found := row_id(one)) is not None]


def _service_id(by: Actor) -> UUID:
    assert by.service_id is not None, "alerts belong to a service"
    return by.service_id
