"""Ring today and the caseload: who stands where, what a row says, and what a page costs."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import text, update
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine

from tests.cast import Cast, id_of
from tests.clinic.people import TODAY, asks_for_a_call, crowd
from tests.looking import LookingClient
from webapp.clinic import reads
from webapp.engagement import requests
from webapp.engagement.models import Summary
from webapp.foundations.database import db, new_id, set_wall
from webapp.people import service as people

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


@pytest.mark.parametrize(
    ("whose", "index"), [("everybody", "ix_engagement_ring "), ("mine", "ix_engagement_ring_mine ")]
)
@pytest.mark.parametrize("page", ["first", "later"])
@pytest.mark.parametrize("promised_only", [False, True])
def test_the_worklist_is_one_index_range_without_a_sort(
    large: tuple[Engine, UUID, UUID], whose: str, index: str, page: str, promised_only: bool
) -> None:
    engine, service_id, clinician_id = large
    mine, later = whose == "mine", page == "later"
    given = {"service": service_id}
    given |= {"clinician": clinician_id} if mine else {}
    given |= {"ring_key": (6 << 24) + 2000, "enrolment": new_id()} if later else {}  # type: ignore[dict-item]
    query = reads.worklist_query(mine, later, promised_only).params(given)
    words = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    with engine.connect() as connection:
        set_wall(connection, service_id)
        plan = "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {words}".replace("%", "%%")))
    assert f"using {index}" in plan, plan
    assert set(re.findall(r"Sort Key: (.*)", plan)) <= {"call_request.asked_on"}, plan
    assert "Seq Scan on engagement" not in plan and "Seq Scan on patient" not in plan, plan
