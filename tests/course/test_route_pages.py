"""The refresher's route on its pages: asked once, three stops, one after another, private until shared."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from tests.course.reading import read
from tests.looking import LookingClient
from webapp.course import routes_taken, shelf
from webapp.course.route_models import Route, SkillCheck
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import own_record

SKILLS = "/route/skills"
LOW = {"pacing": "3", "goals-and-values": "1", "flare-up-plan": "4", "sleep-and-fatigue": "9"}


@pytest.fixture
def marjorie(client: LookingClient, cast: Cast) -> Person:
    """A refresher, signed in."""
    person = cast.signs_in(client, "marjorie")
    cast.enter(person)
    return person


def last_page(module: str) -> str:
    found = shelf.course().module(module)
    assert found is not None
    return found.texts["en"].pages[-1].name


def rows(person: Person, model: type) -> list:  # type: ignore[type-arg]
    found = select(model).where(model.enrolment_id == person.enrolment.id).order_by(model.id)
    return list(db.session.scalars(found))


def test_today_asks_what_has_slipped_and_shows_the_route(client: LookingClient, marjorie: Person) -> None:
    today = client.page("/today")
    assert "What has slipped?" in today.text
    assert today.all("a", href=SKILLS)
    route = client.submit(SKILLS, LOW)
    assert (route.path, route.heading) == ("/route", "Your route")
    assert "3 stops, made from what you told us." in route.text
    assert "Goals: 1 now" in route.text
    assert "Sleep: 9 now" in route.text
    assert "Relaxation" not in route.text
    for path in ("/today", "/course"):
        assert "Your route: 1 Goals · 2 Pacing · 3 Flare-up plan" in client.page(path).text
    today = client.page("/today")
    assert "Next · Stop 1 of 3" in today.text
    assert "Goals and values" in today.text
    kept = rows(marjorie, SkillCheck)
    assert [(row.occasion, row.answers) for row in kept] == [
        ("entry", {"pacing": 3, "goals-and-values": 1, "flare-up-plan": 4, "sleep-and-fatigue": 9})
    ]


def test_a_stop_is_done_by_word_and_may_be_opened_again(client: LookingClient, marjorie: Person) -> None:
    client.submit(SKILLS, LOW)
    route = client.submit("/route", form="/route/stop")
    assert "Stop 1 · done" in route.text
    assert "Stop 2 · you are here" in route.text
    assert "Next · Stop 2 of 3" in client.page("/today").text
    assert "Stop 1 · you are here" in client.submit("/route", form="/route/stop").text


@pytest.mark.parametrize("page", ["goals", "pages"])
def test_a_stop_is_done_by_the_modules_last_page_or_its_key_exercise(
    client: LookingClient, marjorie: Person, page: str
) -> None:
    client.submit(SKILLS, LOW)
    if page == "pages":
        read(client, "goals-and-values", last_page("goals-and-values"))
    else:
        from webapp.goals import service as goals

        goals.begin(marjorie.actor, id_of(marjorie.patient))
        db.session.commit()
    assert "Stop 1 · done" in client.page("/route").text
    assert "Next · Stop 2 of 3" in client.page("/today").text


def test_what_was_read_before_the_route_began_does_not_count(client: LookingClient, marjorie: Person) -> None:
    read(client, "goals-and-values", last_page("goals-and-values"))
    assert "Look at eight skills, and get a short route" in client.page("/today").text
    with clock.standing_at(clock.now() + timedelta(minutes=5)):
        client.submit(SKILLS, LOW)
        assert "Stop 1 · you are here" in client.page("/route").text
        read(client, "goals-and-values", last_page("goals-and-values"))
        assert "Stop 1 · done" in client.page("/route").text


def test_at_the_end_of_the_route_everything_is_open(client: LookingClient, marjorie: Person) -> None:
    client.submit(SKILLS, {"pacing": "2"})
    assert "One stop, made from what you told us." in client.page("/route").text
    client.submit("/route", form="/route/stop")
    assert "You have been to every stop" in client.page("/today").text
    assert "You have been to every stop." in client.page("/route").text


def test_when_all_is_well_nothing_has_slipped(client: LookingClient, marjorie: Person) -> None:
    page = client.submit(SKILLS, {"pacing": "8", "sleep-and-fatigue": "10"})
    assert page.heading == "Nothing has slipped"
    assert "Nothing has slipped" in client.page("/today").text
    assert "Nothing has slipped" in client.page("/course").text


def test_asking_again_makes_a_new_route_and_says_what_has_changed(
    client: LookingClient, marjorie: Person
) -> None:
    client.submit(SKILLS, LOW)
    with clock.standing_at(clock.now() + timedelta(days=3)):
        route = client.submit(SKILLS, {"goals-and-values": "8", "pacing": "5", "sleep-and-fatigue": "2"})
    assert "Goals: 1 " in route.text
    assert "8 now" in route.text
    assert "Your route: 1 Sleep · 2 Pacing" in client.page("/course").text
    assert [row.occasion for row in rows(marjorie, SkillCheck)] == ["entry", "again"]
    assert len(rows(marjorie, Route)) == 2


def test_it_may_be_skipped_and_asked_for_later(client: LookingClient, marjorie: Person) -> None:
    today = client.submit("/today", form="/route/skip")
    assert today.path == "/today"
    assert "What has slipped?" not in today.text
    assert client.page("/course").all("a", href=SKILLS)
    assert client.page("/route").path == SKILLS
    assert rows(marjorie, Route) == []


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "Tap a number for one skill or more, or skip this page"),
        ({"pacing": "11"}, "Choose one of the answers"),
        ({"pacing": "-1"}, "Choose one of the answers"),
        ({"pacing": "a lot", "sleep-and-fatigue": "3"}, "Choose one of the numbers"),
    ],
)
def test_what_cannot_be_saved_is_told_beside_it(
    client: LookingClient, marjorie: Person, given: dict[str, str], says: str
) -> None:
    page = client.submit(SKILLS, given)
    assert page.status == 422
    assert says in page.text
    assert rows(marjorie, SkillCheck) == []
    if "sleep-and-fatigue" in given:
        assert any(one.get("checked") is not None for one in page.all("input", name="sleep-and-fatigue"))


def test_a_stop_that_is_not_theirs_is_not_there(client: LookingClient, marjorie: Person) -> None:
    client.submit(SKILLS, LOW)
    assert client.submit("/route", {"skill": "sleep-and-fatigue"}, form="/route/stop").status == 404


def test_the_route_is_private_until_it_is_shared(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    client.submit(SKILLS, LOW)
    patient_id = id_of(marjorie.patient)

    def seen() -> routes_taken.SharedRoute | None:
        cast.enter(cast.carol)
        return routes_taken.shared_route(cast.carol.actor, patient_id)

    assert seen() is None
    page = client.submit("/route", form="/route/share")
    assert "They never see your numbers." in page.text
    found = seen()
    assert found is not None
    assert [(stop.title, stop.is_done) for stop in found.stops] == [
        ("Goals", False), ("Pacing", False), ("Flare-up plan", False),
    ]  # fmt: skip
    cast.enter(marjorie)
    assert [one.title for one in own_record.what_is_shared(patient_id, by=marjorie.actor)] == ["My route"]
    client.submit(SKILLS, {"pacing": "2"})
    assert seen() is None, "a new route is private again"
    client.submit("/route", form="/route/share")
    assert seen() is not None
    client.submit("/route", form="/route/share")
    assert seen() is None


def test_nobody_sees_another_services_route(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    client.submit(SKILLS, LOW)
    client.submit("/route", form="/route/share")
    cast.enter(cast.victor)
    assert routes_taken.shared_route(cast.victor.actor, id_of(marjorie.patient)) is None


@pytest.mark.parametrize("path", ["/route", SKILLS, "/route/booster"])
def test_in_the_middle_of_the_course_there_is_no_route(client: LookingClient, cast: Cast, path: str) -> None:
    cast.signs_in(client, "asha")
    assert client.page(path).status == 404
    assert "slipped" not in client.page("/course").text


def test_a_route_costs_no_more_with_much_behind_it(client: LookingClient, marjorie: Person) -> None:
    def cost() -> dict[str, int]:
        found = {}
        for path in ("/today", "/course", "/route"):
            client.page(path)
            client.page(path)
            found[path] = len(
                [one for one in client.last_statements if not one.startswith("UPDATE signed_in")]
            )
        return found

    client.submit(SKILLS, LOW)
    calm = cost()
    for time in range(4):
        client.submit(SKILLS, {**LOW, "pacing": str(time)})
    read(client, "pacing", *[page.name for page in shelf.course().module("pacing").texts["en"].pages[:3]])  # type: ignore[union-attr]
    assert cost() == calm
