"""Answers as they are typed in one line: `3,0,1,-,2`, where a hyphen is a missing answer."""

from __future__ import annotations

from itertools import takewhile

from webapp.questionnaires.definitions import AnswerRefused, Definition, Item

MISSING = "-"


def answers_from(definition: Definition, typed: str) -> dict[str, int | None]:
    """The answers by item, in the order of the questionnaire. Items answered in words are not typed.

    Optional items at the end may be left out. Raises `AnswerRefused` for an answer that cannot be given, and
    `ValueError` if there are too many or too few.
    """
    items = [item for item in definition.items if not item.in_words]
    parts = [part.strip() for part in typed.split(",")]
    left_out = len(list(takewhile(lambda item: item.optional, reversed(items))))
    most, fewest = len(items), max(1, len(items) - left_out)
    if not fewest <= len(parts) <= most:
        wanted = f"{most} items" if fewest == most else f"{fewest} to {most} items"
        raise ValueError(f"'{definition.id}' has {wanted}, but {_counted(len(parts))} given")
    return {item.id: _answer(item, part) for item, part in zip(items, parts, strict=False)}


def _counted(number: int) -> str:
    return "1 answer was" if number == 1 else f"{number} answers were"


def _answer(item: Item, part: str) -> int | None:
    if part == MISSING:
        return None
    allowed = item.minimum, item.maximum
    if not part.removeprefix("-").isascii() or not part.removeprefix("-").isdigit():
        raise AnswerRefused(item.id, part, allowed)
    value = int(part)
    if not allowed[0] <= value <= allowed[1]:
        raise AnswerRefused(item.id, value, allowed)
    return value
