"""What the log of flags holds: when a row is written, and the numbers that the rules saw."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import fields
from datetime import date, timedelta
from typing import Any

from webapp.engagement.facts import Facts, flare_pauses
from webapp.engagement.ring_key import tier_in
from webapp.engagement.signal_rules import Signals, signals_of
from webapp.engagement.standing import RULES_VERSION, Reason, ReasonKind, Standing
from webapp.engagement.thresholds import DEFAULT, Thresholds

MOVES_DAILY = {ReasonKind.FEW_DAYS}
"""Reasons whose date is the first day of a window that moves with the calendar: a new date is no news."""

Stored = Mapping[str, Any]
"""A reason as a row keeps it."""


def is_news(state: str | None, ring_key: int | None, reasons: Iterable[Stored], standing: Standing) -> bool:
    """Has the state, the place on the list (its tier) or the set of reasons changed since the stored row?

    ``state`` is None where nothing was stored. A number that only counts on (silent days, points) is no news.
    """
    if state != standing.state.value or tier_in(ring_key) != standing.tier:
        return True
    return {_stored_mark(one) for one in reasons} != {_mark(one) for one in standing.reasons}


def _stored_mark(stored: Stored) -> tuple[str, str | None, str | None]:
    moves = stored["kind"] in MOVES_DAILY
    return stored["kind"], None if moves else stored["since_on"], stored.get("module")


def _mark(reason: Reason) -> tuple[str, str | None, str | None]:
    moves = reason.kind in MOVES_DAILY
    return reason.kind.value, None if moves else reason.since_on.isoformat(), reason.module


def seen(facts: Facts, today: date, thresholds: Thresholds) -> dict[str, Any]:
    """The numbers that the rules saw on this day, ready for JSON: enough to check each reason by hand.

    ``thresholds`` names only those that differ from the project's; ``closed`` the closed days since the last
    visit; ``paused`` the pauses and flare-ups that touch the days since then.
    """
    signals = signals_of(facts, today, thresholds)
    return {
        "version": RULES_VERSION,
        "door": facts.door.value,
        "rhythm": facts.rhythm.value,
        "way": facts.way.value,
        "invited_on": facts.invited_on.isoformat(),
        "started_on": _text(signals.started_on),
        "seen_on": signals.seen_on.isoformat(),
        "silent_days": signals.silent_days,
        "active_days": signals.recent_days,
        "window_days": thresholds.window_days,
        "week_one_days": signals.week_one_days,
        "open_modules": {one.name: _text(one.planned_on) for one in signals.overdue},
        "pace": round(signals.pace, 3),
        "contact_on": _text(facts.last_contact_on),
        "paused": _stops(facts, signals, thresholds),
        "closed": [day.isoformat() for day in sorted(facts.closures) if signals.seen_on < day <= today],
        "thresholds": _differing(thresholds),
    }


def _stops(facts: Facts, signals: Signals, thresholds: Thresholds) -> list[list[str | None]]:
    spans = (*facts.pauses, *flare_pauses(facts.flares, thresholds.flare_pause_days))
    since = signals.seen_on + timedelta(days=1)
    return [
        [span.from_on.isoformat(), _text(span.until_on)]
        for span in sorted(spans, key=lambda one: one.from_on)
        if span.from_on <= signals.today and (span.until_on is None or span.until_on >= since)
    ]


def _differing(thresholds: Thresholds) -> dict[str, int]:
    given = {one.name: getattr(thresholds, one.name) for one in fields(Thresholds)}
    return {name: number for name, number in given.items() if number != getattr(DEFAULT, name)}


def _text(day: date | None) -> str | None:
    return day.isoformat() if day else None
