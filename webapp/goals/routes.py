"""The patient's goals, one goal's card and its paper, and what is done to a goal as a whole."""

from __future__ import annotations

from typing import Any, cast
from uuid import UUID, uuid4

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers import Response

from webapp.foundations.access import May, acting, allow, visitor
from webapp.people import letters
from webapp.people.visitors import Visitor

from . import drawings, rules_making, service, words
from .rules_review import Outcome
from .seen import Goal

pages = Blueprint("goals", __name__, template_folder="templates")
Answer = str | tuple[str, int] | Response


@pages.app_context_processor
def words_for_templates() -> dict[str, Any]:
    """The room's words and drawings, for its templates."""
    return {
        "goal_words": words,
        "goal_drawings": drawings,
        "goal_address": address,
        "fresh_key": lambda: uuid4().hex,
    }


def patient_id() -> UUID:
    """The patient who is asking."""
    who = cast(Visitor, visitor())
    if who.patient_id is None:
        abort(403)
    return who.patient_id


def find(goal_id: UUID) -> Goal:
    """The goal, if it is theirs; else 404."""
    try:
        return service.goal_of(acting(), patient_id(), goal_id)
    except service.NotFound:
        abort(404)


def address(goal: Goal, step: str | None = None) -> str:
    """Where a page of a goal is; without a step, its card."""
    card = url_for("goals.goal", goal_id=goal.id)
    return card if step is None else f"{card}/{step}"


def onward(goal: Goal, step: str | None) -> Response:
    """On to the page that comes next; ``None`` is the card, where it says that it is saved."""
    if step is None:
        flash(_("Saved."))
    return redirect(address(goal, step), 303)


@pages.get("/goals")
@allow(May.FOLLOW_COURSE)
def overview() -> Answer:
    """Every goal: ready to look back on, going, in the making, finished for now."""
    return render_template("goals/overview.jinja", goals=service.goals_of(acting(), patient_id()))


@pages.route("/goals/new", methods=["GET"])
@allow(May.FOLLOW_COURSE)
def begin() -> Answer:
    """What making a goal asks, before the first question."""
    making = [goal for goal in service.goals_of(acting(), patient_id()) if goal.state == "making"]
    return render_template("goals/begin.jinja", making=making)


@pages.post("/goals/new")
@allow(May.FOLLOW_COURSE)
def make() -> Answer:
    """A new goal, and its first question."""
    goal = service.begin(acting(), patient_id())
    return redirect(address(goal, rules_making.FIRST), 303)


@pages.get("/goals/<uuid:goal_id>")
@allow(May.FOLLOW_COURSE)
def goal(goal_id: UUID) -> Answer:
    """A goal's card; one in the making goes on where it was left."""
    found = find(goal_id)
    if found.state == "making":
        return redirect(address(found, found.row.at_step or rules_making.FIRST), 303)
    return render_template("goals/card.jinja", **_about(found))


@pages.get("/goals/<uuid:goal_id>/print")
@allow(May.FOLLOW_COURSE)
def on_paper(goal_id: UUID) -> Answer:
    """The goal on one sheet of paper."""
    found = find(goal_id)
    return render_template("goals/paper.jinja", back_to=letters.address(address(found)), **_about(found))


@pages.post("/goals/<uuid:goal_id>/share")
@allow(May.FOLLOW_COURSE)
def share(goal_id: UUID) -> Answer:
    """Share with the team: one tap. A goal in the making has nothing to share yet."""
    found = find(goal_id)
    if found.state == "making":
        abort(404)
    service.share(found, True, by=acting())
    flash(_("Your team can now see this goal."))
    return redirect(address(found), 303)


@pages.post("/goals/<uuid:goal_id>/stop-sharing")
@allow(May.FOLLOW_COURSE)
def stop_sharing(goal_id: UUID) -> Answer:
    """Stop sharing: one tap."""
    found = find(goal_id)
    service.share(found, False, by=acting())
    flash(_("Your team can no longer see this goal."))
    return redirect(address(found), 303)


@pages.post("/goals/<uuid:goal_id>/finish")
@allow(May.FOLLOW_COURSE)
def finish(goal_id: UUID) -> Answer:
    """Finished for now."""
    found = find(goal_id)
    if found.state != "finished":
        service.finish(found, by=acting())
    flash(_("Finished for now. It is kept here, and you can pick it up again."))
    return redirect(url_for("goals.overview"), 303)


@pages.post("/goals/<uuid:goal_id>/again")
@allow(May.FOLLOW_COURSE)
def again(goal_id: UUID) -> Answer:
    """Pick a goal up again."""
    found = find(goal_id)
    if found.state == "finished":
        service.take_up_again(found, by=acting())
    return redirect(address(found), 303)


def _about(found: Goal) -> dict[str, Any]:
    return {
        "goal": found,
        "pacing_names": words.pacing_names(acting(), patient_id()),
        "outcomes": [(outcome.value, words.OUTCOME_NAMES[outcome]) for outcome in Outcome],
    }
