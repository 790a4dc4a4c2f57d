"""The pages behind a message's link: signed out, without scripts, neutral, and a GET changes nothing."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import Cast, id_of
from tests.house.test_letters_say_nothing import clinical_words
from tests.looking import LookingClient
from tests.page import Page, text_of
from tests.reminders.links import is_over, message_to
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.people import throttle
from webapp.reminders import answers
from webapp.reminders.answer_rules import IN_ADDRESSES
from webapp.reminders.models import ReminderAnswer, ReminderChoice
from webapp.reminders.rules import Answer

EVERY_PAGE = ["", *(f"/{name}" for name in IN_ADDRESSES.values()), "/pause", "/stop", "/start"]


def rows(cast: Cast, model: type[ReminderAnswer] | type[ReminderChoice]) -> int:
    enter_service(cast.hillside.id)
    return db.session.scalar(select(func.count()).select_from(model)) or 0


def running(cast: Cast, name: str = "asha") -> ReminderChoice:
    enter_service(cast.hillside.id)
    found = answers.choice_of(cast.hillside.id, id_of(getattr(cast, name).patient))
    assert found is not None
    return found


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_opening_a_page_changes_nothing_however_often(client: LookingClient, cast: Cast, path: str) -> None:
    """Mail programs and their scanners open links."""
    secret = message_to(cast, cast.asha)
    for _ in range(3):
        assert client.get(f"/r/{secret}{path}").status_code == 200
        assert client.head(f"/r/{secret}{path}").status_code == 200
    assert rows(cast, ReminderAnswer) == rows(cast, ReminderChoice) == 0


@pytest.mark.parametrize("path", EVERY_PAGE)
@pytest.mark.parametrize("language", ["en", "cy"])
def test_a_page_says_no_name_and_nothing_about_health(
    client: LookingClient, cast: Cast, path: str, language: str
) -> None:
    cast.hillside.languages = ["en", "cy"]
    client.set_cookie("language", language)
    secret = message_to(cast, cast.asha)
    page = client.page(f"/r/{secret}{path}")
    assert page.all("html")[0].get("lang") == language
    said = f"{page.title} {page.text} {text_of(page.all('header')[0])}"
    assert clinical_words(said, language) == []
    for name in ("Asha", "Patel", cast.hillside.name, "Waymark"):
        assert name not in said
    assert "Hillside" in page.title


def test_a_page_needs_no_script_and_no_session(client: LookingClient, cast: Cast) -> None:
    page = client.page(f"/r/{message_to(cast, cast.asha)}")
    assert page.all("script") == [] and page.response.headers.getlist("Set-Cookie") == []
    assert page.response.headers["Cache-Control"] == "no-store"


def test_busy(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    page = client.submit(f"/r/{secret}/busy")
    day = clock.today() + timedelta(days=7)
    assert (page.path, page.status, page.heading) == (f"/r/{secret}", 200, "Thank you")
    assert f"We will not write before {day:%A} {day.day} {day:%B}." in page.text
    assert running(cast).quiet_until_on == day


def test_a_bad_spell(client: LookingClient, cast: Cast) -> None:
    page = client.submit(f"/r/{message_to(cast, cast.asha)}/bad-spell")
    assert "Nothing is due, and your dates wait" in page.text and "Help now" in page.text
    cast.enter(cast.asha)
    assert cast.asha.enrolment and requests.running_flare(cast.asha.enrolment) is not None
    assert any(one.get("href") == "/me/bad-spell" for one in page.all("a"))


def test_stuck(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    before = client.page(f"/r/{secret}/stuck").text
    page = client.submit(f"/r/{secret}/stuck")
    cast.enter(cast.asha)
    assert cast.asha.enrolment
    request = requests.open_call_request(cast.asha.enrolment)
    assert request is not None
    day = f"{request.promised_on:%A} {request.promised_on.day}"
    assert f"gets in touch by {day}" in before and f"gets in touch by {day}" in page.text


@pytest.mark.parametrize(("button", "rung"), [("yes", True), ("no", False)])
def test_not_for_me(client: LookingClient, cast: Cast, button: str, rung: bool) -> None:
    page = client.submit(f"/r/{message_to(cast, cast.asha)}/not-for-me", {"get_in_touch": button})
    assert ("Somebody from the team gets in touch" in page.text) is rung
    assert ("Nobody gets in touch because of this" in page.text) is not rung
    assert any(one.get("href") == "/me/leave" for one in page.all("a"))
    cast.enter(cast.asha)
    assert cast.asha.enrolment
    assert (requests.open_call_request(cast.asha.enrolment) is not None) is rung


def test_not_for_me_asks_which_button(client: LookingClient, cast: Cast) -> None:
    page = client.submit(f"/r/{message_to(cast, cast.asha)}/not-for-me")
    assert page.status == 422 and "Tap one of the two buttons" in page.text
    assert rows(cast, ReminderAnswer) == 0


@pytest.mark.parametrize("days", [1, 7, 14, 28])
def test_later_on_an_offered_day(client: LookingClient, cast: Cast, days: int) -> None:
    client.submit(f"/r/{message_to(cast, cast.asha)}/later", {"day": str(days)})
    assert running(cast).quiet_until_on == clock.today() + timedelta(days=days)


def in_parts(day: date) -> dict[str, str]:
    return {"on-day": str(day.day), "on-month": str(day.month), "on-year": str(day.year)}


def test_later_on_another_day(client: LookingClient, cast: Cast) -> None:
    day = clock.today() + timedelta(days=3)
    client.submit(f"/r/{message_to(cast, cast.asha)}/later", {"day": "another", **in_parts(day)})
    assert running(cast).quiet_until_on == day


@pytest.mark.parametrize("where", ["later", "pause"])
@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a day"),
        ({"day": "another"}, "Fill in the day"),
        ({"day": "another", "on-day": "31", "on-month": "2", "on-year": "2030"}, "no such day"),
        ({"day": "another", "on-day": "1", "on-month": "1", "on-year": "2020"}, "or later"),
        ({"day": "another", "on-day": "1", "on-month": "1", "on-year": "2062"}, "or earlier"),
        ({"day": "3"}, "Choose one of the answers"),
        ({"day": "-7"}, "Choose one of the answers"),
    ],
)
def test_a_day_that_is_not_clear_is_asked_again(
    client: LookingClient, cast: Cast, where: str, sent: dict[str, str], says: str
) -> None:
    page = client.submit(f"/r/{message_to(cast, cast.asha)}/{where}", sent)
    assert page.status == 422 and says in page.text
    assert rows(cast, ReminderAnswer) == rows(cast, ReminderChoice) == 0
    if "on-year" in sent:
        assert f'value="{sent["on-year"]}"' in page.html


def test_what_was_typed_beside_an_offered_day_does_not_matter(client: LookingClient, cast: Cast) -> None:
    sent = {"day": "7", "on-day": "31", "on-month": "2", "on-year": ""}
    assert client.submit(f"/r/{message_to(cast, cast.asha)}/later", sent).heading == "Thank you"


def test_a_second_answer_counts_instead(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    client.submit(f"/r/{secret}/stuck")
    page = client.submit(f"/r/{secret}/busy")
    assert "I’m busy just now" in page.text and "gets in touch" not in page.text
    assert rows(cast, ReminderAnswer) == 2


def test_once_somebody_has_rung_the_page_says_so(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    client.submit(f"/r/{secret}/stuck")
    cast.enter(cast.carol)
    assert cast.asha.enrolment
    requests.log_contact(cast.asha.enrolment, "call", "reached_continuing", "", by=cast.carol.actor)
    db.session.commit()
    page = client.page(f"/r/{secret}")
    assert "Somebody from the team knows" in page.text and "gets in touch by" not in page.text


def test_pausing_and_stopping_and_starting_again(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    page = client.submit(f"/r/{secret}/pause", {"day": "14"})
    assert page.heading.startswith("Our messages pause until")
    assert running(cast).quiet_until_on == clock.today() + timedelta(days=14)
    page = client.submit(f"/r/{secret}/stop")
    assert page.heading == "Our messages are stopped" and running(cast).stopped_at is not None
    page = client.submit(f"/r/{secret}/stop", form="/start")
    assert page.heading == "You get our messages"
    assert running(cast).stopped_at is None and running(cast).quiet_until_on is None


def test_the_mail_programs_own_button_stops_in_one_request(client: LookingClient, cast: Cast) -> None:
    """RFC 8058: no cookie, no token, no redirect."""
    secret = message_to(cast, cast.asha)
    answer = client.post(f"/r/{secret}/stop", data={"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200 and running(cast).stopped_at is not None


def test_an_old_link_still_stops_messages_and_does_nothing_else(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    is_over(secret)
    for path in EVERY_PAGE:
        if path != "/stop":
            page = client.page(f"/r/{secret}{path}")
            assert (page.status, page.heading) == (410, "This link is over"), path
            assert client.post(f"/r/{secret}{path}").status_code in (405, 410)
    assert rows(cast, ReminderAnswer) == rows(cast, ReminderChoice) == 0
    assert f"/r/{secret}/pause" not in client.page(f"/r/{secret}/stop").html
    page = client.submit(f"/r/{secret}/stop")
    assert page.heading == "Our messages are stopped" and f"/r/{secret}/start" not in page.html


def test_after_leaving_the_link_is_over(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    assert cast.asha.enrolment
    engagement.leave(cast.asha.enrolment, "no_time", by=cast.asha.actor)
    db.session.commit()
    assert client.page(f"/r/{secret}").status == 410
    assert client.post(f"/r/{secret}/stuck").status_code == 410
    assert client.submit(f"/r/{secret}/stop").status == 200


@pytest.mark.parametrize("path", EVERY_PAGE)
def test_an_unknown_link_is_answered_kindly(client: LookingClient, cast: Cast, path: str) -> None:
    page = client.page(f"/r/AAAAAAAAAAAAAAAAAAAAAA{path}")
    assert (page.status, page.heading) == (404, "We do not know this link")
    assert any(one.get("href") == "/today" for one in page.all("a"))
    other = client.page(f"/r/x{path}")
    assert re.sub("AAAAAAAAAAAAAAAAAAAAAA", "x", page.text) == other.text


def test_an_unknown_answer_is_not_there(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    assert client.get(f"/r/{secret}/delete-everything").status_code == 404
    assert client.post(f"/r/{secret}/delete-everything").status_code == 404


def test_guessing_is_slowed_down_for_one_network_and_for_nobody_else(
    client: LookingClient, cast: Cast
) -> None:
    secret = message_to(cast, cast.asha)
    answers_given = [client.post(f"/r/guess-{n}/busy").status_code for n in range(25)]
    assert answers_given[:20] == [404] * 20 and answers_given[-1] == 429
    here = client.get(f"/r/{secret}")
    assert here.status_code == 429 and int(here.headers["Retry-After"]) > 0
    elsewhere = client.get(f"/r/{secret}", environ_base={"REMOTE_ADDR": "192.0.2.77"})
    assert elsewhere.status_code == 200
    assert rows(cast, ReminderAnswer) == 0


def test_right_links_never_make_a_network_wait(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    for _ in range(40):
        assert client.post(f"/r/{secret}/busy").status_code == 303
    assert throttle.LIMITS["message"].free < 40


def test_whose_phone_it_is_does_not_matter(client: LookingClient, cast: Cast) -> None:
    """Signed in as somebody else, the link still speaks for its own message, and shows nobody."""
    secret = message_to(cast, cast.asha)
    cast.signs_in(client, "dewi")
    page = client.submit(f"/r/{secret}/stuck")
    assert "Dewi" not in page.html and "Asha" not in page.html
    cast.enter(cast.dewi)
    assert cast.asha.enrolment and cast.dewi.enrolment
    assert requests.open_call_request(cast.asha.enrolment) is not None
    assert requests.open_call_request(cast.dewi.enrolment) is None


def test_links_keep_to_their_own_service(client: LookingClient, cast: Cast) -> None:
    secret = message_to(cast, cast.vera)
    assert client.submit(f"/r/{secret}/busy").title.endswith("Valley")
    enter_service(cast.hillside.id)
    assert db.session.scalar(select(func.count()).select_from(ReminderAnswer)) == 0


def test_before_they_have_started_nobody_is_sent_to_sign_in(client: LookingClient, cast: Cast) -> None:
    cast.enter(cast.tomasz)
    patient = people.patient_of(cast.tomasz.actor, id_of(cast.tomasz.patient))
    patient.account_id = None
    db.session.commit()
    page = client.submit(f"/r/{message_to(cast, cast.tomasz)}/not-for-me", {"get_in_touch": "yes"})
    assert "Sign in" not in page.text


def test_every_answer_has_its_words(client: LookingClient, cast: Cast) -> None:
    page = Page(client.get(f"/r/{message_to(cast, cast.asha)}"))
    links = [text_of(one) for one in page.all("a", class_="wm-small__link")]
    assert len(links) == len(Answer) and all(links)
