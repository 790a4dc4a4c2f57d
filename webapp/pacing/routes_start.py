"""Finding a start: tries, the quick way, and the result with its one or two equal buttons."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.pacing import service, service_start, words
from webapp.pacing.amounts import Unit
from webapp.pacing.forms import QuickForm, StartForm, TapForm, TryForm, typed
from webapp.pacing.models import PacingPlan, PacingTry
from webapp.pacing.pages import Answer, me, my_plan, pages, settings, today
from webapp.pacing.rules import FoundStart, StartFrom, TriesOutOfRange, try_progress
from webapp.pacing.rules_plan import UsualLimit, make_plan, staircase


def _plan_with_numbers(plan_id: UUID, *, for_change: bool = False) -> PacingPlan | None:
    """The plan, or None in energy mode, which has no tries and no start."""
    plan = my_plan(plan_id, for_change=for_change)
    return None if service.in_energy_mode(acting(), me()) else plan


@pages.route("/<uuid:plan_id>/tries", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def tries(plan_id: UUID) -> Answer:
    """The tries so far, and a form for the next."""
    plan = _plan_with_numbers(plan_id, for_change=request.method == "POST")
    if plan is None:
        return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
    form = TryForm(unit=plan.unit, today=today(), data={"on": today()})
    rows = service_start.tries_of(plan)
    if form.validate_on_submit():
        try:
            _add(plan, form)
        except TriesOutOfRange:
            form.form_errors.append(words.too_many_tries(settings().most_tries))
        else:
            return redirect(url_for("pacing.tries", plan_id=plan_id), 303)
    return _tries_page(plan, rows, form), 422 if form.is_submitted() else 200


def _add(plan: PacingPlan, form: TryForm) -> None:
    service_start.add_try(
        plan,
        form.amount_of("amount") or 0.0,
        form.day,
        form.day_type.data,
        form.after_effect.data,
        by=acting(),
        settings=settings(),
    )


def _tries_page(plan: PacingPlan, rows: list[PacingTry], form: TryForm) -> str:
    progress = try_progress(service_start.as_rule_tries(rows), settings())
    return render_template(
        "pacing/tries.jinja",
        plan=plan,
        rows=rows,
        form=form,
        progress=progress,
        all_zero=bool(rows) and not any(row.amount for row in rows),
    )


@pages.route("/<uuid:plan_id>/tries/<uuid:try_id>", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def change_try(plan_id: UUID, try_id: UUID) -> Answer:
    """Put a try right."""
    plan = my_plan(plan_id, for_change=request.method == "POST")
    row = _my_try(plan, try_id)
    data = {"amount": typed(row.amount, plan.unit), "on": row.on, "day_type": row.day_type}
    form = TryForm(
        unit=plan.unit,
        today=today(),
        current_version=row.version,
        data={**data, "after_effect": row.after_effect},
    )
    if not form.validate_on_submit():
        page = render_template("pacing/change_try.jinja", plan=plan, row=row, form=form, remove=TapForm())
        return page, 422 if form.is_submitted() else 200
    service_start.change_try(
        plan, row, form.amount_of("amount") or 0.0, form.day, form.day_type.data, form.after_effect.data,
        by=acting(),
    )  # fmt: skip
    return redirect(url_for("pacing.tries", plan_id=plan_id), 303)


@pages.post("/<uuid:plan_id>/tries/<uuid:try_id>/remove")
@allow(May.FOLLOW_COURSE)
def remove_try(plan_id: UUID, try_id: UUID) -> Answer:
    """Leave a try out."""
    plan = my_plan(plan_id, for_change=True)
    service_start.remove_try(plan, _my_try(plan, try_id), by=acting())
    return redirect(url_for("pacing.tries", plan_id=plan_id), 303)


def _my_try(plan: PacingPlan, try_id: UUID) -> PacingTry:
    try:
        return service_start.try_of(plan, try_id)
    except service.NotFound:
        abort(404)


@pages.route("/<uuid:plan_id>/quick", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def quick_way(plan_id: UUID) -> Answer:
    """Two guesses instead of tries."""
    plan = _plan_with_numbers(plan_id, for_change=request.method == "POST")
    if plan is None:
        return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
    data = {"good_day": typed(plan.good_day, plan.unit), "bad_day": typed(plan.bad_day, plan.unit)}
    form = QuickForm(unit=plan.unit, current_version=plan.version, data=data)
    if not form.validate_on_submit():
        return render_template(
            "pacing/quick.jinja", plan=plan, form=form
        ), 422 if form.is_submitted() else 200
    good_day, bad_day = form.amount_of("good_day") or 0.0, form.amount_of("bad_day") or 0.0
    service_start.keep_quick_way(plan, good_day, bad_day, by=acting())
    return redirect(url_for("pacing.start", plan_id=plan_id), 303)


@pages.route("/<uuid:plan_id>/start", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def start(plan_id: UUID) -> Answer:
    """What the tries point to. One or two equal buttons; nothing is chosen for the patient."""
    plan = _plan_with_numbers(plan_id, for_change=request.method == "POST")
    if plan is None:
        return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
    rows = service_start.tries_of(plan)
    try:
        found = service_start.found_start(plan, rows, settings())
    except service_start.NoStartYet:
        return redirect(url_for("pacing.tries", plan_id=plan_id), 303)
    form = StartForm(current_version=plan.version)
    if form.validate_on_submit():
        return _begin_with(plan, found, form.choice.data)
    return _start_page(plan, rows, found, form), 422 if form.is_submitted() else 200


def _begin_with(plan: PacingPlan, found: FoundStart, kind: str) -> Answer:
    try:
        service_start.choose_start(plan, found, kind, today(), by=acting(), settings=settings())
    except (service.NotFound, ValueError):
        abort(404)
    return redirect(url_for("pacing.details", plan_id=plan.id), 303)


def _start_page(plan: PacingPlan, rows: list[PacingTry], found: FoundStart, form: StartForm) -> str:
    limit = UsualLimit(plan.usual_limit) if plan.usual_limit else None
    stairs = staircase(
        make_plan(
            found.options[0].amount,
            Unit(plan.unit),
            rate=settings().usual_rate,
            limit=limit,
            goal=plan.goal,
            settings=settings(),
        ),
        energy_mode=False,
        settings=settings(),
    )
    return render_template(
        "pacing/start.jinja",
        plan=plan,
        rows=rows,
        found=found,
        working=found.working,
        pointed=found.options[0],
        is_quick=found.working.start_from is StartFrom.QUICK_WAY,
        offers=settings().offers,
        stairs=stairs,
        form=form,
        rate=settings().usual_rate,
        numbers=settings(),
    )


@pages.post("/<uuid:plan_id>/new-start")
@allow(May.FOLLOW_COURSE)
def new_start(plan_id: UUID) -> Answer:
    """Begin new tries; the present amount goes on until a new start is tapped."""
    service_start.look_for_new_start(my_plan(plan_id, for_change=True), by=acting())
    return redirect(url_for("pacing.tries", plan_id=plan_id), 303)
