"""The timeline: everything in order, who sees what, page by page without a gap, and what it costs."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import Cast, Person, id_of
from tests.clinic.people import TODAY
from tests.clinic.test_story import answers_everything
from tests.looking import LookingClient
from tests.safety.alerts_made import covered
from webapp.clinic import service as clinic
from webapp.clinic import timeline_rules
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import clock, post
from webapp.foundations.database import db, new_id
from webapp.people import service as people
from webapp.reminders.models import Reminder, ReminderAnswer
from webapp.safety import service as safety
from webapp.support import service as support


def timeline_of(person: Person, show: str = "") -> str:
    return f"/patients/{id_of(person.patient)}/timeline{'?show=' if show else ''}{show}"


def lives(cast: Cast) -> Person:
    """Something of every kind happens to asha."""
    asha, carol = cast.asha, cast.carol
    covered(cast)
    cast.enter(asha)
    assert asha.enrolment and asha.patient
    way, me = asha.enrolment, asha.actor
    for page in ("what-this-is", "one-small-step", "one-small-step"):
        engagement.record(me, way, "page_read", f"start-here/{page}")
    engagement.record(me, way, "exercise_saved", "start-here/first-win")
    engagement.record(me, way, "tick", "pacing")
    engagement.reach_milestone(me, way, "start-here")
    requests.ask_for_call(way, "exercise", by=me)
    requests.report_flare(way, by=me)
    support.report_problem("/today", "made_me_worse", "It hurt.", patient_id=asha.patient.id, by=me)
    cast.enter(carol)
    by = carol.actor
    wrong = requests.log_contact(way, "call", "wrong_number", "", by=by)
    requests.undo_contact(way, wrong.id, by=by)
    call = clinic.Call("reached_continuing", "Goes on.", ring_again_on=TODAY() + timedelta(days=9))
    contact = clinic.log_call(way, call, by=by)
    requests.pause(way, TODAY() + timedelta(days=3), "holiday", by=by, by_patient=False)
    requests.end_pause(way, by=by)
    engagement.leave(way, "no_time", by=by)
    engagement.come_back(way, by=by)
    people.change_patient(asha.patient, {"mobile": "+447700900111"}, by=by)
    safety.raise_alert(way, safety.Kind.CONCERN, str(contact.id), "contact", str(contact.id), by=by)
    letter = post.write(
        cast.hillside.id, "reminder:nudge", "a@example.org", "Your next step", "x", language="en",
        patient_id=asha.patient.id,
    )  # fmt: skip
    db.session.flush()
    reminder = Reminder(
        service_id=cast.hillside.id, patient_id=asha.patient.id, enrolment_id=way.id, letter_id=letter.id,
        channel="email", kinds=["nudge"], words="x", at=clock.now(), on=TODAY(),
    )  # fmt: skip
    db.session.add(reminder)
    db.session.flush()
    db.session.add(
        ReminderAnswer(
            service_id=cast.hillside.id, enrolment_id=way.id, reminder_id=reminder.id, answer="busy",
            until_on=None, at=clock.now(), on=TODAY(),
        )
    )  # fmt: skip
    db.session.commit()
    answers_everything(cast, asha)
    return asha


def test_everything_that_happened_is_told(client: LookingClient, cast: Cast) -> None:
    asha = lives(cast)
    cast.signs_in(client, "carol")
    page = client.page(timeline_of(asha))
    assert "Born 3 Mar 1979" in page.text
    for words in (
        "2 pages read (Start here) · 2 things done in exercises, plans or tools",
        "Module done Start here",
        "About an exercise. We said by",
        "wrong number (taken back)",
        "spoke to them, carrying on Goes on.",
        "Call agreed For",
        "Flare-up From",
        "Invited to the course.",
        "Began the course.",
        "Left.",
        "Came back and goes on.",
        "Changed: telephone.",
        "E-mail: how is it going? · on its way",
        "Busy this week",
        "It made me feel worse",
        "A concern from a call",
        " · on paper",
        "not on the list",
        "on the list · ",
        "asked_for_call",
    ):
        assert words in page.text, words
    assert "first-win" not in page.html and "It hurt." not in page.text
    assert page.all("a", href=f"/patients/{id_of(asha.patient)}/timeline?show=flags")


def test_a_caller_sees_no_answers_and_no_closed_alert(client: LookingClient, cast: Cast) -> None:
    asha = lives(cast)
    cast.signs_in(client, "colin")
    page = client.page(timeline_of(asha))
    assert "Safety: nobody has it yet." in page.text and "Sent questionnaires" in page.text
    assert "A concern from a call" not in page.text and "/alerts/" not in page.html
    assert "Answered by one tap." in page.text and "Busy" not in page.text and "/answers/" not in page.html
    assert "Nothing of this kind" not in client.page(timeline_of(asha, "flags")).text
    cast.enter(cast.carol)
    alert = safety.alerts_of_patient(cast.carol.actor, id_of(asha.patient))[0]
    safety.own(alert.id, by=cast.carol.actor)
    safety.record_action(alert.id, safety.Action.PROCEDURE, "Rang.", "Dr Okafor", by=cast.carol.actor)
    safety.close(alert.id, by=cast.carol.actor)
    db.session.commit()
    assert "Safety" not in client.page(timeline_of(asha)).text.replace("Rules and", "")


@pytest.mark.parametrize(
    ("show", "there", "not_there"),
    [
        ("contacts", "wrong number", "page read"),
        ("messages", "how is it going?", "wrong number"),
        ("activity", "pages read", "how is it going?"),
        ("flags", "on the list", "pages read"),
        ("nonsense", "Changed: telephone.", "Back to the newest"),
    ],
)
def test_one_kind_of_thing_at_a_time(
    client: LookingClient, cast: Cast, show: str, there: str, not_there: str
) -> None:
    asha = lives(cast)
    cast.signs_in(client, "carol")
    text = client.page(timeline_of(asha, show)).text
    assert there in text and not_there not in text


def many_things(cast: Cast, person: Person, number: int) -> None:
    """So many contacts, each a minute after the one before, two of them always at the same moment."""
    cast.enter(cast.carol)
    assert person.enrolment
    began = clock.now() - timedelta(days=3)
    for count in range(number):
        contact = requests.log_contact(
            person.enrolment, "call", "no_answer", f"n{count:03}", by=cast.carol.actor
        )
        contact.at = began + timedelta(minutes=count // 2)
    db.session.commit()


def test_it_goes_on_fifty_at_a_time_without_a_gap(client: LookingClient, cast: Cast) -> None:
    many_things(cast, cast.asha, 120)
    cast.signs_in(client, "carol")
    seen: list[str] = []
    path: str | None = timeline_of(cast.asha, "contacts")
    while path:
        page = client.page(path)
        seen += re.findall(r"n\d\d\d", page.text)
        path = next((str(a.get("href")) for a in page.all("a") if a.text == "Older ones"), None)
    assert len(seen) == 120 == len(set(seen))
    assert [int(one[1:]) // 2 for one in seen] == sorted((int(one[1:]) // 2 for one in seen), reverse=True)
    assert "Back to the newest" in page.text


def test_it_costs_the_same_for_whatever_history(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "carol")
    few = _cost(client, timeline_of(asha))
    many_things(cast, asha, 70)
    lives(cast)
    assert _cost(client, timeline_of(asha)) == few


def _cost(client: LookingClient, path: str) -> int:
    client.page(path)
    client.page(path)
    return len(client.last_statements)


def test_another_patients_things_are_not_on_it(client: LookingClient, cast: Cast) -> None:
    lives(cast)
    cast.signs_in(client, "carol")
    text = client.page(timeline_of(cast.dewi)).text
    assert "Goes on." not in text and "how is it going?" not in text and "Changed: telephone" not in text


def test_another_services_timeline_is_not_there(client: LookingClient, cast: Cast) -> None:
    path = timeline_of(cast.asha)
    cast.signs_in(client, "victor")
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "before", ["", "x", "2026-11-14~contact", "2026-11-14T10:00:00~contact~1", "~~", "9~x~y"]
)
def test_a_place_that_was_tampered_with_is_the_newest_page(before: str) -> None:
    assert timeline_rules.place(before) is None


@given(st.integers(0, 10**15), st.sampled_from(timeline_rules.SOURCES_OF["all"]), st.uuids())
def test_a_place_comes_back_out_of_its_address(microseconds: int, source: str, key: object) -> None:
    at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(microseconds=microseconds)
    written = timeline_rules.place_in_address(at, source, str(key))
    assert timeline_rules.place(written) == (at, source, str(key))


def test_a_day_counts_a_page_once_and_never_tells_ticks_apart() -> None:
    day = timeline_rules.day_of(
        [
            ("page_read", "pacing/a", False),
            ("page_read", "start-here/b", False),
            ("page_read", "pacing/a", False),
            ("tick", "pacing", False),
            ("exercise_saved", "tool/diary", True),
            ("answer", "baseline-pain", False),
        ]
    )
    assert day == timeline_rules.Day(pages=2, modules=("pacing", "start-here"), others=2, typed=True)


def test_somebody_without_a_course_has_a_timeline(client: LookingClient, cast: Cast) -> None:
    cast.enter(cast.carol)
    details = people.PatientDetails("Nia", "Eze", TODAY() - timedelta(days=9999))
    patient = people.add_patient(details, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "The record was made." in client.page(f"/patients/{patient.id}/timeline").text
    assert client.get(f"/patients/{new_id()}/timeline").status_code == 404
