"""Days as a table shows them."""

from __future__ import annotations

from datetime import date, datetime

from flask_babel import format_date

from webapp.foundations import clock


def near_day(day: date | datetime) -> str:
    """A day in a table: 7 Nov, with the year when it is another one."""
    return str(format_date(day, "d MMM" if day.year == clock.today().year else "d MMM y"))
