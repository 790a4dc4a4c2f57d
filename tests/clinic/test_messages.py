"""The pages about messages: what did not arrive and what to do, letters to print, notes by hand and by list."""

from __future__ import annotations

import io
import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from babel.dates import format_date
from sqlalchemy import insert, select

from tests.cast import Cast, Person, id_of
from tests.clinic.people import crowd
from tests.looking import LookingClient
from webapp.foundations import clock, delivering, post
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db, new_id
from webapp.foundations.outbox import REFUSED, Letter
from webapp.people import service as people
from webapp.people.models import Patient
from webapp.reminders import bounces, choices
from webapp.reminders.models import Bounce, Reminder, ReminderAnswer

LIST, LETTERS = "/messages", "/messages/letters"
EMPTY = "Every address that we know of works."


def today_said() -> str:
    """Today as the portal writes a day of this year."""
    return format_date(clock.today(), "d MMM", locale="en")


def bounce(cast: Cast, person: Person, channel: str = "email", why: str = "unknown") -> Bounce:
    assert person.patient
    cast.enter(cast.carol)
    address = bounces.address_of(person.patient, channel)
    found = bounces.note_bounce(cast.carol.actor, person.patient.id, channel, address, why)
    db.session.commit()
    return found


def letter(
    cast: Cast, person: Person, kind: str = "reminder:questions", channel: str = "email", **more: Any
) -> Letter:
    """A message to this patient in the outbox; ``more`` sets its columns."""
    assert person.patient
    cast.enter(cast.carol)
    made = post.write(
        cast.hillside.id, kind, bounces.address_of(person.patient, channel), "A message from Hillside",
        "Hello Asha,\n\nA few questions are open for you.\nNo rush.\n\nHillside", language="en",
        patient_id=person.patient.id, channel=channel, html="<p>Hello</p>" if channel == "email" else None,
    )  # fmt: skip
    for name, value in more.items():
        setattr(made, name, value)
    db.session.commit()
    return made


def failed(cast: Cast, person: Person, kind: str = "reminder:questions", **more: Any) -> Letter:
    return letter(cast, person, kind, failed_at=clock.now(), **more)


def lives_somewhere(cast: Cast, person: Person, **more: Any) -> None:
    """A postal address that is safe, and whatever else."""
    cast.enter(cast.carol)
    assert person.patient
    changes = {"postal_address": "1 Hill Road\nHillside\nHS1 1AA", "letter_is_safe": True, **more}
    people.change_patient(person.patient, changes, by=cast.carol.actor)
    db.session.commit()


def taps(client: LookingClient, address: str, page: str = LIST) -> str:
    """Tap the button that posts there, and read what the list says then."""
    return client.submit(page, form=address).text


# --- what did not arrive --------------------


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


def test_a_failure_makes_a_row_by_itself(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    made = letter(cast, asha)
    made.last_error = f"{REFUSED} 550"
    delivering._fail(made, made.last_error)
    db.session.commit()
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


# --- many rows --------------------


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


def cost_of(client: LookingClient, path: str) -> int:
    """How many queries the page takes, fetched twice (the first may fill what is kept)."""
    client.page(path)
    client.page(path)
    return len([said for said in client.last_statements if not said.startswith("UPDATE signed_in")])


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


# --- letters --------------------


def test_letters_are_printed_a_page_each_for_the_window_of_an_envelope(
    client: LookingClient, cast: Cast
) -> None:
    asha, dewi = cast.asha, cast.dewi
    cast.hillside.postal_address = "PO Box 9\nHillside"
    lives_somewhere(cast, asha)
    lives_somewhere(cast, dewi, needs=["large_print"], language="cy")
    letter(cast, asha, channel="letter")
    letter(cast, dewi, channel="letter", language="cy")
    cast.signs_in(client, "colin")
    html = client.page(LETTERS).html
    sheets = re.split(r'<div class="wl-sheet', html)[1:]
    assert len(sheets) == 2
    first, second = sheets
    assert "Hillside · PO Box 9, Hillside" in first and "Asha Patel\n1 Hill Road\nHillside\nHS1 1AA" in first
    assert "A few questions are open for you.<br>No rush." in first
    assert 'lang="en"' in first and "wl-in--large" not in first
    assert 'lang="cy"' in second and "wl-in--large" in second
    window = re.search(r'<div class="wl-window">.*?</div>', first, re.DOTALL)
    assert window and "pain" not in window[0].lower()  # the sender's name, not the service's


def test_exactly_the_letters_on_the_page_are_marked_as_posted(client: LookingClient, cast: Cast) -> None:
    lives_somewhere(cast, cast.asha)
    shown = letter(cast, cast.asha, channel="letter")
    cast.signs_in(client, "carol")
    fields, action = client.page(LETTERS).form_fields("/messages/letters/posted")
    later = letter(cast, cast.asha, channel="letter")
    answer = client.post(action, data=fields, follow_redirects=True)
    assert "One letter is marked as posted." in answer.text
    cast.enter(cast.carol)
    assert shown.sent_at and shown.settled_by == "Carol Osei"
    assert later.sent_at is None
    client.post(action, data=fields)  # a second send changes nothing
    rows = db.session.scalars(select(AuditRow).where(AuditRow.verb == "posted")).all()
    assert [(row.kind, row.patient_id) for row in rows] == [("letter", id_of(cast.asha.patient))]


def test_it_can_be_taken_back_for_ten_minutes(client: LookingClient, cast: Cast) -> None:
    lives_somewhere(cast, cast.asha)
    one = letter(cast, cast.asha, channel="letter")
    cast.signs_in(client, "carol")
    client.submit(LETTERS, {"letter": str(one.id)}, form="/messages/letters/posted")
    undo = "/messages/letters/not-posted"
    page = client.page(LIST)
    assert "You marked one letter as posted at" in page.text
    kept = page.form_fields(undo)
    cast.signs_in(client, "colin")  # a colleague cannot take it back
    assert "You marked one letter" not in client.page(LIST).text
    cast.signs_in(client, "carol")
    with clock.standing_at(clock.now() + timedelta(minutes=9)):
        assert "One letter waits again." in taps(client, undo)
    cast.enter(cast.carol)
    assert one.sent_at is None and one.settled_by is None
    client.submit(LETTERS, {"letter": str(one.id)}, form="/messages/letters/posted")
    with clock.standing_at(clock.now() + timedelta(minutes=11)):
        assert "You marked one letter" not in client.page(LIST).text
        answer = client.post(kept[1], data=kept[0], follow_redirects=True)
        assert "Ten minutes are over" in answer.text
    assert one.sent_at is not None


@pytest.mark.parametrize("at", ["", "yesterday", "2026-11-22T10:00:00"])
def test_no_moment_of_ones_own_invention(client: LookingClient, cast: Cast, at: str) -> None:
    lives_somewhere(cast, cast.asha)
    one = letter(cast, cast.asha, channel="letter")
    cast.signs_in(client, "carol")
    client.submit(LETTERS, {"letter": str(one.id)}, form="/messages/letters/posted")
    page = client.submit(LIST, {"at": at}, form="/messages/letters/not-posted")
    assert "Ten minutes are over" in page.text


def test_letters_of_others_and_no_letters_at_all_are_not_marked(client: LookingClient, cast: Cast) -> None:
    lives_somewhere(cast, cast.asha)
    email, paper = letter(cast, cast.asha), letter(cast, cast.asha, channel="letter")
    cast.signs_in(client, "carol")
    for wrong in (str(email.id), "nonsense", str(UUID(int=7))):
        client.submit(LETTERS, {"letter": wrong}, form="/messages/letters/posted")
    cast.enter(cast.carol)
    assert email.sent_at is None and paper.sent_at is None


@pytest.mark.parametrize("changes", [{"letter_is_safe": False}, {"postal_address": ""}])
def test_nothing_is_printed_for_whom_the_post_is_not_safe(
    client: LookingClient, cast: Cast, changes: dict[str, Any]
) -> None:
    asha = cast.asha
    lives_somewhere(cast, asha)
    letter(cast, asha, channel="letter")
    lives_somewhere(cast, asha, **changes)
    cast.signs_in(client, "carol")
    page = client.page(LETTERS)
    assert "No letter to print" in page.title and "Not printed: the post is not safe" in page.text
    assert "A few questions are open" not in page.text


def test_nothing_is_printed_to_an_address_at_which_letters_do_not_arrive(
    client: LookingClient, cast: Cast
) -> None:
    lives_somewhere(cast, cast.asha)
    letter(cast, cast.asha, channel="letter")
    bounce(cast, cast.asha, "letter", "moved")
    cast.signs_in(client, "carol")
    assert "A few questions are open" not in client.page(LETTERS).text


def test_no_letters_kindly(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert "Nothing waits to be printed." in client.page(LETTERS).text


def test_what_did_not_arrive_can_be_printed_instead(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    lives_somewhere(cast, asha)
    bounce(cast, asha)
    waiting = failed(cast, asha, "reminder:questions")
    cast.signs_in(client, "carol")
    assert "A letter waits to be printed." in taps(client, f"/messages/{waiting.id}/by-post")
    text = client.page(LETTERS).text
    assert "Hello Asha," in text and "A few questions from Hillside Pain Service are open for you." in text
    assert "Ring us on 01632 960100." in text and "http" not in text
    assert (
        "Waiting:" not in client.page(LIST).text
    )  # the address still stands there, its message is dealt with


def test_what_has_no_words_for_a_letter_is_not_offered_as_one(client: LookingClient, cast: Cast) -> None:
    lives_somewhere(cast, cast.asha)
    failed(cast, cast.asha, "reminder:weekly-summary")
    cast.signs_in(client, "carol")
    page = client.page(LIST)
    assert "Send again" in page.text and "Print it as a letter" not in page.text


def test_fifty_letters_cost_what_one_does(client: LookingClient, cast: Cast) -> None:
    lives_somewhere(cast, cast.asha)
    cast.signs_in(client, "carol")
    costs = []
    for number in (1, 20):
        for _ in range(number):
            letter(cast, cast.asha, channel="letter")
        cast.signs_in(client, "carol")
        costs.append(cost_of(client, LETTERS))
    assert costs[0] == costs[1]


# --- by hand, and by list --------------------


def test_an_address_is_noted_by_hand(client: LookingClient, cast: Cast) -> None:
    bounced = cast.asha
    cast.signs_in(client, "colin")
    page = client.submit("/messages/note", {"address": "Asha@example.org", "why": "unknown"})
    assert "Noted for one person." in page.text and "Asha Patel" in page.text
    cast.enter(cast.carol)
    assert bounces.bounced(cast.hillside.id, id_of(bounced.patient)) == {("email", "asha@example.org")}


@pytest.mark.parametrize(
    ("address", "why", "said"),
    [
        ("", "unknown", "Fill in the address or number"),
        ("asha at home", "unknown", "Fill in an e-mail address or a number"),
        ("nobody@example.org", "unknown", "Nobody here has this address"),
        ("vera@example.org", "unknown", "Nobody here has this address"),
        ("asha@example.org", None, "Choose why it does not arrive"),
    ],
)
def test_a_note_that_cannot_be_kept_is_refused_with_nothing_lost(
    client: LookingClient, cast: Cast, address: str, why: str | None, said: str
) -> None:
    assert cast.asha and cast.vera
    cast.signs_in(client, "carol")
    page = client.submit("/messages/note", {"address": address, "why": why})
    assert page.status == 422 and said in page.text
    assert not address or f'value="{address}"' in page.html


def test_a_patients_own_ways_are_offered(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    lives_somewhere(cast, asha)
    cast.signs_in(client, "carol")
    path = f"/patients/{id_of(asha.patient)}/does-not-arrive"
    text = client.page(path).text
    assert "E-mail: asha@example.org" in text and "Letter: 1 Hill Road, Hillside, HS1 1AA" in text
    page = client.submit(path, {"channel": "letter", "why": "moved"})
    assert "Noted." in page.text and page.path == f"/patients/{id_of(asha.patient)}"
    assert "Letters do not arrive, since" in client.page(LIST).text


def test_a_day_still_to_come_and_no_way_are_refused(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    path = f"/patients/{id_of(cast.asha.patient)}/does-not-arrive"
    tomorrow = clock.today() + timedelta(days=1)
    day = {
        "since_on-day": str(tomorrow.day), "since_on-month": str(tomorrow.month), "since_on-year": str(tomorrow.year)
    }  # fmt: skip
    assert client.submit(path, {"channel": "email", "why": "full", **day}).status == 422
    assert client.submit(path, {"channel": "pigeon", "why": "full"}).status == 422
    assert EMPTY in client.page(LIST).text


def test_nothing_to_note_for_whom_the_record_has_no_address(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.patient
    people.change_patient(asha.patient, {"email": "", "mobile": ""}, by=cast.carol.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "There is nothing to note." in client.page(f"/patients/{asha.patient.id}/does-not-arrive").text


def sends(client: LookingClient, text: str) -> Any:
    """Send a list as a file."""
    fields, action = client.page("/messages/import").form_fields(None)
    file = {"file": (io.BytesIO(text.encode()), "bounces.csv")}
    return client.post(action or "/messages/import", data={**fields, **file}, follow_redirects=True)


def test_a_mail_systems_list_is_read_in(client: LookingClient, cast: Cast) -> None:
    assert cast.asha and cast.dewi and cast.vera
    cast.signs_in(client, "carol")
    text = "address,reason,date\nasha@example.org,5.1.1,2026-11-01\ndewi@example.org,4.2.0,\nvera@example.org,5.1.1,\n"
    said = sends(client, text).text
    for words in (
        "One address was noted.",
        "Only delays, so left out: line 3.",
        "Nobody here has these",
        "line 4.",
    ):
        assert words in said, words
    assert "Asha Patel" in said and "1 Nov" in said
    assert "One was known already." in sends(client, text).text


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "This file is empty"),
        ("who\nasha@example.org\n", "Line 1"),
        ("address,date\nasha@example.org,soon\n", "Line 2"),
        ("address\nasha@example.org\nnonsense\n", "Line 3"),
        ("address\n" + "a@example.org\n" * 1001, "There are more than 1000 lines"),
    ],
)
def test_a_list_that_cannot_be_read_is_refused_by_line_and_keeps_nothing(
    client: LookingClient, cast: Cast, text: str, said: str
) -> None:
    assert cast.asha
    cast.signs_in(client, "carol")
    answer = sends(client, text)
    assert answer.status_code == 422 and said in answer.text
    assert EMPTY in client.page(LIST).text


def test_no_file_is_refused(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "carol")
    assert client.submit("/messages/import").status == 422


# --- the story --------------------


def reminds(cast: Cast, person: Person, *kinds: str, answer: str = "", **more: Any) -> None:
    """A reminder about these things, with what the patient said to it."""
    assert person.patient and person.enrolment
    made = letter(cast, person, f"reminder:{kinds[0]}", **more)
    reminder = Reminder(
        service_id=cast.hillside.id, patient_id=person.patient.id, enrolment_id=person.enrolment.id,
        letter_id=made.id, channel=made.channel, kinds=list(kinds), words="x", at=clock.now(), on=clock.today(),
    )  # fmt: skip
    db.session.add(reminder)
    db.session.flush()
    for said in filter(None, answer.split()):
        db.session.add(
            ReminderAnswer(
                service_id=cast.hillside.id,
                enrolment_id=person.enrolment.id,
                reminder_id=reminder.id,
                answer=said,
                at=clock.now(),
                on=clock.today(),
            )
        )
    db.session.commit()


def story_of(person: Person) -> str:
    return f"/patients/{id_of(person.patient)}"


def test_the_story_says_what_each_message_was_about_and_what_came_of_it(
    client: LookingClient, cast: Cast
) -> None:
    asha, now = cast.asha, clock.now()
    reminds(cast, asha, "weekly-summary", "goal-review", sent_at=now)
    reminds(cast, asha, "nudge", answer="busy stuck", sent_at=now)
    reminds(cast, asha, "questions", withdrawn_at=now)
    reminds(cast, asha, "still-here", failed_at=now)
    letter(cast, asha, "reminder:goodbye", channel="letter")
    letter(cast, asha, "sign_in_link")
    cast.signs_in(client, "carol")
    text = client.page(story_of(asha)).text
    for said in (
        "E-mail: the week’s summary; a goal to look back on", f"sent {today_said()}", "E-mail: how is it going?",
        "stuck, and would like help", "not sent: no longer needed", f"did not arrive ({today_said()})",
        "Letter: goodbye, the door stays open", "waits to be printed", "a link to sign in", "on its way",
    ):  # fmt: skip
        assert said in text, said
    assert "busy this week" not in text  # the latest answer counts


def test_a_caller_sees_that_they_answered_and_not_what(client: LookingClient, cast: Cast) -> None:
    reminds(cast, cast.asha, "nudge", answer="stuck", sent_at=clock.now())
    cast.signs_in(client, "colin")
    text = client.page(story_of(cast.asha)).text
    assert f"Answered {today_said()}" in text and "stuck" not in text


def test_the_story_says_what_does_not_arrive_and_when_the_next_is_thought_about(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.asha
    bounce(cast, asha)
    cast.signs_in(client, "carol")
    text = client.page(story_of(asha)).text
    assert f"E-mail does not arrive, since {today_said()}." in text
    assert "whether a message is due." in text


def test_the_story_says_that_they_have_stopped_or_wait(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(asha)
    choices.quiet_until(id_of(asha.patient), clock.today() + timedelta(days=9), by=asha.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    assert "They asked for no messages before" in client.page(story_of(asha)).text
    cast.enter(asha)
    choices.stop(id_of(asha.patient), by=asha.actor)
    db.session.commit()
    assert "They have stopped our messages." in client.page(story_of(asha)).text


def test_the_call_page_shows_messages_as_what_was_tried(client: LookingClient, cast: Cast) -> None:
    reminds(cast, cast.asha, "nudge", sent_at=clock.now())
    cast.signs_in(client, "colin")
    assert "E-mail: how is it going?" in client.page(f"{story_of(cast.asha)}/call").text
