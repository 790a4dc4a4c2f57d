"""What stands around the person: floor, mat, chair, wall, table, stair, towel, tin, bag, and arrows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup

from webapp.design.figures.capsules import Pen, step
from webapp.design.figures.joints import Point, direction, towards

_LOOKS = {
    "edge": Markup('class="wm-i-thin" stroke="#6a7a76"'),
    "cloth": Markup('class="wm-i-warm" stroke="#b97a00"'),
    "soft": Markup('class="wm-i-empty" fill="#e3e7e5" stroke="#6a7a76"'),
}


@dataclass(frozen=True)
class Lines:
    """Lines through points, all of one width."""

    lines: tuple[tuple[Point, ...], ...]
    width: int = 5

    def drawn(self, pen: Pen) -> Markup:
        """The lines as one path."""
        shape = "".join(path(pen, one) for one in self.lines)
        return Markup('<path d="{}" stroke-width="{}" {}/>').format(shape, self.width, _LOOKS["edge"])


@dataclass(frozen=True)
class Box:
    """A rectangle by its lower left corner: a pillow, a mattress, a tin."""

    corner: Point
    width: int
    height: int
    round_by: int = 4

    def drawn(self, pen: Pen) -> Markup:
        """The rectangle."""
        x, y = pen.at(self.corner + 1j * self.height)
        return Markup('<rect x="{}" y="{}" width="{}" height="{}" rx="{}" stroke-width="3" {}/>').format(
            x, y, self.width, self.height, self.round_by, _LOOKS["soft"]
        )


@dataclass(frozen=True)
class Ring:
    """A rolled towel from its end."""

    middle: Point
    radius: int

    def drawn(self, pen: Pen) -> Markup:
        """The outer and the inner edge of the roll."""
        x, y = pen.at(self.middle)
        rings = (
            Markup('<circle cx="{}" cy="{}" r="{}" stroke-width="4" {}/>').format(
                x, y, radius, _LOOKS["cloth"]
            )
            for radius in (self.radius, self.radius // 2 - 1)
        )
        return Markup("").join(rings)


@dataclass(frozen=True)
class Arrow:
    """The direction of a movement: from a point to a point, bowed to the left (positive) or right of it."""

    start: Point
    end: Point
    bow: float = 0
    both: bool = False

    def drawn(self, pen: Pen) -> Markup:
        """A line with a head, or with a head at both ends."""
        half, along = (self.start + self.end) / 2, direction(self.end - self.start)
        bend = half + towards(along + 90, self.bow * 2)
        shaft = f"M{_at(pen, self.start)}Q{_at(pen, bend)} {_at(pen, self.end)}"
        heads = _head(pen, bend, self.end) + (_head(pen, bend, self.start) if self.both else "")
        return Markup('<path d="{}{}" stroke-width="6" {}/>').format(shaft, heads, _LOOKS["cloth"])


def _head(pen: Pen, before: Point, tip: Point) -> str:
    back = direction(before - tip)
    return path(pen, (tip + towards(back + 36, 16), tip, tip + towards(back - 36, 16)))


def _at(pen: Pen, place: Point) -> str:
    return "{} {}".format(*pen.at(place))


def path(pen: Pen, points: Sequence[Point]) -> str:
    """Points as the letters of a path."""
    places = [pen.at(point) for point in points]
    steps = "".join(f"l{step(a, b).lstrip()}" for a, b in pairwise(places))
    return "M{} {}".format(*places[0]) + steps


# --- things --------------------


def ground(width: float) -> Lines:
    """The floor."""
    return Lines(((6 + 0j, width - 6 + 0j),))


def mat(width: float) -> Box:
    """A mat or a firm bed under somebody who lies down; its top is at 0."""
    return Box(4 - 13j, round(width - 8), 13)


def bed_from_above(width: float, height: float) -> tuple[Box, Box]:
    """A bed with a pillow at its left end, seen from above."""
    return Box(4 - 8j, round(width - 8), round(height), 10), Box(complex(14, height / 2 - 40), 46, 64, 12)


def chair(back_at: float, seat: float = 52, depth: float = 62) -> Lines:
    """A kitchen chair from the side, facing right: back, seat and legs."""
    front, under = back_at + depth, seat - 4
    frame = (complex(back_at - 8, 140), complex(back_at, under), complex(front, under))
    legs = (
        (complex(back_at, under), complex(back_at - 6, 0)),
        (complex(front - 4, under), complex(front, 0)),
    )
    return Lines((frame, *legs), 7)


def chair_to_hold(back_at: float, seat: float = 62, depth: float = 52) -> Lines:
    """A kitchen chair whose back is held: its back is on the left, its seat on the right."""
    front, rear = back_at + depth, back_at + 4
    frame = (complex(back_at, 128), complex(rear, seat), complex(front, seat))
    legs = ((complex(rear, seat), complex(back_at, 0)), (complex(front - 4, seat), complex(front, 0)))
    return Lines((frame, *legs), 7)


def chair_from_the_front(middle: float, seat: float = 62) -> Lines:
    """A kitchen chair from the front: the back behind the person, the seat and the legs."""
    left, right = middle - 38, middle + 38
    back = (left + 5 + seat * 1j, left + 7 + 150j, right - 7 + 150j, right - 5 + seat * 1j)
    legs = (complex(left - 3, 4), left + seat * 1j, right + seat * 1j, complex(right + 3, 4))
    return Lines((back, legs), 7)


def wall(at: float, height: float) -> Lines:
    """A wall seen edge on, with the marks that say it is solid."""
    marks = ((complex(at, up), complex(at + 12, up + 14)) for up in range(20, int(height) - 20, 60))
    return Lines(((complex(at, 0), complex(at, height)), *marks), 6)


def table(left: float, right: float, top: float = 108) -> Lines:
    """A table or worktop from the side."""
    legs = ((complex(x, top), complex(x, 0)) for x in (left + 12, right - 8))
    return Lines(((complex(left, top), complex(right, top)), *legs), 7)


def stair(left: float, right: float, rise: float) -> Lines:
    """The bottom step of a stair, with the next one begun."""
    first = (complex(left, 0), complex(left, rise), complex(right, rise))
    return Lines(((*first, complex(right, rise * 2), complex(right + 22, rise * 2)),), 7)


def pillow(middle: float, width: int = 62, height: int = 12) -> Box:
    """A thin pillow lying at 0."""
    return Box(complex(middle - width / 2, 0), width, height, height // 2)


def tin(hand: Point) -> Box:
    """A tin in the hand."""
    return Box(hand - 10 - 13j, 20, 26, 3)


def bag(handle: Point) -> tuple[Lines, Box]:
    """A shopping bag that hangs from its handle."""
    x, y = handle.real, handle.imag
    straps = (complex(x - 10, y - 22), complex(x - 3, y), complex(x + 3, y), complex(x + 10, y - 22))
    return Lines((straps,)), Box(complex(x - 19, y - 56), 38, 36, 4)
