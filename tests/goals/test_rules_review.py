"""The review of a step or a goal, in the clinic's words. Source: exercise specification 4.2."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.goals.rules_review import (
    Choice,
    NextReview,
    Outcome,
    Place,
    Review,
    ReviewOf,
    attainment,
    days_done,
    is_due,
    next_review,
    place_after,
    review_choices,
)

MONDAY = date(2026, 3, 2)


def after(days: int) -> date:
    return MONDAY + timedelta(days=days)


def reviewed(outcome: Outcome, planned: int | None = None, done: int | None = None) -> Review:
    return Review(MONDAY, 0, outcome, Choice.KEEP, planned, done)


@pytest.mark.parametrize(
    ("step_began", "review"),
    [
        (0, NextReview(after(7), ReviewOf.STEP)),
        (20, NextReview(after(27), ReviewOf.STEP)),
        (21, NextReview(after(28), ReviewOf.GOAL)),  # both on one day
        (25, NextReview(after(28), ReviewOf.GOAL)),
    ],
)
def test_a_step_comes_back_after_7_days_and_the_goal_after_28(step_began: int, review: NextReview) -> None:
    assert next_review(after(step_began), MONDAY) == review


@pytest.mark.parametrize(("today", "due"), [(6, False), (7, True), (30, True)])
def test_a_review_is_due_from_its_day_on(today: int, due: bool) -> None:
    assert is_due(next_review(MONDAY, MONDAY), after(today)) is due


def test_every_choice_is_offered() -> None:
    usual = (Choice.KEEP, Choice.STEP_UP, Choice.SHRINK, Choice.SWAP, Choice.DROP)
    assert review_choices(energy_mode=False) == usual


def test_energy_mode_has_rest_and_no_step_up() -> None:
    offered = review_choices(energy_mode=True)
    assert offered == (Choice.KEEP, Choice.SHRINK, Choice.SWAP, Choice.REST, Choice.DROP)


@pytest.mark.parametrize(
    ("rung", "choice", "place"),
    [
        (0, Choice.KEEP, Place(0)),
        (0, Choice.STEP_UP, Place(1)),
        (1, Choice.STEP_UP, Place(2)),
        (2, Choice.STEP_UP, Place(None, is_top_reached=True)),
        (1, Choice.SHRINK, Place(1, needs_new_words=True)),
        (1, Choice.SWAP, Place(1, needs_new_words=True)),
        (1, Choice.REST, Place(1)),
        (2, Choice.DROP, Place(None)),
    ],
)
def test_where_the_patient_then_stands_on_three_rungs(rung: int, choice: Choice, place: Place) -> None:
    assert place_after(rung, choice, 3) == place


@pytest.mark.parametrize("rung", [-1, 3])
def test_a_rung_that_is_not_there_is_refused(rung: int) -> None:
    with pytest.raises(ValueError, match="no such rung"):
        place_after(rung, Choice.KEEP, 3)


def test_steps_met_of_steps_planned() -> None:
    history = [reviewed(Outcome.DID_IT), reviewed(Outcome.PARTLY), reviewed(Outcome.NOT_THIS_WEEK)]
    history.append(reviewed(Outcome.DID_IT))
    assert (attainment(history).met, attainment(history).planned, attainment(history).share) == (2, 4, 0.5)


def test_before_the_first_review_there_is_no_share_and_it_is_not_zero() -> None:
    assert attainment([]).share is None
    assert attainment([reviewed(Outcome.NOT_THIS_WEEK)]).share == 0


def test_days_done_of_days_planned_where_both_were_said() -> None:
    history = [
        reviewed(Outcome.PARTLY, planned=3, done=2),
        reviewed(Outcome.DID_IT, planned=3, done=5),  # more than planned counts as all three
        reviewed(Outcome.DID_IT, planned=3),  # not said is not zero
        reviewed(Outcome.NOT_THIS_WEEK, planned=2, done=0),
    ]
    assert (days_done(history).met, days_done(history).planned) == (5, 8)
    assert days_done([reviewed(Outcome.DID_IT)]).share is None


@given(
    st.lists(
        st.builds(
            reviewed, st.sampled_from(Outcome), st.none() | st.integers(0, 7), st.none() | st.integers(0, 7)
        )
    )
)
def test_a_share_is_between_nothing_and_all(history: list[Review]) -> None:
    for share in (attainment(history).share, days_done(history).share):
        assert share is None or 0 <= share <= 1


@given(rung=st.integers(0, 4), choice=st.sampled_from(Choice), count=st.integers(3, 5))
def test_a_review_never_climbs_more_than_one_rung(rung: int, choice: Choice, count: int) -> None:
    if rung < count:
        place = place_after(rung, choice, count)
        assert place.rung is None or rung <= place.rung <= min(rung + 1, count - 1)
