"""By which way a patient is written: what they chose, what is safe, what arrives."""

from __future__ import annotations

from dataclasses import replace

import pytest

from webapp.reminders.way_rules import Reach, way_for, ways_of

ADDRESSES = {"email": "asha@example.org", "text": "+447700900552", "letter": "1 High Street\nHillside"}
EVERYTHING = frozenset(ADDRESSES)
REACH = Reach(ADDRESSES, safe=EVERYTHING, chosen=EVERYTHING, can_text=True)
INVITED = replace(REACH, chosen=None)


@pytest.mark.parametrize(
    ("who", "reach", "may_be_letter", "expected"),
    [
        ("chose everything: by e-mail", REACH, True, "email"),
        ("likes texts best", replace(REACH, preferred="text"), True, "text"),
        ("likes texts best, and nobody carries texts", replace(REACH, preferred="text", can_text=False), True,
         "email"),
        ("chose texts alone", replace(REACH, chosen=frozenset({"text"})), True, "text"),
        ("chose nothing", replace(REACH, chosen=frozenset()), True, None),
        ("chose e-mail, which staff did not mark as safe", replace(REACH, safe=frozenset({"letter"})), True,
         "letter"),
        ("only a letter, for what may be one", replace(REACH, chosen=frozenset({"letter"})), True, "letter"),
        ("only a letter, for what may not", replace(REACH, chosen=frozenset({"letter"})), False, None),
        ("e-mail does not arrive", replace(REACH, bounced=frozenset({("email", "Asha@Example.org ")})), True,
         "text"),
        ("another address did not arrive", replace(REACH, bounced=frozenset({("email", "old@example.org")})),
         True, "email"),
        ("the number stands as an e-mail that bounced",
         replace(REACH, bounced=frozenset({("text", "asha@example.org")})), True, "email"),
        ("no e-mail is held", replace(REACH, addresses={**ADDRESSES, "email": " "}), True, "text"),
        ("on paper: letters", replace(REACH, online=False), True, "letter"),
        ("on paper: nothing that is no letter", replace(REACH, online=False), False, None),
        ("on paper, without having chosen letters", replace(REACH, online=False, chosen=frozenset({"email"})),
         True, None),
        ("before activation: as invited, by e-mail", INVITED, True, "email"),
        ("before activation, e-mail is not safe", replace(INVITED, safe=frozenset({"text", "letter"})), True,
         "text"),
        ("before activation, and nobody carries texts",
         replace(INVITED, safe=frozenset({"text", "letter"}), can_text=False), True, "letter"),
        ("before activation, nothing is safe", replace(INVITED, safe=frozenset()), True, None),
    ],
)  # fmt: skip
def test_the_way(who: str, reach: Reach, may_be_letter: bool, expected: str | None) -> None:
    found = way_for(reach, may_be_letter=may_be_letter)
    assert (found and found[0]) == expected, who
    assert found is None or found == (expected, ADDRESSES[found[0]])


def test_every_way_that_may_be_used_in_its_order() -> None:
    assert [way for way, _ in ways_of(replace(REACH, preferred="letter"))] == ["letter", "email", "text"]
