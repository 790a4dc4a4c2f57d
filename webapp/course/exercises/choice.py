"""Choose one answer. Stored by its key, so that its words may be improved."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import InputRequired

from webapp.content import Block
from webapp.design.widgets import RadiosField

from .kind import ExerciseKind, chosen_texts, field_name


def _field(block: Block, label: str) -> Field:
    return RadiosField(
        label,
        choices=[(answer.key, answer.html) for answer in block.answers],
        description=block.labels.get("Hint", ""),
        validators=[InputRequired(_l("Choose an answer, or leave this and go on"))],
        id=field_name(block),
    )


KIND = ExerciseKind(
    "choice",
    _field,
    keep=lambda key: {"keys": [key]},
    refill=lambda answer: next(iter(answer.get("keys", ())), None),
    in_words=chosen_texts,
)
