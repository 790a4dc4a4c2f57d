"""I'm having a flare-up: signed out and in, day by day, and the way back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.pacing.paths import begin_walk, move_days
from tests.page import Page, text_of
from webapp.engagement.models import FlareUp, Summary
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.foundations.languages import in_words
from webapp.pacing import service
from webapp.pacing.models import PacingTick


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    return client


def choose(client: LookingClient, choice: str) -> Page:
    return client.submit("/flare-up", {"choice": choice}, form="/today")


def say_settled(client: LookingClient, said: str = "yes") -> Page:
    return client.submit("/flare-up", {"settled": said}, form="/day")


def buttons(page: Page, name: str) -> list[str]:
    return [text_of(button) for button in page.all("button", name=name)]


def test_signed_out_there_is_help(client: LookingClient) -> None:
    page = client.page("/flare-up")
    assert page.status == 200 and page.text.index("get help") < page.text.index("Breathe out slowly")
    assert not page.all("main")[0].findall(".//form")


def test_staff_see_the_general_page(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert client.page("/flare-up").heading == "Is this your usual kind of flare?"


def test_the_first_line_asks_and_the_choices_are_equal(asha: LookingClient) -> None:
    begin_walk(asha)
    page = asha.page("/flare-up")
    assert page.text.startswith("Is this your usual kind of flare? New, different, or feeling ill: get help.")
    assert buttons(page, "choice") == ["Rest today", "Do less today", "Do half today", "Do the same today"]
    assert len({button.get("class") for button in page.all("button", name="choice")}) == 1
    assert "Walk: 3½ minutes" in page.text
    assert "none is allowed" in page.text
    for forbidden in ("muscle", "You must", "failed"):
        assert forbidden not in page.text


def test_looking_at_the_page_pauses_nothing(asha: LookingClient) -> None:
    asha.page("/flare-up")
    assert db.session.scalars(select(FlareUp)).all() == []


def test_choosing_pauses_the_clocks_and_names_day_3(
    asha: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = choose(asha, "half")
    assert "You chose to do half." in page.text and "Messages and clocks are paused." in page.text
    move_days(monkeypatch, 2)
    third_day = in_words(clock.today())
    monkeypatch.undo()
    assert f"We’ll ask how you are on {third_day}." in asha.page("/flare-up").text
    assert cast.asha.enrolment
    summary = db.session.scalars(select(Summary).where(Summary.enrolment_id == cast.asha.enrolment.id)).one()
    assert summary.state == "paused"


def test_two_taps_are_one_flare_up(asha: LookingClient) -> None:
    choose(asha, "half")
    assert "You chose to rest." in choose(asha, "rest").text
    assert len(db.session.scalars(select(FlareUp)).all()) == 1


@pytest.mark.parametrize(
    ("choice", "heading"),
    [
        ("rest", "Walk: rest today"),
        ("less", "Walk: as much as feels right today"),
        ("half", "Walk: 3½ minutes today"),
        ("same", "Walk: 7 minutes today"),
    ],
)
def test_the_plan_shows_what_was_chosen_and_keeps_its_usual_amount(
    asha: LookingClient, choice: str, heading: str
) -> None:
    plan = begin_walk(asha)
    choose(asha, choice)
    page = asha.page(plan)
    assert page.heading == heading
    assert ("Your usual amount is kept: 7 minutes." in page.text) is (choice != "same")


def test_half_of_it_done_is_as_planned_on_a_day_of_half(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    choose(asha, "half")
    asha.submit(f"{plan}/tick", {"said": "some", "amount": "3:30"})
    tick = db.session.scalars(select(PacingTick)).one()
    assert tick.shown == 210 and service.as_result(tick, "time").tick == "as_planned"


def test_what_is_no_choice_is_not_there(asha: LookingClient) -> None:
    fields, _ = asha.page("/flare-up").form_fields("/today")
    assert asha.post("/flare-up/today", data={**fields, "choice": "push"}).status_code == 404
    assert asha.post("/flare-up/how", data={**fields, "answer": "great"}).status_code == 404


@pytest.mark.parametrize(("days", "asks"), [(1, False), (2, True), (3, True)])
def test_day_3_asks(asha: LookingClient, monkeypatch: pytest.MonkeyPatch, days: int, asks: bool) -> None:
    choose(asha, "rest")
    move_days(monkeypatch, days)
    assert ("How are you now?" in asha.page("/flare-up").text) is asks


def test_answered_on_day_3_it_asks_again_on_day_7(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(asha, "rest")
    move_days(monkeypatch, 2)
    page = asha.submit("/flare-up", {"answer": "same"}, form="/how")
    assert page.path == "/flare-up" and "How are you now?" not in page.text
    move_days(monkeypatch, 4)
    assert "How are you now?" in asha.page("/flare-up").text
    asha.submit("/flare-up", {"answer": "better"}, form="/how")
    flare = db.session.scalars(select(FlareUp)).one()
    assert flare.until_on == clock.today()


def test_worse_leads_to_people_who_can_help(asha: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    choose(asha, "rest")
    move_days(monkeypatch, 2)
    page = asha.submit("/flare-up", {"answer": "worse"}, form="/how")
    assert page.path == "/flare-up/worse" and "get help" in page.text
    assert db.session.scalars(select(FlareUp.answer)).one() == "worse"


def test_the_way_back_needs_two_settled_days_and_a_tap(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = begin_walk(asha)
    choose(asha, "rest")
    assert "Take the next step" not in say_settled(asha).text
    move_days(monkeypatch, 1)
    assert "Take the next step: 3½ minutes" in say_settled(asha).text
    assert asha.page(plan).heading == "Walk: rest today"
    page = asha.submit("/flare-up", form="/step/")
    assert "Take the next step" not in page.text
    assert asha.page(plan).heading == "Walk: 3½ minutes today"
    for heading in ("Walk: 5 minutes today", "Walk: 7 minutes today"):
        move_days(monkeypatch, 1)
        assert "Take the next step" not in say_settled(asha).text
        move_days(monkeypatch, 1)
        say_settled(asha)
        asha.submit("/flare-up", {"answer": "better"}, form="/how") if heading.startswith("Walk: 7") else None
        asha.submit("/flare-up", form="/step/")
        assert asha.page(plan).heading == heading
    assert "The way back" not in asha.page("/flare-up").text


def test_a_day_that_is_not_settled_begins_the_count_again(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = begin_walk(asha)
    choose(asha, "half")
    say_settled(asha)
    move_days(monkeypatch, 1)
    say_settled(asha, "no")
    move_days(monkeypatch, 1)
    assert "Take the next step" not in say_settled(asha).text
    fields, _ = asha.page("/flare-up").form_fields("/day")
    assert asha.post(f"/flare-up/step/{plan.rsplit('/', 1)[1]}", data=fields).status_code == 404


def test_when_it_is_over_nothing_goes_up_by_itself(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    choose(asha, "half")
    asha.submit("/flare-up", {"answer": "better"}, form="/how")
    assert asha.page(plan).heading == "Walk: as much as feels right today"
    page = asha.submit("/flare-up", form="/back/")
    assert page.heading == "Walk: 7 minutes today"


def test_more_than_two_weeks_offers_a_new_starting_point(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_walk(asha)
    choose(asha, "rest")
    move_days(monkeypatch, 10)
    assert "It has been more than two weeks" not in asha.page("/flare-up").text
    move_days(monkeypatch, 4)
    page = asha.page("/flare-up")
    assert "It has been more than two weeks" in page.text
    assert asha.submit("/flare-up", form="/new-start").heading == "Write down your first try"


def test_energy_mode_has_no_half_and_no_ladder(asha: LookingClient) -> None:
    begin_walk(asha)
    asha.submit("/pacing/energy", {"choice": "on"})
    page = asha.page("/flare-up")
    assert buttons(page, "choice") == ["Rest today", "Do less today"] and "Half" not in page.text
    page = choose(asha, "rest")
    assert "no ladder" in page.text and "The way back" not in page.text


def test_one_patient_s_flare_up_is_not_another_s(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    choose(client, "rest")
    cast.signs_in(client, "dewi")
    assert "You chose to rest" not in client.page("/flare-up").text
    cast.enter(cast.dewi)
    assert service.flare_choice(cast.dewi.actor, id_of(cast.dewi.patient)) is None
