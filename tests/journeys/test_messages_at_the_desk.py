"""Messages that did not arrive, and letters to print: a caller at the desk, and a clinician on a phone."""

from __future__ import annotations

from collections.abc import Callable

from tests.cast import Cast, id_of
from tests.journeys import seeds
from tests.journeys.browser import PHONE, Person
from webapp.foundations import clock, post
from webapp.foundations.database import db
from webapp.people import service as people

People = Callable[..., Person]
WORDS = "Hello {name},\n\nA few questions are open for you.\n\nRing us on 01632 960100.\n\n{service}\n"


def a_letter_to(town: Cast, name: str, *needs: str) -> None:
    """A letter that waits for the printer, to somebody whose post is safe."""
    person, carol = getattr(town, name), seeds.enters(town, "carol")
    assert person.patient
    home = {"postal_address": "1 Hill Road\nHillside\nHS1 1AA", "letter_is_safe": True, "needs": list(needs)}
    people.change_patient(person.patient, home, by=carol.actor)
    words = WORDS.format(name=person.patient.given_name, service=town.hillside.name)
    post.write(
        town.hillside.id, "reminder:questions", person.patient.postal_address, "A few questions for you", words,
        language="en", patient_id=person.patient.id, channel="letter",
    )  # fmt: skip
    db.session.commit()


def a_failed_message_to(town: Cast, name: str) -> None:
    """An e-mail with a reminder that could not be sent."""
    person = getattr(town, name)
    seeds.enters(town, "carol")
    letter = post.write(
        town.hillside.id, "reminder:questions", person.patient.email, "A few questions for you", "…",
        language="en", patient_id=id_of(person.patient),
    )  # fmt: skip
    letter.failed_at = clock.now()
    db.session.commit()


def test_a_caller_notes_what_came_back_and_prints_the_letters(signed_in: People, town: Cast) -> None:
    # Given two letters wait, and an e-mail to Asha came back
    assert town.asha and town.dewi and town.carol
    a_letter_to(town, "dewi", "large_print")
    colin = signed_in("colin")
    colin.goes_to("/messages").sees("Every address that we know of works.").sees("One letter waits.")
    colin.finds_nothing_wrong()
    # When the caller notes the address, first in the wrong way
    colin.sends("Note an address that does not work").fills(
        "The e-mail address or number", "asha.example.org"
    )
    colin.chooses("The mailbox is full").sends("Note it").sees("Fill in an e-mail address or a number")
    colin.finds_nothing_wrong()
    colin.fills("The e-mail address or number", f"{town.asha.account.sign_in_name}").sends("Note it")
    # Then it is a row with what to do
    colin.sees("Noted for one person.").sees("E-mail does not arrive").sees("The mailbox is full.")
    colin.finds_nothing_wrong()
    # When the letter is printed and posted
    colin.sends("Print the letters").sees("A few questions are open for you.").sees("1 Hill Road")
    colin.finds_nothing_wrong()
    colin.sends("I posted this letter").sees("One letter is marked as posted.").sees("No letter waits")
    # Then that can be taken back, and the row dealt with
    colin.sends("Not posted after all").sees("One letter waits again.").sees("One letter waits.")
    colin.sends("Dealt with", exact=False).sees("Off the list.").sees("Every address that we know of works.")
    colin.finds_nothing_wrong()


def test_a_clinician_on_a_phone_sends_again_and_by_post(signed_in: People, town: Cast) -> None:
    # Given two e-mails did not arrive, and one address is known not to work
    assert town.asha and town.dewi and town.carol
    a_letter_to(town, "asha")
    for name in ("asha", "dewi"):
        a_failed_message_to(town, name)
    carol = signed_in("carol", size=PHONE)
    story = f"/patients/{id_of(town.asha.patient)}"
    carol.goes_to(story).sees("did not arrive").sends(
        "Note that messages do not arrive"
    ).finds_nothing_wrong()
    carol.chooses("E-mail:", exact=False).chooses("Nobody has this address or number").sends("Note it")
    carol.sees("Noted.").sees("E-mail does not arrive, since").finds_nothing_wrong()
    # When she prints the one and sends the other again
    carol.goes_to("/messages").sees("Waiting: questions to answer").finds_nothing_wrong()
    carol.sends("Print it as a letter Asha Patel").sees("A letter waits to be printed.").sees(
        "2 letters wait."
    )
    carol.sends("Send again Dewi Rees").sees("It is on its way again.").does_not_see("Dewi Rees")
    # Then Asha's row stays, because her address still does not work, until somebody says that it does
    carol.sends("It works again Asha Patel").sees("Messages go there again from now on.")
    carol.goes_to(story).does_not_see("E-mail does not arrive").finds_nothing_wrong()
    # and a list of the mail system finds her again
    carol.goes_to("/messages/import").finds_nothing_wrong()
    carol.page.set_input_files("input[type=file]", {
        "name": "list.csv", "mimeType": "text/csv", "buffer": b"address,reason\nnonsense,5.1.1\n",
    })  # fmt: skip
    carol.sends("Read in the list").sees("Line 2").finds_nothing_wrong()
    found = f"address,reason\n{town.asha.account.sign_in_name},5.1.1 user unknown\nx@example.org,\n".encode()
    carol.page.set_input_files(
        "input[type=file]", {"name": "list.csv", "mimeType": "text/csv", "buffer": found}
    )
    carol.sends("Read in the list").sees("Nobody here has these addresses: line 3.")
