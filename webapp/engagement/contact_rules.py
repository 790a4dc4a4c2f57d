"""What can come of a contact, why a patient left, and what else could be offered: short codes, no words.

Source of the codes: this project's review of outcome coding in guided internet programmes (evidence.md 5.4).
"""

from __future__ import annotations

from datetime import datetime, timedelta

UNDO_WITHIN = timedelta(minutes=10)
"""So long a contact may be taken back by a tap. Source: project design."""

CHANNELS = {
    "reached_continuing": "call",
    "reached_plan_changed": "call",
    "reached_pausing": "call",
    "reached_stopping": "call",
    "worried_about_safety": "call",
    "no_answer": "call",
    "voicemail_left": "call",
    "wrong_number": "call",
    "third_party": "call",
    "text_sent": "text",
    "email_sent": "email",
    "letter_sent": "letter",
    "message_answered": "text",
}
"""Every outcome, and the way by which it is reached."""

OUTCOMES = tuple(CHANNELS)
ANSWERED = frozenset(
    {
        "reached_continuing",
        "reached_plan_changed",
        "reached_pausing",
        "reached_stopping",
        "worried_about_safety",
        "message_answered",
    }
)
"""Outcomes with an answer by the patient; the others are tries."""

LEFT_REASONS = (
    "got_better",
    "not_relevant",
    "no_time",
    "too_unwell",
    "flare_up",
    "low_mood",
    "other_health",
    "technical",
    "reading",
    "wants_people",
    "privacy",
    "no_response",
    "died",
    "other",
)
"""Why a patient left, in the order in which it is asked; the patient's own page and the call log use the same."""

DIED = "died"
"""Staff were told that the patient has died: nothing more is written to that address, not even a goodbye."""

SAID_BY_STAFF_ONLY = frozenset({"no_response", DIED})
PAUSE_REASONS = ("holiday", "operation", "flare", "life", "other")
ALTERNATIVES = ("group", "one_to_one", "paper", "phone", "later")
"""What can be offered instead: a group, appointments in person, a booklet, calls, or coming back later."""


def may_be_undone(logged_at: datetime, now: datetime) -> bool:
    """True for the first ten minutes after a contact was logged."""
    return now - logged_at <= UNDO_WITHIN
