"""Each one-tap answer, what it brings about, and what it leaves alone."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person
from tests.reminders.links import is_over, message_to
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import CallRequest, Enrolment, Event, Pause, Summary
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.people import tokens
from webapp.reminders import answer_rules, answers
from webapp.reminders.answers import Link
from webapp.reminders.rules import Answer

SUNDAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("said", "asked_for", "day"),
    [
        (Answer.BUSY, None, date(2026, 11, 29)),  # a week
        (Answer.BUSY, date(2027, 1, 1), date(2026, 11, 29)),  # whatever else was sent
        (Answer.LATER, date(2026, 11, 23), date(2026, 11, 23)),  # tomorrow is the first day
        (Answer.LATER, date(2026, 12, 20), date(2026, 12, 20)),  # 28 days on is the last
        (Answer.STUCK, date(2026, 11, 25), None),
        (Answer.FLARE_UP, None, None),
        (Answer.NOT_FOR_ME, None, None),
    ],
)
def test_the_day_that_an_answer_sets(said: Answer, asked_for: date | None, day: date | None) -> None:
    assert answer_rules.write_again_on(said, asked_for, SUNDAY) == day


@pytest.mark.parametrize("day", [None, SUNDAY, date(2026, 11, 21), date(2026, 12, 21), date(2062, 11, 25)])
def test_a_day_that_may_not_be_set(day: date | None) -> None:
    with pytest.raises(ValueError, match="may not be set"):
        answer_rules.write_again_on(Answer.LATER, day, SUNDAY)


def test_answers_have_neutral_names_in_addresses() -> None:
    assert {answer_rules.answer_called(name) for name in answer_rules.IN_ADDRESSES.values()} == set(Answer)
    assert answer_rules.answer_called("flare_up") is Answer.FLARE_UP
    assert answer_rules.answer_called("delete") is None


def link_for(cast: Cast, person: Person) -> Link:
    """A link in this patient's hands."""
    found = answers.link_of(message_to(cast, person))
    assert found is not None
    return found


def everything_else(link: Link) -> tuple[object, ...]:
    """What no answer may change besides its own effect."""
    enrolment = db.session.get_one(Enrolment, (link.service.id, link.enrolment.id), populate_existing=True)
    return (
        enrolment.rhythm, enrolment.door, enrolment.ended_on, enrolment.snoozed_until,
        enrolment.asked_not_to_be_rung_on, db.session.scalar(select(Pause.id)),
    )  # fmt: skip


def days_of(link: Link) -> list[str]:
    """The acts that count as doing something."""
    rows = select(Event.kind).where(Event.enrolment_id == link.enrolment.id)
    return list(db.session.scalars(rows.order_by(Event.id)))


def quiet_until_of(link: Link) -> date | None:
    found = answers.choice_of(link.service.id, link.patient.id)
    return found.quiet_until_on if found else None


def test_busy_means_no_messages_for_a_week_and_nothing_else(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    before = everything_else(link)
    row = answers.answer(link, Answer.BUSY)
    assert row.until_on == link.today + timedelta(days=7) == quiet_until_of(link)
    assert everything_else(link) == before and days_of(link) == []
    assert requests.open_call_request(link.enrolment) is None


def test_later_means_no_messages_before_the_day(cast: Cast) -> None:
    link, day = link_for(cast, cast.asha), clock.today() + timedelta(days=9)
    before = everything_else(link)
    assert answers.answer(link, Answer.LATER, until_on=day).until_on == day == quiet_until_of(link)
    assert everything_else(link) == before and days_of(link) == []


def test_a_flare_up_is_reported_and_nothing_else(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    before = everything_else(link)
    answers.answer(link, Answer.FLARE_UP)
    flare = requests.running_flare(link.enrolment)
    assert flare is not None and flare.from_on == link.today
    assert everything_else(link) == before and quiet_until_of(link) is None
    assert days_of(link) == ["flare_up"]


def test_stuck_is_a_call_that_stands_on_the_worklist(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    answers.answer(link, Answer.STUCK)
    request = requests.open_call_request(link.enrolment)
    assert request is not None and request.about == "website" and request.promised_on > link.today
    ring_key = select(Summary.ring_key).where(Summary.enrolment_id == link.enrolment.id)
    assert db.session.scalar(ring_key) is not None


def test_not_for_me_is_a_call_that_says_so(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    answers.answer(link, Answer.NOT_FOR_ME)
    request = requests.open_call_request(link.enrolment)
    assert request is not None and request.about == "not_for_me"
    assert link.enrolment.ended_on is None


def test_not_for_me_without_a_call_is_noted_only(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    before = everything_else(link)
    row = answers.answer(link, Answer.NOT_FOR_ME, may_we_ring=False)
    assert requests.open_call_request(link.enrolment) is None and everything_else(link) == before
    assert [one.id for one in answers.answers_of(link.service.id, link.enrolment.id)] == [row.id]


def test_a_call_about_feelings_keeps_its_words(cast: Cast) -> None:
    asha = cast.asha
    link = link_for(cast, asha)
    waiting = requests.ask_for_call(link.enrolment, "how_i_feel", by=asha.actor)
    answers.answer(link, Answer.STUCK)
    answers.answer(link, Answer.BUSY)
    db.session.refresh(waiting)
    assert waiting.about == "how_i_feel" and waiting.closed_at is None


def test_the_same_answer_twice_is_one(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    for said in (Answer.BUSY, Answer.STUCK, Answer.NOT_FOR_ME):
        assert answers.answer(link, said).id == answers.answer(link, said).id
    assert len(answers.answers_of(link.service.id, link.enrolment.id)) == 3


@pytest.mark.parametrize("said", [Answer.STUCK, Answer.NOT_FOR_ME])
def test_another_answer_takes_the_call_back(cast: Cast, said: Answer) -> None:
    link = link_for(cast, cast.asha)
    answers.answer(link, said)
    answers.answer(link, Answer.BUSY)
    assert requests.open_call_request(link.enrolment) is None
    assert db.session.scalar(select(CallRequest.closed_at)) is not None


def test_another_answer_lets_messages_come_again(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    answers.answer(link, Answer.BUSY)
    answers.answer(link, Answer.FLARE_UP)
    assert quiet_until_of(link) is None


def test_a_day_that_was_set_under_me_since_then_stays(cast: Cast) -> None:
    link, day = link_for(cast, cast.asha), clock.today() + timedelta(days=40)
    answers.answer(link, Answer.BUSY)
    answers.quiet_until(link.patient.id, day, by=cast.asha.actor)
    answers.answer(link, Answer.STUCK)
    assert quiet_until_of(link) == day


def test_a_flare_up_is_not_taken_back(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    answers.answer(link, Answer.FLARE_UP)
    answers.answer(link, Answer.BUSY)
    assert requests.running_flare(link.enrolment) is not None


def test_an_answer_is_looked_at_by_the_next_job_and_audited_by_name(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    answers.answer(link, Answer.BUSY)
    remind_on = select(Summary.remind_on).where(Summary.enrolment_id == link.enrolment.id)
    assert db.session.scalar(remind_on) == link.today
    said = select(AuditRow).where(AuditRow.verb == "answered")
    audited = db.session.scalars(said).one()
    assert (audited.job, audited.account_id, audited.patient_id) == (answers.JOB, None, link.patient.id)


def test_a_link_is_short_and_knows_its_message(cast: Cast) -> None:
    first = message_to(cast, cast.asha)
    with clock.standing_at(clock.now() + timedelta(days=3)):
        second = message_to(cast, cast.asha)
        links = answers.link_of(first), answers.link_of(second)
    assert len(first) == 22 and links[0] and links[1]
    assert links[0].reminder.id != links[1].reminder.id


def test_a_link_is_over_after_sixty_days(cast: Cast) -> None:
    secret = message_to(cast, cast.asha)
    for days, over in ((59, False), (60, True)):
        with clock.standing_at(clock.now() + timedelta(days=days)):
            link = answers.link_of(secret)
            assert link is not None and link.is_over is over and link.takes_answers is not over


def test_a_link_of_another_kind_is_none(cast: Cast) -> None:
    asha = cast.asha
    assert asha.patient
    secret = tokens.make("invitation", service_id=asha.patient.service_id, patient_id=asha.patient.id)
    assert answers.link_of(secret) is None


def test_after_leaving_or_a_new_way_nothing_is_answered(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    assert link.takes_answers
    engagement.leave(link.enrolment, "no_time", by=cast.asha.actor)
    assert not link.takes_answers
    other = link_for(cast, cast.dewi)
    by = cast.job(cast.hillside)
    engagement.enrol(other.patient.id, door="refresher", rhythm="own_speed", core_modules=(), by=by)
    assert not other.takes_answers


def test_stopping_and_starting_again(cast: Cast) -> None:
    link = link_for(cast, cast.asha)
    is_over_secret = message_to(cast, cast.asha)
    is_over(is_over_secret)
    old = answers.link_of(is_over_secret)
    assert old is not None and old.is_over
    answers.stop(old.patient.id, by=old.by)
    answers.quiet_until(old.patient.id, old.today + timedelta(days=3), by=old.by)
    chosen = answers.choice_of(link.service.id, link.patient.id)
    assert chosen is not None and chosen.stopped_at is not None
    answers.start_again(link.patient.id, by=link.by)
    assert chosen.stopped_at is None and chosen.quiet_until_on is None
