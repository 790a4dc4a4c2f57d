"""Ring today after a call: the next row, what was done, undo; the budget of one person; who cannot wait."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, Person, id_of
from tests.clinic.people import TODAY, asks_for_a_call, crowd
from tests.looking import LookingClient
from tests.page import Page
from webapp.clinic import rules
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.people import staff
from webapp.reminders import bounces

A, B, C = UUID(int=1), UUID(int=2), UUID(int=3)
PLACES = [(5, B), (9, A), (9, C)]


@pytest.mark.parametrize(
    ("was", "at", "next_one"),
    [
        (None, None, B),  # nothing was done: the first
        ((5, B), None, A),  # it kept its place: the one behind it
        ((4, C), None, B),  # it is gone from the list: the one that moved up
        ((9, A), None, C),  # the same key: the id decides
        ((9, C), None, B),  # the last one: from the start again
        ((9, C), A, A),  # taken back: the row itself
        ((5, B), UUID(int=9), A),  # taken back, but not on this page
    ],
)
def test_one_goes_on_with_the_row_behind(
    was: tuple[int, UUID] | None, at: UUID | None, next_one: UUID
) -> None:
    assert rules.next_in(PLACES, was, at) == next_one


@given(
    st.sets(st.tuples(st.integers(0, 9), st.uuids()), max_size=6), st.tuples(st.integers(0, 9), st.uuids())
)
def test_whoever_is_next_is_on_the_list(places: set[tuple[int, UUID]], was: tuple[int, UUID]) -> None:
    found = rules.next_in(sorted(places), was)
    assert (found is None) == (not places)
    assert found is None or found in {enrolment_id for _, enrolment_id in places}


@pytest.mark.parametrize(("own", "budget"), [(None, 12), (0, 0), (20, 20)])
def test_a_budget_is_ones_own_or_the_services(own: int | None, budget: int) -> None:
    assert rules.budget_of(own, 12) == budget


def opens_first(client: LookingClient, path: str = "/ring-today") -> str:
    """The address of the first row's call."""
    link = next(one for one in client.page(path).all("a", class_="wm-row-action"))
    return str(link.get("href"))


def focused(page: Page) -> str:
    """Whose call has the focus when the page opens."""
    found = [one for one in page.all("a") if one.get("autofocus") is not None]
    assert len(found) == 1 and found[0].get("aria-describedby") == "done"
    return "".join(found[0].itertext())


def test_after_a_call_the_next_row_has_the_focus_below_what_was_done(
    client: LookingClient, cast: Cast
) -> None:
    crowd(cast, 3)
    asks_for_a_call(cast, "asha")
    cast.signs_in(client, "colin")
    page = client.submit(opens_first(client), {"outcome": "reached_continuing"}, form="/call")
    assert page.path == "/ring-today" and "Asha Patel: spoke to them, carrying on. It is logged." in page.text
    assert focused(page) == "Contact Pat Crowd00000"  # nobody may ring Pat
    assert not [row for row in page.all("th") if "Asha" in "".join(row.itertext())]


def test_who_was_not_reached_keeps_their_place_and_one_goes_on_behind_them(
    client: LookingClient, cast: Cast
) -> None:
    crowd(cast, 2)
    asks_for_a_call(cast, "asha")
    cast.signs_in(client, "colin")
    page = client.submit(opens_first(client), {"outcome": "no_answer"}, form="/call")
    assert "Asha Patel: no answer. It is logged." in page.text
    assert [row for row in page.all("th") if "Asha" in "".join(row.itertext())]
    assert "Crowd00000" in focused(page)


def test_undo_from_the_list_leads_back_to_the_row(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 2)
    asks_for_a_call(cast, "asha")
    cast.signs_in(client, "colin")
    page = client.submit(opens_first(client), {"outcome": "reached_continuing"}, form="/call")
    fields, action = page.form_fields("/undo")
    assert "list=ring" in action
    page = Page(client.post(action, data=fields, follow_redirects=True))
    assert page.path == "/ring-today" and "Asha Patel: the contact is taken back." in page.text
    assert focused(page) == "Call Asha Patel"
    assert not [form for form in page.all("form") if "/undo" in str(form.get("action"))]


def test_a_list_is_come_back_to_as_it_was_left(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 60)
    cast.signs_in(client, "colin")
    first = client.page("/ring-today")
    onward = next(str(a.get("href")) for a in first.all("a") if a.text == "Next 50")
    call = opens_first(client, onward)
    assert "after=" in call
    page = client.submit(call, {"outcome": "no_answer"}, form="/call")
    assert page.path == "/ring-today" and "Crowd00050" in page.text and "Crowd00049" not in page.text


def test_a_page_of_what_was_done_is_never_kept_for_anybody_else(client: LookingClient, cast: Cast) -> None:
    asks_for_a_call(cast, "asha")
    cast.signs_in(client, "colin")
    client.submit(opens_first(client), {"outcome": "no_answer"}, form="/call")
    cast.signs_in(client, "carol")
    assert "It is logged." not in client.page("/ring-today").text


def test_a_snooze_says_so_on_the_list_and_moves_on(client: LookingClient, cast: Cast) -> None:
    crowd(cast, 2)
    cast.signs_in(client, "colin")
    call = opens_first(client)
    day = TODAY() + timedelta(days=5)
    typed = {
        "how": "until", "why": "On holiday",
        "until_on-day": str(day.day), "until_on-month": str(day.month), "until_on-year": str(day.year),
    }  # fmt: skip
    page = client.submit(call.replace("/call?", "/hide?"), typed)
    assert page.path == "/ring-today" and "Pat Crowd00000 is off the list until" in page.text
    assert "Crowd00001" in focused(page)


def spends(cast: Cast, person: Person, calls: int) -> None:
    """So many calls of Colin's, this week, to this patient."""
    cast.enter(cast.colin)
    assert person.enrolment
    for _ in range(calls):
        requests.log_contact(person.enrolment, "call", "no_answer", "", by=cast.colin.actor)
    db.session.commit()


def test_a_lead_gives_a_colleague_their_own_number_of_calls(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    assert cast.colin.membership
    path = f"/service/staff/{cast.colin.membership.id}"
    assert "usual number of your service: 12" in client.page(path).text
    assert client.submit(path, {"calls_a_week": "-1"}).status == 422
    assert client.submit(path, {"calls_a_week": "2.5"}).status == 422
    client.submit(path, {"calls_a_week": "3"})
    cast.signs_in(client, "colin")
    assert "3 of your 3 calls this week are left." in client.page("/ring-today").text
    cast.signs_in(client, "carol")
    assert "12 of your 12 calls" in client.page("/ring-today").text
    cast.signs_in(client, "lena")
    client.submit(path, {"calls_a_week": ""})
    cast.signs_in(client, "colin")
    assert "12 of your 12 calls" in client.page("/ring-today").text


def test_when_the_calls_of_the_week_are_made_only_who_cannot_wait_is_listed(
    client: LookingClient, cast: Cast
) -> None:
    crowd(cast, 2)
    asha, dewi = asks_for_a_call(cast, "asha"), cast.dewi
    assert cast.colin.membership and dewi.enrolment
    cast.enter(cast.lena)
    staff.set_calls(cast.colin.membership.id, 1, by=cast.lena.actor)
    db.session.commit()
    spends(cast, dewi, 1)
    cast.signs_in(client, "colin")
    page = client.page("/ring-today")
    assert "Your 1 call of this week is made. Thank you." in page.text
    assert "Asha Patel" in page.text and "Crowd" not in page.text
    page = client.page("/ring-today?show=everybody")
    assert "Crowd00001" in page.text and "Nobody expects you to ring them all" in page.text
    assert "show=everybody" in opens_first(client, "/ring-today?show=everybody")
    assert asha.patient


def test_somebody_without_calls_is_told_kindly(client: LookingClient, cast: Cast) -> None:
    cast.enter(cast.lena)
    assert cast.colin.membership
    staff.set_calls(cast.colin.membership.id, 0, by=cast.lena.actor)
    db.session.commit()
    cast.signs_in(client, "colin")
    text = client.page("/ring-today").text
    assert "No calls are planned for you this week." in text
    assert "Nobody waits for a call that was promised." in text


def test_a_row_says_what_somebody_must_know_before_ringing(client: LookingClient, cast: Cast) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.enter(cast.carol)
    assert asha.patient
    changes = {"needs": ["interpreter", "large_print"], "language": "cy"}
    people.change_patient(asha.patient, changes, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "colin")
    text = client.page("/ring-today").text
    assert "07700 900552 · after 2 pm · interpreter · Cymraeg" in text and "large print" not in text
    assert f"since {TODAY().day} " in text


def test_a_row_and_a_story_say_that_email_does_not_arrive(client: LookingClient, cast: Cast) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.enter(cast.carol)
    assert asha.patient
    bounces.note_bounce(cast.carol.actor, id_of(asha.patient), "email", asha.patient.email.upper(), "full")
    db.session.commit()
    cast.signs_in(client, "colin")
    assert "e-mail does not arrive, since" in client.page("/ring-today").text
    cast.enter(cast.carol)
    people.change_patient(asha.patient, {"email": "new@example.org"}, by=cast.carol.actor)
    db.session.commit()
    assert "e-mail does not arrive" not in client.page("/ring-today").text


def test_a_patient_with_two_ways_has_one_row(client: LookingClient, cast: Cast) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.enter(cast.carol)
    again = engagement.enrol(
        id_of(asha.patient), door="refresher", rhythm="own_speed", core_modules=(), by=cast.carol.actor
    )
    requests.ask_for_call(again, "website", by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "colin")
    rows = ["".join(row.itertext()) for row in client.page("/ring-today").all("th", scope="row")]
    assert len([row for row in rows if "Asha Patel" in row]) == 1
    page = client.submit(opens_first(client), {"outcome": "reached_continuing"}, form="/call")
    assert not [row for row in page.all("th", scope="row") if "Asha Patel" in "".join(row.itertext())]


def test_a_call_that_was_asked_for_goes_along_to_the_next_way(client: LookingClient, cast: Cast) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.enter(cast.carol)
    engagement.enrol(
        id_of(asha.patient), door="refresher", rhythm="own_speed", core_modules=(), by=cast.carol.actor
    )
    db.session.commit()
    cast.signs_in(client, "colin")
    assert "about an exercise" in client.page("/ring-today").text


def test_an_alert_of_an_earlier_way_stays_on_the_list(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.enrolment
    engagement.note_safety_alert(asha.enrolment, TODAY(), by=cast.carol.actor)
    again = engagement.enrol(
        id_of(asha.patient), door="refresher", rhythm="own_speed", core_modules=(), by=cast.carol.actor
    )
    requests.ask_for_call(again, "website", by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "colin")
    page = client.page("/ring-today")
    rows = ["".join(row.itertext()) for row in page.all("th", scope="row")]
    assert len([row for row in rows if "Asha Patel" in row]) == 1
    assert "A safety alert has been open" in page.text
