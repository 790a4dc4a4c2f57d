"""Plain truths about inviting and starting: codes to type, twins, who may be written to, and the steps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher

# No vowels (no words come out of it) and no look-alikes: none of 0 O, 1 I L, 2 Z, 5 S, 8 B; V without U.
CODE_LETTERS = "CDFGHJKMNPQRTVWXY34679"
CODE_LENGTH = 8
ALIKE_FROM = (
    0.8  # how alike two whole names must be written; only ever a question to the clinician, never a decision
)
OLDEST_YEARS = 120
SENDS_NOTHING = frozenset({"not_suitable", "prefers_another"})
STEPS = ("about", "team", "contact", "phone", "rhythm", "language", "sign_in")


def code_of(typed: str) -> str | None:
    """The letter's code as it is stored, however it was typed ("cdfg hjkm"); None if it cannot be one."""
    code = "".join(letter for letter in typed.upper() if letter.isalnum())
    return code if len(code) == CODE_LENGTH and all(letter in CODE_LETTERS for letter in code) else None


def in_two_groups(code: str) -> str:
    """A code as people read and type it: "CDFG-HJKM"."""
    return f"{code[:4]}-{code[4:]}"


def are_alike(one: str, other: str) -> bool:
    """True if two names ("family given", no accents or case) may be the same person, born on the same day.

    The same words in another order, one part the same, or nearly the same spelling.
    """
    mine, theirs = one.split(), other.split()
    return bool(set(mine) & set(theirs)) or SequenceMatcher(None, one, other).ratio() >= ALIKE_FROM


def is_believable_birthday(born_on: date, today: date) -> bool:
    """True for a day that is past and within a human life."""
    return born_on <= today and today.year - born_on.year <= OLDEST_YEARS


def sends_something(suitability: str) -> bool:
    """False where the invitation is only written down: not suitable, or prefers another way."""
    return suitability not in SENDS_NOTHING


@dataclass(frozen=True)
class Reach:
    """What we hold and what the clinician said is safe: nothing else may be offered as a choice."""

    email: bool
    text: bool
    voicemail: bool
    letter: bool

    def possible(self) -> tuple[str, ...]:
        """The choices that the patient is given, each off until chosen."""
        return tuple(thing for thing in ("email", "text", "voicemail", "letter") if getattr(self, thing))


def steps_for(door: str, languages: int) -> tuple[str, ...]:
    """The pages of starting, in order. A refresher has no rhythm; one language is no question."""
    left_out = {"rhythm"} if door == "refresher" else set()
    if languages < 2:
        left_out.add("language")
    return tuple(step for step in STEPS if step not in left_out)


def first_open(steps: Collection[str], done: Collection[str]) -> str | None:
    """Where somebody goes on who left in the middle; None when all is done."""
    return next((step for step in steps if step not in done), None)
