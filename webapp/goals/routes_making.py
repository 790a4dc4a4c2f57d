"""Making a goal.

One question a page. Each page saves itself, may be left, and can be changed later from the card.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import abort, redirect, render_template, request
from werkzeug.wrappers import Response

from webapp.foundations.access import May, acting, allow

from . import rules_making, service, service_making, words
from .forms import (
    OTHER_PART,
    ByWhenForm,
    EasierForm,
    GapForm,
    HowSureForm,
    InTheWayForm,
    KnowForm,
    LadderForm,
    MattersForm,
    RewardForm,
    RungForm,
    StepForm,
    SupporterForm,
    ThisWeekForm,
    WantBackForm,
    WhatForm,
    WhereForm,
)
from .routes import Answer, address, find, onward, pages, patient_id
from .rules import MOST_RUNGS, Domain, Easier
from .seen import Goal

BOTH = ["GET", "POST"]
Save = Callable[[], str | None]


@pages.route("/goals/<uuid:goal_id>/matters/<domain>", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def matters(goal_id: UUID, domain: str) -> Answer:
    """How much one part of life matters, and how it is lived now."""
    goal = find(goal_id)
    if domain not in set(Domain):
        abort(404)
    part = Domain(domain)
    importance, lived = goal.row.ratings.get(domain, (None, None))
    form = MattersForm(data={"importance": importance, "lived": lived}, current_version=goal.version)

    def save() -> str | None:
        return service_making.rate_domain(goal, part, form.importance.data, form.lived.data, by=acting())

    return _page(goal, f"matters/{domain}", form, save, "matters", part=part, earlier=_earlier(goal, part))


@pages.post("/goals/<uuid:goal_id>/same-numbers")
@allow(May.FOLLOW_COURSE)
def same_numbers(goal_id: UUID) -> Answer:
    """Take over the numbers of an earlier goal."""
    goal = find(goal_id)
    earlier = _earlier(goal, next(iter(Domain)))
    if earlier is None:
        abort(404)
    return onward(goal, service_making.use_ratings_of(goal, earlier, by=acting()))


@pages.route("/goals/<uuid:goal_id>/gap", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def gap(goal_id: UUID) -> Answer:
    """The gap as a picture, and which one the patient picks."""
    goal = find(goal_id)
    row = goal.row
    form = GapForm(data={"domain": row.domain, "why": row.why}, current_version=goal.version)

    def save() -> str | None:
        return service_making.save(
            goal, "gap", {"domain": form.domain.data, "why": form.why.data or ""}, by=acting()
        )

    hints = {rating.domain.value: words.gap_hint(rating) for rating in goal.rated}
    return _page(goal, "gap", form, save, "gap", hints=hints, other=OTHER_PART)


@pages.route("/goals/<uuid:goal_id>/want-back", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def want_back(goal_id: UUID) -> Answer:
    """Something given up or cut down."""
    return _words(goal_id, "want-back", WantBackForm, "want_back")


@pages.route("/goals/<uuid:goal_id>/what", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def what(goal_id: UUID) -> Answer:
    """The goal itself: the one thing that cannot be skipped."""
    return _words(goal_id, "what", WhatForm, "what")


@pages.route("/goals/<uuid:goal_id>/where", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def where(goal_id: UUID) -> Answer:
    """Where, and with whom."""
    return _lines(goal_id, "where", WhereForm, ("place", "with_whom"))


@pages.route("/goals/<uuid:goal_id>/know", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def know(goal_id: UUID) -> Answer:
    """How the patient will know."""
    return _lines(goal_id, "know", KnowForm, ("how_known",))


@pages.route("/goals/<uuid:goal_id>/by-when", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def by_when(goal_id: UUID) -> Answer:
    """By when: in four weeks, another day, or none."""
    goal = find(goal_id)
    on = goal.row.by_when_on
    form = ByWhenForm(
        data={"when": "another" if on else None, "on": on}, today=goal.today, current_version=goal.version
    )

    def save() -> str | None:
        return service_making.save(goal, "by-when", {"by_when_on": form.chosen_on}, by=acting())

    return _page(goal, "by-when", form, save, "by_when")


@pages.route("/goals/<uuid:goal_id>/rung/<int:number>", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def rung(goal_id: UUID, number: int) -> Answer:
    """One step of the ladder, counted from the ground."""
    goal = find(goal_id)
    if not 1 <= number <= MOST_RUNGS:
        abort(404)
    if number > len(goal.rungs) + 1:
        return redirect(address(goal, f"rung/{len(goal.rungs) + 1}"), 303)
    there = goal.rungs[number - 1] if number <= len(goal.rungs) else None
    names = words.pacing_names(acting(), patient_id())
    form = RungForm(data=_of_rung(there), pacing_plans=names, current_version=goal.version)
    if there is not None and form.is_submitted() and form.take_out.data:
        service_making.take_out_rung(goal, number, by=acting())
        return onward(goal, "ladder")

    def save() -> str | None:
        return service_making.save_rung(goal, number, form.answers, by=acting())

    return _page(goal, f"rung/{number}", form, save, "rung", number=number, there=there)


@pages.route("/goals/<uuid:goal_id>/ladder", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def ladder(goal_id: UUID) -> Answer:
    """The ladder as a picture; add, change, or go on."""
    goal = find(goal_id)
    form = LadderForm(rung_count=len(goal.rungs), current_version=goal.version)

    def save() -> str | None:
        return service_making.finish_ladder(goal, by=acting())

    names = words.pacing_names(acting(), patient_id())
    return _page(goal, "ladder", form, save, "ladder", pacing_names=names, most=MOST_RUNGS)


@pages.route("/goals/<uuid:goal_id>/this-week", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def this_week(goal_id: UUID) -> Answer:
    """This week's if-then plan."""
    goal = find(goal_id)
    row = goal.row
    form = ThisWeekForm(
        data={
            "cue": row.cue,
            "weekdays": row.weekdays,
            "action": row.action,
            "action_place": row.action_place,
        },
        current_version=goal.version,
    )

    def save() -> str | None:
        days, place = form.weekdays.data, form.action_place.data or ""
        return service_making.save_plan(goal, form.cue.data, days, form.action.data, place, by=acting())

    eased = Easier(row.made_easier[-1]) if goal.is_easing else None
    return _page(goal, "this-week", form, save, "this_week", eased=eased)


@pages.route("/goals/<uuid:goal_id>/how-sure", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def how_sure(goal_id: UUID) -> Answer:
    """How sure, 0 to 10 or in words."""
    goal = find(goal_id)
    form = HowSureForm(current_version=goal.version)

    def save() -> str | None:
        return service_making.rate(goal, form.rating, by=acting())

    return _page(goal, "how-sure", form, save, "how_sure")


@pages.route("/goals/<uuid:goal_id>/easier", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def easier(goal_id: UUID) -> Answer:
    """What would make it a 7? Leaving the plan as it is is as good an answer."""
    goal = find(goal_id)
    if not goal.row.confidence:
        return redirect(address(goal, "how-sure"), 303)
    form = EasierForm(current_version=goal.version)
    if form.is_submitted() and form.skip.data:
        return onward(goal, service_making.leave_as_it_is(goal))

    def save() -> str | None:
        choice = Easier(form.choice.data)
        return service_making.make_easier(goal, choice, form.easier_words.data or "", by=acting())

    return _page(goal, "easier", form, save, "easier")


@pages.route("/goals/<uuid:goal_id>/in-the-way", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def in_the_way(goal_id: UUID) -> Answer:
    """What might get in the way, and what then: one is enough."""
    goal = find(goal_id)
    written = goal.row.obstacles
    data = {f"{part}_{place}": pair[part] for place, pair in enumerate(written) for part in ("if", "then")}
    form = InTheWayForm(data=data, current_version=goal.version)

    def save() -> str | None:
        after = service_making.save(goal, "in-the-way", {"obstacles": form.obstacles}, by=acting())
        return "in-the-way?more=1" if form.add.data else after

    more = 1 if "more" in request.args else 0
    shown = min(max(len(form.obstacles) + more, 1), rules_making.MOST_OBSTACLES)
    return _page(goal, "in-the-way", form, save, "in_the_way", shown=shown)


@pages.route("/goals/<uuid:goal_id>/supporter", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def supporter(goal_id: UUID) -> Answer:
    """Who could help."""
    return _lines(goal_id, "supporter", SupporterForm, ("supporter",))


@pages.route("/goals/<uuid:goal_id>/reward", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def reward(goal_id: UUID) -> Answer:
    """A small treat."""
    return _lines(goal_id, "reward", RewardForm, ("reward",))


@pages.route("/goals/<uuid:goal_id>/check", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def check(goal_id: UUID) -> Answer:
    """Everything on one page; the goal begins from here."""
    goal = find(goal_id)
    if goal.state != "making":
        return redirect(address(goal), 303)
    if not goal.row.what:
        return redirect(address(goal, "what"), 303)
    form = StepForm(current_version=goal.version)
    if form.validate_on_submit():
        service_making.start(goal, by=acting())
        return redirect(address(goal), 303)
    names = words.pacing_names(acting(), patient_id())
    answer = render_template("goals/check.jinja", form=form, pacing_names=names, **_around(goal, "check"))
    return answer, 422 if form.is_submitted() else 200


def _words(goal_id: UUID, step: str, form_class: type[StepForm], name: str) -> Answer:
    """A page with the words of the goal itself: "less pain" is explained once, and never refused."""
    goal = find(goal_id)
    form = form_class(data={name: getattr(goal.row, name)}, current_version=goal.version)
    if name == "what" and not goal.row.what and not form.is_submitted():
        form["what"].data = form["what"].data or goal.row.want_back

    def save() -> str | None:
        after, explain = service_making.save_words(goal, step, {name: form[name].data or ""}, by=acting())
        return f"{after}?kindly=1" if explain else after

    return _page(goal, step, form, save, step.replace("-", "_"), kindly="kindly" in request.args)


def _lines(goal_id: UUID, step: str, form_class: type[StepForm], names: tuple[str, ...]) -> Answer:
    """A page whose fields are columns of the goal."""
    goal = find(goal_id)
    form = form_class(data={name: getattr(goal.row, name) for name in names}, current_version=goal.version)

    def save() -> str | None:
        return service_making.save(goal, step, {name: form[name].data or "" for name in names}, by=acting())

    return _page(goal, step, form, save, step.replace("-", "_"))


def _page(goal: Goal, step: str, form: StepForm, save: Save, template: str, **more: Any) -> Answer:
    """Show a page, skip it, or save it and go on."""
    if form.is_submitted() and form.skip.data and step != "what":
        return onward(goal, service_making.skip(goal, step, by=acting()))
    if form.validate_on_submit():
        return _saved(goal, save)
    answer = render_template(f"goals/{template}.jinja", form=form, **_around(goal, step), **more)
    return answer, 422 if form.is_submitted() else 200


def _saved(goal: Goal, save: Save) -> Response:
    try:
        return onward(goal, save())
    except service.NotFound:
        abort(404)


def _around(goal: Goal, step: str) -> dict[str, Any]:
    back = rules_making.before(step, energy_mode=goal.energy_mode) if goal.state == "making" else None
    return {
        "goal": goal,
        "step": step,
        "stage": rules_making.stage_of(step),
        "stage_count": rules_making.STAGE_COUNT,
        "back": address(goal, back) if back or goal.state != "making" else None,
    }


def _of_rung(there: Any) -> dict[str, Any]:
    if there is None:
        return {}
    names = ("what", "place", "at_time", "how_often", "how_long")
    plan = there.pacing_plan_id
    return {**{name: getattr(there, name) for name in names}, "pacing_plan": str(plan) if plan else None}


def _earlier(goal: Goal, part: Domain) -> Goal | None:
    """The latest other goal with numbers, offered on the first page while this one has none."""
    if goal.row.ratings or part is not next(iter(Domain)):
        return None
    others = service.goals_of(acting(), patient_id())
    return next((other for other in others if other.id != goal.id and other.rated), None)
