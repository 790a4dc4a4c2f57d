"""The messages of one patient, for the story: what each was about, what came of it, what was answered, what comes next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from webapp.reminders import answers, choices
from webapp.reminders.models import ReminderAnswer

from . import message_reads
from .message_reads import Silent


@dataclass(frozen=True)
class Told:
    """One message, and what the patient said to it by one tap (the latest counts)."""

    row: Any
    answer: ReminderAnswer | None


@dataclass(frozen=True)
class Messages:
    """What was written to a patient, newest first, and how it goes on.

    silent: ways by which nothing arrives. next_look_on: when the next message is thought about; None: nothing ahead.
    shows_answers: callers see that somebody answered, not what.
    """

    told: Sequence[Told]
    silent: Sequence[Silent]
    next_look_on: date | None
    has_stopped: bool
    quiet_until_on: date | None
    shows_answers: bool


def messages_of(
    service_id: UUID,
    patient_id: UUID,
    enrolment_id: UUID | None,
    next_look_on: date | None,
    *,
    reads_answers: bool,
) -> Messages:
    """Everything for the story's part about messages: four queries, however many there are.

    ``next_look_on``: the summary row's ``remind_on``; None without an enrolment.
    """
    said = _latest(answers.answers_of(service_id, enrolment_id)) if enrolment_id else {}
    choice = choices.choice_of(service_id, patient_id)
    return Messages(
        told=[
            Told(row, said.get(row.reminder_id)) for row in message_reads.messages_to(service_id, patient_id)
        ],
        silent=message_reads.silent_ways(service_id, [patient_id]).get(patient_id, []),
        next_look_on=next_look_on,
        has_stopped=choice is not None and choice.stopped_at is not None,
        quiet_until_on=choice.quiet_until_on if choice else None,
        shows_answers=reads_answers,
    )


def _latest(newest_first: Sequence[ReminderAnswer]) -> dict[UUID, ReminderAnswer]:
    found: dict[UUID, ReminderAnswer] = {}
    for one in newest_first:
        found.setdefault(one.reminder_id, one)
    return found
