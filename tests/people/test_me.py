"""Me: choices off until chosen, sharing and helpers withdrawn in one tap, who looked, devices, password."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import g
from sqlalchemy import select, update

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import audit, clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import own_record, passwords
from webapp.people import service as people
from webapp.people.sign_in_models import SignedIn, Token

GOOD = "otter-lamp-violet-9"
NEW = "kettle-marble-canoe-2"


def has_password(cast: Cast, name: str) -> None:
    passwords.set_password(getattr(cast, name).account, GOOD)
    db.session.commit()


@pytest.mark.parametrize("thing", people.REAL_CHOICES)
def test_a_choice_is_off_until_it_is_tapped_and_off_again_in_one_tap(
    client: LookingClient, cast: Cast, thing: str
) -> None:
    asha = cast.signs_in(client, "asha")

    def chosen() -> bool:
        enter_service(cast.hillside.id)
        return people.choices_of(cast.hillside.id, id_of(asha.patient)).get(thing, False)

    assert not chosen()
    client.submit("/me/choices", form=f"/me/choices/{thing}")
    assert chosen()
    client.submit("/me/choices", form=f"/me/choices/{thing}")
    assert not chosen()


def test_a_choice_that_does_not_exist_is_not_found(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    fields, _ = client.page("/me/choices").form_fields("/me/choices/email")
    assert client.post("/me/choices/fax", data=fields).status_code == 404


def test_a_helper_is_added_and_taken_back_in_one_tap(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    assert client.submit("/me/helper", {"name": "", "may_discuss": "x"}).status == 422
    page = client.submit("/me/helper", {"name": "Mina Patel", "may_discuss": "my appointments"})
    assert "Mina Patel" in page.text
    assert "Mina Patel" not in client.submit("/me/helper", form="/withdraw").text


def test_another_patients_helper_is_not_there(client: LookingClient, cast: Cast) -> None:
    dewi = cast.dewi
    cast.enter(dewi)
    theirs = own_record.add_supporter(id_of(dewi.patient), "Gwen", "all", by=dewi.actor)
    db.session.commit()
    cast.signs_in(client, "asha")
    fields, _ = client.page("/me/helper").form_fields()
    assert client.post(f"/me/helper/{theirs.id}/withdraw", data=fields).status_code == 404
    cast.enter(dewi)
    assert people.supporters_of(cast.hillside.id, id_of(dewi.patient)) == [theirs]


def test_what_is_shared_is_listed_and_stopped_in_one_tap(client: LookingClient, cast: Cast) -> None:
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    people.share(id_of(asha.patient), "goal", "g-1", True, by=asha.actor)
    db.session.commit()
    assert "A goal" in client.page("/me/sharing").text
    assert "You share nothing now" in client.submit("/me/sharing", form="/me/sharing").text


def test_the_patient_sees_who_opened_their_record(client: LookingClient, cast: Cast) -> None:
    asha, carol, vera = cast.asha, cast.carol, cast.vera
    for person, by in ((asha, carol), (asha, asha), (vera, cast.victor)):
        cast.enter(by)
        audit.record(by.actor, "looked", "patient", patient_id=id_of(person.patient))
        db.session.flush()
    db.session.commit()
    cast.signs_in(client, "asha")
    text = client.page("/me/who-looked").text
    assert text.count("looked at your record") == 1
    assert "Carol Osei looked at your record" in text


def test_the_newest_fifty_looks_are_shown(cast: Cast) -> None:
    asha, carol = cast.asha, cast.carol
    cast.enter(carol)
    for number in range(52):
        audit.record(
            carol.actor, "looked" if number else "changed", "patient", patient_id=id_of(asha.patient)
        )
    db.session.flush()
    assert len(own_record.who_looked(id_of(asha.patient), by=asha.actor)) == 50


def test_the_password_changes_with_the_present_one_and_ends_the_other_devices(
    client: LookingClient, cast: Cast
) -> None:
    has_password(cast, "asha")
    cast.signs_in(client.application.test_client(), "asha")  # another phone
    cast.signs_in(client, "asha")
    wrong = client.submit("/me/password", {"present": "wrong-wrong-wrong", "password": NEW})
    assert wrong.status == 422 and "This is not your password now." in wrong.text
    assert client.submit("/me/password", {"present": GOOD, "password": "short"}).status == 422
    assert client.submit("/me/password", {"present": GOOD, "password": NEW}).path == "/me"
    assert passwords.is_right(cast.asha.account, NEW)
    assert len(own_record.devices(cast.asha.account.id, "")) == 1
    enter_service(cast.hillside.id)
    letters = db.session.scalars(select(Letter)).all()
    assert [(letter.kind, letter.to_address) for letter in letters] == [
        ("sign_in_changed", "asha@example.org")
    ]


@pytest.mark.parametrize("password", ["asha-otter-violet-9", "hillside-otter-violet"])
def test_a_new_password_may_not_hold_a_name(client: LookingClient, cast: Cast, password: str) -> None:
    has_password(cast, "asha")
    cast.signs_in(client, "asha")
    page = client.submit("/me/password", {"present": GOOD, "password": password})
    assert page.status == 422 and "Leave out your own name" in page.text


def test_three_words_are_offered_printed_and_taken(client: LookingClient, cast: Cast) -> None:
    has_password(cast, "asha")
    cast.signs_in(client, "asha")
    fields, action = client.page("/me/three-words").form_fields("/me/three-words")
    assert fields["words"].count("-") == 2
    paper = Page(
        client.post(
            "/me/three-words/print", data={"csrf_token": fields["csrf_token"], "words": fields["words"]}
        )
    )
    assert fields["words"] in paper.text and "Asha" not in paper.html
    assert client.post(action, data={**fields, "present": GOOD}).status_code == 303
    assert passwords.is_right(cast.asha.account, fields["words"])


def test_who_came_by_a_link_is_not_asked_for_the_forgotten_password(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.signs_in(client, "asha")
    moment = clock.now()
    db.session.add(
        Token(token_hash="x", purpose="sign_in_link", account_id=asha.account.id,
              made_at=moment, expires_at=moment, used_at=moment)
    )  # fmt: skip
    db.session.commit()
    assert client.submit("/me/password", {"password": NEW}).path == "/me"
    db.session.execute(update(Token).values(used_at=moment - timedelta(seconds=601)))
    assert client.page("/me/password").all("input", name="present")


def test_one_device_or_all_others_are_signed_out(client: LookingClient, cast: Cast) -> None:
    phones = [client.application.test_client() for _ in range(3)]
    for phone in [*phones, client]:
        cast.signs_in(phone, "asha")
    client.submit("/me/devices", form="/end")
    assert sum(phone.get("/me").status_code == 200 for phone in phones) == 2
    client.submit("/me/devices", form="/me/devices/end-others")
    assert [phone.get("/me").status_code for phone in phones] == [303] * 3
    assert client.get("/me").status_code == 200


def test_nobody_ends_somebody_elses_session(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client.application.test_client(), "dewi")
    theirs = db.session.scalars(select(SignedIn.token_hash)).one()
    cast.signs_in(client, "asha")
    fields, _ = client.page("/me/helper").form_fields()
    for reference in (theirs[:16], theirs, "", theirs[:2]):
        assert client.post(f"/me/devices/{reference}/end", data=fields).status_code in (404, 405)
    assert own_record.devices(cast.dewi.account.id, "")


def test_the_language_is_kept_for_pages_and_messages(client: LookingClient, cast: Cast) -> None:
    cast.hillside.languages = ["en", "cy"]
    asha = cast.signs_in(client, "asha")
    page = client.page("/me/language")
    assert "not checked by a translator" in page.text
    client.submit("/me/language", {"language": "cy"})
    assert (asha.account.language, asha.patient and asha.patient.language) == ("cy", "cy")
    assert client.submit("/me/language", {"language": "xx"}).status == 422


def test_somebody_with_two_places_goes_from_one_to_the_other(client: LookingClient, cast: Cast) -> None:
    carol = cast.carol
    enter_service(cast.valley.id)
    other = people.add_member(carol.account, "clinician", by=cast.job(cast.valley))
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "Go to Valley Pain Clinic" in client.page("/me").text
    g.pop("csrf_token", None)
    client.submit("/me", {"membership": str(other.id)}, form="/me/switch")
    assert "Valley Pain Clinic" in client.page("/me/devices").title
    foreign = client.page("/me").form_fields("/me/switch")[0]
    assert cast.vera.membership
    answer = client.post("/me/switch", data={**foreign, "membership": str(cast.vera.membership.id)})
    assert answer.status_code == 404
