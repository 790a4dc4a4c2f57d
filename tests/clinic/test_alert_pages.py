"""Alerts in the portal: the list, one alert, each step by itself, and what every page of the staff shows."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from tests.looking import LookingClient
from tests.page import Page
from tests.safety.alerts_made import (
    MONDAY_TEN,
    a_request,
    an_answer,
    answers,
    covered,
    many_more,
    sitting_of,
)
from webapp.foundations import audit, clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.questionnaires.catalogue import instruments
from webapp.safety import service as safety
from webapp.safety.models import Alert, Step
from webapp.safety.reconciling import watch
from webapp.safety.rules import Action

RISK_WORDS = re.compile(
    r"at risk|high risk|risk score|severe|failed|behind|\blate\b|overdue|suicid", re.IGNORECASE
)


@pytest.fixture
def hillside(cast: Cast) -> Cast:
    covered(cast)
    return cast


def at(alert: Alert, more: str = "") -> str:
    return f"/alerts/{alert.id}{more}"


def steps(cast: Cast, alert: Alert) -> list[str]:
    cast.enter(cast.carol)
    return list(db.session.scalars(select(Step.step).where(Step.alert_id == alert.id).order_by(Step.id)))


def now_is(cast: Cast, alert: Alert) -> Alert:
    cast.enter(cast.carol)
    db.session.expire_all()
    return safety.alert_of(cast.carol.actor, alert.id)


def taps(client: LookingClient, alert: Alert, what: str) -> Page:
    return client.submit(at(alert), form=f"/{what}")


def writes_down(client: LookingClient, alert: Alert, what: dict[str, str]) -> Page:
    fields = hidden_of(client.page(at(alert)), at(alert))
    return Page(client.post(at(alert), data=fields | what, follow_redirects=True))


def hidden_of(page: Page, action: str) -> dict[str, str]:
    """The hidden fields of the form with exactly this address."""
    form = next(one for one in page.all("form") if one.get("action") == action)
    hidden = [one for one in form.iter("input") if one.get("type") == "hidden"]
    return {one.get("name") or "": one.get("value") or "" for one in hidden}


def test_the_list_is_oldest_first_whatever_was_answered(client: LookingClient, hillside: Cast) -> None:
    with clock.standing_at(MONDAY_TEN):
        an_answer(hillside, "asha", value=1, written_on=date(2026, 11, 12))
    with clock.standing_at(MONDAY_TEN + timedelta(minutes=5)):
        an_answer(hillside, "tomasz", value=3)
        a_request(hillside, "dewi")
        hillside.signs_in(client, "carol")
        page = client.page("/alerts")
    names = [a.text for a in page.all("a") if (a.get("href") or "").startswith("/patients/")]
    assert names == ["Asha Patel", "Tomasz Nowak", "Dewi Rees"]
    assert "Born 3 Mar 1979" in page.text and "written on 12 Nov on paper" in page.text
    assert "An answer about thoughts of self-harm or being better off dead" in page.text
    assert "Asked us to contact them about how they feel" in page.text
    assert "Nobody yet" in page.text and "Lena Brandt is told at 11:00." in page.text
    assert "Alerts (3)" in page.html
    assert not RISK_WORDS.search(page.text)
    assert not page.all("form", action="/alerts") and "nhsuk-tag" not in page.html


def test_nothing_open_is_said(client: LookingClient, hillside: Cast) -> None:
    hillside.signs_in(client, "carol")
    page = client.page("/alerts")
    assert "No alert is open." in page.text and "Alerts (" not in page.html and ">Alerts</a>" in page.html


def test_the_list_goes_on_fifty_at_a_time_and_costs_the_same(client: LookingClient, hillside: Cast) -> None:
    first = an_answer(hillside)
    hillside.signs_in(client, "carol")
    client.page("/alerts")
    client.page("/alerts")
    few = len(client.last_statements)
    many_more(hillside, first, 60)
    page = client.page("/alerts")
    assert len(client.last_statements) == few
    assert len(page.all("tbody")[0].findall("tr")) == 50 and "Alerts (61)" in page.html
    onward = next(a.get("href") for a in page.all("a") if a.text == "Next 50")
    assert onward and len(client.page(onward).all("tbody")[0].findall("tr")) == 11
    assert client.get(f"/alerts?after={id_of(hillside.asha.patient)}").status_code == 404


def test_an_alert_shows_the_question_the_answer_and_what_came_later(
    client: LookingClient, hillside: Cast
) -> None:
    alert = an_answer(hillside, value=2)
    answers(hillside.asha, sitting_of(alert), 0)
    audit.record(
        hillside.asha.actor, "shown", "help_page", alert.place, patient_id=id_of(hillside.asha.patient)
    )
    db.session.commit()
    hillside.signs_in(client, "carol")
    page = client.page(at(alert))
    with client.application.app_context():
        texts = instruments().get("phq-9").texts["en"]
    assert texts.items["q9"] in page.text and texts.labels_of("q9")[2] in page.text
    assert "Later" in page.text and texts.labels_of("q9")[0] in page.text
    assert "The page with ways to help was shown to them" in page.text
    assert "They were told: somebody sees it by" in page.text
    assert "Born 3 Mar 1979" in page.text and "07700 900552" in page.text and "voicemail: no" in page.text
    assert "from what Asha Patel sent or typed in" in page.text
    assert not RISK_WORDS.search(page.text)


def test_paper_says_when_it_was_written_and_that_no_help_was_shown(
    client: LookingClient, hillside: Cast
) -> None:
    alert = an_answer(hillside, written_on=date(2026, 11, 12))
    hillside.signs_in(client, "carol")
    page = client.page(at(alert))
    assert "written on 12 Nov" in page.text and "typed in by Carol Osei from paper" in page.text
    assert "typed in by the team: no page with ways to help was shown" in page.text
    assert "They were told" not in page.text


def test_a_look_writes_only_the_audit_row(client: LookingClient, hillside: Cast) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "carol")
    client.page(at(alert))
    hillside.enter(hillside.carol)
    looked = select(AuditRow.object_id).where(AuditRow.verb == "looked", AuditRow.kind == "alert")
    assert db.session.scalars(looked).all() == [str(alert.id)]
    assert now_is(hillside, alert).seen_at is None


def test_seen_taken_written_down_and_closed(client: LookingClient, hillside: Cast) -> None:
    alert = a_request(hillside)
    hillside.signs_in(client, "carol")
    assert "Dewi" in client.page(at(alert)).heading
    assert "Carol Osei saw it." in taps(client, alert, "seen").text
    page = taps(client, alert, "take")
    assert "You have it." in page.text and "first write down what was done" in page.text
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/close")]
    page = writes_down(client, alert, {"action": "spoke", "note": "Feels safer today."})
    assert "Spoke to them" in page.text and "Feels safer today." in page.text
    page = taps(client, alert, "close")
    assert "Closed by Carol Osei" in page.text
    assert steps(hillside, alert) == ["raised", "seen", "owned", "action", "closed"]
    assert "No alert is open." in client.page("/alerts").text


def test_a_try_without_an_answer_does_not_close(client: LookingClient, hillside: Cast) -> None:
    alert = a_request(hillside)
    hillside.signs_in(client, "carol")
    page = writes_down(client, alert, {"action": "no_answer"})
    assert "A try without an answer keeps it open." in page.text
    token = page.form_fields()[0]["csrf_token"]
    said = client.post(at(alert, "/close"), data={"csrf_token": token}, follow_redirects=True)
    assert "A try without an answer is not enough to close." in Page(said).text
    assert now_is(hillside, alert).closed_at is None


@pytest.mark.parametrize(
    ("action", "lacks"),
    [
        ({}, "Choose what was done"),
        ({"action": "told_gp", "note": "kept"}, "Write the name of who took it"),
        ({"action": "crisis_team", "note": "kept"}, "Write the name of who took it"),
        ({"action": "procedure", "note": "kept"}, "Write the name of who took it"),
        ({"action": "other", "handed_to": "kept"}, "Write a few words about it"),
        ({"action": "already_known", "handed_to": "kept"}, "Write a few words about it"),
        ({"action": "nonsense"}, "Choose one of the answers"),
    ],
)
def test_what_is_missing_is_said_beside_its_field_and_nothing_is_lost(
    client: LookingClient, hillside: Cast, action: dict[str, str], lacks: str
) -> None:
    alert = a_request(hillside)
    hillside.signs_in(client, "carol")
    page = writes_down(client, alert, action)
    assert page.status == 422 and lacks in page.text and page.title.startswith("Error:")
    if "kept" in action.values():
        assert ">kept<" in page.html.replace("\n", "") or 'value="kept"' in page.html
    assert now_is(hillside, alert).owner_account_id is None


def test_the_name_of_who_took_it_stands_in_the_history(client: LookingClient, hillside: Cast) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "carol")
    page = writes_down(client, alert, {"action": "crisis_team", "handed_to": "Dr Okafor"})
    assert "Taken by Dr Okafor." in page.text
    assert now_is(hillside, alert).handed_to == "Dr Okafor"


def test_passing_on_tells_the_colleague_and_nobody_has_it(client: LookingClient, hillside: Cast) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "carol")
    taps(client, alert, "take")
    page = client.page(at(alert))
    offered = [option.text for option in page.all("option")]
    assert "Lena Brandt" in offered and "Carol Osei" not in offered and "Colin Marsh" not in offered
    refused = client.submit(at(alert), form="/pass-on")
    assert refused.status == 422 and "Choose a colleague" in refused.text
    page = client.submit(at(alert), {"to": str(hillside.lena.account.id)}, form="/pass-on")
    assert "Carol Osei asked Lena Brandt to take it." in page.text and "Nobody has it yet." in page.text
    hillside.enter(hillside.lena)
    addressed = select(Letter).where(Letter.to_address == hillside.lena.account.sign_in_name)
    assert len(db.session.scalars(addressed).all()) == 1


def test_opening_again_needs_a_reason(client: LookingClient, hillside: Cast) -> None:
    alert = closed(hillside)
    hillside.signs_in(client, "lena")
    refused = client.submit(at(alert), form="/open-again")
    assert refused.status == 422 and "Say why, in a few words" in refused.text
    page = client.submit(at(alert), {"why": "It was another person."}, form="/open-again")
    assert "Lena Brandt opened it again." in page.text and "It was another person." in page.text
    assert now_is(hillside, alert).closed_at is None


def closed(cast: Cast) -> Alert:
    alert = an_answer(cast)
    safety.record_action(alert.id, Action.SPOKE, "", by=cast.carol.actor)
    safety.close(alert.id, by=cast.carol.actor)
    db.session.commit()
    return alert


def test_a_page_that_is_out_of_date_is_told_and_changes_nothing(
    client: LookingClient, hillside: Cast
) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "carol")
    old = client.page(at(alert))
    hillside.enter(hillside.lena)
    safety.own(alert.id, by=hillside.lena.actor)
    db.session.commit()
    fields, action = old.form_fields("/take")
    said = Page(client.post(action, data=fields, follow_redirects=True))
    assert "Something happened with this alert meanwhile." in said.text
    assert now_is(hillside, alert).owner_name == "Lena Brandt"
    fields = hidden_of(old, at(alert))
    said = Page(client.post(at(alert), data={**fields, "action": "spoke", "note": "Typed once"}))
    assert said.status == 422 and "Typed once" in said.html and "changed on another screen" in said.text
    assert now_is(hillside, alert).owner_name == "Lena Brandt"


def test_a_doubled_tap_is_one(client: LookingClient, hillside: Cast) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "carol")
    page = client.page(at(alert))
    fields = hidden_of(page, at(alert)) | {"action": "spoke", "note": "Once"}
    assert client.post(at(alert), data=fields).status_code == 303
    assert client.post(at(alert), data=fields).status_code == 303
    assert steps(hillside, alert).count("action") == 1


def test_only_the_owner_is_offered_to_close_and_another_is_told_who_has_it(
    client: LookingClient, hillside: Cast
) -> None:
    alert = an_answer(hillside)
    safety.record_action(alert.id, Action.SPOKE, "", by=hillside.carol.actor)
    db.session.commit()
    hillside.signs_in(client, "lena")
    page = client.page(at(alert))
    assert "Only Carol Osei can close it, or whoever takes it over." in page.text
    assert "I take this over" in page.html
    token = page.form_fields()[0]["csrf_token"]
    said = Page(client.post(at(alert, "/close"), data={"csrf_token": token}, follow_redirects=True))
    assert "Only the person who has the alert can close it." in said.text
    taps(client, alert, "take")
    assert now_is(hillside, alert).owner_name == "Lena Brandt"
    assert "Closed by Lena Brandt" in taps(client, alert, "close").text


def test_nobody_else_gets_in(client: LookingClient, hillside: Cast) -> None:
    path = at(an_answer(hillside))
    for name in ("colin", "arthur", "ada", "asha"):
        enter_service(hillside.hillside.id)
        hillside.signs_in(client, name)
        assert client.get("/alerts").status_code == 403 and client.get(path).status_code == 403
        assert "/alerts" not in client.page("/me").html
    enter_service(hillside.valley.id)
    hillside.signs_in(client, "victor")
    assert client.get(path).status_code == 404 and "Asha" not in client.page("/alerts").text


def test_an_address_that_is_no_step_is_not_found(client: LookingClient, hillside: Cast) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "carol")
    assert client.get(at(alert, "/delete")).status_code == 404
    assert client.page(at(alert, "/take")).path == at(alert)
    assert now_is(hillside, alert).owner_account_id is None


@pytest.mark.parametrize("path", ["/ring-today", "/patients", "/answers", "/invite", "/me"])
def test_every_page_of_those_who_read_says_that_nobody_took_one(
    client: LookingClient, hillside: Cast, path: str
) -> None:
    with clock.standing_at(MONDAY_TEN):
        alert = an_answer(hillside)
        hillside.signs_in(client, "carol")
        assert "Nobody has taken an alert" not in client.page(path).html
    with clock.standing_at(MONDAY_TEN + timedelta(hours=7, minutes=1)):
        hillside.signs_in(client, "carol")
        page = client.page(path)
        assert "Nobody has taken an alert of Monday 23 November, 10:00. Please open it now." in page.html
        assert f'href="{at(alert)}"' in page.html
        enter_service(hillside.hillside.id)
        hillside.signs_in(client, "colin")
        if path in ("/ring-today", "/patients", "/me"):
            assert "Nobody has taken" not in client.page(path).html
        enter_service(hillside.hillside.id)
        safety.own(alert.id, by=hillside.carol.actor)
        db.session.commit()
        hillside.signs_in(client, "carol")
        assert "Nobody has taken" not in client.page(path).html


def test_what_does_not_work_is_said_on_the_list_and_counted_for_the_administrator(
    client: LookingClient, hillside: Cast
) -> None:
    an_answer(hillside)
    hillside.enter(hillside.carol)
    for letter in db.session.scalars(select(Letter).where(Letter.kind == "alert")):
        letter.failed_at = clock.now()
    db.session.commit()
    hillside.signs_in(client, "carol")
    page = client.page("/alerts")
    assert "The safety watch stopped." in page.text and "1 message could not be sent." in page.text
    assert "the message could not be sent" in page.text
    hillside.signs_in(client, "ada")
    page = client.page("/installation")
    assert "Hillside Pain Service: this does not work" in page.text
    assert "1 message could not be sent." in page.text and "Valley Pain Clinic: this" not in page.text
    assert "Asha" not in page.text and "Carol" not in page.text


def test_the_row_on_the_worklist_says_who_has_it_and_callers_no_more(
    client: LookingClient, hillside: Cast
) -> None:
    alert = an_answer(hillside)
    hillside.signs_in(client, "colin")
    page = client.page("/ring-today")
    assert "Safety: nobody has it yet." in page.text and str(alert.id) not in page.html
    safety.own(alert.id, by=hillside.carol.actor)
    db.session.commit()
    asha = f"/patients/{id_of(hillside.asha.patient)}"
    for path in ("/ring-today", asha, f"{asha}/call"):
        page = client.page(path)
        assert "Safety: Carol Osei has it." in page.text and str(alert.id) not in page.html, path
        assert "better off dead" not in page.text
    hillside.signs_in(client, "carol")
    for path in ("/ring-today", asha, f"{asha}/call"):
        assert at(alert) in client.page(path).html, path


def test_the_story_and_its_copy_hold_open_and_closed_alerts(client: LookingClient, hillside: Cast) -> None:
    person: Person = hillside.asha
    first = closed(hillside)
    hillside.signs_in(client, "carol")
    story = client.page(f"/patients/{id_of(person.patient)}")
    assert at(first) in story.html and "Closed by Carol Osei" in story.text
    copy = client.page(f"/patients/{id_of(person.patient)}/record").text
    assert "An answer about thoughts of self-harm or being better off dead. Closed by Carol Osei" in copy
    hillside.signs_in(client, "colin")
    assert "better off dead" not in client.page(f"/patients/{id_of(person.patient)}/record").text


def test_the_history_tells_every_step(client: LookingClient, hillside: Cast) -> None:
    with clock.standing_at(MONDAY_TEN):
        alert = an_answer(hillside)
    with clock.standing_at(MONDAY_TEN + timedelta(hours=4)):
        watch(hillside.hillside.id)
        hillside.signs_in(client, "carol")
        page = client.page(at(alert))
    assert "It went up to whoever leads the service." in page.text
    assert "Everybody there knows of it already." in page.text
