"""Before such a question, and while its answer waits: why, who sees it, by when, out of hours, and who helps now."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import text_of
from tests.questionnaires.sittings import MOOD, PAIN, begin, finish_module_1, tap
from tests.questionnaires.test_whole_sittings import Q9, item_nine
from webapp.engagement.models import CallRequest
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.questionnaires import service
from webapp.safety import service as safety
from webapp.safety.models import Alert
from webapp.safety.rules import Action

FRIDAY_NIGHT = datetime(2027, 4, 30, 22, 10, tzinfo=UTC)
"""Ten past eleven in Britain; Monday, 3 May 2027, is a bank holiday."""
TUESDAY = datetime(2027, 5, 4, 8, 30, tzinfo=UTC)
HELP, RING = f"{MOOD}/help", "Please ring me about how I feel"
CALM_PAGE_BYTES = 14_000
WHY = "We ask everyone. Many people who live with pain have thoughts like this at times."
BY_WHEN = "by Tuesday 4 May at 17:00"


@pytest.fixture
def night(cast: Cast, client: LookingClient, tmp_path: Path) -> Iterator[LookingClient]:
    """Friday, ten past eleven at night: Asha has PHQ-9 before her, and has not begun it."""
    clock.let_it_be_moved(tmp_path / "clock")
    with clock.standing_at(FRIDAY_NIGHT):
        item_nine(cast)
        cast.hillside.phone = "01632 960100"
        person = finish_module_1(cast, "asha")
        assert person.enrolment
        service.skip(person.actor, person.enrolment, "baseline-pain")
        db.session.commit()
        cast.signs_in(client, "asha")
        yield client


def answers(client: LookingClient, value: int) -> None:
    begin(client, MOOD)
    tap(client, MOOD, "phq-9/q9", value)


def alerts() -> list[Alert]:
    db.session.expire_all()
    return list(db.session.scalars(select(Alert).order_by(Alert.raised_at)))


def test_the_first_page_says_why_who_by_when_and_who_helps_now(night: LookingClient) -> None:
    said = night.page(MOOD).text
    for words in (
        "better off dead, or of hurting yourself", WHY, "We ask so that a person knows",
        "somebody from Hillside Pain Service sees that answer, even if you send nothing", BY_WHEN,
        "The team is not at work now, so nobody sees it straight away", "Monday to Friday, 09:00 to 17:00",
        "At other times: Ring 111.", "You can leave it open", "999", "116 123", "85258",
    ):  # fmt: skip
        assert words in said, words
    assert "Nothing goes to your team until you tap Send" not in said


def test_in_working_hours_it_does_not_say_that_nobody_is_there(night: LookingClient, cast: Cast) -> None:
    with clock.standing_at(TUESDAY):
        cast.signs_in(night, "asha")
        said = night.page(MOOD).text
    assert BY_WHEN in said and "not at work now" not in said


def test_a_part_without_such_a_question_says_nothing_of_it(night: LookingClient) -> None:
    said = night.page(PAIN).text
    assert "better off dead" not in said and "About one of these questions" not in said
    assert "Nothing goes to your team until you tap Send" in said


def test_the_question_itself_says_who_sees_its_answer(night: LookingClient) -> None:
    begin(night, MOOD)
    assert "Who sees this answer?" in (ninth := night.page(f"{MOOD}/phq-9/q9").text) and BY_WHEN in ninth
    assert "Who sees this answer?" not in night.page(f"{MOOD}/phq-9/q8").text


def test_the_paper_says_it_before_the_first_question(night: LookingClient) -> None:
    said = night.page(f"{MOOD}/paper").text
    first = said.index("Little interest or pleasure")
    for words in (
        "About one of these questions", WHY, "That can take some days", "Monday to Friday, 09:00 to 17:00",
        "At other times: Ring 111.", "If your life is in danger, ring 999.", "Samaritans: 116 123",
    ):  # fmt: skip
        assert -1 < said.index(words) < first, words
    assert "About one of these questions" not in night.page(f"{PAIN}/paper").text


@pytest.mark.parametrize("page", ["send", "done"])
def test_pages_about_sending_say_that_one_answer_went_on_its_own(night: LookingClient, page: str) -> None:
    answers(night, 2)
    if page == "done":
        night.submit(f"{MOOD}/send")
    said = night.page(f"{MOOD}/{page}").text
    assert "A person sees one of these answers on its own, before the rest." in said and BY_WHEN in said


@pytest.mark.parametrize("value", [0, 2])
def test_a_part_that_has_closed_does_not_say_that_nobody_read_it(
    night: LookingClient, cast: Cast, value: int
) -> None:
    answers(night, value)
    with clock.standing_at(FRIDAY_NIGHT + timedelta(days=200)):
        cast.signs_in(night, "asha")
        said = night.page(MOOD).text
    assert "have closed" in said
    assert ("nobody on your team was asked to read them" in said) == (value == 0)
    assert ("on its own, before the rest" in said) == (value == 2)


def test_the_calm_page_arrives_in_one_go(night: LookingClient) -> None:
    answers(night, 3)
    response = night.get(HELP)
    assert response.status_code == 200 and "999" in response.text
    assert len(gzip.compress(response.data)) < CALM_PAGE_BYTES


def test_the_calm_page_says_later_who_saw_it_and_promises_nothing_new(
    night: LookingClient, cast: Cast
) -> None:
    answers(night, 1)
    with clock.standing_at(TUESDAY):
        safety.record_action(alerts()[0].id, Action.SPOKE, "", by=cast.carol.actor)
        safety.close(alerts()[0].id, by=cast.carol.actor)
        db.session.commit()
        cast.signs_in(night, "asha")
        said = night.page(HELP).text
    assert "Carol Osei saw it on Tuesday 4 May at 09:30." in said and "sees it by" not in said


def test_who_shares_the_phone_can_leave_the_calm_page_at_its_top(night: LookingClient) -> None:
    """The way out stands above everything that somebody at their shoulder could read."""
    answers(night, 1)
    page = night.page(HELP)
    leave = page.html.index("Leave this page quickly")
    assert leave < page.html.index("<h1") < page.html.index("Thank you for telling us")
    assert "better off dead" not in page.text and "hurting yourself" not in page.text


def test_one_tap_on_the_calm_page_asks_for_a_call(night: LookingClient) -> None:
    answers(night, 1)
    page = night.submit(HELP)
    assert page.heading == "Your team will ring you" and "goes to a person before that" in page.text
    assert BY_WHEN in page.text and "116 123" in page.text
    (on,) = [one.get("href") for one in page.all("a") if text_of(one) == "Go on where you were"]
    assert str(on).startswith(f"{MOOD}/phq-9/q10")
    assert db.session.scalars(select(CallRequest.about)).all() == ["how_i_feel"]
    assert {alert.kind for alert in alerts()} == {"answer", "how_i_feel"}
    again = night.page(HELP)
    assert "You asked for a call" in again.text and RING not in again.text


def test_the_way_on_is_never_another_site(night: LookingClient) -> None:
    begin(night, MOOD)
    night.submit("/ring-me", {"about": "how_i_feel", "seen_help": "yes"})
    assert "evil.example" not in night.page("/ring-me?then=https://evil.example/").html
    assert "Go on where you were" not in night.page("/ring-me?then=//evil.example/").text


def test_who_would_rather_not_say_can_ask_for_a_call_too(night: LookingClient) -> None:
    begin(night, MOOD)
    page = night.submit(f"{MOOD}/phq-9/q9", {"rather_not": "y"})
    assert page.address.split("?")[0] == HELP and RING in page.text and alerts() == []


def test_what_came_on_paper_is_told_with_the_day_that_stands_on_it(night: LookingClient, cast: Cast) -> None:
    assert cast.asha.enrolment
    service.enter_for_patient(
        cast.carol.actor, cast.asha.enrolment, "baseline-mood", {Q9: 2}, "paper", written_on=date(2027, 4, 20)
    )
    db.session.commit()
    said = night.page("/me/what-i-told").text
    assert "You answered something on Tuesday 20 April. It reached us on Friday 30 April at 23:10." in said


def test_answers_from_a_call_were_said_and_not_written(night: LookingClient, cast: Cast) -> None:
    assert cast.asha.enrolment and cast.asha.patient
    service.enter_for_patient(
        cast.carol.actor, cast.asha.enrolment, "baseline-mood", {Q9: 2}, "phone", written_on=date(2027, 4, 20)
    )
    db.session.commit()
    cast.signs_in(night, "carol")
    said = night.page(f"/patients/{cast.asha.patient.id}{MOOD}/enter").text
    assert "The patient said it on Tuesday 20 April." in said and "wrote it" not in said
    assert re.search(r"hurting yourself in some way More than half the days", said)


SAID_TO_PATIENTS = ("", "/phq-9/q9", "/help", "/send")


@pytest.mark.parametrize("path", [*(MOOD + path for path in SAID_TO_PATIENTS), "/ring-me", "/me/what-i-told"])
def test_sentences_are_short(night: LookingClient, path: str) -> None:
    """At most 20 words. Questions are the publisher's words, and lists of links are no sentences."""
    answers(night, 1)
    night.submit(HELP)
    page = night.page(path)
    (main,) = page.all("main")
    ours = [text_of(one) for one in main.iter("p") if one.get("lang") is None]
    long = [said for text in ours for said in re.split(r"(?<=[.?!:])\s", text) if len(said.split()) > 20]
    assert [one for one in long if "Over the last 2 weeks" not in one] == []
