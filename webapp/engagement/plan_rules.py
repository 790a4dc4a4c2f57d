"""The patient's own plan: which module on which day, moved by pauses."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from webapp.engagement.day_rules import Clock, Span
from webapp.engagement.facts import Milestone, Rhythm

DAYS_A_MODULE = {Rhythm.WEEKLY: 7, Rhythm.FORTNIGHTLY: 14}
"""Days from one planned module to the next. Source: the patient's own choice at activation (PRODUCT, two
doors)."""


def planned_dates(
    milestones: Sequence[Milestone],
    started_on: date | None,
    rhythm: Rhythm,
    pauses: Iterable[Span] = (),
) -> tuple[Milestone, ...]:
    """The same milestones with their planned days: module k at the start plus k times 7 or 14 counting days.

    Days in ``pauses`` (pass pauses and flare-ups, see ``facts.flare_pauses``) do not count; behind a pause
    without an end nothing is planned yet. At one's own speed, on the refresher door (pass OWN_SPEED) and
    before the start there is no plan: every ``planned_on`` is None. AS_PLANNED leaves the given days.
    """
    if rhythm is Rhythm.AS_PLANNED:
        return tuple(milestones)
    step = DAYS_A_MODULE.get(rhythm)
    if step is None or started_on is None:
        return tuple(replace(one, planned_on=None) for one in milestones)
    clock = Clock(pauses)
    return tuple(
        replace(one, planned_on=clock.day_after(started_on, number * step))
        for number, one in enumerate(milestones, start=1)
    )
