"""What every tool is: the sheets that it asks for, what it makes of them, and who may see it.

Its words: a *tool* is an exercise with pages of its own, kept in the toolbox. A *sheet* is one thing that it asks a
patient to fill in (a night, a plan, a try), a *screen* is one page of a sheet, and an *entry* is one filled sheet.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from types import FunctionType
from typing import Any
from uuid import UUID

from webapp.pacing.flare import Spell
from webapp.pacing.rules_settings import USUAL, PacingSettings
from webapp.people.number_settings import Number, NumberSetting

from .tool_form import ToolForm

Words = Any
"""Words for the page, translated when they are shown (``lazy_gettext``)."""


class HowMany(StrEnum):
    """How many entries of one sheet a patient keeps."""

    ONE = "one"  # one that is changed again and again: a plan
    ONE_A_DAY = "one_a_day"  # a diary
    MANY = "many"  # a new one each time: a thought, a message, a try


@dataclass(frozen=True)
class Entry:
    """One filled sheet as it stands now. ``version`` grows with each save; ``on`` is the local day it is about."""

    id: UUID
    sheet: str
    on: date
    about_id: UUID | None
    answers: Mapping[str, Any]
    is_complete: bool
    version: int
    saved_at: datetime

    def get(self, name: str, otherwise: Any = None) -> Any:
        """One answer as it is stored; *otherwise* if it was left out."""
        return self.answers.get(name, otherwise)

    def day(self, name: str) -> date | None:
        """One answer that is a date; None if it was left out."""
        day = self.answers.get(name)
        return date.fromisoformat(day) if day else None


@dataclass(frozen=True)
class Told:
    """All that a tool knows when it computes: this patient's entries, the day, energy mode, the service's numbers.

    ``entries`` holds, by sheet, the newest day first (and of one day the newest entry first). ``flares`` holds the
    flare-ups that the patient reported, newest first, for a kind that ``knows_flares``. ``pacing`` are the numbers of
    the pacing rules as they hold in this service.
    """

    today: date
    entries: Mapping[str, tuple[Entry, ...]] = field(default_factory=dict)
    energy_mode: bool = False
    numbers: Mapping[str, Number] = field(default_factory=dict)
    is_open: bool = True
    flares: tuple[Spell, ...] = ()
    pacing: PacingSettings = USUAL

    def of(self, sheet: str) -> tuple[Entry, ...]:
        """The entries of one sheet, newest first."""
        return self.entries.get(sheet, ())

    def latest(self, sheet: str) -> Entry | None:
        """The newest entry of a sheet, None if there is none."""
        return next(iter(self.of(sheet)), None)

    def on(self, sheet: str, day: date) -> Entry | None:
        """The entry of a sheet about this day."""
        return next((entry for entry in self.of(sheet) if entry.on == day), None)

    def about(self, sheet: str, entry_id: UUID) -> tuple[Entry, ...]:
        """The entries of *sheet* that are about another entry (the tries of a rung), newest first."""
        return tuple(entry for entry in self.of(sheet) if entry.about_id == entry_id)

    def find(self, entry_id: UUID) -> Entry | None:
        """An entry by its id."""
        return next((one for many in self.entries.values() for one in many if one.id == entry_id), None)


@dataclass(frozen=True)
class Asking:
    """What a form may want to know before it is shown: all entries, the one being changed, what it is about."""

    told: Told
    entry: Entry | None
    about: Entry | None
    on: date


def _always(_asking: Asking) -> bool:
    return True


def _next_screen(_entry: Entry) -> None:
    return None


@dataclass(frozen=True)
class Screen:
    """One page of a sheet: one question or a few that belong together. ``asked`` leaves it out where it does not fit
    (a target in energy mode); ``intro`` is a sentence or two above the fields. ``leads_to``: the further page that comes
    after it in a new entry (a player), with the arguments of its address; None for the next screen. ``button`` has words of
    its own. ``keeps`` False: it is only read, nothing of it is stored, and its button leads to the next screen."""

    name: str
    heading: Words
    form: type[ToolForm]
    intro: Words = ""
    asked: Callable[[Asking], bool] = _always
    leads_to: Callable[[Entry], tuple[str, Mapping[str, Any]] | None] = _next_screen
    button: Words = ""
    keeps: bool = True


@dataclass(frozen=True)
class Sheet:
    """One thing that a tool asks to fill in.

    ``about`` names another sheet of the same tool, if each entry belongs to an entry of that one. ``one_line`` says
    an entry in one line. ``days_back`` and ``days_ahead`` bound the day that an entry may be about.
    ``dated`` False: an entry is about no day in particular (a plan), and its screens name none.
    ``listed`` False: the tool's own page shows the entries itself. ``needs``: is it offered now at all?
    """

    name: str
    add: Words
    screens: tuple[Screen, ...]
    how_many: HowMany = HowMany.MANY
    one_line: Callable[[Entry], str] = lambda entry: ""
    heading: Words = ""
    about: str | None = None
    days_back: int = 13
    days_ahead: int = 0
    listed: bool = True
    offered: Callable[[Told], bool] = lambda told: True
    event: str = "exercise_saved"
    dated: bool = True

    def screen(self, name: str) -> Screen | None:
        """The screen of that name."""
        return next((screen for screen in self.screens if screen.name == name), None)

    def asked(self, asking: Asking) -> tuple[Screen, ...]:
        """The screens that are asked now, in order."""
        return tuple(screen for screen in self.screens if screen.asked(asking))

    def may_be_about(self, day: date, today: date) -> bool:
        """May an entry be about this day?"""
        return -self.days_back <= (day - today).days <= self.days_ahead


@dataclass(frozen=True)
class FurtherPage:
    """One more page of a tool (a player, a timer). ``context`` gets what is told and the address's arguments
    (``?minutes=10``) and gives what its macro ``page_<name>`` in the tool's template shows; ``heading`` may be made from
    that."""

    heading: Words | Callable[[Any], Words]
    context: Callable[[Told, Mapping[str, str]], Any]

    def headed(self, given: Any) -> Words:
        """The page's heading."""
        return self.heading(given) if isinstance(self.heading, FunctionType) else self.heading


@dataclass(frozen=True)
class ToolKind:
    """One tool. ``compute`` makes of the entries what the page shows; the template ``exercises/<name>.jinja`` has the
    macros ``show(tool)`` and, where the usual ones do not fit, ``paper(tool)`` and ``shared(tool)``; what belongs on an
    empty sheet too (safety sentences) is ``beside_blank(tool)``.

    ``asks_more``: it sets targets or offers steps up, marked ``data-asks-more`` in its template; in energy mode none
    may appear (amendment 8). ``physical``: "Read this first" stands above it (amendment 1). ``opened_by_team``: locked
    until a clinician opens it for this patient (amendment 10). ``knows_flares``: it is told the flare-ups that the
    patient reported. ``numbers`` are a service's settings, with sources; ``also_reads`` are numbers of another section.
    """

    name: str
    title: Words
    purpose: Words
    sheets: tuple[Sheet, ...]
    compute: Callable[[Told], Any]
    asks_more: bool = False
    physical: bool = False
    opened_by_team: bool = False
    knows_flares: bool = False
    numbers: tuple[NumberSetting, ...] = ()
    also_reads: tuple[NumberSetting, ...] = ()
    further: Mapping[str, FurtherPage] = field(default_factory=dict)

    def sheet(self, name: str) -> Sheet | None:
        """The sheet of that name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)

    @property
    def template(self) -> str:
        """The template with its macros."""
        return f"exercises/{self.name}.jinja"
