"""Changing a service's settings: one audit row a change, and every room that depends on it is told."""

from __future__ import annotations

import struct
from collections.abc import Callable
from datetime import date
from typing import Any

from webapp.foundations import audit, clock
from webapp.foundations.access import Actor

from .models import Service

LARGEST_LOGO_BYTES = 60 * 1024
LARGEST_LOGO_PIXELS = 2000
PNG_BEGINS = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"
PNG_ENDS = b"IEND\xaeB`\x82"
NUMBERS = ("thresholds", "pacing")
Told = Callable[[Service, set[str], Actor], None]
after_change: list[Told] = []


def tell_me_of_changes(told: Told) -> Told:
    """Register ``told(service, names of changed fields, by)``, called in the same transaction."""
    if told not in after_change:
        after_change.append(told)
    return told


def change(service: Service, changes: dict[str, Any], *, by: Actor) -> None:
    """Set these fields.

    A change of the clinical numbers takes their signature away: they are to be signed again.
    """
    changed = {name for name, value in changes.items() if getattr(service, name) != value}
    if not changed:
        return
    for name in changed:
        setattr(service, name, changes[name])
    if changed & set(NUMBERS):
        service.numbers_signed_by, service.numbers_signed_on = "", None
    audit.record(by, "changed", "service", service.id, fields=changed)
    for told in after_change:
        told(service, changed, by)


def sign_numbers(service: Service, name: str, *, by: Actor) -> None:
    """Somebody has read the proposed numbers and answers for them in this service, from today."""
    change(service, {"numbers_signed_by": name, "numbers_signed_on": clock.today(service.time_zone)}, by=by)


def add_closure(service: Service, day: date, *, by: Actor) -> None:
    """A day on which nobody works."""
    change(service, {"closures": sorted({*service.closures, day.isoformat()})}, by=by)


def remove_closure(service: Service, day: str, *, by: Actor) -> None:
    """The service works on this day after all."""
    change(service, {"closures": [known for known in service.closures if known != day]}, by=by)


def add_crisis_line(service: Service, name: str, number: str, how: str, *, by: Actor) -> None:
    """A number for a crisis, checked today by whoever adds it."""
    today = clock.today(service.time_zone).isoformat()
    line = {"name": name, "number": number, "how": how, "checked_on": today}
    change(service, {"crisis_lines": [*service.crisis_lines, line]}, by=by)


def check_crisis_line(service: Service, place: int, *, by: Actor) -> None:
    """Somebody rang the number today and it is right.

    ``place`` counts from 0; IndexError if there is none.
    """
    today = clock.today(service.time_zone).isoformat()
    lines = [dict(line) for line in service.crisis_lines]
    lines[place]["checked_on"] = today
    change(service, {"crisis_lines": lines}, by=by)


def remove_crisis_line(service: Service, place: int, *, by: Actor) -> None:
    """Take a number off the page. IndexError if there is none."""
    lines = list(service.crisis_lines)
    del lines[place]
    change(service, {"crisis_lines": lines}, by=by)


def is_small_png(file: bytes) -> bool:
    """True for a PNG of at most 60 kB and 2,000 pixels a side, judged by its bytes and not by its name."""
    if len(file) > LARGEST_LOGO_BYTES or not file.startswith(PNG_BEGINS) or not file.endswith(PNG_ENDS):
        return False
    width, height = struct.unpack(">II", file[16:24])
    return all(0 < side <= LARGEST_LOGO_PIXELS for side in (int(width), int(height)))
