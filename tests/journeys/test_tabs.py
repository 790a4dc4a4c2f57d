"""Two tabs, two taps, and the back button: nobody's words are lost, nothing is saved twice, nothing is
seen after sign-out.
"""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import Person
from webapp.course.models import ExerciseAnswer
from webapp.pacing.models import PacingTry

People = Callable[..., Person]
PAGE = "/course/start-here/one-small-step"
FIRST, SECOND = "Ring Bex about Sunday", "Sit in the garden for a bit"


def test_two_tabs_on_the_same_exercise(signed_in: People, town: Cast) -> None:
    """Given one exercise open in two tabs; when both are saved;
    then the second is told, and both texts are kept.
    """
    one = signed_in("asha").goes_to(PAGE).fills("What small thing", FIRST)
    two = one.opens_another_tab().goes_to(PAGE).fills("What small thing", SECOND)
    one.sends("Save").sees("Saved on")
    two.sends("Save").sees("This was changed on another screen or phone meanwhile. Nothing is lost.")
    assert SECOND in two.typed()
    assert seeds.rows_of(town, "asha", ExerciseAnswer) == 1
    two.finds_nothing_wrong().sends("Save again").sees("Saved on")
    assert seeds.rows_of(town, "asha", ExerciseAnswer) == 2
    two.finds_nothing_wrong()


def test_a_double_tap_saves_once(signed_in: People, town: Cast) -> None:
    """Given a try is written down; when the button is tapped twice, quickly; then there is one try."""
    asha = signed_in("asha").goes_to(seeds.new_walk(town) + "/tries").fills("How much had you done", "12")
    with asha.page.expect_navigation():
        asha.page.get_by_role("button", name="Write down this try").dblclick()
    asha.sees("12 minutes")
    assert seeds.rows_of(town, "asha", PacingTry) == 1


def test_a_double_tap_without_scripts_saves_once(signed_in: People, town: Cast) -> None:
    """Given scripts are off; when the button is tapped twice, quickly;
    then the one-time key keeps it one try.
    """
    asha = signed_in("asha", java_script_enabled=False).goes_to(seeds.new_walk(town) + "/tries")
    asha.fills("How much had you done", "12")
    asha.page.get_by_role("button", name="Write down this try").dblclick()
    asha.sees("12 minutes")
    assert seeds.rows_of(town, "asha", PacingTry) == 1


def test_back_to_a_page_that_was_saved_keeps_the_words(signed_in: People, town: Cast) -> None:
    """Given an exercise was saved; when Asha goes back;
    then her words are still in the form, and nothing is saved again.
    """
    asha = signed_in("asha").goes_to(PAGE).fills("What small thing", FIRST).sends("Save").sees("Saved on")
    asha.goes_back().sees_heading("One small step")
    assert FIRST in asha.typed()
    assert seeds.rows_of(town, "asha", ExerciseAnswer) == 1
    asha.finds_nothing_wrong()


def test_back_after_signing_out_shows_nothing(signed_in: People, town: Cast) -> None:
    """Given Asha signs out on a shared phone; when somebody taps Back; then nothing of hers can be read."""
    asha = signed_in("asha").goes_to("/me/what-the-team-sees").goes_to("/me").sees_heading("Asha Patel")
    asha.sends("Sign out").sees_heading("You are signed out").finds_nothing_wrong()
    for _ in range(2):
        asha.goes_back()
        expect(asha.page.locator("body")).not_to_contain_text("Asha")
    asha.forgets("status of 40")
