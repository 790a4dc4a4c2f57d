"""Thoughts, worries and avoided movements: from the first tap to what comes of it, on a phone."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast, id_of
from tests.journeys import seeds
from tests.journeys.browser import Person

People = Callable[..., Person]


def test_a_thought_is_caught_and_answered(signed_in: People) -> None:
    """Given a hard thought; when Asha goes through the six parts; then her kinder words are there for a hard day."""
    asha = signed_in("asha").goes_to("/tools/thought-record").finds_nothing_wrong()
    asha.sends("Catch a thought").fills("What happened?", "The bus was full and I had to stand")
    asha.fills("What went through your mind?", "I'll never go out again")
    asha.chooses_number(90, group="How much did you believe it?").finds_nothing_wrong()
    asha.sends("Save and carry on").sees("Your thought").sees("I'll never go out again")
    asha.chooses("Sad").chooses("Scared").chooses_number(80, group="How strong was it?")
    asha.sends("Save and carry on").chooses("Worst case").finds_nothing_wrong()
    asha.sends("Save and carry on").fills("What would you tell a good friend", "Take the early bus")
    asha.sends("Save and carry on").fills("kinder or more useful", "Today was hard, and I can ask for a seat")
    asha.chooses_number(60, group="How much do you believe it?").finds_nothing_wrong()
    asha.sends("Save and carry on").chooses_number(50, group="How strong is the feeling now?")
    asha.chooses_number(40, group="How much do you believe the first thought now?")
    asha.fills("What will you do, and when?", "On Friday I take the early bus").sends("Save")
    asha.sees("Words for a hard day").sees("Today was hard, and I can ask for a seat")
    asha.sees("The feeling went down from 80 to 50.").finds_nothing_wrong()
    asha.sends("Print what I wrote").sees("Take the early bus").finds_nothing_wrong()


def test_a_worry_is_taken_to_its_end_without_scripts(signed_in: People) -> None:
    """Given scripts are off; when Asha takes a worry to its end; then it is weighed, and a plan stands there."""
    asha = signed_in("asha", java_script_enabled=False).goes_to("/tools/worst-case")
    asha.sees("A worry, or a warning?").finds_nothing_wrong()
    asha.sends("Look at a worry").fills(
        "What are you afraid might happen?", "What if I can never work again?"
    )
    asha.finds_nothing_wrong().sends("Save and carry on")
    asha.chooses_number(90, group="If it came, how awful would it be?")
    asha.chooses_number(70, group="How likely does it seem?").finds_nothing_wrong().sends("Save and carry on")
    asha.fills("What is more likely to happen?", "I work fewer hours for a while").sends("Save and carry on")
    asha.fills("what would you do on the first day?", "Ring my sister").fills("Who would help?", "My sister")
    asha.sends("Save and carry on").chooses_number(
        60, group="How awful would it be, now that you have a plan?"
    )
    asha.chooses_number(20, group="How likely does it seem now?").sends("Save and carry on")
    asha.fills("What will you do, and when?", "On Monday I ring about my hours").sends("Save")
    asha.sees("It seemed less likely than at first: 20 of 100 now, and 70 before.")
    asha.sees("Ring my sister").finds_nothing_wrong()


def test_the_team_opens_the_ladder_and_a_try_surprises(signed_in: People, town: Cast) -> None:
    """Given a locked ladder; when Carol opens it and Asha tries a movement; then she sees what surprised her, and
    Carol reads it once it is shared.
    """
    asha = signed_in("asha").goes_to("/tools/exposure-ladder").sees("Your team opens this with you")
    asha.sees("Ask my team to ring me").finds_nothing_wrong()
    portal = f"/patients/{id_of(seeds.enters(town, 'asha').patient)}/tools"
    carol = signed_in("carol").goes_to(portal).sees("Locked for this patient").finds_nothing_wrong()
    carol.sends("Open it for this patient").sees("Open for this patient.").finds_nothing_wrong()

    asha.goes_to("/tools/exposure-ladder").finds_nothing_wrong().sends("Add a movement")
    asha.fills("Which movement?", "Bend down to pick up a sock")
    asha.chooses_number(80, group="How worrying is it to think of doing it?").finds_nothing_wrong()
    asha.sends("Save and carry on").fills("What do you think will happen?", "My back will go")
    asha.chooses_number(90, group="How likely does that seem?").sends("Save and carry on")
    asha.fills("What do you do to stay safe?", "I hold my breath").sends("Save")
    asha.sends("Bend down to pick up a sock", exact=False).finds_nothing_wrong().sends("Plan a try")
    assert "My back will go" in asha.typed()
    asha.chooses_number(90, group="How likely does that seem now?").finds_nothing_wrong()
    asha.sends("Save and carry on").chooses_number(80, group="How afraid are you before it?")
    asha.fills("What will you do, and when?", "On Tuesday, hands to my knees").sends("Save")
    asha.sees("You plan to try").finds_nothing_wrong().sends("I tried it: what happened?", exact=False)
    asha.fills("What happened?", "It pulled").chooses("No", group="Did what you feared happen?")
    asha.chooses_number(40, group="How afraid were you after it?").finds_nothing_wrong()
    asha.sends("Save and carry on").chooses_number(8, group="How surprised were you?")
    asha.fills("What did you find out?", "It pulled, and it did not go").finds_nothing_wrong().sends("Save")
    asha.sees("You were surprised on 1 of 1 try.").finds_nothing_wrong()
    asha.sends("Bend down to pick up a sock", exact=False).sees("You choose.").finds_nothing_wrong()
    asha.goes_to("/tools/exposure-ladder").sends("Share with my team").sees("Your team can see this")

    carol.goes_to(portal).sends("Movements I have been avoiding").sees("It pulled, and it did not go")
    carol.sees("80 → 40").finds_nothing_wrong()
