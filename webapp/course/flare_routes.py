"""I'm having a flare-up: help first, then the patient's own plan, today, the days after, and the way back.

Why the page stands in the course room: it shows the plan, which is a tool of this room, and lower rooms may not look up.
The truths about amounts stay in pacing (`flare.py`, `service_flare.py`), the report and the pause in engagement; this
page only joins them. A registry in pacing, filled from here, would have hidden that one page is made of both.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast
from uuid import UUID

from flask import Blueprint, abort, current_app, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.pacing import service as pacing
from webapp.pacing import service_flare
from webapp.pacing.flare import CHECK_IN_DAYS, Today, today_offers
from webapp.pacing.plan_days import as_rule_plan
from webapp.pacing.rules_settings import PacingSettings
from webapp.people.models import Service

from . import entries, flare
from .forms import StepForm
from .routes import Answer, following

flare_pages = Blueprint("flare_up", __name__, template_folder="templates", url_prefix="/flare-up")
RING_ME = "support.ring_me"  # a neighbouring room: linked where it is open
ANSWERS = ("better", "same", "worse")


@flare_pages.get("")
@allow(May.ENTER)
def now() -> Answer:
    """The flare-up page; signed out, the same help in general words."""
    if getattr(following(), "patient_id", None) is None:
        return render_template("course/flare/signed_out.jinja")
    page = service_flare.flare_page(acting(), _me(), _today(), _settings())
    return render_template(
        "course/flare/now.jinja",
        page=page,
        mine=flare.plan_now(acting(), _me(), _service(), page, clock.now(), request.args.get("stage")),
        choices=[choice.value for choice in service_flare.choices_for(page.energy_mode)],
        halves=_halves(page),
        first_question_on=_today() + timedelta(days=CHECK_IN_DAYS[0] - 1),
        step=StepForm(formdata=None),
    )


@flare_pages.post("/today")
@allow(May.FOLLOW_COURSE)
def choose_today() -> Answer:
    """Rest, less, half or the same, for today."""
    chosen = request.form.get("choice", "")
    if chosen not in service_flare.choices_for(pacing.in_energy_mode(acting(), _me())):
        abort(404)
    service_flare.begin_or_choose(acting(), _me(), chosen, _today())
    return redirect(url_for("flare_up.now") + "#today", 303)


@flare_pages.post("/how")
@allow(May.FOLLOW_COURSE)
def answer() -> Answer:
    """The question of day 3 and day 7: better, the same or worse."""
    said = request.form.get("answer", "")
    if said not in ANSWERS:
        abort(404)
    try:
        service_flare.answer(acting(), _me(), said, _today())
    except pacing.NotFound:
        return redirect(url_for("flare_up.now"), 303)
    return redirect(url_for("flare_up.worse" if said == "worse" else "flare_up.now"), 303)


@flare_pages.get("/worse")
@allow(May.FOLLOW_COURSE)
def worse() -> Answer:
    """It is worse: ways to somebody who can help."""
    can_ring = RING_ME in current_app.view_functions
    return render_template("course/flare/worse.jinja", ring_me=url_for(RING_ME) if can_ring else None)


@flare_pages.post("/day")
@allow(May.FOLLOW_COURSE)
def settled() -> Answer:
    """Whether today is settled."""
    service_flare.note_day(acting(), _me(), _today(), request.form.get("settled") == "yes")
    return redirect(url_for("flare_up.now") + "#back", 303)


@flare_pages.post("/step/<uuid:plan_id>")
@allow(May.FOLLOW_COURSE)
def step(plan_id: UUID) -> Answer:
    """The next step of the way back, on a tap only."""
    try:
        service_flare.take_step(acting(), _activity(plan_id), _today(), _settings())
    except pacing.NotFound:
        abort(404)
    return redirect(url_for("flare_up.now") + "#back", 303)


@flare_pages.post("/back/<uuid:plan_id>")
@allow(May.FOLLOW_COURSE)
def back(plan_id: UUID) -> Answer:
    """Straight back to the usual amount, because the patient says so."""
    service_flare.end_way_back(acting(), _activity(plan_id))
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)


@flare_pages.post("/into-plan/<uuid:entry_id>")
@allow(May.FOLLOW_COURSE)
def into_plan(entry_id: UUID) -> Answer:
    """One tap: what helped, as a look back says, goes into the plan."""
    try:
        if flare.put_into_plan(acting(), _me(), _service(), entry_id):
            flash(_("It is in your plan now, under what has helped before."), "saved")
    except entries.NotFound:
        abort(404)
    return redirect(url_for("course.tool", tool=flare.kind().name), 303)


# --- who, when, which --------------------


def _me() -> UUID:
    patient_id: UUID | None = following().patient_id
    if patient_id is None:
        abort(403)
    return patient_id


def _service() -> Service:
    return cast(Service, following().service)


def _today() -> date:
    return clock.today(_service().time_zone)


def _settings() -> PacingSettings:
    return pacing.settings_from(_service().pacing)


def _activity(plan_id: UUID) -> Any:
    """The patient's own activity; anybody else's is a 404."""
    try:
        return pacing.plan_of(acting(), _me(), plan_id, for_change=True)
    except pacing.NotFound:
        abort(404)


def _halves(page: service_flare.FlarePage) -> dict[UUID, int | None]:
    """Half of each activity's amount, as it is shown. There is none in energy mode."""
    if page.energy_mode:
        return {}
    return {plan.id: _half_of(plan) for plan in page.plans}


def _half_of(plan: Any) -> int | None:
    offers = today_offers(as_rule_plan(plan), energy_mode=False, settings=_settings())
    return next(offer.shown for offer in offers if offer.today is Today.HALF)
