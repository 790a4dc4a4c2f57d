"""What every simple exercise is: a form made for one block, an answer that can be stored, and the answer
in words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from wtforms import Field

from webapp.content import Block
from webapp.foundations.forms import BaseForm

Answer = Mapping[str, Any]
LONGEST_TEXT = 4000


class ExerciseForm(BaseForm):
    """The form of one exercise on a page that may hold several: a draft of another exercise leaves it
    alone.
    """

    block_name = ""

    class Meta(BaseForm.Meta):
        """Takes a draft or what was sent only if it is about this exercise."""

        def wrap_formdata(self, form: Any, formdata: Any) -> Any:
            given = super().wrap_formdata(form, formdata)
            if given is None or form.answer_name in given or given.get("exercise") == form.block_name:
                return given
            form.refilled = False
            return None

    @property
    def draft_part(self) -> str:
        """The exercise: its typing is kept apart from that of the page's other exercises."""
        return self.block_name

    @property
    def answer_name(self) -> str:
        """The name of the one field that holds the answer."""
        return f"answer-{self.block_name}"

    @property
    def answer_field(self) -> Field:
        """The one field that holds the answer."""
        return self[self.answer_name]


@dataclass(frozen=True)
class ExerciseKind:
    """One kind of exercise.

    ``field``: the form field for a block (id and label are given). ``keep``: from the field's data to what is
    stored. ``refill``: back again. ``in_words``: one line for the patient's toolbox and for staff, if shared.
    ``paper_lines``: empty lines to write on in the booklet; kinds with answers print those instead.
    """

    kind: str
    field: Callable[[Block, str], Field]
    keep: Callable[[Any], dict[str, Any]]
    refill: Callable[[Answer], Any]
    in_words: Callable[[Block, Answer], str]
    paper_lines: int = 0


def field_name(block: Block) -> str:
    """The name and id of the field of a block: no other field of a form can have it."""
    return f"answer-{block.name}"


def chosen_texts(block: Block, answer: Answer) -> str:
    """The words of the chosen answers, in the text's order; a key that the text no longer has is shown as
    it is.
    """
    keys = list(answer.get("keys", ()))
    known = {choice.key: choice.text for choice in block.answers}
    ordered = [key for key in known if key in keys] + [key for key in keys if key not in known]
    return "; ".join(str(known.get(key, key)) for key in ordered)


def written_text(_block: Block, answer: Answer) -> str:
    """What was written, on one line."""
    return " ".join(str(answer.get("text", "")).split())
