"""Ranking many: in pieces, with the queries of one, each row locked before anything about it is read."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import CORE_MODULES, Cast
from webapp.engagement import requests, service, summing_up
from webapp.engagement.models import Enrolment, Summary
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.people import service as people

NOON = datetime(2026, 6, 22, 12, tzinfo=UTC)
COLUMNS = [column for column in Summary.__table__.columns if column.name != "ranked_on"]


@pytest.fixture(autouse=True)
def it_is_june(database: None) -> Iterator[None]:
    with clock.standing_at(NOON):
        yield


@pytest.fixture
def seven(cast: Cast) -> list[Enrolment]:
    """Seven patients, each with a life of their own, nine days after they began."""
    cast.enter(cast.carol)
    made = []
    for number in range(7):
        details = people.PatientDetails("Pat", f"Number {number}", date(1970, 1, 1))
        patient = people.add_patient(details, by=cast.carol.actor)
        enrolment = service.enrol(
            patient.id, door="course", rhythm="weekly", core_modules=CORE_MODULES, by=cast.carol.actor
        )
        enrolment.invited_on = enrolment.started_on = clock.today() - timedelta(days=9 + number)
        made.append(enrolment)
    service.record(cast.carol.actor, made[1], "page_read", "a-page")
    requests.log_contact(made[2], "call", "no_answer", "", by=cast.carol.actor)
    requests.pause(made[3], None, "holiday", by=cast.carol.actor, by_patient=True)
    requests.report_flare(made[4], by=cast.carol.actor)
    requests.ask_for_call(made[5], "website", by=cast.carol.actor)
    service.reach_milestone(cast.carol.actor, made[6], CORE_MODULES[0])
    return made


def rows(cast: Cast) -> list[Any]:
    enter_service(cast.hillside.id)
    return list(db.session.execute(select(*COLUMNS).order_by(Summary.enrolment_id)))


def test_all_at_once_is_the_same_as_one_by_one(cast: Cast, seven: list[Enrolment]) -> None:
    for enrolment in seven:
        summing_up.sum_up(enrolment, cast.hillside)
    one_by_one = rows(cast)
    summing_up.sum_up_all(seven, cast.hillside)
    assert rows(cast) == one_by_one
    assert len({row.state for row in one_by_one}) > 2


def test_as_many_queries_for_seven_as_for_one(cast: Cast, seven: list[Enrolment], count_queries: Any) -> None:
    summing_up.sum_up_all(seven, cast.hillside)
    with count_queries() as for_one:
        summing_up.sum_up_all(seven[:1], cast.hillside)
    with count_queries() as for_all:
        summing_up.sum_up_all(seven, cast.hillside)
    assert len(for_all.seen) == len(for_one.seen)


def test_the_row_is_locked_before_anything_about_the_patient_is_read(
    cast: Cast, seven: list[Enrolment], count_queries: Any
) -> None:
    """Else a night's work that read first and wrote last could put an older row over a newer one."""
    db.session.flush()
    with count_queries() as made:
        summing_up.sum_up(seven[0], cast.hillside)
    assert made.seen[0].rstrip().endswith("FOR UPDATE") and "FROM engagement" in made.seen[0]
    assert not [one for one in made.seen[1:] if "FOR UPDATE" in one]


def test_the_night_takes_everybody_in_pieces_and_each_once(
    cast: Cast, seven: list[Enrolment], monkeypatch: pytest.MonkeyPatch
) -> None:
    summing_up.sum_up_all(seven, cast.hillside)
    db.session.commit()
    pieces: list[int] = []
    one_piece = summing_up.sum_up_all
    monkeypatch.setattr(summing_up, "AT_A_TIME", 2)
    monkeypatch.setattr(
        summing_up, "sum_up_all", lambda some, of: (pieces.append(len(some)), one_piece(some, of))
    )
    with clock.standing_at(NOON + timedelta(days=40)):
        enter_service(cast.hillside.id)
        summing_up.rank_again()
        stale = sum(pieces)
        assert max(pieces) == 2 and len(pieces) > 2
        enter_service(cast.hillside.id)
        summing_up.rank_again()
    assert sum(pieces) == stale, "a second look the same night finds nobody"
    assert {row.state for row in rows(cast)} >= {"lapsed", "paused"}


def test_new_thresholds_reach_everybody_whatever_the_size_of_a_piece(
    cast: Cast, seven: list[Enrolment], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summing_up, "AT_A_TIME", 3)
    cast.hillside.thresholds = {"lapsed_idle_days": 21, "ring_silent_days": 8, "ring_idle_days": 8}
    summing_up.rank_everybody(cast.hillside)
    states = [row.state for row in rows(cast)]
    assert states.count("ring_first") >= 1 and len(states) == 7
