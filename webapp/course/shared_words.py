"""How things of the course are called on the patient's own lists: what they share, and what was looked at."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from webapp.foundations.access import Actor
from webapp.foundations.languages import chosen
from webapp.people.me_sections import name_shared_things, say_what_was_looked_at

from . import shelf
from .exercises.registry import tools
from .routes_taken import SHARED_KIND as ROUTE
from .sharing import SHARED_KIND as EXERCISE

TOOL = "tool"


def offer() -> None:
    """Give the page *Me* its words for tools, exercises and routes."""
    name_shared_things(EXERCISE, _titles)
    name_shared_things(ROUTE, _route_titles)
    say_what_was_looked_at(EXERCISE, _l("the exercises that you share"))
    say_what_was_looked_at(ROUTE, _l("the route that you share"))
    say_what_was_looked_at(TOOL, _tool_that_was_looked_at)


def _titles(_by: Actor, ids: Sequence[str]) -> dict[str, str]:
    return {thing: title for thing in ids if (title := _title(thing))}


def _title(thing: str) -> str:
    """The title of ``tool/name`` or ``module/exercise``; empty if it is not there any more."""
    place, _slash, name = thing.partition("/")
    return _title_of_tool(name) if place == TOOL else _title_of_exercise(place, name)


def _title_of_tool(name: str) -> str:
    kind = tools().get(name)
    return str(_("Tool: %(title)s", title=kind.title)) if kind else ""


def _title_of_exercise(module_name: str, name: str) -> str:
    module = shelf.course().module(module_name)
    text = module.text(chosen()) if module else None
    block = text.block(name) if text else None
    if text is None or block is None:
        return ""
    question = shelf.prompt_of(block.prompt_html)[1]
    return str(_("%(module)s: %(question)s", module=text.title, question=question))


def _route_titles(_by: Actor, ids: Sequence[str]) -> dict[str, str]:
    return {each: _("My route") for each in ids}


def _tool_that_was_looked_at(name: str) -> str:
    kind = tools().get(name)
    return str(_("your tool “%(title)s”", title=kind.title) if kind else _("a tool that you share"))
