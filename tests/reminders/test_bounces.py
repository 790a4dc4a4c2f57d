"""Bounces: what stops messages, what ends it, and lists from a mail system."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from tests.cast import Cast, Person, id_of
from webapp.foundations import clock, post
from webapp.foundations.access import Actor
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.foundations.outbox import NOT_WANTED, REFUSED
from webapp.people import service as people
from webapp.reminders import bounces
from webapp.reminders.bounce_rules import CameBack, Why
from webapp.reminders.models import Bounce

MOBILE = "+447700900552"


def bounced(person: Person) -> set[tuple[str, str]]:
    assert person.patient
    return bounces.bounced(person.patient.service_id, person.patient.id)


def note(cast: Cast, person: Person, channel: str = "email", why: str = "unknown") -> Bounce:
    assert person.patient
    address = bounces.address_of(person.patient, channel)
    return bounces.note_bounce(cast.carol.actor, person.patient.id, channel, address, why)


def test_an_address_that_bounced_is_told_until_somebody_says_that_it_works(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    bounce = note(cast, asha)
    assert bounced(asha) == {("email", "asha@example.org")}
    bounces.works_again(bounce.id, cast.carol.actor)
    assert bounced(asha) == set()
    assert bounce.settled_by == "Carol Osei"


def test_the_same_address_is_noted_once(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    assert note(cast, asha).id == note(cast, asha, why="full").id
    assert db.session.scalar(select(func.count()).select_from(Bounce)) == 1


def test_another_address_in_the_record_ends_it_and_the_old_one_brings_it_back(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    assert asha.patient
    note(cast, asha)
    people.change_patient(asha.patient, {"email": "new@example.org"}, by=cast.carol.actor)
    assert bounced(asha) == set()
    people.change_patient(asha.patient, {"email": "Asha@Example.org"}, by=cast.carol.actor)
    assert bounced(asha) == {("email", "Asha@Example.org")}


def test_each_way_stands_by_itself(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    note(cast, asha, "text", "wrong_person")
    assert bounced(asha) == {("text", MOBILE)}
    assert bounced(cast.dewi) == set()


def test_dealt_with_keeps_messages_away_from_the_address(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    bounce = bounces.deal_with(note(cast, asha).id, cast.carol.actor)
    assert bounce.dealt_with_by == "Carol Osei"
    assert bounced(asha) == {("email", "asha@example.org")}


def test_every_change_is_written_down_without_the_address(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    bounce = note(cast, asha)
    bounces.deal_with(bounce.id, cast.carol.actor)
    bounces.works_again(bounce.id, cast.carol.actor)
    db.session.flush()
    rows = db.session.scalars(select(AuditRow).where(AuditRow.kind == "bounce").order_by(AuditRow.id)).all()
    assert [row.verb for row in rows] == ["noted", "dealt_with", "settled"]
    assert all(row.patient_id == id_of(asha.patient) and "@" not in f"{row.fields}" for row in rows)


def test_somebody_of_another_service_cannot_note_or_settle(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    bounce = note(cast, asha)
    db.session.commit()
    cast.enter(cast.victor)
    with pytest.raises(bounces.NotFound):
        bounces.works_again(bounce.id, cast.victor.actor)
    with pytest.raises(bounces.NotFound):
        bounces.deal_with(bounce.id, cast.victor.actor)
    with pytest.raises(people.NotFound):
        bounces.note_bounce(cast.victor.actor, id_of(asha.patient), "email", "asha@example.org", "unknown")


def test_no_way_and_no_reason_of_ones_own_invention(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    for channel, why in (("pigeon", "unknown"), ("email", "bored")):
        with pytest.raises(ValueError):
            bounces.note_bounce(cast.carol.actor, id_of(asha.patient), channel, "asha@example.org", why)


def failed_letter(cast: Cast, person: Person, to: str, error: str = f"{REFUSED}: 550") -> post.Letter:
    letter = post.write(
        cast.hillside.id,
        "sign_in_link",
        to,
        "A message",
        "…",
        language="en",
        patient_id=id_of(person.patient),
    )
    letter.failed_at, letter.last_error = clock.now(), error
    return letter


def test_an_address_that_was_refused_for_good_is_a_bounce_of_its_patient(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    made = bounces.note_failure(failed_letter(cast, asha, "ASHA@example.org"))
    assert made and (made.why, made.noted_by) == ("unknown", bounces.JOB)
    assert bounced(asha) == {("email", "asha@example.org")}


@pytest.mark.parametrize("error", ["ConnectionRefusedError", f"{NOT_WANTED}: 554 5.7.1"])
def test_our_servers_trouble_and_our_words_are_no_fault_of_the_address(cast: Cast, error: str) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    assert bounces.note_failure(failed_letter(cast, asha, "asha@example.org", error)) is None
    assert bounced(asha) == set()


def test_a_failure_at_an_older_address_or_at_nobodys_says_nothing(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    assert bounces.note_failure(failed_letter(cast, asha, "old@example.org")) is None
    staff = post.write(cast.hillside.id, "staff_added", "c@example.org", "A", "…", language="en")
    assert bounces.note_failure(staff) is None
    assert bounced(asha) == set()


# --- by its address, and lists of a mail system --------------------


def test_an_address_finds_whoever_has_it_also_two_people(cast: Cast) -> None:
    asha, dewi = cast.asha, cast.dewi
    cast.enter(cast.carol)
    found = bounces.note_by_address(cast.carol.actor, "07700 900552", "unknown")
    assert {one.patient_id for one in found} == {id_of(asha.patient), id_of(dewi.patient)}
    assert {one.channel for one in found} == {"text"}
    with pytest.raises(bounces.NoSuchAddress):
        bounces.note_by_address(cast.carol.actor, "vera@example.org", "unknown")


def test_a_list_is_noted_for_this_services_patients_only(cast: Cast) -> None:
    asha, vera = cast.asha, cast.vera
    cast.enter(cast.carol)
    rows = [
        CameBack(2, "ASHA@example.org", Why.FULL, date(2026, 11, 20)),
        CameBack(3, "vera@example.org", Why.UNKNOWN, None),
        CameBack(4, "nobody@example.org", Why.UNKNOWN, None),
    ]
    done = bounces.import_bounces(cast.carol.actor, rows)
    assert (done.noted, done.known, done.unknown) == (1, 0, (3, 4))
    assert bounced(asha) == {("email", "asha@example.org")}
    row = db.session.scalars(select(Bounce)).one()
    assert (row.why, row.since_on, row.noted_by) == ("full", date(2026, 11, 20), "Carol Osei")
    cast.enter(cast.victor)
    assert bounced(vera) == set()


def test_the_same_list_again_changes_nothing(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    assert asha.patient
    rows = [CameBack(2, "asha@example.org", Why.FULL, None), CameBack(3, "Asha@example.org", Why.FULL, None)]
    assert bounces.import_bounces(cast.carol.actor, rows) == bounces.Imported(1, 1, ())
    people.change_patient(asha.patient, {"email": "ASHA@example.org"}, by=cast.carol.actor)
    assert bounces.import_bounces(cast.carol.actor, rows) == bounces.Imported(0, 2, ())


@pytest.mark.parametrize(("days", "noted"), [(-1, 0), (0, 0), (1, 1)])
def test_an_old_list_does_not_take_back_what_somebody_said_since(cast: Cast, days: int, noted: int) -> None:
    _, _ = cast.asha, cast.enter(cast.carol)
    bounces.works_again(note(cast, cast.asha).id, cast.carol.actor)
    settled_on = clock.today()
    row = CameBack(2, "asha@example.org", Why.UNKNOWN, settled_on + timedelta(days=days))
    assert bounces.import_bounces(cast.carol.actor, [row]).noted == noted


def test_a_long_list_costs_no_more_questions_than_a_short_one(cast: Cast, count_queries) -> None:  # type: ignore[no-untyped-def]
    cast.enter(cast.carol)
    costs = []
    for number in (1, 300):
        rows = [CameBack(line, f"nobody{line}@example.org", Why.UNKNOWN, None) for line in range(number)]
        with count_queries() as asked:
            bounces.import_bounces(cast.carol.actor, rows)
        costs.append(len(asked.seen))
    assert costs[0] == costs[1]


def test_a_job_may_note_as_well(cast: Cast) -> None:
    asha, _ = cast.asha, cast.enter(cast.carol)
    job = Actor(cast.hillside.id, job="bounce mailbox")
    made = bounces.note_bounce(job, id_of(asha.patient), "email", "asha@example.org", "refused")
    assert made.noted_by == "bounce mailbox" and made.account_id is None
