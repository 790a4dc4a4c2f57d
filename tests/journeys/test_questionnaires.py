"""Questionnaires as people really answer them: on a phone, by keys alone, without scripts, on paper."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.browser import DESK, Person
from tests.journeys.hands import KeyboardPerson
from tests.journeys.seeds import enters, rows_of
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.questionnaires.models import Answer, Reading, ScoreRow

People = Callable[..., Person]
PAIN = "/questionnaires/baseline-pain"
PEG, PSEQ = 3, 10
GO_ON = "Go on with this part now"
ONE, ALL, SEND = "One question a page", "All on one page", "Send my answers"
THANKS = "Thank you. Your answers are with your team"


def has_finished_module_1(town: Cast, name: str = "asha") -> None:
    """The first questions are open."""
    person = enters(town, name)
    assert person.enrolment
    engagement.reach_milestone(person.actor, person.enrolment, "start-here")
    db.session.commit()


def taps_an_answer(patient: Person) -> None:
    """The second of the answers on the page: saved by the tap, and the next page is there."""
    with patient.page.expect_navigation():
        patient.page.locator("main input[type=radio]").nth(1).click()


def answers_one(patient: Person) -> None:
    """Whatever kind of question is on the page."""
    if patient.page.locator("main input[type=radio]").count():
        taps_an_answer(patient)
    else:
        patient.sends("Save and carry on")


def answers_all(patient: Person) -> Person:
    """Page after page, up to the last look."""
    for _ in range(40):
        if patient.page.url.endswith("/send"):
            return patient
        answers_one(patient)
    raise AssertionError(f"there is no end to the questions: {patient.page.url}")


def sends_all(patient: Person) -> Person:
    """The rest of a sitting, sent."""
    return answers_all(patient).sees_heading("That is all. Ready to send?").sends(SEND).sees_heading(THANKS)


def test_the_whole_baseline_in_one_sitting_on_a_phone(signed_in: People, town: Cast) -> None:
    """Given the first module is done; when Asha answers all three parts in one go;
    then each was sent, each waits to be read, and every score has help beside it.
    """
    has_finished_module_1(town)
    asha = signed_in("asha").goes_to("/today").sends("A few questions for you", exact=False)
    asha.sees("13 questions.").sees("Who sees this?").sees("If you need somebody now").finds_nothing_wrong()
    asha.sends(ONE).sees("question 1 of 13").finds_nothing_wrong()
    sends_all(asha).sees("There is one more part").finds_nothing_wrong()
    asha.sends(GO_ON).sends(ONE).finds_nothing_wrong()
    sends_all(asha).sends(GO_ON).sees("We ask everyone. It does not mean the pain is in your head.")
    asha.sends(ONE).finds_nothing_wrong()
    sends_all(asha).sees("Want to talk about it?").does_not_see(GO_ON).finds_nothing_wrong()
    assert rows_of(town, "asha", Reading) == 3


def test_the_whole_baseline_in_three_visits(signed_in: People, town: Cast) -> None:
    """Given a phone that runs out twice; when Asha comes back each time;
    then she goes on at the very question, and no answer was lost or asked again.
    """
    has_finished_module_1(town)
    first = signed_in("asha").goes_to(PAIN).sends(ONE)
    for _ in range(5):
        taps_an_answer(first)
    first.sees("question 6 of 13").leaves()
    assert rows_of(town, "asha", Answer) == 5

    second = signed_in("asha").goes_to("/today").sends("Carry on with your questions", exact=False)
    second.sees("You have answered 5 of 13. Your answers are kept.").sends(ONE).sees("question 6 of 13")
    sends_all(second).sends(GO_ON).sends(ONE)
    taps_an_answer(second)
    second.leaves()

    third = signed_in("asha").goes_to("/today").sends("Carry on with your questions", exact=False)
    third.sees("You have answered 1 of").sends(ONE).sees("question 2 of")
    sends_all(third).sends(GO_ON).sends(ONE)
    sends_all(third).finds_nothing_wrong()
    assert rows_of(town, "asha", Reading) == 3


def test_back_and_a_second_tab_lose_nothing(signed_in: People, town: Cast) -> None:
    """Given two answers; when Asha goes back, changes one, and has a second tab open;
    then the last answer counts in both.
    """
    has_finished_module_1(town)
    asha = signed_in("asha").goes_to(PAIN).sends(ONE)
    other = asha.opens_another_tab().goes_to(f"{PAIN}/peg-3/q1")
    taps_an_answer(asha)
    asha.sees("question 2 of 13").sends("Back", exact=False).sees("question 1 of 13 · saved")
    assert asha.page.get_by_role("radio", name="1", exact=True).is_checked()
    with other.page.expect_navigation():
        other.page.get_by_role("radio", name="7", exact=True).click()
    asha.goes_to(f"{PAIN}/peg-3/q1")
    assert asha.page.get_by_role("radio", name="7", exact=True).is_checked()


def test_questions_by_keys_alone(signed_in: People, town: Cast) -> None:
    """Given no mouse and no finger; when Asha uses Tab, arrows, Space and Enter; then nothing is sent by an arrow."""
    has_finished_module_1(town)
    asha = signed_in("asha", hands=KeyboardPerson).goes_to(PAIN).sends(ONE)
    for number in range(1, PEG + 1):
        asha.sees(f"question {number} of 13").chooses("4").sends("Next")
    asha.sees("question 4 of 13").sends("I’d rather not say").sees("question 5 of 13").finds_nothing_wrong()
    asha.goes_to(f"{PAIN}/send").sees("9 questions are still open. That is fine.").sends(SEND)
    asha.sees_heading(THANKS).finds_nothing_wrong()


def test_questions_without_scripts(signed_in: People, town: Cast) -> None:
    """Given scripts are off; when Asha answers and goes on by the button; then it is the same."""
    has_finished_module_1(town)
    asha = signed_in("asha", java_script_enabled=False).goes_to(PAIN).sends(ONE).finds_nothing_wrong()
    asha.sends("Next").sees("Choose an answer, or tap “I’d rather not say”").finds_nothing_wrong()
    for number in range(1, PEG + PSEQ + 1):
        asha.sees(f"question {number} of 13").chooses("2").sends("Next")
    asha.sees_heading("That is all. Ready to send?").finds_nothing_wrong().sends(SEND).sees_heading(THANKS)


def test_all_questions_on_one_page(signed_in: People, town: Cast) -> None:
    """Given Asha wants to see everything; when she answers three and saves;
    then they are kept, and the open ones are asked about kindly.
    """
    has_finished_module_1(town)
    asha = signed_in("asha").goes_to(PAIN).sends(ALL).finds_nothing_wrong()
    for number in (1, 2, 3):
        asha.chooses_number(5, group=f"{number}. ")
    asha.sends("Save and look once more").sees("10 questions are still open. That is fine.")
    asha.finds_nothing_wrong().sends("Back", exact=False).sees("You have answered 3 of 13")


def test_only_a_little_time(signed_in: People, town: Cast) -> None:
    """Given a bad day; when Asha ticks that she has only a little time; then fewer questions are asked."""
    has_finished_module_1(town)
    asha = signed_in("asha").goes_to(PAIN).chooses("I have only a little time", exact=False).sends(ONE)
    asha.sees("question 1 of 5")
    sends_all(asha).finds_nothing_wrong()
    assert rows_of(town, "asha", Answer) == 5


def test_not_now_and_on_paper_instead(signed_in: People, town: Cast) -> None:
    """Given Asha would rather have paper; when she prints the questions, in large print too;
    then the paper has a code, every question, and the help numbers.
    """
    has_finished_module_1(town)
    asha = signed_in("asha").goes_to(PAIN).sends("Print these questions")
    asha.sees("Office: type this code").sees("10 = Pain as bad as you can imagine").sees("Samaritans")
    asha.does_not_see("Asha").finds_nothing_wrong()
    code = code_on(asha)
    asha.sends("Large print").sees(code).finds_nothing_wrong()
    asha.sends("Fewer questions").sees("(the short form)").does_not_see("6. ").finds_nothing_wrong()


def code_on(person: Person) -> str:
    """The code that is printed on the paper before them."""
    found = re.search(r"\b([2-9A-Z]{4} [2-9A-Z]{4})\b", person.page.locator("main").inner_text())
    assert found, person.page.url
    return found[1]


def picks_all(staff: Person, first: int, value: str) -> None:
    """A value for each of the thirteen lists; another for the first."""
    for number in range(1, PEG + PSEQ + 1):
        field = staff.page.get_by_label(re.compile(rf"^\s*{number}\. "))
        staff._pick(field, str(first) if number == 1 else value)


def test_staff_type_in_a_form_from_its_code(signed_in: People, town: Cast) -> None:
    """Given a form that Carol printed for Asha; when it comes back, and Carol types its code and its answers
    by keys alone; then a slip in the code is told, Enter sends no half form, and the answers are marked as paper.
    """
    has_finished_module_1(town)
    patient_id = enters(town, "asha").patient.id  # type: ignore[union-attr]
    carol = signed_in("carol").goes_to(f"/patients/{patient_id}/paper").finds_nothing_wrong()
    carol.taps("Print", exact=False)
    carol.is_at(f"/patients/{patient_id}/questionnaires/baseline-pain/paper").finds_nothing_wrong()
    code = code_on(carol)
    carol = (
        signed_in("carol", hands=KeyboardPerson, size=DESK).goes_to("/answers/paper").finds_nothing_wrong()
    )
    wrong = ("3" if code[0] != "3" else "4") + code[1:]
    carol.fills("The code on the form", wrong).sends("Find the patient")
    carol.sees("One letter or digit is not right").finds_nothing_wrong()
    carol.fills("The code on the form", code.lower()).sends("Find the patient")
    carol.sees("Asha Patel").sees("Born 3 Mar 1979").chooses("A paper form")
    today = clock.today()
    carol.fills_date("Which day were they answered?", today.day, today.month, today.year).presses("Enter")
    carol.sees_heading("Type in answers for a patient").does_not_see("There is a problem")
    for number in range(1, PEG + PSEQ):  # the last one is left open
        carol._pick(carol.page.get_by_label(re.compile(rf"^\s*{number}\. ")), "4")
    carol.sends("Save these answers").sees("1 question has no answer here").finds_nothing_wrong()
    carol.chooses("What is left open here is left open by the patient too").sends("Save these answers")
    carol.sees_heading("These answers are in").sees("Carol Osei typed them in from paper.").sees("Left open")
    carol.finds_nothing_wrong()
    assert rows_of(town, "asha", Answer) == PEG + PSEQ - 1
    asha = signed_in("asha").goes_to(f"{PAIN}/done").sees("Carol Osei typed these in for you.")
    asha.finds_nothing_wrong()


def test_two_people_type_the_same_form(signed_in: People, town: Cast) -> None:
    """Given a service that has forms typed in twice; when Lena types what Carol typed, and one answer differs;
    then both stand side by side, Lena chooses by the paper, and a slip is put right later.
    """
    has_finished_module_1(town)
    asks_for_two(town)
    patient_id = enters(town, "asha").patient.id  # type: ignore[union-attr]
    page = f"/patients/{patient_id}{PAIN}/enter"
    today = clock.today()
    carol = signed_in("carol").goes_to(page).chooses("A paper form")
    carol.fills_date("Which day were they answered?", today.day, today.month, today.year)
    picks_all(carol, 6, "2")
    carol.sends("Save these answers").sees("Please ask a colleague").finds_nothing_wrong()
    lena = (
        signed_in("lena").goes_to(page).sends("Type it a second time").sees("Carol Osei typed this form in")
    )
    picks_all(lena, 9, "2")
    lena.finds_nothing_wrong().sends("Compare").sees_heading("1 answer differs").finds_nothing_wrong()
    lena.sees("typed by Carol Osei").sees("typed by you").sends("Keep these answers")
    lena.sees("Choose the answer that stands on the form").finds_nothing_wrong()
    lena.page.get_by_label("9", exact=True).check()
    lena.sends("Keep these answers").sees("Lena Brandt typed them a second time").finds_nothing_wrong()
    assert peg_total(town) == "4.3"  # (9 + 2 + 2) / 3
    carol.goes_to(page).sends("Something was typed wrongly: put it right").finds_nothing_wrong()
    carol._pick(carol.page.get_by_label(re.compile(r"^\s*2\. ")), "5")
    carol.sends("Save what I changed").sees_heading("These answers are in")
    assert peg_total(town) == "5.3"  # (9 + 5 + 2) / 3
    expect(carol.page.get_by_role("row").filter(has_text="2. What number")).to_contain_text("5")


def asks_for_two(town: Cast) -> None:
    """The service wants each form typed in twice."""
    enters(town, "carol")
    service: Any = town.hillside
    service = db.session.merge(service)
    service.questionnaires = {**service.questionnaires, "double_entry": True}
    db.session.commit()


def peg_total(town: Cast) -> str:
    """The score of the first questionnaire as it is now."""
    enters(town, "asha")
    rows = db.session.query(ScoreRow).filter(ScoreRow.instrument == "peg-3")
    found = str(rows.one().total.normalize())  # type: ignore[union-attr]
    db.session.rollback()
    return found
