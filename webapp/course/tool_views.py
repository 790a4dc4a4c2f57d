"""What the pages of a tool show: its result, its entries in words, its sheets with empty lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from typing import Any

from flask import url_for

from .exercises.tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .exercises.tool_form import Said, ToolForm, said_in


@dataclass(frozen=True)
class FilledScreen:
    """One screen of an entry in words. ``change`` is where it is changed."""

    heading: Any
    said: tuple[Said, ...]
    change: str = ""


@dataclass(frozen=True)
class FilledSheet:
    """One entry in words, screen by screen, without what was left out."""

    sheet: Sheet
    entry: Entry
    screens: tuple[FilledScreen, ...]


@dataclass(frozen=True)
class BlankSheet:
    """A sheet to write on."""

    sheet: Sheet
    screens: tuple[FilledScreen, ...]


@dataclass(frozen=True)
class ToolView:
    """A tool with what one patient has told it. ``result`` is what its kind computes."""

    kind: ToolKind
    told: Told
    is_shared: bool = False
    for_team: bool = False

    @cached_property
    def result(self) -> Any:
        """What the kind makes of the entries."""
        return self.kind.compute(self.told)

    @property
    def is_locked(self) -> bool:
        """Does a clinician have to open it first?"""
        return not self.told.is_open

    @property
    def has_entries(self) -> bool:
        """Is anything filled in?"""
        return any(self.told.entries.values())

    def entries(self, sheet: str) -> tuple[Entry, ...]:
        """The entries of a sheet, newest first."""
        return self.told.of(sheet)

    def add(
        self, sheet: str, *, on: date | None = None, about: Entry | None = None, screen: str | None = None
    ) -> str:
        """The address where an entry is added; ``screen`` names the one to begin with (the evening of a diary)."""
        given: dict[str, Any] = {
            "on": on.isoformat() if on else None, "about": about.id if about else None, "screen": screen
        }  # fmt: skip
        return url_for("course.tool_add", tool=self.kind.name, sheet=sheet, **given)

    def open(self, entry: Entry) -> str:
        """The address of an entry in words."""
        return url_for("course.tool_entry", tool=self.kind.name, sheet=entry.sheet, entry_id=entry.id)

    def change(self, entry: Entry, screen: str) -> str:
        """The address of one of its screens."""
        return url_for(
            "course.tool_screen", tool=self.kind.name, sheet=entry.sheet, entry_id=entry.id, screen=screen
        )

    def further(self, name: str, **given: Any) -> str:
        """The address of a further page."""
        return url_for("course.tool_page", tool=self.kind.name, name=name, **given)

    def one_line(self, entry: Entry) -> str:
        """An entry in one line."""
        sheet = self.kind.sheet(entry.sheet)
        return str(sheet.one_line(entry)) if sheet else ""

    @property
    def offered(self) -> tuple[Sheet, ...]:
        """The sheets that may be added to now, besides those that are about an entry."""
        return tuple(sheet for sheet in self.kind.sheets if sheet.about is None and sheet.offered(self.told))

    @property
    def listed(self) -> tuple[Sheet, ...]:
        """The sheets whose entries the page lists, where there are any."""
        return tuple(sheet for sheet in self.kind.sheets if sheet.listed and self.told.of(sheet.name))

    def adds(self, sheet: Sheet) -> bool:
        """Is its button for a new entry (and not for changing the one that there is)?"""
        return sheet.how_many is not HowMany.ONE or not self.told.of(sheet.name)

    @property
    def filled(self) -> tuple[FilledSheet, ...]:
        """Every entry in words, for paper and for the team."""
        return tuple(
            one
            for sheet in self.kind.sheets
            for one in filled_sheets(sheet, self.told.of(sheet.name), self.told)
        )


def form_of(
    screen: Screen, asking: Asking, *, from_request: bool, given: Mapping[str, str] = MappingProxyType({})
) -> ToolForm:
    """The form of a screen with what is stored, or with what was sent or left in a draft.

    *given* comes with the address: a link may choose one of a few beforehand (``?which=heel-slide``), never a text.
    """
    entry = asking.entry
    source: dict[str, Any] = {} if from_request else {"formdata": None}
    data = screen.form.refill(entry.answers) if entry else screen.form.chosen_by(given)
    form = screen.form(data=data, current_version=entry.version if entry else 0, **source)
    form.prepare(asking)
    return form


def filled_sheets(sheet: Sheet, entries: Sequence[Entry], told: Told) -> tuple[FilledSheet, ...]:
    """Entries in words: only what was answered."""
    return tuple(FilledSheet(sheet, entry, _filled(sheet, entry, told)) for entry in entries)


def _filled(sheet: Sheet, entry: Entry, told: Told) -> tuple[FilledScreen, ...]:
    about = told.find(entry.about_id) if entry.about_id else None
    asking = Asking(told, entry, about, entry.on)
    screens = []
    for screen in sheet.asked(asking):
        said = tuple(one for one in said_in(form_of(screen, asking, from_request=False)) if one.answer)
        screens.append(FilledScreen(screen.heading, said, screen.name))
    return tuple(screens)


def blank_sheets(view: ToolView) -> tuple[BlankSheet, ...]:
    """The sheets of the tool with their questions; in energy mode without those that are not offered then."""
    told = view.told
    return tuple(
        BlankSheet(sheet, _blank(sheet, told))
        for sheet in view.kind.sheets
        if sheet.offered(told) or not told.energy_mode
    )


def _blank(sheet: Sheet, told: Told) -> tuple[FilledScreen, ...]:
    asking = Asking(told, None, None, told.today)
    return tuple(
        FilledScreen(screen.heading, tuple(said_in(form_of(screen, asking, from_request=False))))
        for screen in sheet.asked(asking)
    )


def what_is_saved_now(form: ToolForm, sheet: Sheet, asking: Asking) -> FilledSheet | None:
    """What is saved now, to show beside a form that was refused because another screen or phone had saved."""
    if asking.entry is None or not form.is_submitted() or not form.form_errors:
        return None
    return filled_sheets(sheet, (asking.entry,), asking.told)[0]
