"""When a password is good enough: plain truths, standard library only.

Length is what counts (NIST SP 800-63B-4, 3.1.1.2): 15 to 128 characters, any characters, no rule
about which kinds.
Refused are only passwords that a stranger would try first.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from itertools import pairwise

from .rules import LONGEST_PASSWORD, SHORTEST_PASSWORD

FEWEST_DIFFERENT_CHARACTERS = 5
SHORTEST_NAME = 4  # a shorter piece of a name stands in too many innocent words
MOSTLY = 0.75  # of the steps from one character to the next
ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm", "1234567890", "abcdefghijklmnopqrstuvwxyz", "0123456789")
NEXT_TO = frozenset(
    pair for row in ROWS for a, b in pairwise(row) for pair in (a + b, b + a)
)  # fmt: skip
SAID_OTHERWISE = str.maketrans("0134578@$!", "oieastbasi")
DIGITS = "0123456789"
AT_AN_END = DIGITS + "!@$?.*#-_ "
EVERYDAY_WORDS = frozenset({"pain", "service", "clinic", "team", "hospital", "health", "centre", "example"})


class Refusal(StrEnum):
    """Why a password is not accepted."""

    TOO_SHORT = "too_short"
    TOO_LONG = "too_long"
    COMMON = "common"
    REPEATED = "repeated"
    SEQUENCE = "sequence"
    HOLDS_A_NAME = "holds_a_name"


def why_refused(password: str, common: frozenset[str], names: Iterable[str] = ()) -> Refusal | None:
    """Why this password would be guessed soon, or None if it is good.

    ``common`` are folded common passwords (see ``folded``); ``names`` are the person's own and the service's.
    """
    if len(password) < SHORTEST_PASSWORD:
        return Refusal.TOO_SHORT
    if len(password) > LONGEST_PASSWORD:
        return Refusal.TOO_LONG
    if is_common(password, common):
        return Refusal.COMMON
    if is_repeated(password):
        return Refusal.REPEATED
    if is_sequence(password):
        return Refusal.SEQUENCE
    return Refusal.HOLDS_A_NAME if holds_a_name(password, names) else None


def folded(password: str) -> str:
    """The password without case, accents, blanks or punctuation: how the list of common ones is compared."""
    letters = unicodedata.normalize("NFKD", password).casefold()
    return "".join(c for c in letters if c.isalnum())


def is_common(password: str, common: frozenset[str]) -> bool:
    """True if it is on the list, also in other case, with digits for letters, or with digits and signs
    at an end.
    """
    return any(_endings_off(said) & common for said in (password, _said_plainly(password)))


def _said_plainly(password: str) -> str:
    bare = password.casefold().strip(AT_AN_END)
    return bare.translate(SAID_OTHERWISE)


def _endings_off(text: str) -> set[str]:
    plain = folded(text)
    shorter = {plain[:-count] for count in (1, 2, 3, 4) if plain[-count:].isdecimal()}
    return {plain, plain.strip(DIGITS), plain.rstrip(DIGITS), *shorter}


def is_repeated(password: str) -> bool:
    """True if it has fewer than five different characters, or is one piece said again and again."""
    plain = folded(password)
    if len(set(plain)) < FEWEST_DIFFERENT_CHARACTERS:
        return True
    return re.fullmatch(r"(.+?)\1+", plain) is not None


def is_sequence(password: str) -> bool:
    """True if most of it runs along the alphabet, the digits or a row of the keyboard."""
    plain = folded(password)
    steps = [a + b for a, b in pairwise(plain)]
    along = sum(step in NEXT_TO for step in steps)
    return along >= MOSTLY * len(steps)


def holds_a_name(password: str, names: Iterable[str]) -> bool:
    """True if a name of the person or the service stands in it.

    Everyday words of a service's name do not count.
    """
    plain = folded(password)
    pieces = {folded(piece) for name in names for piece in re.split(r"[^\w]+|_", name)}
    return any(len(piece) >= SHORTEST_NAME and piece in plain for piece in pieces - EVERYDAY_WORDS)
