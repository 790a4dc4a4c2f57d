"""Any enrolment that there could be, for Hypothesis: odd ones as well."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from hypothesis import strategies as st

from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Milestone, Rhythm, Way
from webapp.engagement.rules import State

INVITED_ON = date(2026, 3, 2)
FLAGS = [State.INVITED, State.NOT_STARTED, State.ON_TRACK, State.QUIETER, State.RING_FIRST, State.LAPSED]
"""The states in which nobody paused, left or finished, from the calmest on."""


def day(number: int) -> date:
    """So many days after the invitation."""
    return INVITED_ON + timedelta(days=number)


DAYS = st.integers(0, 60)
MAYBE = st.none() | DAYS.map(day)
SPANS = st.builds(lambda first, length: Span(day(first), day(first + length)), DAYS, st.integers(0, 25))
OPEN_SPANS = SPANS | DAYS.map(lambda first: Span(day(first)))


@st.composite
def flares(draw: st.DrawFn) -> Flare:
    """A flare-up, over or not, answered or not."""
    first = draw(DAYS)
    later = st.none() | st.integers(first, first + 20).map(day)
    return Flare(day(first), draw(later), draw(later))


MILESTONES = st.lists(st.tuples(MAYBE, MAYBE), max_size=4).map(
    lambda days: tuple(Milestone(str(number), *pair) for number, pair in enumerate(days))
)


@st.composite
def enrolments(draw: st.DrawFn) -> Facts:
    """Any enrolment: odd ones as well."""
    return Facts(
        invited_on=INVITED_ON,
        door=draw(st.sampled_from([Door.COURSE] * 4 + [Door.REFRESHER])),
        rhythm=draw(st.sampled_from(Rhythm)),
        way=draw(st.sampled_from([Way.ONLINE] * 4 + [Way.PAPER])),
        started_on=draw(MAYBE),
        ended_on=draw(st.none() | st.none() | MAYBE),
        finished_on=draw(st.none() | st.none() | MAYBE),
        active_days=tuple(sorted(draw(st.sets(DAYS.map(day), max_size=12)))),
        milestones=draw(MILESTONES),
        pauses=tuple(draw(st.lists(OPEN_SPANS, max_size=2))),
        flares=tuple(draw(st.lists(flares(), max_size=2))),
        closures=frozenset(draw(st.sets(st.integers(0, 90).map(day), max_size=6))),
        asked_for_call_on=draw(st.none() | st.none() | MAYBE),
        call_dates=tuple(draw(st.lists(DAYS.map(day), max_size=2))),
        last_contact_on=draw(MAYBE),
        unanswered_contacts=tuple(sorted(draw(st.lists(DAYS.map(day), max_size=3)))),
        snoozed_until=draw(MAYBE),
        asked_not_to_be_rung_on=draw(st.none() | st.none() | MAYBE),
    )


def visited_on(facts: Facts, on: date) -> Facts:
    """The same life with a visit on this day."""
    return replace(facts, active_days=tuple(sorted({*facts.active_days, on})))


def moved(facts: Facts, by: timedelta) -> Facts:
    """Every date of these facts, moved."""

    def move(value: object) -> object:
        if isinstance(value, date):
            return value + by
        if isinstance(value, tuple | frozenset):
            return type(value)(move(one) for one in value)
        if isinstance(value, Span | Flare | Milestone):
            parts = {name: move(getattr(value, name)) for name in value.__dataclass_fields__}
            return type(value)(**parts)  # type: ignore[arg-type]
        return value

    parts = {name: move(getattr(facts, name)) for name in facts.__dataclass_fields__}
    return Facts(**parts)  # type: ignore[arg-type]
