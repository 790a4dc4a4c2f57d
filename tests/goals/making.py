"""What the tests of the goals room do again and again: make a goal page by page, and move the clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import clock

TEA = "Tea with Mum on Sundays"
RUNGS = ("Ring Mum and pick a day", "Half an hour at her house", "Tea and a walk to the gate")
PLAN = {
    "cue": "After breakfast",
    "weekdays": ["0", "2", "4"],
    "action": "ring Mum",
    "action_place": "in the kitchen",
}


def begin(client: LookingClient) -> str:
    """Begin a goal; returns the address of its card."""
    page = client.submit("/goals/new")
    assert page.path.endswith("/matters/family")
    return page.path.removesuffix("/matters/family")


def make(client: LookingClient, what: str = TEA, rungs: tuple[str, ...] = RUNGS, **plan: Any) -> str:
    """Make a whole goal and start it; returns the address of its card."""
    card = begin(client)
    client.submit(f"{card}/matters/friends", {"importance": "5", "lived": "2"})
    client.submit(f"{card}/gap", {"domain": "friends", "why": "I laugh more with them"})
    client.submit(f"{card}/what", {"what": what})
    for number, words in enumerate(rungs, start=1):
        client.submit(f"{card}/rung/{number}", {"what": words})
    client.submit(f"{card}/this-week", {**PLAN, **plan})
    client.submit(f"{card}/how-sure", {"number": "8"})
    page = client.submit(f"{card}/check")
    assert page.path == card, page.text
    return card


def tap(client: LookingClient, page: str, action: str, name: str = "", value: str = "") -> Page:
    """Tap a button of the form on ``page`` that posts to ``action``."""
    return client.submit(page, {name: value} if name else None, form=action)


def look_back(client: LookingClient, card: str, outcome: str, choice: str, **said: str) -> Page:
    """Look back at a goal from end to end."""
    page = client.submit(f"{card}/look-back", {"outcome": outcome})
    if page.path.endswith("/days"):
        page = client.submit(page.path, {"done": said.get("done", "2")})
    client.submit(f"{card}/look-back/helped", {"helped": said.get("helped", "")})
    client.submit(f"{card}/look-back/in-the-way", {"got_in_the_way": said.get("in_the_way", "")})
    return client.submit(f"{card}/look-back/next", {"choice": choice})


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """The clock of the application, moved on."""
    clock.move(timedelta(days=days))
    try:
        yield
    finally:
        clock.move(timedelta())
