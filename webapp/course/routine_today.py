"""The movement routine's tick for Today: has today been noted, and where is it noted?"""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from flask import url_for

from webapp.foundations.access import Actor
from webapp.people.models import Service

from .entries import told_by
from .exercises.registry import tools
from .exercises.routine import names_of, was_active
from .tools import saved_with

ROUTINE = "movement-routine"


@dataclass(frozen=True)
class RoutineToday:
    """A small thing for Today. ``is_noted``: something was noted today. ``did_some``: a movement was done, in full or in
    part. In energy mode and in a flare-up nothing should ask for it: show it only if something is noted."""

    movements: int
    is_noted: bool
    did_some: bool
    is_quiet: bool
    note_url: str
    url: str


def routine_today(by: Actor, patient_id: UUID, service: Service) -> RoutineToday | None:
    """How the routine stands today; None without a movement in it. ``is_quiet``: energy mode or a flare-up."""
    if not saved_with([ROUTINE], by, patient_id):  # one query for the many who have none
        return None
    kind = tools()[ROUTINE]
    told = told_by(by, patient_id, kind, service)
    names = names_of(told)
    if not names:
        return None
    return RoutineToday(
        movements=len(names),
        is_noted=told.on("day", told.today) is not None,
        did_some=was_active(told, told.today),
        is_quiet=told.energy_mode or any(flare.ended_on is None for flare in told.flares),
        note_url=url_for("course.tool_add", tool=ROUTINE, sheet="day"),
        url=url_for("course.tool", tool=ROUTINE),
    )
