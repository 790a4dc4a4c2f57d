"""A message in a patient's hands: answered by one tap without signing in, and what comes of it for both sides."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email import message_from_string, policy
from email.message import EmailMessage

import pytest
from playwright.sync_api import expect

from tests.cast import Cast
from tests.journeys.browser import PHONE, Person
from tests.journeys.seeds import PASSWORD, enters
from tests.reminders.links import is_over, message_to
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people import passwords
from webapp.people import service as people
from webapp.reminders import choices
from webapp.reminders.service import write_messages

ANSWER = re.compile(r"/r/[\w-]{22}/bad-spell")
QUIET_DAYS = range(7, 12)


def noon_in(days: int) -> None:
    """Move the clock to noon so many days from now: messages are written by day."""
    day = datetime.now(UTC).date() + timedelta(days=days)
    clock.move(datetime.combine(day, time(12), UTC) - datetime.now(UTC))


def wants_e_mails(town: Cast, name: str = "asha") -> None:
    """The patient chose e-mails and can sign in with a password."""
    person = enters(town, name)
    assert person.patient
    people.choose(person.patient.id, "email", True, by=person.actor)
    passwords.set_password(person.account, PASSWORD)
    db.session.commit()


def first_mail_with_answers(town: Cast, mail: Callable[[], list[str]], name: str) -> EmailMessage:
    """Let days without a sign of life pass until this patient is written a message that asks."""
    for days in (0, *QUIET_DAYS):
        noon_in(days)
        db.session.rollback()
        write_messages(town.hillside)
        db.session.commit()
        for letter in reversed(mail()):
            found = message_from_string(letter, policy=policy.default)
            assert isinstance(found, EmailMessage)
            if name in str(found["To"]) and ANSWER.search(words_of(found)):
                return found
    raise AssertionError("no message asked anything")


def words_of(mail: EmailMessage) -> str:
    """The plain words of an e-mail."""
    body = mail.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_a_patient_answers_that_it_is_a_bad_spell_from_an_e_mail(
    opens: Callable[..., Person],
    signed_in: Callable[..., Person],
    town: Cast,
    mail: Callable[[], list[str]],
) -> None:
    """Given a quiet week; when Asha taps "bad spell" in our e-mail, signed out, and signs in;
    then she is on her flare-up page, and her team sees it in the portal.
    """
    wants_e_mails(town)
    letter = first_mail_with_answers(town, mail, town.asha.account.sign_in_name)
    link = ANSWER.search(words_of(letter))
    assert link is not None

    asha = opens().goes_to(link[0]).sees_heading("I’m having a bad spell").finds_nothing_wrong()
    asha.sees("Nothing has been sent yet.").sends("Send").sees_heading("Thank you")
    asha.sees("Nothing is due, and your dates wait").finds_nothing_wrong()

    asha.sends("Sign in and see what may help today").fills("Your e-mail", town.asha.account.sign_in_name)
    asha.fills("Your password", PASSWORD).chooses("My own phone or computer").sends("Sign in")
    asha.is_at("/flare-up").sees("flare").finds_nothing_wrong()

    assert town.asha.patient
    carol = signed_in("carol").goes_to(f"/patients/{town.asha.patient.id}")
    carol.sees("flare-up").finds_nothing_wrong()


def test_stuck_is_on_the_worklist_with_the_day_that_was_promised(
    opens: Callable[..., Person], signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given a message in Asha's hands; when she taps "I'm stuck"; then Carol finds her on the list, and why."""
    secret = message_to(town, town.asha)
    opens().goes_to(f"/r/{secret}").sends("I’m stuck").finds_nothing_wrong().sends("Send").sees(
        "Somebody from the team gets in touch by"
    ).finds_nothing_wrong()
    carol = signed_in("carol").goes_to("/").sees("Asha Patel").sees("about the website")
    carol.finds_nothing_wrong()


@pytest.mark.parametrize("scripts", [True, False])
def test_another_day_a_mistyped_one_and_the_way_back(
    opens: Callable[..., Person], town: Cast, scripts: bool
) -> None:
    """Given a phone with and without scripts; when the day is mistyped, mended, and "back" is pressed;
    then the last answer counts, and nothing was sent twice.
    """
    secret = message_to(town, town.asha)
    asha = opens(java_script_enabled=scripts).goes_to(f"/r/{secret}/later").chooses("Another day")
    asha.fills_date("The day", 31, 2, 2030).sends("Send").sees("There is a problem").finds_nothing_wrong()
    asha.chooses("In a week", exact=False).sends("Send").sees_heading("Thank you").sees(
        "We will not write before"
    )
    asha.page.go_back()
    asha.page.go_back()
    asha.goes_to(f"/r/{secret}/later").chooses("In two weeks", exact=False).sends("Send").sees_heading(
        "Thank you"
    )
    asha.finds_nothing_wrong()
    enters(town, "asha")
    assert town.asha.patient
    chosen = choices.choice_of(town.hillside.id, town.asha.patient.id)
    assert chosen is not None and chosen.quiet_until_on == clock.today() + timedelta(days=14)
    db.session.rollback()


def test_two_tabs_with_the_same_message(opens: Callable[..., Person], town: Cast) -> None:
    """Given the link open in two tabs; when each says something else; then both say what counts now."""
    secret = message_to(town, town.asha)
    asha = opens().goes_to(f"/r/{secret}/stuck")
    second = asha.context.new_page()
    second.goto(asha.origin + f"/r/{secret}/busy")
    asha.sends("Send").sees("gets in touch by")
    second.get_by_role("button", name="Send").click()
    expect(second.locator("main")).to_contain_text("We will not write before")
    asha.goes_to(f"/r/{secret}").sees("We will not write before").does_not_see("gets in touch by")
    asha.finds_nothing_wrong()


def test_a_link_that_is_over_still_stops_messages(opens: Callable[..., Person], town: Cast) -> None:
    """Given a message from long ago; when its link is opened; then there is a kind way on, and a stop."""
    secret = message_to(town, town.asha)
    is_over(secret)
    asha = opens().goes_to(f"/r/{secret}/busy").sees_heading("This link is over").finds_nothing_wrong()
    asha.sends("Stop our messages").sends("Stop all these messages").sees_heading("Our messages are stopped")
    asha.finds_nothing_wrong().goes_to(f"/r/{secret}").sends("Sign in").is_at(
        "/sign-in"
    ).finds_nothing_wrong()


def test_messages_are_chosen_paused_and_stopped_under_me(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given e-mails are on; when Asha leaves one kind out, rests, stops and starts; then each is said at once."""
    wants_e_mails(town)
    asha = signed_in("asha", size=PHONE).goes_to("/me").sends("My messages").finds_nothing_wrong()
    asha.page.get_by_label("A friendly line", exact=False).uncheck()
    asha.sends("Save what I get").sees("Saved. We write to you as you chose.").finds_nothing_wrong()
    expect(asha.page.get_by_label("A friendly line", exact=False)).not_to_be_checked()
    asha.chooses("In four weeks", exact=False).sends("Do not write before then").sees(
        "Saved. We do not write before"
    )
    asha.sends("Start our messages again").sees("Saved. We write to you again.")
    asha.sends("Stop all these messages").sees("Our messages are stopped.").finds_nothing_wrong()
    asha.sends("Start our messages again").does_not_see("Our messages are stopped.")
