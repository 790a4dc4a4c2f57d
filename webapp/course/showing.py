"""One page of a module as it is shown: the ready markup, with this patient's exercises and tools in their
places.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from flask import render_template
from markupsafe import Markup

from webapp.content import Block, ModuleText, Page
from webapp.design import charts
from webapp.foundations.access import Actor
from webapp.foundations.languages import chosen, speaking

from . import answers, sharing, shelf, tools
from .answers import Saved
from .exercises.answering import ExerciseForm, form_for
from .service import InModule
from .ways import Way, pieces_shown


@dataclass(frozen=True)
class Slot:
    """One exercise as its template needs it. ``just_saved`` is true on the page that follows a save."""

    block: Block
    head: Markup
    form: ExerciseForm
    saved: Saved | None
    shared: bool
    just_saved: bool


def exercise_form(here: InModule, block: Block, saved: Saved | None, *, from_request: bool) -> ExerciseForm:
    """The form of an exercise with its last answer, or with what was sent or left in a draft."""
    label = shelf.prompt_of(block.prompt_html)[1]
    with speaking(here.text.lang):
        return form_for(
            block,
            label,
            saved.answer if saved else None,
            version=saved.id if saved else 0,
            from_request=from_request,
        )


def prose_of(text: ModuleText, page: Page, way: Way) -> Markup | None:
    """What is shown, if it has no exercise and no tool: then nothing on it is one patient's own."""
    pieces = pieces_shown(text, page, way)
    return Markup("").join(pieces) if all(isinstance(piece, Markup) for piece in pieces) else None  # type: ignore[arg-type]


def is_prose(text: ModuleText, page: Page) -> bool:
    """Is nothing on the page one patient's own, in whichever way it is read?"""
    return all(prose_of(text, page, Way(short=short)) is not None for short in (False, True))


def body_of(
    here: InModule,
    page: Page,
    by: Actor,
    way: Way,
    *,
    refused: ExerciseForm | None = None,
    saved: int = 0,
) -> Markup:
    """Everything between the heading and the last button. ``refused`` is a form that was sent and could
    not be saved.
    """
    if (prose := prose_of(here.text, page, way)) is not None:
        return prose
    pieces = pieces_shown(here.text, page, way)
    slots = {slot.block.name: slot for slot in _slots(here, pieces, by, refused, saved)}
    with speaking(here.text.lang):
        return Markup("").join(
            piece if isinstance(piece, Markup) else _drawn(here, page, piece, slots, way, by)
            for piece in pieces
        )


def _slots(
    here: InModule, pieces: Iterable[object], by: Actor, refused: ExerciseForm | None, saved: int
) -> Iterable[Slot]:
    blocks = [piece for piece in pieces if isinstance(piece, Block) and not tools.is_tool(piece)]
    if not blocks:
        return
    before = answers.answers_in(here.enrolment, here.module.name)
    shared = sharing.shared_names(by, here.enrolment.patient_id) if before else set()
    for block in blocks:
        answer = before.get(block.name)
        mine = refused is not None and refused.block_name == block.name
        form = (
            refused if mine and refused else exercise_form(here, block, answer, from_request=refused is None)
        )
        thing = answers.thing_id(here.module.name, block.name)
        head = shelf.prompt_of(block.prompt_html)[0]
        yield Slot(block, head, form, answer, thing in shared, answer is not None and answer.id == saved)


def _drawn(here: InModule, page: Page, block: Block, slots: dict[str, Slot], way: Way, by: Actor) -> Markup:
    if tools.is_tool(block):
        address = tools.address_of_tool(block, by, here.enrolment.patient_id)
        return Markup(
            render_template("course/_tool.jinja", block=block, button=tools.button_of(block), address=address)
        )
    action = f"/course/{here.module.name}/{page.name}"
    return Markup(
        render_template(
            "course/_exercise.jinja",
            slot=slots[block.name],
            action=action + way.query,
            share_action=f"{action}/share{way.query}",
        )
    )


def path_of(place: int, total: int) -> Markup:
    """The posts of a module's pages, with the one at ``place`` (from 1) standing up."""
    return _path(place, total, chosen())


@lru_cache(maxsize=512)
def _path(place: int, total: int, _language: str) -> Markup:
    return charts.path(place - 1, place, total)
