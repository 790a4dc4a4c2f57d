"""The hours: when messages of the day are written, and how long one keeps the next away."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from webapp.reminders.rules import HOURS_BETWEEN, WRITTEN_FROM_HOUR, WRITTEN_UNTIL_HOUR


def is_written_now(now: datetime, zone: str) -> bool:
    """Is this aware moment within the hours of writing on the clocks of ``zone``?"""
    return WRITTEN_FROM_HOUR <= now.astimezone(ZoneInfo(zone)).hour < WRITTEN_UNTIL_HOUR


def must_wait(last_at: datetime | None, now: datetime) -> bool:
    """Is it less than 48 hours since the last message?"""
    return last_at is not None and now < last_at + HOURS_BETWEEN


def day_to_write_on(last_at: datetime, zone: str) -> date:
    """The first local day on whose hours of writing 48 hours since the last message are over."""
    free = (last_at + HOURS_BETWEEN).astimezone(ZoneInfo(zone))
    over_for_today = free.time() >= time(WRITTEN_UNTIL_HOUR)
    return free.date() + timedelta(days=1) if over_for_today else free.date()
