"""The preview: an author sees a text as patients will, and every problem with its file and line, before
anybody does.

It reads the folder afresh at every look, so that a change to a file shows at once. Patients get what was
read when
the programme started.
"""

from __future__ import annotations

import re

from flask import Blueprint, abort, current_app, render_template
from markupsafe import Markup

from webapp.content.kinds import EXERCISE_KINDS
from webapp.content.problems import Problem, refusing, warnings_among
from webapp.content.reader import examine_course
from webapp.content.reading import Ease, reading_ease
from webapp.content.texts import Course, Module, Page
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
        modules=_everything(course),
        problems=refusing(problems),
        warnings=warnings_among(problems),
    )


@pages.get("/<module>/<language>")
@allow(May.PREVIEW_CONTENT)
def module(module: str, language: str) -> str:
    """One text, all its pages below each other, with how hard each is to read."""
    course, problems = _read()
    found = next((one for one in _everything(course) if one.name == module), None)
    if found is None or language not in found.texts:
        abort(404)
    text = found.texts[language]
    file = f"{module}/{language}.md"
    return render_template(
        "content/module.jinja",
        module=found,
        text=text,
        problems=[problem for problem in problems if problem.path.endswith(file)],
        ease={page.name: _ease(page) for page in text.pages},
        without_help=_without_addresses,
    )


def _read() -> tuple[Course | None, list[Problem]]:
    settings: Settings = current_app.extensions["waymark_settings"]
    return examine_course(settings.content_folder, EXERCISE_KINDS, today=clock.today())


def _everything(course: Course | None) -> tuple[Module, ...]:
    return (*course.modules, *course.plain_pages.values()) if course else ()


def _ease(page: Page) -> Ease:
    return reading_ease((passage.text, passage.line) for passage in page.passages)


def _without_addresses(html: Markup) -> Markup:
    """Links inside the programme as words: an author need not be able to open a patient's pages."""
    return Markup(IN_APP_LINK.sub(r"<u>\1</u>", str(html)))
