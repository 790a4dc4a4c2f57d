"""A time of day as people write it: 22:30, 22.30, 2230, 10.30pm, 7, 7am, noon."""

from __future__ import annotations

import re
from datetime import time
from typing import Any

from flask_babel import gettext as _
from wtforms import Field

from webapp.design.widgets.texts import Input

_TIME = re.compile(r"(\d{1,2})(?:[:.h ]?([0-5]\d))?\s*(am|pm|a\.m\.|p\.m\.)?", re.IGNORECASE)


def read_time(text: str) -> time | None:
    """The time of day that *text* says, or None if it says none. A number alone is a full hour of 24."""
    found = _TIME.fullmatch(" ".join(text.split()).lower())
    if found is None:
        return None
    hour, minute, half = int(found[1]), int(found[2] or 0), (found[3] or "")[:1]
    if half and not 1 <= hour <= 12:
        return None
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    hour = 0 if hour == 24 and minute == 0 else hour
    return time(hour, minute) if hour <= 23 else None


class TimeField(Field):
    """A time of day. The data is a ``time``, or None if nothing was typed. What was typed comes back if refused."""

    widget = Input(width=5, autocomplete="off")

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.data.strftime("%H:%M")

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read what was typed.

        Raises:
            ValueError: it says no time, with words for the page.
        """
        text = str(valuelist[0]).strip() if valuelist else ""
        self.data = read_time(text) if text else None
        if text and self.data is None:
            raise ValueError(_("Write a time, like 22:30 or 10.30pm"))
