"""Numbers, names and opening hours in the reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from babel.dates import get_day_names
from flask_babel import format_date, format_decimal, get_locale

from webapp.foundations import clock

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def score_number(value: Decimal | int) -> str:
    """A score as people write it: 18, 5.7, and never 18.0."""
    exact = Decimal(value)
    whole = exact == exact.to_integral_value()
    return str(format_decimal(int(exact) if whole else exact.normalize()))


def within_sentence(name: str) -> str:
    """A name for the middle of a sentence: *Confidence score* → *confidence score*, but *PEG* stays."""
    plain = len(name) > 1 and name[1].islower()
    return name[:1].lower() + name[1:] if plain else name


def chart_day(day: date) -> str:
    """A day under a small chart: 3 Jun, or Jun 2025 when it is of another year. The table has it whole."""
    return str(format_date(day, "d MMM" if day.year == clock.today().year else "MMM y"))


def opening_hours(hours: Mapping[str, Sequence[str]]) -> list[tuple[str, str, str, str]]:
    """(first day, last day, opens, closes) for each run of days with the same hours."""
    names = get_day_names("wide", locale=get_locale() or "en")
    runs: list[list[int]] = []
    for number, day in enumerate(WEEKDAYS):
        if day not in hours:
            continue
        if runs and runs[-1][-1] == number - 1 and hours[WEEKDAYS[runs[-1][0]]] == hours[day]:
            runs[-1].append(number)
        else:
            runs.append([number])
    return [(names[run[0]], names[run[-1]], *_times(hours[WEEKDAYS[run[0]]])) for run in runs]


def _times(opens_and_closes: Sequence[str]) -> tuple[str, str]:
    opens, closes = opens_and_closes
    return opens, closes
