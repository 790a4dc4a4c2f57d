"""A flare-up: what is chosen for today, whether a day was settled, and the way back, one tap at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing.flare import (
    CHECK_IN_DAYS,
    Today,
    WayBack,
    WayBackOffer,
    day_number,
    settled_in_a_row,
    way_back,
)
from webapp.pacing.models import FlareDay, PacingPlan
from webapp.pacing.plan_days import as_rule_plan, is_running
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.service import NotFound, in_energy_mode, note, plans_of


@dataclass(frozen=True)
class PlanBack:
    """One plan on the way back from a flare-up."""

    plan: PacingPlan
    offer: WayBackOffer


@dataclass(frozen=True)
class RunningFlare:
    """A flare-up that nobody has said is over: its first day, the moment when it was said, the choice for today, the last
    answered day."""

    from_on: date
    reported_at: datetime
    today_choice: str | None
    answered_on: date | None


@dataclass(frozen=True)
class FlarePage:
    """Everything that the flare-up page shows."""

    flare: RunningFlare | None
    energy_mode: bool
    plans: tuple[PacingPlan, ...]
    day: int | None  # of the running flare-up; its first day is 1
    asks_on: date | None  # the next day on which we ask
    is_asking: bool  # the day-3 or day-7 question is due
    settled_today: bool | None
    way_back: tuple[PlanBack, ...]
    new_starts: tuple[PacingPlan, ...]  # a long flare-up: activities that may find a new starting point


def flare_page(by: Actor, patient_id: UUID, today: date, settings: PacingSettings = USUAL) -> FlarePage:
    """What the page shows today. The number of queries does not grow with the history."""
    row = requests.running_flare(engagement.current_enrolment(by, patient_id))
    flare = (
        None if row is None else RunningFlare(row.from_on, row.reported_at, row.today_choice, row.answered_on)
    )
    energy_mode = in_energy_mode(by, patient_id)
    plans = tuple(plan for plan in plans_of(by, patient_id) if is_running(plan))
    days, day = (
        _flare_days(by, patient_id, today),
        None if flare is None else day_number(flare.from_on, today),
    )
    on_ladder = () if energy_mode else tuple(plan for plan in plans if plan.back_from_on)
    is_long = day is not None and day > settings.flare_long_days and not energy_mode
    return FlarePage(
        flare,
        energy_mode,
        plans,
        day,
        None if flare is None else _next_question(flare, today),
        flare is not None and _is_asking(flare, today),
        days.get(today),
        tuple(_plan_back(plan, days, today, settings) for plan in on_ladder),
        tuple(plan for plan in plans if plan not in on_ladder) if is_long else (),
    )


def choices_for(energy_mode: bool) -> tuple[Today, ...]:
    """What may be chosen for today, all equal. In energy mode there are no amounts: rest or less (amendment 9)."""
    return (Today.REST, Today.LESS) if energy_mode else tuple(Today)


def begin_or_choose(by: Actor, patient_id: UUID, choice: str, today: date) -> None:
    """Say that it is the usual kind of flare-up, and how today goes. Messages and clocks are paused by it."""
    enrolment = engagement.current_enrolment(by, patient_id)
    flare = requests.report_flare(enrolment, by=by)
    requests.choose_for_today(enrolment, flare, Today(choice).value, by=by)
    if Today(choice) is Today.SAME:
        return
    for plan in plans_of(by, patient_id):
        if is_running(plan) and plan.back_from_on is None:
            plan.back_from_on, plan.back_step, plan.back_step_on = flare.from_on, 0, None


def answer(by: Actor, patient_id: UUID, said: str, today: date) -> None:
    """The question of day 3 or 7: better (it is over), same or worse.

    Raises:
        NotFound: no flare-up is running.
    """
    enrolment = engagement.current_enrolment(by, patient_id)
    flare = requests.running_flare(enrolment)
    if flare is None:
        raise NotFound("flare-up")
    requests.answer_flare(enrolment, flare, said, by=by)
    note_day(by, patient_id, today, said == "better")


def note_day(by: Actor, patient_id: UUID, day: date, is_settled: bool) -> None:
    """Whether this day was settled, as the patient says."""
    row = db.session.scalar(
        select(FlareDay).where(
            FlareDay.service_id == by.service_id, FlareDay.patient_id == patient_id, FlareDay.on == day
        )
    )
    if row is None:
        row = FlareDay(service_id=by.service_id, patient_id=patient_id, on=day)
        db.session.add(row)
    row.is_settled, row.noted_at = is_settled, clock.now()
    audit.record(by, "changed", "flare_day", patient_id=patient_id)
    note(by, patient_id, "flare_up", "day")


def take_step(by: Actor, plan: PacingPlan, today: date, settings: PacingSettings = USUAL) -> None:
    """Take the next step of the way back; the last one ends it.

    Raises:
        NotFound: no step is offered today.
    """
    offer = _plan_back(plan, _flare_days(by, plan.patient_id, today), today, settings).offer
    if plan.back_from_on is None or offer.way_back is not WayBack.NEXT_STEP:
        raise NotFound("step")
    plan.back_step, plan.back_step_on = plan.back_step + 1, today
    if plan.back_step >= len(settings.flare_return_shares):
        end_way_back(by, plan)
        return
    audit.record(by, "changed", "pacing_plan", plan.id, patient_id=plan.patient_id, fields=["back_step"])
    note(by, plan.patient_id, "flare_up", "step")


def end_way_back(by: Actor, plan: PacingPlan) -> None:
    """Back to the usual amount, because the patient says so or took the last step."""
    plan.back_from_on, plan.back_step, plan.back_step_on = None, 0, None
    audit.record(by, "changed", "pacing_plan", plan.id, patient_id=plan.patient_id, fields=["back_step"])
    note(by, plan.patient_id, "flare_up", "back")


def _flare_days(by: Actor, patient_id: UUID, today: date) -> dict[date, bool]:
    rows = select(FlareDay.on, FlareDay.is_settled).where(
        FlareDay.service_id == by.service_id,
        FlareDay.patient_id == patient_id,
        FlareDay.on > today - timedelta(days=28),
    )
    return {on: is_settled for on, is_settled in db.session.execute(rows)}


def _plan_back(plan: PacingPlan, days: dict[date, bool], today: date, settings: PacingSettings) -> PlanBack:
    began_on = plan.back_from_on or today
    since_on = plan.back_step_on or began_on
    known = [days.get(since_on + timedelta(days=n)) for n in range((today - since_on).days + 1)]
    if known and known[-1] is None:
        known = known[:-1]  # today is not over: it has not been said yet
    settled = settled_in_a_row(known[1:] if plan.back_step_on else known)
    offer = way_back(
        as_rule_plan(plan), began_on=began_on, today=today, step=plan.back_step, settled_days=settled,
        energy_mode=False, settings=settings,
    )  # fmt: skip
    return PlanBack(plan, offer)


def _next_question(flare: RunningFlare, today: date) -> date | None:
    coming = [flare.from_on + timedelta(days=day - 1) for day in CHECK_IN_DAYS]
    return next((on for on in coming if on > today), None)


def _is_asking(flare: RunningFlare, today: date) -> bool:
    """True from day 3, and again from day 7, until it is answered."""
    due = [flare.from_on + timedelta(days=day - 1) for day in CHECK_IN_DAYS]
    passed = [on for on in due if on <= today]
    return bool(passed) and (flare.answered_on is None or flare.answered_on < passed[-1])
