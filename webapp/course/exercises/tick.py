"""Tick all that fit. None is an answer too, once it is saved."""

from __future__ import annotations

from flask_babel import gettext as _
from wtforms import Field

from webapp.content import Block
from webapp.design.widgets import CheckboxesField

from .kind import Answer, ExerciseKind, chosen_texts, field_name


def _field(block: Block, label: str) -> Field:
    return CheckboxesField(
        label,
        choices=[(answer.key, answer.html) for answer in block.answers],
        description=block.labels.get("Hint", ""),
        id=field_name(block),
    )


def _in_words(block: Block, answer: Answer) -> str:
    return chosen_texts(block, answer) or _("Nothing ticked")


KIND = ExerciseKind(
    "tick",
    _field,
    keep=lambda keys: {"keys": list(keys or ())},
    refill=lambda answer: list(answer.get("keys", ())),
    in_words=_in_words,
)
