"""The tools that are made of words: a message, an appointment, medicines, work, a keep-going plan, a problem."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.browser import Person

People = Callable[..., Person]
ON = "Save and carry on"


def sees_both_papers(person: Person, tool: str, words: str) -> None:
    """The filled print view has these words, the empty sheet has not; nothing is wrong with either."""
    person.goes_to(f"/tools/{tool}/print").sees(words).finds_nothing_wrong()
    person.goes_to(f"/tools/{tool}/blank").does_not_see(words).finds_nothing_wrong()


def test_a_message_that_the_team_may_read(signed_in: People, town: Cast) -> None:
    """Given no message yet; when Asha builds one and shares it; then Carol reads it as it is said."""
    whole = (
        "When you take the bag, I feel useless, because I can carry a light one. I would like you to ask me."
    )
    asha = signed_in("asha").goes_to("/tools/say-it-clearly").finds_nothing_wrong()
    asha.sends("Build a message").fills("Who would you like to say it to?", "my sister").sends(ON)
    asha.fills("When …", "you take the bag").finds_nothing_wrong().sends(ON)
    asha.fills("I feel …", "useless").fills("because …", "I can carry a light one").sends(ON)
    asha.fills("I would like …", "you to ask me").sends(ON)
    asha.fills("When and where will you say it?", "On Sunday").sends("Save")
    expect(asha.page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    asha.sees(whole).sends("Share with my team").sees("Your team can see this").finds_nothing_wrong()
    sees_both_papers(asha, "say-it-clearly", whole)
    assert town.asha.patient
    carol = signed_in("carol").goes_to(f"/patients/{town.asha.patient.id}/tools/say-it-clearly")
    carol.sees(whole).finds_nothing_wrong()


def test_an_appointment_without_scripts(signed_in: People) -> None:
    """Given scripts are off; when Asha plans an appointment; then it stands on one page, on the phone and on paper."""
    asha = signed_in("asha", java_script_enabled=False).goes_to("/tools/appointment-planner")
    asha.sends("Plan an appointment").sends(ON).sees("Write who it is with, in a word or two")
    asha.fills("Who is it with?", "Dr Bell").sends(ON)
    asha.fills("What is the most important thing", "May I see a physio?").sends(ON)
    asha.fills("What have you tried", "Heat helps").sends(ON)
    asha.fills("How does pain change your day?", "I sit on the stairs").sends(ON)
    asha.fills("How will you get there", "By bus").sends("Save").sees("Saved.")
    asha.sees("With Dr Bell").sees("May I see a physio?").sees("Heat helps").finds_nothing_wrong()
    sees_both_papers(asha, "appointment-planner", "May I see a physio?")


def test_a_medicine_and_a_question(signed_in: People) -> None:
    """Given an empty sheet; when Asha writes a medicine that helps 0 of 10 and a question;
    then both stand there in her words, with the same advice as before.
    """
    asha = (
        signed_in("asha").goes_to("/tools/medicines-review").sees("Do not stop or change a medicine suddenly")
    )
    asha.sends("Add a medicine").fills("What is it called?", "Blue gel").sends(ON)
    asha.fills("How do you take it now?", "Most nights").sends(ON)
    asha.chooses_number(0, group="How much does it help").finds_nothing_wrong().sends(ON)
    asha.fills("Does anything about it bother you?", "It is sticky").sends("Save").sees("Helps me: 0 of 10")
    asha.sends("Write my questions").fills("What would you most like to ask?", "Do I need it?").sends("Save")
    asha.sees("Saved.").sees("Do I need it?").sees("Do not stop or change a medicine suddenly")
    asha.finds_nothing_wrong()
    sees_both_papers(asha, "medicines-review", "Blue gel")


def test_work_taken_apart(signed_in: People) -> None:
    """Given an empty work sheet; when Asha says what is hard and looks at a slow return;
    then the hardest part comes first, and the paper has no button of the screen on it.
    """
    asha = (
        signed_in("asha")
        .goes_to("/tools/work-sheet")
        .sends("Fill in my sheet")
        .chooses("In paid work")
        .sends(ON)
    )
    asha.chooses_number(3, group="Sitting").chooses_number(8, group="Standing or walking").sends(ON).sends(ON)
    asha.chooses_number(5, group="Concentrating").finds_nothing_wrong().sends(ON).sends(ON)
    asha.chooses("Short breaks before I need them").sends(ON)
    asha.chooses_number(5, group="How able do you feel").sends(ON).fills("Who could you talk to?", "Sam")
    asha.fills("What is the one thing", "A stool").sends("Save").sees("Saved.").sees("A stool (Sam)")
    expect(asha.page.locator("main li").filter(has_text="of 10").first).to_have_text(
        "Standing or walking: 8 of 10"
    )
    asha.sends("Look at a slow return").fills("How many hours a week would you start with?", "8")
    asha.fills("How many hours would one step add?", "2").fills("Up to how many hours?", "4").sends("Save")
    asha.sees("This is less than the hours to start with").fills("Up to how many hours?", "12").sends("Save")
    asha.sees("Hours a week: 8, 10, 12").finds_nothing_wrong()
    sees_both_papers(asha, "work-sheet", "Standing or walking: 8 of 10")
    asha.goes_to("/tools/work-sheet/print").does_not_see("Change these hours")


def test_a_plan_to_keep_going(signed_in: People) -> None:
    """Given no plan; when Asha makes one and notes a week; then the page has the plan, a date, and the week."""
    asha = (
        signed_in("asha").goes_to("/tools/keep-going").finds_nothing_wrong().sends("Make my keep-going plan")
    )
    asha.chooses("Pacing").sends(ON).fills("What is the least", "To the corner").sends(ON)
    asha.fills("What are your early signs", "I skip breaks").sends(ON).fills("Who can help", "Meena").sends(
        ON
    )
    asha.finds_nothing_wrong().sends(ON).fills("A few lines to yourself", "It passed").sends("Save")
    asha.sees("Saved.").sees("You look again on").sees("To the corner").sees("First look")
    asha.sends("Note what I used this week").chooses("Pacing").sends("Save").sees(
        "Pacing: in 1 of the 1 week"
    )
    asha.finds_nothing_wrong()
    sees_both_papers(asha, "keep-going", "To the corner")


def test_one_problem_in_two_tabs(signed_in: People) -> None:
    """Given a problem that was picked apart; when it is changed in two tabs;
    then the later one is told, and what was typed there is kept.
    """
    asha = signed_in("asha").goes_to("/tools/problem-solving").sends("Take a problem")
    asha.fills("What is the problem", "The stairs").sends(ON).fills("One idea", "Two small bags").sends(ON)
    asha.fills("What is good about", "Cheap").sends(ON).chooses("Two small bags").fills(
        "What will you do", "Friday"
    )
    asha.sends("Save").sees("Saved.").sees("You are trying").finds_nothing_wrong()
    sees_both_papers(asha, "problem-solving", "Two small bags")
    asha.goes_to("/tools/problem-solving/print").does_not_see("Look back: did it help?")
    asha.goes_to("/tools/problem-solving").sends("The stairs", exact=False).finds_nothing_wrong()
    asha.sends("Change The problem").fills("What is the problem", "The steep stairs")
    other = asha.opens_another_tab().goes_to(asha.page.url.removeprefix(asha.origin))
    other.fills("What is the problem", "The stairs at work")
    asha.sends(ON).sees_heading("Ideas")
    other.sends(ON).sees("This was changed on another screen or phone meanwhile").sees("The steep stairs")
    assert "The stairs at work" in other.typed()
    other.finds_nothing_wrong()
