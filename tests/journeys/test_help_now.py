"""Help now: signed out, without scripts, and out again quickly."""

from __future__ import annotations

from collections.abc import Callable

from tests.journeys.browser import DESK, Person


def test_somebody_in_need_finds_help_without_signing_in(opens: Callable[..., Person]) -> None:
    """Given nobody is signed in and scripts are off; when they tap Help now; then every number is there."""
    person = opens(java_script_enabled=False)
    person.goes_to("/").taps("Help now").sees_heading("Help now")
    for words in (
        "116 123",
        "999",
        "between your legs",
        "Worried about someone else?",
        "Leave this page quickly",
    ):
        person.sees(words)


def test_help_now_has_nothing_wrong_on_a_phone_or_a_desk(opens: Callable[..., Person]) -> None:
    opens().goes_to("/help-now").finds_nothing_wrong()
    opens(DESK, color_scheme="dark").goes_to("/help-now").finds_nothing_wrong()
