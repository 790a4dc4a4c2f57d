"""A service sets its own numbers, and everybody is ranked by them."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text

from tests.cast import Cast
from tests.looking import LookingClient
from webapp.engagement import room, thresholds
from webapp.engagement.models import Summary
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.people.models import Service


def stored(cast: Cast, column: Any) -> Any:
    """What the database holds in this column of Hillside's row."""
    return db.session.scalar(select(column).where(Service.id == cast.hillside.id))


def test_a_lead_sets_the_thresholds_and_the_worker_is_asked_to_rank(
    client: LookingClient, cast: Cast
) -> None:
    cast.signs_in(client, "lena")
    assert client.submit("/service/numbers/flags", {"quieter_idle_days": "5"}).path == "/service"
    assert stored(cast, Service.thresholds) == {"quieter_idle_days": 5}
    asked = db.session.execute(
        text("SELECT args FROM procrastinate_jobs WHERE task_name = 'rank_service'")
    ).scalars()
    assert [row["service_id"] for row in asked] == [str(cast.hillside.id)]


def test_numbers_that_contradict_each_other_are_refused(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    page = client.submit("/service/numbers/flags", {"ring_silent_days": "2"})
    assert page.status == 422
    assert "“Ring first” by itself, after this long without a visit" in page.text
    assert "cannot be fewer days than" in page.text and "ring_silent_days cannot" not in page.text
    assert stored(cast, Service.thresholds) == {}


def test_every_number_that_can_contradict_another_by_a_page_has_a_label() -> None:
    """Else a lead could set one that only the other, which stands on no page, could put right."""
    for later, sooner in thresholds.IN_ORDER:
        assert (later in room.LABELS) is (sooner in room.LABELS), (later, sooner)


def test_a_lead_sets_the_numbers_of_pacing(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    assert client.submit("/service/numbers/pacing", {"share_of_mean": "0.7"}).path == "/service"
    assert stored(cast, Service.pacing) == {"share_of_mean": 0.7}


def test_the_worker_ranks_by_the_new_numbers(app: Flask, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    asha: Any = cast.asha
    cast.enter(asha)
    monkeypatch.setattr(room, "application", lambda: app)
    asha.enrolment.started_on = asha.enrolment.invited_on = clock.today() - timedelta(days=6)
    cast.hillside.thresholds = {"quieter_idle_days": 4, "ring_idle_days": 7}
    db.session.commit()
    room.rank_service(service_id=str(cast.hillside.id))
    db.session.expire_all()
    cast.enter(asha)
    assert db.session.scalars(select(Summary.state)).all() == ["quieter"]
