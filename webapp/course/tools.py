"""The tools that a module hands out: where each one is, and whether the patient has used it.

A tool lives in a room of its own. Its card in the module shows a button as soon as that room's page is there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from webapp.content import Block, ModuleText
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.goals import service as goals
from webapp.pacing import service as pacing

from .exercises.registry import tools as kept_tools
from .tool_models import ToolEntry


def _has_paced(by: Actor, patient_id: UUID) -> bool:
    return bool(pacing.plans_of(by, patient_id))


def _has_goal(by: Actor, patient_id: UUID) -> bool:
    return bool(goals.goals_of(by, patient_id))


def _never(_by: Actor, _patient_id: UUID) -> bool:
    return False


@dataclass(frozen=True)
class Tool:
    """One tool: the view that begins it, the view for somebody who has begun, the words of its button when
    the text
    gives none, and whether the patient has already used it."""

    first_view: str
    next_view: str
    button: str
    was_used: Callable[[Actor, UUID], bool] = _never


TOOLS: dict[str, Tool] = {
    "pacing-tries": Tool("pacing.begin", "pacing.overview", _l("Write down a try"), _has_paced),
    "pacing-start": Tool("pacing.begin", "pacing.overview", _l("Find my starting point"), _has_paced),
    "goal-start": Tool("goals.begin", "goals.overview", _l("Choose a goal"), _has_goal),
    "flare-up": Tool("flare_up.now", "flare_up.now", _l("Open the flare-up page")),
    "questionnaire": Tool("questionnaires.overview", "questionnaires.overview", _l("Answer the questions")),
}


KEPT = "tool"
"""The block kind that names a tool of the toolbox: ``::: tool sleep-diary``."""


def is_tool(block: Block) -> bool:
    """Does the block place a tool (and not an exercise that is answered on the page)?"""
    return block.kind in TOOLS or block.kind == KEPT


def button_of(block: Block) -> str:
    """The words of its button, where the text gives none."""
    return str(_l("Open") if block.kind == KEPT else TOOLS[block.kind].button)


def address_of_tool(block: Block, by: Actor, patient_id: UUID) -> str | None:
    """Where the button of this block leads for this patient; None while the tool's page does not exist."""
    if block.kind == KEPT:
        return address_of_kept(block.name)
    tool = TOOLS[block.kind]
    if tool.first_view not in current_app.view_functions:
        return None
    return url_for(tool.next_view if tool.was_used(by, patient_id) else tool.first_view)


def address_of_kept(name: str) -> str | None:
    """Where a tool of the toolbox is; None while nobody has written it."""
    return url_for("course.tool", tool=name) if name in kept_tools() else None


def first_tool(text: ModuleText) -> Block | None:
    """The tool that the module hands out: the first one on its pages; None without any."""
    blocks = [block for page in text.pages for block in page.blocks if is_tool(block)]
    return next((block for block in blocks if block.kind != "questionnaire"), None)


def was_used(block: Block, by: Actor, patient_id: UUID) -> bool:
    """Has this patient used the tool at all, now or earlier?"""
    return bool(used_among([block], by, patient_id))


def used_among(blocks: Collection[Block], by: Actor, patient_id: UUID) -> list[Block]:
    """Those of the tools that this patient has used at all. One question to each room, however many blocks."""
    kept = {block.name for block in blocks if block.kind == KEPT}
    asked = {TOOLS[block.kind].was_used for block in blocks if block.kind in TOOLS}
    saved = saved_with(kept, by, patient_id) if kept else set()
    yes = {was_used for was_used in asked if was_used(by, patient_id)}
    return [
        block
        for block in blocks
        if (
            block.name in saved
            if block.kind == KEPT
            else is_tool(block) and TOOLS[block.kind].was_used in yes
        )
    ]


def saved_with(names: Collection[str], by: Actor, patient_id: UUID) -> set[str]:
    """Those of the tools of these names with which this patient ever saved something."""
    rows = select(ToolEntry.tool).where(
        ToolEntry.service_id == by.service_id,
        ToolEntry.patient_id == patient_id,
        ToolEntry.tool.in_(names),
    )
    return set(db.session.scalars(rows.distinct()))
