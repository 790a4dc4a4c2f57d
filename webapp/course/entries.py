"""The verbs of the tools: what is told, save a screen, take an entry away, share, open what is locked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import distinct_on, insert

from webapp.engagement import requests as engagement_requests
from webapp.engagement import service as engagement
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db, new_id
from webapp.pacing import service as pacing
from webapp.pacing.flare import Spell
from webapp.people.models import Service
from webapp.people.number_settings import Number

from . import service as course
from .exercises.registry import tools
from .exercises.tool import Entry, Screen, Sheet, Told, ToolKind
from .sharing import share, shared_names
from .tool_models import ToolEntry, ToolOpened


class NotFound(LookupError):
    """There is no such entry of this patient, or the tool is locked: a page answers 404."""


_ROWS = (
    ToolEntry.entry_id,
    ToolEntry.sheet,
    ToolEntry.on,
    ToolEntry.about_id,
    ToolEntry.answers,
    ToolEntry.is_complete,
    ToolEntry.id,
    ToolEntry.at,
)


# --- what is told --------------------


def told_by(by: Actor, patient_id: UUID, kind: ToolKind, service: Service, *, removed: bool = False) -> Told:
    """All that this tool knows about this patient today, in a handful of queries. ``removed``: also what was taken
    away (to bring it back)."""
    return Told(
        today=clock.today(service.time_zone),
        entries=entries_of(by, patient_id, kind.name, removed=removed),
        energy_mode=pacing.in_energy_mode(by, patient_id),
        numbers=numbers_of(kind, service),
        is_open=not kind.opened_by_team or is_opened(by, patient_id, kind.name),
        flares=flares_of(by, patient_id) if kind.knows_flares else (),
        pacing=pacing.settings_from(service.pacing),
    )


def flares_of(by: Actor, patient_id: UUID) -> tuple[Spell, ...]:
    """The flare-ups that this patient reported, newest first."""
    reported = engagement_requests.flares_of(by, patient_id)
    return tuple(Spell(one.from_on, one.until_on) for one in reported)


def numbers_of(kind: ToolKind, service: Service) -> dict[str, Number]:
    """The tool's numbers as they hold in this service."""
    return {one.key: service.pacing.get(one.key, one.default) for one in (*kind.numbers, *kind.also_reads)}


def entries_of(
    by: Actor, patient_id: UUID, tool: str, *, removed: bool = False
) -> dict[str, tuple[Entry, ...]]:
    """A patient's entries of one tool by sheet, newest first, without what else a tool is told."""
    rows = (
        select(*_ROWS, ToolEntry.is_removed)
        .ext(distinct_on(ToolEntry.entry_id))
        .where(
            ToolEntry.service_id == by.service_id, ToolEntry.patient_id == patient_id, ToolEntry.tool == tool
        )
        .order_by(ToolEntry.entry_id, ToolEntry.id.desc())
    )
    found: dict[str, list[Entry]] = {}
    for row in db.session.execute(rows):
        if removed or not row.is_removed:
            found.setdefault(row.sheet, []).append(Entry(*row[:-1]))
    newest_first = {"key": lambda entry: (entry.on, entry.id), "reverse": True}
    return {sheet: tuple(sorted(entries, **newest_first)) for sheet, entries in found.items()}  # type: ignore[call-overload]


# --- the verbs --------------------


def save_screen(
    kind: ToolKind,
    sheet: Sheet,
    screen: Screen,
    answers: Mapping[str, Any],
    *,
    entry: Entry | None,
    on: date,
    about: Entry | None,
    is_last: bool,
    patient_id: UUID,
    by: Actor,
) -> UUID:
    """Keep one screen of an entry (a new entry if there is none yet) and give the entry's id.

    The screen's own fields are replaced, the other screens' answers stay. Earlier saves are kept. A module whose
    key exercise is this tool has it done from now on.
    """
    now = with_answers(sheet, screen, answers, entry=entry, on=on, about=about)
    _store(kind, replace(now, is_complete=is_last or now.is_complete), patient_id=patient_id, by=by)
    enrolment = engagement.current_enrolment(by, patient_id)
    engagement.record(by, enrolment, sheet.event, f"tool/{kind.name}")
    audit.record(by, "saved", "tool", kind.name, patient_id=patient_id)
    course.tool_was_saved(enrolment, kind.name, by=by)
    return now.id


def with_answers(
    sheet: Sheet,
    screen: Screen,
    answers: Mapping[str, Any],
    *,
    entry: Entry | None,
    on: date,
    about: Entry | None,
) -> Entry:
    """The entry as it would be with this screen's answers; nothing is stored."""
    own = screen.form.field_classes()
    before = entry.answers if entry else {}
    kept = {name: value for name, value in before.items() if name not in own}
    return Entry(
        id=entry.id if entry else new_id(),
        sheet=sheet.name,
        on=on,
        about_id=about.id if about else entry.about_id if entry else None,
        answers={**kept, **answers},
        is_complete=entry is not None and entry.is_complete,
        version=entry.version if entry else 0,
        saved_at=clock.now(),
    )


def set_removed(kind: ToolKind, entry: Entry, is_removed: bool, *, patient_id: UUID, by: Actor) -> None:
    """Take an entry away, or bring it back. Nothing is deleted."""
    _store(kind, replace(entry, saved_at=clock.now()), patient_id=patient_id, by=by, is_removed=is_removed)
    audit.record(by, "removed" if is_removed else "restored", "tool", kind.name, patient_id=patient_id)


def _store(kind: ToolKind, entry: Entry, *, patient_id: UUID, by: Actor, is_removed: bool = False) -> None:
    """Add the entry as it is now; its earlier rows stay."""
    db.session.add(
        ToolEntry(
            service_id=by.service_id,
            patient_id=patient_id,
            tool=kind.name,
            sheet=entry.sheet,
            entry_id=entry.id,
            about_id=entry.about_id,
            on=entry.on,
            answers=dict(entry.answers),
            is_complete=entry.is_complete,
            is_removed=is_removed,
            at=entry.saved_at,
        )
    )


# --- the toolbox --------------------


@dataclass(frozen=True)
class Used:
    """One tool that the patient has used: how many entries, and when the last was saved."""

    tool: str
    entries: int
    last_saved_at: datetime


def used_tools(by: Actor, patient_id: UUID) -> list[Used]:
    """The tools that this patient has used, the last saved first, in one query."""
    latest = (
        select(ToolEntry.tool, ToolEntry.entry_id, ToolEntry.is_removed, ToolEntry.at)
        .ext(distinct_on(ToolEntry.tool, ToolEntry.entry_id))
        .where(ToolEntry.service_id == by.service_id, ToolEntry.patient_id == patient_id)
        .order_by(ToolEntry.tool, ToolEntry.entry_id, ToolEntry.id.desc())
        .subquery()
    )
    rows = (
        select(latest.c.tool, func.count(), func.max(latest.c.at).label("at"))
        .where(~latest.c.is_removed)
        .group_by(latest.c.tool)
        .order_by(func.max(latest.c.at).desc())
    )
    return [Used(*row) for row in db.session.execute(rows) if row.tool in tools()]


# --- sharing --------------------


def share_tool(kind: ToolKind, shared: bool, *, patient_id: UUID, by: Actor) -> None:
    """Share the tool with the team, or take that back: one tap each way."""
    share(patient_id, thing_of(kind.name), shared, by=by)


def is_shared(kind: ToolKind, by: Actor, patient_id: UUID) -> bool:
    """Does the patient share this tool now?"""
    return thing_of(kind.name) in shared_names(by, patient_id)


def shared_tools(by: Actor, patient_id: UUID) -> list[ToolKind]:
    """The tools that this patient shares with the team."""
    names = shared_names(by, patient_id)
    return [kind for name, kind in tools().items() if thing_of(name) in names]


def thing_of(tool: str) -> str:
    """How a shared tool is called among the shared exercises."""
    return f"tool/{tool}"


# --- locked tools --------------------


def is_opened(by: Actor, patient_id: UUID, tool: str) -> bool:
    """Has a clinician opened this locked tool for the patient?"""
    row = select(ToolOpened.opened_at).where(
        ToolOpened.service_id == by.service_id,
        ToolOpened.patient_id == patient_id,
        ToolOpened.tool == tool,
        ToolOpened.closed_at.is_(None),
    )
    return db.session.scalar(row) is not None


def set_opened(patient_id: UUID, tool: str, is_open: bool, *, by: Actor) -> None:
    """A clinician opens a locked tool for this patient, or locks it again. What was filled in stays."""
    now = clock.now()
    row = {"opened_by": by.account_id, "opened_at": now, "closed_at": None if is_open else now}
    key = {"service_id": by.service_id, "patient_id": patient_id, "tool": tool}
    changed = row if is_open else {"closed_at": now}
    statement = insert(ToolOpened).values({**key, **row})
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["service_id", "patient_id", "tool"], set_=changed)
    )
    audit.record(by, "opened" if is_open else "locked", "tool", tool, patient_id=patient_id)
