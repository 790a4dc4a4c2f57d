"""Opens the support room."""

from __future__ import annotations

from flask import Flask, request, url_for

from webapp.foundations.access import visitor
from webapp.foundations.languages import ENGLISH, chosen
from webapp.safety.help_lines import HelpLine, lines_for
from webapp.support import calls_about_feelings
from webapp.support.help_now import help_pages
from webapp.support.routes import pages


def open_room(app: Flask) -> None:
    """Register the pages, and say how their links are made: Help now knows the service and the language."""
    calls_about_feelings.tell_safety()
    app.register_blueprint(pages)
    app.register_blueprint(help_pages)
    app.extensions["waymark_links"].update(help_now=_to_help_now, problem=_to_problem)
    app.jinja_env.globals["help_lines"] = _help_lines  # paper pages end with them


def _help_lines() -> list[HelpLine]:
    return lines_for(getattr(visitor(), "service", None))


def _to_help_now() -> str:
    service_id = getattr(visitor(), "service_id", None)
    language = None if chosen() == ENGLISH else chosen()
    if service_id is None:
        return url_for("support_help.help_now", language=language)
    return url_for("support_help.help_now_of_service", service_id=service_id, language=language)


def _to_problem() -> str | None:
    """Only somebody who is signed in can tell a service that something is wrong."""
    if getattr(visitor(), "service_id", None) is None:
        return None
    return url_for("support.something_wrong", page=request.path)
