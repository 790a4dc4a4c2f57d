"""Inviting: one screen, what is sent, what is only written down, and what is asked back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.welcome.conftest import NORA, Desk, goes_through
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.people.models import Patient


def verbs(desk: Desk) -> set[tuple[str, str]]:
    """(verb, kind) of everything that was written down about the patient."""
    rows = select(AuditRow.verb, AuditRow.kind).where(AuditRow.patient_id == desk.patient().id)
    return {(verb, kind) for verb, kind in db.session.execute(rows)}


def test_inviting_takes_one_screen(desk: Desk) -> None:
    first = desk.client.get("/invite")
    assert first.status_code == 200
    from tests.page import Page

    fields, action = Page(first).form_fields()
    answer = desk.client.post(action, data={**fields, **NORA})
    assert answer.status_code == 303
    assert answer.location.endswith("/invited")  # two requests: the screen, and what came of it


def test_nothing_is_ticked_beforehand_but_who_invites(desk: Desk) -> None:
    fields, _action = desk.client.page("/invite").form_fields()
    chosen = {
        name for name, value in fields.items() if value and name not in ("csrf_token", "once", "version")
    }
    assert chosen == {"clinician"}


def test_the_record_says_what_the_form_said(desk: Desk, cast: Cast) -> None:
    desk.invites(
        needs=["large_print", "bsl"], needs_note="Signs", contact_times="after 2 pm", group_name="May group"
    )
    patient = desk.patient()
    assert (patient.given_name, patient.mobile, patient.email) == (
        "Nora",
        "+447700900321",
        "nora@example.org",
    )
    assert (patient.email_is_safe, patient.text_is_safe, patient.letter_is_safe) == (True, False, True)
    assert (patient.needs, patient.needs_note, patient.group_name) == (
        ["large_print", "bsl"],
        "Signs",
        "May group",
    )
    assert (patient.seen_by, patient.suitability) == ("Dr Reed", "seen_and_suitable")
    assert patient.clinician_id == cast.carol.membership.id  # type: ignore[union-attr]
    assert patient.reference.startswith("PMP-")
    enrolment = engagement.current_enrolment(cast.carol.actor, patient.id)
    assert (enrolment.door, enrolment.rhythm, enrolment.started_on) == ("course", "weekly", None)
    assert len(engagement.milestones_of(enrolment)) >= 4
    assert {("created", "patient"), ("created", "enrolment"), ("sent", "invitation")} <= verbs(desk)


def test_the_e_mail_is_neutral(desk: Desk) -> None:
    page = desk.invites()
    (letter,) = desk.letters()
    assert letter.subject == "A message from Hillside"
    assert letter.to_address == "nora@example.org" and letter.patient_id == desk.patient().id
    text = letter.text.lower()
    assert "nora" in text and "quill" not in text
    assert not any(
        word in text for word in ("pain", "health", "clinic", "patient", "nhs", "waymark", "course")
    )
    assert "72 hours" in letter.text
    assert "An e-mail is on its way to nora@example.org." in page.text


def test_a_mobile_number_alone_prints_the_letter(desk: Desk) -> None:
    page = desk.invites(email="", email_is_safe=None)
    assert desk.letters() == []
    assert "No text message is sent yet either. Please print the letter." in page.text


def test_an_unsafe_address_is_never_written_to(desk: Desk) -> None:
    page = desk.invites(email_is_safe="no")
    assert desk.letters() == []
    assert "there is no e-mail address that is safe to use" in page.text


@pytest.mark.parametrize(
    ("suitability", "why"), [("not_suitable", "why_not_suitable"), ("prefers_another", "why_another")]
)
def test_some_are_only_written_down(desk: Desk, cast: Cast, suitability: str, why: str) -> None:
    page = desk.invites(suitability=suitability, **{why: "Prefers the group on Tuesdays"})
    assert page.heading == "Written down for Nora Quill. Nothing was sent."
    assert desk.letters() == [] and desk.patient().suitability_why == "Prefers the group on Tuesdays"
    with pytest.raises(engagement.NotEnrolled):
        engagement.current_enrolment(cast.carol.actor, desk.patient().id)
    letter = desk.client.page(f"/patients/{desk.patient().id}/letter")
    assert letter.heading == page.heading  # no letter either


def test_who_was_not_suitable_can_be_invited_later(desk: Desk) -> None:
    desk.invites(suitability="not_suitable", why_not_suitable="Operation first")
    where = f"/patients/{desk.patient().id}"
    page = desk.client.submit(
        f"{where}/details",
        {"suitability": "seen_and_suitable", "seen_by": "Dr Reed", "seen_on-day": "3", "seen_on-month": "11",
         "seen_on-year": "2025", "door": "refresher"},
    )  # fmt: skip
    assert page.heading == "Nora Quill is invited"
    page = desk.client.submit(f"{where}/invited", form="/invite-again")
    assert "An e-mail is on its way" in page.text and len(desk.letters()) == 1


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"given_name": ""}, "Fill in the first name"),
        ({"family_name": " "}, "Fill in the last name"),
        ({"born_on-year": "2015"}, "Waymark is for adults of 18 and over."),
        ({"born_on-year": "1850"}, "Check the year of birth"),
        ({"born_on-day": "31", "born_on-month": "2"}, "That month has no such day"),
        ({"email": "nora at home"}, "Check this e-mail address"),
        ({"mobile": "12"}, "Check this number"),
        ({"email_is_safe": None}, "Choose yes or no: E-mail"),
        ({"voicemail_is_safe": None}, "Choose yes or no: Voicemail"),
        ({"letter_is_safe": None}, "Choose yes or no: Letter"),
        ({"email": "", "mobile": "", "postal_address": ""}, "Fill in one way to reach the patient"),
        ({"suitability": None}, "Choose whether the patient was seen and is suitable"),
        ({"seen_by": ""}, "Fill in who saw the patient, and on which day"),
        ({"seen_on-year": "2090"}, "This day is still to come"),
        ({"suitability": "not_suitable"}, "Write in a few words why it is not suitable now"),
        ({"suitability": "prefers_another"}, "Write in a few words what the patient prefers"),
        ({"door": None}, "Choose the course or the refresher"),
    ],
)
def test_what_is_missing_is_said_kindly_and_nothing_is_lost(
    desk: Desk, changes: dict[str, Any], says: str
) -> None:
    page = desk.invites(note="Talked about it twice", **changes)
    assert page.status == 422 and says in page.text
    assert "Talked about it twice" in page.html
    assert (
        db.session.scalar(select(func.count()).select_from(Patient).where(Patient.family_name == "Quill"))
        == 0
    )


def test_adults_only_from_the_birthday_on(desk: Desk) -> None:
    today = clock.today()
    eighteen = {
        "born_on-day": str(min(today.day, 28)),
        "born_on-month": str(today.month),
        "born_on-year": str(today.year - 18),
    }
    assert desk.invites(**eighteen).heading == "Nora Quill is invited"
    later = today + timedelta(days=1)
    almost = {
        "born_on-day": str(later.day),
        "born_on-month": str(later.month),
        "born_on-year": str(later.year - 18),
    }
    page = desk.invites(**almost, family_name="Young")
    assert "This date makes the patient 17." in page.text


def test_a_twin_is_asked_about_and_nothing_typed_is_lost(desk: Desk) -> None:
    desk.invites()
    page = desk.invites(given_name="Norah", note="Talked about it twice")
    assert page.status == 422 and "Is this the same person?" in page.text
    assert "Nora Quill" in page.text and "PMP-" in page.text and "Talked about it twice" in page.html
    fields, action = page.form_fields()
    answer = desk.client.post(action, data={**fields, "somebody_else": "y"})
    assert answer.status_code == 303
    assert (
        db.session.scalar(select(func.count()).select_from(Patient).where(Patient.family_name == "Quill"))
        == 2
    )


def test_a_twin_of_another_service_is_nobody_here(client: LookingClient, cast: Cast, desk: Desk) -> None:
    assert cast.vera.patient is not None  # Vera Okafor of Valley, born on the same day
    page = desk.invites(given_name="Vera", family_name="Okafor")
    assert page.heading == "Vera Okafor is invited"


def test_a_reference_belongs_to_one_patient(desk: Desk) -> None:
    desk.invites(reference="H-77")
    page = desk.invites(given_name="Ivo", family_name="Marsh", reference="H-77")
    assert page.status == 422 and "Another patient has this reference" in page.text


def test_a_form_sent_twice_invites_once(desk: Desk) -> None:
    fields, action = desk.client.page("/invite").form_fields()
    first = desk.client.post(action, data={**fields, **NORA})
    second = desk.client.post(action, data={**fields, **NORA})
    assert first.location == second.location and len(desk.letters()) == 1


def test_a_new_e_mail_address_ends_the_old_link(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    old = desk.link()
    desk.client.submit(f"/patients/{desk.patient().id}/details", {"email": "nora.quill@example.org"})
    assert phone.get(old).status_code == 410
    desk.client.submit(f"/patients/{desk.patient().id}/invited", form="/invite-again")
    assert desk.letters()[-1].to_address == "nora.quill@example.org"
    assert phone.get(desk.link()).status_code == 200


def test_another_services_clinician_finds_nobody(desk: Desk, cast: Cast) -> None:
    desk.invites()
    where = f"/patients/{desk.patient().id}"
    cast.signs_in(desk.client, "victor")
    for page in ("invited", "letter", "details"):
        assert desk.client.get(f"{where}/{page}").status_code == 404


def test_a_patient_who_has_started_is_not_invited_again(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    goes_through(phone, desk.link())
    page = desk.client.page(f"/patients/{desk.patient().id}/invited")
    assert page.heading == "Nora Quill has started"
    assert desk.client.page(f"/patients/{desk.patient().id}/letter").heading == page.heading


def test_production_lists_what_is_missing(app: Flask, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = app.extensions["waymark_settings"].model_copy(update={"environment": "production"})
    monkeypatch.setitem(app.extensions, "waymark_settings", settings)
    page = desk.client.page("/invite")
    assert page.status == 409 and page.heading == "Nobody can be invited yet"
    assert "the name of your clinical safety officer" in page.text
    assert "a signature under the numbers that we propose" in page.text


def test_the_screen_costs_the_same_whatever_the_service_holds(desk: Desk, count_queries: Any) -> None:
    desk.client.get("/invite")
    with count_queries() as few:
        desk.client.get("/invite")
    for number in range(5):
        desk.invites(given_name=f"Pat{number}", family_name=f"Number{number}", somebody_else="y")
    with count_queries() as many:
        desk.client.get("/invite")
    assert len(many.seen) == len(few.seen)
