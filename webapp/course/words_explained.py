"""Words of the glossary in a module: a link where each first appears, and its explanation at the foot of that page.

Made once for each text, with the rest of a page's constant markup.
"""

from __future__ import annotations

from collections.abc import Sequence

from flask import render_template
from markupsafe import Markup

from webapp.content import Block, Course, ModuleText, Word
from webapp.content.first_words import FirstWords

Piece = Markup | Block


def with_words(text: ModuleText, course: Course, pages: Sequence[Sequence[Piece]]) -> list[tuple[Piece, ...]]:
    """The pieces of all pages of a text, in order, with their words explained. Without a glossary, unchanged."""
    glossary = course.glossaries.get(text.lang)
    if glossary is None:
        return [tuple(pieces) for pieces in pages]
    first = FirstWords(glossary, text.module)
    return [_explained(first, pieces) for pieces in pages]


def _explained(first: FirstWords, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
    shown: list[Piece] = []
    words: list[Word] = []
    for piece in pieces:
        if isinstance(piece, Markup):
            html, found = first.mark(str(piece))
            piece = Markup(html)
            words += found
        shown.append(piece)
    if words:
        shown.append(Markup(render_template("course/_words.jinja", words=words)))
    return tuple(shown)
