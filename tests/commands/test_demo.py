"""The demonstration fills an empty installation, and every page opens for the people in it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select

from tests.conftest import rolled_back
from tests.looking import LookingClient
from webapp.commands.demo.filling import fill, is_empty, is_filled
from webapp.commands.demo.tools import TOOLBOXES
from webapp.course.exercises.registry import tools
from webapp.engagement.models import CallRequest, Enrolment, Flag, Summary
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import service as people
from webapp.people import sessions
from webapp.people.models import Account, Service
from webapp.people.visitors import COOKIE
from webapp.reminders.models import Bounce, ReminderAnswer

ENTRY = re.compile(r"/tools/[a-z-]+/[a-z-]+/[0-9a-f-]{36}")
PATIENT_PAGES = (
    "/today", "/course", "/course/start-here", "/toolbox", "/progress", "/me", "/pacing", "/goals", "/questionnaires",
    "/flare-up",
)  # fmt: skip
STAFF_PAGES = (
    "/ring-today",
    "/patients",
    "/answers",
    "/problems",
    "/messages",
    "/messages/letters",
    "/invite",
    "/me",
)


@pytest.fixture(scope="module")
def filled_once(app: Flask) -> Iterator[Flask]:
    """The application with a few made-up people, made once for all of these tests, and rolled back after the last."""
    with rolled_back(app):
        assert is_empty() and not is_filled()
        fill(few=True)
        assert is_filled()
        _let_go()
        yield app


@pytest.fixture
def filled(filled_once: Flask) -> Iterator[Flask]:
    """The same people for each test: what the one before did is taken back."""
    kept = db.sessionmaker.kw["bind"].begin_nested()
    yield filled_once
    _let_go()
    kept.rollback()


def _let_go() -> None:
    db.session.rollback()
    db.session.expunge_all()
    enter_service(None)


@pytest.fixture
def client(filled: Flask) -> LookingClient:
    """A browser in the demonstration."""
    return filled.test_client()  # type: ignore[return-value]


@pytest.fixture
def hillside(filled: Flask) -> Service:
    """The larger of the two services, entered."""
    found = next(service for service in people.all_services() if service.name.startswith("Hillside"))
    enter_service(found.id)
    return found


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


def test_every_page_opens_for_made_up_staff(filled: Flask, client: LookingClient, hillside: Service) -> None:
    comes_in(filled, client, "carol")
    for path in STAFF_PAGES:
        assert client.page(path).status == 200, path
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


# --- messages --------------------


def test_every_e_mail_was_taken_on_its_day_and_letters_wait_to_be_printed(hillside: Service) -> None:
    ours = db.session.scalars(select(Letter).where(Letter.kind.startswith("reminder:"))).all()
    e_mails = [letter for letter in ours if letter.channel == "email"]
    assert len(e_mails) > 20
    assert all(
        letter.sent_at and letter.sent_at - letter.written_at < timedelta(hours=1) for letter in e_mails
    )
    assert {letter.written_at.date() for letter in e_mails} >= {clock.today() - timedelta(days=7)}
    assert sum(letter.channel == "letter" and letter.sent_at is None for letter in ours) >= 2


def test_somebody_said_stuck_and_somebody_flare_up(hillside: Service) -> None:
    said = {row.answer: row.enrolment_id for row in db.session.scalars(select(ReminderAnswer))}
    assert said.keys() == {"stuck", "flare_up"}
    about = select(CallRequest.about).where(
        CallRequest.enrolment_id == said["stuck"], CallRequest.closed_at.is_(None)
    )
    assert db.session.scalars(about).all() == ["website"]
    state = select(Summary.state).where(Summary.enrolment_id == said["flare_up"])
    assert db.session.scalar(state) == "paused"


def test_an_address_has_bounced(hillside: Service) -> None:
    bounce = db.session.scalars(select(Bounce)).one()
    assert bounce.channel == "email" and bounce.settled_at is None
    since = select(Letter.id).where(Letter.to_address == bounce.address, Letter.written_at > bounce.noted_at)
    assert db.session.scalars(since).all() == []


def test_somebody_left_and_came_back_by_the_refresher_door(hillside: Service) -> None:
    ways = db.session.execute(select(Enrolment.patient_id, Enrolment.door, Enrolment.ended_on)).all()
    twice = Counter(way.patient_id for way in ways).most_common(1)[0]
    assert twice[1] == 2
    of_one = {way.door: way.ended_on for way in ways if way.patient_id == twice[0]}
    assert of_one["course"] is not None and of_one["refresher"] is None


def test_the_service_has_a_script_of_its_own(filled: Flask, client: LookingClient, hillside: Service) -> None:
    comes_in(filled, client, "lena")
    assert "Our Thursday group has a free chair" in client.page("/service/scripts/quiet/en").text


def test_flags_were_logged_on_their_days(hillside: Service) -> None:
    logged = db.session.execute(select(Flag.state, Flag.on)).all()
    assert {"quieter", "ring_first", "not_started"} <= {flag.state for flag in logged}
    assert len({flag.on for flag in logged}) > 20


def patient_called(name: str) -> UUID | None:
    account = db.session.scalars(select(Account.id).where(Account.sign_in_name == f"{name}@demo.waymark"))
    return sessions.memberships_of(account.one())[0].patient_id
