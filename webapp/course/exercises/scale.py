"""A whole number between two ends, as big buttons: no slider, nothing chosen beforehand."""

from __future__ import annotations

import re

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import InputRequired

from webapp.content import Block
from webapp.design.widgets import NumberButtonsField

from .kind import Answer, ExerciseKind, field_name

END = re.compile(r"([0-9]{1,3})\s*(.*)", re.DOTALL)


def ends_of(block: Block) -> tuple[tuple[int, str], tuple[int, str]]:
    """(number, meaning) of both ends; the reader has made sure that each begins with a whole number."""
    return _end(block.labels["From"]), _end(block.labels["To"])


def _end(label: str) -> tuple[int, str]:
    found = END.match(label)
    if found is None:
        raise ValueError(f"the end of a scale does not begin with a whole number: {label!r}")
    return int(found.group(1)), found.group(2)


def _field(block: Block, label: str) -> Field:
    (low, low_label), (high, high_label) = ends_of(block)
    return NumberButtonsField(
        label,
        low=low,
        high=high,
        low_label=low_label,
        high_label=high_label,
        description=block.labels.get("Hint", ""),
        validators=[InputRequired(_l("Choose a number, or leave this and go on"))],
        id=field_name(block),
    )


def _in_words(block: Block, answer: Answer) -> str:
    (low, low_label), (high, high_label) = ends_of(block)
    return str(
        _(
            "%(number)s, where %(low)s is %(low_label)s and %(high)s is %(high_label)s",
            number=answer.get("number", ""),
            low=low,
            low_label=low_label,
            high=high,
            high_label=high_label,
        )
    )


KIND = ExerciseKind(
    "scale",
    _field,
    keep=lambda number: {"number": int(number)},
    refill=lambda answer: answer.get("number"),
    in_words=_in_words,
)
