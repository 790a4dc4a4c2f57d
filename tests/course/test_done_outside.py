"""A key exercise that was done outside its module, with its tool, counts: at once where it is kept in the course, and
on every page that says what is left."""

from __future__ import annotations

import pytest

from tests.cast import Cast, Person, id_of
from tests.course.filling import fill_in
from tests.course.reading import read_whole
from tests.looking import LookingClient
from webapp.course import service
from webapp.course.exercises.registry import tools
from webapp.engagement import service as engagement
from webapp.foundations.database import db
from webapp.goals import service as goals
from webapp.pacing import service as pacing

LAST = "keeping-it-up"
TOOL = "keep-going"
LEFT = "One exercise is left"


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> Person:
    """Somebody with a session."""
    return cast.signs_in(client, "asha")


def notes_a_walk(cast: Cast, person: Person) -> None:
    cast.enter(person)
    pacing.begin(id_of(person.patient), pacing.NewActivity("walk", "", "", "time", None), by=person.actor)
    db.session.commit()


def begun(cast: Cast, person: Person, module: str) -> service.Begun:
    cast.enter(person)
    assert person.enrolment
    return service.begun_in(person.enrolment)[module]


def queries_of(client: LookingClient, path: str) -> int:
    """How many statements a page sends, once it is warm."""
    client.page(path)
    client.page(path)
    return len([one for one in client.last_statements if not one.startswith("UPDATE signed_in")])


@pytest.mark.parametrize("path", ["/today", "/course", "/course/start-here", "/course/start-here/end"])
def test_tries_written_down_outside_leave_nothing_to_do(
    client: LookingClient, cast: Cast, asha: Person, path: str
) -> None:
    read_whole(client)
    assert LEFT.lower() in client.page(path).text.lower() or "one exercise left" in client.page(path).text
    notes_a_walk(cast, asha)
    page = client.page(path)
    assert LEFT.lower() not in page.text.lower() and "one exercise left" not in page.text
    assert begun(cast, asha, "start-here").key_done_at is None, "a page that is looked at writes nothing"


@pytest.mark.parametrize("path", ["/today", "/course/start-here", "/course/start-here/end"])
def test_one_tap_finishes_it(client: LookingClient, cast: Cast, asha: Person, path: str) -> None:
    read_whole(client)
    notes_a_walk(cast, asha)
    done = client.submit(path, form="/course/start-here/end")
    assert done.heading == "You have done this module"
    assert begun(cast, asha, "start-here").key_done_at is not None
    assert asha.enrolment and engagement.milestones_of(asha.enrolment)[0].done_on is not None


def test_a_tool_that_is_saved_finishes_the_module_that_was_read(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    client.submit(f"/course/{LAST}", form="/open")
    read_whole(client, LAST)
    assert not begun(cast, asha, LAST).done_at
    fill_in(cast, asha, tools()[TOOL])
    assert begun(cast, asha, LAST).key_done_at and begun(cast, asha, LAST).done_at
    assert client.page(f"/course/{LAST}/end").heading == "You have done this module"


def test_a_tool_that_is_saved_first_leaves_the_pages_to_read(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    client.submit(f"/course/{LAST}", form="/open")
    fill_in(cast, asha, tools()[TOOL])
    assert begun(cast, asha, LAST).key_done_at and not begun(cast, asha, LAST).done_at
    assert read_whole(client, LAST).heading == "You have done this module"


def test_another_tool_and_another_patient_change_nothing(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    client.submit(f"/course/{LAST}", form="/open")
    read_whole(client, LAST)
    fill_in(cast, asha, tools()["problem-solving"])
    fill_in(cast, cast.dewi, tools()[TOOL])
    assert begun(cast, asha, LAST).key_done_at is None
    assert client.page(f"/course/{LAST}/end").heading == LEFT


def test_what_was_kept_for_later_is_no_longer_kept_once_it_is_done(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    read_whole(client)
    client.submit("/course/start-here/end", form="/later")
    assert "one exercise kept for later" in client.page("/course").text
    notes_a_walk(cast, asha)
    assert "kept for later" not in client.page("/course").text
    assert "You kept an exercise" not in client.page("/course/start-here/end").text


def test_each_room_is_asked_once_however_many_modules_wait(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    for module in ("start-here", "goals-and-values", LAST):
        client.submit(f"/course/{module}", form="/open") if module != "start-here" else None
        read_whole(client, module)
    few = queries_of(client, "/course")
    for module in ("pacing", "relaxation-and-mindfulness", "sleep-and-fatigue"):
        client.submit(f"/course/{module}", form="/open") if module != "sleep-and-fatigue" else None
        read_whole(client, module)
    assert queries_of(client, "/course") == few
    cast.enter(asha)
    goals.begin(asha.actor, id_of(asha.patient))
    db.session.commit()
    assert client.page("/course/goals-and-values").all("form", action="/course/goals-and-values/end")
