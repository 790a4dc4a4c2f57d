"""The summary row follows what happens, in the same transaction."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from tests.cast import Cast
from webapp.engagement import requests, service
from webapp.engagement.models import Event, Summary
from webapp.engagement.summing_up import sum_up
from webapp.foundations import clock
from webapp.foundations.database import db


def summary_of(cast: Cast, name: str) -> Summary:
    enrolment = getattr(cast, name).enrolment
    db.session.expire_all()
    return db.session.scalars(select(Summary).where(Summary.enrolment_id == enrolment.id)).one()


def test_a_new_patient_is_on_track_and_not_on_the_list(cast: Cast) -> None:
    asha = cast.asha
    row = summary_of(cast, "asha")
    assert (row.state, row.ring_key, row.modules_done, row.module) == ("on_track", None, 0, "start-here")
    assert asha.enrolment and row.enrolment_id == asha.enrolment.id


def test_who_has_not_activated_is_invited(cast: Cast) -> None:
    cast.tomasz  # noqa: B018
    assert summary_of(cast, "tomasz").state == "invited"


def test_asking_for_a_call_puts_a_patient_on_the_list_and_a_call_takes_them_off(cast: Cast) -> None:
    asha, carol = cast.asha, cast.carol
    cast.enter(asha)
    assert asha.enrolment
    request = requests.ask_for_call(asha.enrolment, "exercise", by=asha.actor)
    assert request.promised_on > request.asked_on
    row = summary_of(cast, "asha")
    assert row.ring_key is not None and row.reasons[0]["kind"] == "asked_for_call"
    requests.log_contact(asha.enrolment, "call", "reached_continuing", "", by=carol.actor)
    assert summary_of(cast, "asha").ring_key is None


def test_undoing_a_call_opens_the_request_again(cast: Cast) -> None:
    asha, carol = cast.asha, cast.carol
    cast.enter(asha)
    assert asha.enrolment
    requests.ask_for_call(asha.enrolment, "exercise", by=asha.actor)
    contact = requests.log_contact(asha.enrolment, "call", "reached_continuing", "", by=carol.actor)
    requests.undo_contact(asha.enrolment, contact.id, by=carol.actor)
    assert summary_of(cast, "asha").ring_key is not None


def test_asking_twice_is_one_request(cast: Cast) -> None:
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    first = requests.ask_for_call(asha.enrolment, "website", by=asha.actor)
    second = requests.ask_for_call(asha.enrolment, "exercise", by=asha.actor)
    assert first.id == second.id and second.about == "exercise"


def test_a_pause_shows_and_ends(cast: Cast) -> None:
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    back_on = clock.today() + timedelta(days=10)
    requests.pause(asha.enrolment, back_on, "holiday", by=asha.actor, by_patient=True)
    assert summary_of(cast, "asha").state == "paused"
    requests.end_pause(asha.enrolment, by=asha.actor)
    assert summary_of(cast, "asha").state == "on_track"


def test_the_last_core_module_finishes_the_course(cast: Cast) -> None:
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    for row in service.milestones_of(asha.enrolment):
        service.reach_milestone(asha.actor, asha.enrolment, row.name)
    assert summary_of(cast, "asha").state in {"finished", "keeping_going"}
    assert asha.enrolment.finished_on == clock.today()


def test_the_summary_costs_the_same_whatever_the_history(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    service.record(asha.actor, asha.enrolment, "page_read", "first-of-all")
    with count_queries() as few:
        service.record(asha.actor, asha.enrolment, "page_read", "what-this-is")
    for number in range(10):
        service.record(asha.actor, asha.enrolment, "page_read", f"page-{number}")
    with count_queries() as many:
        service.record(asha.actor, asha.enrolment, "page_read", "what-this-is")
    assert len(many.seen) == len(few.seen)


def test_working_days_leave_out_weekends_and_bank_holidays(cast: Cast) -> None:
    # 24 December 2026 is a Thursday; 25 and 28 (for Saturday the 26th) are bank holidays in England.
    assert requests.working_day_after(cast.hillside, date(2026, 12, 24), 1) == date(2026, 12, 29)
    assert requests.working_day_after(cast.hillside, date(2026, 11, 20), 2) == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("moment", "zone", "day"),
    [
        ("2026-03-28T23:59:00", "Europe/London", "2026-03-28"),
        ("2026-03-29T00:59:00", "Europe/London", "2026-03-29"),  # a minute before the clocks go forward
        ("2026-03-29T01:00:00", "Europe/London", "2026-03-29"),
        ("2026-03-29T22:59:00", "Europe/London", "2026-03-29"),
        ("2026-03-29T23:00:00", "Europe/London", "2026-03-30"),  # midnight in summer
        ("2026-10-24T23:00:00", "Europe/London", "2026-10-25"),  # a day of 25 hours begins
        ("2026-10-25T23:59:00", "Europe/London", "2026-10-25"),
        ("2026-10-26T00:00:00", "Europe/London", "2026-10-26"),
        ("2028-02-29T12:00:00", "Europe/London", "2028-02-29"),
        ("2026-03-28T23:59:00", "Pacific/Auckland", "2026-03-29"),
    ],
)
def test_an_event_has_the_local_day_of_its_service(cast: Cast, moment: str, zone: str, day: str) -> None:
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    cast.hillside.time_zone = zone
    with clock.standing_at(datetime.fromisoformat(moment).replace(tzinfo=UTC)):
        service.record(asha.actor, asha.enrolment, "page_read", "first-of-all")
    assert str(db.session.scalars(select(Event.on)).one()) == day
    assert str(summary_of(cast, "asha").last_active_on) == day


@pytest.mark.parametrize("begins", ["2026-03-20", "2026-10-18", "2028-02-25", "2026-06-02"])
def test_seven_silent_days_are_seven_midnights_whatever_the_clocks_do(cast: Cast, begins: str) -> None:
    """Looked at a minute before and a minute after each local midnight."""
    london, asha = ZoneInfo("Europe/London"), cast.asha
    cast.enter(asha)
    assert asha.enrolment
    first = date.fromisoformat(begins)
    asha.enrolment.invited_on = asha.enrolment.started_on = first
    found = {}
    for number in range(6, 8):
        for at in (time(0, 1), time(23, 59)):
            with clock.standing_at(
                datetime.combine(first + timedelta(days=number), at, london).astimezone(UTC)
            ):
                sum_up(asha.enrolment, cast.hillside)
            row = summary_of(cast, "asha")
            found[number, at.hour] = (row.state, row.silent_days)
    assert found == {
        (6, 0): ("on_track", 6),
        (6, 23): ("on_track", 6),
        (7, 0): ("quieter", 7),
        (7, 23): ("quieter", 7),
    }
