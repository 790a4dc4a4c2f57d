"""The demonstration fills an empty installation, and every page opens for the people in it."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.looking import LookingClient
from webapp.commands.demo.filling import fill, is_empty, is_filled
from webapp.commands.demo.tools import TOOLBOXES
from webapp.course.exercises.registry import tools
from webapp.engagement.models import Summary
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people import sessions
from webapp.people.models import Account
from webapp.people.visitors import COOKIE

ENTRY = re.compile(r"/tools/[a-z-]+/[a-z-]+/[0-9a-f-]{36}")
PATIENT_PAGES = (
    "/today", "/course", "/course/start-here", "/toolbox", "/progress", "/me", "/pacing", "/goals", "/questionnaires",
    "/flare-up",
)  # fmt: skip
STAFF_PAGES = ("/ring-today", "/patients", "/answers", "/problems", "/invite", "/me")


@pytest.fixture
def filled(app: Flask, database: None) -> Flask:
    """The application with a few made-up people."""
    assert is_empty() and not is_filled()
    fill(few=True)
    assert is_filled()
    return app


def comes_in(app: Flask, client: LookingClient, name: str) -> None:
    account = db.session.scalars(select(Account).where(Account.sign_in_name == f"{name}@demo.waymark")).one()
    membership = next(iter(sessions.memberships_of(account.id)), None)
    staff = membership is None or membership.patient_id is None
    with app.test_request_context():
        secret = sessions.begin(account, membership, "staff" if staff else "own_phone", second_factor=staff)
        db.session.commit()
    client.set_cookie(COOKIE, secret)


@pytest.mark.parametrize("name", ["asha", "dewi", "marjorie", "luke", "rosa", "imran", "nerys"])
def test_every_page_opens_for_a_made_up_patient(filled: Flask, client: LookingClient, name: str) -> None:
    comes_in(filled, client, name)
    for path in PATIENT_PAGES:
        assert client.page(path).status == 200, path


def test_the_refresher_walks_a_route_and_somebody_is_back_after_weeks(
    filled: Flask, client: LookingClient
) -> None:
    comes_in(filled, client, "marjorie")
    route = client.page("/route")
    assert "Stop 1 · done" in route.text
    assert "Goals: 2 " in route.text
    assert "6 now" in route.text
    comes_in(filled, client, "nerys")
    today = client.page("/today")
    assert "Welcome back" in today.text
    assert "Start this module again" in today.text


def test_every_page_opens_for_made_up_staff(filled: Flask, client: LookingClient) -> None:
    comes_in(filled, client, "carol")
    for path in STAFF_PAGES:
        assert client.page(path).status == 200, path
    hillside = next(service for service in people.all_services() if service.name.startswith("Hillside"))
    enter_service(hillside.id)
    for patient_id in db.session.scalars(select(Summary.patient_id)).all():
        assert client.page(f"/patients/{patient_id}").status == 200


def test_there_is_somebody_in_every_state(filled: Flask) -> None:
    states = set()
    for service in people.all_services():
        enter_service(service.id)
        states |= set(db.session.scalars(select(Summary.state)))
    assert states >= {
        "invited",
        "not_started",
        "on_track",
        "quieter",
        "ring_first",
        "paused",
        "left",
        "keeping_going",
    } - {"keeping_going"}
    assert states & {"finished", "keeping_going"}


def test_asha_has_a_walk_and_a_goal_that_she_shares(filled: Flask, client: LookingClient) -> None:
    comes_in(filled, client, "asha")
    assert "Walk to the park" in client.page("/pacing").text
    assert "Tea with Mum" in client.page("/goals").text


def test_made_up_patients_have_tools_in_use(filled: Flask, client: LookingClient) -> None:
    for name, box in TOOLBOXES.items():
        comes_in(filled, client, name)
        toolbox = client.page("/toolbox").text
        for tool in {one.tool for one in box.noted if one.tool in tools()}:
            assert str(tools()[tool].title) in toolbox.split("All tools")[0], tool
            page = client.page(f"/tools/{tool}")
            assert page.status == 200 and client.page(f"/tools/{tool}/print").status == 200
            for address in {str(link.get("href")) for link in page.all("a")}:
                if ENTRY.fullmatch(address):
                    assert client.page(address).status == 200, address


def test_one_tool_one_route_and_one_ladder_are_opened(filled: Flask, client: LookingClient) -> None:
    comes_in(filled, client, "luke")
    assert "Bend down to tie my shoe" in client.page("/tools/exposure-ladder").text
    comes_in(filled, client, "asha")
    assert not client.page("/tools/exposure-ladder").all("a", href="/tools/exposure-ladder/rung/new")
    asha, marjorie = patient_called("asha"), patient_called("marjorie")
    comes_in(filled, client, "carol")
    story = client.page(f"/patients/{asha}").text
    assert "My work sheet" in story and "Problem solving" not in story
    assert "Front desk of a library" in client.page(f"/patients/{asha}/tools/work-sheet").text
    assert "Route: 1. " in client.page(f"/patients/{marjorie}").text


def patient_called(name: str) -> UUID | None:
    account = db.session.scalars(select(Account.id).where(Account.sign_in_name == f"{name}@demo.waymark"))
    return sessions.memberships_of(account.one())[0].patient_id
