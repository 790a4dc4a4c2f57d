"""A module on paper: whole or in five minutes, blank or with the patient's own answers."""

from __future__ import annotations

from flask import render_template, request

from webapp.foundations.access import May, allow
from webapp.foundations.languages import chosen
from webapp.people.letters import address

from . import answers, shelf, tools
from .exercises.answering import KINDS, in_words
from .exercises.scale import ends_of
from .routes import Answer, enrolment_of_visitor, in_module_of, pages


@pages.get("/course/<module>/print")
@allow(May.FOLLOW_COURSE)
def booklet(module: str) -> Answer:
    """The whole module on paper. ``?answers=1`` fills in what was saved, ``?short=1`` takes the short versions."""
    here = in_module_of(enrolment_of_visitor(), module)
    short, filled = "short" in request.args, "answers" in request.args
    return render_template(
        "course/booklet.jinja",
        text=here.text,
        pieces_of=shelf.short_pieces_of if short else shelf.pieces_of,
        saved=answers.answers_in(here.enrolment, here.module.name) if filled else {},
        in_words=in_words,
        ends_of=ends_of,
        kinds=KINDS,
        is_tool=tools.is_tool,
        short=short,
        filled=filled,
        this=f"/course/{module}/print",
        back_to=address(f"/course/{module}"),
        translated=shelf.in_language(here.text, chosen()),
    )
