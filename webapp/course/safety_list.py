"""The safety list that stands before anything physical: shown, never asked, never stored (amendment 1)."""

from __future__ import annotations

import re

from markupsafe import Markup

from webapp.foundations.languages import chosen

from . import shelf

READ_FIRST = "read-first"
"""The plain page that holds it; a service may put its own in its place."""

SOURCES = re.compile(r"<section data-not-read>.*?</section>", re.DOTALL)


def safety_list() -> Markup:
    """The page's words without its sources, ready for a screen; empty if the service has no such page."""
    page = shelf.course().plain_pages.get(READ_FIRST)
    if page is None:
        return Markup("")
    text = page.text(chosen())
    html = Markup("").join(
        piece for one in text.pages for piece in shelf.pieces_of(text, one) if isinstance(piece, Markup)
    )
    words = Markup(SOURCES.sub("", str(html)))
    if shelf.in_language(text, chosen()):
        return words
    return Markup('<div lang="{}" dir="ltr">{}</div>').format(text.lang, words)
