"""What a patient reads of what they share, and of what their team looked at."""

from __future__ import annotations

import pytest

from tests.cast import Cast, id_of
from tests.course.filling import fill_in
from tests.looking import LookingClient
from webapp.commands.demo import acts
from webapp.course import entries, routes_taken, sharing
from webapp.course.exercises.registry import tools
from webapp.foundations.database import db
from webapp.pacing import service as pacing

CHOICE = "/course/start-here/hurt-and-harm"
SKILLS = {"pacing": 3, "sleep-and-fatigue": 2}


@pytest.fixture
def shares(client: LookingClient, cast: Cast) -> None:
    """Marjorie shares one of everything."""
    marjorie = cast.signs_in(client, "marjorie")
    patient_id = id_of(marjorie.patient)
    by = marjorie.actor
    client.submit(CHOICE, {"answer-first-thought": "settles"}, form=CHOICE)
    fill_in(cast, marjorie, tools()["work-sheet"])
    entries.share_tool(tools()["work-sheet"], True, patient_id=patient_id, by=by)
    sharing.share(patient_id, "start-here/first-thought", True, by=by)
    assert marjorie.patient and marjorie.enrolment
    acts.make_goal(marjorie.patient, by=by)
    plan = pacing.begin(patient_id, pacing.NewActivity("walk", "", "", "time", None), by=by)
    pacing.share(plan, True, by=by)
    routes_taken.look(marjorie.enrolment, SKILLS, at_booster=False, by=by)
    routes_taken.share_route(marjorie.enrolment, True, by=by)
    db.session.commit()


def test_each_thing_is_called_by_its_name(client: LookingClient, cast: Cast, shares: None) -> None:
    text = client.page("/me/sharing").text
    for name in (
        "Tool: My work sheet",
        "Start here: When your pain gets worse",
        "Tea with Mum",
        "Walk",
        "My route",
    ):
        assert name in text, name


def test_a_thing_that_is_not_there_any_more_still_can_be_taken_back(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    for thing in ("tool/gone", "gone/first-thought", "start-here/gone", "odd"):
        sharing.share(id_of(asha.patient), thing, True, by=asha.actor)
    db.session.commit()
    page = client.page("/me/sharing")
    assert [heading.text for heading in page.all("h2", class_="wm-card__title")] == ["An exercise"] * 4
    assert page.text.count("Stop sharing") == 4


def test_what_was_looked_at_is_said(client: LookingClient, cast: Cast, shares: None) -> None:
    marjorie = cast.marjorie
    cast.signs_in(client, "carol")
    patient = f"/patients/{id_of(marjorie.patient)}"
    story = client.page(patient).text
    assert "Route: 1. Sleep · 2. Pacing" in story, "stops in words, never their numbers"
    client.page(f"{patient}/tools/work-sheet")
    cast.signs_in(client, "marjorie")
    text = client.page("/me/who-looked").text
    for what in (
        "your record",
        "your tool “My work sheet”",
        "the goals that you share",
        "the pacing plans that you share",
        "the exercises that you share",
        "the route that you share",
    ):
        assert f"Carol Osei looked at {what}." in text, what


def test_nothing_is_said_of_what_was_not_shared(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "carol")
    client.page(f"/patients/{id_of(asha.patient)}")
    cast.signs_in(client, "asha")
    text = client.page("/me/who-looked").text
    assert "looked at your record" in text and "that you share" not in text
