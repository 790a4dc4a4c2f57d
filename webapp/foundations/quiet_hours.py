"""The hours of evening and night in which no message goes out that can wait: 20:00 to 08:00 on local clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

QUIET_FROM, QUIET_UNTIL = time(20), time(8)
"""Source: this project's design (issue 5): a phone beside a bed stays silent."""


def is_quiet(moment: datetime, zone: str) -> bool:
    """Is this aware moment in the quiet hours of the IANA time zone ``zone``?"""
    local = moment.astimezone(ZoneInfo(zone)).time()
    return local >= QUIET_FROM or local < QUIET_UNTIL


def after_quiet_hours(moment: datetime, zone: str) -> datetime:
    """The same moment, or the next 08:00 on the clocks of ``zone`` if it is in quiet hours; aware, in UTC."""
    if not is_quiet(moment, zone):
        return moment
    local = moment.astimezone(ZoneInfo(zone))
    day = local.date() + timedelta(days=1) if local.time() >= QUIET_FROM else local.date()
    return datetime.combine(day, QUIET_UNTIL, ZoneInfo(zone)).astimezone(UTC)
