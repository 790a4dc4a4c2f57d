"""Energy mode is one setting on the patient, and every exercise of every room obeys it (amendment 8).

The tools of the course are walked in ``tests/course/test_every_tool.py``; these are the rooms of their own. What sets a
target, draws a staircase or offers a step up is marked ``data-asks-more``.
"""

from __future__ import annotations

import pytest

from tests.cast import Cast
from tests.course.filling import turn_energy_mode_on
from tests.goals.making import make
from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing import service as pacing
from webapp.pacing import service_flare

WORDS = ("Step up", "Go up a small step", "staircase", "My ladder", "By when")


@pytest.fixture
def pages(client: LookingClient, cast: Cast) -> dict[str, str]:
    """Asha has a running walk, a goal with a ladder, and a flare-up; her pages by name."""
    cast.signs_in(client, "asha")
    goal = make(client)
    cast.enter(cast.asha)
    assert cast.asha.patient
    plan = pacing.begin(
        cast.asha.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=cast.asha.actor
    )
    plan.quota, plan.increment, plan.started_on = 420, 42, clock.today()
    service_flare.begin_or_choose(cast.asha.actor, cast.asha.patient.id, "less", clock.today())
    db.session.commit()
    walk = f"/pacing/{plan.id}"
    return {
        "goal": goal, "goal on paper": f"{goal}/print", "pacing": "/pacing", "walk": walk,
        "walk on paper": f"{walk}/print", "look back": f"{walk}/look-back", "flare-up": "/flare-up", "today": "/today",
    }  # fmt: skip


def asks_for_more(page: Page) -> bool:
    return any(element.get("data-asks-more") is not None for element in page.tree.iter())


def test_without_energy_mode_goals_and_pacing_ask_for_more(
    client: LookingClient, pages: dict[str, str]
) -> None:
    assert asks_for_more(client.page(pages["goal"])) and asks_for_more(client.page(pages["walk on paper"]))


def test_in_energy_mode_no_page_asks_for_more(
    client: LookingClient, cast: Cast, pages: dict[str, str]
) -> None:
    turn_energy_mode_on(cast, cast.asha)
    for name, path in pages.items():
        page = client.page(path)
        assert page.status == 200, name
        assert not asks_for_more(page), name
        said = [words for words in WORDS if words.lower() in page.text.lower()]
        assert not said, f"{name}: {said}"


def test_making_a_goal_in_energy_mode_asks_for_no_day_and_no_ladder(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "asha")
    turn_energy_mode_on(cast, cast.asha)
    page = client.submit("/goals/new")
    card = page.path.removesuffix("/matters/family")
    client.submit(f"{card}/gap", {"domain": "other"})
    client.submit(f"{card}/what", {"what": "Tea with Mum"})
    page = client.submit(f"{card}/know", {"how_known": "We laugh"})
    assert page.path == f"{card}/this-week"
    assert any(link.get("href") == f"{card}/know" for link in page.all("a")), (
        "back leads past what was not asked"
    )


def test_a_look_back_in_energy_mode_offers_no_step_up(
    client: LookingClient, cast: Cast, pages: dict[str, str]
) -> None:
    turn_energy_mode_on(cast, cast.asha)
    page = client.submit(f"{pages['goal']}/look-back", {"outcome": "did_it"})
    if page.path.endswith("/days"):
        page = client.submit(page.path, {"done": "2"})
    page = client.page(f"{pages['goal']}/look-back/next")
    values = {field.get("value") for field in page.all("button") if field.get("name") == "choice"}
    assert values and "step_up" not in values and "rest" in values
