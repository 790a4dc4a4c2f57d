"""The caseload: found by whatever is known, narrowed by every filter, and one index range for any of them."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from sqlalchemy.dialects import postgresql
from sqlalchemy.engine import Engine

from tests.cast import Cast, id_of
from tests.clinic.people import asks_for_a_call, crowd
from tests.looking import LookingClient
from webapp.clinic import caseload_reads
from webapp.clinic.caseload_reads import Filters
from webapp.engagement import service as engagement
from webapp.foundations.database import db, set_wall
from webapp.people import service as people
from webapp.reminders import bounces


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
    [
        ("state=invited", "Tomasz"),
        ("door=refresher", "Marjorie"),
        ("group=aut", "Asha"),
        ("state=invited&door=course", "Tomasz"),
        ("language=cy", "Marjorie"),
        ("email=silent", "Tomasz"),
        ("clinician={mine}", "Asha"),
        ("clinician={mine}&state=on_track&door=course&group=autumn", "Asha"),
    ],
)
def test_the_caseload_is_filtered(client: LookingClient, cast: Cast, narrowed: str, found: str) -> None:
    for name in ("asha", "tomasz", "marjorie"):
        getattr(cast, name)
    cast.enter(cast.carol)
    assert cast.asha.patient
    assert cast.carol.membership and cast.marjorie.patient
    by, mine = cast.carol.actor, cast.carol.membership.id
    people.change_patient(cast.asha.patient, {"group_name": "Autumn", "clinician_id": mine}, by=by)
    people.change_patient(cast.marjorie.patient, {"language": "cy"}, by=by)
    bounces.note_bounce(by, id_of(cast.tomasz.patient), "email", "TOMASZ@example.org", "full")
    bounces.note_bounce(by, id_of(cast.asha.patient), "email", "an.older@example.org", "full")
    service = people.service_with(cast.hillside.id)
    service.languages, service.version = ["en", "cy"], service.version + 1
    db.session.commit()
    cast.signs_in(client, "carol")
    shown = client.page(f"/patients?{narrowed.format(mine=mine)}").text
    assert [name for name in ("Asha", "Tomasz", "Marjorie") if f", {name}" in shown] == [found]


def test_the_caseload_goes_on_by_name_and_keeps_its_filters(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 60)
    cast.signs_in(client, "carol")
    page = client.page("/patients?state=quieter")
    onward = next(a.get("href") for a in page.all("a") if a.text == "Next 50")
    assert onward and "state=quieter" in onward and "Crowd" not in onward
    assert re.findall(r"(Crowd\d+), Pat", client.page(onward).html) == [f"Crowd{n:05}" for n in range(50, 60)]


def test_the_state_is_that_of_the_latest_way(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.enrolment
    engagement.leave(asha.enrolment, "no_time", by=cast.carol.actor)
    engagement.enrol(
        id_of(asha.patient), door="refresher", rhythm="own_speed", core_modules=(), by=cast.carol.actor
    )
    db.session.commit()
    cast.signs_in(client, "carol")
    for narrowed, is_there in (("state=left", False), ("door=course", False), ("door=refresher", True)):
        assert ("Patel, Asha" in client.page(f"/patients?{narrowed}").text) is is_there, narrowed


def test_filters_stand_in_the_address_and_in_the_form(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 60)
    cast.signs_in(client, "carol")
    page = client.page("/patients?state=quieter&email=&q=crowd&door=course")
    onward = next(str(a.get("href")) for a in page.all("a") if a.text == "Next 50")
    assert {"state=quieter", "q=crowd", "door=course"} <= set(onward.partition("?")[2].split("&"))
    chosen = [one.get("value") for one in page.all("option") if one.get("selected") is not None]
    assert {"quieter", "course"} <= set(chosen)


def test_a_new_clinician_and_a_new_name_are_followed_at_once(client: LookingClient, cast: Cast) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.enter(cast.carol)
    assert asha.patient and cast.carol.membership
    people.change_patient(
        asha.patient,
        {"clinician_id": cast.carol.membership.id, "family_name": "Zebra"},
        by=cast.carol.actor,
    )
    db.session.commit()
    crowd(cast, 2)
    cast.signs_in(client, "carol")
    assert "Asha Zebra" in client.page("/ring-today?whose=mine").text
    cast.enter(cast.carol)
    assert (
        db.session.scalar(
            caseload_reads.select(caseload_reads.Summary.sort_key).where(
                caseload_reads.Summary.patient_id == asha.patient.id
            )
        )
        == "zebra asha"
    )


BY_NAME = "ix_engagement_(state|name)"
PLANS = {
    "everybody": (Filters(), "ix_patient_sort"),
    "a common state": (Filters(state="quieter"), BY_NAME),
    "a rare state": (Filters(state="left"), "ix_engagement_state"),
    "a common door": (Filters(door="course"), "ix_patient_sort"),
    "a rare door": (Filters(door="refresher"), "ix_enrolment_door"),
    "a state and a door": (Filters(state="quieter", door="refresher"), f"({BY_NAME}|ix_enrolment_door)"),
    "a clinician": (Filters(clinician_id=UUID(int=1)), "ix_patient_clinician"),
    "a clinician and a state": (Filters(clinician_id=UUID(int=1), state="left"), "ix_patient_clinician"),
    "a group": (Filters(group="aut"), "ix_patient_group"),
    "e-mail does not arrive": (Filters(no_email=True), "(ix_)?bounce"),
}
"""What is asked for, and the index at which the list begins. Addresses that do not work are few: a table of their own."""


@pytest.mark.parametrize("page", ["first", "later"])
@pytest.mark.parametrize("what", PLANS)
def test_every_filter_is_an_index_range(large: tuple[Engine, UUID, UUID], what: str, page: str) -> None:
    engine, service_id, clinician_id = large
    filters, index = PLANS[what]
    if filters.clinician_id:
        filters = Filters(clinician_id=clinician_id, state=filters.state)
    with engine.connect() as connection:
        set_wall(connection, service_id)
        half_way = "SELECT id FROM patient ORDER BY sort_key OFFSET 2000 LIMIT 1"
        after = connection.exec_driver_sql(half_way).scalar_one() if page == "later" else None
        query = caseload_reads.caseload_query(service_id, filters, after)
        words = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
        explained = connection.exec_driver_sql(f"EXPLAIN {words}".replace("%", "%%"))
        plan = "\n".join(row[0] for row in explained)
    assert re.search(rf"(using|on) {index}", plan), plan
    for table in ("patient", "engagement"):
        assert f"Seq Scan on {table}" not in plan, plan
