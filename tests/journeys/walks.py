"""Stretches of the main job that several journeys walk: each begins where a patient would, and uses only
what they see.
"""

from __future__ import annotations

import email
import email.policy
import re
from datetime import date, timedelta

from tests.journeys.browser import Person

PASSWORD = "a gate, a kettle and rain"
BORN = (3, 3, 1979)
PAIN = "/questionnaires/baseline-pain"


def invites(clinician: Person, given: str, family: str, address: str = "") -> Person:
    """The one screen, as a clinician fills it in with the patient beside them."""
    clinician.goes_to("/invite").fills("First name", given).fills("Last name", family).fills_date(
        "Date of birth", *BORN
    )
    clinician.fills("Mobile number", "07700 900321").fills("Postal address", "1 Mill Lane\nHillside")
    if address:
        clinician.page.get_by_role("textbox", name="E-mail").fill(address)
        clinician.chooses("Yes", group="E-mail")
    for group, answer in (("Text message", "No"), ("Call", "Yes"), ("Voicemail", "No"), ("Letter", "Yes")):
        clinician.chooses(answer, group=group)
    clinician.chooses("Seen, and suitable").fills("Seen by", "Dr Reed").fills_date("Seen on", 2, 11, 2025)
    return (
        clinician.chooses("The course").sends("Save and invite").sees_heading(f"{given} {family} is invited")
    )


def link_in(letter: str) -> str:
    """The path of the link in an e-mail."""
    found = re.search(r"https?://[^/\s]+(/\S+)", text_of(letter))
    assert found, letter
    return found[1]


def text_of(letter: str) -> str:
    """What the reader of an e-mail sees."""
    body = email.message_from_string(letter, policy=email.policy.default).get_body(("plain",))  # type: ignore[attr-defined]
    assert body is not None
    return str(body.get_content())


def letters_to(letters: list[str], address: str) -> list[str]:
    """Those e-mails that went to one address."""
    return [letter for letter in letters if f"To: {address}" in letter]


def activates(patient: Person, link: str, given: str, *, contact: str = "E-mail") -> Person:
    """From the link to "You are in", on their own phone, with a password of their own."""
    patient.goes_to(link).fills_date("Your date of birth", *BORN).sends("Carry on")
    patient.sees_heading(f"Welcome, {given}").sends("Carry on").sees_heading("What your team sees").sends(
        "I understand"
    )
    patient.chooses(contact).sends("Carry on").chooses("My own phone or computer").sends("Carry on")
    patient.chooses("A new part every week").sends("Carry on").sees_heading("How you come back")
    patient.chooses("My e-mail", exact=False).chooses("I choose my own").fills("Choose a password", PASSWORD)
    return patient.sends("Open my course").sees_heading("You are in")


def writes_down_tries(patient: Person, today: date) -> Person:
    """From the last page but one of module 1: read this first, choose an activity, three tries of 12, 6
    and 9 minutes.
    """
    patient.sends("Write down a try").sees_heading("Read this first").sends("I’ve read this")
    patient.chooses("No").sends("Carry on")
    patient.picks("What would you like to do more steadily?", "Moving about: Walk").chooses("Minutes")
    patient.sends("Save and carry on").sees_heading("Write down your first try")
    for days_ago, minutes in ((2, "12"), (1, "6"), (0, "9")):
        day = today - timedelta(days=days_ago)
        patient.fills("How much had you done", minutes).fills_date(
            "Which day was it?", day.day, day.month, day.year
        )
        patient.sends("Write down this try")
    return patient.sees_heading("You have 3 tries")


def starts_at_seven(patient: Person) -> Person:
    """The tries 12, 6 and 9 point to 7 minutes, with the lowest try beside it; then today's tick."""
    patient.sends("Work out my starting point").sees_heading("80% of your average is 7 minutes")
    patient.sees("Your 3 tries: 12, 6 and 9 minutes.").sees("Start at 6 minutes").sends("Start at 7 minutes")
    patient.sees_heading("Your plan: 7 minutes").sends("Save").sees_heading("Walk: 7 minutes today")
    return patient.sends("I did it").does_not_see("Did you do it today?")


def makes_a_goal(patient: Person) -> Person:
    """From the toolbox to a goal that has begun, with a ladder of two steps and this week's plan."""
    patient.sends("Toolbox").sends("Goals", exact=False).sends("Make a goal").sends("Start").sees_heading(
        "Family"
    )
    patient.chooses_number(5, group="How much does it matter to you?")
    patient.chooses_number(2, group="How much do you live it now?").sends("Save and carry on")
    patient.sends("That is enough. Show me the gap").sees_heading("The widest gap is in “Family”").chooses(
        "Family"
    )
    patient.sends("Save and carry on").fills("What have you given up", "Tea with Mum on Sundays").sends(
        "Save and carry on"
    )
    patient.sees_heading("A goal that you can picture").sends("Save and carry on")
    for page in ("Where, and with whom?", "How you will know", "By when would you like to do it?"):
        patient.sees_heading(page).sends("Skip this")
    patient.fills("What is this step?", "Ring Mum and pick a day").sends("Save and carry on")
    patient.fills("What is this step?", "Half an hour at her house").sends("Save and carry on")
    patient.sends("That is all my steps").sends("Go on with these steps for now").sees_heading(
        "This week’s plan"
    )
    patient.fills("After or when what?", "After breakfast").chooses("Monday").fills("I will…", "ring Mum")
    patient.sends("Save and carry on").sees("After breakfast on Monday I will ring Mum.")
    patient.chooses_number(8, group="Choose a number").sends("Save and carry on")
    for page in ("What might get in the way?", "Someone on your side", "A treat for you"):
        patient.sees_heading(page).sends("Skip this")
    return (
        patient.sees_heading("Tea with Mum on Sundays")
        .sends("Start this goal")
        .sees("Ring Mum and pick a day")
    )


def asks_to_be_rung(patient: Person, about: str = "An exercise") -> Person:
    """From the toolbox to the day by which somebody rings."""
    patient.sends("Toolbox").sends("Ask my team to ring me", exact=False).chooses(about)
    return patient.sends("Ask them to ring me").sees_heading("Your team will ring you")
