"""Pages that belong to no module: for friends and family, questions, the safety list, and all the words explained.

Each has two addresses. `/information/…` is for patients, with their menu. `/leaflets/…` is for everybody: it reads
no session, says nothing of anybody, and may be sent to a friend. Whoever is not a patient is led from the first to
the second.
"""

from __future__ import annotations

import re

from flask import abort, current_app, redirect, render_template, request, url_for
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.content import Module, ModuleText, Page, Word
from webapp.design.open_pages import begin_open_page, open_page, speak_as_addressed
from webapp.foundations.access import May, allow, sessionless, visitor
from webapp.foundations.languages import ENGLISH, chosen
from webapp.foundations.settings import Settings

from . import shelf
from .routes import Answer, pages

OWN_LANGUAGES = (ENGLISH, "cy")
TO_THE_COURSE = re.compile(r'<a href="/course/[^"]*">(.*?)</a>', re.DOTALL)


# --- for patients --------------------


@pages.get("/information")
@allow(May.ENTER)
def information_list() -> Answer:
    """Every such page, for a patient; others are led to the same for everybody."""
    return _for_patient("list", url_for(".leaflet_list"))


@pages.get("/information/words")
@allow(May.ENTER)
def words() -> Answer:
    """All the words of the glossary, from A to Z."""
    return _for_patient("words", url_for(".leaflet_words"))


@pages.get("/information/<name>")
@allow(May.ENTER)
def information(name: str) -> Answer:
    """A plain page of the content folder that belongs to no module."""
    return _for_patient("page", url_for(".leaflet", name=name), _text_of(name))


def _for_patient(what: str, for_everybody: str, text: ModuleText | None = None) -> Answer:
    if getattr(visitor(), "patient_id", None) is None:
        return redirect(for_everybody, 303)
    return _drawn("design/patient.jinja", what, for_everybody, text)


# --- for everybody --------------------


@pages.get("/leaflets")
@sessionless
@allow(May.ENTER)
def leaflet_list() -> BaseResponse:
    """Every page that can be sent to a friend."""
    return _for_everybody("list")


@pages.get("/leaflets/words")
@sessionless
@allow(May.ENTER)
def leaflet_words() -> BaseResponse:
    """All the words of the glossary, for everybody."""
    return _for_everybody("words")


@pages.get("/leaflets/<name>")
@sessionless
@allow(May.ENTER)
def leaflet(name: str) -> BaseResponse:
    """A plain page, for everybody."""
    return _for_everybody("page", name)


@pages.get("/leaflets/<name>/print")
@sessionless
@allow(May.ENTER)
def leaflet_print(name: str) -> Answer:
    """A plain page on paper, for everybody."""
    speak_as_addressed(OWN_LANGUAGES)
    text = _text_of(name)
    return render_template(
        "course/leaflet_paper.jinja",
        text=text,
        pieces_of=pieces_for_everybody,
        translated=shelf.in_language(text, chosen()),
        back_to=_whole(url_for(".leaflet", name=name)),
    )


def _for_everybody(what: str, name: str = "") -> BaseResponse:
    speak_as_addressed(OWN_LANGUAGES)
    text = _text_of(name) if name else None
    begin_open_page(OWN_LANGUAGES)
    return open_page(_drawn("design/plain.jinja", what, request.path, text), scripts=True)


# --- both --------------------


def _drawn(base: str, what: str, address: str, text: ModuleText | None) -> str:
    """`address` is where everybody can read the page."""
    words, words_language = _words()
    is_open = base == "design/plain.jinja"
    return render_template(
        f"course/information_{what}.jinja",
        base=base,
        text=text,
        texts=[(page.name, page.text(chosen())) for page in _plain_pages()],
        words=words,
        words_language=words_language,
        pieces_of=pieces_for_everybody if is_open else shelf.pieces_of,
        translated=text is None or shelf.in_language(text, chosen()),
        places=url_for(".leaflet_list") if is_open else url_for(".information_list"),
        in_address="" if chosen() == ENGLISH or not is_open else f"?language={chosen()}",
        address=_whole(address),
        print_address=f"{address}/print" if text is not None else None,
    )


def _plain_pages() -> tuple[Module, ...]:
    return tuple(shelf.course().plain_pages.values())


def _text_of(name: str) -> ModuleText:
    found = shelf.course().plain_pages.get(name)
    if found is None:
        abort(404)
    return found.text(chosen())


def _words() -> tuple[tuple[Word, ...], str]:
    glossary = shelf.course().glossary(chosen())
    return (glossary.sorted_words, glossary.lang) if glossary else ((), ENGLISH)


def _whole(address: str) -> str:
    settings: Settings = current_app.extensions["waymark_settings"]
    return settings.base_url.rstrip("/") + address


def pieces_for_everybody(text: ModuleText, page: Page) -> list[Markup]:
    """The page's words: links into the course are words alone, and links to such a page lead to its open one."""
    shown = [piece for piece in shelf.pieces_of(text, page) if isinstance(piece, Markup)]
    return [
        Markup(TO_THE_COURSE.sub(r"\1", piece).replace('href="/information', 'href="/leaflets'))
        for piece in shown
    ]
