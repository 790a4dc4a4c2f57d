"""Pages that are drawn once and kept: the same for everybody but for a few slots, which each answer fills anew.

A page is drawn with marks where its secrets and its visitor's name would stand, and the text between the marks
is kept. So nobody's secret and nobody's name is ever in what is kept, whoever asked first. What else differs
(the address, the language, the service and its version, the role) is in the key; a view adds what it gives its
template to the key, and whatever is one person's own it gives as a slot.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, request
from flask_wtf.csrf import generate_csrf
from markupsafe import Markup, escape

from .access import visitor
from .headers import csp_nonce
from .languages import chosen, offered_codes

KEPT_PAGES = 512
_MARK = secrets.token_hex(16)  # nobody can write it into a text of theirs
_MARKS = re.compile(rf"{_MARK}-([a-z_]+)-")
Draw = Callable[[], str]
frame_shows: list[Callable[[], Hashable]] = []
"""What rooms show on the frame of every page besides: it is asked for, and stands in the key."""


def slot(name: str) -> Markup:
    """A mark for something that is not kept. ``name``: small letters and underscores."""
    return Markup(f"{_MARK}-{name}-")


def init_kept_pages(app: Flask) -> None:
    """Each application keeps its own pages, those that were asked for last."""

    @lru_cache(maxsize=KEPT_PAGES)
    def kept(_key: Hashable, draw: _Drawing) -> tuple[str, ...]:
        drawing = draw.draw
        del draw.draw  # it stands in the key, and nothing that it knows shall be kept with it
        with _nobody_in_particular():
            return tuple(_MARKS.split(drawing()))

    app.extensions["waymark_kept_pages"] = kept


class _Drawing:
    """How to draw a page that is not kept yet. All of them are equal, so that the key alone decides."""

    def __init__(self, draw: Draw) -> None:
        self.draw = draw

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing)

    def __hash__(self) -> int:
        return 0


def kept_page(key: Hashable, draw: Draw, **slots: object) -> str:
    """The page that ``draw`` makes, drawn once for each key, with its slots filled in for this answer.

    ``key`` is everything that ``draw`` uses besides the request's address and language, the service and the
    visitor's role. ``slots`` are escaped, unless they are ``Markup``; nonce, form token and name are known.
    """
    parts: tuple[str, ...] = current_app.extensions["waymark_kept_pages"](
        (_whose_page(), key), _Drawing(draw)
    )
    name = getattr(visitor(), "name", "")
    given = {"nonce": csp_nonce(), "csrf_token": generate_csrf(), "name": name, **slots}
    filled = list(parts)
    filled[1::2] = [str(escape(given[name])) for name in parts[1::2]]
    return "".join(filled)


def _whose_page() -> tuple[Hashable, ...]:
    """What the frame of a page shows or leaves out: all of it is in the key of every page."""
    who: Any = visitor()
    service = g.get("shown_service") or getattr(who, "service", None)
    return (
        request.method,
        request.full_path,
        chosen(),
        tuple(offered_codes()),
        (service.id, service.version) if service else None,
        (who.service_id, who.role, who.is_patient, who.capabilities, getattr(who, "low_energy_view", False))
        if who
        else None,
        tuple(shown() for shown in frame_shows),
    )


@contextmanager
def _nobody_in_particular() -> Iterator[None]:
    """While a page is drawn, the nonce, the form token and the visitor's name are marks; no id of theirs is there."""
    own = {name: g.get(name) for name in ("csp_nonce", "csrf_token", "visitor")}
    g.csp_nonce, g.csrf_token = slot("nonce"), slot("csrf_token")
    if own["visitor"] is not None:
        g.visitor = own["visitor"].as_anybody(name=slot("name"))
    try:
        yield
    finally:
        for name, value in own.items():
            if value is None:
                g.pop(name, None)
            else:
                setattr(g, name, value)
