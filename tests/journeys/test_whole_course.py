"""The whole course: from module 1 to 12 in its weekly rhythm, with a pause, one module early and an optional one."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests import cast
from tests.cast import Cast
from tests.journeys.browser import Person
from tests.journeys.walks import makes_a_goal, starts_at_seven, writes_down_tries
from webapp.course.service import core_modules
from webapp.foundations import clock

BLAME = re.compile(r"\b(late|missed|failed|behind|overdue)\b", re.IGNORECASE)
DONE = "You have done this module"
LEFT = "One exercise is left"
A_WEEK = 7


class Walker:
    """Asha on her way, and the day that it is for her."""

    def __init__(self, asha: Person, town: Cast) -> None:
        self.asha, self.town, self.day = asha, town, 0

    def days_later(self, days: int) -> Person:
        """The clock goes on; she comes back, signed in as on her own phone."""
        self.day += days
        clock.move(timedelta(days=self.day))
        secret = self.town.secret_of("asha")
        self.asha.context.add_cookies([{"name": "signed-in", "value": secret, "url": self.asha.origin}])
        return self.asha.goes_to("/today").does_not_see(BLAME)

    def next_week(self, title: str) -> Person:
        """A week later this module is open, and it is the one next thing."""
        return self.days_later(A_WEEK).sees(title).sends("Start this module")


@pytest.fixture
def walker(signed_in: Callable[..., Person], town: Cast, monkeypatch: pytest.MonkeyPatch) -> Walker:
    """Asha, with every core module of the course as her milestones."""
    monkeypatch.setattr(cast, "CORE_MODULES", core_modules())
    return Walker(signed_in("asha"), town)


def reads_in_five_minutes(asha: Person, module: str) -> Person:
    """A hard week: the 5-minute version counts as much as the pages."""
    return asha.goes_to(f"/course/{module}/in-short").sends("I have read this")


def opens_the_exercise(asha: Person, button: str) -> Person:
    """From the end of a module to the page of its exercise, and from there to the tool."""
    return asha.sees_heading(LEFT).sends("Go to the exercise").sends(button)


def is_done(asha: Person, module: str) -> Person:
    """The module is done, without another tap."""
    return asha.goes_to(f"/course/{module}/end").sees_heading(DONE)


def test_from_the_first_module_to_the_last(walker: Walker, signed_in: Callable[..., Person]) -> None:
    """Given Asha has just begun, a module a week; when she does them all, one early, one that is optional, with two
    weeks away; then the course says so, her toolbox holds what she made, and her team reads *Finished*.
    """
    asha = walker.asha
    _starts_with_three_tries(walker)
    _goes_on_early(walker)
    _is_away_for_two_weeks(walker)
    _sets_a_goal_and_moves(walker)
    _catches_a_thought_and_relaxes(walker)
    _notes_a_night(walker)
    _makes_a_plan_to_keep_going(walker)

    asha.goes_to("/today").sees("You have done every module").does_not_see(BLAME).finds_nothing_wrong()
    asha.sends("Open my toolbox", exact=False)
    for made in ("Walk", "Tea with Mum on Sundays", "Relaxation and breathing", "My keep-going plan"):
        asha.sees(made)
    asha.goes_to("/progress").sees("9 of 9 modules done").finds_nothing_wrong()
    carol = signed_in("carol").goes_to("/patients").sends("Patel", exact=False)
    carol.sees("All 9 core modules are done.").sees("Finished")


def _starts_with_three_tries(walker: Walker) -> None:
    """Every page of module 1, one after another; its tries are written down outside and leave nothing to do."""
    asha = walker.asha.goes_to("/today").sees("Module 1 of 9").sends("Start this module")
    for title in ("Hurt and harm", "When to get help", "One small step", "Three short tries", "Your plan"):
        asha.sends(f"Next: {title}")
    asha.sends("Finish this module").sees_heading(LEFT).sends("Go to the exercise")
    starts_at_seven(writes_down_tries(asha, clock.today()))
    asha.goes_to("/today").sees("You have read every page and done the exercise.").finds_nothing_wrong()
    asha.sends("Finish this module").sees_heading(DONE)
    asha.goes_to("/today").sees("It opens on").sees("Understanding persistent pain")


def _goes_on_early(walker: Walker) -> None:
    """Module 2 on its day; module 3 at once, because she would like to: her walk is its exercise already."""
    asha = walker.next_week("Understanding persistent pain")
    asha.goes_to("/course/understanding-persistent-pain/up-and-down").chooses("A bad night").sends("Save")
    reads_in_five_minutes(asha, "understanding-persistent-pain").sees_heading(DONE)
    asha.sends("I’d like to go on now").is_at("/course/pacing/")
    reads_in_five_minutes(asha, "pacing").sees_heading(DONE).sees("Opens on").finds_nothing_wrong()


def _is_away_for_two_weeks(walker: Walker) -> None:
    """The flare-up plan is kept for later; then a pause with a day of return, and back on that day with a walk."""
    asha = walker.days_later(2 * A_WEEK).sees("flare-up").sends("Start this module")
    reads_in_five_minutes(asha, "flare-up-plan").sees_heading(LEFT).sends("I’ll do this later")
    asha.sees_heading(DONE).sees("You kept an exercise for later.")

    back = clock.today() + timedelta(days=2 * A_WEEK)
    asha.goes_to("/me/pause").chooses("Until a day that I choose")
    asha.fills_date("The day when you would like to come back", back.day, back.month, back.year)
    asha.sends("Pause my course").sees_heading("Your course is paused").sends("Today")
    asha.sees("Your course is paused").finds_nothing_wrong()
    walker.days_later(2 * A_WEEK).sees("Welcome back").sees("It opens on").does_not_see("is paused")
    asha.sends("I did it: Walk", exact=False).sees("Noted for today")


def _sets_a_goal_and_moves(walker: Walker) -> None:
    """A goal with two steps; the movements are looked at, and their routine is kept for later."""
    asha = walker.days_later(A_WEEK + 1).sees("Goals and values").sends("Start this module")
    reads_in_five_minutes(asha, "goals-and-values").sees_heading(LEFT)
    makes_a_goal(asha)
    asha.goes_to("/course/goals-and-values/end").sends("Finish this module").sees_heading(DONE)

    asha = walker.next_week("Moving and stretching")
    reads_in_five_minutes(asha, "moving-and-stretching").sees_heading(LEFT).sends("I’ll do this later")
    asha.sees_heading(DONE)


def _catches_a_thought_and_relaxes(walker: Walker) -> None:
    """One screen of each tool is enough: what is saved counts."""
    asha = walker.next_week("Thoughts and mood")
    reads_in_five_minutes(asha, "thoughts-and-mood")
    opens_the_exercise(asha, "Catch a thought").sends("Catch a thought")
    asha.fills("What went through your mind?", "I will never go out again").sends("Save and carry on")
    is_done(asha, "thoughts-and-mood")

    asha = walker.next_week("Relaxation")
    reads_in_five_minutes(asha, "relaxation-and-mindfulness")
    opens_the_exercise(asha, "Start relaxing").sends("3 minutes Breathing").sees_heading("Before you start")
    asha.chooses_number(7, group="How tense are you before you start?").sends("Save and carry on")
    is_done(asha, "relaxation-and-mindfulness")


def _notes_a_night(walker: Walker) -> None:
    """Module 9 is for those who would like it: one night of the diary, and it is done as well."""
    asha = walker.asha.goes_to("/course").sees("Sleep and fatigue")
    reads_in_five_minutes(asha, "sleep-and-fatigue")
    opens_the_exercise(asha, "Open my sleep diary").sends("Note", exact=False)
    asha.fills("When did you go to bed?", "22:30").sends("Save and carry on")
    is_done(asha, "sleep-and-fatigue")


def _makes_a_plan_to_keep_going(walker: Walker) -> None:
    """The last module, a week after the one before: a plan, and that was the last."""
    asha = walker.next_week("Keeping it up")
    reads_in_five_minutes(asha, "keeping-it-up")
    opens_the_exercise(asha, "Make my keep-going plan").sends("Make my keep-going plan")
    asha.chooses("Pacing").sends("Save and carry on")
    is_done(asha, "keeping-it-up").sees("That was the last module of your course.")
