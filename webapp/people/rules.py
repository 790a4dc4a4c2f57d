"""Roles and session limits: plain truths, standard library only."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta

SHORTEST_PASSWORD = 15  # NIST SP 800-63B-4: at least 15 characters where a password stands alone
LONGEST_PASSWORD = 128
ADULT_AT_YEARS = 18

CAPABILITIES = {
    "patient": {"use_account", "follow_course"},
    "caller": {"use_account", "prove_second_factor", "ring", "see_patients"},
    "clinician": {
        "use_account", "prove_second_factor", "see_patients", "read_answers", "ring", "invite",
        "preview_content",
    },
    "author": {"use_account", "prove_second_factor", "preview_content"},
    "lead": {
        "use_account", "prove_second_factor", "see_patients", "read_answers", "ring", "invite",
        "preview_content", "lead_service",
    },
    "administrator": {"use_account", "prove_second_factor", "administer", "preview_content"},
}  # fmt: skip


@dataclass(frozen=True)
class Limits:
    """How long a session lives without use (``idle``) and at most (``whole``)."""

    idle: timedelta
    whole: timedelta


# Issue 2, "What it stands on"; NHS service manual: an inactivity limit of at least 20 hours for the public.
LIMITS = {
    "own_phone": Limits(timedelta(days=14), timedelta(days=30)),
    "shared": Limits(timedelta(hours=20), timedelta(hours=20)),
    "staff": Limits(timedelta(minutes=15), timedelta(hours=12)),
}


def session_is_over(kind: str, started_at: datetime, last_seen_at: datetime, now: datetime) -> bool:
    """True from the first moment past the idle or the whole limit of this kind of session."""
    limits = LIMITS[kind]
    return now - last_seen_at > limits.idle or now - started_at > limits.whole


def age_years(born_on: date, today: date) -> int:
    """Whole years lived."""
    return today.year - born_on.year - ((today.month, today.day) < (born_on.month, born_on.day))


def plain_key(*parts: str) -> str:
    """Parts joined, without accents, case or doubled spaces: for searching and sorting the same on
    every machine.
    """
    joined = " ".join(part for part in parts if part)
    letters = unicodedata.normalize("NFKD", joined)
    return " ".join("".join(c for c in letters if not unicodedata.combining(c)).casefold().split())
