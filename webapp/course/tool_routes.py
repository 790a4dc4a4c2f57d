"""The pages of every tool: what it shows, its sheets screen by screen, an entry, paper, sharing."""

from __future__ import annotations

from datetime import date
from typing import Any, cast
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _

from webapp.foundations.access import May, acting, allow
from webapp.people.models import Service

from . import entries
from .exercises.registry import tools
from .exercises.tool import Asking, Entry, HowMany, Screen, Sheet, Told, ToolKind
from .forms import StepForm, TapForm
from .routes import Answer, following, pages
from .tool_views import ToolView, blank_sheets, filled_sheets, form_of, what_is_saved_now

BOTH = ["GET", "POST"]


@pages.get("/tools/<tool>")
@allow(May.FOLLOW_COURSE)
def tool(tool: str) -> Answer:
    """A tool: what it is for, what it makes of the entries, and the way to add one."""
    return render_template("course/tool/tool.jinja", tool=_view(_kind(tool)), step=StepForm(formdata=None))


@pages.get("/tools/<tool>/page/<name>")
@allow(May.FOLLOW_COURSE)
def tool_page(tool: str, name: str) -> Answer:
    """A further page of a tool: a player, a timer."""
    view = _view(_kind(tool))
    further = view.kind.further.get(name)
    if further is None or view.is_locked:
        abort(404)
    given = further.context(view.told, request.args)
    return render_template(
        "course/tool/further.jinja",
        tool=view,
        heading=further.headed(given),
        name=name,
        given=given,
        step=StepForm(formdata=None),
    )


@pages.route("/tools/<tool>/<sheet>/new", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def tool_add(tool: str, sheet: str) -> Answer:
    """The first screen of a new entry (or the one that ``?screen=`` names: the evening of a diary); of a plan that is
    there already, the screen of that one."""
    kind, found, told = _sheet(tool, sheet)
    about, on = _about(found, told), _day(found, told)
    entry = _there_already(found, told, on)
    asking = Asking(told, entry, about, on)
    screens = found.asked(asking)
    if not screens or not found.offered(told):
        abort(404)
    first = next((one for one in screens if one.name == request.args.get("screen")), screens[0])
    if entry is not None and request.method == "GET":
        return redirect(_screen_of(kind, found, entry.id, first), 303)
    return _screen(kind, found, first, asking)


@pages.route("/tools/<tool>/<sheet>/<uuid:entry_id>/<screen>", methods=BOTH)
@allow(May.FOLLOW_COURSE)
def tool_screen(tool: str, sheet: str, entry_id: UUID, screen: str) -> Answer:
    """One screen of an entry that has been begun."""
    kind, found, told = _sheet(tool, sheet)
    entry = _entry(found, told, entry_id)
    about = told.find(entry.about_id) if entry.about_id else None
    asking = Asking(told, entry, about, entry.on)
    at = found.screen(screen)
    if at is None or at not in found.asked(asking):
        abort(404)
    return _screen(kind, found, at, asking)


@pages.get("/tools/<tool>/<sheet>/<uuid:entry_id>")
@allow(May.FOLLOW_COURSE)
def tool_entry(tool: str, sheet: str, entry_id: UUID) -> Answer:
    """One entry in words, with the way to change it or to take it away."""
    kind, found, told = _sheet(tool, sheet)
    entry = _entry(found, told, entry_id)
    return render_template(
        "course/tool/entry.jinja",
        tool=_view(kind),
        sheet=found,
        entry=entry,
        filled=filled_sheets(found, (entry,), told)[0],
        step=StepForm(formdata=None),
    )


@pages.post("/tools/<tool>/<sheet>/<uuid:entry_id>/remove")
@allow(May.FOLLOW_COURSE)
def tool_remove(tool: str, sheet: str, entry_id: UUID) -> Answer:
    """Take an entry away. The next page offers to bring it back."""
    kind, found, told = _sheet(tool, sheet)
    entries.set_removed(kind, _entry(found, told, entry_id), True, patient_id=_me(), by=acting())
    flash(_("Taken away. You can bring it back here."), "removed")
    return redirect(url_for("course.tool", tool=tool, removed=entry_id, sheet=sheet), 303)


@pages.post("/tools/<tool>/<sheet>/<uuid:entry_id>/restore")
@allow(May.FOLLOW_COURSE)
def tool_restore(tool: str, sheet: str, entry_id: UUID) -> Answer:
    """Bring back an entry that was taken away."""
    kind, found, told = _sheet(tool, sheet, removed=True)
    entries.set_removed(kind, _entry(found, told, entry_id), False, patient_id=_me(), by=acting())
    return redirect(url_for("course.tool_entry", tool=tool, sheet=sheet, entry_id=entry_id), 303)


@pages.post("/tools/<tool>/share")
@allow(May.FOLLOW_COURSE)
def tool_share(tool: str) -> Answer:
    """Share the tool with the team, or take that back: one tap."""
    form = TapForm()
    if form.validate_on_submit() and form.said.data in ("yes", "no"):
        entries.share_tool(_kind(tool), form.said.data == "yes", patient_id=_me(), by=acting())
    return redirect(url_for("course.tool", tool=tool, _anchor="share"), 303)


@pages.get("/tools/<tool>/print")
@allow(May.FOLLOW_COURSE)
def tool_paper(tool: str) -> Answer:
    """Everything of this tool on paper."""
    view = _view(_kind(tool))
    if view.is_locked:
        abort(404)
    return render_template("course/tool/paper.jinja", tool=view, back_to=_back_to(tool))


@pages.get("/tools/<tool>/blank")
@allow(May.FOLLOW_COURSE)
def tool_blank(tool: str) -> Answer:
    """The tool's sheets on paper, with lines to write on."""
    view = _view(_kind(tool))
    if view.is_locked:
        abort(404)
    return render_template(
        "course/tool/blank.jinja", tool=view, blank=blank_sheets(view), back_to=_back_to(tool)
    )


def _back_to(tool: str) -> str:
    """The tool's whole address, for the sheet's QR code."""
    return url_for("course.tool", tool=tool, _external=True)


# --- one screen --------------------


def _screen(kind: ToolKind, sheet: Sheet, screen: Screen, asking: Asking) -> Answer:
    given = request.args if asking.entry is None else {}
    form = form_of(screen, asking, from_request=True, given=given)
    if form.validate_on_submit():
        if not screen.keeps:
            return _only_read(kind, sheet, screen, asking)
        kept = form.kept()
        if kept or asking.entry is not None:
            return _save(kind, sheet, screen, asking, kept)
        form.form_errors.append(_("Fill in one thing at least, or go back. Nothing was saved."))
    screens = sheet.asked(asking)
    place = screens.index(screen)
    page = render_template(
        "course/tool/screen.jinja",
        tool=_view(kind, asking.told),
        sheet=sheet,
        screen=screen,
        asking=asking,
        form=form,
        place=place + 1,
        count=len(screens),
        back=_screen_of(kind, sheet, asking.entry.id, screens[place - 1]) if place and asking.entry else None,
        now_saved=what_is_saved_now(form, sheet, asking),
    )
    return (page, 422) if form.is_submitted() else page


def _only_read(kind: ToolKind, sheet: Sheet, screen: Screen, asking: Asking) -> Answer:
    """Lead from a screen that stores nothing to the next one, with the day and the choice that the address carried."""
    screens = sheet.asked(asking)
    then = screens[screens.index(screen) + 1]
    if asking.entry is not None:
        return redirect(_screen_of(kind, sheet, asking.entry.id, then), 303)
    carried: dict[str, Any] = {name: request.args[name] for name in ("on", "about") if name in request.args}
    carried |= then.form.chosen_by(request.args)
    return redirect(
        url_for("course.tool_add", tool=kind.name, sheet=sheet.name, **carried, screen=then.name), 303
    )


def _save(kind: ToolKind, sheet: Sheet, screen: Screen, asking: Asking, kept: dict[str, Any]) -> Answer:
    now = entries.with_answers(sheet, screen, kept, entry=asking.entry, on=asking.on, about=asking.about)
    after = _screens_after(sheet, screen, asking, now)
    entry_id = entries.save_screen(
        kind,
        sheet,
        screen,
        kept,
        entry=asking.entry,
        on=asking.on,
        about=asking.about,
        is_last=not after,
        patient_id=_me(),
        by=acting(),
    )
    onward = None if now.is_complete else screen.leads_to(now)
    if onward is not None:
        name, given = onward
        return redirect(url_for("course.tool_page", tool=kind.name, name=name, entry=entry_id, **given), 303)
    if after:
        return redirect(_screen_of(kind, sheet, entry_id, after[0]), 303)
    flash(_("Saved."), "saved")
    return redirect(url_for("course.tool", tool=kind.name), 303)


def _screens_after(sheet: Sheet, screen: Screen, asking: Asking, now: Entry) -> tuple[Screen, ...]:
    """The screens that follow, as they are asked once this one is saved."""
    screens = sheet.asked(Asking(asking.told, now, asking.about, asking.on))
    return screens[screens.index(screen) + 1 :]


def _screen_of(kind: ToolKind, sheet: Sheet, entry_id: UUID, screen: Screen) -> str:
    return url_for(
        "course.tool_screen", tool=kind.name, sheet=sheet.name, entry_id=entry_id, screen=screen.name
    )


# --- finding what the address names --------------------


def _me() -> UUID:
    patient_id: UUID | None = following().patient_id
    if patient_id is None:
        abort(404)
    return patient_id


def _kind(name: str) -> ToolKind:
    found = tools().get(name)
    if found is None:
        abort(404)
    return found


def _told(kind: ToolKind, *, removed: bool = False) -> Told:
    return entries.told_by(acting(), _me(), kind, cast(Service, following().service), removed=removed)


def _view(kind: ToolKind, told: Told | None = None) -> ToolView:
    return ToolView(kind, told or _told(kind), entries.is_shared(kind, acting(), _me()))


def _sheet(tool: str, sheet: str, *, removed: bool = False) -> tuple[ToolKind, Sheet, Told]:
    kind = _kind(tool)
    found = kind.sheet(sheet)
    told = _told(kind, removed=removed)
    if found is None or not told.is_open:
        abort(404)
    return kind, found, told


def _entry(sheet: Sheet, told: Told, entry_id: UUID) -> Entry:
    found = next((entry for entry in told.of(sheet.name) if entry.id == entry_id), None)
    if found is None:
        abort(404)
    return found


def _there_already(sheet: Sheet, told: Told, on: date) -> Entry | None:
    if sheet.how_many is HowMany.ONE:
        return told.latest(sheet.name)
    return told.on(sheet.name, on) if sheet.how_many is HowMany.ONE_A_DAY else None


def _about(sheet: Sheet, told: Told) -> Entry | None:
    """The entry that a new one is about (``?about=``), for a sheet that needs one."""
    if sheet.about is None:
        return None
    asked = request.args.get("about", type=UUID)
    about = told.find(asked) if asked else None
    if about is None or about.sheet != sheet.about:
        abort(404)
    return about


def _day(sheet: Sheet, told: Told) -> date:
    """The day that a new entry is about (``?on=2026-11-22``), today if none is named."""
    asked = request.args.get("on")
    if asked is None:
        return told.today
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        abort(404)
    if not sheet.may_be_about(day, told.today):
        abort(404)
    return day
