"""The main job: from an invitation to what the clinician sees. With a phone, with the keyboard alone,
without scripts.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.journeys.browser import Person
from tests.journeys.hands import KeyboardPerson
from tests.journeys.walks import (
    PAIN,
    activates,
    asks_to_be_rung,
    invites,
    letters_to,
    link_in,
    makes_a_goal,
    starts_at_seven,
    text_of,
    writes_down_tries,
)
from webapp.foundations import clock

People = Callable[..., Person]
SCORES = (6, 7, 4)  # PEG: 17 / 3 = 5.7


def test_from_the_invitation_to_what_the_clinician_sees(
    opens: People, signed_in: People, mail: Callable[[], list[str]]
) -> None:
    """Given Carol invites Nora; when Nora does it all on her phone and asks for a call;
    then Carol sees it and rings her.
    """
    carol = invites(signed_in("carol"), "Nora", "Quill", "nora.quill@example.org").finds_nothing_wrong()
    letter = letters_to(mail(), "nora.quill@example.org")[-1]
    assert "pain" not in text_of(letter).lower()

    nora = activates(opens(), link_in(letter), "Nora").finds_nothing_wrong()
    _reads_module_1(nora)
    _answers_one_question_a_page(nora)
    makes_a_goal(nora).sends("Share with my team")
    asks_to_be_rung(nora).finds_nothing_wrong()

    carol.goes_to("/ring-today").sees("Asked for a call").finds_nothing_wrong().sends("Nora Quill")
    carol.sees("Born 3 Mar 1979").sees("Tea with Mum on Sundays").does_not_see(
        "Ring Bex"
    ).finds_nothing_wrong()
    carol.page.locator("main .js-plotly-plot").first.wait_for()
    carol.sends("Log a call").chooses("Spoke to them: carrying on").sends("Save the call")
    carol.goes_to("/ring-today").does_not_see("Nora Quill")
    carol.goes_to("/answers").sees("Nora Quill").sends("Read Nora Quill").sees_heading(
        "Answers of Nora Quill"
    )
    carol.sees("5.7").finds_nothing_wrong().sends("I have read this")
    carol.goes_to("/answers").sees("Everything has been read.")


def _reads_module_1(nora: Person) -> None:
    """To its middle, away, and on from there; with one exercise and the tries; to its end."""
    nora.sends("Start").sends("Start this module").sees_heading("What this course is").sends(
        "Next: Hurt and harm"
    )
    nora.chooses("It will settle, as it has before").sends("Save").sees("Saved on").sends(
        "Next: When to get help"
    )
    nora.goes_to("/today").sees("Module 1 of 9").sends("Carry on", exact=False).sees_heading(
        "When to get help"
    )
    nora.sends("Next: One small step").sends("Next: Three short tries")
    starts_at_seven(writes_down_tries(nora, clock.today()))
    nora.sends("Course").sends("Start here", exact=False).sends("Carry on", exact=False)
    nora.sends("Next: Your plan").sends("Finish this module")
    nora.sees_heading("You have done this module").sends("Go to Today").sees("Walk: 7 minutes today")


def _answers_one_question_a_page(nora: Person) -> None:
    """One tap a question; the rest is left open; then sent."""
    nora.sends("A few questions for you", exact=False).sees("somebody reads them by").sends(
        "One question a page"
    )
    for place, score in enumerate(SCORES, start=2):
        nora.page.get_by_label(str(score), exact=True).first.click()
        nora.sees(f"question {place} of 13")
    nora.goes_to(f"{PAIN}/send").sees("10 questions are still open").sends("Send my answers")
    nora.sees("5.7").finds_nothing_wrong()


@pytest.mark.parametrize(
    ("hands", "scripts"), [(KeyboardPerson, True), (Person, False)], ids=["the keyboard alone", "no scripts"]
)
def test_a_patient_does_it_all_with(
    hands: type[Person], scripts: bool, opens: People, signed_in: People, mail: Callable[[], list[str]]
) -> None:
    """Given an e-mailed invitation; when Nia uses the keyboard alone, or no scripts;
    then everything can be done.
    """
    address = f"nia.{hands.__name__.lower()}@example.org"
    invites(signed_in("carol"), "Nia", "Hughes", address)
    nia = opens(hands=hands, java_script_enabled=scripts)
    activates(nia, link_in(letters_to(mail(), address)[-1]), "Nia")
    _reads_module_1(nia)
    nia.sends("A few questions for you", exact=False).sends("All on one page")
    for place, score in enumerate(SCORES, start=1):
        nia.chooses_number(score, group=f"{place}. What number best describes")
    nia.sends("Save and look once more").sends("Send my answers").sees("5.7")
    makes_a_goal(nia)
    asks_to_be_rung(nia).finds_nothing_wrong()
