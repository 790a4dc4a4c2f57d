"""The pictures of movements: well-formed, on their sheet, and drawn of people whose joints could do that."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.content.movements import DRAWINGS_OF_MOVEMENTS
from webapp.design.figures import PICTURES, joints, picture
from webapp.design.figures.capsules import Pen, outline
from webapp.design.figures.figure import Front, Side
from webapp.design.figures.joints import Bent, Limb, OutOfReach, Reach, turn

LIGHTEST_BYTES, HEAVIEST_BYTES = 1000, 4000
each_picture = pytest.mark.parametrize("name", sorted(PICTURES))
NUMBER = re.compile(r"-?\d*\.?\d+")
ALLOWED = {
    "class", "viewBox", "width", "height", "role", "aria-label", "focusable", "fill", "stroke", "stroke-width",
    "stroke-linecap", "stroke-linejoin", "paint-order", "d", "x", "y", "rx", "cx", "cy", "r", "font-size",
    "font-weight",
}  # fmt: skip


def _people(name: str) -> list[Side | Front]:
    return [person for position in PICTURES[name].positions for person in position.people]


def _tree(name: str) -> ElementTree.Element:
    return ElementTree.fromstring(str(PICTURES[name].drawn("Title", "Words & more")))


def test_the_checker_of_texts_knows_the_same_pictures() -> None:
    assert set(PICTURES) == DRAWINGS_OF_MOVEMENTS


def test_a_picture_that_is_not_there_is_told() -> None:
    with pytest.raises(LookupError, match="no picture is called head-stand; there are arms-overhead"):
        picture("head-stand")


@each_picture
def test_it_is_an_image_with_words(name: str) -> None:
    tree = _tree(name)
    assert (tree.get("role"), tree.get("aria-label"), tree.findtext("title")) == (
        "img",
        "Words & more",
        "Title",
    )


@each_picture
def test_it_has_presentation_attributes_only_and_is_light(name: str) -> None:
    drawn = str(PICTURES[name].drawn("Title", "Words"))
    assert {attribute for element in _tree(name).iter() for attribute in element.attrib} <= ALLOWED
    assert LIGHTEST_BYTES < len(drawn.encode()) < HEAVIEST_BYTES
    assert 'stroke="currentColor"' in drawn


@each_picture
def test_as_a_file_it_stands_on_white_paper(name: str) -> None:
    tree = ElementTree.fromstring(str(PICTURES[name].as_file("Title")))
    assert tree.tag == "{http://www.w3.org/2000/svg}svg"
    first = tree[1]
    assert (first.get("fill"), first.get("width")) == ("#ffffff", str(PICTURES[name].size[0]))


@each_picture
def test_its_positions_are_numbered_and_one_has_an_arrow(name: str) -> None:
    tree = _tree(name)
    assert [text.text for text in tree.iter("text")] == [
        str(n + 1) for n in range(len(PICTURES[name].positions))
    ]
    assert len(PICTURES[name].positions) in (2, 3)
    assert [path for path in tree.iter("path") if path.get("class") == "wm-i-warm"]


@each_picture
def test_everything_is_on_the_sheet(name: str) -> None:
    width, height = PICTURES[name].size
    outside = [
        (x, y)
        for path in _tree(name).iter("path")
        for x, y in _corners(path.get("d", ""))
        if not (0 <= x <= width and 0 <= y <= height)
    ]
    assert outside == []


def _corners(shape: str) -> list[tuple[float, float]]:
    """Every place that a path goes to. Only M, l, a, Q, h and z are used."""
    places, at = [], (0.0, 0.0)
    for letter, rest in re.findall(r"([MlaQhz])([^MlaQhz]*)", shape):
        numbers = [float(number) for number in NUMBER.findall(rest)]
        if letter in "MQ":
            at = (numbers[-2], numbers[-1])
        elif letter in "la":
            for step in range(0, len(numbers), 7 if letter == "a" else 2):
                x, y = numbers[step + (5 if letter == "a" else 0) :][:2]
                at = (at[0] + x, at[1] + y)
                places.append(at)
        places.append(at)
    return places


# --- bodies ---


def _length_is(limb: Limb, bones: tuple[float, float], how: Bent | Reach) -> bool:
    short = how.short if isinstance(how, Bent) else (1.0, 1.0)
    found = abs(limb.middle - limb.root), abs(limb.tip - limb.middle)
    return all(one == pytest.approx(bone * part) for one, bone, part in zip(found, bones, short, strict=True))


@each_picture
def test_bones_keep_their_length(name: str) -> None:
    for person in _people(name):
        if isinstance(person, Side):
            arms = [how for how in (person.near_arm, person.far_arm) if how]
            legs = [how for how in (person.near_leg, person.far_leg) if how]
        else:
            arms, legs = list(person.arms_at), list(person.legs_at)
        arm_bones, leg_bones = (joints.UPPER_ARM, joints.FOREARM), (joints.THIGH, joints.SHANK)
        assert all(_length_is(one, arm_bones, how) for one, how in zip(person.arms, arms, strict=True))
        assert all(_length_is(one, leg_bones, how) for one, how in zip(person.legs, legs, strict=True))
        steps = zip(person.back, person.back[1:], strict=False)
        assert [abs(b - a) for a, b in steps] == pytest.approx(list(joints.SPINE))


@each_picture
def test_joints_bend_as_joints_do(name: str) -> None:
    """Degrees of bend, seen from the side, within what most adults can do (rounded outwards by about 10)."""
    for person in (one for one in _people(name) if isinstance(one, Side)):
        down = person.chest + 180
        for arm in person.arms:
            assert -2 <= turn(arm.upper, arm.lower) <= 155, "an elbow bends forwards"
            assert -60 <= (turn(down, arm.upper) + 60) % 360 - 60 <= 190, "a shoulder"
        for leg in person.legs:
            assert -2 <= turn(leg.lower, leg.upper) <= 150, "a knee bends backwards"
            assert -35 <= turn(person.trunk + 180, leg.upper) <= 135, "a hip"
            assert 30 <= turn(leg.lower, leg.end) <= 130, "an ankle"
        assert -45 <= person.neck + person.head <= 30, "a neck"
        assert abs(person.curve) <= 35, "a back"


@each_picture
def test_nobody_sinks_into_the_floor(name: str) -> None:
    for person in _people(name):
        if isinstance(person, Side):
            assert all(leg.tip.imag >= joints.ANKLE - 0.5 for leg in person.legs)
            assert person.skull.imag >= 14
            assert person.hip.imag >= 14


@pytest.mark.parametrize(
    "name", [name for name in PICTURES if name not in ("knee-roll", "leg-out-to-the-side")]
)
def test_somebody_who_stands_or_sits_has_a_foot_on_the_ground(name: str) -> None:
    steps = {0, 36} if name == "step-up" else {0}
    for person in (one for one in _people(name) if isinstance(one, Side) and one.trunk < 150):
        soles = [leg.tip.imag - joints.ANKLE for leg in person.legs]
        assert any(abs(sole - step) <= 18 for sole in soles for step in steps)


# --- the skeleton ---

on_a_busy_machine = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
near = st.floats(1, joints.UPPER_ARM + joints.FOREARM)


@on_a_busy_machine
@given(away=near, angle=st.floats(-180, 180), bend=st.sampled_from([-1, 1]))
def test_a_hand_gets_where_it_should(away: float, angle: float, bend: int) -> None:
    target = joints.towards(angle, max(away, joints.UPPER_ARM - joints.FOREARM + 0.1))
    bones = (joints.UPPER_ARM, joints.FOREARM)
    found = joints.limb(0j, Reach(target), bones, bend=bend, end_turn=0)
    assert abs(found.tip - target) < 1e-6
    assert abs(found.middle) == pytest.approx(joints.UPPER_ARM)


@pytest.mark.parametrize("target", [84 + 0j, 0 + 200j, 1 + 0j])
def test_a_hand_cannot_get_anywhere(target: complex) -> None:
    with pytest.raises(OutOfReach, match="82 long"):
        joints.limb(0j, Reach(target), (joints.UPPER_ARM, joints.FOREARM), bend=1, end_turn=0)


@on_a_busy_machine
@given(
    st.complex_numbers(max_magnitude=300),
    st.complex_numbers(max_magnitude=300),
    st.floats(2, 20),
    st.floats(2, 20),
)
def test_a_capsule_is_one_closed_shape(a: complex, b: complex, r: float, s: float) -> None:
    shape = outline(Pen(0, 300), [(a, r, b, s)])
    assert re.fullmatch(
        r"M-?\d+ -?\d+a[\d.]+ [\d.]+ 0 [01] 1[\d .-]+l[\d .-]+a[\d.]+ [\d.]+ 0 [01] 1[\d .-]+z", shape
    )
