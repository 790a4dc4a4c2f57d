"""A worry about safety in a call: an alert at once, closed with a name, open without, told where a caller rang."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.page import Page
from tests.safety.alerts_made import covered
from webapp.clinic import concerns
from webapp.engagement import requests
from webapp.engagement.models import Contact
from webapp.foundations.database import db
from webapp.foundations.post import Letter
from webapp.safety import service as safety
from webapp.safety.models import Alert
from webapp.safety.reconciling import watch

WORRIED = "worried_about_safety"


@pytest.fixture
def hillside(cast: Cast) -> Cast:
    covered(cast)
    return cast


def logs(client: LookingClient, cast: Cast, **typed: str) -> Page:
    return client.submit(f"/patients/{id_of(cast.asha.patient)}/call", {"outcome": WORRIED, **typed})


def the_alert(cast: Cast) -> Alert:
    cast.enter(cast.carol)
    db.session.expire_all()
    return db.session.scalars(select(Alert)).one()


def test_with_a_name_it_is_made_owned_and_closed(client: LookingClient, hillside: Cast) -> None:
    hillside.signs_in(client, "carol")
    page = logs(client, hillside, handed_to="Dr Okafor", note="Rang the crisis team with her.")
    assert page.path.startswith("/patients/") and "made and closed: Dr Okafor took it" in page.text
    assert "worried about safety, followed the service’s procedure" in page.text
    alert = the_alert(hillside)
    assert (alert.kind, alert.state, alert.handed_to) == ("concern", "closed", "Dr Okafor")
    assert (alert.owner_name, alert.closed_by) == ("Carol Osei", "Carol Osei")
    contact = db.session.scalars(select(Contact)).one()
    assert alert.place == str(contact.id)
    page = client.page(f"/alerts/{alert.id}")
    assert "Rang the crisis team with her." in page.text and "Taken by Dr Okafor." in page.text


def test_without_a_name_it_stays_open_and_the_page_says_so(client: LookingClient, hillside: Cast) -> None:
    hillside.signs_in(client, "carol")
    page = logs(client, hillside)
    alert = the_alert(hillside)
    assert page.path == f"/alerts/{alert.id}" and "It closes once you write down who took it." in page.text
    assert alert.closed_at is None and alert.owner_name == "Carol Osei"


def test_a_callers_worry_is_told_to_the_owner_and_says_who_was_told(
    client: LookingClient, hillside: Cast
) -> None:
    hillside.signs_in(client, "colin")
    page = logs(client, hillside, handed_to="Dr Okafor")
    assert (
        page.path.startswith("/patients/") and "The owner of alerts in your service is told now." in page.text
    )
    assert "Safety: nobody has it yet." in page.text
    alert = the_alert(hillside)
    assert (alert.state, alert.owner_account_id, alert.handed_to) == ("raised", None, None)
    told = select(Letter).where(Letter.to_address == hillside.carol.account.sign_in_name)
    assert len(db.session.scalars(told).all()) == 1
    hillside.signs_in(client, "carol")
    page = client.page(f"/alerts/{alert.id}")
    assert "Colin Marsh wrote that it was handed to Dr Okafor." in page.text
    assert not [one for one in page.all("form") if (one.get("action") or "").endswith("/close")]


def test_taking_the_contact_back_leaves_the_alert(client: LookingClient, hillside: Cast) -> None:
    hillside.signs_in(client, "colin")
    logs(client, hillside)
    page = client.submit(f"/patients/{id_of(hillside.asha.patient)}", form="/undo")
    assert "Its alert stays: only a person closes it." in page.text
    assert the_alert(hillside).closed_at is None


def test_a_name_that_is_too_long_is_told_beside_the_field(client: LookingClient, hillside: Cast) -> None:
    hillside.signs_in(client, "carol")
    page = logs(client, hillside, handed_to="x" * 101)
    assert page.status == 422 and "at most 100 letters" in page.text and "x" * 101 in page.html
    hillside.enter(hillside.carol)
    assert not db.session.scalars(select(Alert)).all() and not db.session.scalars(select(Contact)).all()


def test_the_check_of_every_five_minutes_finds_a_worry_without_an_alert(hillside: Cast) -> None:
    asha, carol = hillside.asha, hillside.carol
    hillside.enter(carol)
    assert asha.enrolment
    contact = requests.log_contact(asha.enrolment, "call", WORRIED, "", by=carol.actor)
    requests.log_contact(asha.enrolment, "call", "no_answer", "", by=carol.actor)
    db.session.commit()
    assert [found.source_id for found in concerns.worries_without_alert(hillside.hillside.id)] == [
        str(contact.id)
    ]
    watch(hillside.hillside.id)
    hillside.enter(carol)
    alert = safety.alert_of_trigger(carol.actor, "contact", str(contact.id))
    assert "found" in [step.step for step in safety.steps_of(alert)]
    watch(hillside.hillside.id)
    hillside.enter(carol)
    assert len(db.session.scalars(select(Alert)).all()) == 1
