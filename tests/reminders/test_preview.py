"""The lead reads every message before a patient gets one, with its rule, its source and the ways that are on."""

from __future__ import annotations

import pytest

from webapp.foundations.database import db
from webapp.reminders.preview_words import ORDER, SOURCES, when_sent
from webapp.reminders.rules import Kind

LANGUAGES = ("en", "cy")


@pytest.fixture
def lead(client, cast):
    """The service lead's browser."""
    cast.signs_in(client, "lena")
    return client


def test_the_list_has_every_message_with_its_rule(lead, cast):
    page = lead.page("/service/messages")
    assert page.heading == "What we write to patients"
    for subject in (
        "How is it going?",
        "Your week in a few lines",
        "You are half-way",
        "The door stays open",
    ):
        assert subject in page.text
    assert len([a for a in page.all("a") if a.get("href", "").startswith("/service/messages/en/")]) == len(
        Kind
    )
    assert "3 days after the invitation, if nothing was begun." in page.text
    assert "At most one message in 48 hours." in page.text
    assert "Nothing is sent between 20:00 and 08:00" in page.text
    assert "Off: this installation has no key for sending texts." in page.text


def test_the_numbers_are_those_of_the_service(lead, cast):
    cast.hillside.thresholds = {"not_started_days": 5}
    db.session.commit()
    assert "5 days after the invitation, if nothing was begun." in lead.page("/service/messages").text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", Kind)
def test_every_message_is_shown_in_every_language(lead, kind, language):
    page = lead.page(f"/service/messages/{language}/{kind}")
    assert page.status == 200
    assert "Sam" in page.text
    assert "{" not in page.text


def test_a_message_is_shown_as_e_mail_text_and_letter(lead, cast):
    cast.hillside.phone = "01632 960 123"
    db.session.commit()
    page = lead.page("/service/messages/en/still-here")
    for words in (
        "Your place stays open",
        "[ Go on ]",
        "Go on here, or tell us what suits you",
        "Ring us on 01632 960 123.",
    ):
        assert words in page.text
    assert "2 texts are counted for it." in page.text
    assert "It is never a letter" in lead.page("/service/messages/en/nudge").text


def test_without_a_telephone_number_there_is_no_letter(lead, cast):
    cast.hillside.phone = ""
    db.session.commit()
    assert "your service has no telephone number yet" in lead.page("/service/messages/en/still-here").text
    assert "Off: your service has no telephone number yet" in lead.page("/service/messages").text


@pytest.mark.parametrize("path", ["en/no-such-message", "xx/nudge", "en/every-message"])
def test_what_is_not_there_is_not_found(lead, path):
    assert lead.page(f"/service/messages/{path}").status == 404


@pytest.mark.parametrize("name", ["carol", "asha"])
def test_nobody_else_sees_them(client, cast, name):
    cast.signs_in(client, name)
    assert client.page("/service/messages").status in (403, 404)


def test_the_way_there_stands_in_the_services_settings(lead):
    assert any(a.get("href") == "/service/messages" for a in lead.page("/service").all("a"))


def test_every_kind_has_its_rule_and_its_source():
    assert set(ORDER) == set(SOURCES) == set(Kind)


def test_the_order_is_that_in_which_things_lead(app):
    from webapp.reminders.due_rules import DUE

    named = [rule.__name__ for rule in DUE]
    ours = [kind.name.lower() for kind in ORDER if kind is not Kind.NOT_STARTED_AGAIN]
    assert ours == named


def test_rules_are_told_in_short_sentences(app):
    from webapp.content.reading import reading_ease
    from webapp.engagement.thresholds import DEFAULT

    with app.test_request_context():
        for kind in Kind:
            assert not reading_ease([(when_sent(kind, DEFAULT), 1)]).long_sentences, kind
