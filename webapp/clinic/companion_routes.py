"""Companion pages: what a patient is learning in a module, what to ask on the phone, what gets in the way.

They belong to the course and to no patient, so that everybody who sees patients may read them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from flask import abort, render_template, url_for
from markupsafe import Markup

from webapp.content import Module
from webapp.course import shelf
from webapp.course.overview import Journey
from webapp.foundations.access import May, allow, visitor
from webapp.foundations.languages import page_language

from .routes import Answer, pages

TO_THE_COURSE = re.compile(r'<a href="/course/([a-z0-9-]+)(?:/[a-z0-9-]+)?">(.*?)</a>', re.DOTALL)


@dataclass(frozen=True)
class Companion:
    """One companion page with the module that it goes with."""

    module: Module
    page: Module

    @property
    def name(self) -> str:
        """The module's name, which is also the companion's."""
        return self.module.name


def companions() -> tuple[Companion, ...]:
    """Those that are there, in the order of the course."""
    course = shelf.course()
    return tuple(
        Companion(module, course.companions[module.name])
        for module in course.modules
        if module.name in course.companions
    )


def companion_of(journey: Journey) -> Companion | None:
    """The companion of the module that the patient is at; None if they are at none, or it has none."""
    here = journey.core[journey.here - 1].name if journey.here else None
    return next((one for one in companions() if one.name == here), None)


@pages.get("/clinic/companions")
@allow(May.SEE_PATIENTS)
def companion_list() -> Answer:
    """Every module of the course with its page for clinicians."""
    return render_template("clinic/companions.jinja", companions=companions(), language=page_language()[0])


@pages.get("/clinic/companions/<module>")
@allow(May.SEE_PATIENTS)
def companion(module: str) -> Answer:
    """What patients learn in this module, and how a call can help."""
    found = companions()
    names = [one.name for one in found]
    if module not in names:
        abort(404)
    place = names.index(module)
    text = found[place].page.text(page_language()[0])
    return render_template(
        "clinic/companion.jinja",
        companion=found[place],
        text=text,
        before=found[place - 1] if place else None,
        after=found[place + 1] if place + 1 < len(found) else None,
        for_staff=for_staff,
        language=page_language()[0],
    )


def for_staff(html: Markup) -> Markup:
    """Links into the course lead to the preview, or are words for those who may not see it."""
    who = visitor()
    may_preview = who is not None and who.may(May.PREVIEW_CONTENT)

    def preview(found: re.Match[str]) -> str:
        if not may_preview or shelf.course().module(found.group(1)) is None:
            return found.group(2)
        address = url_for("content_preview.module", module=found.group(1), language="en")
        return f'<a href="{address}">{found.group(2)}</a>'

    return shelf.with_help_links(Markup(TO_THE_COURSE.sub(preview, str(html))))
