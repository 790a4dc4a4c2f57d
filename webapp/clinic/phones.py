"""Telephone numbers as people here write them."""

from __future__ import annotations

from functools import lru_cache

import phonenumbers

from webapp.people.names import HOME_REGION


@lru_cache(maxsize=4096)
def as_written(number: str) -> str:
    """A number in E.164 as people write it: 07700 900552 at home, with the country's code from elsewhere."""
    try:
        parsed = phonenumbers.parse(number)
    except phonenumbers.NumberParseException:
        return number
    home = parsed.country_code == phonenumbers.country_code_for_region(HOME_REGION)
    shape = phonenumbers.PhoneNumberFormat.NATIONAL if home else phonenumbers.PhoneNumberFormat.INTERNATIONAL
    return phonenumbers.format_number(parsed, shape)
