"""Addresses that do not work: noted by hand, and from a mail system's list."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest

from tests.cast import Cast, id_of
from tests.clinic.messages_made import (
    EMPTY,
    LIST,
    lives_somewhere,
)
from tests.looking import LookingClient
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.reminders import bounces


def test_an_address_is_noted_by_hand(client: LookingClient, cast: Cast) -> None:
    bounced = cast.asha
    cast.signs_in(client, "colin")
    page = client.submit("/messages/note", {"address": "Asha@example.org", "why": "unknown"})
    assert "Noted for one person." in page.text and "Asha Patel" in page.text
    cast.enter(cast.carol)
    assert bounces.bounced(cast.hillside.id, id_of(bounced.patient)) == {("email", "asha@example.org")}


@pytest.mark.parametrize(
    ("address", "why", "said"),
    [
        ("", "unknown", "Fill in the address or number"),
        ("asha at home", "unknown", "Fill in an e-mail address or a number"),
        ("nobody@example.org", "unknown", "Nobody here has this address"),
        ("vera@example.org", "unknown", "Nobody here has this address"),
        ("asha@example.org", None, "Choose why it does not arrive"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_with_nothing_lost(
    client: LookingClient, cast: Cast, address: str, why: str | None, said: str
) -> None:
    assert cast.asha and cast.vera
    cast.signs_in(client, "carol")
    page = client.submit("/messages/note", {"address": address, "why": why})
    assert page.status == 422 and said in page.text
    assert not address or f'value="{address}"' in page.html


def test_a_patients_own_ways_are_offered(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    lives_somewhere(cast, asha)
    cast.signs_in(client, "carol")
    path = f"/patients/{id_of(asha.patient)}/does-not-arrive"
    text = client.page(path).text
    assert "E-mail: asha@example.org" in text and "Letter: 1 Hill Road, Hillside, HS1 1AA" in text
    page = client.submit(path, {"channel": "letter", "why": "moved"})
    assert "Noted." in page.text and page.path == f"/patients/{id_of(asha.patient)}"
    assert "Letters do not arrive, since" in client.page(LIST).text


def test_a_day_still_to_come_and_no_way_are_refused(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    path = f"/patients/{id_of(cast.asha.patient)}/does-not-arrive"
    tomorrow = clock.today() + timedelta(days=1)
    day = {
        "since_on-day": str(tomorrow.day), "since_on-month": str(tomorrow.month), "since_on-year": str(tomorrow.year)
    }  # fmt: skip
    assert client.submit(path, {"channel": "email", "why": "full", **day}).status == 422
    assert client.submit(path, {"channel": "pigeon", "why": "full"}).status == 422
    assert EMPTY in client.page(LIST).text


def test_nothing_to_note_for_whom_the_record_has_no_address(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.patient
    people.change_patient(asha.patient, {"email": "", "mobile": ""}, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "There is nothing to note." in client.page(f"/patients/{asha.patient.id}/does-not-arrive").text


def sends(client: LookingClient, text: str) -> Any:
    """Send a list as a file."""
    fields, action = client.page("/messages/import").form_fields(None)
    file = {"file": (io.BytesIO(text.encode()), "bounces.csv")}
    return client.post(action or "/messages/import", data={**fields, **file}, follow_redirects=True)


def test_a_mail_systems_list_is_read_in(client: LookingClient, cast: Cast) -> None:
    assert cast.asha and cast.dewi and cast.vera
    cast.signs_in(client, "carol")
    text = "address,reason,date\nasha@example.org,5.1.1,2026-11-01\ndewi@example.org,4.2.0,\nvera@example.org,5.1.1,\n"
    said = sends(client, text).text
    for words in (
        "One address was noted.",
        "Only delays, so left out: line 3.",
        "Nobody here has these",
        "line 4.",
    ):
        assert words in said, words
    assert "Asha Patel" in said and "1 Nov" in said
    assert "One was known already." in sends(client, text).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This file is empty"),
        ("who\nasha@example.org\n", "Line 1"),
        ("address,date\nasha@example.org,soon\n", "Line 2"),
        ("address\nasha@example.org\nnonsense\n", "Line 3"),
        ("address\n" + "a@example.org\n" * 1001, "There are more than 1000 lines"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_line_and_keeps_nothing(
    client: LookingClient, cast: Cast, text: str, said: str
) -> None:
    assert cast.asha
    cast.signs_in(client, "carol")
    answer = sends(client, text)
    assert answer.status_code == 422 and said in answer.text
    assert EMPTY in client.page(LIST).text


def test_no_file_is_refused(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert client.submit("/messages/import").status == 422
