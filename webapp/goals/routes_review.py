"""Looking back at a goal.

How it went, on how many days, what helped, what got in the way, and what comes next.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template
from flask_babel import gettext as _

from webapp.foundations.access import May, acting, allow
from webapp.pacing import service as pacing

from . import service, service_review, words
from .forms import StepForm
from .forms_review import DaysForm, GotInTheWayForm, HelpedForm, NextForm, OutcomeForm
from .models import GoalReviewRow
from .routes import Answer, address, find, pages, patient_id
from .rules_review import Choice, Outcome, review_choices
from .seen import Goal

BOTH = ["GET", "POST"]


@pages.route("/goals/<uuid:goal_id>/look-back", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def look_back(goal_id: UUID) -> Answer:
    """How did it go? Three equal buttons."""
    goal = find(goal_id)
    if goal.state != "going":
        return redirect(address(goal), 303)
    form = OutcomeForm()
    if form.validate_on_submit():
        page = service_review.begin_look_back(goal, form.chosen, by=acting())
        return redirect(address(goal, f"look-back/{page}"), 303)
    outcomes = [(outcome.value, words.OUTCOME_NAMES[outcome]) for outcome in Outcome]
    answer = render_template("goals/look_back.jinja", goal=goal, form=form, outcomes=outcomes)
    return answer, 422 if form.is_submitted() else 200


@pages.route("/goals/<uuid:goal_id>/look-back/days", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def look_back_days(goal_id: UUID) -> Answer:
    """On how many of the planned days."""
    goal, review = _open(goal_id)
    if review.planned is None:
        return redirect(address(goal, "look-back/helped"), 303)
    form = DaysForm(data={"done": review.done}, planned=review.planned, current_version=review.version)
    return _page(goal, form, "done", "look_back_days", lambda: form.done.data)


@pages.route("/goals/<uuid:goal_id>/look-back/helped", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def look_back_helped(goal_id: UUID) -> Answer:
    """What helped."""
    goal, review = _open(goal_id)
    form = HelpedForm(data={"helped": review.helped}, current_version=review.version)
    return _page(goal, form, "helped", "look_back_helped", lambda: form.helped.data or "")


@pages.route("/goals/<uuid:goal_id>/look-back/in-the-way", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def look_back_in_the_way(goal_id: UUID) -> Answer:
    """What got in the way."""
    goal, review = _open(goal_id)
    form = GotInTheWayForm(data={"got_in_the_way": review.got_in_the_way}, current_version=review.version)
    return _page(goal, form, "got_in_the_way", "look_back_in_the_way", lambda: form.got_in_the_way.data or "")


@pages.route("/goals/<uuid:goal_id>/look-back/next", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def look_back_next(goal_id: UUID) -> Answer:
    """What comes next: every choice, equal, whatever the outcome was."""
    goal, review = _open(goal_id)
    energy_mode = pacing.in_energy_mode(acting(), patient_id())
    choices = review_choices(energy_mode=energy_mode)
    form = NextForm(choices=choices, current_version=review.version)
    if form.validate_on_submit():
        page = service_review.choose(goal, form.chosen, by=acting())
        _say(goal, form.chosen)
        return redirect(address(goal, page), 303)
    hints = {**words.CHOICE_HINTS, Choice.STEP_UP: words.step_up_hint(goal.row.rung, len(goal.rungs))}
    buttons = [(choice.value, words.CHOICE_NAMES[choice], hints[choice]) for choice in choices]
    answer = render_template(
        "goals/look_back_next.jinja",
        goal=goal,
        review=review,
        form=form,
        buttons=buttons,
        energy_mode=energy_mode,
    )
    return answer, 422 if form.is_submitted() else 200


def _say(goal: Goal, choice: Choice) -> None:
    if choice is Choice.DROP:
        flash(_("Finished for now. It is kept here, and you can pick it up again."))
    elif goal.row.is_top_reached:
        flash(_("You have reached the top of your ladder."))
    elif choice in (Choice.KEEP, Choice.REST) and goal.review:
        flash(_("Saved. We will ask again in a week."))


def _open(goal_id: UUID) -> tuple[Goal, GoalReviewRow]:
    goal = find(goal_id)
    try:
        return goal, service_review.open_review_of(goal)
    except service.NotFound:
        abort(404)


def _page(goal: Goal, form: StepForm, field: str, template: str, said: Callable[[], Any]) -> Answer:
    """Show one question of the look back, skip it, or save it and go on."""
    review = service_review.open_review_of(goal)
    if form.is_submitted() and form.skip.data:
        page = service_review.answer(goal, field, getattr(review, field), by=acting())
        return redirect(address(goal, f"look-back/{page}"), 303)
    if form.validate_on_submit():
        page = service_review.answer(goal, field, said(), by=acting())
        return redirect(address(goal, f"look-back/{page}"), 303)
    answer = render_template(f"goals/{template}.jinja", goal=goal, review=review, form=form)
    return answer, 422 if form.is_submitted() else 200
