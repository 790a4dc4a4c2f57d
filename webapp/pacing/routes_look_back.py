"""The look-back: questions, then what the days say and every choice, all equal; and the history."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import in_words
from webapp.pacing import service, service_look_back
from webapp.pacing.forms import EnergyLookBackForm, LookBackForm, StartForm, look_back_form
from webapp.pacing.models import PacingLookBack, PacingPlan
from webapp.pacing.pages import Answer, me, my_plan, pages, settings, today
from webapp.pacing.rules_look_back import Choice
from webapp.pacing.rules_swings import find_swings


@pages.route("/<uuid:plan_id>/look-back", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def look_back(plan_id: UUID) -> Answer:
    """What the look-back asks."""
    plan = my_plan(plan_id, for_change=request.method == "POST")
    energy_mode = service.in_energy_mode(acting(), me())
    if plan.finished_on is not None or (plan.quota is None and not energy_mode):
        return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
    period = service_look_back.period_of(acting(), plan, service_look_back.latest_look_back(plan), today())
    form = _form(plan, period, energy_mode)
    if form.validate_on_submit():
        row = service_look_back.save_look_back(
            plan, _said(form), today(), by=acting(), energy_mode=energy_mode, settings=settings()
        )
        return redirect(url_for("pacing.choose", plan_id=plan_id, look_back_id=row.id), 303)
    page = render_template(
        "pacing/look_back.jinja", plan=plan, form=form, period=period, energy_mode=energy_mode
    )
    return page, 422 if form.is_submitted() else 200


def _form(
    plan: PacingPlan, period: service_look_back.Period, energy_mode: bool
) -> LookBackForm | EnergyLookBackForm:
    if energy_mode:
        return EnergyLookBackForm(current_version=plan.version)
    spoken = [in_words(day) for day in period.unticked]
    return look_back_form(period.unticked, spoken, current_version=plan.version)


def _said(form: LookBackForm | EnergyLookBackForm) -> service_look_back.Said:
    if isinstance(form, EnergyLookBackForm):
        return service_look_back.Said({}, None, None, form.cost.data)
    return service_look_back.Said(form.days(), form.worse.data, form.confidence.data)


@pages.route("/<uuid:plan_id>/look-back/<uuid:look_back_id>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def choose(plan_id: UUID, look_back_id: UUID) -> Answer:
    """What the days say, what the leaflet's rule says, and every choice. Nothing changes without a tap."""
    plan = my_plan(plan_id, for_change=request.method == "POST")
    row = _my_look_back(plan, look_back_id)
    energy_mode = service.in_energy_mode(acting(), me())
    form = StartForm(current_version=plan.version)
    if form.validate_on_submit():
        if row.choice is None:
            return _do(plan, row, form.choice.data, energy_mode)
        form.form_errors.append(_("You have chosen already. You can look back again at any time."))
    return _choose_page(plan, row, form, energy_mode), 422 if form.is_submitted() else 200


def _do(plan: PacingPlan, row: PacingLookBack, chosen: str, energy_mode: bool) -> Answer:
    try:
        service_look_back.choose(
            plan, row, chosen, today(), by=acting(), energy_mode=energy_mode, settings=settings()
        )
    except service.NotFound:
        abort(404)
    after = {Choice.NEW_START: "pacing.tries", Choice.CHANGE_ACTIVITY: "pacing.begin"}
    if row.choice == Choice.CHANGE_ACTIVITY:
        return redirect(url_for("pacing.begin"), 303)
    if plan.finished_on is not None:
        return redirect(url_for("pacing.overview"), 303)
    endpoint = after.get(Choice(chosen), "pacing.plan")
    return redirect(url_for(endpoint, plan_id=plan.id), 303)


def _choose_page(plan: PacingPlan, row: PacingLookBack, form: StartForm, energy_mode: bool) -> str:
    ticks = service.ticks_between(acting(), [plan], row.from_on, row.to_on)
    results = [service.as_result(tick, plan.unit, settings()) for tick in ticks if tick.was_planned]
    return render_template(
        "pacing/choose.jinja",
        plan=plan,
        row=row,
        form=form,
        energy_mode=energy_mode,
        choices=service_look_back.offers(plan, energy_mode=energy_mode, settings=settings()),
        swings=find_swings(results, settings()),
        offers=settings().offers,
        numbers=settings(),
    )


@pages.get("/<uuid:plan_id>/look-backs")
@allow(May.FOLLOW_COURSE)
def look_backs(plan_id: UUID) -> Answer:
    """Every look-back, newest first."""
    plan = my_plan(plan_id)
    rows = service_look_back.look_backs_of(plan)
    return render_template("pacing/look_backs.jinja", plan=plan, rows=rows)


def _my_look_back(plan: PacingPlan, look_back_id: UUID) -> PacingLookBack:
    try:
        return service_look_back.look_back_of(plan, look_back_id)
    except service.NotFound:
        abort(404)
