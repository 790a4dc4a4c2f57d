"""The verbs of the pacing room: begin an activity, plan its days, share, finish, start again; and what
others may ask.

The verbs of a journey stand in the files whose names begin with ``service_``.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import TEXT, cast, select

from webapp.engagement import requests as engagement_requests
from webapp.engagement import service as engagement
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing.amounts import Unit
from webapp.pacing.models import EnergySetting, PacingPlan, PacingTick
from webapp.pacing.plan_days import DayAmount, amount_on, as_rule_plan, is_planned, is_running
from webapp.pacing.rules_look_back import Rhythm, next_look_back_on
from webapp.pacing.rules_plan import UsualLimit, find_increment
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.rules_tick import DayCounts, Said, Tick, TickResult, count_days, planned_days
from webapp.pacing.rules_tick import tick as judge
from webapp.pacing.words import week_in_words
from webapp.people import service as people

SHARED_KIND = "pacing_plan"


class NotFound(LookupError):
    """There is no such activity of this patient: a page answers 404."""


@dataclass(frozen=True)
class NewActivity:
    """What the first page of an activity asks."""

    activity_key: str
    own_words: str
    why: str
    unit: str
    usual_limit: str | None


@dataclass(frozen=True)
class TodayTick:
    """One running plan today: what is shown, and what was noted. ``tick`` is ``None`` while nothing is."""

    plan: PacingPlan
    amount: DayAmount
    is_planned: bool
    tick: PacingTick | None


@dataclass(frozen=True)
class Week:
    """The calendar week of a plan: each day's row if there is one, and the planned days so far, counted."""

    monday: date
    ticks: Mapping[date, PacingTick]
    counts: DayCounts
    active_days: int  # days on which something was done, planned or not


@dataclass(frozen=True)
class SharedPlan:
    """What the team sees of a shared plan: the activity, its amount, and the last seven days."""

    plan: PacingPlan
    shown: int | None  # None in energy mode, and before a start
    active_days: int
    planned_days: int
    energy_mode: bool


def settings_from(stored: Mapping[str, Any]) -> PacingSettings:
    """A service's own numbers over the defaults. Unknown names are left out."""
    known = {field.name for field in fields(PacingSettings)}
    given: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value
        for name, value in stored.items()
        if name in known
    }
    return replace(USUAL, **given)


def plan_of(by: Actor, patient_id: UUID, plan_id: UUID, *, for_change: bool = False) -> PacingPlan:
    """One activity of this patient; ``for_change`` waits for whoever changes it at this moment.

    Raises:
        NotFound: there is none, or it is somebody else's.
    """
    found = select(PacingPlan).where(
        PacingPlan.service_id == by.service_id, PacingPlan.patient_id == patient_id, PacingPlan.id == plan_id
    )
    plan = db.session.scalar(found.with_for_update() if for_change else found)
    if plan is None:
        raise NotFound(str(plan_id))
    return plan


def plans_of(by: Actor, patient_id: UUID) -> list[PacingPlan]:
    """Every activity of this patient, in the order of beginning, finished ones too."""
    rows = select(PacingPlan).where(
        PacingPlan.service_id == by.service_id, PacingPlan.patient_id == patient_id
    )
    return list(db.session.scalars(rows.order_by(PacingPlan.id)))


def plans_with(by: Actor, ids: Collection[str]) -> list[PacingPlan]:
    """The activities with these ids, to name them. Ids that name none are left out."""
    rows = select(PacingPlan).where(
        PacingPlan.service_id == by.service_id, cast(PacingPlan.id, TEXT).in_(ids)
    )
    return list(db.session.scalars(rows))


def energy_setting(by: Actor, patient_id: UUID) -> EnergySetting | None:
    """The patient's answer about crashes and their energy mode; ``None`` if they were never asked."""
    return db.session.scalar(
        select(EnergySetting).where(
            EnergySetting.service_id == by.service_id, EnergySetting.patient_id == patient_id
        )
    )


def in_energy_mode(by: Actor, patient_id: UUID) -> bool:
    """True if every exercise must do without targets, staircases and steps for this patient (amendment 8)."""
    setting = energy_setting(by, patient_id)
    return setting is not None and setting.is_on


def begin(patient_id: UUID, details: NewActivity, *, by: Actor) -> PacingPlan:
    """Begin an activity; it has no start yet."""
    plan = PacingPlan(
        service_id=by.service_id,
        patient_id=patient_id,
        activity_key=details.activity_key,
        own_words=details.own_words,
        why=details.why,
        unit=details.unit,
        usual_limit=details.usual_limit,
        made_at=clock.now(),
    )
    db.session.add(plan)
    db.session.flush()
    audit.record(by, "created", "pacing_plan", plan.id, patient_id=patient_id)
    note(by, patient_id, "exercise_saved", "pacing/activity")
    return plan


def change_details(
    plan: PacingPlan,
    *,
    weekdays: Sequence[int],
    rhythm: str,
    rate: float,
    goal: float | None,
    goal_label: str,
    today: date,
    by: Actor,
    settings: PacingSettings = USUAL,
) -> None:
    """Set the planned days, the look-back's rhythm, the weekly step and the goal of a running plan.

    Raises:
        RateNotOffered: this patient's choices do not include the weekly step.
    """
    changed = [
        name
        for name, old, new in (
            ("weekdays", plan.weekdays, sorted(weekdays)),
            ("rhythm", plan.rhythm, rhythm),
            ("rate", plan.rate, rate),
            ("goal", plan.goal, goal),
            ("goal_label", plan.goal_label, goal_label),
        )
        if old != new
    ]
    if "rate" in changed and plan.start is not None:
        limit = UsualLimit(plan.usual_limit) if plan.usual_limit else None
        plan.rate, plan.increment = rate, find_increment(plan.start, rate, limit, settings)
    if "rhythm" in changed:
        plan.next_look_back_on = next_look_back_on(today, Rhythm(rhythm))
    plan.weekdays, plan.rhythm = sorted(weekdays), rhythm
    plan.goal, plan.goal_label = goal, goal_label
    audit.record(by, "changed", "pacing_plan", plan.id, patient_id=plan.patient_id, fields=changed)
    note(by, plan.patient_id, "exercise_saved", "pacing/days")


def share(plan: PacingPlan, shared: bool, *, by: Actor) -> None:
    """Show this plan to the team, or take it back: one tap each way."""
    people.share(plan.patient_id, SHARED_KIND, plan.id, shared, by=by)


def is_shared(by: Actor, plan: PacingPlan) -> bool:
    """True if the team may see this plan now."""
    assert by.service_id is not None
    return (SHARED_KIND, str(plan.id)) in people.shared_things(by.service_id, plan.patient_id, SHARED_KIND)


def finish(plan: PacingPlan, today: date, *, by: Actor) -> None:
    """Finished for now. Nothing is deleted, and it can be started again."""
    plan.finished_on = today
    plan.back_from_on, plan.back_step, plan.back_step_on = None, 0, None
    audit.record(by, "finished", "pacing_plan", plan.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "exercise_saved", "pacing/finished")


def start_again(plan: PacingPlan, today: date, *, by: Actor) -> None:
    """Take a finished activity up again, with the amount that it had; a new starting point may be found as
    well.
    """
    plan.finished_on = None
    if plan.quota is not None:
        plan.started_on, plan.next_look_back_on = today, next_look_back_on(today, Rhythm(plan.rhythm))
    audit.record(by, "reopened", "pacing_plan", plan.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "exercise_saved", "pacing/started_again")


def today_ticks(
    by: Actor, patient_id: UUID, today: date, settings: PacingSettings = USUAL
) -> list[TodayTick]:
    """Every running plan with what it shows today and what was noted, for Today's small things.

    Empty in energy mode, which has no amounts. The number of queries does not grow with the history.
    """
    running = [plan for plan in plans_of(by, patient_id) if is_running(plan)]
    if not running or in_energy_mode(by, patient_id):
        return []
    noted = {tick.plan_id: tick for tick in ticks_between(by, running, today, today)}
    choice = flare_choice(by, patient_id)
    return [
        TodayTick(plan, amount_on(plan, choice, settings), is_planned(plan, today), noted.get(plan.id))
        for plan in running
    ]


def ticks_between(by: Actor, plans: Sequence[PacingPlan], from_on: date, to_on: date) -> list[PacingTick]:
    """What was noted for these plans on these days, both included, by day."""
    rows = select(PacingTick).where(
        PacingTick.service_id == by.service_id,
        PacingTick.plan_id.in_([plan.id for plan in plans]),
        PacingTick.on.between(from_on, to_on),
    )
    return list(db.session.scalars(rows.order_by(PacingTick.on)))


def weeks_of(
    by: Actor, plans: Sequence[PacingPlan], today: date, settings: PacingSettings = USUAL
) -> dict[UUID, Week]:
    """This calendar week of each plan, in one query."""
    monday = today - timedelta(days=today.weekday())
    found = ticks_between(by, plans, monday, monday + timedelta(days=6))
    return {
        plan.id: _week(plan, [t for t in found if t.plan_id == plan.id], monday, today, settings)
        for plan in plans
    }


def week_sentence(by: Actor, plan: PacingPlan, today: date, settings: PacingSettings = USUAL) -> str:
    """ "You did your walk on 5 days this week", in the reader's language."""
    return week_in_words(plan, weeks_of(by, [plan], today, settings)[plan.id].active_days)


def shared_plans(
    by: Actor, patient_id: UUID, today: date, settings: PacingSettings = USUAL
) -> list[SharedPlan]:
    """What this patient shares with the team now, finished plans left out; the caller writes the audit row
    of the look.
    """
    assert by.service_id is not None
    shared = {thing for _kind, thing in people.shared_things(by.service_id, patient_id, SHARED_KIND)}
    plans = [plan for plan in plans_of(by, patient_id) if str(plan.id) in shared and plan.finished_on is None]
    if not plans:
        return []
    energy = in_energy_mode(by, patient_id)
    from_on = today - timedelta(days=6)
    ticks = ticks_between(by, plans, from_on, today)
    return [
        _as_shared(plan, [t for t in ticks if t.plan_id == plan.id], from_on, today, energy, settings)
        for plan in plans
    ]


def flare_choice(by: Actor, patient_id: UUID) -> str | None:
    """What the patient chose for today in a flare-up that is running; ``None`` without one."""
    try:
        flare = engagement_requests.running_flare(engagement.current_enrolment(by, patient_id))
    except engagement.NotEnrolled:
        return None
    return None if flare is None else flare.today_choice


def as_result(tick: PacingTick, unit: str, settings: PacingSettings = USUAL) -> TickResult:
    """A stored tick as the rules judge it, beside the amount that was shown that day."""
    return judge(tick.on, tick.shown, Unit(unit), Said(tick.said), tick.amount, settings)


def note(by: Actor, patient_id: UUID, kind: str, what: str) -> None:
    """Tell engagement that the patient did something meaningful, today."""
    engagement.record(by, engagement.current_enrolment(by, patient_id), kind, what)


def _week(
    plan: PacingPlan, ticks: list[PacingTick], monday: date, today: date, settings: PacingSettings
) -> Week:
    first_on = max(monday, plan.started_on or monday)
    planned = planned_days(first_on, today, plan.weekdays) if first_on <= today else ()
    results = [as_result(tick, plan.unit, settings) for tick in ticks]
    return Week(monday, {tick.on: tick for tick in ticks}, count_days(planned, results), _active(results))


def _active(results: Sequence[TickResult]) -> int:
    return sum(1 for each in results if each.tick in (Tick.AS_PLANNED, Tick.MORE, Tick.LESS))


def _as_shared(
    plan: PacingPlan,
    ticks: list[PacingTick],
    from_on: date,
    today: date,
    energy: bool,
    settings: PacingSettings,
) -> SharedPlan:
    has_amount = plan.quota is not None and not energy
    first_on = max(from_on, plan.started_on or from_on)
    return SharedPlan(
        plan,
        as_rule_plan(plan).shown if has_amount else None,
        _active([as_result(tick, plan.unit, settings) for tick in ticks]),
        len(planned_days(first_on, today, plan.weekdays)) if has_amount else 0,
        energy,
    )
