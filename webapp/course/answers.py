"""What patients answer in the exercises: saved, found again, shared or not, and said in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import distinct_on

from webapp.content import Block
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import ENGLISH

from . import shelf
from .exercises.answering import KINDS, in_words
from .models import ExerciseAnswer
from .service import InModule, begin, mark, settle
from .sharing import share, shared_names


@dataclass(frozen=True)
class Saved:
    """The latest saved answer to one exercise. ``id`` grows with each save."""

    id: int
    module: str
    name: str
    kind: str
    answer: dict[str, Any]
    fingerprint: str
    at: datetime


def save_answer(here: InModule, block: Block, data: Any, *, by: Actor) -> Saved:
    """Keep an answer to an exercise. Earlier ones stay; the latest counts."""
    begin(here, by=by)
    row = ExerciseAnswer(
        service_id=here.enrolment.service_id,
        enrolment_id=here.enrolment.id,
        patient_id=here.enrolment.patient_id,
        module=here.module.name,
        name=block.name,
        kind=block.kind,
        answer=KINDS[block.kind].keep(data),
        fingerprint=block.fingerprint,
        language=here.text.lang,
        at=clock.now(),
    )
    db.session.add(row)
    engagement.record(by, here.enrolment, "exercise_saved", f"{here.module.name}/{block.name}")
    if here.key is not None and here.key.name == block.name:
        mark(here, key_done_at=clock.now())
    settle(here, by=by)
    return Saved(row.id, row.module, row.name, row.kind, row.answer, row.fingerprint, row.at)


_SAVED = (
    ExerciseAnswer.id,
    ExerciseAnswer.module,
    ExerciseAnswer.name,
    ExerciseAnswer.kind,
    ExerciseAnswer.answer,
    ExerciseAnswer.fingerprint,
    ExerciseAnswer.at,
)


def answers_in(enrolment: Enrolment, module: str) -> dict[str, Saved]:
    """The latest answer to each exercise of a module in this enrolment, by the exercise's name."""
    rows = (
        select(*_SAVED)
        .ext(distinct_on(ExerciseAnswer.name))
        .where(
            ExerciseAnswer.service_id == enrolment.service_id,
            ExerciseAnswer.enrolment_id == enrolment.id,
            ExerciseAnswer.module == module,
        )
        .order_by(ExerciseAnswer.name, ExerciseAnswer.id.desc())
    )
    return {row.name: Saved(*row) for row in db.session.execute(rows)}


def answers_of(by: Actor, patient_id: UUID) -> list[Saved]:
    """The latest answer to each exercise that this patient ever answered, newest first."""
    rows = (
        select(*_SAVED)
        .ext(distinct_on(ExerciseAnswer.module, ExerciseAnswer.name))
        .where(ExerciseAnswer.service_id == by.service_id, ExerciseAnswer.patient_id == patient_id)
        .order_by(ExerciseAnswer.module, ExerciseAnswer.name, ExerciseAnswer.id.desc())
    )
    found = [Saved(*row) for row in db.session.execute(rows)]
    return sorted(found, key=lambda saved: saved.id, reverse=True)


def share_answer(here: InModule, block: Block, shared: bool, *, by: Actor) -> None:
    """Share the exercise with the team, or take that back: one tap each way."""
    share(here.enrolment.patient_id, thing_id(here.module.name, block.name), shared, by=by)


def thing_id(module: str, exercise: str) -> str:
    """How a shared exercise is called."""
    return f"{module}/{exercise}"


@dataclass(frozen=True)
class InWords:
    """An answer as a person reads it: which module, what was asked, what was answered, when."""

    module: str
    name: str
    page: str | None
    title: str
    question: str
    answer: str
    at: datetime


def said(saved: Saved, language: str) -> InWords | None:
    """A saved answer in words, or None if neither the module nor its exercise is there any more."""
    module = shelf.course().module(saved.module)
    if module is None:
        return None
    text = module.text(language)
    block = text.block(saved.name)
    if block is None or block.kind != saved.kind:
        return None
    page = next((page.name for page in text.pages if block in page.blocks), None)
    question = shelf.prompt_of(block.prompt_html)[1]
    return InWords(
        saved.module, saved.name, page, text.title, question, in_words(block, saved.answer), saved.at
    )


def shared_exercises(by: Actor, patient_id: UUID, language: str = ENGLISH) -> list[InWords]:
    """What this patient shares from the course, newest first, for the clinician's page about them."""
    names = shared_names(by, patient_id)
    if not names:
        return []
    shared = [saved for saved in answers_of(by, patient_id) if thing_id(saved.module, saved.name) in names]
    return [words for saved in shared if (words := said(saved, language))]
