"""The movement library: all of it or one position, one movement, its paper, and the pictures as files."""

from __future__ import annotations

from babel.lists import format_list
from flask import Response, abort, render_template, request
from flask_babel import get_locale

from webapp.content.movements import POSITIONS, Movement
from webapp.design.figures import picture
from webapp.foundations.access import May, allow
from webapp.foundations.languages import ENGLISH
from webapp.people.letters import address

from . import movements as library
from .exercises.registry import tools
from .routes import Answer, pages

ROUTINE = "movement-routine"
A_YEAR_SECONDS = 365 * 24 * 60 * 60


@pages.get("/movements")
@allow(May.FOLLOW_COURSE)
def movements() -> Answer:
    """The library, with a picture of each movement; ``?position=lying`` shows those alone."""
    asked = request.args.get("position", "")
    shown = [one for one in POSITIONS if one == asked] or POSITIONS
    return render_template(
        "course/movements.jinja",
        groups=[(position, library.movements(position)) for position in shown],
        asked=asked if asked in POSITIONS else None,
        total=len(library.movements()),
        positions=library.POSITION_WORDS,
        demands=library.DEMAND_WORDS,
        parts_of=parts_of,
        picture_file=library.picture_file,
    )


@pages.get("/movements/<name>")
@allow(May.FOLLOW_COURSE)
def movement(name: str) -> Answer:
    """One movement: its picture, its steps, easier and harder ways, and when to stop."""
    return _one(name, "course/movement.jinja")


@pages.get("/movements/<name>/print")
@allow(May.FOLLOW_COURSE)
def movement_on_paper(name: str) -> Answer:
    """One movement on one sheet of paper."""
    return _one(name, "course/movement_paper.jinja")


@pages.get("/movements/<name>.svg")
@allow(May.ENTER)
def movement_picture(name: str) -> Response:
    """A picture as a file, kept by the browser. It says nothing about anybody."""
    file = library.picture_file(name)
    if file is None:
        abort(404)
    response = Response(file.svg, mimetype="image/svg+xml")
    response.cache_control.public = True
    if request.args.get("v") == file.mark:
        response.cache_control.max_age = A_YEAR_SECONDS
        response.cache_control.immutable = True
    else:
        response.cache_control.no_cache = True
    return response


def _one(name: str, template: str) -> str:
    found = library.movement(name)
    if found is None:
        abort(404)
    return render_template(
        template,
        movement=found,
        drawing=picture(found.drawing).drawn(found.title, found.alt),
        position=library.POSITION_WORDS[found.position],
        demand=library.DEMAND_WORDS[found.demand],
        counted=library.COUNTED_WORDS[found.counted_in],
        parts=parts_of(found),
        has_routine=ROUTINE in tools(),
        back_to=address(f"/movements/{name}"),
    )


def parts_of(found: Movement) -> str:
    """The parts of the body in words: “back, hips and legs”, with commas as the British write them."""
    words = [str(library.PART_WORDS[part]) for part in found.parts]
    language = str(get_locale() or ENGLISH)
    return str(format_list(words, "standard", locale="en_GB" if language == ENGLISH else language))
