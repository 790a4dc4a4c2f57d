"""Days that count. Dates only, so neither a clock change nor a leap day can move anything."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

_FOREVER = date.max.toordinal()


@dataclass(frozen=True, slots=True)
class Span:
    """Days from ``from_on`` to ``until_on``, both included; ``until_on`` None means that no end is known yet.

    Raises ValueError when the end lies before the beginning.
    """

    from_on: date
    until_on: date | None = None

    def __post_init__(self) -> None:
        if self.until_on is not None and self.until_on < self.from_on:
            raise ValueError(f"a span cannot end on {self.until_on}, before it begins on {self.from_on}")

    def covers(self, day: date) -> bool:
        """Is this day one of the span's days?"""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


class Clock:
    """Counts days and leaves out those on which the clock stood still (pauses, flare-ups, closures)."""

    __slots__ = ("_ends", "_stops")

    def __init__(self, stops: Iterable[Span] = ()) -> None:
        self._stops = _merged(stops)
        self._ends = [end for _, end in self._stops]

    def days_between(self, since_on: date, day: date) -> int:
        """How many counting days lie after ``since_on``, up to and including ``day``; 0 if there are none."""
        first, last = since_on.toordinal() + 1, day.toordinal()
        stopped = 0
        for begin, end in self._stops[bisect_left(self._ends, first) :]:
            if begin > last:
                break
            stopped += min(end, last) - max(begin, first) + 1
        return max(0, last - first + 1 - stopped)

    def day_after(self, since_on: date, days: int) -> date | None:
        """The day on which ``days`` counting days have passed since ``since_on``; None if an open pause is
        in the way.

        ``days`` is at least 1.
        """
        since = since_on.toordinal()
        day = since + days
        for begin, end in self._stops[bisect_left(self._ends, since + 1) :]:
            if begin > day:
                break
            day += end - max(begin, since + 1) + 1
        return date.fromordinal(day) if day <= _FOREVER else None

    def day_before(self, day: date, days: int) -> date:
        """The latest date after which ``days`` counting days have passed by the end of ``day``."""
        last = day.toordinal()
        start = last - days
        for begin, end in reversed(self._stops):
            if begin > last:
                continue
            if end <= start:
                break
            start -= min(end, last) - begin + 1
        return date.fromordinal(max(1, start))


def _merged(spans: Iterable[Span]) -> tuple[tuple[int, int], ...]:
    """The spans as sorted pairs of day numbers that neither overlap nor touch."""
    merged: list[tuple[int, int]] = []
    for begin, end in sorted(_numbers(span) for span in spans):
        if merged and begin <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((begin, end))
    return tuple(merged)


def _numbers(span: Span) -> tuple[int, int]:
    return span.from_on.toordinal(), _FOREVER if span.until_on is None else span.until_on.toordinal()
