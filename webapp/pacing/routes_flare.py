"""I'm having a flare-up: help first, then today, the days after, and the way back."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import abort, current_app, redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow, visitor
from webapp.pacing import service, service_flare
from webapp.pacing.flare import CHECK_IN_DAYS, Today, today_offers
from webapp.pacing.forms import TapForm
from webapp.pacing.pages import Answer, flare_pages, me, my_plan, settings, today
from webapp.pacing.plan_days import as_rule_plan

RING_ME = "support.ring_me"  # a room above this one: linked where it is open
ANSWERS = ("better", "same", "worse")


@flare_pages.get("")
@allow(May.ENTER)
def now() -> Answer:
    """The flare-up page; signed out, the same help in general words."""
    if getattr(visitor(), "patient_id", None) is None:
        return render_template("flare_up/signed_out.jinja")
    page = service_flare.flare_page(acting(), me(), today(), settings())
    return render_template(
        "flare_up/now.jinja",
        page=page,
        form=TapForm(),
        choices=[
            choice.value for choice in Today if not page.energy_mode or choice in (Today.REST, Today.LESS)
        ],
        halves={
            plan.id: today_offers(as_rule_plan(plan), energy_mode=False, settings=settings())[2].shown
            for plan in page.plans
            if not page.energy_mode
        },
        first_question_on=today() + timedelta(days=CHECK_IN_DAYS[0] - 1),
    )


@flare_pages.post("/today")
@allow(May.FOLLOW_COURSE)
def choose_today() -> Answer:
    """Rest, less, half or the same, for today."""
    chosen = request.form.get("choice", "")
    if chosen not in list(Today):
        abort(404)
    service_flare.begin_or_choose(acting(), me(), chosen, today())
    return redirect(url_for("flare_up.now") + "#today", 303)


@flare_pages.post("/how")
@allow(May.FOLLOW_COURSE)
def answer() -> Answer:
    """The question of day 3 and day 7: better, the same or worse."""
    said = request.form.get("answer", "")
    if said not in ANSWERS:
        abort(404)
    try:
        service_flare.answer(acting(), me(), said, today())
    except service.NotFound:
        return redirect(url_for("flare_up.now"), 303)
    return redirect(url_for("flare_up.worse" if said == "worse" else "flare_up.now"), 303)


@flare_pages.get("/worse")
@allow(May.FOLLOW_COURSE)
def worse() -> Answer:
    """It is worse: ways to somebody who can help."""
    can_ring = RING_ME in current_app.view_functions
    return render_template("flare_up/worse.jinja", ring_me=url_for(RING_ME) if can_ring else None)


@flare_pages.post("/day")
@allow(May.FOLLOW_COURSE)
def settled() -> Answer:
    """Whether today is settled."""
    service_flare.note_day(acting(), me(), today(), request.form.get("settled") == "yes")
    return redirect(url_for("flare_up.now") + "#back", 303)


@flare_pages.post("/step/<uuid:plan_id>")
@allow(May.FOLLOW_COURSE)
def step(plan_id: UUID) -> Answer:
    """The next step of the way back, on a tap only."""
    try:
        service_flare.take_step(acting(), my_plan(plan_id, for_change=True), today(), settings())
    except service.NotFound:
        abort(404)
    return redirect(url_for("flare_up.now") + "#back", 303)


@flare_pages.post("/back/<uuid:plan_id>")
@allow(May.FOLLOW_COURSE)
def back(plan_id: UUID) -> Answer:
    """Straight back to the usual amount, because the patient says so."""
    service_flare.end_way_back(acting(), my_plan(plan_id, for_change=True))
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
