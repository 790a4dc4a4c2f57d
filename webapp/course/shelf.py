"""The texts of the course in memory: read once at the start, older versions again when an enrolment keeps
them.

Every page is turned into pieces once: markup that is the same for everybody, and the blocks that differ
for each
patient (exercises and tools), which the page fills in.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from flask import Flask, current_app, render_template_string
from flask_babel import gettext as _
from markupsafe import Markup, escape

from webapp.content import (
    EXERCISE_KINDS,
    KNOWN,
    Block,
    ContentRefused,
    Course,
    Known,
    Module,
    ModuleText,
    Page,
    Problem,
    known_in,
    read_course,
    read_module_source,
)
from webapp.content.layers import Where
from webapp.design import charts
from webapp.foundations.languages import ENGLISH, speaking

from .exercises.registered import TOOLS
from .words_explained import with_words

log = logging.getLogger(__name__)

EXTENSION = "waymark_course"
RESERVED_PAGES = frozenset({"print", "in-short", "next", "end", "later", "open", "share"})
STATIC_KINDS = frozenset({"story", "note", "important", "picture"})
Piece = Markup | Block
LINK_TO_HELP = re.compile(r'<a href="help:([a-z-]+)">(.*?)</a>', re.DOTALL)
SOURCES = r"(?s)<(h[2-4])[^>]*>%s</\1>.*?(?=<h[1-6]|</div>)"
HELP_PAGES = {"now": "help_now", "flare-up": "flare_up"}
_STATIC = (
    '{% import "content/_blocks.jinja" as blocks with context %}'
    "{% for part in parts %}{{ blocks.show(part) }}{% endfor %}"
)


@dataclass
class Shelf:
    """The course as it is now, and the older texts that were asked for."""

    course: Course
    known: Known
    older: dict[str, ModuleText] = field(default_factory=dict)
    pieces: dict[tuple[str, ...], tuple[Piece, ...]] = field(default_factory=dict)


def fill_the_shelf(app: Flask, folder: Where, extra_questionnaires: Iterable[Path] = ()) -> Shelf:
    """Read the whole course once.

    Raises:
        ContentRefused: with every problem, by file and line.
    """
    known = _known(folder, extra_questionnaires)
    course = read_course(folder, EXERCISE_KINDS, known=known)
    _refuse_reserved_names(course)
    app.extensions.setdefault(KNOWN, known)
    shelf: Shelf = app.extensions.setdefault(EXTENSION, Shelf(course, known))
    return shelf


def _known(folder: Where, extra_questionnaires: Iterable[Path]) -> Known:
    known = known_in(folder)
    extra = frozenset(file.stem for place in extra_questionnaires for file in place.glob("*.yml"))
    instruments = known.instruments | extra if known.instruments is not None else extra or None
    return replace(
        known,
        drawings=frozenset(charts.DRAWINGS),
        instruments=instruments,
        tools=frozenset(TOOLS),
        address_of=address_of,
    )


def _refuse_reserved_names(course: Course) -> None:
    problems = [
        Problem(text.path, page.line, f"a page cannot be called '{page.name}'", "Choose another name.")
        for module in course.modules
        for text in module.texts.values()
        for page in text.pages
        if page.name in RESERVED_PAGES
    ]
    if problems:
        raise ContentRefused(problems)


def address_of(target: str) -> str:
    """The address of a link that an author wrote. Help links stay as they are until every room is open."""
    kind, _, rest = target.partition(":")
    return {"page": f"/course/{rest}", "module": f"/course/{rest}", "info": f"/information/{rest}"}.get(
        kind, target
    )


def shelf() -> Shelf:
    """The shelf of this application."""
    found: Shelf = current_app.extensions[EXTENSION]
    return found


def course() -> Course:
    """The course as it is now."""
    return shelf().course


def text_of(module: Module, language: str) -> ModuleText:
    """The module's present text in that language, or in English."""
    return module.text(language)


def older_text(module: str, language: str, fingerprint: str, source: str) -> ModuleText | None:
    """A stored text, read again once a process; None (and a line in the log) if today's reader refuses it."""
    on = shelf()
    if fingerprint not in on.older:
        try:
            on.older[fingerprint] = read_module_source(
                source,
                EXERCISE_KINDS,
                module=module,
                lang=language,
                path=f"{module}/{language}",
                known=on.known,
            )
        except ContentRefused:
            log.warning("A stored text can no longer be read: %s %s %s", module, language, fingerprint)
            return None
    return on.older[fingerprint]


def known_older_text(fingerprint: str) -> ModuleText | None:
    """An older text that this process has read before."""
    return shelf().older.get(fingerprint)


def pieces_of(text: ModuleText, page: Page) -> tuple[Piece, ...]:
    """The page as ready markup with its exercises and tools between; made once for each text."""
    return _kept_pieces(text, page, "", _pieces)


def short_pieces_of(text: ModuleText, page: Page) -> tuple[Piece, ...]:
    """The page's short version, with what must not be left out: warnings, exercises and tools."""
    return _kept_pieces(text, page, "?short", _short_pieces)


def _kept_pieces(
    text: ModuleText, page: Page, which: str, make: Callable[[Page], list[Piece]]
) -> tuple[Piece, ...]:
    """All pages of the text at once, for words are explained where they first appear in it.

    Help now has an address of its own for each service, so each service has its own pieces.
    """
    on = shelf()
    key = (text.fingerprint, text.lang, which + str(current_app.jinja_env.globals["link"]("help_now")))  # type: ignore[operator]
    if (*key, page.name) not in on.pieces:
        with speaking(text.lang):
            every = with_words(text, on.course, [make(one) for one in text.pages])
        on.pieces |= {(*key, one.name): pieces for one, pieces in zip(text.pages, every, strict=True)}
    return on.pieces[*key, page.name]


def _short_pieces(page: Page) -> list[Piece]:
    kept = [block for block in page.blocks if block.kind not in STATIC_KINDS or block.kind == "important"]
    return [
        with_help_links(_prose(page.short_version or Markup("<p>{}</p>").format(page.in_short))),
        *_joined(kept),
    ]


def _pieces(page: Page) -> list[Piece]:
    return _joined(page.parts)


def _joined(parts: Iterable[object]) -> list[Piece]:
    """Neighbouring constant parts as one piece of markup."""
    found: list[Piece] = []
    waiting: list[object] = []
    for part in parts:
        if isinstance(part, Block) and part.kind not in STATIC_KINDS:
            found += [*_constant(waiting), part]
            waiting = []
        else:
            waiting.append(part)
    return [*found, *_constant(waiting)]


def _constant(parts: list[object]) -> list[Markup]:
    if not parts:
        return []
    return [with_silent_sources(with_help_links(Markup(render_template_string(_STATIC, parts=parts))))]


def _prose(html: Markup) -> Markup:
    return Markup('<div class="wm-prose">{}</div>').format(html)


def with_silent_sources(html: Markup) -> Markup:
    """The list of sources at a module's end is marked, so that *Listen* leaves it out."""
    heading = re.escape(str(escape(_("Where this comes from"))))
    return Markup(re.sub(SOURCES % heading, r"<section data-not-read>\g<0></section>", str(html)))


def with_help_links(html: Markup) -> Markup:
    """Links to Help now and the flare-up page with their addresses, or their words alone where a page is
    not there.
    """
    link = current_app.jinja_env.globals["link"]

    def there(found: re.Match[str]) -> str:
        address = link(HELP_PAGES[found.group(1)])  # type: ignore[operator]
        return f'<a href="{address}">{found.group(2)}</a>' if address else found.group(2)

    return Markup(LINK_TO_HELP.sub(there, str(html)))


@lru_cache(maxsize=512)
def prompt_of(html: Markup) -> tuple[Markup, str]:
    """A block's own sentences: the paragraphs before the last, and the last as plain words (it becomes the
    label).
    """
    head, mark, last = str(html).strip().rpartition("<p>")
    return Markup(head), Markup(mark + last).striptags()


def in_language(text: ModuleText, page_language: str) -> bool:
    """Is the text in the page's language? If not, the page says so and marks the text as English."""
    return text.lang == page_language or (text.lang == ENGLISH and page_language.startswith(ENGLISH))
