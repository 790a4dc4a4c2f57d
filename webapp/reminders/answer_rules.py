"""What one tap may say, and from which day on we may write again. Standard library only, no words."""

from __future__ import annotations

from datetime import date, timedelta

from webapp.reminders.rules import Answer

BUSY_DAYS = 7
"""So long nothing is written after "busy". Source: project design (PLAN of issue 5); evidence.md 5.4, "remind me on"."""

MOST_DAYS = 28
"""The furthest day that a link may set without signing in. Source: project design; a longer rest is set under *Me*."""

LONGEST_QUIET_DAYS = 366
"""The furthest day that a signed-in patient may set: a mistyped year would stop every message for good."""

OFFERED_DAYS = (1, 7, 14, 28)
"""What the page offers to tap, in days from today."""

IN_ADDRESSES = {
    Answer.BUSY: "busy",
    Answer.FLARE_UP: "bad-spell",
    Answer.STUCK: "stuck",
    Answer.NOT_FOR_ME: "not-for-me",
    Answer.LATER: "later",
}
"""How an answer is called in an address: plain e-mails show addresses, so that none has a word about health."""

ABOUT = {Answer.STUCK: "website", Answer.NOT_FOR_ME: "not_for_me"}
"""What the call is about that an answer asks for (``CallRequest.about``)."""


def answer_called(name: str) -> Answer | None:
    """The answer of this name in an address, as above or by its code; None if there is none."""
    named = {**{code: answer for answer, code in IN_ADDRESSES.items()}, **{one.value: one for one in Answer}}
    return named.get(name)


def may_be_set(on: date | None, today: date, most_days: int = MOST_DAYS) -> bool:
    """May this be the day from which on we write again? Tomorrow at the earliest."""
    return on is not None and today < on <= today + timedelta(days=most_days)


def write_again_on(answer: Answer, asked_for: date | None, today: date) -> date | None:
    """The day that an answer sets: a week on for busy, the one that was asked for for later; else None.

    Raises:
        ValueError: ``later`` without a day, or with one that may not be set.
    """
    if answer is Answer.BUSY:
        return today + timedelta(days=BUSY_DAYS)
    if answer is not Answer.LATER:
        return None
    if not may_be_set(asked_for, today):
        raise ValueError(f"{asked_for} may not be set on {today}")
    return asked_for
