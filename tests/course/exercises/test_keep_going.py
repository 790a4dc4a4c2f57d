"""My keep-going plan: four dates by the calendar, and the skills over the weeks."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course.exercises.keep_going import WEEKS_SHOWN, looks, mondays_until, use_of
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry
from webapp.foundations import clock

TOOL = "/tools/keep-going"
MONTHS = (1, 3, 6, 12)
SAMPLES = {
    "plan": [
        {
            "skills": ["pacing", "sleep-and-fatigue"], "least": "One walk to the corner", "signs": "I cancel Thursdays",
            "within": "One outing a day", "then": "Ring Sam", "letter": "You have done this before.",
        }
    ],
    "check": [{"used": ["pacing"]}, {"used": ["pacing", "sleep-and-fatigue"]}],
}  # fmt: skip


@pytest.mark.parametrize(
    ("made_on", "said"),
    [
        (date(2026, 11, 22), [date(2026, 12, 22), date(2027, 2, 22), date(2027, 5, 22), date(2027, 11, 22)]),
        (date(2027, 1, 31), [date(2027, 2, 28), date(2027, 4, 30), date(2027, 7, 31), date(2028, 1, 31)]),
        (date(2028, 2, 29), [date(2028, 3, 29), date(2028, 5, 29), date(2028, 8, 29), date(2029, 2, 28)]),
    ],
)
def test_the_dates_are_calendar_months_after_the_plan(made_on, said):
    assert [look.on for look in looks(made_on, {}, MONTHS)] == said


def test_a_date_that_the_patient_put_stays():
    found = looks(date(2026, 11, 22), {"second_on": "2027-03-01"}, MONTHS)
    assert found[1].on == date(2027, 3, 1) and found[1].was_moved and not found[0].was_moved


def check(on: date, *used: str) -> Entry:
    answers: dict[str, Any] = {"used": list(used)}
    return Entry(uuid4(), "check", on, None, answers, True, 1, clock.now())


def test_a_week_without_a_note_is_unknown_and_not_no():
    today = date(2026, 11, 22)  # a Sunday
    mondays = mondays_until(today)
    checks = [check(today, "pacing"), check(today - timedelta(days=7), "sleep-and-fatigue")]
    use = use_of("pacing", checks, mondays)
    assert use.weeks[-1] is True and use.weeks[-2] is False and set(use.weeks[:-2]) == {None}
    assert (use.used, use.known) == (1, 2)


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)))
def test_the_weeks_begin_on_mondays_and_the_last_holds_today(today):
    mondays = mondays_until(today)
    assert len(mondays) == WEEKS_SHOWN and all(monday.weekday() == 0 for monday in mondays)
    assert 0 <= (today - mondays[-1]).days <= 6


def test_the_page_is_one_page_for_the_fridge(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["keep-going"])
    page = client.page(TOOL)
    for words in ("One walk to the corner", "I cancel Thursdays", "You look again on", "Fourth look"):
        assert words in page.text
    assert "Pacing: in " in page.text and "You have done this before." in client.page(f"{TOOL}/print").text


def test_energy_mode_keeps_within_and_asks_for_no_least(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["keep-going"])
    turn_energy_mode_on(cast, cast.asha)
    page = client.page(TOOL)
    assert "One outing a day" in page.text and "One walk to the corner" not in page.text


def test_a_skill_is_needed_and_a_date_lies_ahead(client, cast):
    cast.signs_in(client, "asha")
    assert "Tick one skill at least" in client.submit(f"{TOOL}/plan/new", {}).text
    page = client.submit(f"{TOOL}/plan/new", {"skills": ["pacing"]})
    dates = page.path.replace("/least", "/dates")
    typed = {"first_on-day": "1", "first_on-month": "1", "first_on-year": "2020"}
    page = client.submit(dates, typed)
    assert page.status == 422 and "or later" in page.text
