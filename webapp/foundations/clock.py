"""The only source of time. Outside production it can be moved, for web and worker alike."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

_shift_file: Path | None = None
_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def let_it_be_moved(file: Path | None) -> None:
    """Read a shift in seconds from ``file`` at every question; ``None`` forbids it (production)."""
    global _shift_file
    _shift_file = file


def now() -> datetime:
    """The present moment, aware, in UTC."""
    return _stopped.get() or datetime.now(UTC) + _shift()


@contextmanager
def standing_at(moment: datetime) -> Iterator[None]:
    """Inside this block it is ``moment`` (for histories that a demonstration or a test makes up).

    Raises:
        RuntimeError: in production, where time may not be moved.
    """
    _refuse_in_production()
    token = _stopped.set(moment)
    try:
        yield
    finally:
        _stopped.reset(token)


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
    file = _refuse_in_production()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(str(shift.total_seconds()))


def _refuse_in_production() -> Path:
    if _shift_file is None:
        raise RuntimeError("The clock cannot be moved here.")
    return _shift_file


def _shift() -> timedelta:
    if _shift_file is None:
        return timedelta()
    try:
        return timedelta(seconds=float(_shift_file.read_text()))
    except (FileNotFoundError, ValueError):
        return timedelta()
