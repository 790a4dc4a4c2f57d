"""The skeleton: where each joint of a figure is, worked out from angles or from where a hand or foot must be.

Points are complex numbers, x to the right and y up from the floor, in drawing units; a standing adult is 246
units high. Angles are degrees as in school: 0 to the right, 90 up. Lengths are shares of the body's height as
drawn by anatomists for an average adult (Drillis and Contini 1966: upper arm 0.186, forearm 0.146, thigh
0.245, shank 0.246), rounded to whole units.
"""

from __future__ import annotations

import cmath
from dataclasses import dataclass
from math import acos, degrees, radians

Point = complex

SPINE = (22.0, 25.0, 25.0)  # hip to waist, waist to ribs, ribs to shoulder
NECK = 14.0
UPPER_ARM, FOREARM, HAND = 45.0, 37.0, 13.0
THIGH, SHANK, FOOT = 58.0, 58.0, 25.0
ANKLE = 10.0  # height of the ankle above the sole
_SLACK = 1.5  # units by which a target may be out of reach before it is refused


class OutOfReach(ValueError):
    """A hand or a foot was asked to be where it cannot be."""


@dataclass(frozen=True)
class Bent:
    """A limb by the directions of its two bones, and of its hand or foot (``end``; straight on if None).

    ``short`` foreshortens bones that come towards the reader (1 is full length).
    """

    upper: float
    lower: float
    end: float | None = None
    short: tuple[float, float] = (1.0, 1.0)


@dataclass(frozen=True)
class Reach:
    """A limb by where its wrist or ankle is; the elbow or knee bends to the side that ``bend`` says."""

    to: Point
    bend: int = 0
    end: float | None = None


@dataclass(frozen=True)
class Limb:
    """A limb as it stands: root, elbow or knee, wrist or ankle, and the direction of the hand or foot."""

    root: Point
    middle: Point
    tip: Point
    end: float

    @property
    def upper(self) -> float:
        """Direction of the upper bone."""
        return direction(self.middle - self.root)

    @property
    def lower(self) -> float:
        """Direction of the lower bone."""
        return direction(self.tip - self.middle)


def towards(angle: float, length: float = 1.0) -> Point:
    """A step of *length* in the direction *angle*."""
    return cmath.rect(length, radians(angle))


def direction(step: Point) -> float:
    """The angle of a step, between -180 and 180 degrees."""
    return degrees(cmath.phase(step))


def turn(from_angle: float, to_angle: float) -> float:
    """How far to turn from one direction to another, between -180 and 180 degrees, left turns positive."""
    return (to_angle - from_angle + 180) % 360 - 180


def limb(root: Point, how: Bent | Reach, bones: tuple[float, float], *, bend: int, end_turn: float) -> Limb:
    """The joints of a limb. Without an ``end``, the hand or foot turns by ``end_turn`` from the lower bone.

    Raises:
        OutOfReach: the target is further away than the limb is long.
    """
    if isinstance(how, Bent):
        middle = root + towards(how.upper, bones[0] * how.short[0])
        tip = middle + towards(how.lower, bones[1] * how.short[1])
        lower = how.lower
    else:
        middle, tip = _reached(root, how.to, bones, how.bend or bend)
        lower = direction(tip - middle)
    return Limb(root, middle, tip, lower + end_turn if how.end is None else how.end)


def _reached(root: Point, to: Point, bones: tuple[float, float], bend: int) -> tuple[Point, Point]:
    upper, lower = bones
    away = to - root
    if abs(away) > upper + lower + _SLACK or abs(away) < abs(upper - lower):
        raise OutOfReach(f"{to} is {abs(away):.0f} from {root}, and the limb is {upper + lower:.0f} long")
    far = min(abs(away), upper + lower)
    corner = degrees(acos(max(-1.0, min(1.0, (upper**2 + far**2 - lower**2) / (2 * upper * far)))))
    middle = root + towards(direction(away) + bend * corner, upper)
    return middle, middle + towards(direction(to - middle), lower)


def spine(hip: Point, trunk: float, curve: float) -> tuple[Point, Point, Point, Point]:
    """Hip, waist, ribs and shoulder. A positive ``curve`` turns the upper part to the right of the lower."""
    places = [hip]
    for length, share in zip(SPINE, (0.6, -0.2, -1.0), strict=True):
        places.append(places[-1] + towards(trunk + share * curve, length))
    return places[0], places[1], places[2], places[3]
