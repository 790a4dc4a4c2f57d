"""The movement routine on a phone: read first, choose two movements, try, tick, look back a week later, print."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import Person
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing import service_energy

People = Callable[..., Person]
TOOL = "/tools/movement-routine"


def adds(person: Person, title: str, where: str) -> Person:
    person.page.get_by_text(where).click()
    return (
        person.chooses(title, exact=False).sends("Save and carry on").sees_heading("How much to begin with")
    )


def writes_a_try(person: Person, amount: int, heading: str) -> Person:
    person.sees_heading(heading).fills("How much did you do?", str(amount))
    return person.chooses("It settled within about an hour").sends("Save and carry on")


def test_a_routine_from_the_safety_list_to_paper(signed_in: People, town: Cast) -> None:
    """Given an empty routine; when Asha reads first, chooses a movement from the library and one from the list, tries
    and ticks; then a week later she looks back, chooses a small step up for one, and prints it all.
    """
    asha = signed_in("asha").goes_to(TOOL).sees("Many people choose four to six")
    asha.finds_nothing_wrong().goes_to("/movements/heel-slide").sends("Add to my routine")
    asha.sees_heading("Read this first").sees("Trouble passing or holding in urine")
    asha.finds_nothing_wrong().sends("I’ve read this").sees("You chose this one from the library.")
    asha.finds_nothing_wrong().sends("Save and carry on").sees_heading("How much to begin with")
    asha.chooses("Try it on three days, then see what they point to").sends("Save and carry on")
    asha.finds_nothing_wrong()
    writes_a_try(asha, 12, "Your first try")
    asha.goes_to(TOOL).sees("Your tries so far: 12.")

    clock.move(timedelta(days=1))
    writes_a_try(asha.sends("Write my next try", exact=False), 6, "Your second try")
    clock.move(timedelta(days=2))
    writes_a_try(asha.goes_to(TOOL).sends("Write my next try", exact=False), 9, "Your third try")
    asha.sees_heading("Where to begin").sees("80% of your average is 7.2.").sees("begin with 6 times")
    asha.finds_nothing_wrong().chooses("Begin with 7 times").sends("Save and carry on").sees_heading(
        "Your days"
    )
    asha.chooses_number(3, group="On how many days a week?").fills("What will you do, and when?", "After tea")
    asha.sends("Save").sees("7 times, on 3 days a week")

    asha.sends("Choose a movement").sees_heading("Choose a movement")
    asha.finds_nothing_wrong()
    adds(asha, "Calf stretch", "Standing (").chooses("I choose an amount myself").sends("Save and carry on")
    asha.sees_heading("An amount of your own").fills("With how much would you like to begin?", "10")
    asha.sends("Save and carry on").chooses_number(4, group="On how many days a week?").sends("Save")
    asha.sees("10 seconds, on 4 days a week").finds_nothing_wrong()

    for days in (2, 4, 6):
        clock.move(timedelta(days=days))
        asha.goes_to(TOOL).sends("Note today")
        asha.chooses("Did it", group="Heel slide").chooses("Did some of it", group="Calf stretch")
        asha.sends("Save")
    asha.finds_nothing_wrong()

    clock.move(timedelta(days=9))
    asha.goes_to(TOOL).sees("A week has gone by.").sends("Look back at my week").sees("You did it on 3 days.")
    asha.finds_nothing_wrong().chooses("No").chooses_number(
        8, group="How sure are you about the coming week?"
    )
    asha.sends("Save and carry on").sees_heading("How would you like to go on?").sees(
        "a small step up is possible"
    )
    asha.finds_nothing_wrong().chooses("A small step up: 8 times", group="Heel slide")
    asha.chooses("Keep it steady: 10 seconds", group="Calf stretch").sends("Save")
    asha.sees("8 times, on 3 days a week").sees("10 seconds, on 4 days a week")
    asha.sends("Heel slide: A small step up", exact=False)
    asha.finds_nothing_wrong().goes_to(TOOL).sends("Print what I wrote").sees("Two weeks of my routine")
    asha.finds_nothing_wrong().sends("Empty sheet").sees("Two weeks of my routine").finds_nothing_wrong()


def test_a_routine_without_scripts(signed_in: People, town: Cast) -> None:
    """Given scripts are off; then the list is read first, a movement is chosen without an amount, and a day is noted."""
    asha = signed_in("asha", java_script_enabled=False).goes_to(TOOL).sends("Choose a movement")
    asha.sees_heading("Read this first").sends("I’ve read this")
    adds(asha, "Heel slide", "Lying (").chooses("I don’t know yet").sends("Save and carry on").sends("Save")
    asha.sees("Heel slide").sends("Note today").chooses("Not today", group="Heel slide").sends("Save")
    asha.sees("Change what I noted today").finds_nothing_wrong()


def test_one_of_the_signs_leads_to_help(signed_in: People, town: Cast) -> None:
    """Given the safety list; when one of the signs might be hers; then help is one tap away."""
    asha = signed_in("asha").goes_to(f"{TOOL}/movement/new").sends("One of these might be me")
    asha.sees_heading("Help now")


def test_energy_mode_asks_what_it_cost(signed_in: People, town: Cast) -> None:
    """Given energy mode; then nothing is to be reached, and three days later we ask what a day cost."""
    person = seeds.enters(town, "asha")
    assert person.patient
    service_energy.turn(person.patient.id, True, by=person.actor)
    db.session.commit()
    asha = signed_in("asha").goes_to(TOOL).sees("Keep within, do less, or rest").sends("Choose a movement")
    asha.sends("I’ve read this").page.get_by_text("Lying (").click()
    asha.chooses("Heel slide", exact=False).sends("Save and carry on")
    asha.sees_heading("Gently, within what you have").fills("Where will a rest go?", "Lie down after")
    asha.sends("Save").sees("A rest: Lie down after").sends("Note today")
    asha.chooses("Did some of it", group="Heel slide").sends("Save")
    clock.move(timedelta(days=3))
    asha.goes_to(TOOL).does_not_see("times").sends("what did it cost over the next three days?", exact=False)
    asha.chooses("A little").sends("Save").does_not_see("what did it cost")
    asha.finds_nothing_wrong().sends("Look back at my week").sees(
        "What did it cost over the next three days?"
    )
    asha.chooses("A little").sends("Save and carry on").sees("Keep within what I have").does_not_see(
        "step up"
    )
    asha.finds_nothing_wrong().chooses("Do less").sends("Save").sees("You chose to do less.")
