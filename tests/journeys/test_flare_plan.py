"""The flare-up plan from a better day to a hard one and back: written, read, mended with what helped."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import Person
from webapp.foundations import clock


def writes_her_plan(asha: Person) -> Person:
    asha.goes_to("/tools/flare-plan").sends("Write my plan").chooses("Bad nights").chooses(
        "Three days to a week"
    )
    asha.finds_nothing_wrong().sends("Save and carry on")
    asha.fills("How do you notice that one is coming?", "A stiff neck").sends("Save and carry on")
    asha.fills("What will you say to yourself?", "It has eased before.")
    asha.fills("Who will you tell, and what?", "Sam: it is a flare-up").sends("Save and carry on")
    asha.fills("What will you keep doing, in a smaller dose?", "Get dressed\nWalk to the gate")
    asha.sends("Save and carry on").sends("Save and carry on")
    asha.fills("How will you build up again?", "Half of my walk first").sends("Save and carry on")
    asha.sees("Never take more than the label or your prescriber says.").sends("Save and carry on")
    asha.fills("What will you not do?", "Cancel everything").sends("Save and carry on")
    asha.sees("Go to A&E now").finds_nothing_wrong().sends("Save and carry on")
    asha.fills("What would you like to read on a hard day?", "Be kind to yourself today.").sends("Save")
    return asha.sees("Saved.").sees("Walk to the gate").finds_nothing_wrong()


def test_a_plan_from_a_better_day_to_a_hard_one_and_back(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given a walk of 7 minutes and a plan; when Asha has a flare-up and rests; then her own steps come one at a
    time, we ask on day 3, a step back comes on a tap after two settled days, and what helped goes into her plan.
    """
    walk = seeds.walk_of_seven(town)
    asha = writes_her_plan(signed_in("asha"))
    asha.goes_to("/today").sends("I’m having a flare-up").sees("New, different, or feeling ill: get help.")
    asha.sends("Rest today").sees("You chose to rest.").sees("Be kind to yourself today.")
    asha.sees("It has eased before.").taps("Next step").sees("Sam: it is a flare-up")
    assert not asha.page.get_by_text("It has eased before.").is_visible(), "one step at a time"
    asha.taps("Step before").taps("Show all steps")
    assert asha.page.get_by_text("It has eased before.").is_visible()
    assert asha.page.get_by_text("Sam: it is a flare-up").is_visible()
    asha.finds_nothing_wrong()

    clock.move(timedelta(days=1))
    asha.goes_to("/flare-up").sees("Walk to the gate").does_not_see("How are you now?").sends(
        "Today is settled"
    )
    asha.does_not_see("Take the next step")
    clock.move(timedelta(days=2))
    asha.goes_to("/flare-up").sees("How are you now?").finds_nothing_wrong().sends("About the same")
    asha.sends("Today is settled").sees("Half of my walk first").sees("Take the next step: 3½ minutes")
    asha.finds_nothing_wrong().goes_to(walk).sees_heading("Walk: rest today")
    asha.goes_to("/flare-up").sends("Take the next step: 3½ minutes").goes_to(walk)
    asha.sees_heading("Walk: 3½ minutes today")

    asha.goes_to("/flare-up").sends("It is better: the flare-up is over").sees("What helped?")
    asha.finds_nothing_wrong().sends("Look back at it").chooses("Bad nights").finds_nothing_wrong()
    asha.sends("Save and carry on").chooses("Walk to the gate").fills(
        "What else helped?", "The radio in the bath"
    )
    asha.finds_nothing_wrong().sends("Save and carry on")
    asha.fills("What would you like to change in your plan?", "Rest sooner").sends("Save")
    asha.sees("You found out what helps").finds_nothing_wrong().sends("Put it into my plan")
    asha.sees("It is in your plan now").sees("Walk to the gate (helped you once)").finds_nothing_wrong()
    asha.goes_to("/flare-up?stage=days").sees("This has helped you before").sees("The radio in the bath")
    asha.goes_to("/tools/flare-plan/print").sees("The radio in the bath").finds_nothing_wrong()
    asha.goes_to("/tools/flare-plan/blank").sees("What will you say to yourself?").finds_nothing_wrong()


def test_without_a_script_all_steps_stand_there(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a phone without scripts; when Asha writes a plan and has a flare-up; then every step can be read at once."""
    seeds.walk_of_seven(town)
    asha = writes_her_plan(signed_in("asha", java_script_enabled=False))
    asha.goes_to("/flare-up").sends("Do half today").sees("You chose to do half.")
    asha.sees("It has eased before.").sees("Sam: it is a flare-up")
    assert asha.page.get_by_text("It has eased before.").is_visible()
    assert asha.page.get_by_text("Sam: it is a flare-up").is_visible()
    assert not asha.page.get_by_text("Next step").is_visible(), "no control that does not work"
    asha.finds_nothing_wrong()
    asha.sends("It is better: the flare-up is over").sends("Look back at it").sends("Save and carry on")
    asha.fills("What else helped?", "Warm socks").sends("Save and carry on").sends("Save")
    asha.sends("Put it into my plan").sees("Warm socks").sees("It is in your plan now").finds_nothing_wrong()
