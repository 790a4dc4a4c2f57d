"""Ring today and the caseload: who stands where, what a row says, and what a page costs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import create_engine, insert, text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine

from tests.cast import Cast, id_of
from tests.clinic.people import TODAY, asks_for_a_call, crowd, crowd_rows
from tests.conftest import _as_owner, _template
from tests.looking import LookingClient
from webapp.clinic import reads
from webapp.engagement import requests
from webapp.engagement.models import Summary
from webapp.foundations.database import db, new_id, set_wall
from webapp.people import service as people
from webapp.people.models import Service

NEVER_BESIDE_A_NAME = re.compile(r"at risk|behind|failed|drop-?out|non-compliant|\blate\b", re.IGNORECASE)


def test_who_asked_stands_on_top_with_the_reason_and_its_rule(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 3)
    asks_for_a_call(cast, "asha")
    cast.signs_in(client, "carol")
    page = client.page("/ring-today")
    first = page.all("tbody")[0].find("tr")
    assert first is not None and "Asha Patel" in "".join(first.itertext())
    assert "Asked for a call" in page.text and "about an exercise" in page.text
    assert "07700 900552 · after 2 pm" in page.text and "12 of your 12 calls" in page.text
    assert "no_visit>=7" in page.text and "Drink Less" in page.text


def test_no_page_of_the_portal_says_what_hurts(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 3)
    asha = asks_for_a_call(cast, "asha")
    cast.signs_in(client, "carol")
    at = f"/patients/{id_of(asha.patient)}"
    for path in (
        "/ring-today",
        "/ring-today/rules",
        "/patients",
        "/answers",
        "/problems",
        at,
        f"{at}/call",
        f"{at}/record",
    ):
        assert not NEVER_BESIDE_A_NAME.search(client.page(path).text), path


def test_the_worklist_goes_on_fifty_at_a_time_without_a_gap(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 120)
    cast.signs_in(client, "carol")
    seen: list[str] = []
    path: str | None = "/ring-today"
    while path:
        page = client.page(path)
        seen += re.findall(r"Pat (Crowd\d+)</a>", page.html)
        path = next((a.get("href") for a in page.all("a") if a.text == "Next 50"), None)
    assert seen == [f"Crowd{n:05}" for n in range(120)]


def test_another_services_patients_are_on_neither_list(client: LookingClient, cast: Cast) -> None:
    asks_for_a_call(cast, "vera")
    cast.signs_in(client, "carol")
    assert "Okafor" not in client.page("/ring-today").text + client.page("/patients").text


def test_mine_are_those_of_whom_i_am_the_clinician(client: LookingClient, cast: Cast) -> None:
    asha, _dewi = asks_for_a_call(cast, "asha"), asks_for_a_call(cast, "dewi")
    cast.enter(cast.carol)
    assert asha.patient and cast.carol.membership and asha.enrolment
    people.change_patient(asha.patient, {"clinician_id": cast.carol.membership.id}, by=cast.carol.actor)
    requests.agree_call(asha.enrolment, TODAY(), by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    mine = client.page("/ring-today?whose=mine").text
    assert "Asha" in mine and "Dewi" not in mine


def test_an_order_of_yesterday_says_so(client: LookingClient, cast: Cast) -> None:
    asks_for_a_call(cast, "asha")
    cast.signs_in(client, "carol")
    assert "The order is that of" not in client.page("/ring-today").text
    cast.enter(cast.carol)
    db.session.execute(update(Summary).values(ranked_on=TODAY() - timedelta(days=1)))
    db.session.commit()
    assert "The order is that of" in client.page("/ring-today").text


def test_the_lists_cost_the_same_for_ten_and_a_thousand(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 10)
    cast.signs_in(client, "carol")
    paths = ("/ring-today", "/patients", "/patients?q=crowd&state=quieter")
    few = {path: _cost(client, path) for path in paths}
    cast.enter(cast.carol)
    db.session.execute(text("UPDATE patient SET reference = reference || 'x', sort_key = sort_key || 'x'"))
    db.session.commit()
    crowd(cast, 1000)
    assert {path: _cost(client, path) for path in paths} == few


def _cost(client: LookingClient, path: str) -> int:
    client.page(path)
    client.page(path)
    return len(client.last_statements)


@pytest.fixture(scope="module")
def large(postgres, database_name: str) -> Iterator[tuple[Engine, UUID, UUID]]:  # type: ignore[no-untyped-def]
    """A database of its own, committed and analysed: one of two services has 4,000 patients on its list."""
    name, service_id, clinician_id = f"{database_name}_large", new_id(), new_id()
    with _as_owner(postgres) as owner:
        owner.execute(f'CREATE DATABASE "{name}" TEMPLATE "{_template(postgres)}"')
    as_owner, as_app = (create_engine(postgres.url(role, name)) for role in ("waymark_owner", "waymark_app"))
    with as_owner.begin() as connection:
        for each, number, clinician in ((service_id, 4000, clinician_id), (new_id(), 1000, None)):
            connection.execute(insert(Service).values(id=each, name="Large", sender_name="Large"))
            for model, rows in crowd_rows(each, number, clinician):
                connection.execute(insert(model), rows)
        connection.execute(text("ANALYZE"))
    yield as_app, service_id, clinician_id
    as_owner.dispose()
    as_app.dispose()
    with _as_owner(postgres) as owner:
        owner.execute(f'DROP DATABASE "{name}"')


@pytest.mark.parametrize(
    ("whose", "index"), [("everybody", "ix_engagement_ring "), ("mine", "ix_engagement_ring_mine ")]
)
@pytest.mark.parametrize("page", ["first", "later"])
def test_the_worklist_is_one_index_range_without_a_sort(
    large: tuple[Engine, UUID, UUID], whose: str, index: str, page: str
) -> None:
    engine, service_id, clinician_id = large
    mine, later = whose == "mine", page == "later"
    given = {"service": service_id}
    given |= {"clinician": clinician_id} if mine else {}
    given |= {"ring_key": (6 << 24) + 2000, "enrolment": new_id()} if later else {}  # type: ignore[dict-item]
    query = reads.worklist_query(mine, later).params(given)
    words = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        set_wall(connection, service_id)
        plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {words}".replace("%", "%%")))
    assert f"using {index}" in plan, plan
    assert set(re.findall(r"Sort Key: (.*)", plan)) <= {"call_request.asked_on"}, plan
    assert "Seq Scan on engagement" not in plan and "Seq Scan on patient" not in plan, plan


@pytest.mark.parametrize(
    "typed",
    ["patel", "asha", "Patel, Asha", "ash pat", "3/3/1979", "07700 900552", "asha@example.org", "PMP-0001"],
)
def test_a_patient_is_found_by_whatever_is_known(client: LookingClient, cast: Cast, typed: str) -> None:
    cast.asha  # noqa: B018
    crowd(cast, 5)
    cast.signs_in(client, "colin")
    page = client.get("/patients", query_string={"q": typed})
    assert "Patel, Asha" in page.text and "Crowd" not in page.text


def test_a_search_without_a_match_says_what_to_try(client: LookingClient, cast: Cast) -> None:
    cast.asha  # noqa: B018
    cast.signs_in(client, "colin")
    assert "Nobody was found" in client.page("/patients?q=100%25_").text


@pytest.mark.parametrize(
    ("narrowed", "found"),
    [("state=invited", "Tomasz"), ("door=refresher", "Marjorie"), ("group=aut", "Asha")],
)
def test_the_caseload_is_filtered(client: LookingClient, cast: Cast, narrowed: str, found: str) -> None:
    for name in ("asha", "tomasz", "marjorie"):
        getattr(cast, name)
    cast.enter(cast.carol)
    assert cast.asha.patient
    people.change_patient(cast.asha.patient, {"group_name": "Autumn"}, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    shown = client.page(f"/patients?{narrowed}").text
    assert [name for name in ("Asha", "Tomasz", "Marjorie") if f", {name}" in shown] == [found]


def test_the_caseload_goes_on_by_name_and_keeps_its_filters(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 60)
    cast.signs_in(client, "carol")
    page = client.page("/patients?state=quieter")
    onward = next(a.get("href") for a in page.all("a") if a.text == "Next 50")
    assert onward and "state=quieter" in onward and "Crowd" not in onward
    assert re.findall(r"(Crowd\d+), Pat", client.page(onward).html) == [f"Crowd{n:05}" for n in range(50, 60)]
