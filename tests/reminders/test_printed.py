"""Letters that wait for the printer: what is no longer so is not printed, whatever else stays true is."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from tests.cast import Cast, Person, id_of
from webapp.engagement import service as engagement
from webapp.foundations import clock, post
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.reminders import choices, printed
from webapp.reminders.models import Reminder

HOME = "1 Hill Road\nHillside"


def letter(cast: Cast, person: Person, kind: str) -> post.Letter:
    """A letter of ours about this, written today."""
    assert person.patient and person.enrolment
    cast.enter(cast.carol)
    people.change_patient(
        person.patient,
        {"postal_address": HOME, "letter_is_safe": True, "email_is_safe": False},
        by=cast.carol.actor,
    )
    people.choose(person.patient.id, "letter", True, by=person.actor)
    made = post.write(
        cast.hillside.id, f"reminder:{kind}", HOME, "A message", "Hello", language="en",
        patient_id=id_of(person.patient), channel="letter",
    )  # fmt: skip
    db.session.add(
        Reminder(
            service_id=cast.hillside.id, patient_id=person.patient.id, enrolment_id=person.enrolment.id,
            letter_id=made.id, channel="letter", kinds=[kind], words="x", at=clock.now(), on=clock.today(),
        )
    )  # fmt: skip
    db.session.commit()
    return made


def the_night(cast: Cast, days: int) -> date:
    """The work of the night, so many days from now."""
    with clock.standing_at(clock.now() + timedelta(days=days)):
        cast.enter(cast.carol)
        printed.withdraw_what_is_no_longer_so()
        db.session.commit()
        return clock.today()


def test_a_letter_to_who_has_not_started_waits_until_they_start(cast: Cast) -> None:
    tomasz = cast.tomasz
    with clock.standing_at(clock.now() + timedelta(days=4)):
        waiting = letter(cast, tomasz, "not-started")
    the_night(cast, 5)
    assert waiting.withdrawn_at is None
    with clock.standing_at(clock.now() + timedelta(days=5)):
        cast.enter(cast.carol)
        assert tomasz.enrolment
        engagement.start(tomasz.enrolment, rhythm="weekly", by=cast.carol.actor)
        db.session.commit()
    the_night(cast, 6)
    assert waiting.withdrawn_at is not None


@pytest.mark.parametrize("kind", ["goodbye", "finished"])
def test_what_stays_true_waits_for_the_printer_however_long(cast: Cast, kind: str) -> None:
    waiting = letter(cast, cast.asha, kind)
    the_night(cast, 20)
    assert waiting.withdrawn_at is None


def test_nothing_is_printed_for_who_has_stopped_our_messages(cast: Cast) -> None:
    asha, dewi = cast.asha, cast.dewi
    theirs, other = letter(cast, asha, "goodbye"), letter(cast, dewi, "goodbye")
    cast.enter(asha)
    choices.stop(id_of(asha.patient), by=asha.actor)
    db.session.commit()
    the_night(cast, 1)
    assert theirs.withdrawn_why == "stopped" and other.withdrawn_at is None


def test_one_that_cannot_be_asked_about_keeps_no_other(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha, dewi = cast.asha, cast.dewi
    first, second = letter(cast, asha, "questions"), letter(cast, dewi, "questions")

    def asked(one: post.Letter) -> str | None:
        if one.id == first.id:
            raise RuntimeError
        return "not so any more"

    monkeypatch.setattr(printed, "why_not", asked)
    the_night(cast, 1)
    assert first.withdrawn_at is None and second.withdrawn_why == "not so any more"


def test_what_was_printed_and_posted_is_left_alone(cast: Cast) -> None:
    asha = cast.asha
    waiting = letter(cast, asha, "goodbye")
    cast.enter(cast.carol)
    assert printed.posted(cast.carol.actor, [waiting.id]) == 1
    choices.stop(id_of(asha.patient), by=asha.actor)
    db.session.commit()
    the_night(cast, 1)
    assert waiting.withdrawn_at is None and waiting.sent_at is not None
