"""One patient's questionnaires: copied by a clinician, downloaded by the patient, and by nobody else."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.reports.made_up import faults, missing_in
from tests.reports.sent import on_paper, table, unpacked
from tests.reports.test_fhir import references_in
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db


def test_a_clinician_copies_one_patient_as_fhir(client: LookingClient, cast: Cast) -> None:
    on_paper(cast, "asha")
    on_paper(cast, "dewi")
    cast.signs_in(client, "carol")
    here = f"/patients/{id_of(cast.asha.patient)}"
    assert any(link.get("href") == f"{here}/copy-out" for link in client.page(here).all("a"))
    page = client.page(f"{here}/copy-out")
    assert "1 set of answers has been sent" in page.text
    assert "Asha Patel" in page.text
    answer = client.get(f"{here}/copy-out/fhir")
    assert answer.status_code == 200
    assert answer.mimetype == "application/fhir+json"
    assert "attachment" in answer.headers["Content-Disposition"]
    assert ".json" in answer.headers["Content-Disposition"]
    assert "no-store" in answer.headers["Cache-Control"]
    whole = json.loads(answer.get_data())
    assert faults(whole) == []
    assert missing_in(whole) == []
    found = [entry["resource"] for entry in whole["entry"]]
    assert [one["id"] for one in found if one["resourceType"] == "Patient"] == [str(id_of(cast.asha.patient))]
    responses = [one for one in found if one["resourceType"] == "QuestionnaireResponse"]
    assert {one["questionnaire"].rsplit("/", 1)[1].split("|")[0] for one in responses} >= {"peg-3", "pseq-10"}
    assert {one["subject"]["reference"] for one in responses} == {f"Patient/{id_of(cast.asha.patient)}"}
    scores = {one["code"]["coding"][0]["code"]: one for one in found if one["resourceType"] == "Observation"}
    assert scores["91147-9"]["valueQuantity"]["value"] == 5.7
    assert scores["91147-9"]["effectiveDateTime"] == "2026-06-28"
    assert "interpretation" not in json.dumps(whole)
    urls = {entry["fullUrl"] for entry in whole["entry"]}
    assert all(any(url.endswith(reference) for url in urls) for reference in references_in(whole))


def test_the_pain_number_is_derived_from_the_peg_and_says_so(client: LookingClient, cast: Cast) -> None:
    on_paper(cast, "asha")
    cast.signs_in(client, "carol")
    files = unpacked(client.get(f"/patients/{id_of(cast.asha.patient)}/copy-out/tables"))
    totals = {row["instrument"]: row for row in table(files["scores.csv"]) if row["scale"] == "total"}
    assert (totals["peg-3"]["score"], totals["peg-3"]["derived"]) == ("5.7", "false")
    assert (totals["pain-nrs"]["score"], totals["pain-nrs"]["derived"]) == ("6", "true")
    assert (totals["pseq-10"]["score"], totals["pseq-10"]["prorated"]) == ("30.0", "true")
    assert (totals["pseq-2"]["score"], totals["pseq-2"]["derived"]) == ("6", "true")


def test_the_tables_hold_every_answer_and_what_each_column_means(client: LookingClient, cast: Cast) -> None:
    sitting_id = on_paper(cast, "asha")
    on_paper(cast, "dewi")
    cast.signs_in(client, "carol")
    files = unpacked(client.get(f"/patients/{id_of(cast.asha.patient)}/copy-out/tables"))
    assert list(files) == ["scores.csv", "items.csv", "data-dictionary.csv"]
    rows = table(files["items.csv"])
    assert {row["sitting_id"] for row in rows} == {str(sitting_id)}
    assert {row["patient_reference"] for row in rows} == {cast.asha.patient.reference}  # type: ignore[union-attr]
    by_item = {(row["instrument"], row["item"]): row for row in rows}
    first = by_item["peg-3", "q1"]
    assert (first["value"], first["state"], first["entered_by"], first["mode"]) == (
        "6",
        "answered",
        "Carol Osei",
        "paper",
    )
    assert by_item["pseq-10", "q10"]["state"] == "rather_not_say"
    told = {(row["file"], row["column"]) for row in table(files["data-dictionary.csv"])}
    for file in ("scores.csv", "items.csv"):
        assert {(file, column) for column in table(files[file])[0]} <= told


def test_the_patient_sees_who_made_a_copy(client: LookingClient, cast: Cast) -> None:
    on_paper(cast, "asha")
    cast.signs_in(client, "carol")
    client.get(f"/patients/{id_of(cast.asha.patient)}/copy-out/fhir")
    rows = db.session.scalars(select(AuditRow).where(AuditRow.verb == "exported")).all()
    assert [(row.kind, row.patient_id, row.fields) for row in rows] == [
        ("questionnaires", id_of(cast.asha.patient), ["fhir"])
    ]
    cast.signs_in(client, "asha")
    assert "Carol Osei copied your questionnaires." in client.page("/me/who-looked").text


def test_a_patient_downloads_their_own_answers(client: LookingClient, cast: Cast) -> None:
    on_paper(cast, "asha")
    cast.signs_in(client, "asha")
    assert "Download my answers" in client.page("/me").text
    page = client.page("/me/answers")
    assert {link.get("href") for link in page.all("a")} >= {"/me/answers/fhir", "/me/answers/tables"}
    whole = json.loads(client.get("/me/answers/fhir").get_data())
    assert faults(whole) == []
    assert whole["entry"][0]["resource"]["name"][0]["family"] == "Patel"
    assert table(unpacked(client.get("/me/answers/tables"))["scores.csv"])
    assert "copied" not in client.page("/me/who-looked").text


def test_before_anything_is_sent_there_is_nothing_to_download(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "dewi")
    assert "You have not sent any answers yet." in client.page("/me/answers").text
    cast.signs_in(client, "carol")
    here = f"/patients/{id_of(cast.dewi.patient)}/copy-out"
    assert "There is nothing to copy." in client.page(here).text
    whole = json.loads(client.get(f"{here}/fhir").get_data())
    assert [entry["resource"]["resourceType"] for entry in whole["entry"]] == ["Patient"]
    assert faults(whole) == []


@pytest.mark.parametrize("which", ["", "/fhir", "/tables"])
@pytest.mark.parametrize(
    ("name", "status"), {"colin": 403, "arthur": 403, "dewi": 403, "victor": 404, "ada": 403}.items()
)
def test_who_may_not_read_answers_may_not_copy_them(
    client: LookingClient, cast: Cast, which: str, name: str, status: int
) -> None:
    here = f"/patients/{id_of(cast.asha.patient)}/copy-out{which}"
    cast.signs_in(client, name)
    assert client.get(here).status_code == status


def test_a_caller_sees_no_way_to_it(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "colin")
    assert "copy-out" not in client.page(f"/patients/{id_of(cast.asha.patient)}").html


def test_there_is_no_third_form(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert client.get(f"/patients/{id_of(cast.asha.patient)}/copy-out/pdf").status_code == 404
