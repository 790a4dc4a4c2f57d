"""Alerts for the tests of pages: Hillside with its cover, and alerts of every kind."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import insert, select

from tests.cast import Cast, Person
from webapp.engagement import requests
from webapp.foundations import clock
from webapp.foundations.database import db, enter_service, new_id
from webapp.questionnaires.models import Answer, SittingRow
from webapp.safety import service as safety
from webapp.safety.models import Alert

MONDAY_TEN = datetime(2026, 11, 23, 10, tzinfo=UTC)
ITEM_NINE = "Thoughts that you would be better off dead"


def covered(cast: Cast) -> None:
    """Carol owns Hillside's alerts, Lena (who leads) is the deputy."""
    cast.enter(cast.lena)
    safety.change_cover(
        cast.lena.actor,
        owner_account_id=cast.carol.account.id,
        deputy_account_id=cast.lena.account.id,
        out_of_hours="Ring 111 and choose option 2.",
    )
    db.session.commit()


def an_answer(cast: Cast, name: str = "asha", value: int = 2, written_on: date | None = None) -> Alert:
    """An answer above 0 to item 9, as the questionnaires room writes it, with its alert."""
    person: Person = getattr(cast, name)
    assert person.enrolment and person.patient
    enter_service(person.enrolment.service_id)
    sitting = SittingRow(
        service_id=person.enrolment.service_id,
        id=new_id(),
        enrolment_id=person.enrolment.id,
        patient_id=person.patient.id,
        battery="default/1",
        time_point="baseline",
        name="baseline-mood",
        mode="paper" if written_on else "online",
        entered_by="Carol Osei" if written_on else None,
        written_on=written_on,
        started_at=clock.now(),
    )
    db.session.add(sitting)
    db.session.flush()
    answer = answers(person, sitting, value)
    alert = safety.raise_alert(
        person.enrolment,
        safety.Kind.ANSWER,
        str(sitting.id),
        "answer",
        str(answer.id),
        by=person.actor,
        written_on=written_on,
    )
    db.session.commit()
    return alert


def answers(person: Person, sitting: SittingRow, value: int | None) -> Answer:
    """One more answer to item 9 in this sitting."""
    answer = Answer(
        service_id=sitting.service_id,
        sitting_id=sitting.id,
        instrument="phq-9",
        item="q9",
        value=value,
        at=clock.now(),
        language="en",
        fingerprint="",
        account_id=person.account.id,
    )
    db.session.add(answer)
    db.session.flush()
    return answer


def sitting_of(alert: Alert) -> SittingRow:
    """The sitting in which the answer was given."""
    found = db.session.scalar(select(SittingRow).where(SittingRow.id == alert.place))
    assert found is not None
    return found


def a_request(cast: Cast, name: str = "dewi") -> Alert:
    """A wish to be rung about how they feel, with its alert."""
    person: Person = getattr(cast, name)
    assert person.enrolment
    cast.enter(person)
    request = requests.ask_for_call(person.enrolment, "how_i_feel", by=person.actor)
    db.session.flush()
    alert = safety.raise_alert(
        person.enrolment,
        safety.Kind.HOW_I_FEEL,
        str(request.id),
        "call_request",
        str(request.id),
        by=person.actor,
    )
    db.session.commit()
    return alert


def many_more(cast: Cast, like: Alert, number: int) -> None:
    """So many more open alerts of the same patient, written as rows, each a second later."""
    cast.enter(cast.carol)
    first: dict[str, Any] = {
        column.name: getattr(like, column.name)
        for column in Alert.__table__.columns
        if column.name not in ("id", "version")
    }
    rows = [
        first | {"id": new_id(), "version": 1, "place": f"made-{place}", "raised_at": clock.now()}
        for place in range(number)
    ]
    db.session.execute(insert(Alert), rows)
    db.session.commit()
