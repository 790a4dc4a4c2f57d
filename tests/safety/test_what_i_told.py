"""What a patient reads of what they told: who sees it and by when, and when it was seen. Never the answer's words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import Cast
from tests.looking import LookingClient
from tests.safety.test_alerts import HOURS, raised
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.safety import service as safety

FRIDAY_NIGHT = datetime(2026, 11, 27, 23, 10, tzinfo=UTC)


@pytest.fixture
def told(cast: Cast, client: LookingClient) -> Cast:
    """Asha answered on Friday night; she is signed in."""
    cast.hillside.hours, cast.hillside.phone = HOURS, "01632 960100"
    with clock.standing_at(FRIDAY_NIGHT):
        raised(cast)
        db.session.commit()
    cast.signs_in(client, "asha")
    return cast


def words(client: LookingClient, address: str, moment: datetime) -> str:
    with clock.standing_at(moment):
        return " ".join(client.get(address).text.split())


@pytest.mark.parametrize("address", ["/today", "/me/what-i-told"])
def test_it_says_by_when_and_then_who_saw_it(told: Cast, client: LookingClient, address: str) -> None:
    page = words(client, address, FRIDAY_NIGHT)
    assert "Somebody from your team sees it by" in page
    assert "30 November" in page and "17:00" in page
    with clock.standing_at(FRIDAY_NIGHT + timedelta(days=3)):
        alert = safety.open_alerts(told.carol.actor).rows[0].alert
        safety.see(alert.id, by=told.carol.actor)
        db.session.commit()
    page = words(client, address, FRIDAY_NIGHT + timedelta(days=3, hours=1))
    assert "Carol Osei saw it on" in page and "23:10" in page


def test_a_promise_that_has_passed_is_said_plainly_with_the_number(told: Cast, client: LookingClient) -> None:
    page = words(client, "/me/what-i-told", FRIDAY_NIGHT + timedelta(days=4))
    assert "We cannot say yet that they did" in page and "01632 960100" in page


def test_today_forgets_it_after_a_fortnight_and_the_page_keeps_it(told: Cast, client: LookingClient) -> None:
    later = FRIDAY_NIGHT + timedelta(days=15)
    with clock.standing_at(later):
        told.signs_in(client, "asha")
    today = words(client, "/today", later)
    assert "Asha" in today and "You told us something" not in today
    assert "You told us something" in words(client, "/me/what-i-told", later)


def test_a_concern_from_a_call_is_not_shown(cast: Cast, client: LookingClient) -> None:
    asha = cast.asha
    assert asha.enrolment
    safety.raise_alert(asha.enrolment, safety.Kind.CONCERN, "c", "contact", "c", by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "asha")
    assert "There is nothing here yet" in client.get("/me/what-i-told").text
