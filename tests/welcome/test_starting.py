"""Starting on a phone: by e-mail, by letter, and everything that can go wrong on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from tests.welcome.conftest import BORN, WRONG_DAY, Desk, goes_through, says_when_born
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.people import passwords, signing_in
from webapp.people import service as people
from webapp.people.models import Membership
from webapp.people.sign_in_models import SignedIn


@pytest.fixture
def later(app: Any) -> Any:
    """Move the clock from now on; put it back at the end."""
    yield lambda **shift: clock.move(timedelta(**shift))
    clock.move(timedelta())


def session_of(desk: Desk) -> SignedIn:
    """The patient's session."""
    return db.session.scalars(select(SignedIn).where(SignedIn.patient_id == desk.patient().id)).one()


def test_by_e_mail_from_the_invitation_to_you_are_in(desk: Desk, phone: LookingClient, cast: Cast) -> None:
    desk.invites()
    page = goes_through(phone, desk.link(), contact=["email"], rhythm="fortnightly")
    assert page.heading == "You are in" and "nora@example.org" in page.text
    patient, by = desk.patient(), cast.carol.actor
    account = signing_in.account_named("nora@example.org")
    assert account is not None and patient.account_id == account.id
    assert passwords.is_right(account, "a gate, a kettle and rain")
    enter_service(cast.hillside.id)
    member = db.session.scalars(select(Membership).where(Membership.account_id == account.id)).one()
    assert (member.role, member.patient_id) == ("patient", patient.id)
    enrolment = engagement.current_enrolment(by, patient.id)
    assert (enrolment.rhythm, enrolment.started_on) == ("fortnightly", clock.today())
    assert people.choices_of(patient.service_id, patient.id) == {
        "understood": True,
        "email": True,
        "letter": False,
    }
    assert session_of(desk).kind == "own_phone"


def test_by_letter_with_a_typed_code_on_a_shared_phone(desk: Desk, phone: LookingClient) -> None:
    desk.invites(email="", email_is_safe=None)
    code, letter = desk.prints()
    assert "<svg" in letter.html and 'class="wl-qr"' in letter.html
    assert "Samaritans: 116 123" in letter.text and "01632 960100" in letter.text
    page = phone.submit("/start", {"code": code.lower().replace("-", " ")})
    assert page.heading == "When were you born?"
    words = phone.submit(page.path, BORN)
    assert words.heading == "Welcome, Nora"
    page = goes_through(phone, f"/start/{code}", kind="shared", name="+447700900321")
    assert page.heading == "You are in" and "07700 900321" in page.text
    assert session_of(desk).kind == "shared"


def test_the_outside_of_the_letter_is_neutral(desk: Desk) -> None:
    desk.invites()
    _code, letter = desk.prints()
    outside = letter.all("div", class_="wl-out")[0]
    seen = " ".join("".join(outside.itertext()).split()).lower()
    assert seen.startswith("hillside") and "nora quill" in seen and "1 mill lane" in seen
    assert not any(word in seen for word in ("pain", "service", "clinic", "waymark", "health", "invitation"))


def test_the_letter_in_large_print(desk: Desk) -> None:
    desk.invites(needs=["large_print"])
    _code, letter = desk.prints(large="y")
    assert "font-size: 17pt" in letter.html
    _code, letter = desk.prints()
    assert "font-size: 11.5pt" in letter.html


def test_three_words_for_the_name_and_for_the_password(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    says_when_born(phone, desk.link())
    for step in ("about", "team", "contact"):
        phone.submit(f"/start/{step}")
    phone.submit("/start/phone", {"kind": "own_phone"})
    page = phone.submit("/start/rhythm", {"rhythm": "own_speed"})
    fields, action = page.form_fields()
    offered = [box.get("value") or "" for box in page.all("input", name="name")]
    assert offered[:2] == ["nora@example.org", "+447700900321"] and offered[2].count("-") == 2
    assert fields["made_password"] in page.text
    sent = {**fields, "name": offered[2], "which": "words", "password": ""}
    page = Page(phone.post(action, data=sent, follow_redirects=True))
    assert page.heading == "You are in" and offered[2] in page.text
    account = signing_in.account_named(offered[2])
    assert account and passwords.is_right(account, str(fields["made_password"]))


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("", "Choose a password"),
        ("fourteen chars", "Use at least 15 characters"),
        ("nora quill walks", "Leave out your own name"),
        ("aaaaaaaaaaaaaaaa", "This repeats itself"),
    ],
)
def test_a_weak_password_is_refused_kindly(
    desk: Desk, phone: LookingClient, password: str, says: str
) -> None:
    desk.invites()
    page = goes_through(phone, desk.link(), password=password)
    assert page.status == 422 and says in page.text
    assert desk.patient().account_id is None


def test_a_refresher_is_asked_for_no_rhythm(desk: Desk, phone: LookingClient, cast: Cast) -> None:
    desk.invites(door="refresher")
    says_when_born(phone, desk.link())
    assert "step 1 of 5" in phone.page("/start/about").text
    assert goes_through(phone, desk.link()).heading == "You are in"
    assert engagement.current_enrolment(cast.carol.actor, desk.patient().id).rhythm == "own_speed"


def test_only_what_is_safe_is_offered_and_nothing_is_ticked(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    says_when_born(phone, desk.link())
    phone.submit("/start/about")
    page = phone.submit("/start/team")
    boxes = page.all("input", name="contact")
    assert [box.get("value") for box in boxes] == ["email", "letter"]
    assert not [box for box in boxes if box.get("checked") is not None]


def test_where_nothing_is_safe_nothing_is_asked(desk: Desk, phone: LookingClient) -> None:
    desk.invites(email_is_safe="no", letter_is_safe="no")
    code, _letter = desk.prints()
    says_when_born(phone, f"/start/{code}")
    phone.submit("/start/about")
    page = phone.submit("/start/team")
    assert not page.all("input", name="contact") and "So we will send none." in page.text


def test_leaving_in_the_middle_loses_nothing(desk: Desk, phone: LookingClient, later: Any) -> None:
    desk.invites()
    link = desk.link()
    says_when_born(phone, link)
    phone.submit("/start/about")
    phone.submit("/start/team")
    phone.submit("/start/contact", {"contact": ["letter"]})
    later(hours=5)
    assert phone.page("/start/phone").heading == "When were you born?"  # the phone may have changed hands
    page = says_when_born(phone, link)
    assert page.path == "/start/phone"
    ticked = [
        b.get("value")
        for b in phone.page("/start/contact").all("input", name="contact")
        if b.get("checked") is not None
    ]
    assert ticked == ["letter"]


def test_no_page_can_be_skipped(desk: Desk, phone: LookingClient) -> None:
    assert phone.page("/start/sign-in-name").heading == "Start with your letter"
    desk.invites()
    says_when_born(phone, desk.link())
    for step in ("team", "contact", "phone", "rhythm", "language", "sign-in-name"):
        assert phone.page(f"/start/{step}").path == "/start/about"


def test_a_scanner_uses_nothing_up(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    for _time in range(5):
        assert phone.get(desk.link()).status_code == 200
        assert phone.head(desk.link()).status_code == 200
    assert goes_through(phone, desk.link()).heading == "You are in"


def test_a_used_link_leads_to_sign_in(desk: Desk, phone: LookingClient, app: Any) -> None:
    desk.invites()
    link = desk.link()
    goes_through(phone, link)
    page = app.test_client().page(link)
    assert page.heading == "You have started already"
    assert [a for a in page.all("a") if a.get("href") == "/sign-in"]


@pytest.mark.parametrize(("shift", "status"), [({"hours": 71, "minutes": 59}, 200), ({"hours": 72}, 410)])
def test_a_link_works_for_72_hours(
    desk: Desk, phone: LookingClient, later: Any, shift: dict[str, int], status: int
) -> None:
    desk.invites()
    later(**shift)
    assert phone.get(desk.link()).status_code == status


@pytest.mark.parametrize(
    ("shift", "heading"),
    [({"days": 27, "hours": 23}, "Welcome, Nora"), ({"days": 28}, "This link is over. A new one is easy.")],
)
def test_a_code_works_for_28_days(
    desk: Desk, phone: LookingClient, later: Any, shift: dict[str, int], heading: str
) -> None:
    desk.invites()
    code, _letter = desk.prints()
    later(**shift)
    assert says_when_born(phone, f"/start/{code}").heading == heading


def test_a_tampered_link_and_an_old_one_look_the_same(desk: Desk, phone: LookingClient, later: Any) -> None:
    desk.invites()
    link = desk.link()
    later(hours=73)
    old, wrong = phone.page(link), phone.page(link[:-1] + ("a" if link[-1] != "a" else "b"))
    assert old.status == wrong.status == 410 and old.heading == wrong.heading
    for page in (old, wrong):
        fields, action = page.form_fields("new-link")
        answers = Page(phone.post(action, data=fields))
        assert answers.heading == "Look in your e-mail"
    assert len(desk.letters()) == 2  # one invitation, one new link, nothing for the wrong one
    assert phone.get(desk.link()).status_code == 200


def test_asking_again_and_again_sends_a_few_only(desk: Desk, phone: LookingClient, later: Any) -> None:
    desk.invites()
    link = desk.link()
    later(hours=73)
    answers = []
    for _time in range(8):
        fields, action = phone.page(link).form_fields("new-link")
        answers.append(phone.post(action, data=fields).status_code)
    assert answers[0] == 200 and answers[-1] == 429
    assert len(desk.letters()) <= 5


def test_a_wrong_code_and_a_wrong_date_get_the_same_answer(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    code, _letter = desk.prints()
    wrong_date = phone.submit(f"/start/{code}", WRONG_DAY)
    wrong_code = phone.submit("/start/CDFG-HJKM", BORN)
    assert wrong_date.status == wrong_code.status == 422
    assert wrong_date.text == wrong_code.text.replace("CDFG-HJKM", code)
    assert "do not belong together" in wrong_date.text


def test_guessing_the_date_takes_longer_and_longer_but_never_for_ever(
    desk: Desk, phone: LookingClient, later: Any
) -> None:
    desk.invites()
    link = desk.link()
    answers = [phone.submit(link, WRONG_DAY).status for _time in range(8)]
    assert answers[:5] == [422] * 5 and answers[-1] == 429
    assert says_when_born(phone, link).status == 429  # also the right date has to wait now
    later(hours=2)
    assert says_when_born(phone, link).heading == "Welcome, Nora"


def test_inviting_again_ends_the_earlier_ones(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    link = desk.link()
    code, _letter = desk.prints()
    desk.client.submit(f"/patients/{desk.patient().id}/invited", form="/invite-again")
    assert phone.get(link).status_code == 410
    assert says_when_born(phone, f"/start/{code}").status == 410
    assert says_when_born(phone, desk.link()).heading == "Welcome, Nora"


def test_a_new_letter_ends_the_earlier_letter(desk: Desk, phone: LookingClient) -> None:
    desk.invites()
    first, _letter = desk.prints()
    second, _letter = desk.prints()
    assert first != second
    assert says_when_born(phone, f"/start/{first}").status == 410
    assert says_when_born(phone, f"/start/{second}").heading == "Welcome, Nora"


def test_a_name_that_was_taken_meanwhile_is_asked_again(desk: Desk, phone: LookingClient, cast: Cast) -> None:
    desk.invites()
    says_when_born(phone, desk.link())
    people.add_account("nora@example.org", "Somebody else")
    db.session.commit()
    page = goes_through(phone, desk.link())
    assert page.status == 422 and "Choose one of the answers" in page.text
    assert "My e-mail: nora@example.org" not in page.text


def test_a_welsh_service_asks_for_the_language(desk: Desk, phone: LookingClient, cast: Cast) -> None:
    service = people.service_with(cast.hillside.id)
    service.languages = ["en", "cy"]
    service.version += 1
    db.session.commit()
    desk.invites(language="en")
    page = goes_through(phone, desk.link(), language="cy")
    assert page.status == 200
    account = signing_in.account_named("nora@example.org")
    assert account and account.language == "cy" and desk.patient().language == "cy"
