"""A caller's morning: ten people on the list for ten reasons, each dealt with in two taps; and with the keyboard."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from uuid import UUID

from tests.cast import CORE_MODULES, Cast
from tests.journeys.browser import DESK, PHONE, Person
from tests.journeys.hands import KeyboardPerson
from tests.journeys.seeds import enters
from tests.safety.alerts_made import an_answer, covered
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.engagement.summing_up import sum_up
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people

BORN = clock.today() - timedelta(days=40 * 365)


def days_ago(days: int) -> AbstractContextManager[None]:
    """Everything inside happened so many days ago."""
    return clock.standing_at(clock.now() - timedelta(days=days))


def joins(
    town: Cast, given: str, invited_days_ago: int, *active: int, started: bool = True, rhythm: str = "weekly"
) -> Enrolment:
    """Somebody of Hillside who was invited so long ago, began on that day, and read a page on the ``active`` days."""
    by = Actor(town.hillside.id, job="the journey")
    with days_ago(invited_days_ago):
        details = people.PatientDetails(
            given, "Morgan", BORN, mobile="+447700900123", call_is_safe=True, voicemail_is_safe=True
        )
        patient = people.add_patient(details, by=by)
        way = engagement.enrol(patient.id, door="course", rhythm=rhythm, core_modules=CORE_MODULES, by=by)
        if started:
            engagement.start(way, rhythm=rhythm, by=by)
    for days in active:
        with days_ago(days):
            engagement.record(by, way, "page_read", "start-here/what-this-is")
    return way


def a_morning(town: Cast) -> dict[str, UUID]:
    """Ten people, ten reasons; their enrolments by first name, in the order of the list."""
    carol, job = town.carol, Actor(town.hillside.id, job="the journey")
    covered(town)
    an_answer(town)  # Asha: an alert whose cause a caller does not see
    enters(town, "carol")
    ways = {
        "Bob": joins(town, "Bob", 3, 3),  # asked for a call
        "Cai": joins(town, "Cai", 3, 3),  # a call was agreed: the welcome
        "Dot": joins(town, "Dot", 30, 20, 12, rhythm="own_speed"),  # asked how the flare-up is, not heard
        "Eve": joins(town, "Eve", 16, 15, 8),  # week 2
        "Fay": joins(town, "Fay", 40, 39, 16),  # silent for weeks, and a module is open
        "Gus": joins(town, "Gus", 40, 39, 24),  # the same: will stop
        "Hal": joins(town, "Hal", 21, started=False),  # not started
        "Ivy": joins(town, "Ivy", 22, started=False),  # not started: on holiday
        "Joy": joins(town, "Joy", 9, 9, 8, rhythm="fortnightly"),  # quieter than planned
    }
    requests.ask_for_call(ways["Bob"], "website", by=job)
    requests.agree_call(ways["Cai"], clock.today(), by=carol.actor)
    with days_ago(9):
        requests.report_flare(ways["Dot"], by=job)
    service = people.service_with(town.hillside.id)
    for way in ways.values():
        sum_up(way, service)
    found = {name: way.id for name, way in ways.items()}
    db.session.commit()
    return found


def logs(caller: Person, name: str, outcome: str, then: str) -> None:
    """Open this person's call from the list, tap what came of it, save: and the list says so."""
    caller.sends(f"Call {name}").sees_heading(f"Call {name}")
    caller.chooses(outcome).sends("Save the call")
    caller.is_at("/ring-today").sees(then)


def focused(person: Person) -> str:
    """The words of whatever has the focus."""
    return " ".join(person.page.evaluate("document.activeElement.innerText").split())


def test_a_caller_clears_ten_rows_in_a_morning(signed_in: Callable[..., Person], town: Cast) -> None:
    # Given ten people on the list, and a caller at their desk
    a_morning(town)
    colin = signed_in("colin")
    colin.goes_to("/ring-today").sees("12 of your 12 calls this week are left.")
    for name in ("Asha Patel", "Bob Morgan", "Gus Morgan", "Ivy Morgan", "Joy Morgan"):
        colin.sees(name)
    colin.finds_nothing_wrong()
    # When he rings the first: there is an alert, and nothing of what it is about
    colin.sees("Safety: nobody has it yet.").does_not_see("thoughts of")
    colin.sends("Call Asha Patel").sees("confirm the date of birth").does_not_see("thoughts of")
    colin.finds_nothing_wrong()
    colin.chooses("Spoke to them: carrying on").sends("Save the call")
    colin.sees("Asha Patel: spoke to them, carrying on. It is logged.").sees("Safety: nobody has it yet.")
    # Then the next row is there, and each needs two taps
    logs(colin, "Bob Morgan", "Spoke to them: carrying on", "Bob Morgan: spoke to them, carrying on.")
    colin.sends("Call Cai Morgan").sees("Welcome call")
    colin.chooses("Spoke to them: carrying on").sends("Save the call")
    colin.sends("Call Dot Morgan").sees("In a flare-up")
    colin.chooses("Spoke to them: plan changed").sends("Save the call")
    colin.sends("Call Eve Morgan").sees("Week 2")
    # one slip of the finger, taken back
    colin.chooses("Wrong number").sends("Save the call").sees("Eve Morgan: wrong number. It is logged.")
    colin.sends("Undo (for ten minutes)").sees("Eve Morgan: the contact is taken back.")
    colin.finds_nothing_wrong()
    logs(colin, "Eve Morgan", "Spoke to them: carrying on", "Eve Morgan: spoke to them, carrying on.")
    colin.sends("Call Fay Morgan").sees("Quiet for a while")
    colin.chooses("Voicemail left").sends("Save the call").sees("Fay Morgan: voicemail left.")
    # somebody who wants to stop is asked why, and offered something else
    colin.sends("Call Gus Morgan").chooses("Spoke to them: stopping").sends("Save the call")
    colin.sees("Choose why they are stopping").finds_nothing_wrong()
    colin.picks("Why are they stopping?", "They would rather meet people")
    colin.chooses("A group").chooses("Appointments in person").sends("Save the call")
    colin.sees("Gus Morgan: spoke to them, stopping.")
    logs(colin, "Hal Morgan", "Spoke to them: carrying on", "Hal Morgan: spoke to them, carrying on.")
    # somebody on holiday waits
    back = clock.today() + timedelta(days=9)
    colin.sends("Call Ivy Morgan").sends("Not today").chooses("Show again on a date")
    colin.fills_date("Show again on", back.day, back.month, back.year).fills("Why?", "On holiday until then")
    colin.finds_nothing_wrong()
    colin.sends("Take off the list").sees("Ivy Morgan is off the list until")
    logs(colin, "Joy Morgan", "Spoke to them: carrying on", "Joy Morgan: spoke to them, carrying on.")
    # Then the list is empty of them, but for the alert, which only a person closes
    colin.goes_to("/ring-today").does_not_see("Morgan").sees("Asha Patel")
    colin.sees("3 of your 12 calls this week are left.").finds_nothing_wrong()
    colin.goes_to("/patients?state=left").sends("Morgan, Gus").sees("They would rather meet people")
    colin.sees("offered: A group, Appointments in person")
    colin.sends("Everything that happened, in order").sees("Left: They would rather meet people.")
    colin.finds_nothing_wrong()


def test_rows_are_cleared_with_the_keyboard_alone(signed_in: Callable[..., Person], town: Cast) -> None:
    # Given three people who asked for a call
    enters(town, "carol")
    for days, name in ((3, "Ann"), (2, "Ben"), (1, "Cat")):
        way = joins(town, name, 4, 4)
        with days_ago(days):
            requests.ask_for_call(way, "exercise", by=Actor(town.hillside.id, job="the journey"))
        sum_up(way, people.service_with(town.hillside.id))
    db.session.commit()
    colin = signed_in("colin", hands=KeyboardPerson, size=DESK)
    # When he skips to the main part, and logs the first
    colin.goes_to("/ring-today")
    colin.sends("Call Ann Morgan").chooses("Spoke to them: carrying on").sends("Save the call")
    # Then the next call has the focus: Enter opens it
    colin.sees("Ann Morgan: spoke to them, carrying on. It is logged.")
    assert focused(colin) == "Call Ben Morgan"
    with colin.page.expect_navigation():
        colin.presses("Enter")
    colin.sees_heading("Call Ben Morgan").chooses("No answer").sends("Save the call")
    assert focused(colin) == "Call Cat Morgan"
    # And what was just done lies a few steps back: Shift and Tab lead to its undo
    for _step in range(6):
        colin.presses("Shift+Tab")
        if focused(colin).startswith("Undo"):
            break
    assert focused(colin) == "Undo (for ten minutes)"
    with colin.page.expect_navigation():
        colin.presses("Enter")
    colin.sees("Ben Morgan: the contact is taken back.")
    assert focused(colin) == "Call Ben Morgan"
    colin.finds_nothing_wrong()


def test_a_caller_works_from_a_phone(signed_in: Callable[..., Person], town: Cast) -> None:
    a_morning(town)
    colin = signed_in("colin", size=PHONE)
    colin.goes_to("/ring-today").finds_nothing_wrong()
    logs(colin, "Bob Morgan", "No answer", "Bob Morgan: no answer. It is logged.")
    colin.finds_nothing_wrong()
