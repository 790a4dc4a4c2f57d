"""What the flare-up page takes from the patient's own plan: the steps for now, kinder thoughts, and the look back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from webapp.engagement.facts import Flare, flare_pauses
from webapp.engagement.thresholds import Thresholds
from webapp.foundations.access import Actor
from webapp.pacing.service_flare import FlarePage
from webapp.people.models import Service

from . import entries
from .exercises.flare_plan_steps import (
    AFTER,
    HELPED_BEFORE,
    PLAN,
    FlarePlan,
    Stage,
    not_in_plan,
    plan_of,
    stage_now,
    stages,
    with_what_helped,
)
from .exercises.registry import tools
from .exercises.thought_record import words_for_a_hard_day
from .exercises.tool import Told, ToolKind

THOUGHTS, THOUGHT, KINDER = "thought-record", "thought", "kinder"
MOST_THOUGHTS = 3


@dataclass(frozen=True)
class PlanNow:
    """The patient's plan on the flare-up page. ``stage`` is the part that is shown, ``stages`` are all that there are.

    ``thoughts`` are the kinder thoughts that the patient wrote, newest first. ``is_paused``: messages and clocks stand
    still for this flare-up, at most ``pause_days`` from its report.
    """

    plan: FlarePlan
    stage: Stage
    stages: tuple[Stage, ...]
    thoughts: tuple[str, ...]
    is_paused: bool
    pause_days: int


def kind() -> ToolKind:
    """The flare-up plan as a tool."""
    return tools()["flare-plan"]


def plan_now(
    by: Actor, patient_id: UUID, service: Service, page: FlarePage, now: datetime, asked: str | None
) -> PlanNow:
    """The plan as it is shown now; ``asked`` is the stage that the patient tapped, if any."""
    told = entries.told_by(by, patient_id, kind(), service)
    offered = stages(energy_mode=page.energy_mode)
    days = Thresholds(**service.thresholds).flare_pause_days
    tapped = next((stage for stage in offered if stage == asked), None)
    return PlanNow(
        plan_of(told),
        tapped or _stage(page, now),
        offered,
        _thoughts(by, patient_id),
        _is_paused(told, days),
        days,
    )


def put_into_plan(by: Actor, patient_id: UUID, service: Service, entry_id: UUID) -> bool:
    """Write what a look back says helped into the plan, under what helped before. False: there was nothing new.

    Raises:
        entries.NotFound: the patient has no such look back.
    """
    told = entries.told_by(by, patient_id, kind(), service)
    back = next((entry for entry in told.of(AFTER) if entry.id == entry_id), None)
    if back is None:
        raise entries.NotFound(str(entry_id))
    plan, sheet = told.latest(PLAN), kind().sheet(PLAN)
    lines = not_in_plan(plan, back)
    if not lines or sheet is None:
        return False
    screen = next(one for one in sheet.screens if HELPED_BEFORE in one.form.field_classes())
    entries.save_screen(
        kind(), sheet, screen, {HELPED_BEFORE: with_what_helped(plan, lines)}, entry=plan,
        on=plan.on if plan else told.today, about=None, is_last=False, patient_id=patient_id, by=by,
    )  # fmt: skip
    return True


def _stage(page: FlarePage, now: datetime) -> Stage:
    minutes = None if page.flare is None else int((now - page.flare.reported_at).total_seconds() // 60)
    return stage_now(
        minutes=minutes,
        day=page.day,
        is_settled=page.settled_today is True,
        is_coming_back=bool(page.way_back),
        energy_mode=page.energy_mode,
    )


def _thoughts(by: Actor, patient_id: UUID) -> tuple[str, ...]:
    """The kinder thoughts of the thought record, each once, without those that were taken off the list."""
    found = entries.entries_of(by, patient_id, THOUGHTS).get(THOUGHT, ())
    return tuple(str(entry.get(KINDER)) for entry in words_for_a_hard_day(found)[:MOST_THOUGHTS])


def _is_paused(told: Told, longest_days: int) -> bool:
    """Does a flare-up that is not over stop messages and clocks today? At most so many days from its report."""
    if not told.flares or told.flares[0].ended_on is not None:
        return False
    spans = flare_pauses(tuple(Flare(one.began_on, one.ended_on) for one in told.flares), longest_days)
    return any(span.from_on <= told.today and (span.until_on or told.today) >= told.today for span in spans)
