"""The positions of the movements that are done standing up."""

from __future__ import annotations

from webapp.design.figures.figure import Front, Side
from webapp.design.figures.joints import Bent, Reach
from webapp.design.figures.props import Arrow, bag, chair_to_hold, ground, stair, table, wall
from webapp.design.figures.scene import Part, Picture, Position

# Somebody who stands straight has the hip at 126 and the ankle at 10.


def _two(
    width: int,
    height: int,
    around: tuple[Part, ...],
    first: Side | Front,
    second: Side | Front,
    *arrows: Arrow,
) -> Picture:
    things = (ground(width), *around)
    return Picture(width, height, (Position((*things, first)), Position((*things, second, *arrows))))


def _wall_push() -> Picture:
    foot = Reach(66 + 10j, end=0)
    far = Side(83 + 124.5j, 81, near_arm=Reach(174 + 186j, end=84), near_leg=foot)
    near = Side(100 + 120j, 70, near_arm=Reach(178 + 182j, end=84), near_leg=foot)
    return _two(240, 280, (wall(190, 270),), far, near, Arrow(86 + 232j, 130 + 250j, -3, both=True))


def _wall_slide() -> Picture:
    foot = Reach(81 + 10j, end=0)
    low = Side(82 + 126j, near_arm=Reach(131 + 176j, end=86), near_leg=foot)
    high = Side(82 + 126j, head=14, near_arm=Reach(131 + 240j, end=86), near_leg=foot)
    return _two(180, 312, (wall(142, 310),), low, high, Arrow(64 + 266j, 64 + 306j))


def _calf_stretch() -> Picture:
    start = Side(118 + 126j, 88, near_arm=Reach(194 + 180j, end=84), near_leg=Reach(116 + 10j, end=0))
    hold = Side(
        100 + 116j, 72, near_arm=Reach(194 + 176j, end=84),
        near_leg=Reach(45 + 13j, end=-2), far_leg=Reach(128 + 10j, end=0),
    )  # fmt: skip
    return _two(240, 276, (wall(206, 272),), start, hold, Arrow(18 + 76j, 18 + 30j))


def _heel_raise() -> Picture:
    flat = Side(80 + 126j, near_arm=Reach(122 + 140j, end=-10), near_leg=Reach(78 + 10j, end=0))
    up = Side(82 + 139j, near_arm=Reach(122 + 142j, end=-20), near_leg=Reach(80 + 23j, end=-34))
    return _two(210, 282, (chair_to_hold(124),), flat, up, Arrow(42 + 6j, 42 + 50j))


def _small_squat() -> Picture:
    hand, foot = Reach(130 + 128j, end=0), Reach(78 + 10j, end=0)
    tall = Side(80 + 126j, near_arm=hand, near_leg=foot)
    low = Side(52 + 107j, 70, near_arm=hand, near_leg=foot)
    return _two(220, 274, (table(126, 208, 116),), tall, low, Arrow(16 + 160j, 16 + 112j))


def _side_bend() -> Picture:
    bent = Front(94 + 127j, 84, 24, tilt=-4, arms_at=(Bent(-104, -98), Bent(-84, -86)))
    return _two(200, 276, (), Front(96 + 127j), bent, Arrow(176 + 170j, 176 + 110j, 5))


def _leg_to_the_side() -> Picture:
    hand = Reach(44 + 130j, end=200)
    tall = Front(96 + 127j, arms_at=(hand, Bent(-83, -88)))
    legs = (Bent(-90, -90, -98), Bent(-62, -62, -50))
    out = Front(96 + 127j, 92, arms_at=(hand, Bent(-66, -76)), legs_at=legs)
    return _two(210, 276, (table(8, 52, 118),), tall, out, Arrow(162 + 62j, 196 + 88j, -6))


def _leg_back() -> Picture:
    hand, foot = Reach(138 + 140j, end=-10), Reach(94 + 10j, end=0)
    tall = Side(96 + 126j, near_arm=hand, near_leg=foot)
    back = Side(94 + 125j, 82, near_arm=hand, near_leg=Bent(-114, -122, -30), far_leg=foot)
    return _two(216, 276, (chair_to_hold(140),), tall, back, Arrow(64 + 100j, 26 + 66j, -6))


def _march() -> Picture:
    hand, foot = Reach(114 + 131j, end=0), Reach(76 + 10j, end=0)
    tall = Side(78 + 126j, near_arm=hand, near_leg=foot)
    up = Side(78 + 126j, near_arm=hand, near_leg=Bent(-24, -98, -4), far_leg=foot)
    return _two(210, 276, (table(14, 202, 118),), tall, up, Arrow(164 + 24j, 164 + 72j))


def _one_foot_in_front() -> Picture:
    hand = Reach(134 + 130j, end=0)
    together = Side(82 + 126j, near_arm=hand, near_leg=Reach(81 + 10j, end=0))
    front = Side(84 + 124j, near_arm=hand, near_leg=Reach(98 + 10j, end=0), far_leg=Reach(64 + 10j, end=0))
    return _two(216, 276, (table(136, 206, 118),), together, front, Arrow(120 + 50j, 160 + 50j))


def _step_up() -> Picture:
    below = Side(
        66 + 125j, 84, near_arm=Bent(-84, -44), far_arm=Bent(-112, -80),
        near_leg=Reach(120 + 46j, end=0), far_leg=Reach(60 + 10j, end=0),
    )  # fmt: skip
    above = Side(124 + 162j, near_arm=Bent(-96, -76), near_leg=Reach(124 + 46j, end=0))
    return _two(210, 312, (stair(96, 170, 36),), below, above, Arrow(54 + 130j, 80 + 186j, 6))


def _lift_a_bag() -> Picture:
    low = Side(50 + 84j, 50, -4, head=16, near_arm=Reach(124 + 67j, end=-90), near_leg=Reach(78 + 10j, end=0))
    tall = Side(76 + 126j, near_arm=Reach(98 + 112j, end=-80), near_leg=Reach(76 + 10j, end=0))
    return Picture(200, 274, (
        Position((ground(200), bag(124 + 56j), low)),
        Position((ground(200), bag(100 + 102j), tall, Arrow(160 + 60j, 160 + 116j))),
    ))  # fmt: skip


STANDING = {
    "wall-push": _wall_push(),
    "wall-slide": _wall_slide(),
    "calf-stretch": _calf_stretch(),
    "heel-raise": _heel_raise(),
    "small-squat": _small_squat(),
    "side-bend": _side_bend(),
    "leg-to-the-side": _leg_to_the_side(),
    "leg-back": _leg_back(),
    "march": _march(),
    "one-foot-in-front": _one_foot_in_front(),
    "step-up": _step_up(),
    "lift-a-bag": _lift_a_bag(),
}
