"""What a patient answered as FHIR R4: ``Patient``, ``QuestionnaireResponse`` and ``Observation``.

An Observation is a number and nothing else: no band, no interpretation, no reference range.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.rules import ItemKind

from .codings import (
    ABSENT_REASON,
    COMPLETED,
    COMPLETION_MODE,
    DATA_ABSENT,
    OBSERVATION_CATEGORY,
    PARTICIPATION,
    UNITS,
    Place,
    Resource,
    answer_coding,
    coding,
    extension,
    id_within,
    score_codings,
    without_nothing,
)
from .questionnaire_resource import is_chosen, link_id
from .reads import Given, Scored, Sent
from .rules import AnswerState, moment, number
from .tables import TOTAL, ItemLine, ScoreLine, Shelf, item_lines, label_of, score_lines

ABSENT = {AnswerState.RATHER_NOT_SAY: "asked-declined", AnswerState.KEPT_BACK: "masked"}


@dataclass(frozen=True)
class Copying:
    """How a copy is made: under which addresses, on whose clocks, with names and words or without."""

    place: Place
    zone: str
    shelf: Shelf
    in_full: bool  # names, birthdays and answers in words; a copy of a whole service goes without


def patient(row: Any, how: Copying) -> Resource:
    """Who they are: the local number, and in a full copy name and date of birth."""
    named = {
        "name": [{"use": "official", "family": row.family_name, "given": [row.given_name]}],
        "birthDate": row.born_on.isoformat(),
    }
    number_here = {"system": how.place.patient_references, "value": row.reference}
    only = {"resourceType": "Patient", "id": str(row.id), "identifier": [number_here]}
    return {**only, **named} if how.in_full else only


def responses(sent: Sent, how: Copying) -> Iterator[Resource]:
    """One response for each questionnaire of a sitting."""
    lines = list(item_lines(sent, how.shelf, with_words=how.in_full))
    for scored in sent.asked:
        yield _response(sent, scored, [line for line in lines if line.scored is scored], how)


def observations(sent: Sent, how: Copying) -> Iterator[Resource]:
    """One observation for each score, subscales as their own."""
    for line in score_lines(sent, how.shelf):
        yield _observation(line, how)


def response_id(sent: Sent, instrument: str) -> str:
    """The id of the response to one questionnaire of a sitting."""
    return id_within(sent.row.id, instrument)


def _response(sent: Sent, scored: Scored, lines: list[ItemLine], how: Copying) -> Resource:
    row, place = sent.row, how.place
    languages = {line.given.language for line in lines if line.given is not None}
    return without_nothing(
        {
            "resourceType": "QuestionnaireResponse",
            "id": response_id(sent, scored.instrument),
            "language": next(iter(languages)) if len(languages) == 1 else None,
            "extension": list(_about_the_sitting(sent, scored, place)),
            "identifier": {"system": place.sittings, "value": f"{row.id}/{scored.instrument}"},
            "questionnaire": f"{place.questionnaire(scored.instrument)}|{scored.version}",
            "status": "completed",
            "subject": _whose(sent),
            "authored": moment(row.finished_at, how.zone),
            "author": {"type": "Practitioner", "display": row.entered_by} if row.entered_by else _whose(sent),
            "source": _whose(sent),
            "item": [one for line in lines if (one := _item(line, how)) is not None],
        }
    )


def _about_the_sitting(sent: Sent, scored: Scored, place: Place) -> Iterator[Resource]:
    row = sent.row
    how_given = {"coding": [coding(PARTICIPATION, COMPLETED[row.mode])], "text": row.mode}
    yield extension(COMPLETION_MODE, valueCodeableConcept=how_given)
    yield extension(place.extension("time-point"), valueCode=row.time_point)
    if row.written_on is not None:
        yield extension(place.extension("written-on"), valueDate=row.written_on.isoformat())
    if row.checked_by:
        yield extension(place.extension("checked-by"), valueString=row.checked_by)
    texts = {given.fingerprint for given in sent.answers_to(scored.instrument).values()}
    for fingerprint in sorted(texts):
        yield extension(place.extension("text-fingerprint"), valueString=fingerprint)


def _item(line: ItemLine, how: Copying) -> Resource | None:
    """One answer; for "I'd rather not say" the reason why there is none; nothing for a question left open."""
    name = {"linkId": link_id(line.scored.instrument, line.item_id)}
    if line.state in ABSENT:
        return {"extension": [extension(DATA_ABSENT, valueCode=ABSENT[line.state])], **name}
    if line.given is None:
        return None
    return {**name, "answer": [_answer(line, line.given, how)]}


def _answer(line: ItemLine, given: Given, how: Copying) -> Resource:
    one = how.shelf.instrument(line.scored)
    if given.value is None:
        return {"valueString": given.words}
    if one is None or line.item is None:
        return {"valueInteger": given.value}
    if line.item.kind is ItemKind.TICK:
        return {"valueBoolean": given.value == 1}
    if is_chosen(one, line.item):
        return {"valueCoding": _coding(one, line, given, how)}
    return {"valueInteger": given.value}


def _coding(one: Instrument, line: ItemLine, given: Given, how: Copying) -> Resource:
    assert given.value is not None
    label = None if one.licence.status == "plugin" else label_of(how.shelf, line.scored, line.item_id, given)
    return answer_coding(how.place, one, line.item_id, given.value, label)


def _observation(line: ScoreLine, how: Copying) -> Resource:
    scored, sent = line.scored, line.sent
    one = how.shelf.known.by_id.get(scored.instrument)
    scale_id = None if line.scale_id == TOTAL else line.scale_id
    return without_nothing(
        {
            "resourceType": "Observation",
            "id": str(scored.id) if scale_id is None else id_within(scored.id, scale_id),
            "status": "final",
            "category": [{"coding": [coding(OBSERVATION_CATEGORY, "survey", "Survey")]}],
            "code": {
                "coding": score_codings(how.place, one, scored.instrument, scale_id),
                "text": _said(one, scored.instrument, scale_id),
            },
            "subject": _whose(sent),
            "effectiveDateTime": _when(sent, how),
            "issued": moment(sent.row.finished_at, how.zone),
            "performer": [_whose(sent)],
            **_value(line),
            "note": [{"text": words} for words in _notes(line)],
            "derivedFrom": [
                {"reference": f"QuestionnaireResponse/{response_id(sent, name)}"}
                for name in _answered_in(line, how)
            ],
        }
    )


def _value(line: ScoreLine) -> Resource:
    total = line.result.total
    if total is not None:
        return {
            "valueQuantity": {"value": number(total), "unit": "{score}", "system": UNITS, "code": "{score}"}
        }
    answers = line.sent.answers_to(line.scored.instrument)
    declined = any(given.value is None and given.words is None for given in answers.values())
    why = coding(ABSENT_REASON, "asked-declined" if declined else "unknown")
    return {"dataAbsentReason": {"coding": [why], "text": line.result.reason}}


def _notes(line: ScoreLine) -> Iterator[str]:
    if line.result.prorated:
        missing = ", ".join(line.result.missing)
        yield f"Prorated: the rule of the questionnaire filled in for answers that are missing ({missing})."
    if line.scored.derived:
        yield "Derived: from the same questions in other questionnaires of this time point."


def _answered_in(line: ScoreLine, how: Copying) -> list[str]:
    """The questionnaires of this sitting in which the questions of a score were answered."""
    name = line.scored.instrument
    if not line.scored.derived:
        return [name]
    same = {other for key, group in how.shelf.twins.items() if key[0] == name for other, _item in group}
    return [scored.instrument for scored in line.sent.asked if scored.instrument in same]


def _when(sent: Sent, how: Copying) -> str:
    """The day on the paper, else the moment of sending."""
    written_on = sent.row.written_on
    return moment(sent.row.finished_at, how.zone) if written_on is None else str(written_on.isoformat())


def _said(one: Instrument | None, instrument_id: str, scale_id: str | None) -> str:
    if one is None:
        return instrument_id if scale_id is None else f"{instrument_id}: {scale_id}"
    names = one.names_in("en")
    return names.short if scale_id is None else names.subscales.get(scale_id, scale_id)


def _whose(sent: Sent) -> Resource:
    return {"reference": f"Patient/{sent.row.patient_id}"}
