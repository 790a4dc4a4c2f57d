"""Energy mode: no target, no staircase, no step; every page obeys the one setting."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.pacing.paths import begin_walk, move_days
from tests.page import Page, text_of
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing import service
from webapp.pacing.models import EnergyDay, PacingLookBack


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    client.submit("/pacing/energy", {"choice": "on"})
    return client


def begin(client: LookingClient) -> Page:
    return client.submit("/pacing/new/activity", {"activity": "cooking", "why": "Sunday dinner"})


def test_an_activity_has_no_unit_no_limit_and_no_tries(asha: LookingClient) -> None:
    form = asha.page("/pacing/new/activity")
    assert not form.all("input", name="unit") and not form.all("input", name="usual_limit")
    page = begin(asha)
    assert page.heading == "Cooking" and "No target, and nothing has to grow." in page.text
    for path in ("/tries", "/quick", "/start", "/details"):
        assert asha.page(page.path + path).path == page.path


@pytest.mark.parametrize("path", ["", "/print", "/look-back"])
def test_a_plan_with_numbers_shows_none_of_them_any_more(
    client: LookingClient, cast: Cast, path: str
) -> None:
    cast.signs_in(client, "asha")
    plan = begin_walk(client)
    client.submit("/pacing/energy", {"choice": "on"})
    page = client.page(plan + path)
    assert "minutes" not in page.text and "staircase" not in page.html and "Go up" not in page.text
    assert client.get(f"{plan}/tick").status_code == 404
    assert service.today_ticks(cast.asha.actor, id_of(cast.asha.patient), clock.today()) == []


def test_leaving_it_suggests_a_talk_and_brings_the_numbers_back(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    plan = begin_walk(client)
    client.submit("/pacing/energy", {"choice": "on"})
    assert "Have a talk with your team first." in client.page("/pacing/energy").text
    client.submit("/pacing/energy", {"choice": "off"})
    assert client.page(plan).heading == "Walk: 7 minutes today"


@pytest.mark.parametrize(
    ("choice", "said"), [("keep_within", "Keep within what I have"), ("do_less", "Do less"), ("rest", "Rest")]
)
def test_a_day_has_three_equal_choices(asha: LookingClient, choice: str, said: str) -> None:
    plan = begin(asha).path
    page = asha.page(f"{plan}/energy-day")
    assert [i.get("value") for i in page.all("input", name="choice")] == ["keep_within", "do_less", "rest"]
    assert not [i for i in page.all("input", name="choice") if i.get("checked") is not None]
    page = asha.submit(f"{plan}/energy-day", {"choice": choice, "breaks": "before"})
    assert said in [text_of(h) for h in page.all("h2")]


def test_a_day_without_a_choice_is_refused(asha: LookingClient) -> None:
    page = asha.submit(f"{begin(asha).path}/energy-day", {})
    assert page.status == 422 and "Choose one of the three" in page.text


def test_after_three_days_it_asks_what_it_cost(asha: LookingClient, monkeypatch: pytest.MonkeyPatch) -> None:
    plan = begin(asha).path
    asha.submit(f"{plan}/energy-day", {"choice": "keep_within"})
    move_days(monkeypatch, 2)
    assert "Look at the three days after" not in asha.page(plan).text
    move_days(monkeypatch, 1)
    page = asha.page(plan)
    assert "Look at the three days after" in page.text
    address = next(a.get("href") for a in page.all("a") if "/cost/" in (a.get("href") or "")) or ""
    assert "What it cost: a lot" in asha.submit(address, {"cost": "a_lot"}).text
    assert db.session.scalars(select(EnergyDay.cost)).one() == "a_lot"
    assert asha.get(f"{plan}/cost/2020-01-01").status_code == 404
    assert asha.get(f"{plan}/cost/yesterday").status_code == 404


def test_a_look_back_offers_keep_within_less_or_rest_and_nothing_else(asha: LookingClient) -> None:
    plan = begin(asha).path
    page = asha.submit(f"{plan}/look-back", {"cost": "a_little"})
    assert [text_of(b) for b in page.all("button", name="choice")] == [
        "Keep within what I have",
        "Do less",
        "Rest",
    ]
    assert "leaflet" not in page.text
    page = asha.submit(page.path, {"choice": "rest"})
    assert page.heading == "Cooking"
    assert db.session.scalars(select(PacingLookBack.choice)).one() == "rest"
    assert "You chose: Rest." in asha.page(f"{plan}/look-backs").text


def test_energy_mode_is_one_setting_of_one_patient(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    client.submit("/pacing/energy", {"choice": "on"})
    cast.enter(cast.asha)
    assert service.in_energy_mode(cast.asha.actor, id_of(cast.asha.patient))
    assert not service.in_energy_mode(cast.dewi.actor, id_of(cast.dewi.patient))
