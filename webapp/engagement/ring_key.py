"""Who is on the list, and in which order: safety, asked, agreed, then the flags with the newest silence
first."""

from __future__ import annotations

from datetime import date, timedelta

from webapp.engagement.facts import Facts
from webapp.engagement.reason_rules import last_contact_by
from webapp.engagement.standing import Reason, ReasonKind, Standing, State, Tier
from webapp.engagement.thresholds import Thresholds

REQUEST_TIERS = {
    ReasonKind.SAFETY_ALERT: Tier.SAFETY,
    ReasonKind.ASKED_FOR_CALL: Tier.ASKED,
    ReasonKind.CALL_AGREED: Tier.AGREED,
}
STATE_TIERS = {State.RING_FIRST: Tier.RING_FIRST, State.QUIETER: Tier.QUIETER}
QUIET_STATES = {State.INVITED, State.ON_TRACK}
NEVER_FLAGGED = {State.LEFT, State.FINISHED, State.KEEPING_GOING}
MAKES_A_ROW = {
    ReasonKind.FLARE_CHECK_IN,
    ReasonKind.WEEK_TWO,
    ReasonKind.MODULE_OVERDUE,
    ReasonKind.NO_VISIT,
    ReasonKind.NOT_STARTED,
    ReasonKind.NOT_BACK,
}
LOOKS_IN = {ReasonKind.NOT_BACK, ReasonKind.NO_CALL_PLANNED}
"""Reasons that put somebody on the list whose state says nothing: no activity clock runs for them."""


def tier_of(
    state: State, reasons: tuple[Reason, ...], facts: Facts, today: date, thresholds: Thresholds
) -> Tier | None:
    """Why this enrolment is on the list today; None when it is not.

    Safety, the patient's own request and agreed dates are always on it. The rest is hidden by the patient's
    or clinician's wish, by a snooze, and for 28 days after a contact unless something new happened.
    """
    asked = [REQUEST_TIERS[reason.kind] for reason in reasons if reason.kind in REQUEST_TIERS]
    if asked:
        return min(asked)
    if _is_hidden(reasons, facts, today, thresholds):
        return None
    return _flag_tier(state, reasons, thresholds)


def _flag_tier(state: State, reasons: tuple[Reason, ...], thresholds: Thresholds) -> Tier | None:
    kinds = {reason.kind: reason for reason in reasons}
    if state in NEVER_FLAGGED or ReasonKind.PAUSED in kinds:
        return None
    if ReasonKind.FLARE_CHECK_IN in kinds:
        return Tier.CHECK_IN
    waiting = kinds.get(ReasonKind.NOT_STARTED)
    if state is State.NOT_STARTED and waiting and (waiting.number or 0) >= thresholds.not_started_call_days:
        return Tier.NOT_STARTED
    if state in QUIET_STATES and LOOKS_IN & kinds.keys():
        return Tier.LOOK_IN
    return STATE_TIERS.get(state)


def _is_hidden(reasons: tuple[Reason, ...], facts: Facts, today: date, thresholds: Thresholds) -> bool:
    if facts.asked_not_to_be_rung_on is not None and facts.asked_not_to_be_rung_on <= today:
        return True
    if facts.snoozed_until is not None and today < facts.snoozed_until:
        return True
    contact_on = last_contact_by(facts, today)
    if contact_on is None or today > contact_on + timedelta(days=thresholds.hidden_after_contact_days):
        return False
    return not _has_news(reasons, contact_on)


def _has_news(reasons: tuple[Reason, ...], contact_on: date) -> bool:
    """Did a reason's own date come on or after the contact? Only the earliest date of each kind counts.

    The same silence going on is no news; a visit after the contact and a new silence is. So is a module
    planned after the contact, unless an earlier one is still open.
    """
    first: dict[ReasonKind, date] = {}
    for reason in reasons:
        if reason.kind in MAKES_A_ROW:
            first[reason.kind] = min(reason.since_on, first.get(reason.kind, reason.since_on))
    return any(since_on >= contact_on for since_on in first.values())


_MOST_WEEKS = 0xFFFF
_MOST_POINTS = 0xFF


def ring_key(standing: Standing, today: date) -> int | None:
    """The place in the list as one number for an index; lower is rung sooner, None is not on the list.

    Bits 24 and up: the tier. Bits 8 to 23: whole weeks of silence, fewer first; for requests and promises
    instead the days waited, more first. Bits 0 to 7: 255 less the points. At most 0x07FFFFFF, so it fits any
    integer column; equal keys are ordered by the next columns of the index (name, id).
    """
    if standing.tier is None:
        return None
    middle = min(standing.silent_days // 7, _MOST_WEEKS)
    if standing.tier <= Tier.AGREED:
        middle = _MOST_WEEKS - min(_days_waited(standing, today), _MOST_WEEKS)
    return standing.tier << 24 | middle << 8 | _MOST_POINTS - standing.points


def tier_in(key: int | None) -> Tier | None:
    """The tier that a stored key says; None for whoever is not on the list."""
    return None if key is None else Tier(key >> 24)


def first_key_of(tier: Tier) -> int:
    """The lowest key that a place of this tier can have: every key below it is rung sooner."""
    return tier << 24


def _days_waited(standing: Standing, today: date) -> int:
    return max(
        (today - reason.since_on).days
        for reason in standing.reasons
        if REQUEST_TIERS.get(reason.kind) is standing.tier
    )
