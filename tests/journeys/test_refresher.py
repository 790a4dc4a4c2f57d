"""The refresher: everything is open from the first moment, and no day is ever named."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.journeys.browser import DESK, Person
from webapp.foundations import clock

DAYS = re.compile(
    r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|opens on|not open)\b", re.IGNORECASE
)
MODULES = ("Start here", "Understanding persistent pain", "Pacing", "Goals and values")


def test_a_refresher_finds_everything_open_and_never_a_date(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given Marjorie has done a programme before; when she looks round;
    then all is open, today and three weeks on.
    """
    marjorie = signed_in("marjorie").goes_to("/course").sees("Everything is open.").does_not_see(DAYS)
    for module in MODULES:
        marjorie.sends("Course").sends(module, exact=False).sees_heading(module).does_not_see(DAYS)
    marjorie.sends("Start", exact=False).sends("Next:", exact=False).sends("Stop here for today")
    marjorie.sees("Goals and values").does_not_see(DAYS).finds_nothing_wrong()

    clock.move(timedelta(days=21))
    marjorie.goes_to("/today").does_not_see(DAYS).goes_to("/course").does_not_see(DAYS).finds_nothing_wrong()


def test_a_refresher_at_a_desk(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a wide screen; when Marjorie opens the course there; then it is the same course."""
    signed_in("marjorie", size=DESK).goes_to("/course").sees("Everything is open.").finds_nothing_wrong()
