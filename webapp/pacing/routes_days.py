"""The daily tick, today's and yesterday's, and the day in energy mode."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from flask import abort, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.foundations.access import May, acting, allow
from webapp.foundations.going_back import safe_path
from webapp.pacing import service, service_days, service_energy
from webapp.pacing.amounts import Unit
from webapp.pacing.forms import CostForm, EnergyDayForm, TapForm, TickForm, typed
from webapp.pacing.models import EnergyDay, PacingPlan
from webapp.pacing.pages import Answer, me, my_plan, pages, settings, today
from webapp.pacing.plan_days import amount_on, is_running


@pages.post("/<uuid:plan_id>/done")
@allow(May.FOLLOW_COURSE)
def done(plan_id: UUID) -> Answer:
    """One tap: I did what the screen says, today."""
    plan = _running(plan_id, for_change=True)
    service_days.tick(plan, today(), "did_it", None, None, by=acting(), settings=settings())
    return redirect(safe_path(request.form.get("to"), url_for("pacing.plan", plan_id=plan_id)), 303)


@pages.route("/<uuid:plan_id>/tick", methods=["GET", "POST"], defaults={"which": "today"})
@pages.route("/<uuid:plan_id>/tick/<any(yesterday):which>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def tick(plan_id: UUID, which: str) -> Answer:
    """Did it, more or less, or not today. It can be put right as often as one likes."""
    plan = _running(plan_id, for_change=request.method == "POST")
    day = _day(plan, which)
    row = service_days.tick_on(plan, day)
    data = {} if row is None else {
        "said": "some" if row.amount is not None else row.said,
        "amount": typed(row.amount, plan.unit),
        "day_type": row.day_type,
    }  # fmt: skip
    form = TickForm(
        unit=plan.unit, is_today=which == "today", current_version=row.version if row else 0, data=data
    )
    if not form.validate_on_submit():
        page = render_template(
            "pacing/tick.jinja", plan=plan, form=form, day=day, which=which, row=row,
            shown=service_days.shown_on(acting(), plan, row, settings()),
        )  # fmt: skip
        return page, 422 if form.is_submitted() else 200
    amount = form.amount_of("amount") if form.said.data == "some" else None
    service_days.tick(plan, day, form.said.data, amount, form.day_type.data, by=acting(), settings=settings())
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)


@dataclass(frozen=True)
class TimerStep:
    """One sentence of the timer, and the seconds that it stands there."""

    say: str
    seconds: int


@pages.get("/<uuid:plan_id>/timer")
@allow(May.FOLLOW_COURSE)
def timer(plan_id: UUID) -> Answer:
    """A quiet timer that says when the amount of today is reached, so that the plan decides and not the pain.

    Source: an outside cue for the planned amount, exercise specification 4.1.1, rule F. It starts on a tap only.
    """
    plan = _running(plan_id, for_change=False)
    amount = amount_on(plan, service.flare_choice(acting(), me()), settings())
    if plan.unit != Unit.TIME or not amount.shown:
        abort(404)
    half = amount.shown // 2
    steps = (
        TimerStep(_("Begin, at a speed that suits you."), half),
        TimerStep(_("You are half way. Go on gently, or turn round for the way back."), amount.shown - half),
    )
    return render_template("pacing/timer.jinja", plan=plan, amount=amount, steps=steps, form=TapForm())


def _running(plan_id: UUID, *, for_change: bool) -> PacingPlan:
    """A plan that has a tick: it runs, and energy mode is off."""
    plan = my_plan(plan_id, for_change=for_change)
    if not is_running(plan) or service.in_energy_mode(acting(), me()):
        abort(404)
    return plan


def _day(plan: PacingPlan, which: str) -> date:
    day = today() - timedelta(days=1 if which == "yesterday" else 0)
    if plan.started_on and day < plan.started_on:
        abort(404)
    return day


@pages.route("/<uuid:plan_id>/energy-day", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def energy_day(plan_id: UUID) -> Answer:
    """Today in energy mode: keep within, do less, rest; and breaks."""
    plan = my_plan(plan_id, for_change=request.method == "POST")
    if not service.in_energy_mode(acting(), me()):
        return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
    row = service_energy.day_of(plan, today())
    data = {"choice": row.choice, "breaks": row.breaks} if row else {}
    form = EnergyDayForm(current_version=row.version if row else 0, data=data)
    if not form.validate_on_submit():
        page = render_template("pacing/energy_day.jinja", plan=plan, form=form)
        return page, 422 if form.is_submitted() else 200
    service_energy.save_day(plan, today(), form.choice.data, form.breaks.data, by=acting())
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)


@pages.route("/<uuid:plan_id>/cost/<on>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def cost(plan_id: UUID, on: str) -> Answer:
    """What a day cost over the next three days."""
    plan = my_plan(plan_id, for_change=request.method == "POST")
    row = _noted_day(plan, on)
    form = CostForm(current_version=row.version, data={"cost": row.cost})
    if not form.validate_on_submit():
        heading = _("What did it cost over the next three days?")
        page = render_template("pacing/cost.jinja", plan=plan, form=form, row=row, heading=heading)
        return page, 422 if form.is_submitted() else 200
    service_energy.save_cost(plan, row, form.cost.data, by=acting())
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)


def _noted_day(plan: PacingPlan, on: str) -> EnergyDay:
    try:
        row = service_energy.day_of(plan, date.fromisoformat(on))
    except ValueError:
        row = None
    if row is None:
        abort(404)
    return row
