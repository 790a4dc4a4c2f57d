"""Trouble at the door: a wrong password, links in the wrong place or too old, lost codes, and a session
that ended.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pyotp

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import DESK, Person
from tests.journeys.walks import BORN, invites, letters_to, link_in
from webapp.foundations import clock

People = Callable[..., Person]
NAME = "Your e-mail, mobile number or three words"
WORDS = "Ring Bex about Sunday"


def signs_in(person: Person, name: str, password: str = seeds.PASSWORD) -> Person:
    """Fill in the sign-in page and send it."""
    person.fills(NAME, name).fills("Your password", password).chooses("My own phone or computer")
    return person.sends("Sign in")


def test_a_wrong_password_is_told_kindly_and_then_waits(opens: People, town: Cast) -> None:
    """Given Asha mistypes her password again and again; when she waits as long as the page says;
    then she gets in.
    """
    name = seeds.password_of(town, "asha")
    asha = opens().goes_to("/sign-in")
    for _ in range(5):
        signs_in(asha, name, "not the right one").sees(
            "The name and the password do not fit together. Check both."
        )
    assert asha.page.title().startswith("Error: ")
    assert asha.page.get_by_label(NAME).first.input_value() == name
    asha.finds_nothing_wrong()
    signs_in(asha, name, "not the right one").sees("That was one try too many.").finds_nothing_wrong()
    clock.move(timedelta(minutes=1))
    signs_in(asha, name).sees_heading("Asha")


def test_a_link_works_in_the_browser_that_asked_for_it(
    opens: People, town: Cast, mail: Callable[[], list[str]]
) -> None:
    """Given Asha asks for a link; when it is opened elsewhere it is refused politely;
    in her own browser it lets her in.
    """
    name = seeds.password_of(town, "asha")
    asha = opens().goes_to("/sign-in").sends("I forgot my password: e-mail me a link")
    asha.fills(NAME, name).chooses("My own phone or computer").sends("E-mail me a link").sees_heading(
        "Look in your e-mail"
    )
    asha.finds_nothing_wrong()
    link = link_in(letters_to(mail(), name)[-1])

    other = opens().goes_to(link)
    if other.page.get_by_role("button", name="Sign me in").count():
        other.sends("Sign me in")
    other.sees_heading("This link does not work here").finds_nothing_wrong()

    asha.goes_to(link).finds_nothing_wrong().sends("Sign me in").sees_heading("Asha")


def test_a_link_that_is_too_old_offers_a_new_one(
    opens: People, town: Cast, mail: Callable[[], list[str]]
) -> None:
    """Given a link of 11 minutes ago; when Asha opens it;
    then one tap leads to a new one, and that one works.
    """
    name = seeds.password_of(town, "asha")
    asha = opens().goes_to("/sign-in/link")
    asha.fills(NAME, name).chooses("My own phone or computer").sends("E-mail me a link")
    old = link_in(letters_to(mail(), name)[-1])
    clock.move(timedelta(minutes=11))
    asha.goes_to(old)
    if asha.page.get_by_role("button", name="Sign me in").count():
        asha.sends("Sign me in")
    asha.sees_heading("This link does not work here").finds_nothing_wrong().sends("Get a new link")
    asha.fills(NAME, name).chooses("My own phone or computer").sends("E-mail me a link")
    asha.goes_to(link_in(letters_to(mail(), name)[-1])).sends("Sign me in").sees_heading("Asha")


def test_an_invitation_that_is_over_sends_a_new_link(
    opens: People, signed_in: People, mail: Callable[[], list[str]]
) -> None:
    """Given an invitation of four days ago; when Wyn opens it;
    then one tap sends a new link to the address we hold.
    """
    invites(signed_in("carol"), "Wyn", "Parry", "wyn.parry@example.org")
    old = link_in(letters_to(mail(), "wyn.parry@example.org")[-1])
    clock.move(timedelta(hours=73))
    wyn = opens().goes_to(old).sees_heading("This link is over. A new one is easy.").finds_nothing_wrong()
    wyn.page.locator("main form button").first.click()
    wyn.sees_heading("Look in your e-mail").finds_nothing_wrong()
    new = link_in(letters_to(mail(), "wyn.parry@example.org")[-1])
    assert new != old
    wyn.goes_to(new).fills_date("Your date of birth", *BORN).sends("Carry on").sees_heading("Welcome, Wyn")


def test_staff_set_up_their_codes_and_use_a_recovery_code(opens: People, town: Cast) -> None:
    """Given Carol signs in for the first time; when she sets up her app and later loses it;
    then a recovery code helps once.
    """
    name = seeds.password_of(town, "carol")
    carol = signs_in(opens(DESK).goes_to("/sign-in"), name).sees_heading("Set up your sign-in codes")
    if carol.page.get_by_role("button", name="Start", exact=True).count():
        carol.sends("Start")
    carol.sees("Scan this picture").finds_nothing_wrong()
    typed = "".join(re.findall(r"\b[A-Z2-7]{4}\b", carol.page.locator("main").inner_text()))
    carol.page.locator("input[name=code]").fill(pyotp.TOTP(typed).now())
    carol.sends("Carry on").finds_nothing_wrong()
    codes = carol.page.locator("main code").all_inner_texts()
    assert len(codes) == 10
    carol.page.locator("main a.nhsuk-button").first.click()
    carol.goes_to("/ring-today").sees_heading("Ring today").sends("Sign out").sees_heading(
        "You are signed out"
    )

    signs_in(carol.goes_to("/sign-in"), name).sees_heading("Type your code").finds_nothing_wrong()
    carol.page.locator("input[name=code]").fill("000000")
    carol.sends("Carry on").sees("This code does not fit.")
    carol.page.locator("input[name=code]").fill(codes[0])
    carol.sends("Carry on").goes_to("/ring-today").sees_heading("Ring today").sends("Sign out")
    signs_in(carol.goes_to("/sign-in"), name).page.locator("input[name=code]").fill(codes[0])
    carol.sends("Carry on").sees("This code does not fit.").finds_nothing_wrong()


def test_a_session_that_ends_in_the_middle_of_writing_loses_no_word(signed_in: People, town: Cast) -> None:
    """Given Asha's session ends while she writes; when she saves and signs in again;
    then her words are in the form.
    """
    name = seeds.password_of(town, "asha")
    asha = signed_in("asha").goes_to("/course/start-here/one-small-step").fills("What small thing", WORDS)
    seeds.ends_sessions(town, "asha")
    asha.sends("Save").sees_heading("Sign in").sees("What you typed is kept").finds_nothing_wrong()
    signs_in(asha, name).sees_heading("One small step")
    assert WORDS in asha.typed()
    asha.sends("Save").sees("Saved on")
    assert WORDS in asha.typed()
    asha.finds_nothing_wrong()
