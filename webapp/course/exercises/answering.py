"""The simple exercises: one form, one field, one answer, on the page of a module."""

from __future__ import annotations

from importlib import import_module
from typing import Any

from webapp.content import Block

from .kind import Answer, ExerciseForm, ExerciseKind, field_name
from .registered import SIMPLE

KINDS: dict[str, ExerciseKind] = {
    name: import_module(f"webapp.course.exercises.{name}").KIND for name in SIMPLE
}

__all__ = ["KINDS", "Answer", "ExerciseForm", "ExerciseKind", "form_for", "in_words"]


def form_for(
    block: Block, label: str, answer: Answer | None, *, version: int, from_request: bool = True
) -> ExerciseForm:
    """The form of this block, filled with its last answer. ``version`` is the id of that answer, 0 without
    one.
    """
    kind = KINDS[block.kind]
    name = field_name(block)
    fields: dict[str, Any] = {"block_name": block.name, name: kind.field(block, label)}
    form_class = type(f"{block.kind.title()}Form", (ExerciseForm,), fields)
    data = None if answer is None else {name: kind.refill(answer)}
    given = {} if from_request else {"formdata": None}
    form: ExerciseForm = form_class(data=data, current_version=version, **given)
    return form


def in_words(block: Block, answer: Answer) -> str:
    """The answer in one line, in the words of the text that was answered."""
    return KINDS[block.kind].in_words(block, answer)
