"""What other rooms add to the page *Me*: rows with a link, and words for what they let be shared
and looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from types import FunctionType
from typing import Any

from webapp.foundations.access import Actor

Titles = Callable[[Actor, Sequence[str]], dict[str, str]]

me_sections: list[tuple[Any, str]] = []  # (lazily translated title, endpoint), for patients
shared_titles: dict[str, Titles] = {}
looked_at_words: dict[str, Any] = {}  # words, or a function that names the thing by its id


def add_to_me(title: Any, endpoint: str) -> None:
    """Show a row with this title on a patient's page *Me*; once, however often the application is built."""
    if all(known != endpoint for _, known in me_sections):
        me_sections.append((title, endpoint))


def name_shared_things(kind: str, titles: Titles) -> None:
    """Say how shared things of this kind are called: ``titles(by, thing_ids)`` gives a title for each id."""
    shared_titles[kind] = titles


def say_what_was_looked_at(kind: str, words: Any) -> None:
    """Say what a look at this kind of thing is, for the patient: "your answers". ``words`` may also be a function of
    the id of the thing that was looked at."""
    looked_at_words[kind] = words


def said_of(kind: str, thing_id: str | None) -> Any:
    """What was looked at, in words; None where no room has said any."""
    words = looked_at_words.get(kind)
    return words(thing_id or "") if isinstance(words, FunctionType) else words
