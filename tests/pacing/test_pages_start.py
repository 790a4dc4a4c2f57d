"""From red flags to a running plan, page by page."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast
from tests.looking import LookingClient
from tests.pacing.paths import add_tries, begin_walk, day_fields, new_activity
from tests.page import text_of
from webapp.foundations import clock
from webapp.foundations.database import db


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    return client


def buttons(page) -> list[str]:  # type: ignore[no-untyped-def]
    return [text_of(button) for button in page.all("main")[0].iter("button")]


def test_the_overview_begins_with_nothing(asha: LookingClient) -> None:
    page = asha.page("/pacing")
    assert page.heading == "Pacing" and "Choose an activity" in page.text


def test_red_flags_stand_first_and_nothing_is_kept(asha: LookingClient) -> None:
    page = asha.page("/pacing/new")
    for words in (
        "A&E",
        "falls",
        "joints come out",
        "fragile bones",
        "pregnant",
        "A clinician has set a limit",
    ):
        assert words in page.text
    assert not [form for form in page.all("main")[0].iter("form")]
    assert "safe to start" not in page.text


def test_the_crash_question_is_asked_once(asha: LookingClient) -> None:
    assert 'href="/pacing/new/crash"' in asha.page("/pacing/new").html
    page = asha.submit("/pacing/new/crash", {"crash": "no"})
    assert page.path == "/pacing/new/activity"
    assert 'href="/pacing/new/activity"' in asha.page("/pacing/new").html


def test_often_leads_to_energy_mode_in_words_that_leave_the_choice(asha: LookingClient) -> None:
    page = asha.submit("/pacing/new/crash", {"crash": "often"})
    assert page.heading == "Many people choose energy mode"
    assert buttons(page) == ["Turn on energy mode", "Carry on without it"]


def test_not_sure_is_offered_it(asha: LookingClient) -> None:
    assert asha.submit("/pacing/new/crash", {"crash": "not_sure"}).heading == "You can choose energy mode"


def test_12_6_9_minutes_give_7_with_6_beside_it(asha: LookingClient) -> None:
    plan = new_activity(asha)
    page = add_tries(asha, plan, ["12", "6"])
    assert page.heading == "You have done two tries" and "One more" in page.text
    add_tries(asha, plan, ["9"], **day_fields(clock.today() - timedelta(days=3)))
    page = asha.page(f"{plan}/start")
    assert page.heading == "80% of your average is 7 minutes"
    assert buttons(page) == ["Start at 7 minutes", "Start at 6 minutes"]
    assert "If unsure, start at 6 minutes." in page.text
    assert "The average is 9." in page.text
    assert "80% of 9 minutes is 7.2 minutes." in page.text
    assert "I-Engage" in page.text


def test_the_two_starts_are_equal_buttons(asha: LookingClient) -> None:
    plan = new_activity(asha)
    add_tries(asha, plan, ["12", "6", "9"])
    page = asha.page(f"{plan}/start")
    looks = {b.get("class") for b in page.all("button", name="choice")}
    assert len(looks) == 1


@pytest.mark.parametrize(("choice", "said"), [("pointed_to", "7 minutes"), ("lowest_try", "6 minutes")])
def test_the_start_that_was_tapped_runs_from_today(asha: LookingClient, choice: str, said: str) -> None:
    plan = begin_walk(asha, choice)
    assert asha.page(plan).heading == f"Walk: {said} today"


def test_20_5_11_are_far_apart_so_5_and_it_grows_from_itself(asha: LookingClient) -> None:
    plan = new_activity(asha)
    add_tries(asha, plan, ["20", "5", "11"])
    page = asha.page(f"{plan}/start")
    assert page.heading == "Your lowest try was 5 minutes"
    assert buttons(page) == ["Start at 5 minutes"]
    cells = [text_of(cell) for cell in page.all("td")]
    assert cells[1::2][:4] == ["5 minutes", "5.62 minutes", "6.25 minutes", "6.88 minutes"]
    assert cells[1::2][-1] == "9.38 minutes"


@pytest.mark.parametrize(
    ("good", "bad", "heading"),
    [("60", "5", "Your harder day is 5 minutes"), ("10", "6", "80% of your average is 6 minutes")],
)
def test_the_quick_way(asha: LookingClient, good: str, bad: str, heading: str) -> None:
    plan = new_activity(asha)
    page = asha.submit(f"{plan}/quick", {"good_day": good, "bad_day": bad})
    assert page.path == f"{plan}/start" and page.heading == heading
    assert "This is an estimate" in page.text and "rule of thumb" in page.text


def test_five_repetitions_do_not_freeze(asha: LookingClient) -> None:
    plan = new_activity(asha, "repetitions")
    asha.submit(f"{plan}/quick", {"good_day": "7", "bad_day": "6"})
    page = asha.page(f"{plan}/start")
    assert buttons(page) == ["Start at 5 times"]
    cells = [text_of(cell) for cell in page.all("td")]
    assert cells[::2][:4] == ["5 times", "5 times", "6 times", "7 times"]


def test_the_guideline_case_reaches_300_metres_in_week_8(asha: LookingClient) -> None:
    plan = new_activity(asha, "metres")
    add_tries(asha, plan, ["200", "200", "200"])
    page = asha.page(f"{plan}/start")
    assert page.heading == "80% of your average is 160 metres"
    assert [text_of(cell) for cell in page.all("td")][-2:] == ["300 metres", "300 metres"]


def test_a_try_that_cost_the_next_day_makes_the_start_smaller(asha: LookingClient) -> None:
    plan = new_activity(asha)
    add_tries(asha, plan, ["10", "10", "10"], after_effect="next_day")
    page = asha.page(f"{plan}/start")
    assert page.heading == "70% of your average is 7 minutes"
    assert "80% of the smallest try that cost you the next day is 8 minutes" in page.text


def test_plain_sums_where_offers_are_off(asha: LookingClient, cast: Cast) -> None:
    cast.hillside.pacing = {"offers": False}
    db.session.commit()
    plan = new_activity(asha)
    add_tries(asha, plan, ["12", "6", "9"])
    page = asha.page(f"{plan}/start")
    assert "If unsure" not in page.text and buttons(page) == ["Start at 7 minutes", "Start at 6 minutes"]


def test_a_try_is_put_right_and_removed(asha: LookingClient) -> None:
    plan = new_activity(asha)
    page = add_tries(asha, plan, ["12", "6"])
    first = next(a.get("href") for a in page.all("a") if "/tries/" in (a.get("href") or ""))
    assert asha.page(first or "").all("input", name="amount")[0].get("value") == "12"
    assert "8.5 minutes" in asha.submit(first or "", {"amount": "8½"}).text
    page = asha.submit(first or "", form="/remove")
    assert page.heading == "You have done one try" and "8.5" not in page.text


def test_the_page_takes_five_tries_and_no_more(asha: LookingClient) -> None:
    plan = new_activity(asha)
    page = add_tries(asha, plan, ["5", "6", "7", "8"])
    fields, action = page.form_fields()
    fields.update({"amount": "9"})
    assert asha.post(action, data=fields).status_code == 303
    again = asha.post(action, data={**fields, "once": "another-key-of-a-form"})
    assert again.status_code == 422 and "that is plenty" in again.get_data(as_text=True)


def test_one_try_is_too_few_for_a_result(asha: LookingClient) -> None:
    plan = new_activity(asha)
    add_tries(asha, plan, ["12"])
    assert asha.page(f"{plan}/start").path == f"{plan}/tries"


def test_tries_of_0_give_no_start(asha: LookingClient) -> None:
    plan = new_activity(asha)
    page = add_tries(asha, plan, ["0", "0"])
    assert page.heading == "All your tries are 0 so far"
    assert asha.page(f"{plan}/start").path == f"{plan}/tries"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"amount": ""}, "Write a number, like 12 or 12 and a half"),
        ({"amount": "ten"}, "Write the minutes as a number"),
        ({"amount": "-4"}, "Write the minutes as a number"),
        ({"amount": "9000"}, "Write a number of 720 or less"),
        ({"amount": "5", "on-day": "31", "on-month": "2"}, "That month has no such day"),
        ({"amount": "5", "day_type": "awful"}, "Choose one of the answers"),
    ],
)
def test_a_try_that_cannot_be_is_refused_kindly(
    asha: LookingClient, fields: dict[str, str], words: str
) -> None:
    plan = new_activity(asha)
    page = asha.submit(f"{plan}/tries", fields)
    assert page.status == 422 and words in page.text
    assert page.all("input", name="amount")[0].get("value") == (fields["amount"] or "")


def test_a_try_is_not_in_the_future(asha: LookingClient) -> None:
    plan = new_activity(asha)
    page = asha.submit(f"{plan}/tries", {"amount": "5", **day_fields(clock.today() + timedelta(days=1))})
    assert page.status == 422 and "still to come" in page.text


def test_half_a_step_is_no_number_of_steps(asha: LookingClient) -> None:
    plan = new_activity(asha, "steps")
    page = asha.submit(f"{plan}/tries", {"amount": "10.5"})
    assert page.status == 422 and "whole number" in page.text


def test_an_activity_needs_a_name_and_a_unit(asha: LookingClient) -> None:
    page = asha.submit("/pacing/new/activity", {"activity": ""})
    assert page.status == 422
    assert (
        "Choose an activity, or write your own" in page.text and "Choose how you will measure it" in page.text
    )
    page = asha.submit("/pacing/new/activity", {"activity": "own", "unit": "time"})
    assert page.status == 422 and "Say what it is" in page.text


def test_own_words_and_what_matters_are_shown_as_they_were_written(asha: LookingClient) -> None:
    plan = new_activity(asha, own_words="Sitting with <Mum>", why="She laughs")
    asha.submit(f"{plan}/quick", {"good_day": "10", "bad_day": "6"})
    asha.submit(f"{plan}/start", {"choice": "pointed_to"})
    page = asha.page(plan)
    assert page.heading == "Sitting with <Mum>: 6 minutes today" and "She laughs" in page.text


def test_a_start_that_is_not_offered_is_not_there(asha: LookingClient) -> None:
    plan = new_activity(asha)
    add_tries(asha, plan, ["20", "5", "11"])
    fields, action = asha.page(f"{plan}/start").form_fields()
    assert asha.post(action, data={**fields, "choice": "lowest_try"}).status_code == 404
    assert asha.post(action, data={**fields, "choice": "anything"}).status_code == 404
    assert asha.post(action, data=fields).status_code == 422


def test_days_goal_and_step_are_set(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    given = {
        "weekdays": ["0", "2", "4"],
        "rhythm": "fortnightly",
        "rate": "5",
        "goal": "20",
        "goal_label": "park",
    }
    page = asha.submit(f"{plan}/details", given)
    assert page.path == plan
    assert "park" in page.html and "20 minutes could come in week 30" in page.text
    fields, _ = asha.page(f"{plan}/details").form_fields()
    assert fields["weekdays"] == ["0", "2", "4"] and fields["goal"] == "20" and fields["rate"] == "5"


def test_20_percent_only_where_pain_is_the_limit(asha: LookingClient) -> None:
    assert asha.page(f"{begin_walk(asha)}/details").all("input", name="rate", value="20")
    tired = new_activity(asha, limit="fatigue")
    add_tries(asha, tired, ["12", "6", "9"])
    asha.submit(f"{tired}/start", {"choice": "pointed_to"})
    assert not asha.page(f"{tired}/details").all("input", name="rate", value="20")
    assert asha.submit(f"{tired}/details", {"rate": "20"}).status == 422


def test_two_days_a_week_are_too_few(asha: LookingClient) -> None:
    page = asha.submit(f"{begin_walk(asha)}/details", {"weekdays": ["0", "1"]})
    assert page.status == 422 and "Choose three days or more" in page.text


def test_two_tabs_the_second_is_told(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    fields, action = asha.page(f"{plan}/details").form_fields()
    other = dict(fields)
    assert asha.post(action, data={**fields, "goal": "20"}).status_code == 303
    late = asha.post(action, data={**other, "goal": "30", "once": "the-second-tab-s-key"})
    assert late.status_code == 422 and "another screen" in late.get_data(as_text=True)
    assert 'value="30"' in late.get_data(as_text=True)


def test_sent_twice_is_one_try(asha: LookingClient) -> None:
    plan = new_activity(asha)
    fields, action = asha.page(f"{plan}/tries").form_fields()
    for _ in range(2):
        assert asha.post(action, data={**fields, "amount": "7"}).status_code == 303
    assert asha.page(f"{plan}/tries").heading == "You have done one try"


def test_a_new_start_keeps_the_present_amount_until_it_is_tapped(asha: LookingClient) -> None:
    plan = begin_walk(asha)
    page = asha.submit(plan, form="/new-start")
    assert page.path == f"{plan}/tries" and page.heading == "Write down your first try"
    assert asha.page(plan).heading == "Walk: 7 minutes today"
    add_tries(asha, plan, ["20", "20", "20"])
    asha.submit(f"{plan}/start", {"choice": "pointed_to"})
    assert asha.page(plan).heading == "Walk: 16 minutes today"
