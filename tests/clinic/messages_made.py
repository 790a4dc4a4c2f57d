"""Messages of the tests: that did not arrive, that wait for the printer, and taps on what the list offers."""

from __future__ import annotations

from typing import Any

from babel.dates import format_date

from tests.cast import Cast, Person
from tests.looking import LookingClient
from webapp.foundations import clock, post
from webapp.foundations.database import db
from webapp.foundations.outbox import Letter
from webapp.people import service as people
from webapp.reminders import bounces
from webapp.reminders.models import Bounce

LIST, LETTERS = "/messages", "/messages/letters"
EMPTY = "Every address that we know of works."


def today_said() -> str:
    """Today as the portal writes a day of this year."""
    return format_date(clock.today(), "d MMM", locale="en")


def bounce(cast: Cast, person: Person, channel: str = "email", why: str = "unknown") -> Bounce:
    assert person.patient
    cast.enter(cast.carol)
    address = bounces.address_of(person.patient, channel)
    found = bounces.note_bounce(cast.carol.actor, person.patient.id, channel, address, why)
    db.session.commit()
    return found


def letter(
    cast: Cast, person: Person, kind: str = "reminder:questions", channel: str = "email", **more: Any
) -> Letter:
    """A message to this patient in the outbox; ``more`` sets its columns."""
    assert person.patient
    cast.enter(cast.carol)
    made = post.write(
        cast.hillside.id, kind, bounces.address_of(person.patient, channel), "A message from Hillside",
        "Hello Asha,\n\nA few questions are open for you.\nNo rush.\n\nHillside", language="en",
        patient_id=person.patient.id, channel=channel, html="<p>Hello</p>" if channel == "email" else None,
    )  # fmt: skip
    for name, value in more.items():
        setattr(made, name, value)
    db.session.commit()
    return made


def failed(cast: Cast, person: Person, kind: str = "reminder:questions", **more: Any) -> Letter:
    return letter(cast, person, kind, failed_at=clock.now(), **more)


def lives_somewhere(cast: Cast, person: Person, **more: Any) -> None:
    """A postal address that is safe, and whatever else."""
    cast.enter(cast.carol)
    assert person.patient
    changes = {"postal_address": "1 Hill Road\nHillside\nHS1 1AA", "letter_is_safe": True, **more}
    people.change_patient(person.patient, changes, by=cast.carol.actor)
    db.session.commit()


def taps(client: LookingClient, address: str, page: str = LIST) -> str:
    """Tap the button that posts there, and read what the list says then."""
    return client.submit(page, form=address).text


def cost_of(client: LookingClient, path: str) -> int:
    """How many queries the page takes, fetched twice (the first may fill what is kept)."""
    client.page(path)
    client.page(path)
    return len([said for said in client.last_statements if not said.startswith("UPDATE signed_in")])
