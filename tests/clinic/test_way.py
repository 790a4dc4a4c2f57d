"""Taking part on paper or by phone: no clock, and a day on which somebody rings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.clinic.test_calls import at, day_parts, row_of, way_of
from tests.looking import LookingClient
from webapp.engagement import service as engagement
from webapp.engagement.models import AgreedCall
from webapp.foundations import clock
from webapp.foundations.database import db


@pytest.fixture(autouse=True)
def silent(cast: Cast) -> None:
    """Asha began 25 days ago, a module a week, and was not seen since."""
    cast.enter(cast.asha)
    way = cast.asha.enrolment
    assert way is not None
    way.invited_on = way.started_on = clock.today() - timedelta(days=25)
    engagement.change_rhythm(way, "weekly", by=cast.asha.actor)
    db.session.commit()


def agreed(cast: Cast) -> list[AgreedCall]:
    cast.enter(cast.carol)
    return list(db.session.scalars(select(AgreedCall)))


@pytest.mark.parametrize("way", ["paper", "phone"])
def test_somebody_who_was_silent_goes_on_by_another_way_and_is_rung_on_the_day(
    client: LookingClient, cast: Cast, way: str
) -> None:
    cast.signs_in(client, "colin")
    assert row_of(cast, cast.asha).state == "ring_first"
    page = client.submit(at(cast.asha, "/way"), {"way": way, **day_parts("ring_on", 7)})
    assert page.status == 200 and ("on paper" if way == "paper" else "by phone") in page.text
    assert (row_of(cast, cast.asha).state, way_of(cast, cast.asha).way) == ("on_track", way)
    assert len(agreed(cast)) == 1


def test_paper_without_a_day_is_refused_and_what_was_chosen_stays(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "colin")
    page = client.submit(at(cast.asha, "/way"), {"way": "paper"})
    assert page.status == 422 and "Name a day on which somebody rings" in page.text
    assert way_of(cast, cast.asha).way == "online"


def test_a_call_that_is_agreed_already_is_day_enough_and_is_agreed_once(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "colin")
    client.submit(at(cast.asha, "/way"), {"way": "paper", **day_parts("ring_on", 7)})
    assert client.submit(at(cast.asha, "/way"), {"way": "phone"}).status == 200
    client.submit(at(cast.asha, "/way"), {"way": "phone", **day_parts("ring_on", 7)})
    assert way_of(cast, cast.asha).way == "phone" and len(agreed(cast)) == 1


def test_back_online_the_clock_runs_again(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "colin")
    client.submit(at(cast.asha, "/way"), {"way": "paper", **day_parts("ring_on", 7)})
    client.submit(at(cast.asha, "/way"), {"way": "online"})
    assert row_of(cast, cast.asha).state == "ring_first"


def test_another_service_does_not_get_in(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "victor")
    assert client.get(at(cast.asha, "/way")).status_code == 404
