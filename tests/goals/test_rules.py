"""What matters, the ladder and how sure, in the clinic's words. Source: exercise specification 4.2."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.goals.rules import (
    Confidence,
    Domain,
    IfThen,
    LadderProblem,
    NextAsk,
    Rating,
    Rung,
    Sure,
    explain_kindly,
    ladder_problems,
    largest_gaps,
    lay_ladder,
    names_only_pain_relief,
)

MONDAY = date(2026, 3, 2)
PLAN = UUID("01890a5d-ac96-774b-bcce-b302099a8057")
PHRASES = ("less pain", "pain free", "no pain", "feel better", "the pain to go", "llai o boen")
SMALL_WORDS = ("I", "want", "to", "be", "have", "and", "just", "try", "I'd", "like", "dw", "i", "eisiau")


@pytest.mark.parametrize(
    ("importance", "lived", "gap"),
    [(5, 1, 4), (3, 3, 0), (1, 5, -4), (0, 0, 0), (None, 2, None), (5, None, None), (None, None, None)],
)
def test_the_gap_is_importance_minus_lived(
    importance: int | None, lived: int | None, gap: int | None
) -> None:
    assert Rating(Domain.FAMILY, importance, lived).gap == gap


@pytest.mark.parametrize(
    ("ratings", "largest"),
    [
        ([(Domain.FAMILY, 5, 1), (Domain.WORK, 4, 2)], (Domain.FAMILY,)),
        ([(Domain.WORK, 5, 2), (Domain.FAMILY, 4, 1), (Domain.HEALTH, 3, 3)], (Domain.WORK, Domain.FAMILY)),
        ([(Domain.FAMILY, 5, None), (Domain.FRIENDS, 2, 1)], (Domain.FRIENDS,)),  # unknown is not zero
        ([(Domain.FAMILY, 3, 3), (Domain.FRIENDS, 1, 4)], ()),  # lived as well as it matters
        ([(Domain.FAMILY, None, None)], ()),
        ([], ()),
    ],
)
def test_the_largest_gaps_with_ties(
    ratings: list[tuple[Domain, int | None, int | None]], largest: tuple[Domain, ...]
) -> None:
    assert largest_gaps([Rating(*each) for each in ratings]) == largest


@pytest.mark.parametrize(("importance", "lived"), [(6, 0), (0, 6), (-1, None)])
def test_a_rating_outside_0_to_5_is_refused(importance: int | None, lived: int | None) -> None:
    with pytest.raises(ValueError, match="0 to 5"):
        Rating(Domain.FAMILY, importance, lived)


@pytest.mark.parametrize(
    ("text", "only_relief"),
    [
        ("Less pain", True),
        ("I want to be pain-free!", True),
        ("I’d just like to feel better, and have no pain.", True),
        ("Dw i eisiau llai o boen", True),
        ("Walk to the shop with less pain", False),
        ("Play with my grandchildren", False),
        ("I want to", False),  # no picture, but no relief either
        ("painless pain freedom", False),  # whole words only
        ("", False),
        ("   ", False),
    ],
)
def test_a_goal_that_names_only_relief_from_pain(text: str, only_relief: bool) -> None:
    assert names_only_pain_relief(text, PHRASES, SMALL_WORDS) is only_relief


def test_it_is_explained_once_and_never_refused_twice() -> None:
    assert explain_kindly("Less pain", PHRASES, explained_before=False)
    assert not explain_kindly("Less pain", PHRASES, explained_before=True)
    assert not explain_kindly("Walk to the shop", PHRASES, explained_before=False)


@pytest.mark.parametrize(
    ("count", "due_after"), [(3, [9, 18, 28]), (4, [7, 14, 21, 28]), (5, [5, 11, 16, 22, 28])]
)
def test_rungs_are_spread_over_four_weeks(count: int, due_after: list[int]) -> None:
    rungs = lay_ladder(MONDAY, [None] * count)
    assert [(rung.due_on - MONDAY).days for rung in rungs] == due_after
    assert [rung.starts_on for rung in rungs] == [MONDAY, *(rung.due_on for rung in rungs[:-1])]
    assert ladder_problems(MONDAY, rungs) == ()


def test_a_rung_may_carry_a_pacing_plan() -> None:
    assert [rung.pacing_plan_id for rung in lay_ladder(MONDAY, [None, PLAN, None])] == [None, PLAN, None]


@pytest.mark.parametrize("count", [0, 2, 6])
def test_a_ladder_has_three_to_five_rungs(count: int) -> None:
    with pytest.raises(ValueError, match="3 to 5"):
        lay_ladder(MONDAY, [None] * count)


def rung(starts: int, due: int) -> Rung:
    return Rung(MONDAY + timedelta(days=starts), MONDAY + timedelta(days=due))


@pytest.mark.parametrize(
    ("rungs", "problems"),
    [
        ([rung(0, 7), rung(7, 14), rung(14, 28)], ()),
        ([rung(0, 7), rung(0, 7), rung(0, 28)], ()),  # side by side is the patient's choice
        ([rung(0, 7), rung(7, 14)], (LadderProblem.TOO_FEW_RUNGS,)),
        ([rung(0, 7)] * 6, (LadderProblem.TOO_MANY_RUNGS,)),
        ([rung(0, 7), rung(9, 8), rung(14, 28)], (LadderProblem.RUNG_ENDS_BEFORE_IT_STARTS,)),
        ([rung(7, 14), rung(0, 7), rung(14, 28)], (LadderProblem.OUT_OF_ORDER,)),
        ([rung(0, 7), rung(7, 14), rung(14, 29)], (LadderProblem.OUTSIDE_FOUR_WEEKS,)),
        ([rung(-1, 7), rung(7, 14), rung(14, 28)], (LadderProblem.OUTSIDE_FOUR_WEEKS,)),
    ],
)
def test_a_ladder_with_dates_of_ones_own(rungs: list[Rung], problems: tuple[LadderProblem, ...]) -> None:
    assert ladder_problems(MONDAY, rungs) == problems


def test_an_if_then_plan_has_its_days() -> None:
    plan = IfThen("After breakfast", "I walk for 7 minutes", frozenset({0, 2, 4}), "to the park")
    assert [day.day for day in plan.days(MONDAY, MONDAY + timedelta(days=7))] == [2, 4, 6, 9]


@pytest.mark.parametrize(
    ("cue", "action", "weekdays"),
    [("", "I walk", {0}), ("After tea", "  ", {0}), ("After tea", "I walk", set()), ("x", "y", {7})],
)
def test_an_if_then_plan_needs_a_cue_an_action_and_days(cue: str, action: str, weekdays: set[int]) -> None:
    with pytest.raises(ValueError):
        IfThen(cue, action, frozenset(weekdays))


LOOP, SAVE = NextAsk.WHAT_WOULD_MAKE_IT_A_7, NextAsk.SAVE


@pytest.mark.parametrize(
    ("ratings", "next_ask"),
    [
        ([], NextAsk.HOW_SURE),
        ([7], SAVE),
        ([10], SAVE),
        ([6], LOOP),
        ([0], LOOP),
        ([None], SAVE),  # skipped is not "not sure"
        ([5, 7], SAVE),
        ([3, 4], LOOP),
        ([3, 4, 5], LOOP),  # the third time
        ([3, 4, 5, 6], NextAsk.SAVE_ANYWAY),
        ([3, 4, 5, 8], SAVE),
        ([4, None], SAVE),
        ([Sure.VERY], SAVE),
        ([Sure.SOMEWHAT], LOOP),
        ([Sure.NOT_AT_ALL], LOOP),
    ],
)
def test_below_7_asks_what_would_make_it_a_7_at_most_three_times(
    ratings: list[int | Sure | None], next_ask: NextAsk
) -> None:
    confidence = Confidence()
    for rating in ratings:
        confidence = confidence.rated(rating)
    assert confidence.next_ask is next_ask
    assert confidence.latest == (ratings[-1] if ratings else None)


@pytest.mark.parametrize("rating", [-1, 11])
def test_confidence_is_0_to_10(rating: int) -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        Confidence().rated(rating)


scores = st.none() | st.integers(0, 5)


@given(st.lists(st.tuples(st.sampled_from(Domain), scores, scores), unique_by=lambda each: each[0]))
def test_no_domain_has_a_larger_gap_than_those_named(
    made: list[tuple[Domain, int | None, int | None]],
) -> None:
    ratings = [Rating(*each) for each in made]
    gaps = {rating.domain: rating.gap for rating in ratings}
    named = largest_gaps(ratings)
    known = [gap for gap in gaps.values() if gap is not None]
    assert all(gaps[domain] == max(known) for domain in named)
    assert bool(named) == any(gap > 0 for gap in known)


@given(st.lists(st.none() | st.integers(0, 10), min_size=4, max_size=8))
def test_nobody_is_asked_what_would_help_a_fourth_time(ratings: list[int | None]) -> None:
    assert Confidence(tuple(ratings)).next_ask in (NextAsk.SAVE, NextAsk.SAVE_ANYWAY)


@given(st.text(), st.booleans())
def test_any_words_can_be_checked(text: str, explained: bool) -> None:
    asked = explain_kindly(text, PHRASES, SMALL_WORDS, explained_before=explained)
    assert not (asked and explained)
