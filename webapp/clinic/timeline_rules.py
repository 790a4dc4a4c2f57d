"""Plain truths of a timeline: what each filter shows, and what a day's activity comes to."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

_ACTIVITY = ("activity", "milestone", "sitting", "pause", "flare")
_CONTACTS = ("contact", "call_asked", "call_agreed")
_MESSAGES = ("message", "answer")
_FLAGS = ("flag", "alert")
SOURCES_OF: dict[str, tuple[str, ...]] = {
    "all": (*_ACTIVITY, *_CONTACTS, *_MESSAGES, *_FLAGS, "problem", "record"),
    "contacts": _CONTACTS,
    "messages": _MESSAGES,
    "activity": _ACTIVITY,
    "flags": _FLAGS,
}
"""Which kinds of things each filter shows."""
WHICH = tuple(SOURCES_OF)


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day.

    pages: pages of modules that were read. modules: their names, in the order of reading. others: everything
    else (exercises, tools, plans and ticks together: the patient was told that ticks are not seen). typed:
    questionnaires have rows of their own; True if some of it was typed in by the team.
    """

    pages: int
    modules: tuple[str, ...]
    others: int
    typed: bool


def day_of(done: Iterable[Sequence[object]]) -> Day:
    """A day's events (kind, what, typed in by staff) as one row tells them."""
    found = list(done)
    pages = [str(what) for kind, what, _ in found if kind == "page_read"]
    others = [kind for kind, _, _ in found if kind not in ("page_read", "answer")]
    modules = dict.fromkeys(what.partition("/")[0] for what in pages)
    return Day(len(set(pages)), tuple(modules), len(others), any(by_staff for _, _, by_staff in found))


def place(text: str | None) -> tuple[datetime, str, str] | None:
    """The place in an address behind which the next page begins; None if it names none."""
    moment, _, rest = (text or "").partition("~")
    source, _, key = rest.partition("~")
    try:
        at = datetime.fromisoformat(moment)
    except ValueError:
        return None
    return (at, source, key) if at.tzinfo is not None and source in SOURCES_OF["all"] else None


def place_in_address(at: datetime, source: str, key: str) -> str:
    """A place as it stands in an address; ``place`` reads it."""
    return f"{at.isoformat()}~{source}~{key}"
