"""The daily tick: today's or yesterday's, corrected as often as one likes."""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.pacing.models import PacingPlan, PacingTick
from webapp.pacing.plan_days import amount_on, is_planned
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.pacing.service import flare_choice, note


def tick_on(plan: PacingPlan, day: date) -> PacingTick | None:
    """What was noted for this day."""
    return db.session.scalar(
        select(PacingTick).where(
            PacingTick.service_id == plan.service_id, PacingTick.plan_id == plan.id, PacingTick.on == day
        )
    )


def shown_on(by: Actor, plan: PacingPlan, row: PacingTick | None, settings: PacingSettings = USUAL) -> int:
    """The amount that a day's answer stands beside:

    the one shown when it was first noted, else what is shown now.
    """
    if row is not None:
        return row.shown
    now = amount_on(plan, flare_choice(by, plan.patient_id), settings).shown
    return amount_on(plan, None, settings).shown or 0 if now is None else now


def tick(
    plan: PacingPlan, day: date, said: str, amount: float | None, day_type: str | None, *, by: Actor,
    settings: PacingSettings = USUAL,
) -> PacingTick:  # fmt: skip
    """Note (or put right) one day. ``amount`` is real, in the unit's measure."""
    row = put_tick(plan, day, said, amount, day_type, shown=shown_on(by, plan, tick_on(plan, day), settings))
    audit.record(by, "changed", "pacing_tick", plan.id, patient_id=plan.patient_id)
    note(by, plan.patient_id, "tick", "pacing")
    return row


def put_tick(
    plan: PacingPlan, day: date, said: str, amount: float | None, day_type: str | None, *, shown: int
) -> PacingTick:
    """The row of this day with this answer, without telling anybody."""
    row = tick_on(plan, day)
    if row is None:
        row = PacingTick(
            service_id=plan.service_id,
            plan_id=plan.id,
            on=day,
            shown=shown,
            was_planned=is_planned(plan, day),
        )
        db.session.add(row)
    row.said, row.amount, row.day_type, row.noted_at = said, amount, day_type, clock.now()
    return row
