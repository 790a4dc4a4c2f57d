"""The daily tick, the look-back and everything that one does with a running plan."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.pacing.paths import add_tries, begin_walk, move_days, new_activity
from tests.page import Page, text_of
from webapp.engagement.models import Event
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing import service
from webapp.pacing.models import PacingLookBack, PacingPlan, PacingTick


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    return client


def choices(page: Page) -> list[str]:
    return [text_of(button) for button in page.all("button", name="choice")]


def tick_every_day(client: LookingClient, monkeypatch: pytest.MonkeyPatch, plan: str, days: int) -> None:
    for _ in range(days):
        assert client.submit(f"{plan}/tick", {"said": "did_it"}).status == 200
        move_days(monkeypatch, 1)


def test_one_tap_on_the_overview_is_a_tick(asha: LookingClient) -> None:
    begin_walk(asha)
    page = asha.submit("/pacing", form="/done")
    assert page.path == "/pacing" and "You did your walk on 1 day this week." in page.text
    assert "7 minutes today" in page.text


def test_a_tick_is_something_that_the_patient_did(asha: LookingClient) -> None:
    begin_walk(asha)
    asha.submit("/pacing", form="/done")
    assert db.session.scalars(select(Event.what).where(Event.kind == "tick")).all() == ["pacing"]


@pytest.mark.parametrize("minutes", ["7", "8", "6", "5:40", "8.4"])
def test_about_what_the_screen_says_is_as_planned(asha: LookingClient, minutes: str) -> None:
    plan = begin_walk(asha)
    asha.submit(f"{plan}/tick", {"said": "some", "amount": minutes})
    assert re.search(r"aria-label=\"Your week\..*: done", asha.page(plan).html)


@pytest.mark.parametrize("choice", ["pointed_to", "lowest_try"])
def test_exactly_what_the_screen_says_is_as_planned(asha: LookingClient, choice: str) -> None:
    """The real amount is 7.2; the screen says 7 (amendment 5)."""
    plan = begin_walk(asha, choice)
    shown = re.search(r": (\d+) minutes today", asha.page(plan).heading)
    assert shown
    asha.submit(f"{plan}/tick", {"said": "some", "amount": shown[1]})
    tick = db.session.scalars(select(PacingTick)).one()
    assert service.as_result(tick, "time").tick == "as_planned"


def test_a_tick_is_put_right(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    asha.submit(f"{plan}/tick", {"said": "no", "day_type": "bad"})
    assert "Noted: Not that day" in asha.page(plan).text
    page = asha.submit(f"{plan}/tick", {"said": "some", "amount": "3½"})
    assert "Noted: 3.5 minutes" in page.text and "Not that day" not in page.text.split("This week")[0]


def test_yesterday_can_be_noted_from_the_second_day_on(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = begin_walk(asha)
    assert asha.get(f"{plan}/tick/yesterday").status_code == 404
    move_days(monkeypatch, 1)
    page = asha.submit(f"{plan}/tick/yesterday", {"said": "did_it"})
    assert page.path == plan
    tick = db.session.scalars(select(PacingTick)).one()
    assert tick.on == clock.today() - timedelta(days=1)
    assert asha.get(f"{plan}/tick/tomorrow").status_code == 404


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Choose an answer"),
        ({"said": "perhaps"}, "Choose one of the answers"),
        ({"said": "some", "amount": "lots"}, "Write the minutes as a number"),
        ({"said": "some", "amount": "1e400"}, "Write the minutes as a number"),
    ],
)
def test_a_tick_that_says_nothing_is_refused(asha: LookingClient, fields: dict[str, str], words: str) -> None:
    page = asha.submit(f"{begin_walk(asha)}/tick", fields)
    assert page.status == 422 and words in page.text


def test_two_phones_tick_the_same_day(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    fields, action = asha.page(f"{plan}/tick").form_fields()
    assert asha.post(action, data={**fields, "said": "did_it"}).status_code == 303
    late = asha.post(action, data={**fields, "said": "no", "once": "the-key-of-the-other-phone"})
    assert late.status_code == 422 and "another screen" in late.get_data(as_text=True)
    assert db.session.scalars(select(PacingTick.said)).one() == "did_it"


def test_a_day_that_was_not_planned_counts_as_done_but_not_as_planned(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    today = clock.today().weekday()
    days = [str(day) for day in range(7) if day != today]
    asha.submit(f"{plan}/details", {"weekdays": days})
    assert "not one of your planned days" in asha.page(plan).text
    asha.submit(f"{plan}/tick", {"said": "did_it"})
    assert db.session.scalars(select(PacingTick.was_planned)).one() is False
    assert "You did your walk on 1 day this week." in asha.page(plan).text


def test_a_look_back_after_a_good_week_points_to_a_step_and_changes_nothing_by_itself(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = begin_walk(asha)
    tick_every_day(asha, monkeypatch, plan, 7)
    assert "Ready to look back" in asha.page("/pacing").text
    page = asha.submit(f"{plan}/look-back", {"worse": "no", "confidence": "8"})
    assert page.heading == "You did it on 7 of 7 planned days"
    assert "a small step up is possible" in page.text and "Source:" in page.text
    assert choices(page) == [
        "Keep it steady: 7 minutes", "Go up a small step: 8 minutes", "Make it smaller: 5½ minutes",
        "Find a new starting point", "Choose another activity", "Finished for now",
    ]  # fmt: skip
    assert len({button.get("class") for button in page.all("button", name="choice")}) == 1
    assert asha.page(plan).heading == "Walk: 7 minutes today"
    assert "Finish your look-back" in asha.page(plan).text
    page = asha.submit(page.path, {"choice": "step_up"})
    assert page.heading == "Walk: 8 minutes today"
    assert "7.2 minutes to 8.1 minutes" in asha.page(f"{plan}/look-backs").text


@pytest.mark.parametrize(
    ("choice", "heading"),
    [
        ("keep", "Walk: 7 minutes today"),
        ("shrink", "Walk: 5½ minutes today"),
        ("new_start", "Write down your first try"),
        ("change_activity", "Read this first"),
        ("rest", "Pacing"),
    ],
)
def test_every_choice_does_what_it_says(asha: LookingClient, choice: str, heading: str) -> None:
    plan = begin_walk(asha)
    page = asha.submit(f"{plan}/look-back", {})
    page = asha.submit(page.path, {"choice": choice})
    assert page.heading == heading
    assert db.session.scalars(select(PacingLookBack.choice)).one() == choice


def test_a_choice_is_made_once(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    page = asha.submit(f"{plan}/look-back", {})
    fields, _ = page.form_fields()
    asha.post(page.path, data={**fields, "choice": "step_up"})
    again = asha.post(page.path, data={**fields, "choice": "step_up", "once": "the-key-of-another-tab"})
    assert again.status_code == 422
    assert round(db.session.scalars(select(PacingPlan.quota)).one() or 0) == 486


def test_a_choice_that_is_none_is_refused(asha: LookingClient) -> None:
    page = asha.submit(f"{begin_walk(asha)}/look-back", {})
    fields, _ = page.form_fields()
    assert asha.post(page.path, data=fields).status_code == 422
    assert asha.post(page.path, data={**fields, "choice": "leap"}).status_code == 404


def test_a_look_back_asks_about_days_with_nothing_noted_and_not_sure_is_never_no(
    asha: LookingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    plan = begin_walk(asha)
    move_days(monkeypatch, 7)
    page = asha.page(f"{plan}/look-back")
    asked = [name for name in page.form_fields()[0]] and sorted(
        {
            i.get("name") or ""
            for i in page.all("input", type="radio")
            if (i.get("name") or "").startswith("day_")
        }
    )
    assert len(asked) == 7
    said = {name: "did_it" for name in asked[:3]} | {asked[3]: "some", asked[4]: "no", asked[5]: "not_sure"}
    page = asha.submit(f"{plan}/look-back", {**said, "worse": "no", "confidence": "9"})
    row = db.session.scalars(select(PacingLookBack)).one()
    assert (row.planned, row.as_planned, row.less, row.none, row.not_known) == (7, 3, 1, 1, 2)
    assert page.heading == "You did it on 4 of 7 planned days"


def test_a_worse_day_after_says_keep_it_steady(asha: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = begin_walk(asha)
    tick_every_day(asha, monkeypatch, plan, 7)
    page = asha.submit(f"{plan}/look-back", {"worse": "once", "confidence": "10"})
    assert "A day after was worse. The rule says: keep it steady" in page.text


def test_a_week_with_a_flare_is_not_judged(asha: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = begin_walk(asha)
    asha.submit("/flare-up", {"choice": "same"}, form="/today")
    tick_every_day(asha, monkeypatch, plan, 7)
    page = asha.submit(f"{plan}/look-back", {"worse": "more", "confidence": "2"})
    assert "There was a flare-up, so these days are not judged." in page.text


def test_without_offers_only_the_sums_are_shown(asha: LookingClient, cast: Cast) -> None:
    cast.hillside.pacing = {"offers": False}
    db.session.commit()
    page = asha.submit(f"{begin_walk(asha)}/look-back", {"worse": "no", "confidence": "9"})
    assert "leaflet rule" not in page.text and len(choices(page)) == 6


def test_looking_back_when_i_ask(asha: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = begin_walk(asha)
    asha.submit(f"{plan}/details", {"rhythm": "when_i_ask"})
    move_days(monkeypatch, 10)
    assert "You look back when you ask." in asha.page("/pacing").text
    assert "Ready to look back" not in asha.page("/pacing").text


def test_finished_for_now_and_started_again(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    page = asha.submit(f"{plan}/finish", {})
    assert page.path == "/pacing" and "Finished for now" in page.text
    assert asha.page(plan).heading == "Walk: finished for now"
    assert asha.get(f"{plan}/tick").status_code == 404
    page = asha.submit("/pacing", form="/again")
    assert page.heading == "Walk: 7 minutes today"


def test_sharing_is_off_until_tapped_and_one_tap_takes_it_back(asha: LookingClient, cast: Cast) -> None:
    plan = begin_walk(asha)
    carol, patient_id = cast.carol.actor, id_of(cast.asha.patient)
    today = clock.today()

    def seen() -> list[tuple[int | None, int, int]]:
        cast.enter(cast.carol)
        found = service.shared_plans(carol, patient_id, today)
        return [(each.shown, each.active_days, each.planned_days) for each in found]

    assert seen() == [] and "Only you can see this" in asha.page(plan).text
    asha.submit(f"{plan}/tick", {"said": "did_it"})
    assert "Your team can see this" in asha.submit(plan, {"shared": "yes"}, form="/share").text
    assert seen() == [(420, 1, 1)]
    assert "Only you can see this" in asha.submit(plan, {"shared": "no"}, form="/share").text
    assert seen() == []


def test_the_printed_page_has_no_furniture(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    page = asha.page(f"{plan}/print")
    assert page.heading == "My pacing plan: Walk" and "7 minutes" in page.text
    assert not page.all("nav") and not page.all("form")


def test_several_activities_at_once(asha: LookingClient) -> None:
    begin_walk(asha)
    reading = new_activity(asha, "portions", activity="reading")
    asha.submit(f"{reading}/quick", {"good_day": "12", "bad_day": "10"})
    asha.submit(f"{reading}/start", {"choice": "pointed_to"})
    new_activity(asha, activity="stairs")
    page = asha.page("/pacing")
    assert [text_of(h) for h in page.all("h2")] == ["Walk", "Reading", "Stairs"]
    assert "8 things today" in page.text and "You are finding your starting point." in page.text


SOMEBODY_ELSES = [
    "", "/details", "/tries", "/quick", "/start", "/tick", "/look-back", "/look-backs", "/finish", "/print",
    "/energy-day",
]  # fmt: skip


@pytest.mark.parametrize("other", ["dewi", "vera"])
def test_nobody_else_opens_a_plan(client: LookingClient, cast: Cast, other: str) -> None:
    cast.signs_in(client, "asha")
    plan = begin_walk(client)
    add_tries(client, plan, ["5"])
    a_try = next(
        a.get("href") for a in client.page(f"{plan}/tries").all("a") if "/tries/" in (a.get("href") or "")
    )
    look_back = client.submit(f"{plan}/look-back", {}).path
    cast.signs_in(client, other)
    for path in SOMEBODY_ELSES:
        assert client.get(plan + path).status_code == 404, path
    assert client.get(a_try or "").status_code == 404
    assert client.get(look_back).status_code == 404
    fields, _ = client.page("/pacing/new/activity").form_fields()
    for path in ("/done", "/share", "/again", "/new-start"):
        assert client.post(plan + path, data=fields).status_code == 404, path
    assert client.post(f"/flare-up/step/{plan.rsplit('/', 1)[1]}", data=fields).status_code == 404
    assert "Walk" not in client.page("/pacing").text


def test_staff_have_no_pacing_pages(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert client.get("/pacing").status_code == 403


def test_a_long_history_costs_no_more_queries(asha: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = begin_walk(asha)
    asha.submit(f"{plan}/tick", {"said": "did_it"})
    pages = (plan, "/pacing", f"{plan}/look-back", f"{plan}/look-backs")
    asha.submit(f"{plan}/look-back", {})

    def cost(page: str) -> int:
        asha.get(page)
        return len(asha.last_statements)

    few = {page: cost(page) for page in pages}
    for _ in range(3):
        tick_every_day(asha, monkeypatch, plan, 4)
        asha.submit(f"{plan}/look-back", {})
    asha.submit(f"{plan}/tick", {"said": "did_it"})
    assert {page: cost(page) for page in pages} == few


def test_ten_activities_cost_as_many_queries_as_two(asha: LookingClient) -> None:
    def cost() -> int:
        asha.get("/pacing")
        return len(asha.last_statements)

    begin_walk(asha)
    begin_walk(asha)
    two = cost()
    for _ in range(3):
        begin_walk(asha)
    assert cost() == two


def test_the_timer_says_when_the_amount_of_today_is_reached(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    assert f"{plan}/timer" in [link.get("href") for link in asha.page(plan).all("a")]
    page = asha.page(f"{plan}/timer")
    assert page.heading == "A timer for 7 minutes"
    seconds = [int(step.get("data-step", "0")) for step in page.all("li") if step.get("data-step")]
    assert sum(seconds) == 7 * 60
    assert "Noted: You did it" in asha.submit(f"{plan}/timer", form="/done").text


@pytest.mark.parametrize("unit", ["steps", "repetitions"])
def test_what_is_counted_needs_no_timer(asha: LookingClient, unit: str) -> None:
    plan = new_activity(asha, unit=unit)
    assert asha.page(f"{plan}/timer").status == 404


def test_energy_mode_has_no_timer(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    asha.submit("/pacing/energy", {"choice": "on"})
    assert asha.page(f"{plan}/timer").status == 404
