"""Ways that the page tests walk again and again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations import clock


def day_fields(day: date, name: str = "on") -> dict[str, str]:
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def new_activity(client: LookingClient, unit: str = "time", limit: str = "pain", **more: str) -> str:
    """Begin an activity; the address of its plan."""
    page = client.submit(
        "/pacing/new/activity", {"activity": "walk", "unit": unit, "usual_limit": limit, **more}
    )
    assert page.status == 200, page.text
    return page.path.removesuffix("/tries")


def add_tries(client: LookingClient, plan: str, amounts: Sequence[str], **more: str) -> Page:
    """One try a day, the last one today."""
    today, page = clock.today(), None
    for before, amount in enumerate(reversed(amounts)):
        day = day_fields(today - timedelta(days=before))
        page = client.submit(f"{plan}/tries", {"amount": amount, **day, **(more if before == 0 else {})})
        assert page.status == 200, page.text
    assert page is not None
    return page


def begin_walk(client: LookingClient, choice: str = "pointed_to") -> str:
    """A running walk of 7 minutes from the tries 12, 6 and 9 (6 with ``lowest_try``)."""
    plan = new_activity(client)
    add_tries(client, plan, ["12", "6", "9"])
    page = client.submit(f"{plan}/start", {"choice": choice})
    assert page.path == f"{plan}/details"
    return plan


def move_days(monkeypatch, days: int) -> None:  # type: ignore[no-untyped-def]
    """Let this many days go by."""
    now = clock.now
    monkeypatch.setattr(clock, "now", lambda: now() + timedelta(days=days))
