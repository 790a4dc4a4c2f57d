"""Call scripts: what a caller could say, one Markdown file for each situation and language.

Each is a heading, a greeting and a list; the story shows the list's first point. HTML is off. A service may
edit the files; they are read again when they change.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from flask import current_app
from markdown_it import MarkdownIt
from markupsafe import Markup

from webapp.foundations.languages import ENGLISH

from .rules import SITUATIONS

MARKDOWN = MarkdownIt("commonmark", {"html": False})
CLASSES = {
    "bullet_list_open": "nhsuk-list nhsuk-list--bullet",
    "ordered_list_open": "nhsuk-list nhsuk-list--number",
}
EXTENSION = "waymark_call_scripts"


class ScriptMissing(RuntimeError):
    """A call script is not there in English, or has no heading and text. The words name the file."""


@dataclass(frozen=True)
class Script:
    """One script: its name in the list, its first words, and the whole text. ``language`` is its own."""

    situation: str
    title: str
    opening: Markup
    body: Markup
    language: str


def check_scripts(folder: Path) -> None:
    """Read every script once at the start.

    Raises:
        ScriptMissing: one is not there or cannot be used.
    """
    for situation in SITUATIONS:
        read_script(folder, situation, ENGLISH)


def script_for(situation: str, language: str) -> Script:
    """The script of a situation, in that language or in English."""
    return read_script(current_app.extensions[EXTENSION], situation, language)


def all_scripts(language: str) -> list[Script]:
    """Every script, in the order of the course."""
    return [script_for(situation, language) for situation in SITUATIONS]


def read_script(folder: Path, situation: str, language: str) -> Script:
    """One script from its file.

    Raises:
        ScriptMissing: neither this language nor English is there, or the file is not a heading and text.
    """
    for code in (language, ENGLISH):
        file = folder / code / f"{situation}.md"
        if file.is_file():
            return _parsed(file, file.stat().st_mtime_ns, situation, code)
    raise ScriptMissing(f"There is no call script {folder / ENGLISH / situation}.md")


@lru_cache(maxsize=64)
def _parsed(file: Path, _changed_at: int, situation: str, language: str) -> Script:
    tokens = MARKDOWN.parse(file.read_text(encoding="utf-8"))
    kinds = [token.type for token in tokens]
    if kinds[:3] != ["heading_open", "inline", "heading_close"] or "paragraph_open" not in kinds:
        raise ScriptMissing(f"{file} must begin with a line '# heading' and hold some text.")
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"
        if token.type in CLASSES:
            token.attrSet("class", CLASSES[token.type])
    begins = kinds.index("paragraph_open", kinds.index("list_item_open") if "list_item_open" in kinds else 0)
    render = MARKDOWN.renderer.render
    return Script(
        situation,
        tokens[1].content,
        Markup("<p>{}</p>").format(Markup(render(tokens[begins + 1 : begins + 2], MARKDOWN.options, {}))),
        Markup(render(tokens[3:], MARKDOWN.options, {})),
        language,
    )
