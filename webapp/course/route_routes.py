"""What has slipped, the route and its stops, short boosters, and three ways to go on after weeks away."""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response

from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import chosen

from . import routes_taken, rules_route, service, skill_words, tools
from .forms import StepForm
from .overview import Journey, ModuleOnPath
from .route_forms import ShareRouteForm, SkillsForm, StopForm, WayForm
from .routes import Answer, enrolment_of_visitor, journey_of_visitor, pages

GO_ON = "go_on"
BOTH = ["GET", "POST"]


@pages.get("/route")
@allow(May.FOLLOW_COURSE)
def route() -> Answer:
    """The stops, what has changed, the day of the next booster; or the question, if it was never answered."""
    journey = _looking()
    answered = routes_taken.answered(journey.looks)
    if not answered:
        return redirect(url_for(".skills"), 303)
    changes = rules_route.changes(answered)
    return render_template(
        "course/route.jinja",
        journey=journey,
        finding=rules_route.finding(answered[-1].answers, journey.settings),
        changes=[skill_words.in_words(one, journey.today) for one in changes],
        tools=_tools_of(journey),
        shared=journey.route is not None and routes_taken.is_shared(journey.enrolment, journey.route.id),
        step=StepForm(formdata=None),
    )


@pages.route("/route/skills", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def skills() -> Answer:
    """ "What has slipped?": eight skills, each from 0 (gone) to 10 (going well). Any may be left out."""
    journey = _looking()
    form = SkillsForm()
    if form.validate_on_submit():
        routes_taken.look(journey.enrolment, form.answers, at_booster=False, by=acting())
        return redirect(url_for(".route"), 303)
    page = render_template("course/skills.jinja", form=form, journey=journey, step=StepForm(formdata=None))
    return page, 422 if form.is_submitted() else 200


@pages.route("/route/skip", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def skip_skills() -> Answer:
    """Not now: nothing is asked again until a booster's day, and everything stays open."""
    if StepForm().validate_on_submit():
        routes_taken.skip_look(_looking().enrolment, by=acting())
    return redirect(url_for("home.today"), 303)


@pages.route("/route/booster", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def booster() -> Answer:
    """A short booster, on one page: the eight skills, a tip, the keep-going plan."""
    journey = _looking()
    form = SkillsForm()
    if form.validate_on_submit():
        routes_taken.look(journey.enrolment, form.answers, at_booster=True, by=acting())
        return redirect(url_for(".route"), 303)
    if not form.is_submitted() and journey.boosters.due_on is None:
        return redirect(url_for(".route"), 303)
    page = render_template(
        "course/booster.jinja",
        form=form,
        journey=journey,
        tip=skill_words.tip_for(_lowest(journey)),
        keep_going=tools.address_of_kept("keep-going"),
        step=StepForm(formdata=None),
    )
    return page, 422 if form.is_submitted() else 200


@pages.route("/route/stop", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def stop() -> Answer:
    """ "I have done this stop", or not after all."""
    form = StopForm()
    if form.validate_on_submit():
        try:
            done = form.done.data == "yes"
            routes_taken.say_done(enrolment_of_visitor(), form.skill.data or "", done, by=acting())
        except routes_taken.NoSuchStop:
            abort(404)
    return redirect(url_for(".route"), 303)


@pages.route("/route/share", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def share_route() -> Answer:
    """Share the route's stops with the team, or take that back."""
    form = ShareRouteForm()
    if form.validate_on_submit():
        try:
            routes_taken.share_route(enrolment_of_visitor(), form.share.data == "yes", by=acting())
        except routes_taken.NoSuchStop:
            abort(404)
    return redirect(url_for(".route", _anchor="sharing"), 303)


@pages.route("/me/way", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def way() -> Answer:
    """On as before, a lighter route, the whole course again, or this module once more: one tap."""
    form = WayForm()
    if not form.validate_on_submit():
        return redirect(url_for(".overview"), 303)
    journey = journey_of_visitor()
    if journey.is_refresher:
        abort(404)
    return _take(journey, form.way.data or "")


def _take(journey: Journey, asked: str) -> Response:
    enrolment, was_away = journey.enrolment, journey.is_back_after_weeks
    at = journey.core[journey.here - 1] if journey.here else None
    if asked == GO_ON:
        routes_taken.go_on_as_before(enrolment, by=acting())
    elif asked in (rules_route.WHOLE, rules_route.LIGHTER):
        routes_taken.take_way(enrolment, asked == rules_route.LIGHTER, by=acting())
    elif asked == rules_route.MODULE_AGAIN and at is not None and at.begun is not None:
        here = service.in_module(enrolment, at.name, chosen())
        routes_taken.begin_again(here, by=acting())
        return redirect(url_for(".page", module=at.name, page=here.pages[0]), 303)
    else:
        abort(404)
    return redirect(_where(at) if was_away and at is not None else url_for(".overview"), 303)


def _where(at: ModuleOnPath) -> str:
    """Straight to the page where they left off."""
    if at.go_on_with is None:
        return url_for(".end", module=at.name)
    return url_for(".page", module=at.name, page=at.go_on_with)


def _looking() -> Journey:
    """The journey of somebody who may look at their skills; 404 for anybody else."""
    journey = journey_of_visitor()
    if not journey.looks_at_skills:
        abort(404)
    return journey


def _lowest(journey: Journey) -> str | None:
    """The skill that was lowest the last time, for the tip."""
    answered = routes_taken.answered(journey.looks)
    low = rules_route.slipped(answered[-1].answers, journey.settings) if answered else ()
    return low[0] if low else None


def _tools_of(journey: Journey) -> dict[str, str]:
    """For each stop whose module hands out a tool: where that tool is."""
    found = {}
    for stop in journey.route.stops if journey.route else ():
        at = journey.find(stop.skill)
        block = tools.first_tool(at.text) if at else None
        address = block and tools.address_of_tool(block, acting(), journey.enrolment.patient_id)
        if address:
            found[stop.skill] = address
    return found
