"""A message in somebody's hands: its row, its letter and the secret of its link, as the room writes them."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast, Person
from webapp.foundations import clock, post
from webapp.foundations.database import db
from webapp.people import tokens
from webapp.people.sign_in_models import Token
from webapp.people.visitors import hash_of
from webapp.reminders.models import Reminder


def message_to(cast: Cast, person: Person, *, kind: str = "nudge") -> str:
    """Write one to this patient now; the secret of its link."""
    assert person.patient and person.enrolment
    cast.enter(person)
    patient, at = person.patient, clock.now()
    secret = tokens.make("message", service_id=patient.service_id, patient_id=patient.id, at=at)
    letter = post.write(
        patient.service_id, f"reminder:{kind}", patient.email, "Hello", f"/r/{secret}", language="en",
        patient_id=patient.id, quiet_in="Europe/London",
    )  # fmt: skip
    db.session.add(
        Reminder(
            service_id=patient.service_id, patient_id=patient.id, enrolment_id=person.enrolment.id,
            letter_id=letter.id, channel="email", kinds=[kind], words="tests", at=at, on=clock.today(),
        )
    )  # fmt: skip
    db.session.commit()
    return secret


def is_over(secret: str) -> None:
    """As if the link's 60 days were over."""
    token = db.session.get_one(Token, hash_of(f"message:{secret}"))
    token.expires_at = clock.now() - timedelta(seconds=1)
    db.session.commit()
