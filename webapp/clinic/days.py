"""Days and moments as a table shows them."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache

from babel.dates import format_date, get_day_names
from flask_babel import get_locale

from webapp.foundations import clock

from .rules import WEEKDAYS


def near_day(day: date | datetime) -> str:
    """A day in a table: 7 Nov, with the year when it is another one."""
    only_day = day.date() if isinstance(day, datetime) else day
    return _written(only_day, only_day.year == clock.today().year, str(get_locale() or "en"))


@lru_cache(maxsize=4096)
def _written(day: date, this_year: bool, locale: str) -> str:
    """Kept, because a list names the same days again and again."""
    return format_date(day, "d MMM" if this_year else "d MMM y", locale=locale)


def moment_of(at: datetime, zone: str) -> str:
    """A moment in a table, on the clocks of ``zone``: 7 Nov, 11:00."""
    local = clock.local(at, zone)
    return f"{near_day(local)}, {local:%H:%M}"


def near_moment(at: datetime, zone: str) -> str:
    """The same, without the day where it is today: 11:00."""
    return f"{clock.local(at, zone):%H:%M}" if is_today(at, zone) else moment_of(at, zone)


def is_today(at: datetime, zone: str) -> bool:
    """Does the moment lie in today, on the clocks of ``zone``?"""
    return clock.local(at, zone).date() == clock.today(zone)


def weekday_words(code: str) -> str:
    """A day of the week in the page's language: ``mon`` is Mon."""
    names = get_day_names("abbreviated", locale=str(get_locale() or "en"))
    return str(names[WEEKDAYS.index(code)])
