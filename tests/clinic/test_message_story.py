"""A patient's story: what each message was about, what came of it, what they said to it."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.cast import Cast, Person, id_of
from tests.clinic.messages_made import (
    bounce,
    letter,
    today_said,
)
from tests.looking import LookingClient
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.reminders import choices
from webapp.reminders.models import Reminder, ReminderAnswer


def reminds(cast: Cast, person: Person, *kinds: str, answer: str = "", **more: Any) -> None:
    """A reminder about these things, with what the patient said to it."""
    assert person.patient and person.enrolment
    made = letter(cast, person, f"reminder:{kinds[0]}", **more)
    reminder = Reminder(
        service_id=cast.hillside.id, patient_id=person.patient.id, enrolment_id=person.enrolment.id,
        letter_id=made.id, channel=made.channel, kinds=list(kinds), words="x", at=clock.now(), on=clock.today(),
    )  # fmt: skip
    db.session.add(reminder)
    db.session.flush()
    for said in filter(None, answer.split()):
        db.session.add(
            ReminderAnswer(
                service_id=cast.hillside.id,
                enrolment_id=person.enrolment.id,
                reminder_id=reminder.id,
                answer=said,
                at=clock.now(),
                on=clock.today(),
            )
        )
    db.session.commit()


def story_of(person: Person) -> str:
    return f"/patients/{id_of(person.patient)}"


def test_the_story_says_what_each_message_was_about_and_what_came_of_it(
    client: LookingClient, cast: Cast
) -> None:
    asha, now = cast.asha, clock.now()
    reminds(cast, asha, "weekly-summary", "goal-review", sent_at=now)
    reminds(cast, asha, "nudge", answer="busy stuck", sent_at=now)
    reminds(cast, asha, "questions", withdrawn_at=now)
    reminds(cast, asha, "still-here", failed_at=now)
    letter(cast, asha, "reminder:goodbye", channel="letter")
    letter(cast, asha, "sign_in_link")
    cast.signs_in(client, "carol")
    text = client.page(story_of(asha)).text
    for said in (
        "E-mail: the week’s summary; a goal to look back on", f"sent {today_said()}", "E-mail: how is it going?",
        "stuck, and would like help", "not sent: no longer needed", f"did not arrive ({today_said()})",
        "Letter: goodbye, the door stays open", "waits to be printed", "a link to sign in", "on its way",
    ):  # fmt: skip
        assert said in text, said
    assert "busy this week" not in text  # the latest answer counts


def test_a_caller_sees_that_they_answered_and_not_what(client: LookingClient, cast: Cast) -> None:
    reminds(cast, cast.asha, "nudge", answer="stuck", sent_at=clock.now())
    cast.signs_in(client, "colin")
    text = client.page(story_of(cast.asha)).text
    assert f"Answered {today_said()}" in text and "stuck" not in text


def test_the_story_says_what_does_not_arrive_and_when_the_next_is_thought_about(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.asha
    bounce(cast, asha)
    cast.signs_in(client, "carol")
    text = client.page(story_of(asha)).text
    assert f"E-mail does not arrive, since {today_said()}." in text
    assert "whether a message is due." in text


def test_the_story_says_that_they_have_stopped_or_wait(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(asha)
    choices.quiet_until(id_of(asha.patient), clock.today() + timedelta(days=9), by=asha.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "They asked for no messages before" in client.page(story_of(asha)).text
    cast.enter(asha)
    choices.stop(id_of(asha.patient), by=asha.actor)
    db.session.commit()
    assert "They have stopped our messages." in client.page(story_of(asha)).text


def test_the_call_page_shows_messages_as_what_was_tried(client: LookingClient, cast: Cast) -> None:
    reminds(cast, cast.asha, "nudge", sent_at=clock.now())
    cast.signs_in(client, "colin")
    assert "E-mail: how is it going?" in client.page(f"{story_of(cast.asha)}/call").text
