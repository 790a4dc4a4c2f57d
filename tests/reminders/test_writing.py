"""Who is written what, when, how and once: the real job on a real database."""

from __future__ import annotations

from datetime import date

from tests.cast import Cast, id_of
from tests.reminders.patients import (
    all_sent,
    begins,
    enrolment_of,
    job,
    keys,
    kinds,
    letters,
    next_look,
    on,
    reads_a_page,
    writes,
)
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people import tokens
from webapp.reminders import choices, service
from webapp.reminders.answers import link_of
from webapp.reminders.bounces import note_bounce
from webapp.reminders.gathering import gather
from webapp.reminders.models import Reminder


def test_who_activates_is_welcomed_by_the_next_job_and_once(cast: Cast) -> None:
    asha = begins(cast, "asha")
    with on(hours=0.2):
        assert writes(cast) == 1
        assert writes(cast) == 0
    (letter,) = letters(asha)
    assert (letter.kind, letter.channel, letter.to_address) == (
        "reminder:welcome",
        "email",
        asha.account.sign_in_name,
    )
    assert letter.quiet_in == "Europe/London" and letter.html and "/today" in letter.text
    assert keys(asha) == ["welcome:2027-03-01"]


def test_nothing_is_written_outside_the_hours_of_writing(cast: Cast) -> None:
    begins(cast, "asha")
    for hours in (-1.1, 9, 12, 20, 22.9):
        with on(hours=hours):
            assert writes(cast) == 0
    with on(hours=23):
        assert writes(cast) == 1


def test_the_secret_in_a_message_leads_to_that_message(cast: Cast) -> None:
    asha = begins(cast, "asha")
    with on(hours=1):
        writes(cast)
        (letter,) = letters(asha)
        assert letter.stop_url is not None and letter.stop_url.endswith("/stop")
        link = link_of(letter.stop_url.split("/r/")[1].removesuffix("/stop"))
        assert link is not None and link.reminder.letter_id == letter.id
        assert letter.stop_url in letter.text


def test_two_days_lie_between_two_messages_and_what_was_due_meanwhile_comes_in_one(cast: Cast) -> None:
    asha = begins(cast, "asha", hours=3)
    with on(days=5, hours=3):
        writes(cast)
        all_sent(asha)
        requests.pause(enrolment_of(asha), date(2027, 3, 8), "holiday", by=asha.actor, by_patient=True)
        db.session.commit()
    with on(days=7, hours=2.9):
        assert writes(cast) == 0
        assert next_look(asha) == date(2027, 3, 8)
    with on(days=7, hours=3.1):
        assert writes(cast) == 1
        assert kinds(asha)[-1] == ["pause-ends"]


def test_what_is_due_together_is_one_message_that_the_first_leads(cast: Cast) -> None:
    asha = begins(cast, "asha")
    with on(hours=0.1):
        writes(cast)
        all_sent(asha)
    with on(days=4):
        reads_a_page(asha)
        for name in ("start-here", "understanding-persistent-pain"):
            engagement.reach_milestone(asha.actor, enrolment_of(asha), name)
        db.session.commit()
    with on(days=7):
        assert writes(cast) == 1
    assert [kind for kind in kinds(asha)[-1] if kind != "questions"] == ["half-way", "weekly-summary"]


def test_the_summary_of_a_week_has_numbers_and_no_titles(cast: Cast) -> None:
    asha = begins(cast, "asha")
    with on(hours=0.1):
        writes(cast)
        all_sent(asha)
    for n, page in enumerate(("start-here/welcome", "start-here/welcome", "start-here/second")):
        with on(days=4 + n):
            reads_a_page(asha, page)
    with on(days=6, hours=1):
        engagement.record(asha.actor, enrolment_of(asha), "tick", "pacing")
        choices.choose(id_of(asha.patient), way="", left_out=[service_group("questions")], by=asha.actor)
        db.session.commit()
    with on(days=7):
        writes(cast)
    letter = letters(asha)[-1]
    assert letter.kind == "reminder:weekly-summary"
    assert "You were here on 3 days." in letter.text and "You read 2 pages." in letter.text
    assert "You filled in 1 day." in letter.text and "exercise" not in letter.text
    assert "pain" not in (letter.subject + letter.text).lower()


def service_group(name: str):  # type: ignore[no-untyped-def]
    """A group of things that can be left out."""
    from webapp.reminders.rules import Group

    return Group(name)


def test_who_has_not_begun_gets_a_new_invitation_as_they_were_invited(cast: Cast) -> None:
    tomasz = not_activated(cast)
    with on(days=2):
        assert writes(cast) == 0
    with on(days=3):
        assert writes(cast) == 1
        (letter,) = letters(tomasz)
        assert letter.kind == "reminder:not-started"
        secret = letter.text.split("/start/")[1].split()[0]
        token = tokens.look("invitation", secret)
        assert token is not None and token.patient_id == id_of(tomasz.patient)
        all_sent(tomasz)
    with on(days=5, hours=1):
        assert writes(cast) == 0
    with on(days=7):
        assert writes(cast) == 1
    assert kinds(tomasz) == [["not-started"], ["not-started-again"]]


def not_activated(cast: Cast):  # type: ignore[no-untyped-def]
    """Tomasz, invited on the Monday by e-mail; he has no account yet."""
    with on():
        tomasz = cast.tomasz
        enter_service(cast.hillside.id)
        people.patient_of(job(cast), id_of(tomasz.patient)).account_id = None
        db.session.commit()
    return tomasz


def test_nobody_is_reminded_of_a_course_that_is_not_for_them(cast: Cast) -> None:
    tomasz = not_activated(cast)
    with on(days=1):
        patient = people.patient_of(job(cast), id_of(tomasz.patient))
        people.change_patient(patient, {"suitability": "prefers_another"}, by=job(cast))
        db.session.commit()
    with on(days=3):
        assert writes(cast) == 0


def test_a_letter_tells_only_what_may_be_a_letter(cast: Cast) -> None:
    asha = begins(cast, "asha", "letter")
    patient = people.patient_of(asha.actor, id_of(asha.patient))
    patient.letter_is_safe, patient.postal_address = True, "1 High Street\nHillside"
    db.session.commit()
    with on(hours=1):
        engagement.reach_milestone(asha.actor, enrolment_of(asha), "start-here")
        db.session.commit()
        assert writes(cast) == 0, "there is a welcome, and it has no words for a letter"
    with on(days=1):
        assert writes(cast) == 1
    (letter,) = letters(asha)
    assert (letter.channel, letter.to_address, kinds(asha)) == (
        "letter",
        "1 High Street\nHillside",
        [["questions"]],
    )
    assert letter.text.startswith("Hello Asha,\n"), "the printed page brings the address"
    with on(days=3, hours=1):
        assert writes(cast) == 0, "a letter that waits for the post keeps 48 hours like any other"


def test_who_can_be_reached_by_no_way_is_written_nothing_and_looked_at_again(cast: Cast) -> None:
    asha = begins(cast, "asha", "text")
    with on(hours=1):
        assert writes(cast) == 0
    assert next_look(asha) == date(2027, 3, 2)
    with on(days=1):
        people.choose(id_of(asha.patient), "email", True, by=asha.actor)
        db.session.commit()
        assert writes(cast) == 1


def test_stopped_and_quiet_patients_are_left_in_peace(cast: Cast) -> None:
    asha, dewi = begins(cast, "asha"), begins(cast, "dewi")
    choices.stop(id_of(asha.patient), by=asha.actor)
    choices.quiet_until(id_of(dewi.patient), date(2027, 3, 4), by=dewi.actor)
    db.session.commit()
    with on(hours=1):
        assert writes(cast) == 0
    with on(days=3):
        assert writes(cast) == 1
    assert (len(letters(asha)), len(letters(dewi))) == (0, 1)


def test_of_two_ways_through_the_course_only_the_present_one_counts(cast: Cast) -> None:
    asha = begins(cast, "asha")
    old = enrolment_of(asha)
    with on(days=1):
        engagement.leave(old, "got_better", by=asha.actor)
        again = engagement.enrol(
            id_of(asha.patient), door="refresher", rhythm="own_speed", core_modules=(), by=job(cast)
        )
        engagement.start(again, rhythm="own_speed", by=asha.actor)
        db.session.commit()
        assert writes(cast) == 1
    assert kinds(asha) == [["welcome"]] and next_look(asha) is None
    (reminder,) = db.session.query(Reminder).all()
    assert reminder.enrolment_id == again.id


def test_goodbye_is_said_once_and_then_nothing(cast: Cast) -> None:
    asha = begins(cast, "asha")
    with on(hours=1):
        writes(cast)
        all_sent(asha)
    with on(days=3):
        engagement.leave(enrolment_of(asha), "no_time", by=asha.actor)
        db.session.commit()
        writes(cast)
        all_sent(asha)
        assert kinds(asha)[-1] == ["goodbye"]
    for days in range(4, 60, 3):
        with on(days=days):
            assert writes(cast) == 0
    assert next_look(asha) is None


# --- just before it goes out


def written_welcome(cast: Cast):  # type: ignore[no-untyped-def]
    """Asha, whose welcome waits in the outbox."""
    asha = begins(cast, "asha")
    with on(hours=1):
        writes(cast)
    return asha


def withdraw(letter) -> str | None:  # type: ignore[no-untyped-def]
    """What post does with the answer."""
    why = service.why_not(letter)
    if why is not None:
        letter.withdrawn_at, letter.withdrawn_why = letter.written_at, why
    db.session.commit()
    return why


def test_what_is_still_so_goes_out(cast: Cast) -> None:
    asha = written_welcome(cast)
    with on(hours=2):
        assert service.why_not(letters(asha)[0]) is None


def test_who_stopped_paused_or_left_meanwhile_gets_nothing(cast: Cast) -> None:
    asha = written_welcome(cast)
    for change in (
        lambda: choices.stop(id_of(asha.patient), by=asha.actor),
        lambda: choices.quiet_until(id_of(asha.patient), date(2027, 3, 4), by=asha.actor),
        lambda: requests.pause(enrolment_of(asha), None, "life", by=asha.actor, by_patient=True),
        lambda: requests.report_flare(enrolment_of(asha), by=asha.actor),
        lambda: engagement.leave(enrolment_of(asha), "no_time", by=asha.actor),
        lambda: engagement.note_safety_alert(enrolment_of(asha), date(2027, 3, 1), by=asha.actor),
    ):
        with on(hours=2), db.session.begin_nested() as step:
            assert service.why_not(letters(asha)[0]) is None
            change()
            assert service.why_not(letters(asha)[0]) == "not so any more"
            step.rollback()
        db.session.expire_all()


def test_a_message_to_an_old_address_is_withdrawn_and_written_to_the_new_one(cast: Cast) -> None:
    asha = written_welcome(cast)
    with on(hours=2):
        patient = people.patient_of(asha.actor, id_of(asha.patient))
        people.change_patient(patient, {"email": "new@example.org"}, by=asha.actor)
        assert withdraw(letters(asha)[0]) == "another address"
        assert writes(cast) == 1
        assert letters(asha)[-1].to_address == "new@example.org"
        assert keys(asha) == ["welcome:2027-03-01"], "one row: it is told once, by the message that goes out"
        assert service.why_not(letters(asha)[-1]) is None


def test_who_activates_while_the_reminder_waits_gets_the_welcome_instead(cast: Cast) -> None:
    tomasz = not_activated(cast)
    with on(days=3):
        writes(cast)
        patient = people.patient_of(job(cast), id_of(tomasz.patient))
        patient.account_id = tomasz.account.id
        people.choose(patient.id, "email", True, by=tomasz.actor)
        engagement.start(enrolment_of(tomasz), rhythm="weekly", by=tomasz.actor)
        assert withdraw(letters(tomasz)[0]) == "not so any more"
        assert writes(cast) == 1
    assert kinds(tomasz) == [["not-started"], ["welcome"]]


def test_what_could_not_be_delivered_is_told_by_another_way_while_it_is_due(cast: Cast) -> None:
    asha = written_welcome(cast)
    with on(hours=2):
        patient = people.patient_of(asha.actor, id_of(asha.patient))
        people.choose(patient.id, "letter", True, by=asha.actor)
        patient.letter_is_safe, patient.postal_address = True, "1 High Street\nHillside"
        engagement.reach_milestone(asha.actor, enrolment_of(asha), "start-here")
        db.session.commit()
    with on(days=1):
        (letter,) = letters(asha)
        letter.failed_at = clock.now()
        note_bounce(asha.actor, id_of(asha.patient), "email", letter.to_address, "unknown")
        service.look_again_after(letter)
        db.session.commit()
        assert next_look(asha) == date(2027, 3, 2)
        assert writes(cast) == 0, "two days from the one that failed, so that no fault makes a flood"
    with on(days=2, hours=2):
        assert writes(cast) == 1
    assert [letter.channel for letter in letters(asha)] == ["email", "letter"]
    assert kinds(asha)[-1] == ["questions"], "a welcome has no words for a letter"


def test_while_one_waits_to_go_out_no_other_is_written(cast: Cast) -> None:
    asha = written_welcome(cast)
    with on(days=3):
        engagement.reach_milestone(asha.actor, enrolment_of(asha), "start-here")
        db.session.commit()
        assert writes(cast) == 0
        all_sent(asha)
    with on(days=4):
        assert writes(cast) == 0, "48 hours from when it went out, not from when it was written"
    with on(days=5, hours=1):
        assert writes(cast) == 1


def test_the_number_of_queries_does_not_grow_with_what_was_done_and_told(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    asha = begins(cast, "asha")
    seen = []
    for days in (1, 30, 60):
        with on(days=days):
            for n in range(days):
                reads_a_page(asha, f"start-here/page-{n}")
            engagement.ask_for_messages_on(enrolment_of(asha), date(2027, 3, 1))
            db.session.commit()
            writes(cast)
            all_sent(asha)
            db.session.expunge_all()
            enrolment, hillside = enrolment_of(asha), people.service_with(cast.hillside.id)
            with count_queries() as few:
                gather(job(cast), hillside, enrolment, clock.today())
            seen.append(len(few.seen))
    assert len(letters(asha)) == 2
    assert max(seen) == min(seen) < 30, seen
