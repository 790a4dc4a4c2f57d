"""However a sign-in name is typed, it is stored in one way."""

from __future__ import annotations

import pytest

from webapp.people.names import as_number, normalised


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (" Asha@Example.ORG ", "asha@example.org"),
        ("07700 900552", "+447700900552"),
        ("+44 (0)7700 900552", "+447700900552"),
        ("0044 7700 900552", "+447700900552"),
        ("River Candle Seven", "river-candle-seven"),
        ("river-candle-seven", "river-candle-seven"),
        ("river, candle · seven", "river-candle-seven"),
        ("", ""),
    ],
)
def test_a_name_is_stored_in_one_way(typed: str, stored: str) -> None:
    assert normalised(typed) == stored
    assert normalised(stored) == stored


@pytest.mark.parametrize("typed", ["12", "river", "077 x 00 900552", "00000000000000000000"])
def test_what_is_no_number_is_none(typed: str) -> None:
    assert as_number(typed) is None
