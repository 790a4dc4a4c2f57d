"""Names to sign in with: an e-mail address, a mobile number or three words, each written in one way only."""

from __future__ import annotations

import re
import unicodedata

import phonenumbers

LONGEST_NAME = 254  # of an e-mail address, RFC 5321
HOME_REGION = "GB"


def normalised(typed: str) -> str:
    """The one way in which this sign-in name is stored: lower case, E.164, or words joined by hyphens."""
    name = unicodedata.normalize("NFKC", typed).strip().casefold()[:LONGEST_NAME]
    if "@" in name:
        return "".join(name.split())
    return as_number(name) or "-".join(re.findall(r"\w+", name))


def as_number(typed: str, region: str = HOME_REGION) -> str | None:
    """A telephone number in E.164 ("+447700900552"), or None if it is not one."""
    if not re.fullmatch(r"[\d\s()+./-]{6,30}", typed.strip()):
        return None
    try:
        number = phonenumbers.parse(typed, region)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_possible_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
