"""The printed letter: a code that is typed, three words to remember, and a phone that others use too."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast
from tests.journeys.browser import Person
from tests.journeys.walks import BORN, invites

People = Callable[..., Person]


def test_a_patient_without_an_address_starts_with_the_letter(opens: People, signed_in: People) -> None:
    """Given Tom has no e-mail; when Carol prints the letter and he types its code;
    then three words bring him back.
    """
    carol = invites(signed_in("carol"), "Tom", "Ashby")
    carol.sends("Print the letter").sends("Make the letter").sees("Dear Tom,").sees("print this page now")
    code = carol.page.locator(".wl-typed").inner_text()
    carol.finds_nothing_wrong()

    tom = (
        opens()
        .goes_to("/")
        .sends("I have a letter", exact=False)
        .fills("The code in your letter", code.lower())
    )
    tom.sends("Carry on").fills_date("Your date of birth", *BORN).sends("Carry on").sees_heading(
        "Welcome, Tom"
    )
    tom.sends("Carry on").sends("I understand").sends("Carry on")
    tom.chooses("A shared phone or computer").sends("Carry on").chooses("My own speed").sends("Carry on")
    tom.chooses("Three words", exact=False).chooses("Give me three words")
    name = tom.page.get_by_label("Three words:").get_attribute("value") or ""
    words = (
        tom.page.get_by_text("These three words are your password.")
        .locator("xpath=preceding::p[1]")
        .inner_text()
    )
    tom.sends("Open my course").sees_heading("You are in").sees(name).finds_nothing_wrong()

    cookie = next(one for one in tom.context.cookies() if one["name"] == "signed-in")
    assert cookie["expires"] == -1, "a shared phone forgets when the browser closes"
    tom.goes_to("/me").sends("Sign out").sees_heading("You are signed out").sends("Sign in again")
    tom.fills("Your e-mail, mobile number or three words", name.replace("-", " ").title())
    tom.fills("Your password", words).chooses("A shared phone or computer").sends("Sign in")
    tom.sees_heading("Tom").finds_nothing_wrong()


def test_a_code_that_was_replaced_says_so_kindly(opens: People, signed_in: People, town: Cast) -> None:
    """Given a second letter was printed; when the first one's code is typed;
    then the page is calm and offers a way on.
    """
    carol = invites(signed_in("carol"), "Una", "Byrne")
    address = carol.page.url.removeprefix(carol.origin)
    carol.sends("Print the letter").sends("Make the letter")
    first = carol.page.locator(".wl-typed").inner_text()
    carol.goes_to(address).sends("Print the letter").sends("Make the letter").does_not_see(first)

    una = opens().goes_to("/start").fills("The code in your letter", first).sends("Carry on")
    una.fills_date("Your date of birth", *BORN).sends("Carry on")
    una.sees_heading("This link is over. A new one is easy.").sees(
        "You have done nothing wrong."
    ).finds_nothing_wrong()
