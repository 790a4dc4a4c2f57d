"""Asking to be rung about how I feel: a named person has to see it, and asking again is heard again."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.cast import Cast
from webapp.engagement import requests
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
