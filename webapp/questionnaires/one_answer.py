"""Single answers in their published words, as an alert shows them: which question, what was answered, what later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.questionnaires.asked import texts_for
from webapp.questionnaires.catalogue import instruments
from webapp.questionnaires.models import Answer, SittingRow


@dataclass(frozen=True)
class Later:
    """What was answered to the same question afterwards; None: "I'd rather not say"."""

    at: datetime
    value: int | None
    said: str


@dataclass(frozen=True)
class AnswerInWords:
    """One answer. ``question`` and ``said`` are the published words, empty where their text is no longer here."""

    sitting_id: UUID
    heading: str
    question: str
    said: str
    value: int | None
    language: str
    at: datetime
    mode: str  # online paper phone
    entered_by: str | None
    written_on: date | None
    later: tuple[Later, ...]


def answers_in_words(by: Actor, answer_ids: Iterable[int]) -> dict[int, AnswerInWords]:
    """These answers of the service, each with what was answered to the same question later. Two queries."""
    ids = list(answer_ids)
    rows = db.session.execute(
        select(Answer, SittingRow)
        .join(SittingRow, (SittingRow.service_id == Answer.service_id) & (SittingRow.id == Answer.sitting_id))
        .where(Answer.service_id == by.service_id, Answer.id.in_(ids))
    ).all()
    after = _answers_of(by, {sitting.id for _answer, sitting in rows})
    return {answer.id: _in_words(answer, sitting, after) for answer, sitting in rows}


def _answers_of(by: Actor, sitting_ids: set[UUID]) -> list[Answer]:
    wanted = select(Answer).where(Answer.service_id == by.service_id, Answer.sitting_id.in_(sitting_ids))
    return list(db.session.scalars(wanted.order_by(Answer.id)))


def _in_words(answer: Answer, sitting: SittingRow, answers: list[Answer]) -> AnswerInWords:
    heading, question, said = _texts(answer)
    later = [
        one
        for one in answers
        if one.id > answer.id
        and (one.sitting_id, one.instrument, one.item) == (answer.sitting_id, answer.instrument, answer.item)
    ]
    return AnswerInWords(
        sitting_id=sitting.id,
        heading=heading,
        question=question,
        said=said,
        value=answer.value,
        language=answer.language,
        at=answer.at,
        mode=sitting.mode,
        entered_by=sitting.entered_by,
        written_on=sitting.written_on,
        later=tuple(Later(one.at, one.value, _texts(one)[2]) for one in later),
    )


def _texts(answer: Answer) -> tuple[str, str, str]:
    """Our name of the questionnaire, the question and the answer, in the language that was answered."""
    instrument: Any = instruments().by_id.get(answer.instrument)
    if instrument is None or not instrument.texts:
        return answer.instrument, "", answer.words or ""
    texts = texts_for(instrument, answer.language)
    labels = texts.labels_of(answer.item)
    said = answer.words or ("" if answer.value is None else labels.get(answer.value, str(answer.value)))
    return instrument.names_in(answer.language).heading, texts.items.get(answer.item, ""), said
