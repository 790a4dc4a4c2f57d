"""Working hours, closed days and changes of the clocks: when a deadline falls. All rows are local times in London."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.safety.rules import (
    LONGEST_WAIT,
    Action,
    Level,
    deadlines,
    may_be_closed,
    what_is_missing,
)
from webapp.safety.working_time_rules import USUAL_HOURS, WorkingTime, hours_from

LONDON = ZoneInfo("Europe/London")
CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28)})
USUAL = WorkingTime(closed=CHRISTMAS)


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=LONDON)


@pytest.mark.parametrize(
    ("raised", "deputy", "lead", "everyone", "why"),
    [
        ("2026-11-23T10:00", "2026-11-23T11:00", "2026-11-23T14:00", "2026-11-23T17:00", "a Monday morning"),
        ("2026-11-23T16:30", "2026-11-24T09:30", "2026-11-24T12:30", "2026-11-23T17:00", "half an hour before the end"),
        ("2026-11-23T16:00", "2026-11-23T17:00", "2026-11-24T12:00", "2026-11-23T17:00", "exactly one hour left"),
        ("2026-11-23T17:00", "2026-11-24T10:00", "2026-11-24T13:00", "2026-11-24T17:00", "the moment of closing"),
        ("2026-11-23T23:10", "2026-11-24T10:00", "2026-11-24T13:00", "2026-11-24T17:00", "at night"),
        ("2026-11-24T09:00", "2026-11-24T10:00", "2026-11-24T13:00", "2026-11-24T17:00", "the moment of opening"),
        ("2026-11-27T18:00", "2026-11-30T10:00", "2026-11-30T13:00", "2026-11-30T17:00", "on a Friday evening"),
        ("2026-12-24T16:30", "2026-12-29T09:30", "2026-12-29T12:30", "2026-12-24T17:00", "before Christmas"),
        ("2026-12-25T12:00", "2026-12-29T10:00", "2026-12-29T13:00", "2026-12-29T17:00", "on Christmas Day"),
        ("2026-03-29T00:30", "2026-03-30T10:00", "2026-03-30T13:00", "2026-03-30T17:00", "as the clocks go forward"),
        ("2026-10-25T01:30", "2026-10-26T10:00", "2026-10-26T13:00", "2026-10-26T17:00", "as the clocks go back"),
        ("2028-02-29T12:00", "2028-02-29T13:00", "2028-02-29T16:00", "2028-02-29T17:00", "on a leap day"),
    ],
)  # fmt: skip
def test_who_is_told_when(raised: str, deputy: str, lead: str, everyone: str, why: str) -> None:
    found = deadlines(USUAL, at(raised))
    assert (found.deputy_at, found.lead_at, found.everyone_at) == (at(deputy), at(lead), at(everyone)), why


def test_a_patient_is_promised_the_later_of_the_last_two() -> None:
    assert deadlines(USUAL, at("2026-11-23T16:30")).promised_by_at == at("2026-11-24T12:30")
    assert deadlines(USUAL, at("2026-11-23T10:00")).promised_by_at == at("2026-11-23T17:00")


def test_levels_follow_the_moments_whatever_their_order() -> None:
    late = deadlines(USUAL, at("2026-11-23T16:30"))
    assert late.level_at(at("2026-11-23T16:59")) is Level.OWNER
    assert late.level_at(at("2026-11-23T17:00")) is Level.EVERYONE
    assert late.next_after(Level.OWNER) == at("2026-11-23T17:00")
    assert late.next_after(Level.EVERYONE) is None
    early = deadlines(USUAL, at("2026-11-23T10:00"))
    assert early.next_after(Level.DEPUTY) == at("2026-11-23T14:00")


def test_a_service_that_is_closed_for_long_still_tells_everybody_within_a_week() -> None:
    raised_at = at("2026-11-23T10:00")
    shut = WorkingTime(closed=frozenset(date(2026, 11, 23) + timedelta(days=n) for n in range(30)))
    assert deadlines(shut, raised_at).everyone_at == raised_at + LONGEST_WAIT
    never = WorkingTime(hours={})
    assert deadlines(never, raised_at).everyone_at == raised_at + LONGEST_WAIT


def test_split_weeks_count_their_own_hours() -> None:
    tuesdays = WorkingTime(hours={"tue": (time(13), time(15, 30))})
    assert tuesdays.after(at("2026-11-23T10:00"), timedelta(hours=1)) == at("2026-11-24T14:00")
    assert tuesdays.after(at("2026-11-24T13:00"), timedelta(hours=4)) == at("2026-12-01T14:30")
    assert tuesdays.is_working_at(at("2026-11-24T13:00"))
    assert not tuesdays.is_working_at(at("2026-11-24T15:30"))


def test_stored_hours_are_read_and_none_are_the_usual_ones() -> None:
    assert hours_from({"mon": ["08:30", "12:00"]}) == {"mon": (time(8, 30), time(12))}
    assert hours_from({}) == USUAL_HOURS


MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 12, 31)).map(
    lambda found: found.replace(tzinfo=UTC)
)


@given(MOMENTS, st.integers(0, 5), st.sets(st.dates(date(2024, 1, 1), date(2031, 1, 31)), max_size=20))
def test_deadlines_lie_ahead_in_order_of_hours_and_never_outside_work(
    raised_at: datetime, minutes: int, closed: set[date]
) -> None:
    working = WorkingTime(closed=frozenset(closed))
    found = deadlines(working, raised_at)
    assert raised_at < found.deputy_at <= found.lead_at <= raised_at + LONGEST_WAIT
    assert raised_at < found.everyone_at
    later = deadlines(working, raised_at + timedelta(minutes=minutes))
    assert found.deputy_at <= later.deputy_at and found.lead_at <= later.lead_at
    for moment in (found.deputy_at, found.lead_at, found.everyone_at):
        local = moment.astimezone(LONDON)
        in_hours = time(9) <= local.time() <= time(17) and local.weekday() < 5 and local.date() not in closed
        assert in_hours or moment == raised_at + LONGEST_WAIT


@pytest.mark.parametrize(
    ("action", "note", "name", "missing"),
    [
        (Action.SPOKE, "", "", None),
        (Action.PROCEDURE, "as agreed", "", "handed_to"),
        (Action.PROCEDURE, "", "Dr Okafor", None),
        (Action.TOLD_GP, "", "  ", "handed_to"),
        (Action.OTHER, " ", "", "note"),
        (Action.ALREADY_KNOWN, "Spoke yesterday, plan stands.", "", None),
    ],
)
def test_some_actions_need_a_name_and_some_a_note(
    action: Action, note: str, name: str, missing: str | None
) -> None:
    assert what_is_missing(action, note, name) == missing


def test_a_try_closes_nothing() -> None:
    assert not may_be_closed(True, [])
    assert not may_be_closed(True, [Action.NO_ANSWER, Action.NO_ANSWER])
    assert not may_be_closed(False, [Action.SPOKE])
    assert may_be_closed(True, [Action.NO_ANSWER, Action.SPOKE])
