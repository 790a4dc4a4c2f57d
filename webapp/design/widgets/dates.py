"""A date in three boxes, with kind words for each way it can go wrong."""

from __future__ import annotations

from datetime import date
from typing import Any

from babel.dates import get_month_names
from flask_babel import format_date, get_locale
from flask_babel import gettext as _
from markupsafe import Markup
from wtforms import Field, ValidationError

from webapp.design.widgets.group import about, attributes, component, legend

_PARTS = ("day", "month", "year")


class DateParts:
    """Day, month and year. An error marks and leads to the box that is to be put right."""

    def __call__(self, field: DatePartsField, **options: Any) -> Markup:
        """The whole group as markup. ``birthday=True`` lets the phone fill in the person's own birthday."""
        params = {**about(field, options), "fieldset": {"legend": legend(field, options)}}
        birthday = options.pop("birthday", False)
        extra = attributes(options)
        params["items"] = [self._part(field, part, birthday, extra) for part in _PARTS]
        return component("dateInput")(params)

    def _part(
        self, field: DatePartsField, part: str, birthday: bool, extra: dict[str, Any]
    ) -> dict[str, Any]:
        names = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        return {
            "name": f"{field.name}-{part}",
            "id": f"{field.id}-{part}",
            "label": names[part],
            "value": field.typed[part],
            "width": 4 if part == "year" else 2,
            "error": bool(field.errors) and part in field.wrong_parts,
            "autocomplete": f"bday-{part}" if birthday else None,
            "attributes": extra,
        }


class DatePartsField(Field):
    """A date typed as day, month, year. The data is a ``date``, or None if nothing was typed.

    The month may be a number or its name in the reader's language. *missing* is the message when all three
    boxes
    are empty; without it the date may be left out. *earliest* and *latest* are the dates allowed, both
    included.
    """

    widget = DateParts()
    data: date | None

    def __init__(
        self,
        *args: Any,
        missing: Any = None,
        earliest: date | None = None,
        latest: date | None = None,
        **kwargs: Any,
    ) -> None:
        """See the class. *missing* is a (lazily translated) sentence."""
        self.missing, self.earliest, self.latest = missing, earliest, latest
        self.typed: dict[str, str] = dict.fromkeys(_PARTS, "")
        self.wrong_parts: tuple[str, ...] = ("day",)
        super().__init__(*args, **kwargs)

    @property
    def focus_id(self) -> str:
        """The id of the first box to put right: where the error summary leads."""
        return f"{self.id}-{self.wrong_parts[0]}"

    def process(self, formdata: Any, *args: Any, **kwargs: Any) -> None:
        """Read the three boxes (or the date that the form was given)."""
        super().process(formdata, *args, **kwargs)
        if formdata is not None and any(f"{self.name}-{part}" in formdata for part in _PARTS):
            self.typed = {part: (formdata.get(f"{self.name}-{part}") or "").strip() for part in _PARTS}
            self.raw_data = [text for text in self.typed.values() if text]
            self.data = None
        elif isinstance(self.data, date):
            values = (self.data.day, self.data.month, self.data.year)
            self.typed = {part: str(value) for part, value in zip(_PARTS, values, strict=True)}

    def pre_validate(self, form: Any) -> None:
        """Turn what was typed into a date, or say kindly what is to be put right."""
        if not any(self.typed.values()):
            self.data = None
            if self.missing:
                self._refuse(str(self.missing), _PARTS)
            return
        self.data = self._read()
        self._within()

    def _read(self) -> date:
        empty = tuple(part for part in _PARTS if not self.typed[part])
        if empty:
            self._refuse(_missing_part(empty[0]), empty)
        day, year = _whole(self.typed["day"]), _whole(self.typed["year"])
        month = _month(self.typed["month"])
        if day is None or not 1 <= day <= 31:
            self._refuse(_("The day must be a number from 1 to 31"), ("day",))
        if month is None:
            self._refuse(_("The month must be a number from 1 to 12"), ("month",))
        if year is None or not 1000 <= year <= 9999:
            self._refuse(_("The year must have 4 numbers, like 1979"), ("year",))
        try:
            return date(year, month, day)  # type: ignore[arg-type]
        except ValueError:
            self._refuse(_("That month has no such day. Check the day and the month"), ("day", "month"))
            raise AssertionError("unreachable") from None

    def _within(self) -> None:
        assert self.data is not None
        if self.earliest and self.data < self.earliest:
            self._refuse(_("The date must be %(date)s or later", date=_spoken(self.earliest)), _PARTS)
        if self.latest and self.data > self.latest:
            self._refuse(_("The date must be %(date)s or earlier", date=_spoken(self.latest)), _PARTS)

    def _refuse(self, words: str, parts: tuple[str, ...]) -> None:
        self.wrong_parts = parts
        raise ValidationError(words)


def _missing_part(part: str) -> str:
    words: dict[str, str] = {
        "day": _("Fill in the day"),
        "month": _("Fill in the month"),
        "year": _("Fill in the year"),
    }
    return words[part]


def _whole(text: str) -> int | None:
    """*text* as a whole number, in any script's digits; None if it is not one."""
    return int(text) if text.isdecimal() else None


def _month(text: str) -> int | None:
    """The number of the month *text* names: "3", "March" or "mar"; None if it names none."""
    number = _whole(text)
    if number is not None:
        return number if 1 <= number <= 12 else None
    wanted = text.casefold().rstrip(".")
    locales = [str(get_locale() or "en"), "en"]
    for names in (
        get_month_names(width, locale=locale) for locale in locales for width in ("wide", "abbreviated")
    ):
        for month, name in names.items():
            if name.casefold().rstrip(".") == wanted:
                return int(month)
    return None


def _spoken(day: date) -> str:
    return str(format_date(day, "long"))
