"""The truths of the course: what opens when, what is done, where to go on. Standard library only, no words.

A module is done when its last page was read and its key exercise was done, or deliberately left for later.
The
key exercise is the first tool of the module (a questionnaire is none), or without a tool the first exercise
that is answered on the page; a module with neither is done with its last page. Source: the issue, "Two
doors".
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

ANSWERED_KINDS = ("choice", "tick", "write", "scale", "plan")
KEY_TOOLS = ("pacing-tries", "pacing-start", "goal-start", "flare-up", "tool")


class Standing(StrEnum):
    """How a module stands for one patient today."""

    DONE = "done"
    HERE = "here"  # the one to go on with
    OPEN = "open"  # may be read
    WAITS_FOR_DATE = "waits_for_date"  # opens in the rhythm, on a day that is known
    COMING = "coming"  # opens when the one before is done


@dataclass(frozen=True, slots=True)
class Progress:
    """What is known about one module in one enrolment. ``opens_on`` None: no day is planned."""

    name: str
    core: bool = True
    begun: bool = False
    done: bool = False
    opens_on: date | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A module's standing, with the day on which it opens if it waits for one."""

    name: str
    standing: Standing
    opens_on: date | None = None

    @property
    def is_open(self) -> bool:
        """May its pages be read without asking?"""
        return self.standing in (Standing.DONE, Standing.HERE, Standing.OPEN)


def places(modules: Sequence[Progress], today: date, *, all_open: bool) -> tuple[Place, ...]:
    """Where each module stands, in the given order.

    ``all_open`` is the refresher door: nothing waits. Otherwise the first core module is open, a later one
    opens
    when the core module before it is done and its planned day has come; what was begun stays open, and
    optional
    modules are always open. The first open core module that is not done is where the patient is.
    """
    found: list[Place] = []
    before_is_done, somebody_is_here = True, False
    for module in modules:
        place = _place(module, today, all_open or not module.core, before_is_done)
        if module.core:
            before_is_done = module.done
            if place.standing is Standing.OPEN and not somebody_is_here:
                somebody_is_here, place = True, Place(module.name, Standing.HERE)
        found.append(place)
    return tuple(found)


def _place(module: Progress, today: date, always_open: bool, before_is_done: bool) -> Place:
    if module.done:
        return Place(module.name, Standing.DONE)
    if always_open or module.begun:
        return Place(module.name, Standing.OPEN)
    if not before_is_done:
        return Place(module.name, Standing.COMING)
    if module.opens_on is not None and module.opens_on > today:
        return Place(module.name, Standing.WAITS_FOR_DATE, module.opens_on)
    return Place(module.name, Standing.OPEN)


def key_exercise(blocks: Sequence[tuple[str, str]]) -> str | None:
    """The name of the key exercise among the ``(kind, name)`` of a module's blocks in order; None if it
    has none.
    """
    for kinds in (KEY_TOOLS, ANSWERED_KINDS):
        for kind, name in blocks:
            if kind in kinds:
                return name
    return None


def is_done(pages: Sequence[str], read: Collection[str], *, key_is_settled: bool) -> bool:
    """Is the module done: last page read, and the key exercise done, left for later, or not there at all?"""
    return bool(pages) and pages[-1] in read and key_is_settled


def page_to_go_on_with(pages: Sequence[str], read: Collection[str]) -> str | None:
    """Where the patient left off: the first page that was not read to its end; None when all were."""
    return next((page for page in pages if page not in read), None)


def minutes_left(pages: Sequence[tuple[str, int]], read: Collection[str]) -> int:
    """Minutes of the ``(page, minutes)`` that were not read yet."""
    return sum(minutes for page, minutes in pages if page not in read)


def page_after(pages: Sequence[str], page: str) -> str | None:
    """The page that follows, None after the last.

    Raises:
        ValueError: there is no such page.
    """
    place = pages.index(page) + 1
    return pages[place] if place < len(pages) else None
