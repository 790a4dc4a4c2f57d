"""Answers that a named person must see: which they are, and how to find those that have no alert."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, String, cast, false, or_, select

from webapp.engagement.models import Enrolment
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.models import Answer, SittingRow
from webapp.safety import reconciling
from webapp.safety import service as safety

SOURCE = "answer"


def raise_alerts(by: Actor, enrolment: Enrolment, row: SittingRow, answers: Sequence[Answer]) -> None:
    """An alert for each of these new answers that a person must see, in this transaction."""
    for answer in answers:
        if _is_trigger(answer):
            safety.raise_alert(
                enrolment,
                safety.Kind.ANSWER,
                str(row.id),
                SOURCE,
                str(answer.id),
                by=by,
                written_on=row.written_on,
            )


def tell_safety() -> None:
    """Let the five-minute check find every such answer of a service that has no alert."""
    reconciling.add_source(SOURCE, safety.Kind.ANSWER, answers_without_alert)


def answers_without_alert(service_id: UUID) -> Iterator[reconciling.Found]:
    """Every answer that a person must see and that is not among the alerts' triggers. A later answer changes nothing."""
    rows = db.session.execute(
        select(Answer.id, Answer.at, SittingRow.id, SittingRow.enrolment_id, SittingRow.written_on)
        .join(SittingRow, (SittingRow.service_id == Answer.service_id) & (SittingRow.id == Answer.sitting_id))
        .where(Answer.service_id == service_id, or_(false(), *_conditions()))
        .where(cast(Answer.id, String).not_in(reconciling.known_triggers(SOURCE)))
        .order_by(Answer.id)
    )
    for answer_id, at, sitting_id, enrolment_id, written_on in rows:
        yield reconciling.Found(str(answer_id), enrolment_id, str(sitting_id), at, written_on)


def _is_trigger(answer: Answer) -> bool:
    return instruments().get(answer.instrument).definition.item(answer.item).must_be_seen(answer.value)


def _conditions() -> list[ColumnElement[bool]]:
    return [
        (Answer.instrument == one.id) & (Answer.item == item.id) & (Answer.value >= item.alert_from)
        for one in instruments().by_id.values()
        for item in one.definition.items
        if item.alert_from is not None
    ]
