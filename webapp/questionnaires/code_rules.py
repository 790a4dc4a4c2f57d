"""The short code on a paper form: eight letters and digits that look different, the last of which checks the others."""

from __future__ import annotations

from collections.abc import Sequence

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""31 signs, without 0, 1, I, L and O. A prime number of them: every single slip and every swap changes the check."""
LENGTH = 8


class CodeRefused(ValueError):
    """These signs are no code. ``why``: length, sign (one that no code holds) or slip (the check does not fit)."""

    def __init__(self, why: str) -> None:
        self.why = why
        super().__init__(why)


def code_from(numbers: Sequence[int]) -> str:
    """The code of seven numbers from 0 to 30.

    Raises:
        ValueError: not seven of them, or one outside.
    """
    if len(numbers) != LENGTH - 1 or not all(0 <= number < len(ALPHABET) for number in numbers):
        raise ValueError("a code is made of seven numbers from 0 to 30")
    return "".join(ALPHABET[number] for number in (*numbers, _check(numbers)))


def read_code(typed: str) -> str:
    """The code as it is stored: capital letters, without spaces and dashes.

    Raises:
        CodeRefused: it is none, and why.
    """
    code = "".join(sign for sign in typed.upper() if not sign.isspace() and sign not in "-–")
    if len(code) != LENGTH:
        raise CodeRefused("length")
    if any(sign not in ALPHABET for sign in code):
        raise CodeRefused("sign")
    numbers = [ALPHABET.index(sign) for sign in code]
    if _check(numbers[:-1]) != numbers[-1]:
        raise CodeRefused("slip")
    return code


def as_printed(code: str) -> str:
    """In two halves, as people read it: ABCD EFGH."""
    return f"{code[:4]} {code[4:]}"


def _check(numbers: Sequence[int]) -> int:
    return sum(place * number for place, number in enumerate(numbers, start=1)) % len(ALPHABET)
