"""The preview: an author sees a text as patients will, and every problem with its file and line, before
anybody does.

It reads the folder afresh at every look, so that a change to a file shows at once. Patients get what was
read when
the programme started.
"""

from __future__ import annotations

import re
from dataclasses import replace

from flask import Blueprint, abort, current_app, render_template
from markupsafe import Markup

from webapp.content.completeness import incomplete
from webapp.content.kinds import EXERCISE_KINDS, KNOWN, Known
from webapp.content.page_ease import ease_of
from webapp.content.problems import Problem, refusing, warnings_among
from webapp.content.reader import examine_course
from webapp.content.texts import Course
from webapp.foundations import clock
from webapp.foundations.access import May, allow
from webapp.foundations.settings import Settings

IN_APP_LINK = re.compile(r'<a href="(?:page|module|info|help):[^"]*">(.*?)</a>', re.DOTALL)
pages = Blueprint("content_preview", __name__, template_folder="templates", url_prefix="/preview")


@pages.get("")
@allow(May.PREVIEW_CONTENT)
def overview() -> str:
    """Every module with its languages and review date, and everything that the checker found."""
    course, problems = _read()
    return render_template(
        "content/overview.jinja",
        modules=course.patients_texts if course else (),
        problems=refusing(problems),
        warnings=warnings_among(problems),
    )


@pages.get("/<module>/<language>")
@allow(May.PREVIEW_CONTENT)
def module(module: str, language: str) -> str:
    """One text, all its pages below each other, with how hard each is to read."""
    course, problems = _read()
    texts = course.patients_texts if course else ()
    found = next((one for one in texts if one.name == module), None)
    if found is None or language not in found.texts:
        abort(404)
    text = found.texts[language]
    return render_template(
        "content/module.jinja",
        module=found,
        text=text,
        problems=[problem for problem in problems if problem.path == text.path],
        ease={page.name: ease_of(page) for page in text.pages},
        without_help=_without_addresses,
    )


def _read() -> tuple[Course | None, list[Problem]]:
    settings: Settings = current_app.extensions["waymark_settings"]
    known: Known | None = current_app.extensions.get(KNOWN)
    course, problems = examine_course(
        settings.content_folders,
        EXERCISE_KINDS,
        known=replace(known, address_of=None) if known else None,
        today=clock.today(),
    )
    return course, sorted([*problems, *(incomplete(course) if course else ())])


def _without_addresses(html: Markup) -> Markup:
    """Links inside the programme as words: an author need not be able to open a patient's pages."""
    return Markup(IN_APP_LINK.sub(r"<u>\1</u>", str(html)))
