"""A pause without any fuss, and another rhythm."""

from __future__ import annotations

from datetime import timedelta

import pytest

from webapp.engagement import requests
from webapp.foundations import clock
from webapp.foundations.database import db


def test_a_pause_until_they_come_back(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    page = client.submit("/me/pause", {"until": "open", "why": "holiday"})
    assert page.heading == "Your course is paused"
    cast.enter(asha)
    running = requests.running_pause(asha.enrolment, clock.today())
    assert running is not None
    assert (running.until_on, running.why, running.by_patient) == (None, "holiday", True)
    today = client.page("/today")
    assert "Your course is paused" in today.text
    assert client.submit("/today", form="/me/back").path == "/today"
    db.session.expire_all()
    assert requests.running_pause(asha.enrolment, clock.today()) is None


def test_a_pause_with_a_day_of_return(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    back = clock.today() + timedelta(days=9)
    day = {"until_on-day": back.day, "until_on-month": back.month, "until_on-year": back.year}
    client.submit("/me/pause", {"until": "date", **{name: str(value) for name, value in day.items()}})
    cast.enter(asha)
    running = requests.running_pause(asha.enrolment, clock.today())
    assert running is not None
    assert (running.until_on, running.why) == (back, "other")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({}, "Choose how long to pause"),
        ({"until": "date"}, "Choose a day after today"),
        (
            {"until": "date", "until_on-day": "1", "until_on-month": "1", "until_on-year": "2020"},
            "Choose a day after today",
        ),
        (
            {"until": "date", "until_on-day": "31", "until_on-month": "2", "until_on-year": "2030"},
            "no such day",
        ),
    ],
)
def test_a_pause_that_is_not_clear_is_asked_again(client, cast, data, says):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.submit("/me/pause", data)
    assert page.status == 422
    assert says in page.text


def test_the_rhythm_can_be_changed(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    client.submit("/me/rhythm", {"rhythm": "fortnightly"})
    cast.enter(asha)
    db.session.refresh(asha.enrolment)
    assert asha.enrolment.rhythm == "fortnightly"
    assert client.submit("/me/rhythm", {"rhythm": "hourly"}).status == 422
