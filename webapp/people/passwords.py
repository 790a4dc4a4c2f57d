"""Passwords: hashing (Argon2id), the list of common ones, and three words that we make."""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from . import password_rules
from .models import Account
from .password_rules import Refusal
from .rules import SHORTEST_PASSWORD

DATA = Path(__file__).parent / "data"
OUR_NAME = "waymark"
WORDS_IN_A_PASSWORD = 3

# OWASP Password Storage: Argon2id with at least 19 MiB of memory, two passes and one lane.
_hasher = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)


def set_password(account: Account, password: str) -> None:
    """Store the hash of a password that ``why_refused`` has let through."""
    account.password_hash = _hasher.hash(_settled(password))


def is_right(account: Account | None, password: str) -> bool:
    """True if this is the account's password. Takes as long for no account as for a wrong password.

    A hash made with older numbers is made again at this moment.
    """
    known = account.password_hash if account else None
    try:
        _hasher.verify(known or _hash_of_nobody(), _settled(password))
    except (VerificationError, InvalidHashError):
        return False
    if account is None or known is None:
        return False
    if _hasher.check_needs_rehash(known):
        set_password(account, password)
    return True


def why_refused(password: str, *, names: Iterable[str] = ()) -> Refusal | None:
    """Why a new password is not accepted, or None.

    ``names``: the person's own, their sign-in name, the service's.
    """
    return password_rules.why_refused(password, common(), (OUR_NAME, *names))


def three_words() -> str:
    """Three friendly words that nobody chose, joined by hyphens: 1,788³ are 32 bits, with throttled
    guesses.
    """
    while True:
        made = "-".join(secrets.choice(words()) for _ in range(WORDS_IN_A_PASSWORD))
        if len(made) >= SHORTEST_PASSWORD and len(set(made.split("-"))) == WORDS_IN_A_PASSWORD:
            return made


@cache
def words() -> tuple[str, ...]:
    """Our list of short, friendly English words."""
    return tuple((DATA / "words.txt").read_text(encoding="ascii").split())


@cache
def common() -> frozenset[str]:
    """Common passwords, folded for comparing."""
    lines = (DATA / "common-passwords.txt").read_text(encoding="utf-8").split()
    return frozenset(password_rules.folded(line) for line in lines)


@cache
def _hash_of_nobody() -> str:
    return _hasher.hash(secrets.token_hex(16))


def _settled(password: str) -> str:
    """The same characters however the keyboard composed them (NIST SP 800-63B-4: normalise before
    hashing).
    """
    return unicodedata.normalize("NFKC", password)
