"""Letters to print: a page each, exactly those marked as posted, taken back for ten minutes."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.clinic.messages_made import (
    LETTERS,
    LIST,
    bounce,
    cost_of,
    failed,
    letter,
    lives_somewhere,
    taps,
)
from tests.looking import LookingClient
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db


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
