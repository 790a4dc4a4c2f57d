"""Stopping without a fuss, and coming back by one of two doors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.journeys.browser import Person
from tests.journeys.hands import KeyboardPerson
from tests.reminders.links import message_to
from webapp.foundations import clock


def test_a_patient_leaves_with_a_reason_and_comes_back_by_the_refresher_door(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given Asha has no time; when she stops, and signs in two months on and begins afresh;
    then all is open for her, and the portal shows one person with two ways.
    """
    asha = signed_in("asha").goes_to("/me").sends("Pause or stop my course").finds_nothing_wrong()
    asha.sees("Perhaps something smaller helps").chooses("I have no time for it now")
    asha.sends("Stop my course").sees_heading("You have stopped your course").finds_nothing_wrong()
    asha.sends("Open my toolbox").sees_heading("Your toolbox").finds_nothing_wrong()
    assert town.asha.patient
    story = f"/patients/{town.asha.patient.id}"
    signed_in("carol").goes_to(story).sees("No time for it now").finds_nothing_wrong()

    clock.move(timedelta(days=60))
    asha = signed_in("asha").goes_to("/").sees_heading("Welcome back").finds_nothing_wrong()
    asha.sends("Begin afresh").is_at("/today").sees("What has slipped?").finds_nothing_wrong()
    asha.goes_to("/course").sees("Everything is open.").finds_nothing_wrong()
    carol = signed_in("carol").goes_to("/patients?q=Patel").sees("refresher").finds_nothing_wrong()
    carol.goes_to(story).sees_heading("Asha Patel").does_not_see("No time for it now")
    carol.goes_to(f"{story}/timeline").sees("Left: No time for it now.").sees("refresher’s door")
    carol.finds_nothing_wrong()


@pytest.mark.parametrize("scripts", [True, False])
def test_stopped_by_mistake(signed_in: Callable[..., Person], town: Cast, scripts: bool) -> None:
    """Given a tap too many; when Asha goes on, and presses "back"; then she is where she was."""
    asha = signed_in("asha", java_script_enabled=scripts).goes_to("/me/leave").sends("Stop my course")
    asha.sees("There is a problem").finds_nothing_wrong()
    asha.chooses("It is not for me").sends("Stop my course").sees_heading("You have stopped your course")
    asha.sends("Go on where I was").is_at("/today").sees("Start here").finds_nothing_wrong()
    asha.goes_to("/me/left").is_at("/today")


def test_where_one_was_two_months_on(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given Asha read a page and stopped; when she goes on two months later; then her next page waits."""
    asha = signed_in("asha").goes_to("/course/start-here/what-this-is").sends("Next:", exact=False)
    asha.goes_to("/me/leave").chooses("I am too unwell for it").sends("Stop my course").sees("tap Help now")
    clock.move(timedelta(days=60))
    asha = signed_in("asha").goes_to("/today").sees_heading("Welcome back")
    asha.goes_to("/course").sees("You stopped on").sees("Come back to my course").finds_nothing_wrong()
    asha.sends("Come back to my course").sends("Go on where I was").is_at("/today").sends("Carry on")
    asha.is_at("/course/start-here/hurt-and-harm")


def test_from_a_message_to_the_end_with_the_keyboard_alone(
    opens: Callable[..., Person], signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given "this is not for me" in a message; when no call is wanted; then stopping is two taps away."""
    secret = message_to(town, town.asha)
    somebody = opens(hands=KeyboardPerson).goes_to(f"/r/{secret}/not-for-me").finds_nothing_wrong()
    somebody.sends("Send, and do not get in touch").sees("Nobody gets in touch because of this.")
    somebody.finds_nothing_wrong().sends("Sign in to see your choices, or to stop").is_at("/sign-in")
    asha = signed_in("asha", hands=KeyboardPerson).goes_to("/me/leave").chooses("It is not for me")
    asha.sends("Stop my course").sees_heading("You have stopped your course")
