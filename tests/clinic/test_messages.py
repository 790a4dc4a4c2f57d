"""What did not arrive: who, why and what to do; fifty a page, at a constant cost."""

from __future__ import annotations

import re
from email.message import EmailMessage
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.dialects import postgresql

from tests.cast import Cast, id_of
from tests.clinic.messages_made import (
    EMPTY,
    LIST,
    bounce,
    cost_of,
    failed,
    letter,
    taps,
)
from tests.clinic.people import crowd
from tests.looking import LookingClient
from webapp.clinic import message_reads
from webapp.foundations import clock, post
from webapp.foundations.carriers import Refused
from webapp.foundations.database import db, new_id
from webapp.foundations.outbox import Letter
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.reminders import bounces
from webapp.reminders.models import Bounce, Reminder


def test_nothing_waits_and_the_page_says_so_kindly(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    page = client.page(LIST)
    assert EMPTY in page.text and "No letter waits to be printed." in page.text
    assert "Other messages that did not arrive" not in page.text


def test_a_row_says_who_by_which_way_since_when_why_and_what_to_do(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    assert asha.patient
    bounce(cast, asha, why="full")
    failed(cast, asha)
    cast.signs_in(client, "carol")
    text = client.page(LIST).text
    for said in (
        "Asha Patel", "Born 3 Mar 1979", asha.patient.reference, "E-mail does not arrive, since", "asha@example.org",
        "The mailbox is full.", "Noted by Carol Osei.", "Waiting: questions to answer", "07700 900552", "after 2 pm",
        "Correct the record", "It works again", "Dealt with",
    ):  # fmt: skip
        assert said in text, said


def _refuses(message: EmailMessage) -> None:
    """A mail server that knows no such address."""
    raise Refused("550 5.1.1")


def test_a_failure_makes_a_row_by_itself(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    made = letter(cast, asha)
    cast.enter(cast.carol)
    assert post.deliver_due(_refuses, "us@example.org") == 0 and made.failed_at is not None
    cast.signs_in(client, "carol")
    text = client.page(LIST).text
    assert "Nobody has this address or number." in text and "Noted when a message could not be sent." in text
    assert "Other messages that did not arrive" not in text  # one row a person and way


def test_correcting_the_address_ends_it_and_leaves_the_message_to_send_again(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.asha
    bounce(cast, asha)
    waiting = failed(cast, asha)
    cast.enter(cast.carol)
    assert asha.patient
    people.change_patient(asha.patient, {"email": "right@example.org"}, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert EMPTY in client.page(LIST).text
    assert "It is on its way again." in taps(client, f"/messages/{waiting.id}/again")
    cast.enter(cast.carol)
    again = db.session.scalars(select(Letter).where(Letter.failed_at.is_(None))).one()
    assert (again.to_address, again.text, again.html) == ("right@example.org", waiting.text, waiting.html)
    assert waiting.settled_by == "Carol Osei" and again.message_id != waiting.message_id
    assert "Other messages that did not arrive" not in client.page(LIST).text


def test_a_message_sent_again_is_the_one_that_its_reminder_names(client: LookingClient, cast: Cast) -> None:
    asha, waiting = cast.asha, failed(cast, cast.asha)
    assert asha.enrolment
    reminder = Reminder(
        service_id=cast.hillside.id, patient_id=id_of(asha.patient), enrolment_id=asha.enrolment.id,
        letter_id=waiting.id, channel="email", kinds=["questions"], words="x", at=clock.now(), on=clock.today(),
    )  # fmt: skip
    db.session.add(reminder)
    db.session.commit()
    cast.signs_in(client, "carol")
    taps(client, f"/messages/{waiting.id}/again")
    cast.enter(cast.carol)
    db.session.refresh(reminder)
    assert reminder.letter_id != waiting.id
    assert db.session.get_one(Letter, (cast.hillside.id, reminder.letter_id)).kind == "reminder:questions"


def test_sending_again_twice_writes_one_message(client: LookingClient, cast: Cast) -> None:
    waiting = failed(cast, cast.asha)
    cast.signs_in(client, "carol")
    fields, action = client.page(LIST).form_fields(f"/messages/{waiting.id}/again")
    for _ in range(2):
        client.post(action, data=fields)
    cast.enter(cast.carol)
    assert len(db.session.scalars(select(Letter)).all()) == 2


@pytest.mark.parametrize(
    "changes", [{"email_is_safe": False}, {"email": ""}], ids=["not safe any more", "no address any more"]
)
def test_it_is_not_sent_again_where_it_may_not_go(
    client: LookingClient, cast: Cast, changes: dict[str, Any]
) -> None:
    asha, waiting = cast.asha, failed(cast, cast.asha)
    cast.enter(cast.carol)
    assert asha.patient
    people.change_patient(asha.patient, changes, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "It cannot go" in taps(client, f"/messages/{waiting.id}/again")
    cast.enter(cast.carol)
    assert waiting.settled_at is None and len(db.session.scalars(select(Letter)).all()) == 1


def test_what_they_did_not_choose_is_no_way(client: LookingClient, cast: Cast) -> None:
    asha, waiting = cast.asha, failed(cast, cast.asha)
    cast.enter(cast.carol)
    people.choose(id_of(asha.patient), "email", False, by=asha.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "It cannot go" in taps(client, f"/messages/{waiting.id}/again")


def test_links_that_have_ended_are_not_sent_again(client: LookingClient, cast: Cast) -> None:
    waiting = failed(cast, cast.asha, "sign_in_link")
    cast.signs_in(client, "carol")
    page = client.page(LIST)
    assert "a link to sign in" in page.text and "Send again" not in page.text
    assert "Off the list." in taps(client, f"/messages/{waiting.id}/dealt-with")
    assert "a link to sign in" not in client.page(LIST).text


def test_an_invitation_leads_to_its_own_page(client: LookingClient, cast: Cast) -> None:
    failed(cast, cast.tomasz, "invitation")
    cast.signs_in(client, "carol")
    assert "Invite again, or by letter" in client.page(LIST).text


def test_it_works_again_and_dealt_with_take_the_row_away(client: LookingClient, cast: Cast) -> None:
    first, second = bounce(cast, cast.asha), bounce(cast, cast.dewi)
    cast.signs_in(client, "colin")
    assert "Messages go there again" in taps(client, f"/messages/addresses/{first.id}/works-again")
    assert "Off the list. No message goes" in taps(client, f"/messages/addresses/{second.id}/dealt-with")
    assert EMPTY in client.page(LIST).text
    cast.enter(cast.carol)
    assert bounces.bounced(cast.hillside.id, id_of(cast.asha.patient)) == set()
    assert bounces.bounced(cast.hillside.id, id_of(cast.dewi.patient)) == {("email", "dewi@example.org")}


def test_messages_to_colleagues_are_the_leads(client: LookingClient, cast: Cast) -> None:
    cast.enter(cast.carol)
    made = post.write(cast.hillside.id, "staff_added", "new@example.org", "A", "…", language="en")
    made.failed_at = clock.now()
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "new@example.org" not in client.page(LIST).text
    cast.signs_in(client, "lena")
    text = client.page(LIST).text
    assert "A colleague" in text and "new@example.org" in text and "The staff page" in text


def test_another_service_sees_nothing_of_it(client: LookingClient, cast: Cast) -> None:
    bounce(cast, cast.asha)
    failed(cast, cast.dewi)
    cast.signs_in(client, "victor")
    assert EMPTY in client.page(LIST).text


def test_a_caller_sees_the_list_without_what_only_clinicians_may_do(
    client: LookingClient, cast: Cast
) -> None:
    bounce(cast, cast.asha)
    cast.signs_in(client, "colin")
    page = client.page(LIST)
    assert page.status == 200 and "Asha Patel" in page.text and "Correct the record" not in page.text


def many_bounces(cast: Cast, number: int, after: int = 0) -> None:
    """So many addresses that do not work, each of another patient of the crowd."""
    if not after:
        crowd(cast, number + 60)
    cast.enter(cast.carol)
    everybody = select(Patient.id).where(Patient.family_name.startswith("Crowd")).order_by(Patient.sort_key)
    ids = db.session.scalars(everybody.offset(after).limit(number)).all()
    rows = [
        {
            "service_id": cast.hillside.id, "id": new_id(), "patient_id": patient_id, "channel": "letter",
            "address": "", "why": "moved", "since_on": clock.today(), "noted_at": clock.now(), "noted_by": "Carol",
        }
        for patient_id in ids
    ]  # fmt: skip
    db.session.execute(insert(Bounce), rows)
    db.session.commit()


def test_fifty_a_page_newest_first_and_nobody_twice(client: LookingClient, cast: Cast) -> None:
    many_bounces(cast, 120)
    cast.signs_in(client, "carol")
    seen: list[str] = []
    address: str | None = LIST
    pages = 0
    while address:
        page = client.page(address)
        seen += re.findall(r">Pat (Crowd\d{5})</a>", page.html)
        more = re.search(r'href="(/messages\?after=[^"]+)"', page.html)
        address, pages = more[1] if more else None, pages + 1
    assert pages == 3 and len(seen) == len(set(seen)) == 120


def test_ten_rows_cost_what_fifty_do(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    costs = []
    for number, after in ((2, 0), (60, 2)):
        many_bounces(cast, number, after)
        for person in (cast.asha, cast.dewi):
            failed(cast, person)
            letter(cast, person, channel="letter")
        cast.signs_in(client, "carol")
        costs.append(cost_of(client, LIST))
    assert costs[0] == costs[1]


@pytest.mark.parametrize("later", [False, True], ids=["first page", "a later page"])
def test_the_list_walks_its_index_without_sorting(cast: Cast, later: bool) -> None:
    many_bounces(cast, 200)
    query = message_reads.not_arrived_query(later).params(
        {"service": cast.hillside.id, **({"after": new_id()} if later else {})}
    )
    words = query.compile(dialect=postgresql.dialect(), compile_kwargs={"literal_binds": True})
    db.session.execute(text("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"))
    plan = "\n".join(db.session.scalars(text(f"EXPLAIN {words}".replace(":", r"\:"))))
    assert "using ix_bounce_waiting" in plan and "Sort Key: bounce.id" not in plan, plan


def test_the_menu_counts_what_waits_up_to_99(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert "Messages (" not in client.page("/problems").html
    bounce(cast, cast.asha)
    letter(cast, cast.dewi, channel="letter")
    assert "Messages (2)" in client.page("/problems").html
    assert "Messages (2)" in client.page("/ring-today").html
    many_bounces(cast, 120)
    assert "Messages (99+)" in client.page("/ring-today").html
    cast.signs_in(client, "arthur")
    assert "Messages" not in client.page("/me").html
