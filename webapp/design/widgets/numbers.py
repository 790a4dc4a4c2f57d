"""A number as people write it: 12, 12.5, 12,5, 12 ½, 1/2; minutes also as 7:30."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import Any

from babel.numbers import format_decimal
from flask_babel import get_locale
from flask_babel import gettext as _
from wtforms import Field, ValidationError

from webapp.design.widgets.texts import Input

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)?|[.,]\d+")
_FRACTION = re.compile(r"(?:(\d+)\s+)?(\d+)/(\d+)")
_CLOCK = re.compile(r"(\d+):([0-5]\d)")
_LONGEST = 20


def read_number(text: str, *, minutes: bool = False) -> Decimal | None:
    """The number that *text* says, or None if it says none. Never negative.

    A comma is a decimal comma, unless exactly three digits follow it (1,200 is one thousand two hundred).
    With
    *minutes*, ``7:30`` is seven and a half minutes and the result is rounded to a hundredth of a minute.
    """
    tidy = _spell_out(text)
    if len(tidy) > _LONGEST:
        return None
    clock = _CLOCK.fullmatch(tidy)
    if clock:
        if not minutes:
            return None
        return (int(clock[1]) + Decimal(int(clock[2])) / 60).quantize(Decimal("0.01"))
    fraction = _FRACTION.fullmatch(tidy)
    if fraction:
        return _from_fraction(fraction)
    if _THOUSANDS.fullmatch(tidy):
        return Decimal(tidy.replace(",", ""))
    return Decimal(tidy.replace(",", ".")) if _DECIMAL.fullmatch(tidy) else None


def _from_fraction(match: re.Match[str]) -> Decimal | None:
    whole, top, bottom = int(match[1] or 0), int(match[2]), int(match[3])
    return (whole + Decimal(top) / bottom).quantize(Decimal("0.0001")).normalize() if bottom else None


def _spell_out(text: str) -> str:
    """*text* with any script's digits as 0 to 9, ``½`` as ``1/2``, Arabic separators as ours, single
    blanks."""
    spelt = []
    for character in text.strip():
        digit = unicodedata.decimal(character, None)
        if digit is not None:
            spelt.append(str(digit))
        elif unicodedata.decomposition(character).startswith("<fraction>"):
            spelt.append(" " + unicodedata.normalize("NFKC", character).replace("\u2044", "/"))
        else:
            spelt.append(
                {"\u066b": ",", "\u066c": "", "\u2044": "/", "\u00a0": " "}.get(character, character)
            )
    return " ".join("".join(spelt).split())


class NumberField(Field):
    """A number. The data is a ``Decimal``, or None if nothing was typed.

    *least* and *most* are the numbers allowed, both included; *unit* stands behind the box. What was typed
    comes
    back as it was typed if it is refused.
    """

    widget = Input(inputmode="decimal", width=5, autocomplete="off")

    def __init__(
        self,
        *args: Any,
        least: int | Decimal | None = None,
        most: int | Decimal | None = None,
        minutes: bool = False,
        whole: bool = False,
        unit: Any = None,
        **kwargs: Any,
    ) -> None:
        """*minutes*: 7:30 may be typed; *whole*: no fractions (repetitions, steps)."""
        self.least, self.most, self.minutes, self.whole = least, most, minutes, whole
        keyboard = "numeric" if whole else ("text" if minutes else "decimal")
        kwargs.setdefault("widget", Input(inputmode=keyboard, width=5, autocomplete="off", suffix=unit))
        super().__init__(*args, **kwargs)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else _said(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed.

        Raises:
            ValueError: it says no number, with words for the page.
        """
        text = valuelist[0].strip() if valuelist else ""
        self.data = read_number(text, minutes=self.minutes) if text else None
        if text and self.data is None:
            raise ValueError(
                _("Write the minutes as a number, like 7 or 7:30")
                if self.minutes
                else _("Write a number, like 7 or 7.5")
            )

    def pre_validate(self, form: Any) -> None:
        """Hold the number against what is allowed."""
        if self.data is None:
            return
        if self.whole and self.data != self.data.to_integral_value():
            raise ValidationError(_("Write a whole number, like 7"))
        if self.least is not None and self.data < self.least:
            raise ValidationError(_("Write a number of %(least)s or more", least=_said(self.least)))
        if self.most is not None and self.data > self.most:
            raise ValidationError(_("Write a number of %(most)s or less", most=_said(self.most)))


def _said(number: int | Decimal) -> str:
    """*number* with all its digits, in the page's language."""
    return str(format_decimal(number, locale=get_locale() or "en", decimal_quantization=False))
