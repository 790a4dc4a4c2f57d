"""The overview, the beginning of an activity, and the page of one plan."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from flask import redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.pacing import drawings, service
from webapp.pacing.amounts import Unit
from webapp.pacing.forms import ActivityForm, CrashForm, DetailsForm, EnergyActivityForm, TapForm, typed
from webapp.pacing.models import PacingPlan
from webapp.pacing.pages import Answer, me, my_plan, pages, settings, today
from webapp.pacing.plan_days import amount_on, as_rule_plan, is_planned, is_running
from webapp.pacing.rules_energy import Crash, EnergyOffer, offer_energy_mode
from webapp.pacing.rules_plan import UsualLimit, offered_rates, staircase, weeks_to_goal
from webapp.pacing.service_energy import answer_crash, day_to_ask_about, days_between, turn
from webapp.pacing.service_look_back import is_due, latest_look_back
from webapp.people.letters import address

RECENT_DAYS = 14


@pages.get("")
@allow(May.FOLLOW_COURSE)
def overview() -> Answer:
    """Every activity: today's amount, its tick, its next look-back."""
    by, day = acting(), today()
    plans = service.plans_of(by, me())
    energy_mode = service.in_energy_mode(by, me())
    going = [plan for plan in plans if plan.finished_on is None]
    ticks = {each.plan.id: each for each in service.today_ticks(by, me(), day, settings())}
    return render_template(
        "pacing/overview.jinja",
        going=going,
        finished=[plan for plan in plans if plan.finished_on is not None],
        energy_mode=energy_mode,
        ticks=ticks,
        weeks=service.weeks_of(by, going, day, settings()),
        energy_days={row.plan_id: row for row in days_between(by, going, day, day)} if energy_mode else {},
        due={plan.id for plan in going if is_due(plan, day)},
        form=TapForm(),
    )


@pages.get("/new")
@allow(May.FOLLOW_COURSE)
def begin() -> Answer:
    """Red flags first: shown, never asked, never stored (amendment 1)."""
    asked = service.energy_setting(acting(), me())
    onward = "pacing.crash" if asked is None or asked.crash is None else "pacing.activity"
    return render_template("pacing/begin.jinja", onward=url_for(onward))


@pages.route("/new/crash", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def crash() -> Answer:
    """The crash question (amendment 8)."""
    setting = service.energy_setting(acting(), me())
    form = CrashForm(
        data={"crash": setting.crash if setting else None}, current_version=setting.version if setting else 0
    )
    if not form.validate_on_submit():
        return render_template("pacing/crash.jinja", form=form), 422 if form.is_submitted() else 200
    answer_crash(me(), form.crash.data, by=acting())
    offer = offer_energy_mode(Crash(form.crash.data))
    return redirect(
        url_for("pacing.activity" if offer is EnergyOffer.NOT_RAISED else "pacing.energy", new=1), 303
    )


@pages.route("/energy", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def energy() -> Answer:
    """Energy mode: anyone may turn it on; leaving it suggests a talk with the team."""
    setting = service.energy_setting(acting(), me())
    form = TapForm(current_version=setting.version if setting else 0)
    is_new = request.args.get("new") == "1"
    if form.validate_on_submit():
        turn(me(), request.form.get("choice") == "on", by=acting())
        return redirect(url_for("pacing.activity" if is_new else "pacing.overview"), 303)
    answered = Crash(setting.crash) if setting and setting.crash else None
    page = render_template(
        "pacing/energy.jinja",
        form=form,
        is_on=setting is not None and setting.is_on,
        offer=offer_energy_mode(answered).value,
        is_new=is_new,
    )
    return page, 422 if form.is_submitted() else 200


@pages.route("/new/activity", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def activity() -> Answer:
    """What to pace, and how to measure it."""
    energy_mode = service.in_energy_mode(acting(), me())
    form = EnergyActivityForm() if energy_mode else ActivityForm()
    if not form.validate_on_submit():
        page = render_template("pacing/activity.jinja", form=form, energy_mode=energy_mode)
        return page, 422 if form.is_submitted() else 200
    details = service.NewActivity(
        form.key,
        form.own_words.data or "",
        form.why.data or "",
        form.unit.data if isinstance(form, ActivityForm) else Unit.TIME.value,
        form.usual_limit.data if isinstance(form, ActivityForm) else None,
    )
    plan = service.begin(me(), details, by=acting())
    return redirect(url_for("pacing.plan" if energy_mode else "pacing.tries", plan_id=plan.id), 303)


@pages.get("/<uuid:plan_id>")
@allow(May.FOLLOW_COURSE)
def plan(plan_id: UUID) -> Answer:
    """One activity, all on one page."""
    found = my_plan(plan_id)
    if service.in_energy_mode(acting(), me()):
        return _energy_page(found)
    if found.quota is None:
        return redirect(url_for("pacing.tries", plan_id=plan_id))
    by, day = acting(), today()
    recent = service.ticks_between(by, [found], day - timedelta(days=RECENT_DAYS - 1), day)
    rule_plan = as_rule_plan(found)
    stairs = staircase(rule_plan, energy_mode=False, settings=settings())
    week = service.weeks_of(by, [found], day, settings())[found.id]
    last = latest_look_back(found)
    return render_template(
        "pacing/plan.jinja",
        plan=found,
        form=TapForm(current_version=found.version),
        amount=amount_on(found, service.flare_choice(by, me()), settings()),
        usual=rule_plan,
        is_planned=is_planned(found, day),
        is_running=is_running(found),
        stairs=stairs,
        weeks=weeks_to_goal(rule_plan),
        week=week,
        week_days=drawings.week_days(found, week, day),
        dots=drawings.dots(recent, found, day, RECENT_DAYS) if recent else None,
        tick=week.ticks.get(day),
        yesterday=day - timedelta(days=1) if found.started_on and day > found.started_on else None,
        recent=recent,
        due=is_due(found, day),
        open_look_back=last if last is not None and last.choice is None else None,
        has_look_backs=last is not None,
        shared=service.is_shared(by, found),
    )


def _energy_page(found: PacingPlan) -> Answer:
    by, day = acting(), today()
    days = days_between(by, [found], day - timedelta(days=RECENT_DAYS - 1), day)
    last = latest_look_back(found)
    return render_template(
        "pacing/energy_plan.jinja",
        plan=found,
        form=TapForm(current_version=found.version),
        noted=next((row for row in days if row.on == day), None),
        days=days,
        ask=day_to_ask_about(by, found, day),
        due=is_due(found, day),
        has_look_backs=last is not None,
        shared=service.is_shared(by, found),
    )


@pages.route("/<uuid:plan_id>/details", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def details(plan_id: UUID) -> Answer:
    """Days, look-back, size of step and goal."""
    found = my_plan(plan_id, for_change=request.method == "POST")
    if found.quota is None or service.in_energy_mode(acting(), me()):
        return redirect(url_for("pacing.plan", plan_id=plan_id), 303)
    rates = offered_rates(UsualLimit(found.usual_limit) if found.usual_limit else None, settings())
    form = DetailsForm(
        unit=found.unit,
        rates=rates,
        current_version=found.version,
        data={
            "weekdays": [str(day) for day in found.weekdays],
            "rhythm": found.rhythm,
            "rate": str(round((found.rate or 0) * 100)),
            "goal": typed(found.goal, found.unit),
            "goal_label": found.goal_label,
        },
    )
    if not form.validate_on_submit():
        page = render_template("pacing/details.jinja", form=form, plan=found, usual=as_rule_plan(found))
        return page, 422 if form.is_submitted() else 200
    service.change_details(
        found,
        weekdays=[int(day) for day in form.weekdays.data],
        rhythm=form.rhythm.data,
        rate=next(rate for rate in rates if str(round(rate * 100)) == form.rate.data),
        goal=form.amount_of("goal"),
        goal_label=form.goal_label.data or "",
        today=today(),
        by=acting(),
        settings=settings(),
    )
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)


@pages.post("/<uuid:plan_id>/share")
@allow(May.FOLLOW_COURSE)
def share(plan_id: UUID) -> Answer:
    """Show the plan to the team, or take it back: one tap."""
    found = my_plan(plan_id, for_change=True)
    service.share(found, request.form.get("shared") == "yes", by=acting())
    return redirect(url_for("pacing.plan", plan_id=plan_id) + "#share", 303)


@pages.route("/<uuid:plan_id>/finish", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def finish(plan_id: UUID) -> Answer:
    """Finished for now."""
    found = my_plan(plan_id, for_change=request.method == "POST")
    form = TapForm(current_version=found.version)
    if form.validate_on_submit():
        service.finish(found, today(), by=acting())
        return redirect(url_for("pacing.overview"), 303)
    return render_template("pacing/finish.jinja", form=form, plan=found), 422 if form.is_submitted() else 200


@pages.post("/<uuid:plan_id>/again")
@allow(May.FOLLOW_COURSE)
def again(plan_id: UUID) -> Answer:
    """Take a finished activity up again."""
    service.start_again(my_plan(plan_id, for_change=True), today(), by=acting())
    return redirect(url_for("pacing.plan", plan_id=plan_id), 303)


@pages.get("/<uuid:plan_id>/print")
@allow(May.FOLLOW_COURSE)
def paper(plan_id: UUID) -> Answer:
    """The plan on one page of A4."""
    found = my_plan(plan_id)
    energy_mode = service.in_energy_mode(acting(), me())
    usual = None if found.quota is None or energy_mode else as_rule_plan(found)
    stairs = () if usual is None else staircase(usual, energy_mode=False, settings=settings())
    return render_template(
        "pacing/paper.jinja",
        plan=found,
        usual=usual,
        stairs=stairs,
        energy_mode=energy_mode,
        back_to=address(url_for("pacing.plan", plan_id=plan_id)),
    )
