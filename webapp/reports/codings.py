"""The names by which others know our things in FHIR R4: code systems, extensions, addresses, references.

Sources: hl7.org/fhir/R4; extensions ordinalValue, minValue, maxValue, data-absent-reason and completionMode of its core;
itemWeight of Structured Data Capture 4 (which takes the place of ordinalValue: both are written).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from webapp.questionnaires.instruments import Codes, Instrument

Resource = dict[str, Any]

LOINC = "http://loinc.org"
SNOMED = "http://snomed.info/sct"
UNITS = "http://unitsofmeasure.org"
OBSERVATION_CATEGORY = "http://terminology.hl7.org/CodeSystem/observation-category"
ABSENT_REASON = "http://terminology.hl7.org/CodeSystem/data-absent-reason"
PARTICIPATION = "http://terminology.hl7.org/CodeSystem/v3-ParticipationMode"
DISPLAY_CATEGORY = "http://hl7.org/fhir/questionnaire-display-category"
_CORE = "http://hl7.org/fhir/StructureDefinition/"
ORDINAL_VALUE, ITEM_WEIGHT = f"{_CORE}ordinalValue", f"{_CORE}itemWeight"
MIN_VALUE, MAX_VALUE = f"{_CORE}minValue", f"{_CORE}maxValue"
DATA_ABSENT = f"{_CORE}data-absent-reason"
COMPLETION_MODE = f"{_CORE}questionnaireresponse-completionMode"
DISPLAY_CATEGORY_OF_ITEM = f"{_CORE}questionnaire-displayCategory"
LOINC_NOTICE = (
    "This material contains content from LOINC (http://loinc.org). LOINC is copyright © Regenstrief Institute, Inc. "
    "and the Logical Observation Identifiers Names and Codes (LOINC) Committee and is available at no cost under the "
    "license at http://loinc.org/license. LOINC® is a registered United States trademark of Regenstrief Institute, Inc."
)
COMPLETED = {"online": "ELECTRONIC", "paper": "WRITTEN", "phone": "VERBAL"}


@dataclass(frozen=True)
class Place:
    """Under which address our own names stand: the installation's, and one service's for patients' numbers."""

    base_url: str
    service_id: UUID

    @property
    def fhir(self) -> str:
        """The root of every address of ours."""
        return f"{self.base_url.rstrip('/')}/fhir"

    def full_url(self, resource: Resource) -> str:
        """The address of a resource: what others refer to."""
        return f"{self.fhir}/{reference_to(resource)}"

    def questionnaire(self, instrument_id: str) -> str:
        """The canonical address of a questionnaire, without its version."""
        return f"{self.fhir}/Questionnaire/{instrument_id}"

    def answers_of(self, instrument_id: str) -> str:
        """Our code system for the answers of a questionnaire that have no LOINC code."""
        return f"{self.fhir}/CodeSystem/{instrument_id}"

    @property
    def scores(self) -> str:
        """Our code system for scores: ``peg-3``, ``phq-8.phq-2``."""
        return f"{self.fhir}/CodeSystem/scores"

    @property
    def patient_references(self) -> str:
        """Within this service, local numbers are unique."""
        return f"{self.fhir}/sid/{self.service_id}/patient-reference"

    @property
    def sittings(self) -> str:
        """What a sitting's id belongs to; the same id stands in the tables."""
        return f"{self.fhir}/sid/{self.service_id}/sitting"

    def extension(self, name: str) -> str:
        """One of our own extensions."""
        return f"{self.fhir}/StructureDefinition/{name}"


def reference_to(resource: Resource) -> str:
    """How another resource names this one: ``Patient/0192…``."""
    return f"{resource['resourceType']}/{resource['id']}"


def id_within(whole: UUID, part: str) -> str:
    """The id of a part (a questionnaire of a sitting, a subscale of a score): the same in every copy."""
    return str(uuid5(whole, part))


def coding(system: str, code: str, display: str | None = None) -> Resource:
    """A code of a system, with the words for it where they are known."""
    found = {"system": system, "code": code}
    return found if display is None else {**found, "display": display}


def answer_coding(place: Place, one: Instrument, item_id: str, value: int, display: str | None) -> Resource:
    """The code of one answer: LOINC's where it is known, else our own, which names question and value."""
    known = one.codes.answers_of(item_id).get(value)
    if known is not None and not _has_answers_of_its_own(one, item_id):
        return coding(LOINC, known, display)
    return coding(place.answers_of(one.id), f"{item_id}.{value}", display)


def _has_answers_of_its_own(one: Instrument, item_id: str) -> bool:
    """True for a question whose answers have other words than the rest, and no codes of their own."""
    own_words = any(item_id in texts.item_labels for texts in one.texts.values())
    return own_words and item_id not in one.codes.item_answers


def score_codings(
    place: Place, one: Instrument | None, instrument_id: str, scale_id: str | None
) -> list[Resource]:
    """The codes of a score: LOINC of the score (never of the panel), SNOMED CT, and our own. None: the total."""
    own = coding(place.scores, instrument_id if scale_id is None else f"{instrument_id}.{scale_id}")
    if one is None:
        return [own]
    loinc, snomed = _codes_of(one.codes, scale_id)
    found = [(LOINC, loinc), (SNOMED, snomed)]
    return [*(coding(system, code) for system, code in found if code is not None), own]


def _codes_of(codes: Codes, scale_id: str | None) -> tuple[str | None, str | None]:
    if scale_id is None:
        return codes.score, codes.snomed
    return codes.subscales.get(scale_id), codes.snomed_subscales.get(scale_id)


def extension(url: str, **value: Any) -> Resource:
    """An extension with its one value: ``extension(url, valueInteger=3)``."""
    return {"url": url, **value}


def without_nothing(resource: Mapping[str, Any]) -> Resource:
    """The resource without what is unknown: FHIR has no null and no empty list."""
    return {name: value for name, value in resource.items() if value not in (None, "", [], {})}
