"""I'm having a flare-up: signed out and in, with a plan and without, day by day, and the way back."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.pacing.paths import begin_walk, move_days
from tests.page import Page, text_of
from webapp.course.tool_models import ToolEntry
from webapp.engagement import gathering, rules
from webapp.engagement.models import FlareUp, Summary
from webapp.foundations import clock
from webapp.foundations.database import db, new_id
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


def test_in_energy_mode_what_is_not_offered_cannot_be_sent(asha: LookingClient) -> None:
    asha.submit("/pacing/energy", {"choice": "on"})
    fields, _ = asha.page("/flare-up").form_fields("/today")
    for choice in ("half", "same"):
        assert asha.post("/flare-up/today", data={**fields, "choice": choice}).status_code == 404


# --- messages and clocks: at most 14 days, and nothing returns by itself --------------------


def standing(cast: Cast) -> str:
    """The state that the patient's team sees today."""
    cast.enter(cast.asha)
    assert cast.asha.enrolment
    facts = gathering.facts_of(cast.asha.enrolment, cast.hillside, clock.today())
    return rules.state(facts, clock.today(), gathering.thresholds_of(cast.hillside)).state.value


@pytest.mark.parametrize(("days", "is_paused"), [(0, True), (13, True), (14, False), (40, False)])
def test_messages_and_clocks_are_paused_for_14_days_at_most(
    asha: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch, days: int, is_paused: bool
) -> None:
    plan = begin_walk(asha)
    choose(asha, "half")
    move_days(monkeypatch, days)
    cast.signs_in(asha, "asha")
    text = asha.page("/flare-up").text
    assert ("Messages and clocks are paused." in text) is is_paused
    assert ("were paused for 14 days, and run again" in text) is not is_paused
    assert (standing(cast) == "paused") is is_paused
    assert asha.page(plan).heading == "Walk: 3½ minutes today", "nothing returns by itself"


def test_a_second_flare_up_straight_after_is_not_another_14_days(
    asha: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(asha, "rest")
    move_days(monkeypatch, 10)
    asha.submit("/flare-up", {"answer": "better"}, form="/how")
    choose(asha, "rest")
    assert "Messages and clocks are paused." in asha.page("/flare-up").text
    move_days(monkeypatch, 4)
    assert "run again" in asha.page("/flare-up").text and standing(cast) != "paused"


def test_the_clocks_run_again_as_soon_as_it_is_better(
    asha: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(asha, "rest")
    move_days(monkeypatch, 3)
    asha.submit("/flare-up", {"answer": "better"}, form="/how")
    move_days(monkeypatch, 1)
    assert standing(cast) != "paused"


def test_after_a_long_flare_up_every_activity_may_find_a_new_start(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Also one that stayed the same: it is not on the way back."""
    begin_walk(asha)
    choose(asha, "same")
    move_days(monkeypatch, 13)
    assert "Find a new starting point" not in asha.page("/flare-up").text
    move_days(monkeypatch, 1)
    assert "Find a new starting point" in asha.page("/flare-up").text
    assert asha.submit("/flare-up", form="/new-start").heading == "Write down your first try"


# --- the patient's own plan --------------------

PLAN = {
    "say": "It has eased before.",
    "breathing": "Slowly, on the sofa",
    "keep": "Get dressed\nWalk to the gate",
    "back_how": "Half of my walk first",
    "message": "Be kind to yourself today.",
    "will_not": "Cancel everything",
}


def keep(cast: Cast, tool: str, sheet: str, answers: dict[str, str]) -> None:
    cast.enter(cast.asha)
    db.session.add(
        ToolEntry(
            service_id=cast.hillside.id, patient_id=id_of(cast.asha.patient), tool=tool, sheet=sheet,
            entry_id=new_id(), about_id=None, on=clock.today(), answers=answers, is_complete=True,
            is_removed=False, at=clock.now(),
        )
    )  # fmt: skip
    db.session.commit()


def titles(page: Page) -> list[str]:
    return [text_of(one) for one in page.all("h3", class_="wm-next__title")]


def test_without_a_plan_there_are_general_steps_and_a_way_to_write_one(asha: LookingClient) -> None:
    page = asha.page("/flare-up")
    assert "Breathe out slowly." in page.text and "Write your plan when you feel better." in page.text
    assert titles(page) == []


def test_with_a_plan_its_steps_stand_there_big_for_where_they_are_now(
    asha: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(cast, "flare-plan", "plan", PLAN)
    page = asha.page("/flare-up")
    assert titles(page) == ["Say to yourself", "Breathe"]
    assert "Be kind to yourself today." in page.text and "Cancel everything" in page.text
    assert "Breathe out slowly." not in page.text and "Write your plan when" not in page.text
    page = choose(asha, "rest")
    assert titles(page) == ["Say to yourself", "Breathe"], "within the first hour"
    move_days(monkeypatch, 1)
    assert titles(asha.page("/flare-up")) == ["Keep doing, in a smaller dose"]


def test_on_a_settled_day_after_the_first_two_the_way_back_is_on_top(
    asha: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep(cast, "flare-plan", "plan", PLAN)
    begin_walk(asha)
    choose(asha, "half")
    move_days(monkeypatch, 3)
    assert titles(asha.page("/flare-up")) == ["Keep doing, in a smaller dose"]
    assert titles(say_settled(asha)) == ["How you build up again"]


def test_every_stage_is_one_tap_away(asha: LookingClient, cast: Cast) -> None:
    keep(cast, "flare-plan", "plan", PLAN)
    assert titles(asha.page("/flare-up?stage=back")) == ["How you build up again"]
    assert titles(asha.page("/flare-up?stage=nothing")) == ["Say to yourself", "Breathe"]


def test_in_energy_mode_the_plan_has_no_way_back(asha: LookingClient, cast: Cast) -> None:
    keep(cast, "flare-plan", "plan", PLAN)
    asha.submit("/pacing/energy", {"choice": "on"})
    page = asha.page("/flare-up?stage=back")
    assert titles(page) == ["Say to yourself", "Breathe"] and "Coming back" not in page.text
    assert titles(asha.page("/flare-up?stage=days")) == ["Keep within what you have"]


def test_kinder_thoughts_from_the_thought_record_are_shown(asha: LookingClient, cast: Cast) -> None:
    assert "Kinder thoughts" not in asha.page("/flare-up").text
    keep(cast, "thought-record", "thought", {"kinder": "I have done hard days before."})
    keep(cast, "thought-record", "thought", {"happened": "No kinder thought here"})
    page = asha.page("/flare-up")
    assert "Kinder thoughts that you wrote I have done hard days before." in page.text


def test_once_it_is_over_the_look_back_is_offered_until_it_is_done(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    choose(asha, "rest")
    assert "What helped?" not in asha.page("/flare-up").text
    move_days(monkeypatch, 2)
    page = asha.submit("/flare-up", {"answer": "better"}, form="/how")
    assert "Your flare-up is over. What helped?" in page.text
    page = asha.submit("/tools/flare-plan/after/new", {"before": ["sleep"]})
    assert page.path.endswith("/helped")
    assert "Your flare-up is over" not in asha.page("/flare-up").text


def test_one_patient_s_plan_is_not_another_s(client: LookingClient, cast: Cast) -> None:
    keep(cast, "flare-plan", "plan", PLAN)
    cast.signs_in(client, "dewi")
    assert "Be kind to yourself today." not in client.page("/flare-up").text


def test_one_patient_s_flare_up_is_not_another_s(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    choose(client, "rest")
    cast.signs_in(client, "dewi")
    assert "You chose to rest" not in client.page("/flare-up").text
    cast.enter(cast.dewi)
    assert service.flare_choice(cast.dewi.actor, id_of(cast.dewi.patient)) is None
