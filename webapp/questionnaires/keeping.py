"""Keeping answers, and making scores of them. Answers are only ever added; the latest for a question counts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.questionnaires.alerts import raise_alerts
from webapp.questionnaires.asked import Question
from webapp.questionnaires.catalogue import instruments, twins
from webapp.questionnaires.definitions import Definition
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.models import Answer, ScoreRow, SittingRow
from webapp.questionnaires.own_battery import value_set_of
from webapp.questionnaires.rules import AnswerRefused, Score, score
from webapp.questionnaires.series import score_as_json
from webapp.questionnaires.sitting_view import Given, Key
from webapp.questionnaires.twin_rules import answers_for, is_derived, keys_of


@dataclass(frozen=True)
class TimePointAnswers:
    """The latest answers of one time point of an enrolment: ``here``, in one sitting, and in its others."""

    here: Mapping[Key, Given] = field(default_factory=dict)
    elsewhere: Mapping[Key, Given] = field(default_factory=dict)

    @property
    def numbers(self) -> tuple[dict[Key, int | None], dict[Key, int | None]]:
        """The same without words: what scores are made of."""
        return _numbers(self.here), _numbers(self.elsewhere)


def answers_at(by: Actor, enrolment: Enrolment, time_point: str, name: str) -> TimePointAnswers:
    """What was answered in the sitting of this name, and in the others of its time point. One query."""
    rows = db.session.execute(
        select(SittingRow.name, Answer.instrument, Answer.item, Answer.value, Answer.words)
        .join(Answer, (Answer.service_id == SittingRow.service_id) & (Answer.sitting_id == SittingRow.id))
        .where(
            SittingRow.service_id == by.service_id,
            SittingRow.enrolment_id == enrolment.id,
            SittingRow.time_point == time_point,
        )
        .order_by(Answer.id)
    )
    here: dict[Key, Given] = {}
    elsewhere: dict[Key, Given] = {}
    for sitting, instrument, item, value, words in rows:
        (here if sitting == name else elsewhere)[instrument, item] = value if words is None else words
    return TimePointAnswers(here, elsewhere)


def add_answers(
    by: Actor,
    enrolment: Enrolment,
    row: SittingRow,
    asked: Iterable[Question],
    before: Mapping[Key, Given],
    given: Mapping[Key, Given],
) -> list[str]:
    """Add what differs from ``before``; gives the names of the items that were added.

    An answer that a named person must see raises its alert here, in the same transaction.

    Raises:
        AnswerRefused: a question or a value that this sitting does not have; nothing is kept.
    """
    known = {each.key: each for each in asked}
    for key, value in given.items():
        _refuse_what_is_not_asked(known, key, value)
    whole = _with_what_was_not_ticked(known, before, given)
    new = {key: value for key, value in whole.items() if key not in before or before[key] != value}
    rows = [_answer(by, row, known[key], value) for key, value in new.items()]
    db.session.add_all(rows)
    db.session.flush()
    raise_alerts(by, enrolment, row, rows)
    return ["/".join(key) for key in new]


def keep_scores(by: Actor, enrolment: Enrolment, row: SittingRow, parts: Iterable[Instrument]) -> None:
    """Score every instrument of a finished sitting, and those that its time point's answers hold besides.

    A question that was asked in another questionnaire counts here too. Done again, nothing is added: a score
    that stands already is worked out anew.
    """
    here, elsewhere = answers_at(by, enrolment, row.time_point, row.name).numbers
    scored = _Scored(by, enrolment, row)
    for instrument in parts:
        own = any(key in here for key in keys_of(instrument.definition))
        of_this = answers_for(instrument.definition, (here, elsewhere), twins())
        if own or not of_this or not scored.is_elsewhere(instrument.id):
            scored.keep(instrument, of_this, derived=bool(of_this) and not own)
    answered = {key for key, value in (elsewhere | here).items() if value is not None}
    for instrument in instruments().by_id.values():
        if scored.knows(instrument.id) or not is_derived(instrument.definition, answered, twins()):
            continue
        scored.keep(instrument, _from_others(instrument.definition, (here, elsewhere)), derived=True)
    scored.work_out_derived_again((here, elsewhere))
    db.session.flush()


class _Scored:
    """The scores of one time point: those of this sitting, which are kept here, and which ones others hold."""

    def __init__(self, by: Actor, enrolment: Enrolment, row: SittingRow) -> None:
        found = db.session.execute(
            select(ScoreRow, SittingRow.id)
            .join(
                SittingRow,
                (SittingRow.service_id == ScoreRow.service_id) & (SittingRow.id == ScoreRow.sitting_id),
            )
            .where(
                SittingRow.service_id == by.service_id,
                SittingRow.enrolment_id == enrolment.id,
                SittingRow.time_point == row.time_point,
            )
        ).all()
        self._row = row
        self._service = people.service_with(row.service_id)
        self._here = {each.instrument: each for each, sitting_id in found if sitting_id == row.id}
        self._elsewhere = {each.instrument: each for each, sitting_id in found if sitting_id != row.id}
        self._kept: set[str] = set()

    def is_elsewhere(self, instrument: str) -> bool:
        """Has another sitting of the time point a score of this instrument?"""
        return instrument in self._elsewhere

    def knows(self, instrument: str) -> bool:
        """Has any sitting of the time point a score of this instrument?"""
        return instrument in self._elsewhere or instrument in self._here

    def keep(self, instrument: Instrument, answers: Mapping[str, int | None], *, derived: bool) -> None:
        """Write the score down, over the one that this sitting has of the instrument."""
        values = self._worked_out(instrument, answers) | {"derived": derived}
        known = self._here.get(instrument.id)
        if known is None:
            row = self._row
            whose = {"service_id": row.service_id, "sitting_id": row.id, "patient_id": row.patient_id}
            known = ScoreRow(**whose, instrument=instrument.id, at=row.finished_at, on=self._on, **values)
            db.session.add(known)
            self._here[instrument.id] = known
        _set(known, values | {"on": self._on})
        self._kept.add(instrument.id)

    def work_out_derived_again(self, places: Sequence[Mapping[Key, int | None]]) -> None:
        """Derived scores of the time point that stood already follow answers that were changed meanwhile."""
        for name, known in (self._elsewhere | self._here).items():
            if known.derived and name not in self._kept and name in instruments().by_id:
                instrument = instruments().get(name)
                _set(known, self._worked_out(instrument, _from_others(instrument.definition, places)))

    def _worked_out(self, instrument: Instrument, answers: Mapping[str, int | None]) -> dict[str, Any]:
        value_set = value_set_of(self._service, instrument.definition)
        return _columns(instrument, score(instrument.definition, answers, value_set=value_set))

    @property
    def _on(self) -> date:
        """The day that stands on the paper, else the local day on which the sitting was finished."""
        finished_at = self._row.finished_at or clock.now()
        return self._row.written_on or clock.local(finished_at, self._service.time_zone).date()


def _from_others(definition: Definition, places: Sequence[Mapping[Key, int | None]]) -> dict[str, int | None]:
    """The answers to an instrument that was not asked: its twins' in what was, never its own from an earlier set."""
    others = [{key: value for key, value in place.items() if key[0] != definition.id} for place in places]
    return answers_for(definition, others, twins())


def _set(row: ScoreRow, values: Mapping[str, Any]) -> None:
    for name, value in values.items():
        setattr(row, name, value)


def _columns(instrument: Instrument, found: Score) -> dict[str, Any]:
    return {
        "version": instrument.version,
        "total": found.total,
        "exact": None if found.exact is None else str(found.exact),
        "subscales": {name: score_as_json(each) for name, each in found.subscales.items()},
        "answered": found.answered,
        "missing": list(found.missing),
        "prorated": found.prorated,
        "reason": None if found.reason is None else found.reason.value,
    }


def _answer(by: Actor, row: SittingRow, question: Question, value: Given) -> Answer:
    return Answer(
        service_id=row.service_id,
        sitting_id=row.id,
        instrument=question.key[0],
        item=question.key[1],
        value=value if isinstance(value, int) else None,
        words=value if isinstance(value, str) else None,
        at=clock.now(),
        language=question.texts.language,
        fingerprint=question.texts.fingerprint,
        account_id=by.account_id,
    )


def _refuse_what_is_not_asked(asked: Mapping[Key, Question], key: Key, value: Given) -> None:
    question = asked.get(key)
    if question is None or (isinstance(value, str) is not question.is_words and value is not None):
        raise AnswerRefused("/".join(key), value, None)
    if isinstance(value, int):
        score(question.instrument.definition, {key[1]: value})


def _with_what_was_not_ticked(
    asked: Mapping[Key, Question], before: Mapping[Key, Given], given: Mapping[Key, Given]
) -> dict[Key, Given]:
    """A page of sentences to tick was saved: what was not ticked on it is 0, never missing."""
    saved = {key[0] for key in given if asked[key].is_tick}
    unticked: dict[Key, Given] = {
        key: 0
        for key, question in asked.items()
        if question.is_tick and key[0] in saved and key not in before
    }
    return unticked | dict(given)


def _numbers(answers: Mapping[Key, Given]) -> dict[Key, int | None]:
    return {key: value for key, value in answers.items() if not isinstance(value, str)}
