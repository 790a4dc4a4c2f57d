"""Days as a table shows them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date
from flask_babel import get_locale

from webapp.foundations import clock


def near_day(day: date | datetime) -> str:
    """A day in a table: 7 Nov, with the year when it is another one."""
    only_day = day.date() if isinstance(day, datetime) else day
    return _written(only_day, only_day.year == clock.today().year, str(get_locale() or "en"))


@lru_cache(maxsize=4096)
def _written(day: date, this_year: bool, locale: str) -> str:
    """Kept, because a list names the same days again and again."""
    return format_date(day, "d MMM" if this_year else "d MMM y", locale=locale)
