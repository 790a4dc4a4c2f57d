"""Inviting a group from a list: checked whole, previewed, invited by a second tap, all of them or nobody."""

from __future__ import annotations

import io
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from tests.welcome.conftest import BORN, PASSWORD, Desk, goes_through
from tests.welcome.groups import NO_E_MAIL, list_of, somebody, upload
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db, enter_service
from webapp.people import imports, rules_import_columns
from webapp.people import service as people
from webapp.people.import_models import ImportBatch
from webapp.people.models import Patient, Service
from webapp.people.rules import plain_key
from webapp.people.visitors import COOKIE
from webapp.welcome import forms, import_words

BEN = somebody(given_name="Ben", family_name="Brook", born_on="1970-05-06", email="ben@example.org")
CAT = somebody(
    given_name="Cat", family_name="Cole", born_on="7 June 1950", mobile="", **NO_E_MAIL,
    text_is_safe="", call_is_safe="", voicemail_is_safe="", needs="", language="English",
)  # fmt: skip


def sends(desk: Desk, *persons: dict[str, str], **how: Any) -> Page:
    """Choose a file with these people and have it checked."""
    return desk.client.submit("/invite/group", upload(list_of(*persons, **how)))


def faults(page: Page) -> list[tuple[str, ...]]:
    """The table of what to put right: row, column, what is there, what to do."""
    table = page.all("table")[0]
    rows = [[cell for cell in row if cell.tag in ("th", "td")] for row in table.iter("tr")]
    return [tuple("".join(cell.itertext()) for cell in row) for row in rows][1:]


def here(desk: Desk) -> int:
    """How many patients Hillside has."""
    enter_service(desk.cast.hillside.id)
    of_hillside = select(func.count()).select_from(Patient).where(Patient.service_id == desk.cast.hillside.id)
    return db.session.scalar(of_hillside) or 0


def test_a_list_is_shown_first_and_invited_by_the_second_tap(desk: Desk, cast: Cast) -> None:
    page = sends(desk, somebody(), BEN, CAT)
    assert page.heading == "3 people will be invited"
    assert "By e-mail: 2. By a letter that you print: 1." in page.text
    assert "E-mail to ben@example.org" in page.text and "Letter by post" in page.text
    assert here(desk) == 0 and desk.letters() == []
    page = desk.client.submit(page.path)
    assert page.heading == "3 people are invited" and "One letter to print" in page.text
    assert {letter.to_address for letter in desk.letters()} == {"ann@example.org", "ben@example.org"}
    ann = desk.patient("Archer")
    assert (ann.born_on.isoformat(), ann.mobile) == ("1961-04-03", "+447700900552")
    assert ann.needs == ["large_print", "text_not_call"]
    assert (ann.email_is_safe, ann.text_is_safe, ann.call_is_safe, ann.letter_is_safe) == (
        True,
        False,
        True,
        True,
    )
    assert (ann.group_name, ann.seen_by, ann.suitability) == ("Autumn group", "Dr Reed", "seen_and_suitable")
    assert ann.note == "Finished “Autumn group” face to face on 31 Oct 2025."
    assert ann.clinician_id == cast.carol.membership.id  # type: ignore[union-attr]
    enrolment = engagement.current_enrolment(cast.carol.actor, ann.id)
    assert (enrolment.door, enrolment.rhythm, enrolment.started_on) == ("refresher", "own_speed", None)


def test_every_person_is_in_the_audit(desk: Desk) -> None:
    desk.client.submit(sends(desk, somebody(), BEN).path)
    for name in ("Archer", "Brook"):
        rows = select(AuditRow.verb, AuditRow.kind).where(AuditRow.patient_id == desk.patient(name).id)
        assert {
            ("created", "patient"),
            ("created", "enrolment"),
            ("sent", "invitation"),
            ("imported", "import_batch"),
        } <= {(verb, kind) for verb, kind in db.session.execute(rows)}


def test_who_was_invited_starts_through_the_refresher_door(desk: Desk, phone: LookingClient) -> None:
    desk.client.submit(sends(desk, somebody(born_on="03/03/1979")).path)
    page = goes_through(phone, desk.link(), name="ann@example.org")
    assert page.heading == "You are in"
    enrolment = engagement.current_enrolment(desk.cast.carol.actor, desk.patient("Archer").id)
    assert (enrolment.door, enrolment.started_on) == ("refresher", clock.today())


def test_one_wrong_row_and_nothing_is_written(desk: Desk) -> None:
    page = sends(
        desk, somebody(), somebody(**{**BEN, "born_on": "31/02/1970"}), {**CAT, "letter_is_safe": "perhaps"}
    )
    assert page.status == 422
    assert "Nothing is saved yet: put right 2 rows in your list" in page.text
    assert faults(page) == [
        ("Row 3", "Date of birth", "31/02/1970", "That month has no such day. Check the day and the month"),
        ("Row 4", "Safe to write", "perhaps", "Write “yes” or “no”."),
    ]
    assert here(desk) == 0
    assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 0


@pytest.mark.parametrize(
    ("changes", "column", "says"),
    [
        ({"given_name": ""}, "First name", "Fill in the first name"),
        ({"given_name": "A" * 101}, "First name", "100 characters"),
        ({"born_on": ""}, "Date of birth", "Fill in the date of birth"),
        ({"born_on": "03/04/2090"}, "Date of birth", "Check the year of birth"),
        ({"born_on": "03/04/61"}, "Date of birth", "The year must have 4 numbers"),
        ({"born_on": "13/14/1961"}, "Date of birth", "The month must be a number from 1 to 12"),
        ({"born_on": "03/04/2015"}, "Date of birth", "Waymark is for adults of 18 and over."),
        ({"born_on": "22375"}, "Date of birth", "Write the date like 03/04/1961"),
        ({"email": "ann at home"}, "E-mail", "Check this e-mail address"),
        ({"mobile": "12"}, "Mobile", "Check this number"),
        ({"mobile": "7.7009E+09"}, "Mobile", "The spreadsheet has changed this number."),
        ({"email_is_safe": ""}, "Safe to e-mail", "Choose yes or no: E-mail"),
        ({"email": "", "mobile": "", "postal_address": ""}, "E-mail", "Fill in one way to reach the patient"),
        ({"suitability": ""}, "Seen and suitable", "Choose whether the patient was seen and is suitable"),
        ({"suitability": "no"}, "Seen and suitable", "Take this line out."),
        ({"seen_by": ""}, "Seen by", "Fill in who saw the patient"),
        ({"seen_on": "03/04/2090"}, "Seen on", "This day is still to come"),
        ({"group_name": ""}, "Programme", "Fill in the name of the programme"),
        ({"finished_on": ""}, "Programme ended on", "Fill in the day on which the programme ended"),
        ({"finished_on": "03/04/2090"}, "Programme ended on", "Invite people when the programme has ended."),
        ({"needs": "large pirnt"}, "Needs", "Did you mean “large print”?"),
        ({"language": "Klingon"}, "Language", "Write: English."),
        ({"clinician": "Carl Osei"}, "Clinician", "Did you mean “Carol Osei”?"),
        ({"reference": "PMP-0001"}, "Your reference", "Numbers like this one are given by Waymark."),
        ({"note": "x" * 1801}, "Note", "1800 characters"),
    ],
)  # fmt: skip
def test_each_rule_of_the_invitation_page_holds(
    desk: Desk, changes: dict[str, str], column: str, says: str
) -> None:
    page = sends(desk, somebody(**changes))
    assert page.status == 422
    ((row, named, typed, what),) = faults(page)
    assert (row, named) == ("Row 2", column) and says in what
    fields = {heading: field for field, heading in rules_import_columns.HEADINGS.items()}
    shown = changes.get(fields[column], "")
    assert typed == (shown or "nothing") or (typed.endswith("...") and shown.startswith(typed[:-3]))


def test_somebody_who_stands_in_the_file_twice_is_named(desk: Desk) -> None:
    sue = somebody(given_name="Sue", family_name="Shaw")
    page = sends(
        desk, somebody(), somebody(given_name="ann", email="other@example.org"), sue,
        {**BEN, "reference": "H-1"}, {**CAT, "reference": "H-1"},
    )  # fmt: skip
    assert [(row, what) for row, _column, _typed, what in faults(page)] == [
        ("Row 3", "The same person is in row 2. Delete one of the two."),
        ("Row 4", "Row 2 has the same address. If they share it, leave it empty here and print a letter."),
        ("Row 6", "Row 5 has the same reference. Each belongs to one person."),
    ]


def test_wrong_headings_are_said_once(desk: Desk) -> None:
    page = sends(desk, somebody(), BEN, headings={"born_on": "Date of brith"})
    assert [(row, column, what) for row, column, _typed, what in faults(page)] == [
        (
            "Row 1",
            "Date of brith",
            "We do not know this heading. Delete the column, or use one of ours. "
            "Did you mean “Date of birth”?",
        ),
        ("Row 1", "Date of birth", "This heading is not there. Add the column."),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("file", "says"),
    [
        (b"", "This file is empty."),
        (b"PK\x03\x04", "This is an Excel workbook."),
        (b"\x00\x01", "This is not a CSV file."),
        (b"First name\n" + b"Ann\n" * 201, "There are more than 200 people in this file."),
        (b"x" * 60_001, "This file is too large."),
    ],
)
def test_what_is_no_list_is_refused_kindly(desk: Desk, file: bytes, says: str) -> None:
    page = desk.client.submit("/invite/group", upload(file))
    assert page.status == 422 and says in page.text


def test_no_file_at_all(desk: Desk) -> None:
    page = desk.client.submit("/invite/group", {"file": (io.BytesIO(b""), "")})
    assert page.status == 422 and "Choose the file with your list" in page.text


def test_a_file_that_the_gate_stops_is_told_kindly(desk: Desk) -> None:
    fields, action = desk.client.page("/invite/group").form_fields()
    answer = desk.client.post(action, data={**fields, **upload(b"x" * 70_000)})
    assert answer.status_code == 413 and "That was too long to send" in answer.text


def test_many_faults_are_cut_off_with_their_number(desk: Desk) -> None:
    page = sends(
        desk, *[somebody(given_name=f"P{n}", email="", email_is_safe="", group_name="") for n in range(102)]
    )
    assert len(faults(page)) == 100 and "And 2 more like these." in page.text


def test_what_looks_like_a_formula_stays_text(desk: Desk) -> None:
    page = sends(desk, somebody(family_name="=cmd|'/c calc'!A0", note="=1+1"))
    page = desk.client.submit(page.path)
    patient = desk.patient("=cmd|'/c calc'!A0")
    assert patient.note.endswith("\n=1+1") and "=cmd|&#39;/c calc&#39;!A0" in page.html


def test_the_same_form_sent_twice_is_one_list_and_invites_once(desk: Desk) -> None:
    fields, action = desk.client.page("/invite/group").form_fields()
    first = desk.client.post(action, data={**fields, **upload(list_of(somebody()))})
    second = desk.client.post(action, data={**fields, **upload(list_of(somebody()))})
    assert first.location == second.location
    fields, action = desk.client.page(first.location).form_fields()
    another, _ = desk.client.page(first.location).form_fields()
    done = desk.client.post(action, data=fields)
    again = desk.client.post(action, data=fields)
    assert done.location == again.location and len(desk.letters()) == 1
    late = desk.client.post(action, data=another)  # another tab, with a key of its own
    assert late.location.endswith("/invited") and len(desk.letters()) == 1 and here(desk) == 1
    page = desk.client.page(first.location)
    assert page.heading == "One person is invited"


def test_the_same_file_on_another_day_invites_nobody_twice(desk: Desk) -> None:
    desk.client.submit(sends(desk, somebody(), BEN).path)
    page = sends(desk, somebody(), BEN, CAT)
    assert page.heading == "One person will be invited" and "2 people may be here already." in page.text
    assert page.text.count("Nothing. They are not invited twice.") == 2
    page = desk.client.submit(page.path)
    assert page.heading == "One person is invited" and "Here already, not invited again" in page.text
    assert here(desk) == 3 and len(desk.letters()) == 2


def test_a_list_of_known_people_only_has_nothing_to_tap(desk: Desk) -> None:
    desk.client.submit(sends(desk, somebody()).path)
    page = sends(desk, somebody())
    assert page.heading == "Nobody new in this list"
    assert not [button for button in page.all("button") if "nvite these" in "".join(button.itertext())]
    assert page.form_fields()[1].endswith("/throw-away")


def test_the_same_address_is_never_invited_from_a_list(desk: Desk) -> None:
    desk.client.submit(sends(desk, somebody()).path)
    page = sends(desk, somebody(given_name="Bob", born_on="01/01/1980", email="ANN@example.org"), BEN)
    assert "The same e-mail address" in page.text and page.heading == "One person will be invited"
    desk.client.submit(page.path)
    assert here(desk) == 2


def test_a_similar_name_is_asked_about(desk: Desk) -> None:
    desk.client.submit(sends(desk, somebody()).path)
    twin = somebody(given_name="Anne", email="anne@example.org")
    page = sends(desk, twin)
    assert "Born on the same day, with a similar name" in page.text
    where, row = page.path, "2"
    assert desk.client.submit(where).heading == "Nobody was invited" and here(desk) == 1
    page = sends(desk, twin)
    page = desk.client.submit(page.path, {"somebody_else": [row]})
    assert page.heading == "One person is invited" and here(desk) == 2


def test_nobody_ticks_what_was_not_offered(desk: Desk) -> None:
    desk.client.submit(sends(desk, somebody()).path)
    page = sends(desk, somebody(), BEN)
    page = desk.client.submit(page.path, {"again": ["2"], "somebody_else": ["2"]})
    assert page.heading == "One person is invited" and here(desk) == 2


def test_who_finished_may_come_again_and_only_if_ticked(desk: Desk, cast: Cast) -> None:
    asha = cast.asha
    assert asha.patient and asha.enrolment
    enter_service(cast.hillside.id)
    people.choose(asha.patient.id, "email", True, by=asha.actor)
    asha.enrolment.finished_on = clock.today()
    db.session.commit()
    line = somebody(given_name="Asha", family_name="Patel", born_on="03/03/1979", email="new@example.org")
    page = sends(desk, line)
    assert "Finished on" in page.text and "You may open the refresher: tick below." in page.text
    assert desk.client.submit(page.path).heading == "Nobody was invited"
    assert engagement.current_enrolment(asha.actor, asha.patient.id).id == asha.enrolment.id
    page = desk.client.submit(sends(desk, line).path, {"again": ["2"]})
    assert page.heading == "One person is invited" and "they sign in as before" in page.text
    second = engagement.current_enrolment(asha.actor, asha.patient.id)
    assert second.id != asha.enrolment.id
    assert (second.door, second.rhythm, second.started_on) == ("refresher", "own_speed", clock.today())
    patient = db.session.get_one(Patient, (cast.hillside.id, asha.patient.id))
    assert patient.email == asha.account.sign_in_name and patient.group_name == "Autumn group"
    (letter,) = desk.letters()
    assert letter.kind == "welcome_back" and "/sign-in" in letter.text and "/start/" not in letter.text
    assert not any(
        word in letter.text.lower() for word in ("pain", "health", "clinic", "patient", "waymark", "course")
    )
    assert desk.client.page("/invite").status == 200


def test_who_comes_again_and_chose_no_e_mails_is_told_by_the_team(desk: Desk, cast: Cast) -> None:
    assert cast.dewi.enrolment
    enter_service(cast.hillside.id)
    cast.dewi.enrolment.ended_on = clock.today()
    db.session.commit()
    page = sends(desk, somebody(given_name="Dewi", family_name="Rees", born_on="03/03/1979"))
    assert "Left on" in page.text
    page = desk.client.submit(page.path, {"again": ["2"]})
    assert "Refresher open. Please tell them: they sign in as before." in page.text and desk.letters() == []


def test_who_takes_part_is_not_offered_anything(desk: Desk, cast: Cast) -> None:
    assert cast.asha.patient
    page = sends(desk, somebody(given_name="ASHA", family_name="Patel", born_on="1979-03-03"))
    assert "Takes part since" in page.text and page.form_fields()[1].endswith("/throw-away")


def test_a_colleague_who_was_quicker_is_noticed_at_the_second_tap(desk: Desk) -> None:
    page = sends(desk, somebody(), BEN)
    desk.client.submit(sends(desk, somebody(reference="H-1")).path)
    page = desk.client.submit(page.path)
    assert page.heading == "One person is invited" and here(desk) == 2


def test_a_reference_that_was_given_meanwhile_is_given_anew(desk: Desk) -> None:
    page = sends(desk, somebody(reference="H-1"))
    desk.client.submit(sends(desk, {**BEN, "reference": "H-1"}).path)
    assert desk.client.submit(page.path).heading == "One person is invited"
    assert desk.patient("Archer").reference.startswith("PMP-") and desk.patient("Brook").reference == "H-1"
    page = sends(desk, {**CAT, "reference": "H-1"})
    assert "Another patient has this reference" in page.text


def test_if_one_cannot_be_invited_nobody_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    page = sends(desk, somebody(), BEN, CAT)
    real = engagement.enrol

    def breaks(patient_id: Any, **how: Any) -> Any:
        if db.session.get_one(Patient, (desk.cast.hillside.id, patient_id)).given_name == "Cat":
            from sqlalchemy.exc import OperationalError

            raise OperationalError("the database is gone", {}, Exception())
        return real(patient_id, **how)

    monkeypatch.setattr(engagement, "enrol", breaks)
    fields, action = page.form_fields()
    assert desk.client.post(action, data=fields).status_code == 503
    assert here(desk) == 0 and desk.letters() == []
    monkeypatch.undo()
    assert desk.client.post(action, data=fields).location.endswith("/invited") and here(desk) == 3


def test_the_letters_of_a_group_are_one_document(desk: Desk, phone: LookingClient) -> None:
    dan = CAT | {"given_name": "Dan", "family_name": "Dale", "postal_address": "", "letter_is_safe": ""}
    dan |= {"mobile": "07700 900111", "text_is_safe": "no", "call_is_safe": "yes", "voicemail_is_safe": "no"}
    dan["needs"] = "large print"
    page = desk.client.submit(sends(desk, somebody(), {**CAT, "born_on": "03/03/1979"}, dan).path)
    assert "2 letters to print" in page.text
    printed = desk.client.submit(page.path, form="/letters")
    assert printed.status == 200 and printed.heading == "2 letters to print"
    codes = ["".join(code.itertext()) for code in printed.all("span", class_="wl-typed")]
    assert len(codes) == len(set(codes)) == printed.html.count('class="wl-qr"') == 2
    assert "Dear Cat," in printed.text and "Dear Dan," in printed.text and "Dear Ann," not in printed.text
    assert len(printed.all("div", class_="wl-in--large")) == 1
    assert "Hand their letters over:Dan Dale" in printed.text.replace(": ", ":")
    assert phone.submit(f"/start/{codes[0]}", BORN).heading == "Welcome, Cat"
    again = desk.client.submit(page.path, form="/letters")
    assert "".join(again.all("span", class_="wl-typed")[0].itertext()) not in codes


def test_who_has_started_gets_no_letter(desk: Desk, phone: LookingClient) -> None:
    done = desk.client.submit(sends(desk, {**CAT, "born_on": "03/03/1979"}).path)
    printed = desk.client.submit(done.path, form="/letters")
    code = "".join(printed.all("span", class_="wl-typed")[0].itertext())
    _walks_in(phone, code)
    page = desk.client.page(done.path)
    assert "Has started" in page.text and "letter to print" not in page.text


def _walks_in(phone: LookingClient, code: str) -> None:
    """Start with a letter, with the three words for a name."""
    phone.submit(f"/start/{code}", BORN)
    for step in ("about", "team"):
        phone.submit(f"/start/{step}")
    phone.submit("/start/contact", {"contact": ["letter"]})
    page = phone.submit("/start/phone", {"kind": "own_phone"})
    name = page.all("input", name="name")[0].get("value")
    page = phone.submit(page.path, {"name": name, "which": "own", "password": PASSWORD})
    assert page.heading == "You are in"


def test_nobody_else_sees_or_alters_a_list(desk: Desk, cast: Cast) -> None:
    path = sends(desk, somebody()).path
    secrets = {name: cast.secret_of(name) for name in ("lena", "victor", "carol")}
    for name in ("lena", "victor"):
        desk.client.set_cookie(COOKIE, secrets[name])
        assert desk.client.get(path).status_code == 404
        assert desk.client.get(f"{path}/invited").status_code == 404
    desk.client.set_cookie(COOKIE, secrets["carol"])
    page = desk.client.submit(path, {"rows": "[]", "details": "{}", "email": "thief@example.org"})
    assert page.heading == "One person is invited" and desk.letters()[0].to_address == "ann@example.org"


def test_a_list_is_thrown_away_by_hand_or_by_night(desk: Desk) -> None:
    page = sends(desk, somebody())
    desk.client.submit(page.path, form="/throw-away")
    assert desk.client.get(page.path).status_code == 404
    waiting, done = sends(desk, BEN).path, sends(desk, CAT).path
    desk.client.submit(done)
    kept = db.session.scalars(select(ImportBatch).where(ImportBatch.invited_at.is_not(None))).one()
    assert kept.rows == [] and "Cole" not in str(kept.outcomes)
    clock.move(timedelta(hours=25))
    try:
        desk.cast.signs_in(desk.client, "carol")
        assert desk.client.get(waiting).status_code == 404
        assert desk.client.get(f"{done}/invited").status_code == 200
        enter_service(desk.cast.hillside.id)
        imports.forget_old()
        assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 1
        clock.move(timedelta(days=30))
        imports.forget_old()
        assert db.session.scalar(select(func.count()).select_from(ImportBatch)) == 0
    finally:
        clock.move(timedelta())


def test_the_empty_list_can_be_filled_in(desk: Desk) -> None:
    answer = desk.client.get("/invite/group/example.csv")
    assert answer.mimetype == "text/csv" and "people-to-invite.csv" in answer.headers["Content-Disposition"]
    page = desk.client.submit("/invite/group", upload(answer.data))
    assert [what for *_, what in faults(page)] == ["This is our example. Delete this line."]
    filled = answer.data.decode("utf-8-sig").replace("Alex,Example", "Alex,Ample").replace("alex@", "ample@")
    filled = filled.replace("02/09/2026", "02/09/2025").replace("30/10/2026", "30/10/2025")
    assert desk.client.submit("/invite/group", upload(filled)).heading == "One person will be invited"


def test_the_invitation_page_leads_here(desk: Desk) -> None:
    links = [link.get("href") for link in desk.client.page("/invite").all("a")]
    assert "/invite/group" in links


def test_the_file_and_the_page_know_the_same_needs_channels_and_columns() -> None:
    assert set(rules_import_columns.NEEDS.values()) == {key for key, _words in forms.NEEDS}
    pairs = {(way, safe) for safe, ways in forms.CHANNELS.items() for way in ways}
    assert {(way, safe) for way, safes in rules_import_columns.NEEDED_WITH.items() for safe in safes} == pairs
    assert set(import_words.HELP) == set(rules_import_columns.HEADINGS) == set(rules_import_columns.EXAMPLE)
    assert set(forms.PLAIN) <= set(rules_import_columns.HEADINGS)


def test_a_service_of_two_languages_asks_for_one(desk: Desk, cast: Cast) -> None:
    db.session.get_one(Service, cast.hillside.id).languages = ["en", "cy"]
    db.session.commit()
    ((_row, column, _typed, what),) = faults(sends(desk, somebody()))
    assert (column, what) == ("Language", "Choose a language")
    page = sends(
        desk, {**somebody(), "language": "Welsh"}, {**BEN, "language": "cymraeg"}, {**CAT, "language": "en"}
    )
    desk.client.submit(page.path)
    assert [desk.patient(name).language for name in ("Archer", "Brook", "Cole")] == ["cy", "cy", "en"]


def test_a_clinician_is_found_by_name(desk: Desk, cast: Cast) -> None:
    assert cast.lena.membership
    desk.client.submit(sends(desk, somebody(clinician="lena  brandt")).path)
    assert desk.patient("Archer").clinician_id == cast.lena.membership.id
    assert plain_key("Lena Brandt") == "lena brandt"


def test_checking_costs_the_same_for_one_and_for_many(desk: Desk, count_queries: Any) -> None:
    def group(size: int) -> str:
        names = ({"given_name": f"Pat{n}", "family_name": f"Number{n}"} for n in range(size))
        return list_of(*[somebody(**one, email=f"p{n}@example.org") for n, one in enumerate(names)])

    costs = {}
    for size in (1, 2, 40):
        page = desk.client.submit("/invite/group", upload(group(size)))
        db.session.expire_all()  # whether an earlier page's rows are still alive must not count
        with count_queries() as shown:
            desk.client.get(page.path)
        fields, action = page.form_fields()
        db.session.expire_all()  # whether an earlier page's rows are still alive must not count
        with count_queries() as invited:
            desk.client.post(action, data=fields)
        costs[size] = (len(shown.seen), len(invited.seen))
        db.session.rollback()
        for patient in db.session.scalars(select(Patient).where(Patient.group_name == "Autumn group")):
            patient.born_on, patient.email = patient.born_on.replace(year=1930), f"x{patient.id}@example.org"
        db.session.commit()
    assert costs[1][0] == costs[40][0]
    assert costs[40][1] - costs[2][1] <= 38 * (costs[2][1] - costs[1][1]) + 5
