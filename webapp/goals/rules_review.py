"""The review of a step or a goal: when it is due, what can be chosen, and where the patient then stands.

Source: exercise specification 4.2. Every choice is open after every outcome, and none is made by itself.
`None` is not said; `0` is zero.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

STEP_REVIEW_DAYS = 7
GOAL_REVIEW_DAYS = 28


class ReviewOf(StrEnum):
    STEP = "step"
    GOAL = "goal"


class Outcome(StrEnum):
    DID_IT = "did_it"
    PARTLY = "partly"
    NOT_THIS_WEEK = "not_this_week"


class Choice(StrEnum):
    KEEP = "keep"
    STEP_UP = "step_up"
    SHRINK = "shrink"
    SWAP = "swap"
    REST = "rest"  # energy mode
    DROP = "drop"  # "finished for now"


@dataclass(frozen=True, slots=True)
class NextReview:
    on: date
    of: ReviewOf


@dataclass(frozen=True, slots=True)
class Review:
    """One review as it was answered.

    `planned` and `done` are days of the if-then plan; `None` is not said.
    """

    on: date
    rung: int
    outcome: Outcome
    choice: Choice
    planned: int | None = None
    done: int | None = None


@dataclass(frozen=True, slots=True)
class Attainment:
    """How many were met of those planned; `share` is 0 to 1, `None` while nothing was planned."""

    met: int
    planned: int

    @property
    def share(self) -> float | None:
        return self.met / self.planned if self.planned else None


@dataclass(frozen=True, slots=True)
class Place:
    """Where on the ladder: `rung` counts from 0, `None` once finished for now or past the top."""

    rung: int | None
    is_top_reached: bool = False
    needs_new_words: bool = False
    """Whether the rung is to be written anew: made smaller, or swapped for another."""


def next_review(step_began_on: date, goal_began_on: date) -> NextReview:
    """A step is reviewed after 7 days, the goal after 28; if both fall on one day, it is the goal's review.

    Each date is the day of the latest review of its kind, once there was one.
    """
    step_on = step_began_on + timedelta(days=STEP_REVIEW_DAYS)
    goal_on = goal_began_on + timedelta(days=GOAL_REVIEW_DAYS)
    return NextReview(goal_on, ReviewOf.GOAL) if goal_on <= step_on else NextReview(step_on, ReviewOf.STEP)


def is_due(review: NextReview, today: date) -> bool:
    return today >= review.on


def review_choices(*, energy_mode: bool) -> tuple[Choice, ...]:
    """Every choice, equal and whatever the outcome was. Energy mode has rest and no step up (amendment 8)."""
    left_out = Choice.STEP_UP if energy_mode else Choice.REST
    return tuple(choice for choice in Choice if choice is not left_out)


def place_after(rung: int, choice: Choice, rung_count: int) -> Place:
    """Where the patient stands after a review.

    Raises `ValueError` for a rung that the ladder does not have.
    """
    if not 0 <= rung < rung_count:
        raise ValueError("no such rung")
    if choice is Choice.DROP:
        return Place(None)
    if choice is Choice.STEP_UP:
        return Place(None, is_top_reached=True) if rung + 1 == rung_count else Place(rung + 1)
    return Place(rung, needs_new_words=choice in (Choice.SHRINK, Choice.SWAP))


def attainment(history: Sequence[Review]) -> Attainment:
    """Steps met ÷ steps planned, over the reviews so far.

    *Partly* is not a step met, and is shown as itself.
    """
    return Attainment(sum(review.outcome is Outcome.DID_IT for review in history), len(history))


def days_done(history: Sequence[Review]) -> Attainment:
    """Days done and days planned, over the reviews that said both.

    More than planned counts as all of them.
    """
    pairs = [(each.done, each.planned) for each in history]
    known = [(done, planned) for done, planned in pairs if done is not None and planned is not None]
    return Attainment(
        sum(min(done, planned) for done, planned in known), sum(planned for _, planned in known)
    )
