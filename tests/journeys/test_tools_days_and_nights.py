"""The diaries, the planner and the good things, on a phone: filled in, seen, changed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

from tests.cast import Cast
from tests.course.filling import turn_energy_mode_on
from tests.journeys.browser import Person
from webapp.foundations import clock


def unfold(asha: Person, words: str) -> Person:
    """Open what lies folded under these words."""
    asha.page.get_by_text(words, exact=True).click()
    return asha


def note_a_night(asha: Person, link: str = "Note last night") -> Person:
    asha.goes_to("/tools/sleep-diary").sends(link).sees_heading("Going to bed").finds_nothing_wrong()
    asha.fills("When did you go to bed?", "23:50").fills("When did you try to sleep?", "00:10")
    asha.fills("How many minutes did it take", "20").sends("Save and carry on")
    asha.fills("How many times were you awake?", "2").fills("How many minutes were you awake", "40")
    asha.sends("Save and carry on").sees_heading("The morning")
    asha.fills("When did you wake for the last time?", "7.10").fills("When did you get up?", "7.00")
    asha.taps("Save and carry on").sees("This is before you woke for the last time. Check both times")
    asha.finds_nothing_wrong().fills("When did you get up?", "7.30am").sends("Save and carry on")
    asha.fills("How many minutes did you nap?", "0").chooses("None of these").sends("Save and carry on")
    return asha.chooses_number(6, group="How was your night?").finds_nothing_wrong().sends("Save")


def test_three_nights_become_words_and_a_picture(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given three mornings with a night past midnight; when Asha notes them; then she reads how her nights go."""
    clock.move(timedelta(days=-2))
    asha = signed_in("asha").goes_to("/tools/sleep-diary").sees("Do not drive when you are sleepy.")
    asha.finds_nothing_wrong()
    for day in range(3):
        clock.move(timedelta(days=day - 2))
        note_a_night(asha).sees("To bed 23:50, up 7:30")
    asha.sees("In bed about 7 and a half hours, and asleep for about 6 hours.").sees("This is over 3 nights.")
    unfold(asha.sees("You got up at 7:30 each time."), "The same nights as a table").sees("7:40")
    asha.finds_nothing_wrong().sends("Choose one small change")
    asha.fills("What will you do, and when?", "Tea by the window at 8").sends("Save").sees("You are trying")
    asha.sends("Print what I wrote").sees("Tea by the window at 8").finds_nothing_wrong()
    asha.goes_to("/tools/sleep-diary/blank").sees("Morning of").finds_nothing_wrong()


def test_the_diary_works_without_scripts(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a phone without scripts; when Asha notes a night; then nothing is lost and the night is there."""
    asha = signed_in("asha", java_script_enabled=False)
    note_a_night(asha).sees("To bed 23:50, up 7:30").sees("You have noted 1 night so far.")
    asha.finds_nothing_wrong()


def test_a_week_of_activity_in_one_picture(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given a busy day and then a quiet one; when Asha notes parts of both; then the week shows it."""
    clock.move(timedelta(days=-3))
    asha = signed_in("asha").goes_to("/tools/activity-diary").finds_nothing_wrong()
    for day, demand in enumerate(("High", "Low", "Low", "Low")):
        clock.move(timedelta(days=day - 3))
        asha.goes_to("/tools/activity-diary").sends("The morning").sees_heading("The morning")
        asha.fills("6 to 8: what did you do?", "Cleaned the kitchen")
        for hours in ("6 to 8", "8 to 10", "10 to 12"):
            asha.picks(f"{hours}: how much did it ask of you?", demand)
        asha.picks("8 to 10: did you take a rest?", "Yes, before I needed to").finds_nothing_wrong()
        asha.sends("Save and carry on").sees_heading("The afternoon")
        asha.picks("12 to 2: how much did it ask of you?", demand).sends("Save and carry on")
    asha.goes_to("/tools/activity-diary").sees("asked a lot of you, and").sees("One idea: spread it")
    asha.sees("All of your 4 breaks came before you needed them.").finds_nothing_wrong()
    unfold(asha, "The same week as a table").finds_nothing_wrong()
    asha.sends("Print what I wrote").sees("Hours of each demand").finds_nothing_wrong()
    asha.goes_to("/tools/activity-diary/blank").sees("My week").finds_nothing_wrong()


def test_a_day_with_two_demanding_things(signed_in: Callable[..., Person], town: Cast) -> None:
    """Given two demanding things for one day; when Asha saves them; then the page asks kindly, and she moves one."""
    asha = signed_in("asha").goes_to("/tools/day-planner").finds_nothing_wrong().sends("Plan today")
    asha.fills("What has to be done that day?", "Ring the bank")
    asha.picks("How much will the first thing ask of you?", "High: it is a demanding thing")
    asha.fills("Another thing, if there is one", "The big shop")
    asha.picks("How much will the second thing ask of you?", "High: it is a demanding thing")
    asha.finds_nothing_wrong().sends("Save and carry on").sees("Two demanding things stand on this day.")
    asha.finds_nothing_wrong().fills("What would be good to do, but could wait?", "Change the bed")
    asha.sends("Save and carry on").goes_to("/tools/day-planner").sees(
        "One order that mixes"
    ).finds_nothing_wrong()
    asha.sends("Change Today").sends("Change Must").fills("Another thing, if there is one", "")
    asha.sends("Save and carry on").does_not_see("Two demanding things stand on this day.")
    asha.goes_to("/tools/day-planner").sees("One thing has to be done").does_not_see("Two demanding things")
    asha.sends("Print what I wrote").sees("Ring the bank").finds_nothing_wrong()


def test_a_good_thing_has_a_time_and_gives_something_back(
    signed_in: Callable[..., Person], town: Cast
) -> None:
    """Given energy mode; when Asha picks a small thing, does it and looks back; then the page says what it gave."""
    turn_energy_mode_on(town, town.asha)
    asha = signed_in("asha").goes_to("/tools/good-things").sees("Nothing here has to grow.")
    unfold(asha, "Look at the whole menu").finds_nothing_wrong().sends(
        "Pick a good thing"
    ).finds_nothing_wrong()
    asha.chooses("For the senses").sends("Save and carry on").finds_nothing_wrong()
    asha.chooses("Listen to one song I loved at sixteen").sends("Save and carry on")
    asha.fills("What will you do, and when?", "Tuesday, after lunch").sends("Save")
    asha.sees("Tuesday, after lunch").finds_nothing_wrong()
    asha.sends("How was it? Listen to one song I loved at sixteen").chooses("Yes, or part of it")
    asha.chooses("A bit better").finds_nothing_wrong().sends("Save").sees("This gave something back")
    asha.finds_nothing_wrong().goes_to("/tools/good-things/blank").sees("Something of your own")
    asha.finds_nothing_wrong()
