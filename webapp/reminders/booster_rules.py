"""On which days a booster may be told of: the same as Today offers it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from webapp.course.rules_route import USUAL, RouteSettings, add_months
from webapp.reminders.case_rules import Booster

ONE_DAY = timedelta(days=1)


def boosters_ahead(
    since_on: date, looked_on: Iterable[date], settings: RouteSettings = USUAL
) -> tuple[Booster, ...]:
    """Every booster with the days on which it is offered; none that a look at the skills, on its day or later, settled."""
    latest_look = max(looked_on, default=date.min)
    days = [add_months(since_on, months) for months in settings.booster_months]
    ends = [*(day - ONE_DAY for day in days[1:]), date.max]
    return tuple(
        Booster(months, day, min(end, day + timedelta(days=settings.booster_shown_days - 1)))
        for months, day, end in zip(settings.booster_months, days, ends, strict=True)
        if latest_look < day
    )
