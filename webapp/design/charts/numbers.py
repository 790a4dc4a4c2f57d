"""Amounts as words on a drawing: 9½, 12, 7.3."""

from __future__ import annotations

from decimal import Decimal

from flask_babel import format_decimal

_PARTS = {Decimal("0.25"): "¼", Decimal("0.5"): "½", Decimal("0.75"): "¾"}


def amount(value: int | float | Decimal) -> str:
    """*value* as short as it can be said: quarters as fractions, otherwise one decimal place, in the
    page's language."""
    exact = Decimal(str(value))
    whole, part = divmod(exact, 1)
    if part in _PARTS:
        return f"{format_decimal(whole) if whole else ''}{_PARTS[part]}"
    return str(format_decimal(round(exact, 1)))
