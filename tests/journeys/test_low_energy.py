"""A hard day: the low-energy view, one thing a screen, and the five minutes of a module, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import Person
from tests.journeys.voice import gives_a_voice
from webapp.course.models import ExerciseAnswer

People = Callable[..., Person]
PAGE = "/course/start-here/hurt-and-harm"
SIZE = "() => parseFloat(getComputedStyle(document.querySelector('main p')).fontSize)"


def test_one_thing_a_screen(signed_in: People, town: Cast) -> None:
    """Given a page with an exercise; when Asha turns the low-energy view on; then the words are larger, the short
    version stands alone, the exercise follows on Next, and everything can be had back in a tap.
    """
    asha = signed_in("asha").goes_to(PAGE)
    usual = asha.page.evaluate(SIZE)
    asha.sends("Low-energy view").is_at(PAGE).does_not_see("what is often your first thought")
    assert asha.page.evaluate(SIZE) >= 1.15 * usual
    next_button = asha.page.get_by_role("button", name="Next").bounding_box()
    assert next_button and next_button["height"] >= 56
    asha.finds_nothing_wrong().sends("Next").sees("what is often your first thought")
    asha.chooses("This will never end").sends("Save").sees("Saved on").finds_nothing_wrong()
    assert seeds.rows_of(town, "asha", ExerciseAnswer) == 1
    asha.sends("The whole page").sees("They can come apart").finds_nothing_wrong()
    asha.goes_to("/today").finds_nothing_wrong()
    asha.goes_to("/me").sends("Low-energy view: on", exact=False).finds_nothing_wrong().sends("Turn it off")
    asha.sees_heading("Low-energy view: off").finds_nothing_wrong()


def test_one_thing_a_screen_without_scripts(signed_in: People) -> None:
    """Given scripts are off; then the low-energy view is the same."""
    asha = signed_in("asha", java_script_enabled=False).goes_to(PAGE).sends("Low-energy view").is_at(PAGE)
    asha.sends("Next").sees("what is often your first thought").sends("Next: When to get help")
    asha.sees_heading("When to get help")


def test_a_module_in_five_minutes(signed_in: People) -> None:
    """Given a module; when Asha reads its 5-minute version; then it can be heard, and counts as read."""
    asha = signed_in("asha")
    gives_a_voice(asha.context)
    asha.goes_to("/course/start-here").sends("The 5-minute version").sees(
        "Hurt and harm"
    ).finds_nothing_wrong()
    asha.taps("Listen")
    asha.page.wait_for_function("() => window.spoken.length > 10")
    asha.sends("I have read this").sees_heading("One exercise is left")


def test_a_booklet_with_my_answers(signed_in: People) -> None:
    """Given something was written; when Asha prints the module with her answers; then they are there."""
    asha = signed_in("asha").goes_to("/course/start-here/one-small-step")
    asha.fills("What small thing", "Water the plant").sends("Save").sees("Saved on")
    asha.goes_to("/course/start-here").sends("Print this module").does_not_see("Water the plant")
    asha.finds_nothing_wrong().sends("With my answers").sees("Water the plant").finds_nothing_wrong()
    asha.page.evaluate("() => { window.print = () => { window.printed = true; }; }")
    asha.taps("Print this")
    assert asha.page.evaluate("() => window.printed")
    asha.page.emulate_media(media="print")
    expect(asha.page.locator(".wp-screen")).to_be_hidden()
    expect(asha.page.locator(".wp-qr")).to_be_visible()
    asha.page.emulate_media(media="screen")
    asha.sends("The 5-minute version").sees("Water the plant").finds_nothing_wrong()
    asha.sends("Back", exact=False).sees_heading("Start here")
