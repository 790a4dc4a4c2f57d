"""The drawings: what they show and say."""

from __future__ import annotations

import re
from decimal import Decimal
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from webapp.design import charts
from webapp.design.charts.numbers import amount

pytestmark = pytest.mark.usefixtures("speaking")
WEEKS: list[tuple[str, int | float | Decimal]] = [("now", 7), ("", Decimal("8")), ("week 3", 9), ("", 9.5)]


def _read(drawing: str) -> ElementTree.Element:
    tree = ElementTree.fromstring(str(drawing))
    assert tree.get("role") == "img"
    assert tree.find("title") is not None
    assert tree.find("desc") is not None
    assert not re.search(r"\s(style|on\w+)=", str(drawing))
    return tree


def test_only_this_week_is_solid() -> None:
    tree = _read(charts.staircase(WEEKS, "park", 0))
    boxes = [box.get("class") for box in tree.iter("rect")]
    assert boxes.count("wm-i-solid") == 1
    assert boxes.count("wm-i-rest") == 3
    assert boxes[1] == "wm-i-solid"


def test_the_staircase_says_its_numbers() -> None:
    said = _read(charts.staircase(WEEKS, "park", 0)).findtext("desc")
    assert said == "4 steps: 7, 8, 9, 9½. You are at 7. At the top: park."


def test_higher_weeks_are_higher_steps() -> None:
    tree = _read(charts.staircase(WEEKS, "", 1))
    heights = [float(box.get("height", "0")) for box in list(tree.iter("rect"))[1:]]
    assert heights == sorted(heights)
    assert len(set(heights)) == 4


@pytest.mark.parametrize("place", [-1, 4])
def test_a_staircase_needs_to_know_where_you_are(place: int) -> None:
    with pytest.raises(ValueError, match="where the person is"):
        charts.staircase(WEEKS, "park", place)


def test_tries_and_their_start() -> None:
    said = _read(charts.tries([12, 6, 9], ["Mon", "Tue", "Fri"], 7)).findtext("desc")
    assert said == "Your tries: 12, 6, 9. Your starting point is 7."
    with pytest.raises(ValueError, match="label each"):
        charts.tries([1], [])


def test_a_skipped_score_has_no_point() -> None:
    tree = _read(charts.score_line([("June", 18), ("August", None), ("October", 27)], 0, 60, "Confidence"))
    assert len(list(tree.iter("circle"))) == 2
    assert tree.findtext("desc") == "A scale from 0 to 60. June: 18; August: not answered; October: 27."
    assert tree.findtext("title") == "Confidence"


def test_a_higher_score_is_drawn_higher() -> None:
    tree = _read(charts.score_line([("a", 18), ("b", 27)], 0, 60, "c"))
    first, second = (float(dot.get("cy", "0")) for dot in tree.iter("circle"))
    assert second < first


def test_the_week_says_each_day_and_blames_none() -> None:
    said = _read(charts.week_strip([("Mo", "done"), ("Tu", "open"), ("We", "rest")])).findtext("desc")
    assert said == "Mo: done; Tu: nothing noted; We: rest day."
    with pytest.raises(ValueError, match="missed"):
        charts.week_strip([("Mo", "missed")])


def test_visits_are_counted_in_words() -> None:
    days = [("1 Nov", True), ("2 Nov", False), ("3 Nov", True)]
    assert (
        _read(charts.activity_strip(days)).findtext("desc") == "Visits on 2 of 3 days, from 1 Nov to 3 Nov."
    )


def test_the_path_says_where_you_are_and_never_a_percentage() -> None:
    drawing = charts.path(1, 2, 5)
    assert _read(drawing).findtext("desc") == "2 of 5"
    assert "%" not in drawing
    with pytest.raises(ValueError, match="path"):
        charts.path(6, 2, 5)


@pytest.mark.parametrize(
    "name",
    ["boom-and-bust", "steady-plan", "pain-alarm", "pain-system", "values-gap", "goal-ladder", "way-mark"],
)
def test_every_drawing_stays_on_its_paper(name: str) -> None:
    tree = _read(charts.drawing(name))
    width = float(tree.get("viewBox", "").split()[2])
    for box in tree.iter("rect"):
        assert float(box.get("x", "0")) >= 0
        assert float(box.get("x", "0")) + float(box.get("width", "0")) <= width


def test_an_unknown_drawing_is_an_error() -> None:
    with pytest.raises(LookupError, match="way-mark"):
        charts.drawing("way-marks")


@pytest.mark.parametrize(
    ("value", "said"),
    [(7, "7"), (9.5, "9½"), (Decimal("0.25"), "¼"), (Decimal("7.20"), "7.2"), (0, "0"), (1200, "1,200")],
)
def test_amounts_are_said_shortly(value: float, said: str) -> None:
    assert amount(value) == said


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.integers(min_value=0, max_value=10_000), min_size=1, max_size=12), st.data())
def test_any_plan_fits_the_paper(values: list[int], data: st.DataObject) -> None:
    here = data.draw(st.integers(min_value=0, max_value=len(values) - 1))
    tree = _read(charts.staircase([("", value) for value in values], "<goal>", here))
    for box in tree.iter("rect"):
        assert float(box.get("y", "0")) >= 0
        assert float(box.get("x", "0")) + float(box.get("width", "0")) <= 328


def test_before_and_after_stand_where_their_numbers_are() -> None:
    tree = _read(charts.before_after([("Monday", 7, 5), ("Friday", 3, 3)], 0, 10, "Tension"))
    after = [float(dot.get("cx") or 0) for dot in tree.iter("circle")][1:]
    before = [float(box.get("x") or 0) + 6 for box in tree.iter("rect")][2:]
    assert after[0] < before[0] and after[1] == before[1], "the first eased by 2, the second stayed"
    assert tree.findtext("desc") == (
        "A scale from 0 to 10. Monday: 7 before, 5 after; Friday: 3 before, 3 after."
    )
    with pytest.raises(ValueError, match="pairs"):
        charts.before_after([], 0, 10, "Tension")


def test_two_bars_are_as_long_as_their_numbers_and_a_zero_can_still_be_seen() -> None:
    rows = [("Bend down <to> the shoe", 90, 0), ("Carry the bag" * 9, 100, 50)]
    tree = _read(charts.two_bars(rows, 100, "Guess", "my guess", "what happened"))
    widths = [float(box.get("width") or 0) for box in tree.iter("rect")][3:]
    assert widths[1] == 2 and widths[2] == 2 * widths[3]
    assert widths[0] == pytest.approx(widths[2] * 0.9, abs=0.1)
    assert all(len(one.text or "") <= 44 for one in tree.iter("text"))
    assert (tree.findtext("desc") or "").startswith(
        "A scale from 0 to 100. Bend down <to> the shoe: my guess 90, what happened 0; "
    )
    with pytest.raises(ValueError, match="rows"):
        charts.two_bars([], 100, "Guess", "a", "b")
