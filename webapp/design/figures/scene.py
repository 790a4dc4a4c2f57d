"""Positions on one sheet, side by side or one above the other: 1, then 2, then 3."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Protocol

from markupsafe import Markup

from webapp.design.figures.capsules import Pen
from webapp.design.figures.figure import Front, Side

BELOW_FLOOR = 16
_STROKES = Markup('fill="none" stroke-linecap="round" stroke-linejoin="round"')


class Drawn(Protocol):
    """Anything that can be put on the sheet."""

    def drawn(self, pen: Pen) -> Markup:
        """Its markup."""
        ...


Part = Drawn | tuple[Drawn, ...]


@dataclass(frozen=True)
class Position:
    """One position: what is drawn, from the back to the front."""

    parts: tuple[Part, ...]

    @property
    def things(self) -> Iterator[Drawn]:
        """Everything on it, one by one."""
        for part in self.parts:
            yield from part if isinstance(part, tuple) else (part,)

    @property
    def people(self) -> list[Side | Front]:
        """Whoever is on it."""
        return [thing for thing in self.things if isinstance(thing, Side | Front)]


@dataclass(frozen=True)
class Picture:
    """The positions of one movement, side by side, or (``stacked``) one above the other.

    ``width`` is that of one position, ``height`` is above the floor.
    """

    width: int
    height: int
    positions: tuple[Position, ...]
    stacked: bool = False

    @property
    def size(self) -> tuple[int, int]:
        """Width and height of the whole sheet in drawing units."""
        across, down = (1, len(self.positions)) if self.stacked else (len(self.positions), 1)
        return self.width * across, (self.height + BELOW_FLOOR) * down

    def drawn(self, title: str, alt: str) -> Markup:
        """The picture as part of a page, with its words for those who do not see it."""
        return Markup(
            '<svg class="wm-draw" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" aria-label="{2}" '
            'focusable="false" {3}><title>{4}</title>{5}</svg>'
        ).format(*self.size, alt, _STROKES, title, self._inside)

    def as_file(self, title: str) -> Markup:
        """The picture as a file of its own: on white paper, because it does not see the page's colours."""
        return Markup(
            '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {0} {1}" width="{0}" height="{1}" role="img" '
            'color="#1f2a2e" font-family="sans-serif" {2}><title>{3}</title>'
            '<rect width="{0}" height="{1}" rx="12" fill="#ffffff"/>{4}</svg>'
        ).format(*self.size, _STROKES, title, self._inside)

    @cached_property
    def _inside(self) -> Markup:
        return Markup("").join(self._position(place, one) for place, one in enumerate(self.positions))

    def _position(self, place: int, position: Position) -> Markup:
        left = 0 if self.stacked else place * self.width
        top = place * (self.height + BELOW_FLOOR) if self.stacked else 0
        pen = Pen(left, top + self.height)
        number = Markup(
            '<text class="wm-i-text" fill="#1f2a2e" x="{}" y="{}" font-size="26" font-weight="700">{}</text>'
        ).format(left + 6, top + 28, place + 1)
        return Markup("").join(thing.drawn(pen) for thing in position.things) + number
