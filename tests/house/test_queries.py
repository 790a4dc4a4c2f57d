"""A patient's pages cost the same number of queries with little and with much behind them: compared.

(The worklist and the caseload, for 10 and for 1,000 patients: tests/clinic/test_worklist.py.)
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from tests.cast import Cast, Person
from tests.looking import LookingClient
from webapp.commands.demo import acts
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.pacing import service as pacing

PAGES = (
    "/today", "/course", "/course/start-here", "/course/start-here/one-small-step",
    "/course/start-here/getting-help", "/course/start-here/print", "/pacing", "/goals", "/questionnaires",
    "/toolbox", "/progress", "/me", "/flare-up", "/help-now",
)  # fmt: skip
MODULES = ("understanding-persistent-pain", "pacing", "goals-and-values")
WEEKS = 8


def test_much_behind_you_costs_no_more_than_little(client: LookingClient, cast: Cast) -> None:
    calm, busy = cast.dewi, cast.asha
    for person in (calm, busy):
        a_little(cast, person)
    for week in range(WEEKS):
        with days_later(7 * week + 1):
            much_more(cast, busy, week)
    with days_later(7 * WEEKS):
        calm_costs, busy_costs = costs(client, cast, "dewi"), costs(client, cast, "asha")
        assert f"Activity {WEEKS - 1}" in client.page("/pacing").text
    assert busy_costs == calm_costs


def a_little(cast: Cast, person: Person) -> None:
    """One of everything: a module, an answer, an activity with a start, a goal, a questionnaire."""
    cast.enter(person)
    patient, by = person.patient, person.actor
    assert patient
    enrolment = engagement.current_enrolment(by, patient.id)
    acts.read(enrolment, "start-here", acts.pages_of("start-here"), by=by)
    acts.write_down(enrolment, "start-here", "first-win", "Tea in the garden", by=by)
    for minutes in (12, 6, 9):
        acts.walk_try(patient, minutes, "ordinary", by=by)
    acts.start_walk(patient, by=by)
    acts.tick_walk(patient, by=by)
    acts.make_goal(patient, by=by)
    acts.answer_what_is_due(enrolment, by=by, shift=1)
    with days_later(3):  # the part about oneself, too: it is told in its own words
        acts.answer_what_is_due(enrolment, by=by, shift=1)
    db.session.commit()


def much_more(cast: Cast, person: Person, week: int) -> None:
    """A full week: ticks, answers written again, one more activity and goal, a module, what is due."""
    cast.enter(person)
    patient, by = person.patient, person.actor
    assert patient
    enrolment = engagement.current_enrolment(by, patient.id)
    for day in range(6):
        with days_later(day):
            acts.tick_walk(patient, by=by)
            acts.write_down(
                enrolment, "start-here", "first-win", f"Tea in the garden, day {day} of week {week}", by=by
            )
            engagement.record(by, enrolment, "exercise_saved", "toolbox")
    if week < len(MODULES):
        acts.read(enrolment, MODULES[week], acts.pages_of(MODULES[week])[:-1], by=by)
    pacing.begin(patient.id, pacing.NewActivity("own", f"Activity {week}", "", "time", "pain"), by=by)
    acts.make_goal(patient, by=by)
    acts.answer_what_is_due(enrolment, by=by, shift=week)
    db.session.commit()


def costs(client: LookingClient, cast: Cast, name: str) -> dict[str, int]:
    """How many queries each page takes, fetched twice (the first may fill what is kept)."""
    cast.signs_in(client, name)
    found = {}
    for path in PAGES:
        client.page(path)
        assert client.page(path).status == 200, path
        found[path] = len(
            [said for said in client.last_statements if not said.startswith("UPDATE signed_in")]
        )
    return found


@contextmanager
def days_later(days: int) -> Iterator[None]:
    """So many days after the present moment of the test."""
    with clock.standing_at(clock.now() + timedelta(days=days)):
        yield
