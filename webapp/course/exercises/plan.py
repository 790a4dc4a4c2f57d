"""A plan for the week, in the patient's own words: what, how much, when, and what if."""

from __future__ import annotations

from .kind import ExerciseKind, written_text
from .write import text_field

KIND = ExerciseKind(
    "plan",
    text_field,
    keep=lambda text: {"text": text.strip()},
    refill=lambda answer: answer.get("text", ""),
    in_words=written_text,
    paper_lines=7,
)
