"""A mail system's list of bounces: which lines say something about an address, which do not, and what is wrong."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.people.rules_import import FileTrouble, Unreadable
from webapp.reminders import bounce_rules
from webapp.reminders.bounce_rules import MOST_ROWS, CameBack, Fault, Faulty, Why

TODAY = date(2026, 11, 22)


def read(text: str) -> bounce_rules.Sheet:
    return bounce_rules.read(text.encode(), TODAY)


@pytest.mark.parametrize(
    ("said", "why"),
    [
        # RFC 3463: class 5 is permanent, class 4 is a delay and says nothing about the address.
        ("5.1.1", Why.UNKNOWN),
        ("550 5.1.1 The email account that you tried to reach does not exist", Why.UNKNOWN),
        ("5.1.10 recipient not found", Why.UNKNOWN),
        ("5.1.2 bad destination system", Why.UNKNOWN),
        ("5.1.6 mailbox has moved", Why.MOVED),
        ("5.2.1 mailbox disabled", Why.UNKNOWN),
        ("5.2.2 mailbox full", Why.FULL),
        ("5.4.7 delivery time expired", Why.GAVE_UP),
        ("5.7.1 message refused", Why.REFUSED),
        ("5.3.0 other", Why.OTHER),
        ("4.2.2 mailbox full", None),
        ("4.4.1 connection timed out", None),
        # In words, as lists that people keep have them.
        ("User unknown", Why.UNKNOWN),
        ("Hard bounce", Why.UNKNOWN),
        ("Soft bounce", None),
        ("Message delayed", None),
        ("Mailbox full", Why.FULL),
        ("over quota", Why.FULL),
        ("Rejected as spam", Why.REFUSED),
        ("timed out after two days", Why.GAVE_UP),
        ("She has moved to another address", Why.MOVED),
        ("reaches the wrong person", Why.WRONG_PERSON),
        ("something else", Why.OTHER),
        ("", Why.OTHER),
    ],
)
def test_reasons_of_mail_systems_become_ours(said: str, why: Why | None) -> None:
    assert bounce_rules.why_of(said) is why


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-20", date(2026, 11, 20)),
        ("2026-11-20T23:59:00Z", date(2026, 11, 20)),
        ("20/11/2026 08:15", date(2026, 11, 20)),
        ("Fri, 20 Nov 2026 08:15:00 +0000", date(2026, 11, 20)),
        ("20 Nov 2026", date(2026, 11, 20)),
        ("31/11/2026", None),
        ("yesterday", None),
        ("2026-13-01", None),
    ],
)
def test_days_are_read_as_mail_systems_write_them(typed: str, day: date | None) -> None:
    assert bounce_rules.day_of(typed) == day


def test_columns_may_stand_in_any_order_and_have_other_names() -> None:
    sheet = read("Date;Recipient;Status\n2026-11-20;rfc822; \n")
    assert sheet.faults  # a cell too few: "rfc822" alone is no address
    sheet = read("Date,Recipient,Status\n2026-11-20,Asha <Asha@example.org>,5.1.1\n,07700 900552,full\n")
    assert sheet.rows == (
        CameBack(2, "Asha@example.org", Why.UNKNOWN, date(2026, 11, 20)),
        CameBack(3, "07700 900552", Why.FULL, None),
    )


def test_only_the_address_is_needed_and_empty_lines_keep_their_number() -> None:
    sheet = read("address\n\nasha@example.org\n,\nrfc822;dewi@example.org\n")
    assert [(row.line, row.address) for row in sheet.rows] == [
        (3, "asha@example.org"),
        (5, "dewi@example.org"),
    ]


def test_delays_are_left_out_and_told() -> None:
    sheet = read("address,reason\nasha@example.org,4.2.0 try later\ndewi@example.org,5.1.1\n")
    assert sheet.for_now == (2,)
    assert [row.line for row in sheet.rows] == [3]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("who,why\nasha@example.org,full\n", Faulty(1, Fault.NO_ADDRESS_COLUMN, "who, why")),
        ("address,reason\n,full\n", Faulty(2, Fault.NO_ADDRESS, "")),
        ("address\nasha at example\n", Faulty(2, Fault.NOT_AN_ADDRESS, "asha at example")),
        ("address\n12345\n", Faulty(2, Fault.NOT_AN_ADDRESS, "12345")),
        ("address,date\na@example.org,soon\n", Faulty(2, Fault.DATE, "soon")),
        ("address,date\na@example.org,2026-11-23\n", Faulty(2, Fault.STILL_TO_COME, "2026-11-23")),
        (f"address\n{'a' * 250}@example.org\n", Faulty(2, Fault.NOT_AN_ADDRESS, f"{'a' * 250}@example.org")),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, fault: Faulty) -> None:
    assert read(text).faults == (fault,)


def test_today_is_not_still_to_come() -> None:
    assert read("address,date\na@example.org,22/11/2026\n").faults == ()


@pytest.mark.parametrize(
    ("file", "trouble"),
    [
        (b"", FileTrouble.EMPTY),
        (b"address\n", FileTrouble.NO_PEOPLE),
        (b"address\n" + b"a@example.org\n" * (MOST_ROWS + 1), FileTrouble.TOO_MANY_PEOPLE),
        (b"address\n" + b"a@example.org\n" * 5000, FileTrouble.TOO_LARGE),
        (b"PK\x03\x04 a workbook", FileTrouble.WORKBOOK),
        (b'address\n"a@example.org\n', FileTrouble.OPEN_QUOTE),
    ],
)
def test_files_that_cannot_be_read_are_refused(file: bytes, trouble: FileTrouble) -> None:
    with pytest.raises(Unreadable) as refusal:
        bounce_rules.read(file, TODAY)
    assert refusal.value.trouble is trouble


def test_a_thousand_lines_may_come_at_once() -> None:
    assert len(read("address\n" + "a@example.org\n" * MOST_ROWS).rows) == MOST_ROWS


@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fall_over(text: str) -> None:
    try:
        sheet = bounce_rules.read(f"address,reason,date\n{text}".encode(), TODAY)
    except Unreadable:
        return
    assert all(bounce_rules.is_number(row.address) or "@" in row.address for row in sheet.rows)
