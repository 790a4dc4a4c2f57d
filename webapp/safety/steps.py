"""The log of an alert: one row for each thing that happened with it."""

from __future__ import annotations

from datetime import datetime

from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.safety.models import Alert, Step

STEPS = (
    "raised", "joined", "found", "told", "not_told", "seen", "owned", "passed_on", "handed_up", "went_up",
    "action", "said", "closed", "reopened",
)  # fmt: skip
"""``found``: the five-minute check found a trigger without an alert. ``went_up``: nobody owned it in time.
``said``: somebody who may not own alerts wrote that they handed it over, to ``to_name``."""


def write_step(
    alert: Alert,
    step: str,
    *,
    by: Actor | None = None,
    to_name: str | None = None,
    action: str | None = None,
    note: str = "",
    at: datetime | None = None,
) -> None:
    """Add a row to the alert's log; ``by`` None is the programme itself."""
    assert step in STEPS, step
    db.session.add(
        Step(
            service_id=alert.service_id,
            alert_id=alert.id,
            at=at or clock.now(),
            step=step,
            by_name=by.name if by else "",
            account_id=by.account_id if by else None,
            to_name=to_name,
            action=action,
            note=note,
        )
    )
    db.session.flush()
