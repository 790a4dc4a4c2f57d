"""Stopping with a reason, a calm end, and the two ways back."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from webapp.clinic.forms import LEFT_REASONS as STAFF_WORDS
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment, Pause, Summary
from webapp.engagement.standing import State
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.home.leave_forms import REASONS


def ways_of(cast: Cast) -> list[Enrolment]:
    cast.enter(cast.asha)
    db.session.expire_all()
    mine = select(Enrolment).where(Enrolment.patient_id == id_of(cast.asha.patient))
    return list(db.session.scalars(mine.order_by(Enrolment.id)))


def state_of(cast: Cast, enrolment: Enrolment) -> str:
    cast.enter(cast.asha)
    row = db.session.get_one(Summary, (enrolment.service_id, enrolment.id), populate_existing=True)
    return row.state


def leaves(client: LookingClient, reason: str = "no_time"):  # type: ignore[no-untyped-def]
    return client.submit("/me/leave", {"reason": reason})


def test_the_reasons_are_those_of_the_call_log() -> None:
    assert set(STAFF_WORDS) - set(REASONS) == {"no_response", "died"}


@pytest.mark.parametrize("reason", REASONS)
def test_stopping_with_each_reason(client: LookingClient, cast: Cast, reason: str) -> None:
    cast.signs_in(client, "asha")
    page = leaves(client, reason)
    assert (page.path, page.heading) == ("/me/left", "You have stopped your course")
    (way,) = ways_of(cast)
    assert (way.ended_on, way.left_reason) == (clock.today(), reason)
    assert state_of(cast, way) == State.LEFT


def test_without_a_reason_it_is_asked_again(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/me/leave")
    assert page.status == 422 and "Choose what fits best" in page.text
    assert leaves(client, "no_response").status == 422
    assert ways_of(cast)[0].ended_on is None


def test_smaller_things_come_first_and_none_is_a_gate(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.page("/me/leave")
    led_to = [one.get("href") for one in page.all("a", class_="wm-small__link")]
    assert led_to == ["/me/pause", "/me/rhythm", "/me/messages", "/ring-me", "/course/start-here/print"]
    assert page.text.index("Perhaps something smaller helps") < page.text.index("What is the main reason?")
    for address in led_to:
        assert client.page(str(address)).status == 200


def test_whoever_is_at_their_own_speed_or_paused_is_not_offered_it_again(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    assert asha.enrolment
    engagement.change_rhythm(asha.enrolment, "own_speed", by=asha.actor)
    requests.pause(asha.enrolment, None, "life", by=asha.actor, by_patient=True)
    db.session.commit()
    led_to = [one.get("href") for one in client.page("/me/leave").all("a", class_="wm-small__link")]
    assert "/me/pause" not in led_to and "/me/rhythm" not in led_to


def test_a_call_that_is_waited_for_is_still_promised_after_stopping(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    assert asha.enrolment
    requests.ask_for_call(asha.enrolment, "website", by=asha.actor)
    db.session.commit()
    assert "Your team will ring you" in client.page("/me/leave").text
    assert "You asked for a call. Somebody rings you by" in leaves(client).text
    cast.enter(asha)
    assert requests.open_call_request(asha.enrolment) is not None


def test_a_mistake_is_undone_in_one_tap(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client)
    page = client.submit("/me/left", form="/me/welcome-back")
    assert page.path == "/today"
    (way,) = ways_of(cast)
    assert (way.ended_on, way.left_reason) == (None, None)
    assert db.session.scalar(select(Pause.id)) is None


def test_stopping_twice_keeps_the_first_reason(client: LookingClient, cast: Cast) -> None:
    """Back button, second tab: the form of before is sent again."""
    cast.signs_in(client, "asha")
    fields, _ = client.page("/me/leave").form_fields()
    leaves(client, "privacy")
    fields.pop("once")
    again = client.post("/me/leave", data={**fields, "reason": "other"}, follow_redirects=True)
    assert again.request.path == "/me/left"
    assert ways_of(cast)[0].left_reason == "privacy"


AFTER = ("/me/leave", "/me/left")
SHOWN = ("/toolbox", "/course", "/course/start-here", "/progress", "/pacing", "/goals", "/me", "/ring-me",
         "/flare-up", "/questionnaires", "/me/messages")  # fmt: skip


def test_every_page_makes_sense_to_whoever_has_stopped(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client)
    for path in ("/today", "/me/pause", "/me/rhythm"):
        assert client.page(path).path == "/me/welcome-back", path
    for path in AFTER:
        assert client.page(path).heading == "You have stopped your course", path
    for path in SHOWN:
        page = client.page(path)
        assert page.status == 200, path
        assert "Opens on" not in page.text and "Pause my course" not in page.text.replace(
            "Pause or stop my course", ""
        ).replace("pause your course. Pause my course", ""), path
    assert "Come back to my course" in client.page("/course").text


def test_a_page_can_be_read_without_coming_back(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client)
    assert client.page("/course/start-here/what-this-is").status == 200
    client.submit("/course/start-here/what-this-is", form="/next")
    (way,) = ways_of(cast)
    assert way.ended_on is not None and state_of(cast, way) == State.LEFT


def test_back_to_where_one_was_after_weeks(app: Flask, client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client)
    then = clock.now() + timedelta(days=40)
    with clock.standing_at(then):
        cast.signs_in(client, "asha")
        page = client.page("/")
        assert page.path == "/me/welcome-back" and page.heading == "Welcome back"
        assert client.submit("/me/welcome-back").path == "/today"
        (way,) = ways_of(cast)
        assert way.ended_on is None
        assert state_of(cast, way) == State.ON_TRACK  # the weeks away count for nobody
        facts = engagement.facts_of(way, by=cast.asha.actor)
        assert [(one.from_on, one.until_on) for one in facts.pauses] == [
            (clock.today() - timedelta(days=40), clock.today() - timedelta(days=1))
        ]
        later = clock.today() + timedelta(days=30)
        assert all(one.planned_on is None or one.planned_on > date.min for one in facts.milestones)
        assert max(one.planned_on for one in facts.milestones if one.planned_on) > later - timedelta(days=30)


def test_afresh_is_a_second_way_with_everything_open(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client, "no_time")
    page = client.submit("/me/welcome-back", {"said": "afresh"})
    assert page.path == "/today" and "What has slipped?" in page.text
    first, second = ways_of(cast)
    assert (first.ended_on, first.left_reason) == (clock.today(), "no_time")
    assert (second.door, second.rhythm, second.started_on) == ("refresher", "own_speed", clock.today())
    assert (state_of(cast, first), state_of(cast, second)) == (State.LEFT, State.ON_TRACK)


def test_a_call_that_is_waited_for_comes_along(client: LookingClient, cast: Cast) -> None:
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    assert asha.enrolment
    asked = requests.ask_for_call(asha.enrolment, "website", by=asha.actor)
    promised_on = asked.promised_on
    db.session.commit()
    leaves(client)
    client.submit("/me/welcome-back", {"said": "afresh"})
    first, second = ways_of(cast)
    assert requests.open_call_request(first) is None
    carried = requests.open_call_request(second)
    assert carried is not None and (carried.about, carried.promised_on) == ("website", promised_on)
    rings = select(Summary.ring_key).where(Summary.enrolment_id == second.id)
    assert db.session.scalar(rings) is not None


def test_coming_back_twice_is_once(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client)
    fields, action = client.page("/me/welcome-back").form_fields()
    fields.pop("once")
    for _ in range(2):
        client.post(action, data={**fields, "said": "afresh"})
    assert len(ways_of(cast)) == 2


def test_an_unknown_way_back_is_not_there(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    leaves(client)
    assert client.submit("/me/welcome-back", {"said": "delete"}).status == 404
    assert ways_of(cast)[0].ended_on is not None


def test_whoever_has_not_stopped_is_not_welcomed_back(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    assert client.page("/me/welcome-back").path == "/today"
    assert client.page("/me/left").path == "/today"


def test_stopping_is_found_without_a_search(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    for path in ("/me", "/me/pause", "/progress"):
        assert any(one.get("href") == "/me/leave" for one in client.page(path).all("a")), path
