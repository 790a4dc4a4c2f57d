"""Pauses and flare-ups as patients report them."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast
from webapp.engagement import requests
from webapp.engagement.gathering import closures_of, facts_of
from webapp.engagement.models import FlareUp
from webapp.foundations import clock
from webapp.foundations.database import db


def flare_of_days_ago(cast: Cast, days: int) -> FlareUp:
    cast.enter(cast.asha)
    assert cast.asha.enrolment
    row = requests.report_flare(cast.asha.enrolment, by=cast.asha.actor)
    row.from_on = clock.today() - timedelta(days=days)
    db.session.flush()
    return row


def test_a_second_report_within_the_pause_is_the_same_flare_up(cast: Cast) -> None:
    old = flare_of_days_ago(cast, 13)
    enrolment = cast.asha.enrolment
    assert enrolment
    assert requests.report_flare(enrolment, by=cast.asha.actor, anew=True).id == old.id
    assert old.until_on is None


def test_a_new_report_after_the_pause_begins_anew_and_ends_the_old_one_with_its_pause(cast: Cast) -> None:
    old = flare_of_days_ago(cast, 40)
    enrolment = cast.asha.enrolment
    assert enrolment
    assert requests.report_flare(enrolment, by=cast.asha.actor).id == old.id, "the page goes on with it"
    new = requests.report_flare(enrolment, by=cast.asha.actor, anew=True)
    assert (new.from_on, new.until_on) == (clock.today(), None)
    assert old.until_on == clock.today() - timedelta(days=27)
    running = requests.running_flare(enrolment)
    assert running is not None and running.id == new.id


def test_what_was_counted_years_ago_keeps_its_bank_holidays(cast: Cast) -> None:
    """Week 1 of somebody who began at Christmas 2019 is the same week in 2026."""
    cast.enter(cast.asha)
    assert cast.asha.enrolment
    cast.asha.enrolment.invited_on = clock.today().replace(year=2019, month=12, day=20)
    closed = facts_of(cast.asha.enrolment, cast.hillside, clock.today()).closures
    christmas = clock.today().replace(year=2019, month=12, day=25)
    assert christmas in closed
    assert christmas not in closures_of(cast.hillside, 2026)


def test_each_nation_has_its_own_bank_holidays(cast: Cast) -> None:
    from datetime import date

    saint_andrew, boyne, easter_monday = date(2026, 11, 30), date(2026, 7, 13), date(2026, 4, 6)
    found = {}
    for nation in ("england", "wales", "scotland", "northern_ireland"):
        cast.hillside.nation = nation
        found[nation] = closures_of(cast.hillside, 2026)
    assert [saint_andrew in found[nation] for nation in found] == [False, False, True, False]
    assert [boyne in found[nation] for nation in found] == [False, False, False, True]
    assert [easter_monday in found[nation] for nation in found] == [True, True, False, True]
