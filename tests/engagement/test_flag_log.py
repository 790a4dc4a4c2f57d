"""The log of flags: a row for every change, none without one, and each says enough to check it by hand."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.cast import Cast, Person
from webapp.engagement import requests, service, summing_up
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Facts, Rhythm
from webapp.engagement.flag_rules import is_news, seen
from webapp.engagement.models import Flag
from webapp.engagement.rules import state
from webapp.engagement.service import flags_of
from webapp.engagement.standing import Tier
from webapp.engagement.thresholds import DEFAULT, Thresholds
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service

NOON = datetime(2026, 6, 22, 12, tzinfo=UTC)
"""A Monday with no bank holiday for two months."""


@pytest.fixture(autouse=True)
def it_is_june(database: None) -> Iterator[None]:
    """Everybody is invited and starts on this day."""
    with clock.standing_at(NOON):
        yield


def log_of(person: Person) -> list[Flag]:
    assert person.enrolment
    db.session.expire_all()
    return flags_of(person.enrolment.service_id, person.enrolment.id)


def started(cast: Cast, days_ago: int) -> Person:
    """Asha, as if she had begun so many days ago and had not been seen since."""
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    asha.enrolment.invited_on = asha.enrolment.started_on = clock.today() - timedelta(days=days_ago)
    summing_up.sum_up(asha.enrolment, cast.hillside)
    return asha


def test_an_enrolment_begins_its_log_with_invited_and_on_track(cast: Cast) -> None:
    cast.enter(cast.asha)
    assert [(row.state, row.tier, row.reasons) for row in log_of(cast.asha)] == [
        ("invited", None, []),
        ("on_track", None, []),
    ]


def test_a_flag_says_why_since_when_by_which_rules_and_on_which_facts(cast: Cast) -> None:
    asha = started(cast, 9)
    row = log_of(asha)[-1]
    began_on = clock.today() - timedelta(days=9)
    planned_on = (began_on + timedelta(days=7)).isoformat()
    assert (row.state, row.tier, row.on) == ("ring_first", Tier.RING_FIRST, clock.today())
    assert row.since_on == clock.today() - timedelta(days=1), "silent 7 days, and a module open since then"
    assert {(one["kind"], one["since_on"]) for one in row.reasons} >= {
        ("no_visit", began_on.isoformat()),
        ("module_overdue", planned_on),
    }
    assert {one["version"] for one in row.reasons} == {row.facts["version"]}
    assert all(one["rule"] for one in row.reasons)
    assert (row.facts["silent_days"], row.facts["closed"]) == (9, [])
    assert row.facts["open_modules"] == {"start-here": planned_on}
    assert (row.facts["active_days"], row.facts["window_days"], row.facts["pace"]) == (0, 14, 0)
    assert (row.facts["rhythm"], row.facts["thresholds"], row.facts["paused"]) == ("weekly", {}, [])


def test_no_row_without_a_change(cast: Cast) -> None:
    asha = started(cast, 9)
    assert asha.enrolment
    before = len(log_of(asha))
    for _ in range(3):
        summing_up.sum_up(asha.enrolment, cast.hillside)
    assert len(log_of(asha)) == before
    service.record(asha.actor, asha.enrolment, "page_read", "one")
    after_visit = len(log_of(asha))
    assert after_visit == before + 1
    service.record(asha.actor, asha.enrolment, "page_read", "two")
    assert len(log_of(asha)) == after_visit


def test_the_night_writes_one_row_for_each_change_and_none_on_other_nights(cast: Cast) -> None:
    cast.enter(cast.asha)
    written: list[tuple[date, str]] = []
    for number in range(1, 33):
        with clock.standing_at(NOON + timedelta(days=number)):
            enter_service(cast.hillside.id)
            summing_up.rank_again()
            written += [(row.on, row.state) for row in log_of(cast.asha)[2 + len(written) :]]
            summing_up.rank_again()
    states = [found for _, found in written]
    assert states[0] == "quieter" and states[-1] == "lapsed" and "ring_first" in states
    assert len({on for on, _ in written}) == len(written), "never two in one night"
    assert len(written) < 12, "days that only counted on wrote nothing"


def test_a_contact_its_undoing_a_snooze_and_a_request_are_each_a_row(cast: Cast) -> None:
    asha, carol = started(cast, 9), cast.carol
    assert asha.enrolment
    begun = len(log_of(asha))
    contact = requests.log_contact(asha.enrolment, "call", "voicemail_left", "", by=carol.actor)
    requests.undo_contact(asha.enrolment, contact.id, by=carol.actor)
    service.snooze(asha.enrolment, clock.today() + timedelta(days=3), "busy", by=carol.actor)
    requests.ask_for_call(asha.enrolment, "website", by=asha.actor)
    tiers = [row.tier for row in log_of(asha)[begun:]]
    assert tiers == [None, Tier.RING_FIRST, None, Tier.ASKED]


def test_own_thresholds_are_named_in_the_facts(cast: Cast) -> None:
    asha = started(cast, 4)
    assert asha.enrolment
    cast.hillside.thresholds = {"quieter_idle_days": 3, "ring_idle_days": 3}
    summing_up.rank_everybody(cast.hillside)
    row = log_of(asha)[-1]
    assert row.state == "quieter"
    assert row.facts["thresholds"] == {"quieter_idle_days": 3, "ring_idle_days": 3}


def test_the_log_can_only_be_added_to(cast: Cast) -> None:
    asha = started(cast, 9)
    row = log_of(asha)[-1]
    row.points = 0
    with pytest.raises(Exception, match="permission denied"), db.session.begin_nested():
        db.session.flush()


def test_leaving_coming_back_and_leaving_again_are_three_rows(cast: Cast) -> None:
    asha = started(cast, 1)
    assert asha.enrolment
    begun = len(log_of(asha))
    service.leave(asha.enrolment, "no_time", by=asha.actor)
    service.come_back(asha.enrolment, by=asha.actor)
    service.leave(asha.enrolment, "got_better", by=asha.actor)
    assert [row.state for row in log_of(asha)[begun:]] == ["left", "on_track", "left"]


def test_a_moving_window_alone_is_no_news() -> None:
    facts = Facts(date(2026, 3, 2), rhythm=Rhythm.AS_PLANNED, active_days=(date(2026, 3, 2),))
    first, next_day = (state(facts, date(2026, 3, number)) for number in (20, 21))
    stored = [{"kind": one.kind.value, "since_on": one.since_on.isoformat()} for one in first.reasons]
    key = int(first.tier) << 24 if first.tier else None
    assert first.reasons != next_day.reasons
    assert not is_news(first.state.value, key, stored, next_day)
    assert is_news(first.state.value, None, stored, next_day), "on the list now"
    assert is_news(first.state.value, key, stored[1:], next_day)


def test_what_was_seen_names_pauses_and_closed_days_since_the_last_visit() -> None:
    facts = Facts(
        date(2026, 3, 2),
        rhythm=Rhythm.AS_PLANNED,
        active_days=(date(2026, 3, 10),),
        pauses=(Span(date(2026, 3, 3), date(2026, 3, 4)), Span(date(2026, 3, 12), date(2026, 3, 13))),
        closures=frozenset({date(2026, 3, 5), date(2026, 3, 16), date(2026, 4, 3)}),
    )
    found = seen(facts, date(2026, 3, 20), Thresholds(window_days=21))
    assert found["paused"] == [["2026-03-12", "2026-03-13"]]
    assert found["closed"] == ["2026-03-16"]
    assert found["silent_days"] == 7
    assert (found["window_days"], found["thresholds"]) == (21, {"window_days": 21})
    assert seen(facts, date(2026, 3, 20), DEFAULT)["thresholds"] == {}
