"""Working time: when so many working hours have passed, and when the working day ends.

A service's working hours are local times on weekdays; its closures and bank holidays count for nothing. All moments
are aware; hours are counted as they really pass, so that a change of the clocks moves no deadline.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
USUAL_HOURS = {day: (time(9), time(17)) for day in WEEKDAYS[:5]}
"""Where a service has not written down its hours. Source: project design."""
LONGEST_SEARCH_DAYS = 366


@dataclass(frozen=True)
class WorkingTime:
    """When a service works: ``hours`` holds (opens, closes) for each working weekday, ``closed`` single days off."""

    hours: Mapping[str, tuple[time, time]] = field(default_factory=lambda: USUAL_HOURS)
    closed: frozenset[date] = frozenset()
    zone: str = "Europe/London"

    def spans_from(self, moment: datetime) -> Iterator[tuple[datetime, datetime]]:
        """Every stretch of work that ends after ``moment``, as (begins, ends) in UTC, the earliest first."""
        place = ZoneInfo(self.zone)
        first_on = moment.astimezone(place).date()
        for days in range(LONGEST_SEARCH_DAYS):
            on = first_on + timedelta(days=days)
            hours = self.hours.get(WEEKDAYS[on.weekday()])
            if hours is None or on in self.closed:
                continue
            begins, ends = (datetime.combine(on, at, place).astimezone(UTC) for at in hours)
            if moment < ends:
                yield begins, ends

    def is_working_at(self, moment: datetime) -> bool:
        """Is somebody at work at this moment?"""
        return any(begins <= moment for begins, _ends in _first(self.spans_from(moment)))

    def after(self, moment: datetime, working: timedelta) -> datetime:
        """The moment by which ``working`` has passed in working time. Raises ``ValueError`` if there is no work."""
        left = working
        for begins, ends in self.spans_from(moment):
            from_at = max(begins, moment.astimezone(UTC))
            if from_at + left <= ends:
                return from_at + left
            left -= ends - from_at
        raise ValueError("no working hours are left within a year")

    def day_ends(self, moment: datetime) -> datetime:
        """The end of the working day that runs at ``moment``, or of the next one. Raises ``ValueError`` if none."""
        for _begins, ends in _first(self.spans_from(moment)):
            return ends
        raise ValueError("no working hours are left within a year")


def _first(spans: Iterator[tuple[datetime, datetime]]) -> Iterator[tuple[datetime, datetime]]:
    found = next(spans, None)
    return iter(() if found is None else (found,))


def hours_from(stored: Mapping[str, list[str]]) -> dict[str, tuple[time, time]]:
    """A service's hours as it stores them ({"mon": ["09:00", "17:00"]}), or the usual ones where it stores none."""
    found = {day: (time.fromisoformat(both[0]), time.fromisoformat(both[1])) for day, both in stored.items()}
    return found or dict(USUAL_HOURS)
