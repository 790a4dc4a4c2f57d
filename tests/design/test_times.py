"""A time of day is read as people write it."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.design.widgets import read_time


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("22:30", time(22, 30)), ("22.30", time(22, 30)), ("2230", time(22, 30)), ("7", time(7)), ("7am", time(7)),
        ("12am", time(0)), ("12 pm", time(12)), ("10.30pm", time(22, 30)), ("10:30 p.m.", time(22, 30)),
        ("0:05", time(0, 5)), ("24:00", time(0)), (" 6:15 ", time(6, 15)),
        ("25:00", None), ("24:01", None), ("13pm", None), ("0am", None), ("7:60", None), ("late", None), ("", None),
        ("730", time(7, 30)),
    ],
)  # fmt: skip
def test_times_as_people_write_them(text, said):
    assert read_time(text) == said


@given(st.text(max_size=20))
def test_no_text_breaks_it(text):
    assert read_time(text) is None or isinstance(read_time(text), time)
