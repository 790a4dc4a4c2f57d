"""The only source of time. Outside production it can be moved, for web and worker alike."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_shift_file: Path | None = None


def let_it_be_moved(file: Path | None) -> None:
    """Read a shift in seconds from ``file`` at every question; ``None`` forbids it (production)."""
    global _shift_file
    _shift_file = file


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return datetime.now(UTC) + _shift()


def today(zone: str = "Europe/London") -> date:
    """The local day in the IANA time zone ``zone``."""
    return now().astimezone(ZoneInfo(zone)).date()


def local(moment: datetime, zone: str = "Europe/London") -> datetime:
    """``moment`` on the clocks of ``zone``."""
    return moment.astimezone(ZoneInfo(zone))


def move(shift: timedelta) -> None:
    """Shift the clock of web and worker from now on.

    Raises:
        RuntimeError: in production, where time may not be moved.
    """
    if _shift_file is None:
        raise RuntimeError("The clock cannot be moved here.")
    _shift_file.parent.mkdir(parents=True, exist_ok=True)
    _shift_file.write_text(str(shift.total_seconds()))


def _shift() -> timedelta:
    if _shift_file is None:
        return timedelta()
    try:
        return timedelta(seconds=float(_shift_file.read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()
