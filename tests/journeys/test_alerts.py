"""An answer that a person must see, from the phone at night to the colleague who closes it; on paper, too."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from typing import Any

import pytest
from flask import Flask

from tests.cast import Cast
from tests.journeys.browser import DESK, Person
from tests.journeys.hands import KeyboardPerson
from tests.journeys.seeds import enters, rows_of
from tests.questionnaires.test_whole_sittings import item_nine
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.models import Answer
from webapp.safety.models import Alert

People = Callable[..., Person]
FRIDAY_NIGHT = datetime(2027, 4, 30, 22, 10, tzinfo=UTC)
"""Ten past eleven in Britain. Monday, 3 May 2027, is a bank holiday: the next working day is Tuesday."""
TUESDAY_MORNING = datetime(2027, 5, 4, 8, 30, tzinfo=UTC)
MOOD = "/questionnaires/baseline-mood"
CALM = "Help is here if you want it"
BY_TUESDAY = "by Tuesday 4 May at 17:00"
NOTHING_IS_KEPT = """async () => [
  localStorage.length, sessionStorage.length, (await indexedDB.databases()).length, (await caches.keys()).length,
]"""


def it_is(moment: datetime) -> None:
    """The clock of the server and of the worker, from now on."""
    clock.move(moment - datetime.now(UTC))


@pytest.fixture(autouse=True)
def night(town: Cast, running_app: Flask) -> Iterator[None]:
    """Hillside asks PHQ-9, and it is Friday night. Asha's questions about mood are open."""
    clock.let_it_be_moved(running_app.extensions["waymark_settings"].var_folder / "clock")
    it_is(FRIDAY_NIGHT)
    enters(town, "lena")
    town.hillside.phone = "01632 960100"
    item_nine(town)
    asha = enters(town, "asha")
    assert asha.enrolment
    engagement.reach_milestone(asha.actor, asha.enrolment, "start-here")
    questionnaires.skip(asha.actor, asha.enrolment, "baseline-pain")
    db.session.commit()
    yield


def goes_to_the_ninth(asha: Person) -> Person:
    """Asha leaves the questions before it open."""
    asha.goes_to(MOOD).sees("About one of these questions").sees(BY_TUESDAY).finds_nothing_wrong()
    asha.sends("One question a page")
    return asha.goes_to(f"{MOOD}/phq-9/q9").sees("Who sees this answer?").finds_nothing_wrong()


def test_an_answer_at_night_is_seen_on_the_next_working_day(
    signed_in: People, town: Cast, mail: Callable[[], list[str]]
) -> None:
    """Given Friday night before a bank holiday; when Asha says that she has had such thoughts;
    then help stands before the next question and says by when it is seen. On Tuesday Carol finds it, says that she
    has seen it, takes it on, writes down what was done and closes it; and Asha reads who saw it and when.
    """
    asha = goes_to_the_ninth(signed_in("asha"))
    with asha.page.expect_navigation():
        asha.page.get_by_role("radio", name="Several days").click()
    asha.sees_heading(CALM).sees("Thank you for telling us.").sees("116 123").sees(BY_TUESDAY)
    asha.sees("the team is not at work now").sees("At other times: Ring 111.").sees("ring 01632 960100")
    asha.finds_nothing_wrong()
    assert asha.page.evaluate(NOTHING_IS_KEPT) == [0, 0, 0, 0]
    asha.sends("Go on with the questions").sees("question 10 of 17").goes_to("/today").sees(BY_TUESDAY)
    asha.finds_nothing_wrong()
    said = mail()[-1]
    assert "something waits for you" in said and not re.search(r"Asha|mood|harm|PHQ", said)

    it_is(TUESDAY_MORNING)
    carol = signed_in("carol").goes_to("/ring-today").sends("Alerts (1)", exact=False).finds_nothing_wrong()
    carol.sees("Asha Patel").sees("Nobody yet").sends("Open", exact=False).finds_nothing_wrong()
    carol.sees("Several days").sees("The page with ways to help was shown to them")
    carol.sends("I have seen it").sees("Nobody has it").sends("I take this on").sees("You have it.")
    carol.sees("To close it, first write down what was done.").chooses("Spoke to them")
    carol.fills("Note", "We talked for half an hour.", exact=True).sends(
        "Write it down"
    ).finds_nothing_wrong()
    carol.sends("Close this alert").sees("Open it again").finds_nothing_wrong()
    carol.goes_to("/alerts").sees("No alert is open.")

    asha.goes_to("/today").sees("Carol Osei saw it on Tuesday 4 May at 09:30.").sends("What I told my team")
    asha.sees("Carol Osei saw it").does_not_see(re.compile("dead|hurting")).finds_nothing_wrong()


def test_asking_for_a_call_about_feelings_without_scripts(signed_in: People, town: Cast) -> None:
    """Given scripts are off; when Asha, from the page with all the numbers, taps that she wants to be rung;
    then it says by when somebody sees it, and rings. She takes the call back: the team still knows, and sees both.
    """
    asha = goes_to_the_ninth(signed_in("asha", java_script_enabled=False))
    asha.chooses("Nearly every day").sends("Next").sees_heading(CALM).finds_nothing_wrong()
    asha.sends("Please ring me about how I feel").sees_heading("Your team will ring you").sees(BY_TUESDAY)
    asha.sees("ring you by Wednesday 5 May").sees("You do not have to wait for the call")
    asha.finds_nothing_wrong().sends("Go on where you were").sees("question 10 of 17")
    asha.goes_to("/ring-me").sends("I do not need the call any more")
    asha.sees("Your team still knows that you wanted to talk about how you feel.").finds_nothing_wrong()

    it_is(TUESDAY_MORNING)
    carol = signed_in("carol").goes_to("/alerts").sees("An answer about").sees("how they feel")
    carol.finds_nothing_wrong()
    assert rows_of(town, "carol", Alert) == 2


def test_asking_from_me_shows_help_first(signed_in: People, town: Cast) -> None:
    """Given Asha wants to talk about how she feels; when she asks for a call; then help comes first, then both days."""
    asha = signed_in("asha").goes_to("/ring-me").chooses("How I feel").sends("Ask them to ring me")
    asha.sees_heading("First: do you need help now?").sees("116 123").sees(BY_TUESDAY).finds_nothing_wrong()
    asha.sends("I can wait: ask my team to ring me").sees("What you asked goes to a person before that.")
    asha.sees(BY_TUESDAY).finds_nothing_wrong()
    assert rows_of(town, "asha", Alert) == 1


def test_whoever_types_a_paper_form_is_the_first_to_read_it(signed_in: People, town: Cast) -> None:
    """Given a form that Asha wrote a fortnight ago; when Carol types it in, by keys alone;
    then she is told that she is the first to read it, opens the alert, takes it on, and hands it over by name.
    """
    patient: Any = enters(town, "asha").patient
    page, written = f"/patients/{patient.id}{MOOD}/enter", date(2027, 4, 16)
    db.session.rollback()
    it_is(TUESDAY_MORNING)
    carol = signed_in("carol", hands=KeyboardPerson, size=DESK).goes_to(page).chooses("A paper form")
    carol.fills_date("Which day were they answered?", written.day, written.month, written.year)
    for number in range(1, 18):
        field = carol.page.get_by_label(re.compile(rf"^\s*{number}\. "))
        carol._pick(field, "2" if number == 9 else "0")
    carol.sends("Save these answers").sees_heading("You are the first to read this").sees("Asha Patel")
    carol.sees("The patient wrote it on Friday 16 April.").sees("More than half the days")
    carol.finds_nothing_wrong().sends("Open the alert and take it on").sees("written on 16 Apr")
    carol.sends("I take this on").sees("You have it.")
    carol.chooses("Handed over to a crisis team or an emergency service").sends("Write it down")
    carol.sees("Write the name of who took it").finds_nothing_wrong()
    carol.fills("Who took it?", "Dr Rao").sends("Write it down").sends("Close this alert")
    carol.sees("Dr Rao").finds_nothing_wrong()
    assert rows_of(town, "carol", Answer) == 17
    asha = signed_in("asha").goes_to("/me/what-i-told").sees("You answered something on Friday 16 April.")
    asha.sees("Carol Osei saw it on Tuesday 4 May").finds_nothing_wrong()
