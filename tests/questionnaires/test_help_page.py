"""After an answer that a person must see: the calm help page at once, the alert, and nothing lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page, text_of
from tests.questionnaires.sittings import MOOD, begin, finish_module_1, tap
from tests.questionnaires.test_whole_sittings import Q9, item_nine
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.questionnaires import service
from webapp.questionnaires.models import Answer
from webapp.safety import service as safety
from webapp.safety.models import Alert

FRIDAY_NIGHT = datetime(2026, 11, 27, 23, 10, tzinfo=UTC)
HELP = f"{MOOD}/help"


@pytest.fixture
def night(cast: Cast, client: LookingClient, tmp_path: Path) -> Iterator[Cast]:
    """Friday, ten past eleven at night: Asha has PHQ-9 before her."""
    clock.let_it_be_moved(tmp_path / "clock")
    with clock.standing_at(FRIDAY_NIGHT):
        item_nine(cast)
        cast.hillside.phone = "01632 960100"
        person = finish_module_1(cast, "asha")
        assert person.enrolment
        service.skip(person.actor, person.enrolment, "baseline-pain")
        db.session.commit()
        cast.signs_in(client, "asha")
        begin(client, MOOD)
        yield cast


def answer(client: LookingClient, value: int | None) -> Page:
    if value is None:
        return client.submit(f"{MOOD}/phq-9/q9", {"rather_not": "y"})
    return tap(client, MOOD, "phq-9/q9", value)


def link(page: Page, words: str) -> str:
    """The address behind a link of the page."""
    (found,) = [one for one in page.all("a") if text_of(one) == words]
    return str(found.get("href"))


def alerts() -> list[Alert]:
    return list(db.session.scalars(select(Alert)))


@pytest.mark.parametrize("value", [1, 2, 3])
def test_help_stands_before_the_next_question_and_says_who_sees_it(
    night: Cast, client: LookingClient, value: int
) -> None:
    page = answer(client, value)
    assert page.address.split("?")[0] == HELP
    for words in ("999", "116 123", "85258", "Hillside Pain Service", "30 November", "17:00", "01632 960100"):
        assert words in page.text
    assert "the team is not at work now" in page.text
    assert "Ring 111." in page.text  # the service's own words for out of hours
    (alert,) = alerts()
    assert alert.place == str(db.session.scalar(select(Answer.sitting_id)))


def test_it_asks_nothing_promises_nothing_and_does_not_say_that_it_watches(
    night: Cast, client: LookingClient
) -> None:
    page = answer(client, 2)
    asked = [one for tag in ("input", "select", "textarea") for one in page.all(tag)]
    assert [one.get("name") for one in asked if one.get("type") not in ("hidden", "submit")] == []
    for words in ("plan to", "intend", "monitor", "risk", "safe now", "Have you thought"):
        assert words.lower() not in page.text.lower()


def test_going_on_leads_to_the_next_questionnaire_and_the_answer_is_kept(
    night: Cast, client: LookingClient
) -> None:
    page = answer(client, 1)
    go_on = link(page, "Go on with the questions")
    following = client.page(go_on)
    assert following.address.startswith(f"{MOOD}/phq-9/q10") or following.address.startswith(f"{MOOD}/gad-7")
    assert db.session.scalar(select(Answer.value).where(Answer.item == "q9")) == 1


def test_rather_not_say_shows_help_too_without_an_alert(night: Cast, client: LookingClient) -> None:
    page = answer(client, None)
    assert page.address.split("?")[0] == HELP
    assert "116 123" in page.text and "Who sees your answer" not in page.text
    assert alerts() == []


def test_zero_goes_on_and_says_nothing(night: Cast, client: LookingClient) -> None:
    page = answer(client, 0)
    assert page.address.split("?")[0] != HELP
    assert alerts() == []
    assert client.page(HELP).address == MOOD


def test_changing_the_answer_to_zero_takes_nothing_back(night: Cast, client: LookingClient) -> None:
    answer(client, 2)
    answer(client, 0)
    (alert,) = alerts()
    assert alert.closed_at is None


def test_a_higher_answer_after_somebody_has_seen_the_first_is_seen_again(
    night: Cast, client: LookingClient
) -> None:
    answer(client, 1)
    safety.see(alerts()[0].id, by=night.carol.actor)
    db.session.commit()
    answer(client, 3)
    assert len(alerts()) == 2


def test_that_help_was_shown_is_written_down_with_the_answer(night: Cast, client: LookingClient) -> None:
    answer(client, 1)
    rows = db.session.scalars(select(AuditRow).where(AuditRow.kind == "help_page")).all()
    assert [(row.verb, row.account_id) for row in rows] == [("shown", night.asha.account.id)]


def test_all_on_one_page_shows_help_before_the_last_look(night: Cast, client: LookingClient) -> None:
    begin(client, MOOD, "all")
    page = client.submit(f"{MOOD}/all", {"phq-9-q9": "1"})
    assert page.address.split("?")[0] == HELP
    assert link(page, "Go on with the questions").endswith("/send")


def test_nothing_of_the_question_is_kept_in_drafts_or_caches(night: Cast, client: LookingClient) -> None:
    response = client.get(f"{MOOD}/phq-9/q9")
    assert "no-store" in response.headers["Cache-Control"]
    assert "data-keep-draft" not in response.text and "/drafts" not in response.text


def test_an_answer_without_an_alert_is_found_within_five_minutes(night: Cast, client: LookingClient) -> None:
    from webapp.safety.reconciling import watch

    sitting_id = (
        db.session.scalar(select(Answer.sitting_id))
        or service.sitting_of(
            night.asha.actor,
            night.asha.enrolment,  # type: ignore[arg-type]
            "baseline-mood",
        ).row.id
    )  # type: ignore[union-attr]
    db.session.add(
        Answer(
            service_id=night.hillside.id,
            sitting_id=sitting_id,
            instrument=Q9[0],
            item=Q9[1],
            value=1,
            at=clock.now(),
            language="en",
            fingerprint="-",
        )
    )
    db.session.commit()
    watch(night.hillside.id)
    (alert,) = alerts()
    assert [step.step for step in safety.steps_of(alert)][:1] == ["raised"]
    assert "found" in {step.step for step in safety.steps_of(alert)}


def test_staff_who_type_a_paper_form_are_the_first_to_read_it(night: Cast, client: LookingClient) -> None:
    asha = night.asha
    assert asha.patient and asha.enrolment
    service.enter_for_patient(
        night.carol.actor, asha.enrolment, "baseline-mood", {Q9: 2}, "paper", written_on=date(2026, 11, 12)
    )
    db.session.commit()
    night.signs_in(client, "carol")
    page = client.page(f"/patients/{asha.patient.id}/questionnaires/baseline-mood/enter")
    assert "You are the first to read this" in page.title
    assert "12 November" in page.text
    (alert,) = alerts()
    assert alert.written_on == date(2026, 11, 12)
    safety.own(alert.id, by=night.carol.actor)
    db.session.commit()
    again = client.page(f"/patients/{asha.patient.id}/questionnaires/baseline-mood/enter")
    assert "These answers are in" in again.title and "Carol Osei has seen it" in again.text
