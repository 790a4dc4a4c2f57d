"""The baseline in two sittings: when each opens, closes, and what a skip does."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.instruments import Instruments, read_instruments
from webapp.questionnaires.schedule_rules import (
    Battery,
    EnrolmentFacts,
    Milestone,
    Opening,
    PlannedSitting,
    Sitting,
    SittingFacts,
    SittingState,
    TimePoint,
    next_to_answer,
    plan_sittings,
)

MODULE_1 = date(2026, 3, 2)
NOTHING = SittingFacts()
SHIPPED = read_instruments([Path(__file__).resolve().parents[2] / "content" / "questionnaires"])


def day(number: int) -> date:
    """The day so many days after module 1 was finished."""
    return MODULE_1 + timedelta(days=number)


def planned(
    today: date, pain: SittingFacts = NOTHING, mood: SittingFacts = NOTHING
) -> tuple[PlannedSitting, ...]:
    """The two sittings of the baseline on pain and on mood."""
    assert SHIPPED.battery is not None
    done = {"baseline-pain": pain, "baseline-mood": mood}
    facts = EnrolmentFacts({Milestone.MODULE_1_FINISHED: MODULE_1}, done)
    found = {each.sitting.id: each for each in plan_sittings(SHIPPED.battery, facts, today)}
    return found["baseline-pain"], found["baseline-mood"]


def test_the_baseline_is_pain_and_confidence_first_and_mood_later(shipped: Instruments) -> None:
    assert shipped.battery is not None
    first, about_you, second = shipped.battery.time_points[0].sittings
    assert first.instruments == ("peg-3", "pseq-10")
    assert second.instruments == ("phq-8", "gad-7")
    assert second.opens == Opening(sitting="baseline-pain", days=5)
    assert about_you.instruments == ("self-rated-health", "house-sleep", "house-about-you")


def test_nothing_is_asked_before_module_1_is_finished(shipped: Instruments) -> None:
    assert shipped.battery is not None
    found = plan_sittings(shipped.battery, EnrolmentFacts(), day(0))
    assert {(each.state, each.opens_on, each.can_be_answered) for each in found} == {
        (SittingState.LATER, None, False)
    }
    assert next_to_answer(found) is None


@pytest.mark.parametrize(
    ("today", "state", "can_be_answered"),
    [
        (-1, SittingState.LATER, False),
        (0, SittingState.DUE, True),
        (21, SittingState.DUE, True),
        (22, SittingState.CLOSED, False),
    ],
)
def test_the_first_sitting_opens_with_module_1_and_closes_after_its_window(
    today: int, state: SittingState, can_be_answered: bool
) -> None:
    pain = planned(day(today))[0]
    assert (pain.state, pain.can_be_answered) == (state, can_be_answered)
    assert (pain.opens_on, pain.closes_on) == (day(0), day(21))


@pytest.mark.parametrize(
    ("today", "pain", "state"),
    [
        (7, SittingFacts(finished_on=day(3)), SittingState.EARLY),  # only if the patient wishes
        (8, SittingFacts(finished_on=day(3)), SittingState.DUE),  # five days after the first was finished
        (7, SittingFacts(skipped_on=day(2)), SittingState.DUE),  # a skip counts as well
        (25, NOTHING, SittingState.LATER),
        (26, NOTHING, SittingState.DUE),  # five days after the first one closed
        (29, SittingFacts(finished_on=day(3)), SittingState.DUE),  # last day of its window
        (30, SittingFacts(finished_on=day(3)), SittingState.CLOSED),
    ],
)
def test_the_second_sitting_opens_some_days_after_the_first_was_settled(
    today: int, pain: SittingFacts, state: SittingState
) -> None:
    assert planned(day(today), pain=pain)[1].state is state


@pytest.mark.parametrize(
    ("done", "today", "state", "can_be_answered"),
    [
        (SittingFacts(started_on=day(1)), 2, SittingState.STARTED, True),
        (SittingFacts(started_on=day(1)), 22, SittingState.CLOSED, False),
        (SittingFacts(started_on=day(1), finished_on=day(2)), 2, SittingState.FINISHED, False),
        (SittingFacts(skipped_on=day(2)), 3, SittingState.SKIPPED, True),  # people may change their minds
        (SittingFacts(skipped_on=day(2)), 22, SittingState.SKIPPED, False),
        (SittingFacts(skipped_on=day(2), finished_on=day(4)), 5, SittingState.FINISHED, False),
    ],
)
def test_what_was_done_with_a_sitting(
    done: SittingFacts, today: int, state: SittingState, can_be_answered: bool
) -> None:
    pain = planned(day(today), pain=done)[0]
    assert (pain.state, pain.can_be_answered) == (state, can_be_answered)


def test_a_skipped_sitting_is_not_offered_again() -> None:
    assert next_to_answer(planned(day(3), pain=SittingFacts(skipped_on=day(2)))) is None


def test_a_started_sitting_is_offered_before_one_that_closes_sooner() -> None:
    after_module_1 = Opening(Milestone.MODULE_1_FINISHED)
    short, long = (
        Sitting("short", ("peg-3",), after_module_1, 7),
        Sitting("long", ("gad-7",), after_module_1, 30),
    )
    battery = Battery("b", 1, (TimePoint("baseline", (long, short)),))
    reached = {Milestone.MODULE_1_FINISHED: MODULE_1}
    fresh = plan_sittings(battery, EnrolmentFacts(reached), day(1))
    offered = next_to_answer(fresh)
    assert offered is not None and offered.sitting is short
    started = plan_sittings(battery, EnrolmentFacts(reached, {"long": SittingFacts(day(0))}), day(1))
    offered = next_to_answer(started)
    assert offered is not None and offered.sitting is long


def test_the_whole_schedule_fits_the_same_shape() -> None:
    """Mid-course, end, and 3, 6 and 12 months after the end."""
    openings = {
        "mid": Opening(Milestone.HALFWAY),
        "end": Opening(Milestone.COURSE_FINISHED),
        "month-3": Opening(Milestone.COURSE_FINISHED, months=3),
        "month-6": Opening(Milestone.COURSE_FINISHED, months=6),
        "month-12": Opening(Milestone.COURSE_FINISHED, months=12),
    }
    points = tuple(
        TimePoint(name, (Sitting(f"{name}-all", ("peg-3",), opens, 28),)) for name, opens in openings.items()
    )
    facts = EnrolmentFacts(
        {Milestone.HALFWAY: date(2026, 5, 1), Milestone.COURSE_FINISHED: date(2026, 8, 31)}
    )
    found = plan_sittings(Battery("full", 1, points), facts, date(2026, 12, 1))
    assert {each.time_point: each.opens_on for each in found} == {
        "mid": date(2026, 5, 1),
        "end": date(2026, 8, 31),
        "month-3": date(2026, 11, 30),
        "month-6": date(2027, 2, 28),
        "month-12": date(2027, 8, 31),
    }
    assert [each.state for each in found] == [
        SittingState.CLOSED,
        SittingState.CLOSED,
        SittingState.DUE,
        SittingState.LATER,
        SittingState.LATER,
    ]


days = st.none() | st.integers(0, 60).map(day)
facts_of_a_sitting = st.builds(SittingFacts, days, days, days)


@given(facts_of_a_sitting, facts_of_a_sitting, st.integers(-5, 120).map(day))
def test_a_sitting_can_only_be_answered_inside_its_window(
    pain: SittingFacts, mood: SittingFacts, today: date
) -> None:
    """The window begins on its day, earlier where that is allowed, and for what was begun on the day it was begun."""
    for each, done in zip(planned(today, pain, mood), (pain, mood), strict=True):
        assert each.opens_on is not None and each.closes_on is not None
        first = min(each.opens_on, each.early_from or each.opens_on, done.started_on or each.opens_on)
        inside = first <= today <= each.closes_on
        assert each.can_be_answered is (inside and each.state is not SittingState.FINISHED)


def test_by_the_refresher_door_the_baseline_opens_on_the_first_day(shipped: Instruments) -> None:
    assert shipped.battery is not None
    came_on = {Milestone.ACTIVATED: day(0)}
    by_course = plan_sittings(shipped.battery, EnrolmentFacts(came_on), day(0))[0]
    assert by_course.state is SittingState.LATER
    pain, _about, mood = plan_sittings(shipped.battery, EnrolmentFacts(came_on, refresher=True), day(0))[:3]
    assert (pain.state, pain.opens_on) == (SittingState.DUE, day(0))
    assert mood.opens_on == day(21 + 5)


def test_without_a_day_of_its_own_a_sitting_opens_for_a_refresher_patient_as_for_others() -> None:
    sitting = Sitting("only", ("peg-3",), Opening(milestone=Milestone.COURSE_FINISHED), 7)
    battery = Battery("one", 1, (TimePoint("end", (sitting,)),))
    facts = EnrolmentFacts({Milestone.COURSE_FINISHED: day(3)}, refresher=True)
    assert plan_sittings(battery, facts, day(3))[0].opens_on == day(3)
