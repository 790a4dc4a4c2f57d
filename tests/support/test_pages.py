"""Help now, ask my team to ring me, something wrong here."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from webapp.engagement.models import CallRequest
from webapp.foundations.database import db
from webapp.support.models import ProblemReport


@pytest.mark.parametrize(
    "words", ["999", "116 123", "111, then choose 2", "Lifeline", "SHOUT", "between your legs"]
)
def test_help_now_names_every_way_to_help_without_signing_in(client: LookingClient, words: str) -> None:
    assert words in client.page("/help-now").text


def test_help_now_reads_no_session_and_may_be_kept(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    answer = client.get("/help-now")
    assert not [s for s in client.last_statements if "signed_in" in s]
    assert "public" in answer.headers["Cache-Control"] and "Set-Cookie" not in answer.headers
    assert "nonce" not in answer.headers["Content-Security-Policy"] and "<script" not in answer.text


def test_help_now_of_a_service_shows_its_own_nation_and_lines(client: LookingClient, cast: Cast) -> None:
    cast.hillside.nation = "wales"
    cast.hillside.crisis_lines = [
        {"name": "Hillside crisis team", "number": "01632 960199", "checked_on": "2026-11-01"}
    ]
    db.session.commit()
    page = client.page(f"/help-now/{cast.hillside.id}")
    assert "press 2" in page.text and "01632 960199" in page.text and "Lifeline" not in page.text


def test_help_now_works_when_the_records_cannot_be_read(client: LookingClient, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    from sqlalchemy.exc import OperationalError

    def gone(_id: object) -> None:
        raise OperationalError("select", {}, Exception("gone"))

    monkeypatch.setattr("webapp.support.help_now.db_version", gone)
    page = client.page("/help-now/0193e7a0-0000-7000-8000-000000000000")
    assert "116 123" in page.text


def test_asking_for_a_call_says_by_which_day(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/ring-me", {"about": "exercise"})
    assert page.heading == "Your team will ring you" and re.search(r"by \w+day \d+ \w+", page.text)
    assert db.session.scalars(select(CallRequest.about)).all() == ["exercise"]


def test_how_i_feel_shows_help_first(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    first = client.submit("/ring-me", {"about": "how_i_feel"})
    assert "help now" in first.heading.lower() and not db.session.scalars(select(CallRequest)).all()
    fields, action = first.form_fields()
    client.post(action, data=fields)
    assert db.session.scalars(select(CallRequest.about)).all() == ["how_i_feel"]


def test_asking_without_saying_about_what_is_told_kindly(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/ring-me", {})
    assert page.status == 422 and "Choose what you would like to talk about" in page.text


def test_a_call_can_be_taken_back(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    client.submit("/ring-me", {"about": "website"})
    page = client.submit("/ring-me", form="not-any-more")
    assert page.heading == "Ask my team to ring me"
    assert db.session.scalars(select(CallRequest.closed_at)).one() is not None


def test_a_report_is_stored_with_its_page_and_day(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/something-wrong?page=/course", {"kind": "made_me_worse", "words": "It hurt."})
    report = db.session.scalars(select(ProblemReport)).one()
    assert (report.kind, report.page, report.words) == ("made_me_worse", "/course", "It hurt.")
    assert "Ask my team to ring me" in page.text


def test_another_sites_address_is_not_stored(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    client.submit("/something-wrong?page=//evil.example/x", {"kind": "wrong"})
    assert db.session.scalars(select(ProblemReport.page)).one() == "/"


def test_a_report_without_a_kind_keeps_what_was_written(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/something-wrong", {"words": "Page 3 is odd."})
    assert page.status == 422 and "Page 3 is odd." in page.html


@pytest.mark.parametrize("path", ["/your-information", "/accessibility"])
def test_anybody_may_read_about_the_site(client: LookingClient, path: str) -> None:
    assert client.page(path).status == 200
