"""The verbs of looking back.

How it went, then what comes next. The choice is the patient's, after every outcome.
"""

from __future__ import annotations

from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db

from .models import GoalReviewRow
from .rules_review import GOAL_REVIEW_DAYS, Choice, Outcome, ReviewOf, place_after
from .seen import Goal
from .service import NotFound, note


def begin_look_back(goal: Goal, outcome: Outcome, *, by: Actor) -> str:
    """Begin a look back with how it went, or change that in the one that is open. Returns its first page.

    Raises:
        NotFound: the goal is not going.
    """
    if goal.state != "going":
        raise NotFound(f"{goal.id} is not going")
    planned = len(goal.planned_days()) or None
    review = goal.open_review
    if review is None:
        review = GoalReviewRow(service_id=goal.row.service_id, goal_id=goal.id, begun_at=clock.now())
        db.session.add(review)
    review.of, review.outcome, review.rung = _review_of(goal), outcome.value, goal.row.rung
    review.step_words, review.planned = goal.step_words, planned
    if outcome is Outcome.NOT_THIS_WEEK:
        review.done = None
    goal.row.changed_at = clock.now()
    note(goal, "look-back", "changed", by=by)
    return "helped" if outcome is Outcome.NOT_THIS_WEEK or planned is None else "days"


def answer(goal: Goal, field: str, value: int | str | None, *, by: Actor) -> str:
    """Save one answer of the open look back: ``done``, ``helped`` or ``got_in_the_way``.

    Returns its next page.

    Raises:
        NotFound: no look back is open.
    """
    review = open_review_of(goal)
    setattr(review, field, value)
    note(goal, "look-back", "changed", by=by)
    return {"done": "helped", "helped": "in-the-way"}.get(field, "next")


def choose(goal: Goal, choice: Choice, *, by: Actor) -> str | None:
    """End the look back with a choice.

    Returns the page on which new words are written; ``None`` if there are none.

    Raises:
        NotFound: no look back is open.
    """
    review = open_review_of(goal)
    review.choice, review.reviewed_on = choice.value, goal.today
    row = goal.row
    row.changed_at = clock.now()
    row.step_began_on = goal.today
    if review.of == ReviewOf.GOAL:
        row.goal_began_on = goal.today
    row.at_step = _take_place(goal, choice)
    note(goal, choice.value, "changed", by=by, kind="goal_reviewed", fields=["choice"])
    return row.at_step


def open_review_of(goal: Goal) -> GoalReviewRow:
    """The look back that is open.

    Raises:
        NotFound: none is.
    """
    if goal.open_review is None or goal.state != "going":
        raise NotFound(f"no open look back of {goal.id}")
    return goal.open_review


def _take_place(goal: Goal, choice: Choice) -> str | None:
    """Move to where the choice leads; returns the page for new words."""
    row = goal.row
    if choice is Choice.STEP_UP and not goal.rungs:
        return "rung/1"
    place = place_after(row.rung, choice, max(len(goal.rungs), row.rung + 1))
    if place.rung is None:
        row.state, row.finished_on, row.is_top_reached = "finished", goal.today, place.is_top_reached
        return None
    row.rung = place.rung
    if place.needs_new_words:
        return f"rung/{place.rung + 1}" if goal.rungs else "this-week"
    return "this-week" if choice is Choice.STEP_UP else None


def _review_of(goal: Goal) -> ReviewOf:
    began = goal.row.goal_began_on or goal.today
    return ReviewOf.GOAL if (goal.today - began).days >= GOAL_REVIEW_DAYS else ReviewOf.STEP
