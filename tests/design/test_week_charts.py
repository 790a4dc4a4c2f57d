"""The strip of nights and the heat strip of a week: what they show and say."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.design import charts
from webapp.design.charts.heat import HeatCell, HeatDay
from webapp.design.charts.nights import hours_needed

pytestmark = pytest.mark.usefixtures("speaking")


def _read(drawing: str) -> ElementTree.Element:
    assert not re.search(r"\s(style|on\w+)=", str(drawing))
    return ElementTree.fromstring(str(drawing))


@pytest.mark.parametrize(
    ("bars", "start", "count"),
    [
        ([(23 * 60, 480)], 23, 8),
        ([(23 * 60 + 50, 440)], 23, 9),  # 23:50 to 7:10
        ([(30, 450), (22 * 60, 480)], 22, 10),
        ([(23 * 60, 480), (6 * 60 + 30, 450)], 23, 15),  # a night, and a day's sleep after a shift
        ([], 21, 12),
        ([(0, 1080), (1080, 1000)], 12, 24),  # all round the clock
    ],
)
def test_the_clock_shows_the_hours_that_the_nights_need(bars, start, count):
    assert hours_needed(bars) == (start, count)


@given(st.lists(st.tuples(st.integers(0, 1439), st.integers(1, 1080)), min_size=1, max_size=7))
def test_every_bar_lies_on_the_paper(bars):
    nights = [("Mon 1", bed, long) for bed, long in bars]
    boxes = [
        one for one in _read(charts.night_strip(nights)).iter("rect") if one.get("class") == "wm-i-solid"
    ]
    assert len(boxes) >= len(bars)
    assert all(float(one.get("x", "0")) + float(one.get("width", "0")) <= 329 for one in boxes)


def test_a_night_says_its_times_and_an_unknown_one_says_so():
    tree = _read(charts.night_strip([("Mon 16", 1430, 440), ("Tue 17", None, None)]))
    assert tree.findtext("desc") == "Mon 16: in bed from 23:50 to 7:10. Tue 17: times not known."
    with pytest.raises(ValueError, match="needs nights"):
        charts.night_strip([])


def test_the_week_has_letters_rests_and_bars():
    cells = [
        HeatCell("low"),
        HeatCell("medium", "before"),
        HeatCell("high", "after"),
        HeatCell(is_noted=True),
        HeatCell(),
    ]
    tree = _read(
        charts.heat_strip([HeatDay("Sat", cells, 4), HeatDay("Sun", [HeatCell()] * 5, None)], list("abcde"))
    )
    said = [one.text for one in tree.iter("text")]
    assert {"L", "M", "H", "Sat", "Sun", "4"} <= set(said)
    assert tree.findtext("desc") == "Sat: 4 demanding hours. Sun: not enough noted yet."
    assert len(list(tree.iter("circle"))) == 4  # two rests, each on a ground of its own


def test_a_heat_strip_needs_a_cell_for_each_row():
    with pytest.raises(ValueError, match="cell for each row"):
        charts.heat_strip([HeatDay("Sat", [HeatCell()], 1)], ["a", "b"])
