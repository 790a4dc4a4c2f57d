"""Finding a start: tries, the quick way, and the start that the patient taps."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing.amounts import Unit
from webapp.pacing.models import PacingPlan, PacingTry
from webapp.pacing.rules import (
    AfterEffect,
    DayType,
    FoundStart,
    StartKind,
    StartOption,
    TriesOutOfRange,
    Try,
    find_start,
    find_start_quickly,
)
from webapp.pacing.rules_look_back import Rhythm, next_look_back_on
from webapp.pacing.rules_plan import UsualLimit, make_plan, offered_rates
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.service import NotFound, note


class NoStartYet(LookupError):
    """The tries (or the quick way) do not give a start yet: a page goes back to the tries."""


def tries_of(plan: PacingPlan) -> list[PacingTry]:
    """The tries of the present search for a start, by day."""
    rows = select(PacingTry).where(
        PacingTry.service_id == plan.service_id,
        PacingTry.plan_id == plan.id,
        PacingTry.round == plan.round,
        PacingTry.removed_at.is_(None),
    )
    return list(db.session.scalars(rows.order_by(PacingTry.on, PacingTry.id)))


def as_rule_tries(rows: list[PacingTry]) -> list[Try]:
    """The rows as the rules know them."""
    return [
        Try(
            row.amount,
            row.on,
            DayType(row.day_type) if row.day_type else None,
            AfterEffect(row.after_effect) if row.after_effect else None,
        )
        for row in rows
    ]


def try_of(plan: PacingPlan, try_id: UUID) -> PacingTry:
    """One try of this plan's present search.

    Raises:
        NotFound: there is none, or it was removed.
    """
    row = db.session.get(PacingTry, (plan.service_id, try_id))
    if row is None or row.plan_id != plan.id or row.round != plan.round or row.removed_at is not None:
        raise NotFound(str(try_id))
    return row


def add_try(
    plan: PacingPlan,
    amount: float,
    on: date,
    day_type: str | None,
    after_effect: str | None,
    *,
    by: Actor,
    settings: PacingSettings = USUAL,
) -> PacingTry:
    """Write down a try.

    Raises:
        TriesOutOfRange: there are as many as the page takes.
    """
    if len(tries_of(plan)) >= settings.most_tries:
        raise TriesOutOfRange(f"at most {settings.most_tries}")
    row = PacingTry(
        service_id=plan.service_id,
        plan_id=plan.id,
        round=plan.round,
        amount=amount,
        on=on,
        day_type=day_type,
        after_effect=after_effect,
        noted_at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(by, "created", "pacing_try", row.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "exercise_saved", "pacing/try")
    return row


def change_try(
    plan: PacingPlan,
    row: PacingTry,
    amount: float,
    on: date,
    day_type: str | None,
    after_effect: str | None,
    *,
    by: Actor,
) -> None:
    """Put a try right."""
    row.amount, row.on, row.day_type, row.after_effect = amount, on, day_type, after_effect
    audit.record(by, "changed", "pacing_try", row.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "exercise_saved", "pacing/try")


def remove_try(plan: PacingPlan, row: PacingTry, *, by: Actor) -> None:
    """Leave a try out."""
    row.removed_at = clock.now()
    audit.record(by, "removed", "pacing_try", row.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "exercise_saved", "pacing/try")


def keep_quick_way(plan: PacingPlan, good_day: float, bad_day: float, *, by: Actor) -> None:
    """Write down the quick way's two amounts."""
    plan.good_day, plan.bad_day = good_day, bad_day
    audit.record(
        by, "changed", "pacing_plan", plan.id, patient_id=plan.patient_id, fields=["good_day", "bad_day"]
    )
    note(by, plan.patient_id, "exercise_saved", "pacing/quick_way")


def found_start(plan: PacingPlan, rows: list[PacingTry], settings: PacingSettings = USUAL) -> FoundStart:
    """What the tries point to; with too few of them, what the quick way's two amounts point to.

    Raises:
        NoStartYet: there is neither.
    """
    unit = Unit(plan.unit)
    if len(rows) >= settings.fewest_tries and any(row.amount for row in rows):
        return find_start(as_rule_tries(rows), unit, settings)
    if plan.good_day is not None and plan.bad_day is not None:
        return find_start_quickly(plan.good_day, plan.bad_day, unit, settings)
    raise NoStartYet(str(plan.id))


def option_of(found: FoundStart, kind: str) -> StartOption:
    """The start that was tapped.

    Raises:
        NotFound: it is not one of those offered.
    """
    for option in found.options:
        if option.kind is StartKind(kind):
            return option
    raise NotFound(kind)


def choose_start(
    plan: PacingPlan,
    found: FoundStart,
    kind: str,
    today: date,
    *,
    by: Actor,
    settings: PacingSettings = USUAL,
) -> None:
    """Begin (or begin again) with the start that the patient tapped, from today."""
    option = option_of(found, kind)
    limit = UsualLimit(plan.usual_limit) if plan.usual_limit else None
    rate = plan.rate if plan.rate in offered_rates(limit, settings) else settings.usual_rate
    made = make_plan(
        option.amount, Unit(plan.unit), rate=rate, limit=limit, goal=plan.goal, settings=settings
    )
    plan.start, plan.quota, plan.increment, plan.rate = option.amount, made.quota, made.increment, rate
    plan.found_from = found.working.start_from.value
    plan.started_on, plan.finished_on = today, None
    plan.next_look_back_on = next_look_back_on(today, Rhythm(plan.rhythm))
    plan.back_from_on, plan.back_step, plan.back_step_on = None, 0, None
    audit.record(by, "changed", "pacing_plan", plan.id, patient_id=plan.patient_id, fields=["start", "quota"])
    note(by, plan.patient_id, "exercise_saved", "pacing/start")


def look_for_new_start(plan: PacingPlan, *, by: Actor) -> None:
    """Begin new tries. The present amount goes on until the patient taps a new start."""
    plan.round += 1
    plan.good_day = plan.bad_day = None
    plan.finished_on = None
    audit.record(by, "changed", "pacing_plan", plan.id, patient_id=plan.patient_id, fields=["round"])
    note(by, plan.patient_id, "exercise_saved", "pacing/new_start")
