"""What must hold in every life: pauses and holidays raise nothing, visits calm, and time alone only ever adds silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.engagement.lives import DAYS, FLAGS, SPANS, day, enrolments, moved, visited_on
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Facts, Milestone, Rhythm, known_on
from webapp.engagement.plan_rules import planned_dates
from webapp.engagement.ring_key import ring_key
from webapp.engagement.rules import LIFE_CYCLE, Case, ReasonKind, Standing, State, Tier, state
from webapp.engagement.signal_rules import signals_of
from webapp.engagement.thresholds import DEFAULT

FLAGGED = {State.QUIETER, State.RING_FIRST}
REQUESTS = {None, Tier.SAFETY, Tier.ASKED, Tier.AGREED}
many = settings(max_examples=120, deadline=None)


def is_calmer(one: Standing, other: Standing) -> bool:
    """Is the first at most as far down the table as the second? True where one of them stands beside it."""
    both = one.state in FLAGS and other.state in FLAGS
    return not both or FLAGS.index(one.state) <= FLAGS.index(other.state)


@given(enrolments(), DAYS)
@many
def test_every_day_has_exactly_one_state_and_one_rule_that_gave_it(facts: Facts, number: int) -> None:
    """The first rule that holds decides, the last always holds, and asking twice says the same."""
    today = day(number)
    case = Case(facts, today, DEFAULT, signals_of(facts, today, DEFAULT))
    answers = [found for one in LIFE_CYCLE if (found := one(case)) is not None]
    standing = state(facts, today)
    assert answers and answers[0][0] is standing.state
    assert LIFE_CYCLE[-1](case) is not None
    assert state(facts, today) == standing


@given(enrolments(), SPANS, DAYS)
@many
def test_inside_a_pause_nobody_is_flagged(facts: Facts, pause: Span, number: int) -> None:
    """Not by a state, and not on the list either; what was asked for or agreed still shows."""
    standing = state(replace(facts, pauses=(*facts.pauses, pause)), day(number))
    if pause.covers(day(number)):
        assert standing.state not in FLAGGED | {State.NOT_STARTED, State.LAPSED}
        assert standing.tier in REQUESTS


@given(enrolments(), SPANS, DAYS)
@many
def test_after_a_pause_only_not_coming_back_brings_somebody_onto_the_list(
    facts: Facts, pause: Span, number: int
) -> None:
    """Else who is on it with the pause is on it without; or the silence is shorter now and has not lapsed."""
    without, paused = (
        state(one, day(number)) for one in (facts, replace(facts, pauses=(*facts.pauses, pause)))
    )
    if paused.tier is not None and without.tier is None and without.state is not State.LAPSED:
        assert ReasonKind.NOT_BACK in {reason.kind for reason in paused.reasons}


@given(enrolments(), st.integers(1, 60))
@many
def test_a_holiday_week_raises_no_new_idle_flag(facts: Facts, first: int) -> None:
    """Whoever was on track on the day before stays so through seven closed days, if nothing happens."""
    week = frozenset(day(first + number) for number in range(7))
    facts = known_on(replace(facts, closures=facts.closures | week), day(first - 1))
    before = state(facts, day(first - 1))
    for closed_on in sorted(week):
        now = state(facts, closed_on)
        assert is_calmer(now, before)
        assert now.silent_days == before.silent_days


@given(enrolments(), st.sets(st.integers(0, 90).map(day), max_size=10), DAYS)
@many
def test_a_closed_day_never_makes_a_day_worse(facts: Facts, closed: set[date], number: int) -> None:
    with_closures = state(replace(facts, closures=facts.closures | closed), day(number))
    assert is_calmer(with_closures, state(facts, day(number)))
    assert with_closures.silent_days <= state(facts, day(number)).silent_days


@given(enrolments(), DAYS)
@many
def test_a_visit_today_calms(facts: Facts, number: int) -> None:
    before, after = state(facts, day(number)), state(visited_on(facts, day(number)), day(number))
    assert after.points <= before.points
    assert after.silent_days == 0
    if before.state in FLAGS and before.state is not State.INVITED and before.state is not State.NOT_STARTED:
        assert is_calmer(after, before)
    assert after.state not in {State.NOT_STARTED, State.INVITED}


@given(enrolments(), DAYS)
@many
def test_a_module_done_today_calms(facts: Facts, number: int) -> None:
    today = day(number)
    done = tuple(one if one.is_done_by(today) else replace(one, done_on=today) for one in facts.milestones)
    before, after = (state(one, today) for one in (facts, replace(facts, milestones=done)))
    assert is_calmer(after, before) and after.points <= before.points


@given(enrolments(), DAYS)
@many
def test_if_nothing_happens_time_alone_never_calms_a_flag(facts: Facts, number: int) -> None:
    """Without pauses and flare-ups, which stop the clock, and without the plan's own end."""
    facts = replace(facts, pauses=(), flares=())
    known = known_on(facts, day(number))
    here, next_day = state(known, day(number)), state(known, day(number + 1))
    if known.has_clock or not known.is_watched:
        assert is_calmer(here, next_day)
    assert here.silent_days <= next_day.silent_days


@given(enrolments(), DAYS)
@many
def test_the_order_puts_every_red_before_every_amber(facts: Facts, number: int) -> None:
    today = day(number)
    standing = state(facts, today)
    key = ring_key(standing, today)
    assert (key is None) is (standing.tier is None)
    if key is not None:
        assert key >> 24 == standing.tier
        assert 0 <= standing.points <= 26


ZONED = (date(2028, 2, 29), date(2026, 3, 29), date(2026, 10, 25), date(2027, 1, 1), date(2000, 2, 29))


@pytest.mark.parametrize("over", ZONED, ids=str)
@given(enrolments(), DAYS)
@settings(max_examples=60, deadline=None)
def test_the_same_life_over_29_february_and_the_changes_of_the_clocks(
    over: date, facts: Facts, number: int
) -> None:
    """Moved so that any day of it falls on that date: state, points, place and numbers stay."""
    shift = over - day(number // 2)
    here, there = state(facts, day(number)), state(moved(facts, shift), day(number) + shift)
    assert (here.state, here.points, here.tier) == (there.state, there.points, there.tier)
    assert [reason.number for reason in here.reasons] == [reason.number for reason in there.reasons]
    assert there.since_on - here.since_on == shift


@given(st.sampled_from([Rhythm.WEEKLY, Rhythm.FORTNIGHTLY]), st.lists(SPANS, max_size=3), st.integers(0, 40))
@settings(deadline=None)
def test_a_plan_never_names_a_paused_day_and_keeps_its_order(
    rhythm: Rhythm, pauses: list[Span], start: int
) -> None:
    plan = planned_dates([Milestone(str(number)) for number in range(6)], day(start), rhythm, pauses)
    days = [one.planned_on for one in plan if one.planned_on]
    assert days == sorted(set(days)) and len(days) == 6
    assert not [on for on in days for span in pauses if span.covers(on)]


@given(enrolments(), st.lists(SPANS, max_size=3), DAYS)
@settings(deadline=None)
def test_pauses_may_be_told_in_any_order_and_pieces(facts: Facts, pauses: list[Span], number: int) -> None:
    """Three overlapping pauses are the same as their days one by one, for everything that counts."""
    pieces = {
        span.from_on + timedelta(days=step)
        for span in pauses
        for step in range((span.until_on - span.from_on).days + 1)  # type: ignore[operator]
    }
    whole, cut = (
        state(replace(facts, pauses=given_so), day(number))
        for given_so in (tuple(pauses), tuple(Span(on, on) for on in sorted(pieces)))
    )
    assert (whole.state, whole.points, whole.silent_days) == (cut.state, cut.points, cut.silent_days)
