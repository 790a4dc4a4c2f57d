"""Call scripts: what a caller could say, one Markdown text for each situation and language.

Each is a heading, a greeting and a list; the story shows the list's first point. HTML is off. The texts that come
with Waymark are files, and are read again when they change. A service may say each of them in its own words.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from uuid import UUID

from flask import current_app
from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup
from sqlalchemy import select

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import ENGLISH

from .models import CallScript
from .rules import SITUATIONS

MARKDOWN = MarkdownIt("commonmark", {"html": False})
CLASSES = {
    "bullet_list_open": "nhsuk-list nhsuk-list--bullet",
    "ordered_list_open": "nhsuk-list nhsuk-list--number",
}
EXTENSION = "waymark_call_scripts"
KEPT_SCRIPTS = 256


class ScriptMissing(RuntimeError):
    """A call script is not there in English, or has no heading and text. The words name the file."""


class NotAScript(ValueError):
    """A text cannot be used as a script. ``lacks``: heading, greeting or list."""

    def __init__(self, lacks: str) -> None:
        super().__init__(lacks)
        self.lacks = lacks


@dataclass(frozen=True)
class Script:
    """One script: its name in the list, its first words, and the whole text. ``language`` is its own."""

    situation: str
    title: str
    opening: Markup
    body: Markup
    language: str


# --- what comes with Waymark --------------------


def check_scripts(folder: Path) -> None:
    """Read every script once at the start.

    Raises:
        ScriptMissing: one is not there or cannot be used.
    """
    for situation in SITUATIONS:
        read_script(folder, situation, ENGLISH)


def read_script(folder: Path, situation: str, language: str) -> Script:
    """One script from its file, in that language or in English.

    Raises:
        ScriptMissing: neither this language nor English is there, or the file is not a heading, text and a list.
    """
    for code in (language, ENGLISH):
        if (text := _text_in(folder, situation, code)) is not None:
            try:
                return as_script(text, situation, code)
            except NotAScript as refused:
                raise ScriptMissing(
                    f"{folder / code / situation}.md must begin with a line '# heading', go on with a greeting,"
                    f" and hold a list: it has no {refused.lacks}."
                ) from None
    raise ScriptMissing(f"There is no call script {folder / ENGLISH / situation}.md")


def text_of_waymark(situation: str, language: str) -> str:
    """The Markdown that comes with Waymark, in that language or in English."""
    folder: Path = current_app.extensions[EXTENSION]
    found = _text_in(folder, situation, language) or _text_in(folder, situation, ENGLISH)
    assert found is not None, "check_scripts ran at the start"
    return found


def _text_in(folder: Path, situation: str, code: str) -> str | None:
    file = folder / code / f"{situation}.md"
    return _read(file, file.stat().st_mtime_ns) if file.is_file() else None


@lru_cache(maxsize=KEPT_SCRIPTS)
def _read(file: Path, _changed_at: int) -> str:
    return file.read_text(encoding="utf-8")


@lru_cache(maxsize=KEPT_SCRIPTS)
def as_script(text: str, situation: str, language: str) -> Script:
    """A Markdown text as a script.

    Raises:
        NotAScript: it does not begin with a heading, or has no greeting, or no list behind it.
    """
    tokens = MARKDOWN.parse(text)
    _check(tokens)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = "h3"
        if token.type in CLASSES:
            token.attrSet("class", CLASSES[token.type])
    kinds = [token.type for token in tokens]
    begins = kinds.index("paragraph_open", kinds.index("list_item_open"))
    render = MARKDOWN.renderer.render
    return Script(
        situation,
        tokens[1].content,
        Markup("<p>{}</p>").format(Markup(render(tokens[begins + 1 : begins + 2], MARKDOWN.options, {}))),
        Markup(render(tokens[3:], MARKDOWN.options, {})),
        language,
    )


def _check(tokens: list[Token]) -> None:
    kinds = [token.type for token in tokens]
    if kinds[:1] != ["heading_open"] or not tokens[1].content.strip():
        raise NotAScript("heading")
    if kinds[3:4] != ["paragraph_open"]:
        raise NotAScript("greeting")
    if "list_item_open" not in kinds or "paragraph_open" not in kinds[kinds.index("list_item_open") :]:
        raise NotAScript("list")


# --- as a service says them --------------------


def scripts_of(service_id: UUID, language: str) -> dict[str, Script]:
    """Every script by its situation, in the order of the course, as this service says it: one query.

    In the language of the page first (the service's own text, then Waymark's), then in English.
    """
    own = own_texts(service_id)
    return {situation: _fitting(own, situation, language) for situation in SITUATIONS}


def own_texts(service_id: UUID) -> dict[tuple[str, str], CallScript]:
    """The service's own texts by situation and language."""
    rows = db.session.scalars(select(CallScript).where(CallScript.service_id == service_id))
    return {(row.situation, row.language): row for row in rows}


def _fitting(own: Mapping[tuple[str, str], CallScript], situation: str, language: str) -> Script:
    folder: Path = current_app.extensions[EXTENSION]
    for code in (language, ENGLISH):
        if (row := own.get((situation, code))) is not None:
            return as_script(row.text, situation, code)
        if _text_in(folder, situation, code) is not None:
            break
    return read_script(folder, situation, language)


def own_text(service_id: UUID, situation: str, language: str) -> CallScript | None:
    """The service's own text for one situation and language, if it has one."""
    return own_texts(service_id).get((situation, language))


def say_it_so(by: Actor, situation: str, language: str, text: str) -> CallScript:
    """Keep this service's own words for a call.

    Raises:
        NotAScript: the text cannot be used.
    """
    assert by.service_id is not None
    as_script(text, situation, language)
    row = own_text(by.service_id, situation, language)
    if row is None:
        row = CallScript(service_id=by.service_id, situation=situation, language=language)
        db.session.add(row)
    row.text, row.changed_at, row.changed_by = text, clock.now(), by.name
    db.session.flush()
    audit.record(by, "changed", "call_script", row.id, fields=["text"])
    return row


def say_it_as_waymark(by: Actor, situation: str, language: str) -> None:
    """Use the text that came with Waymark again; the service's own is let go."""
    assert by.service_id is not None
    row = own_text(by.service_id, situation, language)
    if row is not None:
        audit.record(by, "removed", "call_script", row.id, fields=["text"])
        db.session.delete(row)
