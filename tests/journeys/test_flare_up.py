"""A flare-up: help first, half for today, and the question on day 3."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.journeys import seeds
from tests.journeys.browser import Person
from webapp.foundations import clock


def test_a_flare_up_from_its_first_day_to_its_end(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a walk of 7 minutes; when Asha has her usual flare and chooses half;
    then we ask on day 3, and not before.
    """
    seeds.walk_of_seven(town)
    asha = (
        signed_in("asha")
        .goes_to("/today")
        .sends("I’m having a flare-up")
        .sees("New, different, or feeling ill: get help.")
    )
    asha.taps("It is my usual kind").sees("Half would be:").sees("Walk: 3½ minutes").sends("Do half today")
    asha.sees("You chose to do half.").sees("Messages and clocks are paused.").does_not_see(
        "How are you now?"
    )
    asha.finds_nothing_wrong().sends("Today").sees("Nothing is due").sees(
        "Walk: 3½ minutes today"
    ).finds_nothing_wrong()

    clock.move(timedelta(days=1))
    asha.goes_to("/flare-up").does_not_see("How are you now?")
    clock.move(timedelta(days=2))
    asha.goes_to("/flare-up").sees("Day 3").sees("How are you now?").finds_nothing_wrong()
    asha.sends("About the same").does_not_see("How are you now?").sends("It is better: the flare-up is over")
    asha.sees_heading("Is this your usual kind of flare?").finds_nothing_wrong()
    asha.sends("Today").does_not_see("Nothing is due")


def test_a_new_kind_of_flare_leads_to_help(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a flare that is not the usual kind; when Asha says so;
    then the first thing is how to get help.
    """
    asha = signed_in("asha").goes_to("/flare-up").sends("New or different: get help").sees_heading("Help now")
    asha.sees("999").finds_nothing_wrong()


def test_when_it_is_worse_there_is_somebody_to_turn_to(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given the question of day 3; when Asha says it is worse; then she can ask her team to ring her."""
    asha = signed_in("asha").goes_to("/flare-up").sends("Rest today").sees("You chose to rest.")
    clock.move(timedelta(days=2))
    asha.goes_to("/flare-up").sends("Worse").finds_nothing_wrong().sends("Ask my team to ring me")
    asha.sees_heading("Ask my team to ring me").finds_nothing_wrong()
