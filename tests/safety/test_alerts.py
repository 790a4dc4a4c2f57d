"""Alerts: raised with their trigger, seen by a name, owned, acted on, closed; handed up when somebody leaves."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from tests.cast import Cast, Person
from webapp.engagement.models import Summary
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people import staff
from webapp.safety import service as safety
from webapp.safety.models import Alert
from webapp.safety.reconciling import watch
from webapp.safety.rules import Action, Kind, Level, State

MONDAY_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
HOURS = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}


@pytest.fixture
def hillside(cast: Cast) -> Cast:
    """Hillside with its hours, Carol as owner, Lena (who leads) as deputy."""
    cast.hillside.hours = HOURS
    safety.change_cover(
        cast.lena.actor,
        owner_account_id=cast.carol.account.id,
        deputy_account_id=cast.lena.account.id,
        out_of_hours="Ring 111 and choose option 2.",
    )
    db.session.commit()
    return cast


def raised(cast: Cast, source_id: str = "1", place: str = "sitting-1") -> Alert:
    asha = cast.asha
    assert asha.enrolment
    enter_service(cast.hillside.id)
    return safety.raise_alert(asha.enrolment, Kind.ANSWER, place, "answer", source_id, by=asha.actor)


def letters_to(person: Person) -> list[Letter]:
    return list(db.session.scalars(select(Letter).where(Letter.to_address == person.account.sign_in_name)))


def test_the_owner_is_told_in_words_that_say_nothing(hillside: Cast) -> None:
    with clock.standing_at(MONDAY_TEN):
        raised(hillside)
    (letter,) = letters_to(hillside.carol)
    assert "alerts" in letter.text and "Hillside" in letter.subject
    for word in ("pain", "Asha", "answer", "harm", "safety"):
        assert word.lower() not in (letter.subject + letter.text).lower()
    assert letters_to(hillside.lena) == []


def test_the_same_trigger_is_one_alert_and_a_further_one_joins_until_somebody_has_seen_it(
    hillside: Cast,
) -> None:
    first = raised(hillside, "1")
    assert raised(hillside, "1").id == first.id
    assert raised(hillside, "2").id == first.id
    safety.see(first.id, by=hillside.carol.actor)
    assert raised(hillside, "3").id != first.id
    assert [one.source_id for one in safety.triggers_of(first)] == ["1", "2"]


def test_it_stands_first_on_the_list_until_it_is_closed(hillside: Cast) -> None:
    alert = raised(hillside)
    reasons = db.session.scalars(select(Summary.reasons)).all()
    assert any(reason["kind"] == "safety_alert" for row in reasons for reason in row)
    by = hillside.carol.actor
    safety.record_action(alert.id, Action.SPOKE, "", by=by)
    safety.close(alert.id, by=by)
    db.session.expire_all()
    reasons = db.session.scalars(select(Summary.reasons)).all()
    assert not any(reason["kind"] == "safety_alert" for row in reasons for reason in row)


def test_only_its_owner_closes_it_and_only_after_more_than_a_try(hillside: Cast) -> None:
    alert, carol, lena = raised(hillside), hillside.carol.actor, hillside.lena.actor
    with pytest.raises(safety.NotYet, match="not_owned"):
        safety.close(alert.id, by=carol)
    safety.own(alert.id, by=carol)
    with pytest.raises(safety.NotYet, match="no_action"):
        safety.close(alert.id, by=carol)
    safety.record_action(alert.id, Action.NO_ANSWER, "", by=carol)
    with pytest.raises(safety.NotYet, match="no_action"):
        safety.close(alert.id, by=carol)
    with pytest.raises(safety.NotYet, match="handed_to"):
        safety.record_action(alert.id, Action.PROCEDURE, "", " ", by=carol)
    safety.record_action(alert.id, Action.PROCEDURE, "", "Dr Okafor, crisis team", by=carol)
    with pytest.raises(safety.NotYet, match="not_owned"):
        safety.close(alert.id, by=lena)
    safety.close(alert.id, by=carol)
    assert (alert.state, alert.handed_to) == (State.CLOSED, "Dr Okafor, crisis team")


def test_reopening_needs_a_reason_and_asks_for_a_new_action(hillside: Cast) -> None:
    alert, carol = raised(hillside), hillside.carol.actor
    safety.record_action(alert.id, Action.SPOKE, "", by=carol)
    safety.close(alert.id, by=carol)
    with pytest.raises(safety.NotYet, match="note"):
        safety.reopen(alert.id, "", by=carol)
    safety.reopen(alert.id, "It was another person.", by=carol)
    safety.own(alert.id, by=carol)
    with pytest.raises(safety.NotYet, match="no_action"):
        safety.close(alert.id, by=carol)
    assert len(letters_to(hillside.carol)) == 2


@pytest.mark.parametrize(
    ("after", "level"),
    [(timedelta(minutes=59), 0), (timedelta(hours=1), 1), (timedelta(hours=4), 2), (timedelta(hours=7), 3)],
)
def test_it_goes_up_while_nobody_owns_it(hillside: Cast, after: timedelta, level: int) -> None:
    with clock.standing_at(MONDAY_TEN):
        alert = raised(hillside)
        safety.see(alert.id, by=hillside.carol.actor)
    with clock.standing_at(MONDAY_TEN + after):
        watch(hillside.hillside.id)
        assert db.session.get(Alert, (alert.service_id, alert.id)).level == level  # type: ignore[union-attr]
    assert bool(letters_to(hillside.lena)) is (level >= Level.DEPUTY)


def test_a_message_that_is_given_up_is_seen_and_goes_up(hillside: Cast) -> None:
    with clock.standing_at(MONDAY_TEN):
        alert = raised(hillside)
        (letter,) = letters_to(hillside.carol)
        letter.failed_at = clock.now()
        db.session.flush()
        watch(hillside.hillside.id)
        assert letters_to(hillside.lena)
        kinds = {(one.kind, one.name) for one in safety.troubles(hillside.lena.actor)}
    assert ("message_failed", hillside.carol.account.display_name) in kinds
    assert "not_told" in [step.step for step in safety.steps_of(alert)]


def test_somebody_who_leaves_hands_their_alerts_up(hillside: Cast) -> None:
    alert = raised(hillside)
    safety.own(alert.id, by=hillside.carol.actor)
    assert hillside.carol.membership
    staff.end(hillside.carol.membership.id, by=hillside.lena.actor)
    db.session.refresh(alert)
    assert (alert.owner_account_id, alert.state, alert.level) == (None, State.SEEN, Level.LEADS)
    assert letters_to(hillside.lena)
    assert not safety.item_nine_is_on(hillside.hillside.id)


def test_an_alert_cannot_be_deleted_by_the_programme(hillside: Cast) -> None:
    alert = raised(hillside)
    with pytest.raises(DBAPIError, match="permission denied"):
        db.session.execute(text("DELETE FROM alert WHERE id = :id"), {"id": alert.id})


def test_another_service_sees_nothing_of_it(hillside: Cast) -> None:
    alert = raised(hillside)
    hillside.enter(hillside.victor)
    assert safety.open_alerts(hillside.victor.actor).rows == ()
    with pytest.raises(safety.NotFound):
        safety.see(alert.id, by=hillside.victor.actor)


def test_item_nine_is_on_only_while_the_cover_is_whole(hillside: Cast) -> None:
    lead: Any = hillside.lena.actor
    assert safety.what_cover_lacks(lead) == ()
    safety.switch_item_nine(True, {"people": 3}, by=lead)
    assert safety.item_nine_is_on(hillside.hillside.id)
    safety.change_cover(lead, deputy_account_id=hillside.carol.account.id)
    assert safety.what_cover_lacks(lead) == ("deputy",)
    assert not safety.item_nine_is_on(hillside.hillside.id)
    with pytest.raises(safety.NotCovered):
        safety.switch_item_nine(True, {}, by=lead)
