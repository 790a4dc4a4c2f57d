"""What is due on which day, in the clinic's words, with the days before and after each."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.reminders.cases import MODULES, MONDAY, day, days, days_due, due, flare, invited, started, told
from webapp.course.rules_route import RouteSettings
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Rhythm, Way
from webapp.reminders.booster_rules import boosters_ahead
from webapp.reminders.case_rules import Booster, Case, Questions, Wishes
from webapp.reminders.due_rules import DUE, GROUPS, next_look_on, things_due
from webapp.reminders.rules import Group, Kind

ACTIVE_DAILY = tuple(range(60))


def busy_until(number: int) -> Wishes:
    """They tapped *busy* or *later*: quiet until a day, and then a reminder."""
    return Wishes(quiet_until_on=day(number), remind_on=day(number))


@pytest.mark.parametrize(
    ("who", "kind", "case", "expected"),
    [
        ("invited, not begun: from day 3 to the second", Kind.NOT_STARTED, Case(invited()), [3, 4, 5, 6]),
        ("and from day 7 until a person rings", Kind.NOT_STARTED_AGAIN, Case(invited()), list(range(7, 14))),
        ("activated: not one of them", Kind.NOT_STARTED, Case(started()), []),
        ("invited to the refresher: nobody asks", Kind.NOT_STARTED, Case(invited(door=Door.REFRESHER)), []),
        ("invited on paper: nobody asks", Kind.NOT_STARTED, Case(invited(way=Way.PAPER)), []),
        ("a bank holiday on day 3 does not count", Kind.NOT_STARTED,
         Case(invited(closures=frozenset({day(3)}))), [4, 5, 6, 7]),
        ("activation: that day and the next five", Kind.WELCOME, Case(started()), [0, 1, 2, 3, 4, 5]),
        ("not activated: no welcome", Kind.WELCOME, Case(invited()), []),
        ("left on day 9: that day and the next five", Kind.GOODBYE, Case(started(1, ended_on=day(9))),
         [9, 10, 11, 12, 13, 14]),
        ("left before they began: no goodbye", Kind.GOODBYE, Case(invited(ended_on=day(9))), []),
        ("asked for day 9 by a tap", Kind.REMIND_ME, Case(started(), wishes=busy_until(9)),
         [9, 10, 11, 12, 13, 14, 15]),
        ("set quiet under Me without asking to be reminded", Kind.REMIND_ME,
         Case(started(), wishes=Wishes(quiet_until_on=day(9))), []),
        ("a pause from day 5 to day 20: the day before and the day", Kind.PAUSE_ENDS,
         Case(started(4, pauses=(Span(day(5), day(20)),))), [19, 20]),
        ("a pause from today to tomorrow: tomorrow alone", Kind.PAUSE_ENDS,
         Case(started(4, pauses=(Span(day(5), day(6)),))), [6]),
        ("a pause without an end", Kind.PAUSE_ENDS, Case(started(4, pauses=(Span(day(5)),))), []),
        ("another pause goes on behind it: the later one", Kind.PAUSE_ENDS,
         Case(started(4, pauses=(Span(day(5), day(20)), Span(day(15), day(30))))), [29, 30]),
        ("a flare-up on day 5, unanswered: 7 days on, while it stops the clock", Kind.FLARE_CHECK_IN,
         Case(started(4, flares=(flare(5),))), [12, 13, 14, 15, 16, 17, 18]),
        ("its question was answered", Kind.FLARE_CHECK_IN, Case(started(4, flares=(flare(5, None, 11),))), []),
        ("it is over", Kind.FLARE_CHECK_IN, Case(started(4, flares=(flare(5, 8),))), []),
        ("silent since the start, with no module open yet", Kind.NUDGE, Case(started()), [7]),
        ("silent after module 1, until a planned module is open", Kind.NUDGE, Case(started(1, done=(1,))),
         [8, 9, 10, 11, 12, 13, 14]),
        ("at their own speed: never", Kind.NUDGE, Case(started(1, rhythm=Rhythm.OWN_SPEED)), []),
        ("through the refresher door: never", Kind.NUDGE, Case(started(1, door=Door.REFRESHER)), []),
        ("here every day with a module open: nobody asks where they are", Kind.NUDGE,
         Case(started(*ACTIVE_DAILY)), []),
        ("a module open for 7 days and silent for 4, not yet 7", Kind.NUDGE,
         Case(started(*range(11), done=(1,), rhythm=Rhythm.FORTNIGHTLY,
                      milestones=started(done=(1,)).milestones[:1] + started().milestones[1:2])), []),
        ("silent with a module open: from the 8th day until it is a lapse", Kind.SOMEBODY_WILL_RING,
         Case(started(), may_be_rung=True), list(range(8, 29))),
        ("no safe number: nobody says that somebody rings", Kind.SOMEBODY_WILL_RING, Case(started()), []),
        ("asked not to be rung", Kind.SOMEBODY_WILL_RING,
         Case(started(asked_not_to_be_rung_on=day(1)), may_be_rung=True), []),
        ("rung on day 8 with nothing new since: nothing is said of a call", Kind.SOMEBODY_WILL_RING,
         Case(started(last_contact_on=day(8), milestones=started().milestones[:1]), may_be_rung=True), []),
        ("snoozed until day 20", Kind.SOMEBODY_WILL_RING,
         Case(started(snoozed_until=day(20)), may_be_rung=True), list(range(20, 29))),
        ("more than 28 silent days, for four weeks", Kind.STILL_HERE, Case(started()), list(range(29, 57))),
        ("two tries without an answer", Kind.STILL_HERE,
         Case(started(1, unanswered_contacts=days(10, 12))), list(range(12, 40))),
        ("the second of four modules done on day 9", Kind.HALF_WAY, Case(started(2, 9, done=(2, 9))),
         list(range(9, 23))),
        ("one of four", Kind.HALF_WAY, Case(started(2, done=(2,))), []),
        ("all of four on one day: finished, not half-way", Kind.HALF_WAY,
         Case(started(2, 9, done=(2, 2, 9, 9))), list(range(2, 2))),
        ("all of four on day 9", Kind.FINISHED, Case(started(2, 9, done=(2, 2, 9, 9))), list(range(9, 23))),
        ("a sitting from day 3 to day 13: from the day after it opens", Kind.QUESTIONS,
         Case(started(), questions=(Questions("end", day(3), day(13)),)), list(range(4, 14))),
        ("a sitting of one day", Kind.QUESTIONS,
         Case(started(), questions=(Questions("end", day(3), day(3)),)), [3]),
        ("told on day 4: again when half of its days are over", Kind.QUESTIONS,
         Case(started(), questions=(Questions("end", day(3), day(13)),), told=told("questions:end", on=4)),
         [9, 10, 11, 12, 13]),
        ("told first in its second half: not again", Kind.QUESTIONS,
         Case(started(), questions=(Questions("end", day(3), day(13)),), told=told("questions:end", on=9)),
         []),
        ("a goal to look back on, on day 8", Kind.GOAL_REVIEW, Case(started(), reviews=(day(8),)),
         list(range(8, 22))),
        ("a booster of day 31, offered for four weeks", Kind.BOOSTER,
         Case(started(1, done=(0, 0, 1, 1)), boosters=(Booster(1, day(31), day(58)),)), list(range(31, 59))),
    ],
)  # fmt: skip
def test_each_kind_is_due_on_these_days(who: str, kind: Kind, case: Case, expected: list[int]) -> None:
    assert days_due(case, kind) == expected, who


@pytest.mark.parametrize(
    ("who", "facts", "expected"),
    [
        ("active on Tuesday and Friday: on the next Monday or the two days after", started(1, 4), [7, 8, 9]),
        ("active on day 9 as well: the Monday after that too", started(1, 4, 9), [7, 8, 9, 14, 15]),
        ("active on the Monday itself: it belongs to the next week", started(7, 8), [14]),
        ("not active: nobody is blamed", started(), []),
        ("through the refresher door, active", started(1, 4, door=Door.REFRESHER), [7, 8, 9]),
        ("the core is done", started(1, 4, done=(1, 1, 4, 4)), []),
        ("not started yet", invited(), []),
    ],
)
def test_a_weekly_summary_comes_on_the_weekday_of_the_start(
    who: str, facts: Facts, expected: list[int]
) -> None:
    assert days_due(Case(facts), Kind.WEEKLY_SUMMARY, 30) == expected, who


def test_a_summary_is_told_once_for_its_week() -> None:
    case = Case(started(*ACTIVE_DAILY), told=told("weekly-summary:2027-03-08", on=7))
    assert days_due(case, Kind.WEEKLY_SUMMARY, 16) == [14, 15]


def test_a_silence_is_asked_about_once_and_the_next_one_again() -> None:
    once = Case(started(1, done=(1,)), told=told("nudge:2027-03-02", on=8))
    assert days_due(once, Kind.NUDGE) == []
    again = replace(once, facts=started(1, 16, done=(1, 16, 16)))
    assert days_due(again, Kind.NUDGE) == [23, 24, 25, 26, 27, 28]


def test_the_same_pause_set_twice_is_one_thing() -> None:
    pause = Span(day(5), day(20))
    assert due(Case(started(4, pauses=(pause, pause))), 19) == ["pause-ends"]


def test_a_nudge_does_not_stand_in_for_saying_that_somebody_rings() -> None:
    case = Case(started(), told=told("nudge:2027-03-01", on=7), may_be_rung=True)
    assert "somebody-will-ring" in due(case, 8)


def test_a_module_that_stays_open_is_asked_about_once_however_often_they_come_and_go() -> None:
    coming = started(3, 6, 9, 12, 14, 18, 19, 20, rhythm=Rhythm.FORTNIGHTLY)
    assert days_due(Case(coming), Kind.NUDGE, 27) == [24, 25, 26]
    assert things_due(Case(coming), day(24))[0].key == "nudge:2027-03-15"
    came_again = replace(coming, active_days=(*coming.active_days, day(24), day(25)))
    case = Case(came_again, told=told("nudge:2027-03-15", on=24))
    assert days_due(case, Kind.NUDGE, 32) == []


@pytest.mark.parametrize("kind", list(Kind))
def test_every_kind_has_a_rule_and_is_told_only_once(kind: Kind) -> None:
    case, on = SOMEBODY[kind]
    things = [thing for thing in things_due(case, day(on)) if thing.kind is kind]
    assert len(things) == 1 and things[0].key.startswith(kind.value)
    again = replace(case, told=told(things[0].key, on=on))
    assert things[0].key not in {thing.key for n in range(60) for thing in things_due(again, day(n))}


SOMEBODY = {
    Kind.REMIND_ME: (Case(started(), wishes=busy_until(9)), 9),
    Kind.PAUSE_ENDS: (Case(started(4, pauses=(Span(day(5), day(20)),))), 19),
    Kind.FLARE_CHECK_IN: (Case(started(4, flares=(flare(5),))), 12),
    Kind.WELCOME: (Case(started()), 0),
    Kind.GOODBYE: (Case(started(1, ended_on=day(9))), 9),
    Kind.NOT_STARTED: (Case(invited()), 3),
    Kind.NOT_STARTED_AGAIN: (Case(invited()), 7),
    Kind.NUDGE: (Case(started()), 7),
    Kind.SOMEBODY_WILL_RING: (Case(started(), may_be_rung=True), 8),
    Kind.STILL_HERE: (Case(started()), 29),
    Kind.FINISHED: (Case(started(2, 9, done=(2, 2, 9, 9))), 9),
    Kind.HALF_WAY: (Case(started(2, 9, done=(2, 9))), 9),
    Kind.QUESTIONS: (Case(started(), questions=(Questions("end", day(3), day(13)),)), 4),
    Kind.GOAL_REVIEW: (Case(started(), reviews=(day(8),)), 8),
    Kind.BOOSTER: (Case(started(1, done=(0, 0, 1, 1)), boosters=(Booster(3, day(31), day(58)),)), 31),
    Kind.WEEKLY_SUMMARY: (Case(started(1, 4)), 7),
}


def test_the_first_of_the_order_leads() -> None:
    order = [kind.value for kind in (
        Kind.REMIND_ME, Kind.PAUSE_ENDS, Kind.FLARE_CHECK_IN, Kind.WELCOME, Kind.GOODBYE, Kind.NOT_STARTED,
        Kind.NUDGE, Kind.SOMEBODY_WILL_RING, Kind.STILL_HERE, Kind.FINISHED, Kind.HALF_WAY, Kind.QUESTIONS,
        Kind.GOAL_REVIEW, Kind.BOOSTER, Kind.WEEKLY_SUMMARY,
    )]  # fmt: skip
    assert [rule.__name__.replace("_", "-") for rule in DUE] == order
    case = Case(
        started(1, 4, done=(1, 4)),
        questions=(Questions("mid", day(5), day(12)),),
        reviews=(day(6), day(7)),
        wishes=busy_until(7),
    )
    assert due(case, 7) == [
        "remind-me",
        "half-way",
        "questions",
        "goal-review",
        "goal-review",
        "weekly-summary",
    ]


@pytest.mark.parametrize(
    ("when", "case", "number", "expected"),
    [
        ("in a pause", Case(started(1, pauses=(Span(day(2), day(20)),), done=(1, 1)), reviews=(day(8),)), 8, []),
        ("in the first days of a flare-up", Case(started(1, flares=(flare(2),), done=(1, 1))), 8, []),
        ("in a second flare-up, 3 days after its report: the clock runs again, we still keep still",
         Case(started(1, flares=(flare(-8, 2), flare(5)), done=(1, 1)), reviews=(day(8),)), 8, []),
        ("a flare-up's question, in an agreed pause", Case(started(1, flares=(flare(1),),
         pauses=(Span(day(2), day(20)),))), 8, []),
        ("a day that the patient set, in a pause", Case(started(1, pauses=(Span(day(2), day(20)),)),
         wishes=busy_until(8)), 8, ["remind-me"]),
        ("before the day that they set", Case(started(1, done=(1, 1)), wishes=busy_until(9)), 8, []),
        ("while a safety alert is open", Case(started(1, done=(1, 1), safety_alert_on=day(5))), 8, []),
        ("a day that they set, while an alert is open", Case(started(1, safety_alert_on=day(5)),
         wishes=busy_until(8)), 8, ["remind-me"]),
        ("after everything was stopped", Case(started(1, done=(1, 1)), wishes=Wishes(has_stopped=True)), 8, []),
        ("after leaving", Case(started(1, done=(1, 1), ended_on=day(8)), reviews=(day(8),)), 8, ["goodbye"]),
        ("the team heard that they have died: not even a goodbye",
         Case(started(1, done=(1, 1), ended_on=day(8), left_reason="died"), reviews=(day(8),)), 8, []),
        ("after leaving, quiet", Case(started(1, ended_on=day(8)), wishes=Wishes(has_stopped=True)), 8, []),
        ("a finished patient in a pause", Case(started(1, done=(1, 1, 1, 1), pauses=(Span(day(2), day(9)),))),
         7, []),
    ],
)  # fmt: skip
def test_what_may_be_told_at_such_times(when: str, case: Case, number: int, expected: list[str]) -> None:
    assert due(case, number) == expected, when


@pytest.mark.parametrize("kind", list(Kind))
def test_what_is_left_out_is_not_told_and_the_rest_is(kind: Kind) -> None:
    case, on = SOMEBODY[kind]
    everything = replace(case, wishes=replace(case.wishes, left_out=frozenset(Group)))
    assert (kind.value in due(everything, on)) == (kind not in GROUPS)
    if kind in GROUPS:
        others = replace(case, wishes=replace(case.wishes, left_out=frozenset(Group) - {GROUPS[kind]}))
        assert kind.value in due(others, on)


def test_the_sitting_that_today_offers_is_the_one_that_is_told() -> None:
    begun = Questions("begun", day(1), day(30), begun=True)
    closes_first = Questions("closes-first", day(1), day(10))
    case = Case(started(), questions=(Questions("later", day(1), day(20)), closes_first))
    assert things_due(case, day(4))[-1].key == "questions:closes-first"
    assert things_due(case, day(12))[-1].key == "questions:later"
    case = replace(case, questions=(*case.questions, begun))
    assert things_due(case, day(4))[-1].key == "questions:begun"


@pytest.mark.parametrize(
    ("looked", "expected"),
    [
        ((), [(1, "2027-02-28", "2027-03-27"), (3, "2027-04-30", "2027-05-27"), (6, "2027-07-31", "2027-08-27"),
              (12, "2028-01-31", "2028-02-27")]),
        (("2027-02-27",), [1, 3, 6, 12]),
        (("2027-02-28",), [3, 6, 12]),
        (("2028-01-31",), []),
    ],
)  # fmt: skip
def test_a_booster_is_told_while_it_is_offered(looked: tuple[str, ...], expected: list[object]) -> None:
    from datetime import date

    found = boosters_ahead(date(2027, 1, 31), [date.fromisoformat(on) for on in looked])
    if expected and isinstance(expected[0], tuple):
        assert [(one.months, str(one.from_on), str(one.until_on)) for one in found] == expected
    else:
        assert [one.months for one in found] == expected


def test_a_booster_ends_before_the_next_begins() -> None:
    settings = RouteSettings(first_booster_months=1, second_booster_months=2, booster_shown_days=60)
    first, second, *_ = boosters_ahead(MONDAY, (), settings)
    assert (second.from_on - first.until_on).days == 1


@pytest.mark.parametrize(
    ("who", "case", "today", "expected"),
    [
        ("invited today: the first reminder", Case(invited()), 0, 3),
        ("active: the summary", Case(started(1, 4), told=told("welcome:2027-03-01")), 5, 7),
        ("nothing in sight: a week on, whatever happens", Case(started(rhythm=Rhythm.OWN_SPEED)), 10, 17),
        ("in a pause: the day before it ends", Case(started(4, pauses=(Span(day(5), day(12)),))), 6, 11),
        ("stopped: a week on", Case(started(), wishes=Wishes(has_stopped=True)), 3, 10),
        ("left and greeted: not before something happens",
         Case(started(1, ended_on=day(9)), told=told("goodbye:2027-03-10", on=9)), 9, None),
        ("left today: tomorrow, as long as nothing was told", Case(started(1, ended_on=day(9))), 9, 10),
    ],
)  # fmt: skip
def test_the_next_look_is_the_first_day_on_which_something_is_due(
    who: str, case: Case, today: int, expected: int | None
) -> None:
    assert next_look_on(case, day(today)) == (None if expected is None else day(expected)), who


def test_somebody_who_must_wait_is_looked_at_when_the_wait_is_over() -> None:
    case = Case(started(), reviews=(day(1),), told=told("welcome:2027-03-01"))
    assert next_look_on(case, day(1), day(2)) == day(2)
    assert next_look_on(case, day(2), day(2)) == day(2)


def test_these_modules_are_the_tests_own() -> None:
    assert len(MODULES) == len(started().milestones) == 4
