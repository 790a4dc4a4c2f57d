"""The movement library in memory: read once at the start, with the pictures of its movements as ready files."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from types import MappingProxyType

from flask import Flask, current_app, url_for
from flask_babel import lazy_gettext as _l

from webapp.content.movements import Movement, MovementLibrary, read_movements
from webapp.design.figures import PICTURES
from webapp.foundations.languages import chosen

EXTENSION = "waymark_movements"
OUR_FOLDER = Path(__file__).resolve().parents[2] / "content"

POSITION_WORDS = MappingProxyType(
    {"lying": _l("Lying"), "sitting": _l("Sitting"), "standing": _l("Standing")}
)
DEMAND_WORDS = MappingProxyType(
    {"gentle": _l("Gentle"), "medium": _l("Asks a bit more"), "stronger": _l("Asks the most")}
)
COUNTED_WORDS = MappingProxyType({"times": _l("Counted in times"), "seconds": _l("Counted in seconds")})
PART_WORDS = MappingProxyType(
    {
        "neck": _l("neck"),
        "shoulders": _l("shoulders"),
        "arms": _l("arms"),
        "hands": _l("hands"),
        "back": _l("back"),
        "tummy": _l("tummy"),
        "hips": _l("hips"),
        "legs": _l("legs"),
        "knees": _l("knees"),
        "ankles": _l("ankles"),
        "balance": _l("balance"),
    }
)


@dataclass(frozen=True)
class PictureFile:
    """A picture as a file of its own. ``mark`` changes with the picture, so that a browser may keep it."""

    name: str
    title: str

    @cached_property
    def svg(self) -> str:
        """The file."""
        return str(PICTURES[self.name].as_file(self.title))

    @cached_property
    def mark(self) -> str:
        """Ten letters and digits that stand for this very picture."""
        return sha256(self.svg.encode()).hexdigest()[:10]

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in drawing units."""
        return PICTURES[self.name].size


@dataclass(frozen=True)
class Kept:
    """The library and its pictures, by the name of the drawing."""

    library: MovementLibrary
    files: Mapping[str, PictureFile]


def keep_the_movements(app: Flask, *own: Path) -> MovementLibrary:
    """Read our movements, and those of a service's *own* content folders after them.

    Raises:
        ContentRefused: with every problem, by file and line.
    """
    folders = list(dict.fromkeys((OUR_FOLDER, *(folder.resolve() for folder in own))))
    library = read_movements(folders, drawings=frozenset(PICTURES))
    files = {one.drawing: PictureFile(one.drawing, one.title) for one in library.movements()}
    app.extensions[EXTENSION] = Kept(library, MappingProxyType(files))
    app.extensions["waymark_links"]["movements"] = lambda: url_for("course.movements")
    return library


def movements(position: str | None = None) -> tuple[Movement, ...]:
    """All movements in the language of this page, or those of one position."""
    return _kept().library.movements(chosen(), position=position)


def movement(name: str) -> Movement | None:
    """The movement of that name in the language of this page; None if there is none."""
    return _kept().library.movement(name, chosen())


def picture_file(drawing: str) -> PictureFile | None:
    """The picture of that name as a file; None if no movement has it."""
    return _kept().files.get(drawing)


def _kept() -> Kept:
    kept: Kept = current_app.extensions[EXTENSION]
    return kept
