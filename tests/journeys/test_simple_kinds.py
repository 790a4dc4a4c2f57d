"""The exercises that are answered on the page of a module: choice, tick, write, scale and plan, on a phone."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, expect

from tests.journeys.browser import Person

People = Callable[..., Person]
PLAN = "/course/start-here/my-plan"


def saves(person: Person, exercise: str, fill: Callable[[Locator], None]) -> None:
    """Answer one exercise of the page, save it, and see that it says so."""
    card = person.page.locator(f"#exercise-{exercise}")
    fill(card)
    with person.page.expect_navigation():
        card.get_by_role("button", name="Save", exact=True).click()
    expect(person.page.locator(f"#exercise-{exercise}")).to_contain_text("Saved on")


@pytest.mark.parametrize("javascript", [True, False])
def test_a_plan_a_text_and_a_scale_on_one_page(signed_in: People, javascript: bool) -> None:
    """Given the plan page of a module; when all three exercises are answered one by one;
    then each is saved, stays when the others are, and stands on the booklet.
    """
    asha = signed_in("asha", java_script_enabled=javascript).goes_to(PLAN)
    saves(asha, "my-plan", lambda card: card.get_by_role("textbox").fill("Walk to the gate on Monday"))
    saves(asha, "in-the-way", lambda card: card.get_by_role("textbox").fill("Rain: then the hall"))
    saves(asha, "how-sure", lambda card: card.get_by_role("radio", name="8", exact=True).check())
    expect(asha.page.locator("#exercise-my-plan textarea")).to_have_value("Walk to the gate on Monday")
    asha.finds_nothing_wrong().goes_to("/course/start-here/print?answers=1").sees(
        "Walk to the gate on Monday"
    )


def test_a_choice_and_a_tick(signed_in: People) -> None:
    """Given everything open; when one answer is chosen and several are ticked; then both are in the toolbox."""
    marjorie = signed_in("marjorie").goes_to("/course/start-here/hurt-and-harm")
    saves(marjorie, "first-thought", lambda card: card.get_by_role("radio").first.check())
    marjorie.finds_nothing_wrong().goes_to("/course/thoughts-and-mood/catch-a-thought")
    for place in (0, 2):
        marjorie.page.locator("#exercise-my-habits").get_by_role("checkbox").nth(place).check()
    saves(marjorie, "my-habits", lambda card: None)
    marjorie.finds_nothing_wrong().goes_to("/toolbox").sees("Worst case; Shoulds")
