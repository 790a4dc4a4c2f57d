"""Means, sizes of change and shares as people write them, in the reader's language."""

from __future__ import annotations

from flask_babel import format_decimal

MINUS = "\N{MINUS SIGN}"


def to_places(value: float, places: int) -> str:
    """A number with always as many decimal places: 4.50, 0.0 and never -0.0."""
    rounded = round(value, places) + 0.0
    return str(format_decimal(rounded, f"0.{'0' * places}")).replace("-", MINUS)


def signed(value: float, places: int) -> str:
    """The same with a plus before what is above 0."""
    return f"{'+' if round(value, places) > 0 else ''}{to_places(value, places)}"


def per_cent(value: float) -> str:
    """A share out of a hundred in whole numbers, without its sign."""
    return str(format_decimal(round(value)))
