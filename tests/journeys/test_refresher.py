"""The refresher: everything is open, a short route from what has slipped, and a booster a month later."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.journeys.browser import DESK, Person
from webapp.foundations import clock

DAYS = re.compile(
    r"\b(Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday|opens on|not open)\b", re.IGNORECASE
)
BLAME = re.compile(r"\b(late|missed|failed|behind|overdue)\b", re.IGNORECASE)
MODULES = ("Start here", "Understanding persistent pain", "Pacing", "Goals and values")
A_MONTH_AT_MOST = timedelta(days=31)


def test_a_refresher_finds_everything_open_and_never_a_date(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given Marjorie has done a programme before; when she skips the question and looks round;
    then all is open, today and three weeks on.
    """
    marjorie = signed_in("marjorie").goes_to("/today").sees("What has slipped?").sends("Skip this")
    marjorie.goes_to("/course").sees("Everything is open.")
    for module in MODULES:
        marjorie.sends("Course").sends(module, exact=False).sees_heading(module).does_not_see(DAYS)
    marjorie.sends("Start", exact=False).sends("Next:", exact=False).sends("Stop here for today")
    marjorie.sees("Goals and values").does_not_see(DAYS).finds_nothing_wrong()

    clock.move(timedelta(days=21))
    marjorie.goes_to("/today").does_not_see(DAYS).does_not_see(BLAME).finds_nothing_wrong()
    marjorie.goes_to("/course").does_not_see(BLAME).finds_nothing_wrong()


def test_a_route_of_three_stops_and_a_booster_a_month_later(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given Marjorie says what has slipped; when she is done with the first of three stops;
    then Today goes on with the second, and a month later there is a short booster.
    """
    marjorie = signed_in("marjorie").goes_to("/today").sends("Look at my skills").finds_nothing_wrong()
    for number, skill in ((6, "Pacing"), (2, "Goals"), (4, "Sleep"), (9, "Moving")):
        marjorie.chooses_number(number, group=skill)
    marjorie.sends("Show me my route").sees_heading("Your route").sees("3 stops").finds_nothing_wrong()
    marjorie.sends("Today").sees("Next · Stop 1 of 3").sees("Goals and values").finds_nothing_wrong()

    marjorie.sends("Open my route").sends("I have done this stop", exact=False).sees("Stop 1 · done")
    marjorie.sends("Today").sees("Next · Stop 2 of 3").sees("Sleep and fatigue")
    marjorie.sends("Course").sees("Your route:").finds_nothing_wrong()

    clock.move(A_MONTH_AT_MOST)
    marjorie = signed_in("marjorie").goes_to("/today").does_not_see(BLAME)
    marjorie.sends("A short booster", exact=False).sees_heading("A short booster").finds_nothing_wrong()
    marjorie.chooses_number(7, group="Pacing").chooses_number(8, group="Goals")
    marjorie.sends("Save, and see my route").sees("7 now").sees("Your next short booster is on")
    marjorie.finds_nothing_wrong().sends("Today").does_not_see("A short booster").finds_nothing_wrong()


def test_back_after_weeks_on_a_lighter_route(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given Asha read one page a month ago; when she takes the lighter route;
    then she is on her page, in its short version, and may have the whole course again.
    """
    signed_in("asha").goes_to("/course/start-here/what-this-is").sends("Next:", exact=False)
    clock.move(A_MONTH_AT_MOST)
    asha = signed_in("asha").goes_to("/today").sees("Welcome back").does_not_see(BLAME).finds_nothing_wrong()
    asha.sends("Take a lighter route").is_at("/course/start-here/hurt-and-harm").sees("The whole page")
    asha.finds_nothing_wrong().sends("Course").sees("You are on a lighter route").finds_nothing_wrong()
    asha.sends("Show the whole course").sees("One module at a time.").finds_nothing_wrong()


def test_the_skills_without_scripts(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a phone that runs no scripts; when Marjorie answers; then she has her route."""
    marjorie = signed_in("marjorie", java_script_enabled=False).goes_to("/route/skills")
    marjorie.chooses_number(1, group="Pacing").sends("Show me my route").sees("One stop")
    marjorie.finds_nothing_wrong()


def test_a_refresher_at_a_desk(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a wide screen; when Marjorie opens the course there; then it is the same course."""
    signed_in("marjorie", size=DESK).goes_to("/course").sees("Everything is open.").finds_nothing_wrong()
