"""Rounded shapes on paper. A capsule is two circles and what lies between them; capsules that overlap are one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import acos, atan2, cos, degrees, hypot, radians, sin

from markupsafe import Markup

from webapp.design.figures.joints import Point

Capsule = tuple[Point, float, Point, float]
Place = tuple[int, int]


@dataclass(frozen=True)
class Pen:
    """Turns places of a scene (y up from the floor) into places on the paper (y down)."""

    left: float
    floor: float

    def at(self, place: Point) -> Place:
        """Whole units on the paper."""
        return round(self.left + place.real), round(self.floor - place.imag)


def person(drawn: Markup) -> Markup:
    """The ink of a person: one colour, the page's own."""
    return Markup('<g stroke="currentColor" stroke-width="7" paint-order="stroke">{}</g>').format(drawn)


def inked(pen: Pen, shapes: Sequence[Capsule]) -> Markup:
    """Shapes as one outline: where they overlap there is no line."""
    return Markup('<path class="wm-i-paper" fill="#ffffff" d="{}"/>').format(outline(pen, shapes))


def paler(pen: Pen, shapes: Sequence[Capsule]) -> Markup:
    """Shapes in the quiet second tone: what is on the far side."""
    if not shapes:
        return Markup("")
    look = Markup('class="wm-i-empty" fill="#e3e7e5" stroke="#6a7a76"')
    return Markup('<path {} d="{}"/>').format(look, outline(pen, shapes))


def eyes(pen: Pen, places: Iterable[Point]) -> Markup:
    """A dot for each eye: it shows where somebody looks."""
    dots = "".join("M{} {}h.1".format(*pen.at(place)) for place in places)
    return Markup('<path stroke-width="4" d="{}"/>').format(dots)


def outline(pen: Pen, shapes: Iterable[Capsule]) -> str:
    """The outlines of capsules as one SVG path, all drawn the same way round."""
    return "".join(_capsule(pen, *shape) for shape in shapes)


def _capsule(pen: Pen, a: Point, r: float, b: Point, s: float) -> str:
    (ax, ay), (bx, by) = (pen.left + a.real, pen.floor - a.imag), (pen.left + b.real, pen.floor - b.imag)
    length = hypot(bx - ax, by - ay)
    along = degrees(atan2(by - ay, bx - ax))
    open_by = degrees(acos(max(-1.0, min(1.0, (r - s) / max(length, 0.1)))))
    p, t = _round(ax, ay, r, along + open_by), _round(ax, ay, r, along - open_by)
    u, q = _round(bx, by, s, along - open_by), _round(bx, by, s, along + open_by)
    around, tip = int(open_by < 90), int(open_by > 90)
    big, small = short(r), short(s)
    return (
        f"M{p[0]} {p[1]}a{big} {big} 0 {around} 1{step(p, t)}l{step(t, u).lstrip()}"
        f"a{small} {small} 0 {tip} 1{step(u, q)}z"
    )


def _round(x: float, y: float, r: float, angle: float) -> Place:
    return round(x + r * cos(radians(angle))), round(y + r * sin(radians(angle)))


def step(start: Place, end: Place) -> str:
    """The way from one place on the paper to another, in as few letters as SVG allows."""
    x, y = end[0] - start[0], end[1] - start[1]
    return f"{x: d}".replace(" -", "-") + (f"{y}" if y < 0 else f" {y}")


def short(number: float) -> str:
    """A size to half a unit."""
    return f"{round(number * 2) / 2:.1f}".removesuffix(".0")
