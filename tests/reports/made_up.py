"""Sittings made up in memory, scored by the rules of their questionnaires, and HL7's own schema to hold them against."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

from hypothesis import strategies as st
from jsonschema import Draft6Validator

from webapp.questionnaires.instruments import Instrument, Instruments
from webapp.questionnaires.rules import Definition, ItemKind, Score, score
from webapp.questionnaires.twin_rules import twins_of
from webapp.reports.answer_resources import Copying, observations, patient, responses
from webapp.reports.codings import Place, Resource
from webapp.reports.files import json_text
from webapp.reports.questionnaire_resource import questionnaire
from webapp.reports.reads import Given, Key, Result, Scored, Sent
from webapp.reports.tables import Shelf

SCHEMA = Path(__file__).with_name("fhir-r4.schema.json")
BASE = "https://waymark.example.org"
SERVICE = UUID("01934a00-0000-7000-8000-000000000001")
PATIENT = UUID("01934a00-0000-7000-8000-000000000002")
SITTING = UUID("01934a00-0000-7000-8000-000000000003")
AT = datetime(2026, 7, 1, 9, 30, 15, 123456, tzinfo=UTC)
ASHA = SimpleNamespace(
    id=PATIENT, reference="PMP-0412", given_name="Asha", family_name="Patel", born_on=date(1979, 3, 3)
)


@cache
def schema() -> Draft6Validator:
    """The official JSON schema of FHIR R4, as far as it is needed here."""
    return Draft6Validator(json.loads(SCHEMA.read_text(encoding="utf-8")))


def faults(resource: Resource) -> list[str]:
    """What the official schema has against a resource of its own type. (The schema itself says only "one of".)"""
    own = schema().evolve(schema={**schema().schema, "oneOf": [], "$ref": _definition(resource)})
    assert _definition(resource).rsplit("/", 1)[1] in schema().schema["definitions"]
    return [
        f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}"
        for e in own.iter_errors(_as_sent(resource))
    ]


# The simple elements with the cardinality 1..1 in R4. HL7's schema cannot require them (an extension may stand for one).
NEEDED = {
    "Bundle": ("type",),
    "Questionnaire": ("status",),
    "QuestionnaireResponse": ("status",),
    "Observation": ("status",),
}
NEEDED_IN_ITEMS = {"Questionnaire": ("linkId", "type"), "QuestionnaireResponse": ("linkId",)}


def missing_in(node: Any, kind: str = "") -> list[str]:
    """Where a simple element is missing that R4 requires: in resources, items and extensions, however deep."""
    if isinstance(node, list):
        return [fault for one in node for fault in missing_in(one, kind)]
    if not isinstance(node, dict):
        return []
    kind = node.get("resourceType", kind)
    needed = NEEDED.get(kind, ()) if "resourceType" in node else ()
    found = [f"{kind}.{name}" for name in needed if name not in node]
    for item in node.get("item", []):
        found += [f"{kind}.item.{name}" for name in NEEDED_IN_ITEMS[kind] if name not in item]
    found += [f"{kind}.extension.url" for one in node.get("extension", []) if "url" not in one]
    return found + [fault for value in node.values() for fault in missing_in(value, kind)]


def _definition(resource: Resource) -> str:
    return f"#/definitions/{resource['resourceType']}"


def _as_sent(resource: Resource) -> Any:
    return json.loads(json_text(resource))


def answers_to(definition: Definition) -> st.SearchStrategy[dict[str, int | str | None]]:
    """Any answers: some left open (not there), some "I'd rather not say" (None)."""
    each: dict[str, st.SearchStrategy[Any]] = {}
    for item in definition.items:
        given = st.text(min_size=1, max_size=40).filter(lambda text: bool(text.strip()))
        numbers = st.integers(item.minimum, item.maximum)
        each[item.id] = st.none() | (given if item.kind is ItemKind.WORDS else numbers)
    return st.fixed_dictionaries({}, optional=each)


def sitting(
    *parts: tuple[Instrument, Mapping[str, int | str | None]],
    derived: Sequence[tuple[Instrument, Mapping[str, int | str | None]]] = (),
    **row: Any,
) -> Sent:
    """A sitting that was sent, with its scores; ``row`` has what differs from an ordinary one."""
    answers: dict[Key, Given] = {}
    for one, values in parts:
        answers |= {(one.id, item): _given(one, value) for item, value in values.items()}
    scores = [_scored(one, values, derived=False) for one, values in parts]
    scores += [_scored(one, values, derived=True) for one, values in derived]
    usual = {
        "id": SITTING, "patient_id": PATIENT, "reference": "PMP-0412", "battery": "default/1",
        "time_point": "baseline", "name": "baseline-pain", "mode": "online", "entered_by": None, "written_on": None,
        "checked_by": None, "checked_at": None, "short": False, "helped": False, "finished_at": AT,
    }  # fmt: skip
    return Sent(SimpleNamespace(**usual | row), answers, tuple(scores))


def complete(one: Instrument, value: int | None = None) -> dict[str, int | str | None]:
    """Every question answered: with this value, or with the highest."""
    return {
        item.id: "My own words"
        if item.in_words
        else min(item.maximum, item.maximum if value is None else value)
        for item in one.definition.items
    }


def copying(known: Instruments, *, in_full: bool = True) -> Copying:
    """How the copies of these tests are made."""
    twins = twins_of(each.definition for each in known.by_id.values())
    return Copying(Place(BASE, SERVICE), "Europe/London", Shelf(known, twins), in_full=in_full)


def bundle_of(sent: Iterable[Sent], used: Iterable[Instrument], how: Copying) -> Resource:
    """Everything of these sittings in one Bundle, as the service makes it."""
    sent = list(sent)
    found = [
        patient(ASHA, how),
        *(questionnaire(one, how.place) for one in used if one.texts),
        *(one for each in sent for one in responses(each, how)),
        *(one for each in sent for one in observations(each, how)),
    ]
    entries = [{"fullUrl": how.place.full_url(one), "resource": one} for one in found]
    return {"resourceType": "Bundle", "type": "collection", "timestamp": AT.isoformat(), "entry": entries}


def _given(one: Instrument, value: int | str | None) -> Given:
    texts = next(iter(one.texts.values()), None)
    words = value if isinstance(value, str) else None
    number = None if isinstance(value, str) else value
    language, fingerprint = (texts.language, texts.fingerprint) if texts else ("en", "0" * 64)
    return Given(number, words, AT, language, fingerprint)


def _scored(one: Instrument, values: Mapping[str, int | str | None], *, derived: bool) -> Scored:
    found = score(one.definition, values)
    subscales = {name: _result(each) for name, each in found.subscales.items()}
    return Scored(
        uuid5(SITTING, f"score of {one.id}"),
        one.id,
        one.version,
        derived,
        AT.date(),
        _result(found),
        subscales,
    )


def _result(found: Score) -> Result:
    return Result(
        found.total,
        None if found.exact is None else str(found.exact),
        found.answered,
        found.missing,
        found.prorated,
        None if found.reason is None else found.reason.value,
    )
