"""What leaves as FHIR R4 is valid by HL7's own schema, for every questionnaire and any answers."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.reports.conftest import OWN_FOLDER
from tests.reports.made_up import (
    AT,
    BASE,
    answers_to,
    bundle_of,
    complete,
    copying,
    faults,
    missing_in,
    schema,
    sitting,
)
from webapp.questionnaires.instruments import Instrument, Instruments, read_instruments
from webapp.reports.answer_resources import observations, responses
from webapp.reports.codings import LOINC, SNOMED, Resource
from webapp.reports.files import json_text
from webapp.reports.questionnaire_resource import questionnaire

ALL = read_instruments([OWN_FOLDER])
IDS = sorted(ALL.by_id)
WITH_TEXT = [name for name in IDS if ALL.by_id[name].texts]
NEVER_IN_AN_OBSERVATION = {"interpretation", "referenceRange"}


def one_of(resources: list[Resource], **wanted: Any) -> Resource:
    found = [one for one in resources if all(one.get(name) == value for name, value in wanted.items())]
    assert len(found) == 1, found
    return found[0]


def codes_in(observation: Resource, system: str) -> list[str]:
    return [one["code"] for one in observation["code"]["coding"] if one["system"] == system]


@pytest.mark.parametrize("name", WITH_TEXT)
def test_every_questionnaire_with_text_is_valid(name: str) -> None:
    one = ALL.by_id[name]
    made = questionnaire(one, copying(ALL).place)
    assert faults(made) == []
    assert missing_in(made) == []
    assert made["url"] == f"{BASE}/fhir/Questionnaire/{name}"
    assert made["version"] == str(one.version)
    assert made["status"] == "active"
    assert made["copyright"].startswith(one.licence.notice)
    asked = {item["linkId"]: item for item in made["item"] if item["type"] != "display"}
    assert list(asked) == [f"{name}.{item.id}" for item in one.definition.items]
    for item in one.definition.items:
        assert asked[f"{name}.{item.id}"]["text"] == one.texts["en"].items[item.id]


@settings(deadline=None, max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@pytest.mark.parametrize("name", IDS)
@given(data=st.data(), in_full=st.booleans(), mode=st.sampled_from(["online", "paper", "phone"]))
def test_any_answers_make_a_valid_bundle(data: st.DataObject, in_full: bool, mode: str, name: str) -> None:
    one = ALL.by_id[name]
    values = data.draw(answers_to(one.definition))
    typed: dict[str, Any] = {"mode": mode, "entered_by": "Carol Osei", "written_on": date(2026, 6, 28)}
    sent = sitting((one, values), **(typed if mode != "online" else {}))
    whole = bundle_of([sent], [], copying(ALL, in_full=in_full))
    assert [fault for entry in whole["entry"] for fault in faults(entry["resource"])] == []
    assert missing_in(whole) == []
    response = next(
        e["resource"] for e in whole["entry"] if e["resource"]["resourceType"] == "QuestionnaireResponse"
    )
    told = {item["linkId"].split(".", 1)[1] for item in response.get("item", [])}
    assert told == set(values), "nothing that was left open, and nothing that was answered left out"
    assert_references_resolve(whole)


def assert_references_resolve(whole: Resource) -> None:
    """Every reference inside a bundle names a resource of the bundle, and no address comes twice."""
    urls = [entry["fullUrl"] for entry in whole["entry"]]
    assert len(urls) == len(set(urls))
    for reference in references_in(whole):
        assert f"{BASE}/fhir/{reference}" in urls


def references_in(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("reference"), str):
            yield node["reference"]
        node = list(node.values())
    if isinstance(node, list):
        for one in node:
            yield from references_in(one)


@pytest.mark.parametrize("name", IDS)
def test_every_score_has_its_own_code_and_never_the_panels(name: str) -> None:
    one = ALL.by_id[name]
    found = list(observations(sitting((one, complete(one))), copying(ALL)))
    scales = [None] if one.definition.scale.has_a_score else []
    assert len(found) == len(scales) + len(one.definition.subscales)
    for observation in found:
        codes = codes_in(observation, LOINC)
        assert one.codes.panel is None or one.codes.panel not in codes
        assert codes_in(observation, f"{BASE}/fhir/CodeSystem/scores")
        assert not NEVER_IN_AN_OBSERVATION & observation.keys()


@pytest.mark.parametrize(
    ("name", "loinc", "snomed", "total"),
    [
        ("peg-3", ["91147-9"], [], 10.0),
        ("phq-9", ["44261-6"], ["720433000"], 27),
        ("gad-7", ["70274-6"], ["445455005"], 21),
        ("pseq-10", [], [], 60),
        ("phq-8", [], [], 24),
    ],
)
def test_the_code_of_the_total(name: str, loinc: list[str], snomed: list[str], total: float) -> None:
    one = ALL.by_id[name]
    found = next(observations(sitting((one, complete(one))), copying(ALL)))
    assert codes_in(found, LOINC) == loinc
    assert codes_in(found, SNOMED) == snomed
    assert found["valueQuantity"] == {
        "value": total, "unit": "{score}", "system": "http://unitsofmeasure.org", "code": "{score}"
    }  # fmt: skip
    assert found["category"][0]["coding"][0]["code"] == "survey"
    assert found["status"] == "final"


def test_the_mean_of_the_peg_is_a_number_with_its_decimal() -> None:
    one = ALL.by_id["peg-3"]
    found = list(observations(sitting((one, {"q1": 6, "q2": 7, "q3": 4})), copying(ALL)))  # 17/3
    assert [each["valueQuantity"]["value"] for each in found] == [5.7]


def test_the_pegs_questions_are_whole_numbers_from_0_to_10_with_their_ends() -> None:
    made = questionnaire(ALL.by_id["peg-3"], copying(ALL).place)
    first = one_of(made["item"], linkId="peg-3.q1")
    assert first["type"] == "integer"
    assert "answerOption" not in first
    limits = {one["url"].rsplit("/", 1)[1]: one["valueInteger"] for one in first["extension"]}
    assert limits == {"minValue": 0, "maxValue": 10}
    assert first["code"] == [{"system": LOINC, "code": "75893-8"}]
    assert first["item"][0]["text"] == "0 = No pain, 10 = Pain as bad as you can imagine"
    assert made["code"] == [{"system": LOINC, "code": "91148-7"}]


def test_the_phqs_answers_have_loincs_codes_and_both_weights() -> None:
    made = questionnaire(ALL.by_id["phq-9"], copying(ALL).place)
    options = one_of(made["item"], linkId="phq-9.q9")["answerOption"]
    assert [one["valueCoding"]["code"] for one in options] == ["LA6568-5", "LA6569-3", "LA6570-1", "LA6571-9"]
    assert options[0]["valueCoding"]["display"] == "Not at all"
    for place, option in enumerate(options):
        assert [one["valueDecimal"] for one in option["extension"]] == [place, place]
        assert [one["url"].rsplit("/", 1)[1] for one in option["extension"]] == ["ordinalValue", "itemWeight"]
    difficulty = one_of(made["item"], linkId="phq-9.q10")["answerOption"]
    assert [one["valueCoding"]["code"] for one in difficulty] == [
        "LA6572-7",
        "LA6573-5",
        "LA6575-0",
        "LA6574-3",
    ]


def test_a_turned_question_weighs_what_it_counts_for(shipped: Instruments) -> None:
    found = 0
    for one in (shipped.by_id[name] for name in WITH_TEXT):
        made = {item["linkId"]: item for item in questionnaire(one, copying(shipped).place)["item"]}
        for item in one.definition.items:
            options = made[f"{one.id}.{item.id}"].get("answerOption", [])
            if item.reverse and options:
                weights = [option["extension"][0]["valueDecimal"] for option in options]
                assert weights == list(range(item.maximum, item.minimum - 1, -1))
                found += 1
    assert found or not any(
        item.reverse for name in WITH_TEXT for item in shipped.by_id[name].definition.items
    )


def test_ticks_are_yes_or_no_and_words_are_words() -> None:
    ticks, words = ALL.by_id["rmdq-24"], ALL.by_id["fft"]
    made = questionnaire(ticks, copying(ALL).place)
    assert {item["type"] for item in made["item"] if item["type"] != "display"} == {"boolean"}
    ticked = {item.id: int(place % 2) for place, item in enumerate(ticks.definition.items)}
    answers = next(responses(sitting((ticks, ticked)), copying(ALL)))["item"]
    assert [item["answer"][0]["valueBoolean"] for item in answers[:3]] == [False, True, False]
    why = next(item.id for item in words.definition.items if item.in_words)
    sent = sitting((words, complete(words) | {why: "It helped. Dr Jones was kind"}))
    full = one_of(next(responses(sent, copying(ALL)))["item"], linkId=f"fft.{why}")
    assert full["answer"] == [{"valueString": "It helped. Dr Jones was kind"}]
    bare = one_of(next(responses(sent, copying(ALL, in_full=False)))["item"], linkId=f"fft.{why}")
    assert bare["extension"][0]["valueCode"] == "masked"
    assert "Jones" not in str(bare)


def test_rather_not_say_is_declined_and_open_is_nothing() -> None:
    one = ALL.by_id["gad-7"]
    values = {f"q{place}": 1 for place in range(1, 6)} | {"q6": None}  # q7 was left open
    items = next(responses(sitting((one, values)), copying(ALL)))["item"]
    declined = one_of(items, linkId="gad-7.q6")
    assert declined["extension"] == [
        {"url": "http://hl7.org/fhir/StructureDefinition/data-absent-reason", "valueCode": "asked-declined"}
    ]
    assert "answer" not in declined
    assert "gad-7.q7" not in [item["linkId"] for item in items]


def test_no_score_is_an_observation_without_a_value() -> None:
    peg = ALL.by_id["peg-3"]
    declined = next(observations(sitting((peg, {"q1": 6, "q2": None, "q3": 4})), copying(ALL)))
    assert "valueQuantity" not in declined
    assert declined["dataAbsentReason"]["coding"][0]["code"] == "asked-declined"
    left_open = next(observations(sitting((peg, {"q1": 6})), copying(ALL)))
    assert left_open["dataAbsentReason"]["coding"][0]["code"] == "unknown"
    assert left_open["dataAbsentReason"]["text"] == "too_many_missing"


def test_a_prorated_score_says_so() -> None:
    one = ALL.by_id["gad-7"]
    found = next(observations(sitting((one, {f"q{place}": 1 for place in range(1, 7)})), copying(ALL)))
    assert found["valueQuantity"]["value"] == 7.0
    assert found["note"][0]["text"].startswith("Prorated:")
    assert "(q7)" in found["note"][0]["text"]


def test_a_subscale_is_an_observation_of_its_own() -> None:
    one = ALL.by_id["phq-4"]
    found = list(observations(sitting((one, {"q1": 0, "q2": 1, "q3": 3, "q4": 1})), copying(ALL)))
    assert [each["valueQuantity"]["value"] for each in found] == [5, 1, 4]  # total, anxiety, depression
    assert len({each["id"] for each in found}) == 3


def test_a_derived_score_names_where_it_comes_from_and_has_no_response() -> None:
    long, short = ALL.by_id["pseq-10"], ALL.by_id["pseq-2"]
    answers = complete(long, 3)
    sent = sitting((long, answers), derived=[(short, complete(short, 3))])
    how = copying(ALL)
    assert [each["questionnaire"] for each in responses(sent, how)] == [
        f"{BASE}/fhir/Questionnaire/pseq-10|1"
    ]
    scores = {each["code"]["coding"][-1]["code"]: each for each in observations(sent, how)}
    response = next(responses(sent, how))
    assert scores["pseq-2"]["derivedFrom"] == [{"reference": f"QuestionnaireResponse/{response['id']}"}]
    assert scores["pseq-2"]["note"][0]["text"].startswith("Derived:")
    assert "note" not in scores["pseq-10"]


def test_paper_says_who_typed_it_when_it_was_written_and_who_checked_it() -> None:
    one = ALL.by_id["peg-3"]
    sent = sitting(
        (one, complete(one)), mode="paper", entered_by="Carol Osei", written_on=date(2026, 6, 28),
        checked_by="Lena Brandt", checked_at=AT,
    )  # fmt: skip
    how = copying(ALL)
    response = next(responses(sent, how))
    assert response["author"] == {"type": "Practitioner", "display": "Carol Osei"}
    assert response["source"] == response["subject"] == {"reference": f"Patient/{sent.row.patient_id}"}
    assert response["authored"] == "2026-07-01T10:30:15+01:00"
    told = {one["url"].rsplit("/", 1)[1]: one for one in response["extension"]}
    assert told["written-on"]["valueDate"] == "2026-06-28"
    assert told["checked-by"]["valueString"] == "Lena Brandt"
    mode = told["questionnaireresponse-completionMode"]["valueCodeableConcept"]
    assert (mode["coding"][0]["code"], mode["text"]) == ("WRITTEN", "paper")
    assert next(observations(sent, how))["effectiveDateTime"] == "2026-06-28"


def test_an_answer_to_an_older_version_keeps_its_number_and_takes_no_code_of_the_new_one() -> None:
    one = ALL.by_id["phq-8"]
    sent = sitting((one, complete(one)))
    older = tuple(
        type(each)(each.id, each.instrument, 0, False, each.on, each.total, each.subscales)
        for each in sent.scores
    )
    response = next(responses(type(sent)(sent.row, sent.answers, older), copying(ALL)))
    assert response["questionnaire"].endswith("phq-8|0")
    assert response["item"][0]["answer"] == [{"valueInteger": 3}]
    assert faults(response) == []


def test_a_copy_of_a_service_has_no_name_and_no_birthday() -> None:
    one = ALL.by_id["peg-3"]
    bare = bundle_of([sitting((one, complete(one)))], [one], copying(ALL, in_full=False))
    assert not any(word in str(bare) for word in ("Asha", "Patel", "1979"))
    full = bundle_of([sitting((one, complete(one)))], [one], copying(ALL))
    who = full["entry"][0]["resource"]
    assert (who["name"][0]["family"], who["name"][0]["given"], who["birthDate"]) == (
        "Patel",
        ["Asha"],
        "1979-03-03",
    )
    assert who["identifier"][0]["value"] == "PMP-0412"


def whole_bundle() -> Resource:
    one = ALL.by_id["phq-9"]
    return bundle_of([sitting((one, complete(one, 1)))], [one], copying(ALL))


def test_the_whole_bundle_is_valid_from_its_root() -> None:
    assert list(schema().iter_errors(json.loads(json_text(whole_bundle())))) == []


BREAKS: dict[str, Any] = {
    "an element that FHIR does not know": lambda one: one["Patient"].update(born="1979"),
    "a moment without its offset": lambda one: one["QuestionnaireResponse"].update(
        authored="2026-07-01T09:30:00"
    ),
    "a status that there is not": lambda one: one["Observation"].update(status="done"),
    "an observation without a code": lambda one: one["Observation"].pop("code"),
    "a value that is text": lambda one: one["Observation"]["valueQuantity"].update(value="5"),
    "a question of a type that there is not": lambda one: one["Questionnaire"]["item"][0].update(
        type="number"
    ),
    "an id with a space": lambda one: one["Patient"].update(id="PMP 0412"),
    "null": lambda one: one["Observation"].update(issued=None),
}


@pytest.mark.parametrize("what", BREAKS)
def test_the_schema_finds_what_is_wrong(what: str) -> None:
    """A positive control: what is broken on purpose is refused, as a resource and as a whole bundle."""
    whole = copy.deepcopy(whole_bundle())
    by_type = {entry["resource"]["resourceType"]: entry["resource"] for entry in reversed(whole["entry"])}
    BREAKS[what](by_type)
    assert any(faults(one) for one in by_type.values())
    assert faults(whole)
    assert list(schema().iter_errors(whole))


NEEDED = {
    "a response without its status": lambda one: one["QuestionnaireResponse"].pop("status"),
    "a question without its name": lambda one: one["Questionnaire"]["item"][0].pop("linkId"),
    "a question without its type": lambda one: one["Questionnaire"]["item"][1].pop("type"),
    "an answer without its question": lambda one: one["QuestionnaireResponse"]["item"][2].pop("linkId"),
    "an extension without its address": lambda one: one["QuestionnaireResponse"]["extension"][0].pop("url"),
}


@pytest.mark.parametrize("what", NEEDED)
def test_what_the_schema_cannot_ask_for_is_asked_for_here(what: str) -> None:
    """HL7's JSON schema requires no simple element, because an extension may stand for it."""
    whole = copy.deepcopy(whole_bundle())
    assert not missing_in(whole)
    NEEDED[what]({entry["resource"]["resourceType"]: entry["resource"] for entry in reversed(whole["entry"])})
    assert missing_in(whole)


LICENSED = """
id: made-up-scale
version: 3
citation: Made up for this test
measures: something
recall: P7D
minutes: 1
licence:
  {status: plugin, holder: Example Ltd, notice: "© Example Ltd", evidence: A letter, text_included: true,
   permission: "Example Ltd, 1 May 2026"}
items: [{id: q1, min: 0, max: 2, reverse: true}, {id: q2, min: 0, max: 10}]
scoring: {method: sum, range: [0, 12], direction: high_worse, decimals: 0, missing: {max_missing: 0, source: the manual}}
names: {en: {heading: Something, short: Something score}}
texts:
  en:
    title: Secret title
    source: the licensed form
    instruction: Secret instruction
    items: {q1: Secret question one, q2: Secret question two}
    item_labels: {q1: {0: Secret a, 1: Secret b, 2: Secret c}, q2: {0: Secret low, 10: Secret high}}
examples: [{answers: "0,3", total: 5, source: "(2 - 0) + 3 = 5"}]
"""


@pytest.fixture
def licensed(tmp_path: Any) -> Instrument:
    (tmp_path / "made-up-scale.yml").write_text(LICENSED, encoding="utf-8")
    return read_instruments([tmp_path]).by_id["made-up-scale"]


def test_a_text_that_is_licensed_to_one_service_is_not_passed_on(licensed: Instrument) -> None:
    known = Instruments({licensed.id: licensed}, None)
    whole = bundle_of([sitting((licensed, {"q1": 0, "q2": 3}))], [licensed], copying(known))
    assert faults(whole) == []
    assert "Secret" not in str(whole)
    made = one_of([entry["resource"] for entry in whole["entry"]], resourceType="Questionnaire")
    assert made["copyright"] == "© Example Ltd"
    first = one_of(made["item"], linkId="made-up-scale.q1")
    assert [one["valueCoding"]["code"] for one in first["answerOption"]] == ["q1.0", "q1.1", "q1.2"]
    assert [one["extension"][0]["valueDecimal"] for one in first["answerOption"]] == [2, 1, 0]
    score = one_of([entry["resource"] for entry in whole["entry"]], resourceType="Observation")
    assert score["valueQuantity"]["value"] == 5
