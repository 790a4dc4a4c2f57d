"""The positions of the movements that are done lying on the back, with the head to the left."""

from __future__ import annotations

from dataclasses import replace

from webapp.design.figures.figure import Front, Side
from webapp.design.figures.joints import Bent, Reach
from webapp.design.figures.props import Arrow, Box, Ring, bed_from_above, mat, pillow
from webapp.design.figures.scene import Picture, Position

WIDTH = 300
KNEE_UP = Reach(196 + 10j, end=0)
OUT = Bent(-2, -3, 82)
ON_THE_BACK = Side(134 + 18j, 180, near_arm=Bent(-3, -1), near_leg=KNEE_UP)


def _two(
    first: Side,
    second: Side,
    *arrows: Arrow,
    height: int = 104,
    under: tuple[Ring, ...] = (),
    head: float = 36,
) -> Picture:
    bed: tuple[Box | Ring, ...] = (mat(WIDTH), pillow(head), *under)
    return Picture(WIDTH, height, (Position((bed, first)), Position((bed, second, *arrows))), True)


def _from_above(first: Front, second: Front, *arrows: Arrow, height: int) -> Picture:
    bed = bed_from_above(WIDTH, height - 34)
    return Picture(WIDTH, height, (Position((bed, first)), Position((bed, second, *arrows))), True)


def _feet_up_and_down() -> Picture:
    away, back = (replace(ON_THE_BACK, near_leg=Bent(-2, -3, toes)) for toes in (30, 104))
    return _two(away, back, Arrow(288 + 26j, 264 + 70j, 8), height=94)


def _heel_slide() -> Picture:
    bent = replace(ON_THE_BACK, near_leg=Reach(204 + 10j, end=0), far_leg=OUT)
    return _two(replace(ON_THE_BACK, near_leg=OUT), bent, Arrow(280 + 74j, 232 + 74j))


def _knee_hug() -> Picture:
    hug = replace(ON_THE_BACK, near_leg=Bent(112, -24, 40), far_leg=KNEE_UP, near_arm=Reach(116 + 62j))
    return _two(ON_THE_BACK, hug, Arrow(186 + 96j, 138 + 104j, 8), height=118)


def _low_back_press() -> Picture:
    hand = Bent(-20, 42, 24, (0.5, 0.95))
    hollow = replace(ON_THE_BACK, hip=134 + 17j, trunk=178, curve=-24, neck=-32, near_arm=hand)
    flat = replace(ON_THE_BACK, hip=134 + 20j, trunk=182, curve=6, near_arm=hand)
    return _two(hollow, flat, Arrow(140 + 70j, 96 + 70j, 14))


def _hip_lift() -> Picture:
    up = replace(ON_THE_BACK, hip=138 + 50j, trunk=206, neck=-34, near_arm=Bent(0, 0))
    return _two(ON_THE_BACK, up, Arrow(126 + 74j, 126 + 112j), height=116)


def _arms_overhead() -> Picture:
    lower_down = replace(ON_THE_BACK, hip=178 + 18j, near_leg=Reach(240 + 10j, end=0))
    up, back = replace(lower_down, near_arm=Bent(92, 90)), replace(lower_down, near_arm=Bent(158, 172))
    return _two(up, back, Arrow(98 + 106j, 44 + 78j, -10), height=124, head=80)


def _towel_press() -> Picture:
    rest = replace(ON_THE_BACK, near_leg=Reach(246 + 12j, end=76))
    press = replace(ON_THE_BACK, near_leg=Bent(11, 9, 100))
    return _two(rest, press, Arrow(190 + 88j, 190 + 48j), under=(Ring(190 + 11j, 11),))


def _rolled(side: int) -> Front:
    """Both knees to one side of the bed: the leg on that side lies under the other."""
    arms = (Bent(-66, -170), Bent(66, 170))
    legs = [Bent(side * 52, side * -34, side * -30), Bent(side * 44, side * -38, side * -30)]
    left, right = legs if side < 0 else legs[::-1]
    return Front(128 + 88j, 180, arms_at=arms, legs_at=(left, right), leg_under=0 if side < 0 else 1)


def _knee_roll() -> Picture:
    return _from_above(_rolled(1), _rolled(-1), Arrow(246 + 134j, 246 + 46j, 12), height=214)


def _leg_out() -> Picture:
    together = Front(
        128 + 58j, 180, arms_at=(Bent(-10, 0), Bent(10, 0)), legs_at=(Bent(-2, 0, -4), Bent(2, 0, 4))
    )
    apart = replace(together, legs_at=(Bent(-2, 0, -4), Bent(24, 22, 20)))
    return _from_above(together, apart, Arrow(276 + 76j, 258 + 124j, -6), height=166)


LYING = {
    "feet-up-and-down": _feet_up_and_down(),
    "heel-slide": _heel_slide(),
    "knee-hug": _knee_hug(),
    "low-back-press": _low_back_press(),
    "hip-lift": _hip_lift(),
    "arms-overhead": _arms_overhead(),
    "towel-press": _towel_press(),
    "knee-roll": _knee_roll(),
    "leg-out-to-the-side": _leg_out(),
}
