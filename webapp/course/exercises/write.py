"""Write in your own words. Private unless it is shared."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import Field
from wtforms.validators import DataRequired, Length

from webapp.content import Block
from webapp.design.widgets import TextareaField

from .kind import LONGEST_TEXT, ExerciseKind, field_name, written_text

READ_BY = _l("Only you can read this, unless you tap Share. If you are not safe, tap Help now.")


def text_field(block: Block, label: str) -> Field:
    """A longer text, with the block's hint and example."""
    hints = [block.labels.get("Hint", ""), block.labels.get("Example", "")]
    return TextareaField(
        label,
        read_by=READ_BY,
        description=" ".join(hint for hint in hints if hint),
        validators=[
            DataRequired(_l("Write something, or leave this and go on")),
            Length(
                max=LONGEST_TEXT,
                message=_l("This is longer than we can keep. Shorten it to 4,000 characters"),
            ),
        ],
        id=field_name(block),
    )


KIND = ExerciseKind(
    "write",
    text_field,
    keep=lambda text: {"text": text.strip()},
    refill=lambda answer: answer.get("text", ""),
    in_words=written_text,
    paper_lines=5,
)
