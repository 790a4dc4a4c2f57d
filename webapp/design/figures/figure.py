"""The person in the drawings, from the side or from the front, as rounded shapes over the joints.

Outlines have one ink (the page's text colour) on paper; the far arm and leg are paler. The near arm has its own
outline, so that it stands out from the trunk.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from markupsafe import Markup

from webapp.design.figures import joints
from webapp.design.figures.capsules import Capsule, Pen, eyes, inked, paler, person
from webapp.design.figures.joints import Bent, Limb, Point, Reach, limb, towards

ARM_BONES = (joints.UPPER_ARM, joints.FOREARM)
LEG_BONES = (joints.THIGH, joints.SHANK)
HANGING = Bent(-92, -86)
STRAIGHT = Bent(-90, -90, 0)


@dataclass(frozen=True)
class Side:
    """A person from the side, facing right when upright and up when on their back with the head to the left.

    ``trunk`` is the direction from hip to shoulder, ``curve`` rounds the back (positive, forwards) or hollows
    it, ``neck`` and ``head`` turn from there (negative, forwards).
    """

    hip: Point
    trunk: float = 90
    curve: float = 0
    neck: float = -8
    head: float = 8
    near_arm: Bent | Reach = HANGING
    far_arm: Bent | Reach | None = None
    near_leg: Bent | Reach = STRAIGHT
    far_leg: Bent | Reach | None = None

    @cached_property
    def back(self) -> tuple[Point, Point, Point, Point]:
        """Hip, waist, ribs, shoulder."""
        return joints.spine(self.hip, self.trunk, self.curve)

    @property
    def chest(self) -> float:
        """Direction of the upper part of the back."""
        return self.trunk - self.curve

    @cached_property
    def arms(self) -> tuple[Limb, ...]:
        """The near arm, then the far arm if it is another."""
        root = self.back[3] - towards(self.chest, 8)
        ways = (how for how in (self.near_arm, self.far_arm) if how is not None)
        return tuple(limb(root, how, ARM_BONES, bend=-1, end_turn=0) for how in ways)

    @cached_property
    def legs(self) -> tuple[Limb, ...]:
        """The near leg, then the far leg if it is another."""
        ways = (how for how in (self.near_leg, self.far_leg) if how is not None)
        return tuple(limb(self.hip, how, LEG_BONES, bend=1, end_turn=90) for how in ways)

    @property
    def face(self) -> float:
        """Direction from the chin to the top of the head."""
        return self.chest + self.neck + self.head

    @cached_property
    def skull(self) -> Point:
        """The middle of the head."""
        return self.back[3] + towards(self.chest + self.neck, joints.NECK) + towards(self.face, 15)

    def drawn(self, pen: Pen) -> Markup:
        """The whole person."""
        far = [
            *chain.from_iterable(map(_leg_with_foot, self.legs[1:])),
            *chain.from_iterable(map(_arm, self.arms[1:])),
        ]
        body = [*self._trunk(), *self._head(), *_leg_with_foot(self.legs[0])]
        eye = self.skull + towards(self.face - 90, 8.5) + towards(self.face, 2)
        return person(paler(pen, far) + inked(pen, body) + eyes(pen, [eye]) + inked(pen, _arm(self.arms[0])))

    def _trunk(self) -> list[Capsule]:
        hip, waist, ribs, shoulder = self.back
        top = shoulder - towards(self.chest, 4)
        seat = hip - towards(self.trunk - 90, 2)
        return [(seat, 14.5, waist, 13), (waist, 13, ribs, 14), (ribs, 14, top, 11)]

    def _head(self) -> list[Capsule]:
        up, front = towards(self.face), towards(self.face - 90)
        nose = self.skull + front * 14.5 - up * 3
        chin = self.skull + front * 5 - up * 11
        nape = self.back[3] - towards(self.chest, 4)
        neck = (nape, 8.0, self.skull - up * 6 - front * 2, 7.5)
        return [neck, (self.skull, 15, chin, 8), (self.skull + front * 11, 4, nose, 2.6)]


@dataclass(frozen=True)
class Front:
    """A person from the front (or lying, from above). Limbs are given for the left and right of the paper.

    ``lean`` is the direction of the trunk, ``curve`` bends it to the right, ``tilt`` leans the head,
    ``turned`` (-1 to 1) turns the head to the left or right of the paper, ``lift`` raises the shoulders,
    ``breadth`` (1 is square on) narrows shoulders that turn away, ``leg_under`` (0 left, 1 right) is a leg
    that lies under the other.
    """

    hip: Point
    lean: float = 90
    curve: float = 0
    tilt: float = 0
    turned: float = 0
    lift: float = 0
    breadth: float = 1
    arms_at: tuple[Bent | Reach, Bent | Reach] = (Bent(-97, -92), Bent(-83, -88))
    legs_at: tuple[Bent | Reach, Bent | Reach] = (Bent(-92, -90, -100), Bent(-88, -90, -80))
    leg_under: int | None = None

    @cached_property
    def back(self) -> tuple[Point, Point, Point, Point]:
        """Hip, waist, ribs, shoulder, in the middle of the body."""
        return joints.spine(self.hip, self.lean, self.curve)

    @property
    def chest(self) -> float:
        """Direction of the upper part of the trunk."""
        return self.lean - self.curve

    @cached_property
    def arms(self) -> tuple[Limb, ...]:
        """The arm on the left of the paper, then the one on the right."""
        across = towards(self.chest - 90, 25 * self.breadth)
        top = self.back[3] - towards(self.chest, 6 - self.lift)
        both = zip((-1, 1), self.arms_at, strict=True)
        return tuple(limb(top + side * across, how, ARM_BONES, bend=side, end_turn=0) for side, how in both)

    @cached_property
    def legs(self) -> tuple[Limb, ...]:
        """The leg on the left of the paper, then the one on the right."""
        across = towards(self.lean + 0.6 * self.curve - 90, 12)
        both = zip((-1, 1), self.legs_at, strict=True)
        return tuple(
            limb(self.hip + side * across, how, LEG_BONES, bend=side, end_turn=0) for side, how in both
        )

    @cached_property
    def skull(self) -> Point:
        """The middle of the head."""
        return self.back[3] + towards(self.chest + self.tilt * 0.6, joints.NECK + 13)

    def drawn(self, pen: Pen) -> Markup:
        """The whole person."""
        legs = [_leg(one, foot=8) for one in self.legs]
        under = inked(pen, legs.pop(self.leg_under)) if self.leg_under is not None else Markup("")
        body = inked(pen, [*self._trunk(), *chain.from_iterable(legs), *self._head()])
        arms = inked(pen, [*chain.from_iterable(map(_arm, self.arms))])
        return person(under + body + eyes(pen, self._eyes) + arms)

    @property
    def _eyes(self) -> list[Point]:
        out = towards(self.chest + self.tilt - 90)
        if abs(self.turned) > 0.6:
            return [self.skull + out * (8.5 if self.turned > 0 else -8.5)]
        return [self.skull + out * (place + 4 * self.turned) for place in (-5.5, 5.5)]

    def _trunk(self) -> list[Capsule]:
        hip, waist, ribs, shoulder = self.back
        left, right = self.arms[0].root, self.arms[1].root
        top = shoulder - towards(self.chest, 4)
        shapes: list[Capsule] = [(hip, 16, ribs, 17), (ribs, 17, top, 14), (left, 9, right, 9)]
        for side, arm, leg in zip((-1, 1), self.arms, self.legs, strict=True):
            middle = waist + towards(self.lean - 90, side * 11 * (0.5 + self.breadth / 2))
            shapes += [(arm.root, 9, middle, 9), (middle, 9, leg.root, 14)]
        return shapes

    def _head(self) -> list[Capsule]:
        up = self.chest + self.tilt
        out = towards(up - 90)
        chin = self.skull - towards(up, 12) + out * 5 * self.turned
        neck: Capsule = (self.back[3] - towards(self.chest, 4), 9, self.skull - towards(up, 6), 7.5)
        shapes = [neck, (self.skull, 15, chin, 8.5)]
        if abs(self.turned) > 0.6:
            side = 1 if self.turned > 0 else -1
            nose = self.skull + out * side * 15.5 - towards(up, 3)
            return [*shapes, (self.skull + out * side * 11, 4, nose, 2.8)]
        ears = [self.skull + out * side * 14 - towards(up, 3) for side in (-1, 1)]
        return [*shapes, (ears[0], 3.4, ears[1], 3.4)]


def _arm(one: Limb) -> list[Capsule]:
    hand = one.tip + towards(one.end, joints.HAND)
    return [(one.root, 9, one.middle, 7), (one.middle, 7, one.tip, 5.4), (one.tip, 5.6, hand, 4.4)]


def _leg(one: Limb, foot: float) -> list[Capsule]:
    toe = one.tip + towards(one.end, foot)
    return [(one.root, 13.5, one.middle, 9.5), (one.middle, 9.5, one.tip, 6.6), (one.tip, 6.6, toe, 5.6)]


def _leg_with_foot(one: Limb) -> list[Capsule]:
    """A leg from the side: its foot has a heel and a sole, ``ANKLE`` below the ankle."""
    up = towards(one.end + 90)
    heel = one.tip - towards(one.end, 5) - up * (joints.ANKLE - 5.4)
    toe = one.tip + towards(one.end, joints.FOOT) - up * (joints.ANKLE - 4)
    return [*_leg(one, 1)[:2], (one.tip, 6.6, heel, 5.4), (heel, 5.4, toe, 4), (one.tip, 6.6, toe, 4)]
