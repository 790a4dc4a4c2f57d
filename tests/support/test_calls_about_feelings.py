"""Asking to be rung about how I feel: a named person has to see it, and asking again is heard again."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from webapp.engagement import requests
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.safety import service as safety
from webapp.safety.models import Alert
from webapp.safety.reconciling import watch
from webapp.safety.rules import Action, Kind
from webapp.support import service as support


def ask(cast: Cast, about: str) -> None:
    asha = cast.asha
    assert asha.patient
    enter_service(cast.hillside.id)
    support.ask_for_call(asha.patient.id, about, by=asha.actor)


def alerts() -> list[Alert]:
    db.session.expire_all()
    return list(db.session.scalars(select(Alert).order_by(Alert.raised_at)))


@pytest.mark.parametrize("about", ["website", "exercise", "something_else"])
def test_other_calls_raise_nothing(cast: Cast, about: str) -> None:
    ask(cast, about)
    assert alerts() == []


def test_asking_about_how_i_feel_raises_one_alert_however_often(cast: Cast) -> None:
    ask(cast, "website")
    ask(cast, "how_i_feel")
    ask(cast, "how_i_feel")
    (alert,) = alerts()
    assert alert.kind == Kind.HOW_I_FEEL and alert.closed_at is None


def test_taking_the_call_back_leaves_the_alert(cast: Cast) -> None:
    ask(cast, "how_i_feel")
    assert cast.asha.patient
    support.take_back_call(cast.asha.patient.id, by=cast.asha.actor)
    (alert,) = alerts()
    assert alert.closed_at is None


def test_asking_again_after_somebody_closed_it_opens_it_again(cast: Cast) -> None:
    ask(cast, "how_i_feel")
    (alert,) = alerts()
    safety.record_action(alert.id, Action.SPOKE, "", by=cast.carol.actor)
    safety.close(alert.id, by=cast.carol.actor)
    ask(cast, "how_i_feel")
    db.session.expire_all()
    (alert,) = alerts()
    assert alert.closed_at is None and alert.round == 1


def test_the_watch_finds_a_request_that_has_no_alert(cast: Cast) -> None:
    assert cast.asha.enrolment
    enter_service(cast.hillside.id)
    requests.ask_for_call(cast.asha.enrolment, "how_i_feel", by=cast.asha.actor)
    db.session.commit()
    assert alerts() == []
    watch(cast.hillside.id)
    watch(cast.hillside.id)
    (alert,) = alerts()
    assert "found" in [step.step for step in safety.steps_of(alert)]


NIGHT = datetime(2026, 11, 27, 23, 10, tzinfo=UTC)
"""A Friday; the service works again on Monday."""


@pytest.fixture
def night(cast: Cast, client: LookingClient) -> Iterator[LookingClient]:
    """Asha's phone on a Friday night; the service has said what happens out of hours."""
    with clock.standing_at(NIGHT):
        safety.change_cover(cast.lena.actor, out_of_hours="Ring 111 at night.")
        db.session.commit()
        cast.signs_in(client, "asha")
        yield client


def asks(client: LookingClient) -> Page:
    """Both steps: help first, then the tap."""
    first = client.submit("/ring-me", {"about": "how_i_feel"})
    fields, action = first.form_fields()
    client.post(action, data=fields)
    return client.page("/ring-me")


def test_before_asking_it_says_by_when_somebody_sees_it_and_who_helps_now(night: LookingClient) -> None:
    said = night.submit("/ring-me", {"about": "how_i_feel"}).text
    for words in ("999", "116 123", "by Monday 30 November at 17:00 that you asked", "not at work now",
                  "At other times: Ring 111 at night.", "within 2 working days"):  # fmt: skip
        assert words in said, words


def test_after_asking_it_says_both_days_and_what_to_do_meanwhile(night: LookingClient) -> None:
    said = asks(night).text
    for words in ("ring you by Tuesday 1 December", "sees it by Monday 30 November at 17:00",
                  "You do not have to wait for the call", "999", "116 123"):  # fmt: skip
        assert words in said, words


def test_who_saw_it_stands_on_the_page(night: LookingClient, cast: Cast) -> None:
    asks(night)
    with clock.standing_at(NIGHT + timedelta(hours=59)):
        safety.see(alerts()[0].id, by=cast.carol.actor)
        db.session.commit()
        assert "Carol Osei saw it on Monday 30 November at 10:10." in night.page("/ring-me").text


def test_taking_it_back_says_kindly_that_the_team_still_knows(night: LookingClient, cast: Cast) -> None:
    asks(night)
    page = night.submit("/ring-me", form="not-any-more")
    for words in (
        "No call is planned now",
        "Your team still knows",
        "They may still get in touch",
        "116 123",
    ):
        assert words in page.text, words
    assert alerts()[0].closed_at is None
    safety.record_action(alerts()[0].id, Action.SPOKE, "", by=cast.carol.actor)
    safety.close(alerts()[0].id, by=cast.carol.actor)
    db.session.commit()
    assert "Your team still knows" not in night.page("/ring-me").text


def test_taking_back_another_call_says_nothing_of_feelings(night: LookingClient) -> None:
    night.submit("/ring-me", {"about": "website"})
    page = night.submit("/ring-me", form="not-any-more")
    assert "still knows" not in page.text


def test_who_waits_for_another_call_can_still_ask_about_how_they_feel(night: LookingClient) -> None:
    page = night.submit("/ring-me", {"about": "website"})
    assert "I also want to talk about how I feel" in page.text
    first = night.submit("/ring-me")
    assert "help now" in first.heading.lower() and alerts() == []
    fields, action = first.form_fields()
    night.post(action, data=fields)
    (alert,) = alerts()
    assert alert.kind == Kind.HOW_I_FEEL
    assert "sees it by" in night.page("/ring-me").text
