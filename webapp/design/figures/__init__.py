"""A person drawn in the positions of each movement, worked out from the angles of their joints.

Its words: a *picture* holds *positions* (1, then 2), a position holds a *person* from the *side* or the *front*
and the things around them. Others may call ``picture(name)``, then ``.drawn(title, alt)`` for a page or
``.as_file(title)`` for a file; ``PICTURES`` holds all names. Only presentation attributes are used.
"""

from __future__ import annotations

from webapp.design.figures.lying import LYING
from webapp.design.figures.scene import Picture
from webapp.design.figures.sitting import SITTING
from webapp.design.figures.standing import STANDING

__all__ = ["PICTURES", "Picture", "picture"]

PICTURES: dict[str, Picture] = {**LYING, **SITTING, **STANDING}


def picture(name: str) -> Picture:
    """The picture of that name.

    Raises:
        LookupError: there is no such picture.
    """
    try:
        return PICTURES[name]
    except KeyError:
        raise LookupError(f"no picture is called {name}; there are {', '.join(sorted(PICTURES))}") from None
