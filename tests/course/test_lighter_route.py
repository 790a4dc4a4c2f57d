"""Coming back after weeks, and from a pause: welcomed, with three equal ways to go on, each one tap."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person
from tests.course.reading import read, read_whole
from tests.looking import LookingClient
from tests.page import Page
from webapp.course.models import PageRead
from webapp.course.route_models import WayOn
from webapp.engagement import requests
from webapp.engagement.models import Pause
from webapp.foundations import clock
from webapp.foundations.database import db

THREE_WAYS = "How would you like to go on?"
BLAME = re.compile(r"\b(\d+ (days|weeks)|away|missed|late|behind|only)\b", re.IGNORECASE)


@contextmanager
def days_later(client: LookingClient, cast: Cast, days: int, name: str = "asha") -> Iterator[None]:
    """So many days on, signed in again."""
    with clock.standing_at(clock.now() + timedelta(days=days)):
        cast.signs_in(client, name)
        yield


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> Person:
    """On the course; she has read the first page."""
    person = cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is")
    cast.enter(person)
    return person


def take(client: LookingClient, way: str, path: str = "/today") -> Page:
    return client.submit(path, {"way": way}, form="/me/way")


def ways(person: Person) -> list[tuple[str, str | None]]:
    found = select(WayOn).where(WayOn.enrolment_id == person.enrolment.id).order_by(WayOn.id)
    return [(row.way, row.module) for row in db.session.scalars(found)]


@pytest.mark.parametrize(("days", "offered"), [(1, False), (20, False), (21, True), (60, True)])
def test_she_is_welcomed_after_three_weeks_and_nobody_counts(
    client: LookingClient, cast: Cast, asha: Person, days: int, offered: bool
) -> None:
    with days_later(client, cast, days):
        page = client.page("/today")
        assert (THREE_WAYS in page.text) is offered
        if offered:
            assert "Welcome back" in page.text
            assert not BLAME.search(page.text)


def test_on_from_where_she_was(client: LookingClient, cast: Cast, asha: Person) -> None:
    with days_later(client, cast, 30):
        assert take(client, "go_on").path == "/course/start-here/hurt-and-harm"
        assert THREE_WAYS not in client.page("/today").text
        assert "The whole page" not in client.page("/course/start-here/hurt-and-harm").text
    assert ways(asha) == [("whole", None)]


def test_the_lighter_route_opens_short_pages_and_leaves_out_the_optional(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    with days_later(client, cast, 30):
        page = take(client, "lighter")
        assert page.path == "/course/start-here/hurt-and-harm"
        assert "The whole page" in page.text
        assert "Short version" in client.page("/course/start-here/hurt-and-harm?whole=1").text
        prose = client.page("/course/start-here/getting-help")
        assert "The whole page" in prose.text
        today = client.page("/today")
        assert "short pages" in today.text
        assert "minutes left" not in today.text
        course = client.page("/course")
        assert "You are on a lighter route" in course.text
        assert "If it would help you" not in course.text
        other = take(client, "whole", "/course")
        assert other.path == "/course"
        assert "One module at a time." in other.text
        assert "The whole page" not in client.page("/course/start-here/getting-help").text
    assert [way for way, _ in ways(asha)] == ["lighter", "whole"]


def test_the_kept_page_of_one_reader_is_never_shown_to_another(
    app: object, client: LookingClient, cast: Cast, asha: Person
) -> None:
    page = "/course/start-here/getting-help"
    take(client, "lighter", "/course")
    assert "The whole page" in client.page(page).text
    cast.signs_in(client, "dewi")
    read(client, "start-here", "what-this-is")
    assert "The whole page" not in client.page(page).text


def test_this_module_once_more_from_its_short_version(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    read(client, "start-here", "hurt-and-harm")
    with days_later(client, cast, 30):
        page = take(client, "again")
        assert page.path == "/course/start-here/what-this-is"
        assert "The whole page" in page.text
        today = client.page("/today")
        assert "Next page: " in today.text
        assert today.all("a", href="/course/start-here/what-this-is")
        read(client, "start-here", "what-this-is")
        assert client.page("/today").all("a", href="/course/start-here/hurt-and-harm")
        client.submit("/course/understanding-persistent-pain", form="/open")
        assert (
            "The whole page" not in client.page("/course/understanding-persistent-pain/pain-is-an-alarm").text
        )
    assert ways(asha) == [("again", "start-here")]
    kept = select(PageRead.page).where(PageRead.enrolment_id == asha.enrolment.id)
    assert set(db.session.scalars(kept)) == {"what-this-is", "hurt-and-harm"}


def test_a_module_that_was_begun_again_is_done_by_reading_it_again(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    read_whole(client)
    with days_later(client, cast, 30):
        take(client, "again")
        assert client.page("/course/start-here/end").path == "/course/start-here"
        read_whole(client)
        assert client.page("/course/start-here/end").path == "/course/start-here/end"


@pytest.mark.parametrize("way", ["", "hourly", "../", "again"])
def test_a_way_that_is_none_is_not_there(client: LookingClient, cast: Cast, way: str) -> None:
    cast.signs_in(client, "dewi")
    assert take(client, way, "/course").status == 404


def test_whoever_never_began_is_new_and_not_back(client: LookingClient, cast: Cast) -> None:
    with days_later(client, cast, 40, "dewi"):
        assert THREE_WAYS not in client.page("/today").text


def test_a_refresher_is_never_asked(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "marjorie")
    client.submit("/today", form="/route/skip")
    with days_later(client, cast, 100, "marjorie"):
        assert THREE_WAYS not in client.page("/today").text


def test_a_service_may_set_the_weeks(client: LookingClient, cast: Cast, asha: Person) -> None:
    cast.hillside.pacing = {**cast.hillside.pacing, "back_after_days": 30}
    db.session.commit()
    with days_later(client, cast, 29):
        assert THREE_WAYS not in client.page("/today").text


# --- a pause with a day of return --------------------


def pause_for(client: LookingClient, days: int) -> Page:
    back = clock.today() + timedelta(days=days)
    given = {"until_on-day": back.day, "until_on-month": back.month, "until_on-year": back.year}
    return client.submit(
        "/me/pause", {"until": "date", **{name: str(value) for name, value in given.items()}}
    )


def test_on_the_day_of_return_today_welcomes_her_with_the_next_step(
    client: LookingClient, cast: Cast, asha: Person
) -> None:
    assert pause_for(client, 9).heading == "Your course is paused"
    with days_later(client, cast, 8):
        assert "Your course is paused" in client.page("/today").text
    with days_later(client, cast, 9):
        page = client.page("/today")
        assert "Your course is paused" not in page.text
        assert "Welcome back" in page.text
        assert page.all("a", href="/course/start-here/hurt-and-harm")
        assert client.page("/me/pause").heading == "Pause my course"
        read(client, "start-here", "hurt-and-harm")
    with days_later(client, cast, 10):
        assert "Welcome back" not in client.page("/today").text


def test_back_sooner_with_one_tap(client: LookingClient, cast: Cast, asha: Person) -> None:
    pause_for(client, 30)
    with days_later(client, cast, 4):
        page = client.submit("/today", form="/me/back")
        assert page.path == "/today"
        assert "Welcome back" in page.text
        assert "Your course is paused" not in page.text
        assert page.all("a", href="/course/start-here/hurt-and-harm")


def test_after_a_long_pause_there_are_three_ways_too(client: LookingClient, cast: Cast, asha: Person) -> None:
    pause_for(client, 30)
    with days_later(client, cast, 25):
        assert THREE_WAYS not in client.page("/today").text
    with days_later(client, cast, 30):
        assert THREE_WAYS in client.page("/today").text


def test_in_a_flare_up_nothing_is_asked(client: LookingClient, cast: Cast, asha: Person) -> None:
    with days_later(client, cast, 30):
        cast.enter(asha)
        requests.report_flare(asha.enrolment, by=asha.actor)
        db.session.commit()
        assert THREE_WAYS not in client.page("/today").text


def test_a_return_beyond_a_year_is_asked_again(client: LookingClient, cast: Cast, asha: Person) -> None:
    page = pause_for(client, 400)
    assert page.status == 422
    assert "or earlier" in page.text
    assert db.session.scalar(select(Pause).where(Pause.enrolment_id == asha.enrolment.id)) is None
