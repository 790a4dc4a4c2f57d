"""What the team sees of a patient's tools, and what it opens for them."""

from __future__ import annotations

from tests.cast import Cast, Person, id_of
from tests.looking import LookingClient
from webapp.course import entries
from webapp.course.exercises.registry import tools
from webapp.foundations import clock
from webapp.foundations.database import db


def writes_about_the_stairs(cast: Cast, person: Person, *, shared: bool) -> str:
    cast.enter(person)
    kind = tools()["problem-solving"]
    sheet = kind.sheets[0]
    entries.save_screen(
        kind, sheet, sheet.screens[0], {"problem": "The stairs"}, entry=None, on=clock.today(), about=None,
        is_last=False, patient_id=id_of(person.patient), by=person.actor,
    )  # fmt: skip
    entries.share_tool(kind, shared, patient_id=id_of(person.patient), by=person.actor)
    db.session.commit()
    return f"/patients/{id_of(person.patient)}/tools/problem-solving"


def test_a_shared_tool_is_on_the_story_and_can_be_read(client: LookingClient, cast: Cast) -> None:
    path = writes_about_the_stairs(cast, cast.asha, shared=True)
    cast.signs_in(client, "carol")
    assert "Problem solving" in client.page(f"/patients/{id_of(cast.asha.patient)}").text
    assert "The stairs" in client.page(path).text


def test_a_tool_that_is_not_shared_is_not_there(client: LookingClient, cast: Cast) -> None:
    path = writes_about_the_stairs(cast, cast.asha, shared=False)
    cast.signs_in(client, "carol")
    assert client.page(path).status == 404
    assert "The stairs" not in client.page(f"/patients/{id_of(cast.asha.patient)}").text


def test_a_locked_tool_is_opened_and_locked_again_by_the_team(client: LookingClient, cast: Cast) -> None:
    patient_id = id_of(cast.asha.patient)
    path = f"/patients/{patient_id}/tools"
    locked = [kind.name for kind in tools().values() if kind.opened_by_team]
    cast.signs_in(client, "carol")
    for name in locked:
        for lock, is_open in (("open", True), ("locked", False)):
            client.submit(path, {"lock": lock}, form=f"/{name}/lock")
            cast.enter(cast.carol)
            assert entries.is_opened(cast.carol.actor, patient_id, name) is is_open
        assert client.submit(path, {"lock": "wide"}, form=f"/{name}/lock").status == 404
