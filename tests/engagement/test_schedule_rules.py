"""What must hold for every enrolment, and what the calendar alone will change."""

from dataclasses import replace
from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engagement.lives import DAYS, FLAGS, INVITED_ON, SPANS, day, enrolments, moved
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Milestone, Rhythm, Way, known_on
from webapp.engagement.rules import LIFE_CYCLE, State, state
from webapp.engagement.schedule_rules import changes_on, next_change_on, schedule_of_states


def test_the_calendar_of_a_patient_who_stops() -> None:
    facts = Facts(
        INVITED_ON, rhythm=Rhythm.AS_PLANNED, active_days=(day(0),), milestones=(Milestone("1", day(7)),)
    )
    assert schedule_of_states(facts, day(2)) == (
        (day(2), State.ON_TRACK),
        (day(7), State.QUIETER),
        (day(8), State.RING_FIRST),
        (day(29), State.LAPSED),
    )
    assert changes_on(facts, day(2)) == (day(7), day(8), day(29))
    assert next_change_on(facts, day(8)) == day(29)
    assert next_change_on(facts, day(29)) is None


def test_a_pause_ahead_is_part_of_the_calendar() -> None:
    facts = Facts(INVITED_ON, active_days=(day(0),), pauses=(Span(day(5), day(9)),))
    assert schedule_of_states(facts, day(1))[:4] == (
        (day(1), State.ON_TRACK),
        (day(5), State.PAUSED),
        (day(10), State.ON_TRACK),
        (day(12), State.QUIETER),
    )


def test_leaving_the_list_is_a_change_too() -> None:
    facts = Facts(INVITED_ON, active_days=(day(0),), last_contact_on=day(1), snoozed_until=day(9))
    assert changes_on(facts, day(2)) == (day(7), day(21), day(29))
    asked = replace(facts, last_contact_on=None)
    assert changes_on(asked, day(2)) == (day(7), day(9), day(21), day(29))


@given(enrolments(), DAYS)
@settings(max_examples=300, deadline=None)
def test_on_every_day_the_calendar_said_what_the_rules_say(facts: Facts, number: int) -> None:
    today = day(number)
    known = known_on(facts, today)
    schedule = dict(schedule_of_states(facts, today))
    changes = set(changes_on(facts, today))
    expected, before = schedule[today], state(known, today)
    for after in range(1, 130):
        later = today + timedelta(days=after)
        expected = schedule.get(later, expected)
        now = state(known, later)
        assert now.state is expected
        assert ((now.state, now.tier) != (before.state, before.tier)) is (later in changes)
        before = now


@given(enrolments(), DAYS)
@settings(max_examples=300, deadline=None)
def test_nothing_dated_later_changes_a_day(facts: Facts, number: int) -> None:
    today = day(number)
    forgotten = replace(
        known_on(facts, today),
        pauses=tuple(span for span in facts.pauses if span.from_on <= today),
        closures=frozenset(on for on in facts.closures if on <= today),
    )
    if facts.way is Way.ONLINE:
        forgotten = replace(forgotten, call_dates=tuple(on for on in facts.call_dates if on <= today))
    assert state(forgotten, today) == state(facts, today)


@given(enrolments(), DAYS)
@settings(deadline=None)
def test_there_is_always_one_state_and_a_listed_row_has_a_reason(facts: Facts, number: int) -> None:
    standing = state(facts, day(number))
    assert standing.state in State
    assert standing.since_on <= day(number)
    assert standing.tier is None or standing.reasons
    assert all(reason.since_on <= day(number) for reason in standing.reasons)
    assert len(set(LIFE_CYCLE)) == len(LIFE_CYCLE)


@given(enrolments(), SPANS, DAYS)
@settings(max_examples=300, deadline=None)
def test_a_pause_never_raises_a_flag(facts: Facts, pause: Span, number: int) -> None:
    without, paused = (
        state(one, day(number)) for one in (facts, replace(facts, pauses=(*facts.pauses, pause)))
    )
    if paused.state in FLAGS and without.state in FLAGS:
        assert FLAGS.index(paused.state) <= FLAGS.index(without.state)
    assert paused.points <= without.points


@given(enrolments(), DAYS, st.integers(-1500, 1500))
@settings(deadline=None)
def test_leap_days_and_clock_changes_move_nothing(facts: Facts, number: int, shift: int) -> None:
    """The same life some years earlier or later gives the same standing, whatever the calendar holds
    there."""
    here = state(facts, day(number))
    there = state(moved(facts, timedelta(days=shift)), day(number + shift))
    assert (here.state, here.points, here.tier) == (there.state, there.points, there.tier)
    assert [reason.number for reason in here.reasons] == [reason.number for reason in there.reasons]


@given(enrolments(), DAYS)
@settings(deadline=None)
def test_own_speed_refresher_and_paper_are_never_flagged_by_silence_or_plan(
    facts: Facts, number: int
) -> None:
    flagged = {State.QUIETER, State.RING_FIRST}
    for free in (
        replace(facts, rhythm=Rhythm.OWN_SPEED),
        replace(facts, door=Door.REFRESHER),
        replace(facts, way=Way.PHONE),
    ):
        assert state(free, day(number)).state not in flagged
