"""All questionnaires of a service: for its lead, with a reason, without names, and never those of another service."""

from __future__ import annotations

from contextlib import closing

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.page import Page
from tests.reports.made_up import faults, missing_in
from tests.reports.sent import lines, on_paper, table, unpacked
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import acting_in, db, enter_service
from webapp.reports import reads, service
from webapp.reports.models import ServiceCopy

HERE = "/service/exports"
FILES = {
    "scores.csv", "items.csv", "data-dictionary.csv", "Questionnaire.ndjson", "Patient.ndjson",
    "QuestionnaireResponse.ndjson", "Observation.ndjson",
}  # fmt: skip


def make_the_copy(client: LookingClient, why: str = "The yearly report") -> dict[str, str]:
    fields, action = Page(client.get(HERE)).form_fields()
    return unpacked(client.post(action, data={**fields, "why": why}))


def test_the_lead_copies_everything_of_their_own_service(client: LookingClient, cast: Cast) -> None:
    ours = {str(on_paper(cast, "asha")), str(on_paper(cast, "dewi"))}
    on_paper(cast, "vera")
    cast.signs_in(client, "lena")
    page = client.page(HERE)
    assert "2 sets of answers have been sent up to now. They come from 2 patients." in page.text
    files = make_the_copy(client)
    assert files.keys() == FILES
    for name in ("scores.csv", "items.csv"):
        assert {row["sitting_id"] for row in table(files[name])} == ours
    resources = [one for name in FILES if name.endswith("ndjson") for one in lines(files[name])]
    for one in resources:
        assert (faults(one), missing_in(one)) == ([], [])
    patients = {one["id"] for one in lines(files["Patient.ndjson"])}
    assert patients == {str(id_of(cast.asha.patient)), str(id_of(cast.dewi.patient))}
    assert {one["subject"]["reference"] for one in lines(files["Observation.ndjson"])} == {
        f"Patient/{one}" for one in patients
    }
    instruments = {one["id"] for one in lines(files["Questionnaire.ndjson"])}
    assert instruments >= {"peg-3", "pseq-10"}


def test_there_is_no_name_and_no_word_of_a_patient_in_it(client: LookingClient, cast: Cast) -> None:
    on_paper(cast, "asha")
    cast.signs_in(client, "lena")
    everything = "".join(make_the_copy(client).values())
    for word in ("Asha", "Patel", "1979-03-03", "asha@", "+4477"):
        assert word not in everything
    assert cast.asha.patient.reference in everything  # type: ignore[union-attr]


def test_the_copy_is_written_down_with_its_reason(client: LookingClient, cast: Cast) -> None:
    on_paper(cast, "asha")
    cast.signs_in(client, "lena")
    make_the_copy(client, "Audit of the spring groups")
    page = client.page(HERE)
    assert "Audit of the spring groups" in page.text
    assert "Lena Brandt" in page.text
    enter_service(cast.hillside.id)
    [kept] = db.session.scalars(select(ServiceCopy)).all()
    assert (kept.why, kept.patients, kept.sittings) == ("Audit of the spring groups", 1, 1)
    [row] = db.session.scalars(select(AuditRow).where(AuditRow.verb == "exported")).all()
    assert (row.kind, row.patient_id, row.capability) == (
        "questionnaires of the service",
        None,
        "lead_service",
    )
    assert row.fields == ["fhir", "tables"]
    assert "spring" not in str(row.__dict__), "the audit holds no value"


def test_without_a_reason_nothing_is_copied_and_nothing_is_lost(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    page = client.submit(HERE, {"why": "  "})
    assert page.status == 422
    assert "Say what this copy is for." in page.text
    long = client.submit(HERE, {"why": "x" * 301})
    assert long.status == 422
    assert "x" * 301 in long.html
    enter_service(cast.hillside.id)
    assert not db.session.scalars(select(ServiceCopy)).all()
    assert not db.session.scalars(select(AuditRow).where(AuditRow.verb == "exported")).all()


@pytest.mark.parametrize("name", ["carol", "colin", "asha", "ada"])
def test_only_the_lead_may(client: LookingClient, cast: Cast, name: str) -> None:
    cast.signs_in(client, name)
    assert client.get(HERE).status_code == 403


def test_the_wall_stands_behind_the_query(app: Flask, cast: Cast) -> None:
    """Even if a query asked for another service, the session of a copy sees its own rows only."""
    on_paper(cast, "vera")
    with acting_in(cast.hillside.id):
        wrong = reads.Scope(cast.valley.id, clock.now())
        assert reads.how_many(db.session, wrong) == (0, 0)
        assert not list(reads.sittings(db.session, wrong))
        assert not list(reads.patients(db.session, wrong))
        assert not reads.instruments_in(db.session, wrong)
    with acting_in(cast.valley.id):
        assert reads.how_many(db.session, wrong) == (1, 1)


def test_the_session_of_a_copy_is_its_own_and_is_closed_when_the_reader_leaves(
    app: Flask, cast: Cast
) -> None:
    on_paper(cast, "asha")
    cast.enter(cast.lena)
    with app.test_request_context():
        copy = service.begin_service_copy(cast.lena.actor, "A test")
        db.session.commit()
        made = []

        def session():  # type: ignore[no-untyped-def]
            made.append(copy.sessions())
            made[0].closed = False
            before = made[0].close
            made[0].close = lambda: (before(), setattr(made[0], "closed", True))
            return made[0]

        with closing(type(copy)(copy.name, copy.at, copy.scope, copy.how, session).pieces()) as pieces:
            assert next(pieces)
    assert made[0] is not db.session
    assert made[0].info["service"] == cast.hillside.id
    assert made[0].closed


def test_what_is_sent_after_the_copy_was_asked_for_is_not_in_it(app: Flask, cast: Cast) -> None:
    first = on_paper(cast, "asha")
    until = clock.now()
    on_paper(cast, "dewi")
    with acting_in(cast.hillside.id):
        found = [one.row.id for one in reads.sittings(db.session, reads.Scope(cast.hillside.id, until))]
        assert found == [first]


def test_two_sittings_cost_as_many_queries_as_one(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    on_paper(cast, "asha")
    scope = reads.Scope(cast.hillside.id, clock.now())
    with acting_in(cast.hillside.id), count_queries() as few:
        list(reads.sittings(db.session, scope))
    on_paper(cast, "dewi")
    with acting_in(cast.hillside.id), count_queries() as more:
        assert len(list(reads.sittings(db.session, reads.Scope(cast.hillside.id, clock.now())))) == 2
    assert len(more.seen) == len(few.seen)
