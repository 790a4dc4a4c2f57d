"""Colours: every pair that meets on a page can be read, in the light and in the dark."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

PALETTE = json.loads((Path(__file__).parents[2] / "webapp/design/palette.json").read_text())
# WCAG 2.2: text 4.5 (success criterion 1.4.3); the edge of a control or a drawing 3 (1.4.11).
TEXT, EDGE = 4.5, 3.0
GROUNDS = ("page", "card", "mist")
TEXTS = [
    *((ink, ground) for ink in ("ink", "soft", "accent", "link", "link-been", "link-over", "red") for
    ground in GROUNDS),
    ("ink", "grey-soft"), ("ink", "hush"), ("accent", "hush"), ("ink", "line"), ("ink", "amber-soft"),
    ("amber-ink", "amber-soft"), ("amber-ink", "card"), ("red", "red-soft"), ("ink", "red-soft"),
    ("blue-ink", "blue-soft"), ("on-bar", "bar"), ("on-action", "action"), ("on-action", "action-deep"),
    ("on-action", "stop"), ("on-action", "stop-deep"), ("on-focus", "focus"), ("on-focus", "amber"),
    ("card", "accent"),
]  # fmt: skip
EDGES = [("edge", "card"), ("edge", "page"), ("accent", "card"), ("amber-line", "card"), ("red", "card")]


def _light(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else float(((share + 0.055) / 1.055) ** 2.4)


def _luminance(colour: str) -> float:
    red, green, blue = (_light(int(colour[at : at + 2], 16)) for at in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_the_arithmetic_is_that_of_the_standard() -> None:
    assert _contrast("#000000", "#ffffff") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), TEXTS)
def test_words_can_be_read(ink: str, ground: str, scheme: int) -> None:
    assert _contrast(PALETTE[ink][scheme], PALETTE[ground][scheme]) >= TEXT


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(("edge", "ground"), EDGES)
def test_edges_can_be_seen(edge: str, ground: str, scheme: int) -> None:
    assert _contrast(PALETTE[edge][scheme], PALETTE[ground][scheme]) >= EDGE
