"""Boosters after 1, 3, 6 and 12 months: five minutes, on one page, never late."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Cast, Person
from tests.looking import LookingClient
from webapp.course.rules_route import add_months
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.foundations.languages import in_words

THING = "A short booster: look at your skills again"
BOOSTER = "/route/booster"


@contextmanager
def months_later(months: int, days: int = 0) -> Iterator[None]:
    """At noon, so many calendar months and days after today."""
    on = add_months(clock.today(), months) + timedelta(days=days)
    with clock.standing_at(datetime(on.year, on.month, on.day, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def marjorie(client: LookingClient, cast: Cast) -> Person:
    person = cast.signs_in(client, "marjorie")
    cast.enter(person)
    return person


def sign_in_again(client: LookingClient, cast: Cast, name: str = "marjorie") -> None:
    """Months have gone by: the session of then is over."""
    cast.signs_in(client, name)


def test_on_its_day_today_shows_one_small_thing(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    client.submit("/route/skills", {"pacing": "3", "sleep-and-fatigue": "4"})
    with months_later(1, days=-1):
        sign_in_again(client, cast)
        assert THING not in client.page("/today").text
    with months_later(1):
        sign_in_again(client, cast)
        assert THING in client.page("/today").text
        page = client.page(BOOSTER)
        assert page.heading == "A short booster"
        assert "A tip for today" in page.text
        assert in_words(add_months(clock.today(), 2)) in page.text or "The next one is on" in page.text
        after = client.submit(BOOSTER, {"pacing": "6"})
        assert after.path == "/route"
        assert "Pacing: 3 in " in after.text
        assert "6 now" in after.text
        assert "Your next short booster is on" in after.text
        assert THING not in client.page("/today").text


def test_it_can_be_skipped_without_a_word(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    client.submit("/route/skills", {"pacing": "3"})
    with months_later(3):
        sign_in_again(client, cast)
        today = client.submit(BOOSTER, form="/route/skip")
        assert today.path == "/today"
        assert THING not in today.text
        assert client.page(BOOSTER).path == "/route"
    with months_later(6):
        sign_in_again(client, cast)
        text = client.page("/today").text
        assert THING in text
        for word in ("late", "missed", "overdue", "behind", "only"):
            assert word not in text.lower().split()


def test_one_that_passed_by_is_gone(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    client.submit("/route/skills", {"pacing": "3"})
    with months_later(1, days=30):
        sign_in_again(client, cast)
        assert THING not in client.page("/today").text


def test_without_a_route_it_counts_from_the_door(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    client.submit("/today", form="/route/skip")
    with months_later(1):
        sign_in_again(client, cast)
        assert THING in client.page("/today").text


def test_a_course_patient_has_them_from_finishing(client: LookingClient, cast: Cast) -> None:
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    for one in engagement.milestones_of(asha.enrolment):
        engagement.reach_milestone(asha.actor, asha.enrolment, one.name)
    db.session.commit()
    assert THING not in client.page("/today").text
    with months_later(1):
        sign_in_again(client, cast, "asha")
        assert THING in client.page("/today").text
        assert client.submit(BOOSTER, {"pacing": "2"}).heading == "Your route"
        assert "Next · Stop 1 of 1" in client.page("/today").text


def test_a_course_patient_underway_has_none(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    with months_later(1):
        sign_in_again(client, cast, "asha")
        assert THING not in client.page("/today").text


@pytest.mark.parametrize("what", ["pause", "flare"])
def test_nothing_is_offered_in_a_pause_or_a_flare_up(
    client: LookingClient, cast: Cast, marjorie: Person, what: str
) -> None:
    with months_later(1):
        sign_in_again(client, cast)
        cast.enter(marjorie)
        if what == "pause":
            requests.pause(marjorie.enrolment, None, "holiday", by=marjorie.actor, by_patient=True)
        else:
            requests.report_flare(marjorie.enrolment, by=marjorie.actor)
        db.session.commit()
        assert THING not in client.page("/today").text


def test_with_nothing_tapped_it_says_so_and_keeps_the_page(
    client: LookingClient, cast: Cast, marjorie: Person
) -> None:
    with months_later(1):
        sign_in_again(client, cast)
        page = client.submit(BOOSTER, {})
        assert page.status == 422
        assert "Tap a number for one skill or more, or skip this page" in page.text


def test_a_service_may_set_the_months(client: LookingClient, cast: Cast, marjorie: Person) -> None:
    cast.hillside.pacing = {**cast.hillside.pacing, "first_booster_months": 2}
    db.session.commit()
    with months_later(1):
        sign_in_again(client, cast)
        assert THING not in client.page("/today").text
    with months_later(2):
        sign_in_again(client, cast)
        assert THING in client.page("/today").text
