"""The positions of the movements that are done on a chair."""

from __future__ import annotations

from dataclasses import replace

from webapp.design.figures.figure import Front, Side
from webapp.design.figures.joints import Bent, Reach
from webapp.design.figures.props import Arrow, chair, chair_from_the_front, ground, tin
from webapp.design.figures.scene import Picture, Position

FEET = Reach(112 + 10j, end=0)
UPRIGHT = Side(56 + 68j, near_arm=Reach(96 + 92j, end=-10), near_leg=FEET)
_KNEES = (Bent(-98, -92, -100, (0.34, 0.9)), Bent(-82, -88, -80, (0.34, 0.9)))  # they come towards the reader
FACING = Front(90 + 84j, arms_at=(Bent(-104, -68, -70), Bent(-76, -112, -110)), legs_at=_KNEES)


def _two(
    first: Side | Front, second: Side | Front, *arrows: Arrow, width: int = 180, height: int = 230
) -> Picture:
    seat = chair(36) if isinstance(first, Side) else chair_from_the_front(90)
    around = (ground(width), seat)
    return Picture(width, height, (Position((*around, first)), Position((*around, second, *arrows))))


def _sit_tall() -> Picture:
    hand = Reach(98 + 88j, end=-10)
    slumped = replace(UPRIGHT, trunk=96, curve=32, neck=-26, head=14, near_arm=hand)
    return _two(slumped, replace(UPRIGHT, curve=-3), Arrow(112 + 168j, 112 + 214j))


def _turn_your_head() -> Picture:
    return _two(FACING, replace(FACING, turned=1), Arrow(66 + 214j, 124 + 218j, 10), height=240)


def _shoulder_lift() -> Picture:
    arrows = Arrow(44 + 160j, 44 + 200j), Arrow(136 + 160j, 136 + 200j)
    return _two(FACING, replace(FACING, lift=10), *arrows, height=240)


def _turn_to_the_side() -> Picture:
    folded = replace(FACING, arms_at=(Bent(-86, 8, 20), Bent(-94, 172, 160)))
    turned = replace(folded, turned=1, breadth=0.78)
    return _two(folded, turned, Arrow(40 + 206j, 140 + 206j, 20), height=250)


def _reach_down() -> Picture:
    down = replace(UPRIGHT, trunk=46, curve=30, neck=-10, head=-10, near_arm=Reach(122 + 44j, end=-80))
    return _two(UPRIGHT, down, Arrow(112 + 190j, 158 + 146j, 8))


def _knee_straighten() -> Picture:
    out = replace(UPRIGHT, near_leg=Bent(-1, -6, 78), far_leg=FEET)
    return _two(UPRIGHT, out, Arrow(140 + 22j, 166 + 46j, -6), width=200)


def _knee_lift() -> Picture:
    holding = replace(UPRIGHT, near_arm=Reach(78 + 78j, end=-20))
    up = replace(holding, near_leg=Bent(24, -84, 0), far_leg=FEET)
    return _two(holding, up, Arrow(140 + 50j, 140 + 94j))


def _heels_and_toes() -> Picture:
    around = (ground(180), chair(36))
    heels = replace(UPRIGHT, near_leg=Reach(110 + 23j, end=-34))
    toes = replace(UPRIGHT, near_leg=Reach(114 + 11j, end=26))
    return Picture(180, 230, (
        Position((*around, heels, Arrow(86 + 4j, 86 + 40j))),
        Position((*around, toes, Arrow(158 + 8j, 158 + 44j))),
    ))  # fmt: skip


def _tin_lift() -> Picture:
    around = (ground(180), chair(36))
    low, high = replace(UPRIGHT, near_arm=Bent(-93, -88)), replace(UPRIGHT, near_arm=Bent(-88, 52, 60))
    return Picture(180, 230, (
        Position((*around, low, tin(low.arms[0].tip - 10j))),
        Position((*around, high, tin(high.arms[0].tip + 6 + 8j), Arrow(122 + 96j, 126 + 150j, -6))),
    ))  # fmt: skip


def _sit_to_stand() -> Picture:
    around, feet = (ground(158), chair(22)), Reach(90 + 10j, end=0)
    ready = Side(46 + 68j, 64, near_leg=feet, near_arm=Reach(102 + 84j, end=-10))
    rising = Side(58 + 92j, 58, near_leg=feet, near_arm=Reach(120 + 92j, end=-20))
    return Picture(158, 272, (
        Position((*around, ready, Arrow(92 + 186j, 126 + 174j, 4))),
        Position((*around, rising, Arrow(30 + 152j, 36 + 204j, 4))),
        Position((*around, Side(90 + 126j, near_leg=feet))),
    ))  # fmt: skip


SITTING = {
    "sit-tall": _sit_tall(),
    "turn-your-head": _turn_your_head(),
    "shoulder-lift": _shoulder_lift(),
    "turn-to-the-side": _turn_to_the_side(),
    "reach-down": _reach_down(),
    "knee-straighten": _knee_straighten(),
    "knee-lift": _knee_lift(),
    "heels-and-toes": _heels_and_toes(),
    "tin-lift": _tin_lift(),
    "sit-to-stand": _sit_to_stand(),
}
