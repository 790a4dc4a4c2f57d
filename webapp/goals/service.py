"""The verbs of the goals room: find, begin, share, finish and take up a goal.

Making it and looking back stand in
``service_making`` and ``service_review``."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import TEXT, cast, select

from webapp.engagement import service as engagement
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing import service as pacing
from webapp.people import service as people

from .models import GoalReviewRow, GoalRow, RungRow
from .rules import Sure
from .rules_making import FIRST
from .rules_review import ReviewOf, is_due
from .seen import Goal

KIND = "goal"


class NotFound(LookupError):
    """There is no such goal of this patient: a page answers 404."""


@dataclass(frozen=True)
class DueReview:
    """A goal that is ready to look back on, since ``due_on``."""

    goal_id: UUID
    title: str
    of: ReviewOf
    due_on: date


@dataclass(frozen=True)
class SharedGoal:
    """What the team sees of a goal that its patient shares. ``confidence`` is 0 to 10, a word, or not said.

    ``rung_number`` counts from 1 and is 0 without a ladder; ``last_outcome`` is one of
    ``rules_review.Outcome``.
    """

    goal_id: UUID
    title: str
    state: str
    confidence: int | Sure | None
    rung: str
    rung_number: int
    rung_count: int
    last_outcome: str | None
    last_reviewed_on: date | None
    next_review_on: date | None


def today_of(by: Actor) -> date:
    """The local day of the service in which ``by`` acts."""
    if by.service_id is None:
        raise ValueError("This needs somebody who acts in a service.")
    return clock.today(people.service_with(by.service_id).time_zone)


def goals_of(by: Actor, patient_id: UUID) -> list[Goal]:
    """Every goal of a patient, the newest first: in the making, going and finished for now."""
    rows = select(GoalRow).where(GoalRow.service_id == by.service_id, GoalRow.patient_id == patient_id)
    return _seen(by, patient_id, list(db.session.scalars(rows.order_by(GoalRow.id.desc()))))


def goal_of(by: Actor, patient_id: UUID, goal_id: UUID) -> Goal:
    """One goal of a patient.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    row = db.session.get(GoalRow, (by.service_id, goal_id))
    if row is None or row.patient_id != patient_id:
        raise NotFound(str(goal_id))
    return replace(_seen(by, patient_id, [row])[0], energy_mode=pacing.in_energy_mode(by, patient_id))


def due_reviews(by: Actor, patient_id: UUID, today: date) -> list[DueReview]:
    """The patient's goals that are ready to look back on, the longest waiting first."""
    found = [(goal, goal.review) for goal in goals_of(by, patient_id)]
    due = [
        DueReview(goal.id, goal.title, next_.of, next_.on)
        for goal, next_ in found
        if next_ and is_due(next_, today)
    ]
    return sorted(due, key=lambda each: each.due_on)


def shared_goals(by: Actor, patient_id: UUID) -> list[SharedGoal]:
    """What the patient's team sees: only goals that are shared now, in short, and never one in the making."""
    return [
        _for_the_team(goal) for goal in goals_of(by, patient_id) if goal.is_shared and goal.state != "making"
    ]


def titles_of(by: Actor, ids: Collection[str]) -> dict[str, str]:
    """What the goals with these ids are called, in the patient's words. Ids that name no goal are left out."""
    rows = select(GoalRow.id, GoalRow.what, GoalRow.want_back).where(
        GoalRow.service_id == by.service_id, cast(GoalRow.id, TEXT).in_(ids)
    )
    return {str(row.id): row.what or row.want_back for row in db.session.execute(rows)}


def begin(by: Actor, patient_id: UUID) -> Goal:
    """Begin making a goal."""
    now = clock.now()
    row = GoalRow(service_id=by.service_id, patient_id=patient_id, made_at=now, changed_at=now, at_step=FIRST)
    db.session.add(row)
    db.session.flush()
    goal = Goal(row, (), (), today_of(by), energy_mode=pacing.in_energy_mode(by, patient_id))
    note(goal, "begun", "created", by=by)
    return goal


def share(goal: Goal, shared: bool, *, by: Actor) -> None:
    """Share the goal with the team, or stop: one tap each way."""
    people.share(goal.row.patient_id, KIND, goal.id, shared, by=by)


def finish(goal: Goal, *, by: Actor) -> None:
    """Finished for now: nothing is lost, and it can be taken up again."""
    goal.row.state, goal.row.finished_on, goal.row.changed_at = "finished", goal.today, clock.now()
    note(goal, "finished", "changed", by=by, fields=["state"])


def take_up_again(goal: Goal, *, by: Actor) -> None:
    """Back to a goal that was finished for now.

    Its dates count from today. One never begun goes on being made.
    """
    row = goal.row
    row.state = "going" if row.began_on else "making"
    row.finished_on, row.is_top_reached, row.changed_at = None, False, clock.now()
    if row.began_on:
        row.step_began_on = row.goal_began_on = goal.today
    note(goal, "again", "changed", by=by, fields=["state"])


def note(
    goal: Goal,
    what: str,
    verb: str,
    *,
    by: Actor,
    kind: str = "exercise_saved",
    fields: Collection[str] = (),
) -> None:
    """Write down, in the audit and among the patient's acts, that something about the goal was saved."""
    patient_id = goal.row.patient_id
    audit.record(by, verb, KIND, goal.id, patient_id=patient_id, fields=fields)
    engagement.record(by, engagement.current_enrolment(by, patient_id), kind, f"goals/{what}")


def _seen(by: Actor, patient_id: UUID, rows: list[GoalRow]) -> list[Goal]:
    ids = [row.id for row in rows]
    rungs = select(RungRow).where(RungRow.service_id == by.service_id, RungRow.goal_id.in_(ids))
    reviews = select(GoalReviewRow).where(
        GoalReviewRow.service_id == by.service_id, GoalReviewRow.goal_id.in_(ids)
    )
    all_rungs = list(db.session.scalars(rungs.order_by(RungRow.position)))
    all_reviews = list(db.session.scalars(reviews.order_by(GoalReviewRow.id)))
    shared = {thing for _kind, thing in people.shared_things(_service_id(by), patient_id, KIND)}
    today = today_of(by)
    return [
        Goal(
            row,
            tuple(rung for rung in all_rungs if rung.goal_id == row.id),
            tuple(review for review in all_reviews if review.goal_id == row.id),
            today,
            str(row.id) in shared,
        )
        for row in rows
    ]


def _service_id(by: Actor) -> UUID:
    if by.service_id is None:
        raise ValueError("This needs somebody who acts in a service.")
    return by.service_id


def _for_the_team(goal: Goal) -> SharedGoal:
    last = goal.past_reviews[0] if goal.past_reviews else None
    return SharedGoal(
        goal_id=goal.id,
        title=goal.title,
        state=goal.state,
        confidence=goal.confidence.latest,
        rung=goal.current_rung.what if goal.current_rung else "",
        rung_number=goal.row.rung + 1 if goal.current_rung else 0,
        rung_count=len(goal.rungs),
        last_outcome=last.outcome if last else None,
        last_reviewed_on=last.reviewed_on if last else None,
        next_review_on=goal.review.on if goal.review else None,
    )
