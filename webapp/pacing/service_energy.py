"""Energy mode: the setting, and a day in it. No target, no staircase, no step (amendment 8)."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing.models import EnergyDay, EnergySetting, PacingPlan
from webapp.pacing.service import energy_setting, note

COST_AFTER_DAYS = 3  # amendment 8: what did it cost over the next three days?
ASKED_FOR_DAYS = 10  # how long ago a day may be and still be asked about


def answer_crash(patient_id: UUID, crash: str, *, by: Actor) -> EnergySetting:
    """Keep the answer to the crash question. It turns nothing on by itself."""
    setting = _setting(patient_id, by)
    setting.crash, setting.changed_at = crash, clock.now()
    audit.record(by, "changed", "energy_setting", patient_id=patient_id, fields=["crash"])
    note(by, patient_id, "exercise_saved", "pacing/crash")
    return setting


def turn(patient_id: UUID, is_on: bool, *, by: Actor) -> None:
    """Turn energy mode on or off for every exercise of this patient."""
    setting = _setting(patient_id, by)
    setting.is_on, setting.changed_at = is_on, clock.now()
    audit.record(by, "changed", "energy_setting", patient_id=patient_id, fields=["is_on"])
    note(by, patient_id, "exercise_saved", "pacing/energy")


def _setting(patient_id: UUID, by: Actor) -> EnergySetting:
    setting = energy_setting(by, patient_id)
    if setting is None:
        setting = EnergySetting(
            service_id=by.service_id, patient_id=patient_id, is_on=False, changed_at=clock.now()
        )
        db.session.add(setting)
        db.session.flush()
    return setting


def day_of(plan: PacingPlan, day: date) -> EnergyDay | None:
    """What was noted for this day in energy mode."""
    return db.session.scalar(
        select(EnergyDay).where(
            EnergyDay.service_id == plan.service_id, EnergyDay.plan_id == plan.id, EnergyDay.on == day
        )
    )


def days_between(by: Actor, plans: list[PacingPlan], from_on: date, to_on: date) -> list[EnergyDay]:
    """The noted days of these activities, newest first."""
    rows = select(EnergyDay).where(
        EnergyDay.service_id == by.service_id,
        EnergyDay.plan_id.in_([plan.id for plan in plans]),
        EnergyDay.on.between(from_on, to_on),
    )
    return list(db.session.scalars(rows.order_by(EnergyDay.on.desc())))


def save_day(plan: PacingPlan, day: date, choice: str, breaks: str | None, *, by: Actor) -> EnergyDay:
    """Note (or put right) what today is like: keep within, do less or rest, and the breaks."""
    row = day_of(plan, day)
    if row is None:
        row = EnergyDay(service_id=plan.service_id, plan_id=plan.id, on=day)
        db.session.add(row)
    row.choice, row.breaks, row.noted_at = choice, breaks, clock.now()
    audit.record(by, "changed", "energy_day", plan.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "tick", "pacing")
    return row


def day_to_ask_about(by: Actor, plan: PacingPlan, today: date) -> EnergyDay | None:
    """The latest day that is three days past and whose cost is not known yet."""
    last_on = today - timedelta(days=COST_AFTER_DAYS)
    found = days_between(by, [plan], today - timedelta(days=ASKED_FOR_DAYS), last_on)
    return next((row for row in found if row.cost is None), None)


def save_cost(plan: PacingPlan, row: EnergyDay, cost: str, *, by: Actor) -> None:
    """What the day cost over the next three days."""
    row.cost, row.noted_at = cost, clock.now()
    audit.record(by, "changed", "energy_day", plan.id, patient_id=plan.patient_id, fields=["cost"])
    note(by, plan.patient_id, "tick", "pacing")
