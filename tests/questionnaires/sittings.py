"""What the tests of the pages share: a patient whose baseline is open, and answers given by tapping."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path

from sqlalchemy import update

from tests.cast import Cast, Person
from tests.looking import LookingClient
from tests.page import Page
from webapp.engagement import service as engagement
from webapp.engagement.models import MilestoneRow
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.questionnaires.rules import Definition

PAIN, MOOD = "/questionnaires/baseline-pain", "/questionnaires/baseline-mood"
PEG, PSEQ = [6, 7, 4], [2, 1, 3, 2, 1, 2, 1, 2, 2, 2]  # 17/3 = 5.7; 18


@contextmanager
def days_later(folder: Path, days: int) -> Iterator[None]:
    """The clock of web and tests, so many days on."""
    clock.let_it_be_moved(folder / "clock")
    clock.move(timedelta(days=days))
    try:
        yield
    finally:
        clock.move(timedelta())


def finish_module_1(cast: Cast, name: str) -> Person:
    """The patient has finished the first module today: the first sitting is open."""
    person: Person = getattr(cast, name)
    cast.enter(person)
    assert person.enrolment
    engagement.reach_milestone(person.actor, person.enrolment, "start-here")
    db.session.commit()
    return person


def undo_module_1(person: Person) -> None:
    """As if the first module were not finished."""
    assert person.enrolment
    db.session.execute(
        update(MilestoneRow).where(MilestoneRow.enrolment_id == person.enrolment.id).values(done_on=None)
    )
    db.session.commit()


def begin(client: LookingClient, sitting: str, way: str = "one") -> Page:
    """Tap one of the two ways."""
    return client.submit(sitting, {way: "y"})


def tap(client: LookingClient, sitting: str, question: str, value: object) -> Page:
    """Answer one question on its own page."""
    return client.submit(f"{sitting}/{question}", {question.replace("/", "-"): str(value)})


def tap_all(client: LookingClient, sitting: str, instrument: str, values: Sequence[int | None]) -> Page:
    """Answer an instrument item by item; None is "I'd rather not say"."""
    for place, value in enumerate(values, start=1):
        name = f"{instrument}/q{place}"
        if value is None:
            page = client.submit(f"{sitting}/{name}", {"rather_not": "y"})
        else:
            page = tap(client, sitting, name, value)
        assert page.status == 200, page.text
    return page


def given(definition: Definition, values: Sequence[int | None]) -> dict[tuple[str, str], int | None]:
    """Answers of one instrument for a call of the service."""
    return {(definition.id, item.id): value for item, value in zip(definition.items, values, strict=True)}


def send(client: LookingClient, sitting: str) -> Page:
    """Send the answers."""
    return client.submit(f"{sitting}/send")


def answer_baseline_pain(
    client: LookingClient, peg: Sequence[int | None] = PEG, pseq: Sequence[int | None] = PSEQ
) -> Page:
    """The whole first sitting, one question a page."""
    begin(client, PAIN)
    tap_all(client, PAIN, "peg-3", peg)
    tap_all(client, PAIN, "pseq-10", pseq)
    return send(client, PAIN)
