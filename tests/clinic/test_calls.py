"""Calls: logged in two taps, undone for ten minutes; pauses, leaving and coming back; rows that can wait."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from tests.clinic.people import TODAY, asks_for_a_call
from tests.looking import LookingClient
from tests.page import Page
from webapp.clinic import scripts
from webapp.clinic.rules import SITUATIONS
from webapp.engagement.contact_rules import LEFT_REASONS, OUTCOMES
from webapp.engagement.models import AgreedCall, Contact, Enrolment, Summary
from webapp.foundations.database import db


def at(person: Person, page: str = "") -> str:
    return f"/patients/{id_of(person.patient)}{page}"


def row_of(cast: Cast, person: Person) -> Summary:
    cast.enter(cast.carol)
    db.session.expire_all()
    assert person.enrolment
    return db.session.scalars(select(Summary).where(Summary.enrolment_id == person.enrolment.id)).one()


def way_of(cast: Cast, person: Person) -> Enrolment:
    cast.enter(cast.carol)
    db.session.expire_all()
    assert person.enrolment
    return db.session.scalars(select(Enrolment).where(Enrolment.id == person.enrolment.id)).one()


def day_parts(name: str, days_ahead: int) -> dict[str, str]:
    day = TODAY() + timedelta(days=days_ahead)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def logs(client: LookingClient, person: Person, **fields: str) -> Page:
    return client.submit(at(person, "/call"), fields, form="/call")


@pytest.mark.parametrize(
    "outcome", [one for one in OUTCOMES if one not in ("voicemail_left", "reached_stopping")]
)
def test_every_outcome_is_logged_with_who_and_when(client: LookingClient, cast: Cast, outcome: str) -> None:
    asha = cast.asha
    cast.signs_in(client, "colin")
    page = logs(client, asha, outcome=outcome)
    assert page.status == 200 and "Colin Marsh" in page.text and "The contact is logged." in page.text
    assert row_of(cast, asha).tried["outcome"] == outcome


def test_reaching_somebody_takes_them_off_the_list_and_undo_puts_them_back(
    client: LookingClient, cast: Cast
) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.signs_in(client, "carol")
    logs(client, asha, outcome="reached_continuing", note="Will go on.", **day_parts("ring_again_on", 14))
    assert row_of(cast, asha).ring_key is None
    assert db.session.scalars(select(AgreedCall.due_on)).all() == [TODAY() + timedelta(days=14)]
    page = client.submit(at(asha), form="/undo")
    assert "taken back" in page.text
    assert row_of(cast, asha).ring_key is not None
    assert all(db.session.scalars(select(AgreedCall.withdrawn_at)))


def test_no_answer_leaves_the_request_open(client: LookingClient, cast: Cast) -> None:
    asha = asks_for_a_call(cast, "asha")
    cast.signs_in(client, "carol")
    logs(client, asha, outcome="no_answer")
    assert row_of(cast, asha).ring_key is not None


def test_stopping_needs_its_reason_and_undo_takes_it_back(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "carol")
    refused = logs(client, asha, outcome="reached_stopping")
    assert refused.status == 422 and "Choose why they are stopping" in refused.text
    page = logs(client, asha, outcome="reached_stopping", left_reason="no_time", offered=["group", "later"])  # type: ignore[arg-type]
    assert (
        "Left" in page.text
        and "No time for it now" in page.text
        and "A group, Coming back later" in page.text
    )
    assert row_of(cast, asha).state == "left"
    client.submit(at(asha), form="/undo")
    assert row_of(cast, asha).state == "on_track" and way_of(cast, asha).left_reason is None


def test_pausing_in_a_call_pauses_until_its_day_and_undo_ends_it(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "carol")
    logs(client, asha, outcome="reached_pausing", **day_parts("pause_until", 10))
    assert row_of(cast, asha).state == "paused"
    client.submit(at(asha), form="/undo")
    assert row_of(cast, asha).state == "on_track"


def test_after_ten_minutes_and_for_others_there_is_no_undo(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "colin")
    logs(client, asha, outcome="no_answer")
    token = client.page(at(asha, "/pause")).form_fields()[0]["csrf_token"]
    cast.enter(cast.carol)
    contact = db.session.scalars(select(Contact)).one()
    undo = at(asha, f"/contacts/{contact.id}/undo")
    contact.at -= timedelta(minutes=11)
    db.session.commit()
    assert "Undo" not in client.page(at(asha)).text
    assert (
        "Ten minutes are over"
        in Page(client.post(undo, data={"csrf_token": token}, follow_redirects=True)).text
    )
    cast.signs_in(client, "carol")
    token = client.page(at(asha, "/pause")).form_fields()[0]["csrf_token"]
    assert client.post(undo, data={"csrf_token": token}).status_code == 404


def test_a_voicemail_is_offered_only_where_it_is_safe(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "colin")
    page = client.page(at(asha, "/call"))
    assert not page.all("input", value="voicemail_left") and "did not say that voicemail is safe" in page.text
    assert logs(client, asha, outcome="voicemail_left").status == 422
    cast.enter(cast.carol)
    assert asha.patient
    asha.patient.voicemail_is_safe = True
    db.session.commit()
    assert logs(client, asha, outcome="voicemail_left").status == 200


def test_an_empty_form_and_a_day_in_the_past_are_refused_in_words(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "colin")
    assert "Choose what came of it" in logs(client, asha).text
    refused = logs(client, asha, outcome="no_answer", note="kept", **day_parts("ring_again_on", -1))
    assert refused.status == 422 and "or later" in refused.text
    assert (refused.all("textarea")[0].text or "").strip() == "kept"


def test_the_call_begins_with_the_date_of_birth_and_the_script_that_fits(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "colin")
    page = client.page(at(cast.tomasz, "/call"))
    assert (
        "confirm the date of birth before saying where you ring from" in page.text
        and "Not started yet" in page.text
    )
    assert "In a flare-up" in client.page(at(cast.tomasz, "/call?script=flare-up")).text
    assert client.get(at(cast.tomasz, "/call?script=../../secret")).status_code == 200


@pytest.mark.parametrize("language", ["en", "cy"])
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_script_asks_for_the_date_of_birth_first(language: str, situation: str) -> None:
    folder = Path(__file__).resolve().parents[2] / "content" / "call-scripts"
    script = scripts.read_script(folder, situation, language)
    assert script.language == language and script.title and "<p>" in script.opening
    wanted = "date of birth" if language == "en" else "dyddiad geni"
    assert wanted in script.body and script.body.index(wanted) < script.body.index("<li>")


def test_a_script_that_is_missing_or_empty_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(scripts.ScriptMissing, match="welcome"):
        scripts.check_scripts(tmp_path)
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "welcome.md").write_text("no heading\n")
    with pytest.raises(scripts.ScriptMissing, match="has no heading"):
        scripts.read_script(tmp_path, "welcome", "en")


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("", "heading"),
        ("Hello.\n\n- One", "heading"),
        ("#\n\nHello.\n\n- One", "heading"),
        ("# Hi\n\n- One", "greeting"),
        ("# Hi\n\nHello.", "list"),
        ("# Hi\n\nHello.\n\n-\n", "list"),
    ],
)
def test_a_script_is_a_heading_a_greeting_and_a_list(text: str, lacks: str) -> None:
    with pytest.raises(scripts.NotAScript) as refused:
        scripts.as_script(text, "welcome", "en")
    assert refused.value.lacks == lacks


def test_html_in_a_script_stays_text(tmp_path: Path) -> None:
    (tmp_path / "en").mkdir()
    (tmp_path / "en" / "welcome.md").write_text("# Hi\n\n<script>alert(1)</script> **now**\n\n- One\n")
    script = scripts.read_script(tmp_path, "welcome", "cy")
    assert "<script>" not in script.body and "<strong>now</strong>" in script.body and script.language == "en"


def test_a_row_is_snoozed_dismissed_and_shown_again(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "carol")
    assert client.submit(at(asha, "/hide"), {"how": "until", "why": "On holiday"}).status == 422
    client.submit(at(asha, "/hide"), {"how": "until", "why": "On holiday", **day_parts("until_on", 5)})
    assert way_of(cast, asha).snoozed_until == TODAY() + timedelta(days=5)
    assert "On holiday" in client.page(at(asha)).text
    client.submit(at(asha), form="/show-again")
    assert way_of(cast, asha).snoozed_until is None
    client.submit(at(asha, "/hide"), {"how": "dismiss", "why": "Spoke in clinic"})
    assert way_of(cast, asha).snoozed_until == TODAY() + timedelta(days=28)
    client.submit(at(asha, "/hide"), {"how": "do_not_ring", "why": "Prefers letters"})
    assert way_of(cast, asha).asked_not_to_be_rung_on == TODAY()
    assert "Asked not to be rung" in client.page(at(asha)).text


def test_pause_and_coming_back(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.signs_in(client, "colin")
    assert client.submit(at(asha, "/pause"), {}).status == 422
    client.submit(at(asha, "/pause"), {"why": "operation", **day_parts("until_on", 30)})
    assert row_of(cast, asha).state == "paused"
    client.submit(at(asha), form="/come-back")
    assert row_of(cast, asha).state == "on_track"


@pytest.mark.parametrize("reason", LEFT_REASONS)
def test_leaving_with_a_reason_and_coming_back(client: LookingClient, cast: Cast, reason: str) -> None:
    asha = cast.asha
    cast.signs_in(client, "colin")
    page = client.submit(at(asha, "/left"), {"reason": reason})
    assert (
        page.status == 200
        and "Left on" in page.text
        and reason not in page.text.split("Left on")[1][:40].split(":")[0]
    )
    assert way_of(cast, asha).left_reason == reason
    client.submit(at(asha), form="/come-back")
    assert way_of(cast, asha).ended_on is None


def test_a_patient_and_an_author_do_not_get_in(client: LookingClient, cast: Cast) -> None:
    path = at(cast.asha, "/call")
    for name in ("asha", "arthur", "ada"):
        cast.signs_in(client, name)
        assert client.get(path).status_code == 403
        assert client.get("/ring-today").status_code == 403
