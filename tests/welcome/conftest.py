"""What the tests of inviting and starting share: a filled-in invitation, and the way through the pages."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import g
from sqlalchemy import select

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from webapp.foundations.database import db, enter_service
from webapp.foundations.post import Letter
from webapp.people.models import Patient

BORN = {"born_on-day": "3", "born_on-month": "3", "born_on-year": "1979"}
WRONG_DAY = {**BORN, "born_on-day": "4"}
NORA: dict[str, Any] = {
    "given_name": "Nora",
    "family_name": "Quill",
    **BORN,
    "email": "nora@example.org",
    "mobile": "07700 900321",
    "postal_address": "1 Mill Lane\nHillside",
    "email_is_safe": "yes",
    "text_is_safe": "no",
    "call_is_safe": "yes",
    "voicemail_is_safe": "no",
    "letter_is_safe": "yes",
    "suitability": "seen_and_suitable",
    "seen_by": "Dr Reed",
    "seen_on-day": "2",
    "seen_on-month": "11",
    "seen_on-year": "2025",
    "door": "course",
}
PASSWORD = "a gate, a kettle and rain"


class Desk:
    """A clinician at their browser, and what left the house."""

    def __init__(self, client: LookingClient, cast: Cast) -> None:
        self.client, self.cast = client, cast
        cast.signs_in(client, "carol")

    def invites(self, **changes: Any) -> Page:
        """Fill in the one screen and send it."""
        return self.client.submit("/invite", {**NORA, **changes})

    def patient(self, family_name: str = "Quill") -> Patient:
        """The record that was made."""
        enter_service(self.cast.hillside.id)
        return db.session.scalars(select(Patient).where(Patient.family_name == family_name)).one()

    def letters(self) -> list[Letter]:
        """The e-mails in the outbox, the oldest first."""
        enter_service(self.cast.hillside.id)
        return list(db.session.scalars(select(Letter).order_by(Letter.id)))

    def link(self) -> str:
        """The path of the link in the latest e-mail."""
        found = re.search(r"https?://[^/]+(/start/\S+)", self.letters()[-1].text)
        assert found
        return found.group(1)

    def prints(self, **fields: Any) -> tuple[str, Page]:
        """Print the letter; the code that stands on it."""
        page = self.client.submit(f"/patients/{self.patient().id}/letter", fields, form="/letter")
        return page.all("span", class_="wl-typed")[0].text or "", page


@pytest.fixture(autouse=True)
def each_request_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two browsers take turns here: nothing that one request remembered may reach the next one."""
    ask = LookingClient.open

    def ask_anew(self: LookingClient, *args: Any, **kwargs: Any) -> Any:
        for name in [name for name in g if name != "_sqlalchemy_sessions"]:
            g.pop(name)
        return ask(self, *args, **kwargs)

    monkeypatch.setattr(LookingClient, "open", ask_anew)


@pytest.fixture
def desk(client: LookingClient, cast: Cast) -> Desk:
    """Carol of Hillside, about to invite."""
    return Desk(client, cast)


@pytest.fixture
def phone(app, database) -> LookingClient:  # type: ignore[no-untyped-def]
    """The patient's phone: signed out."""
    return app.test_client()  # type: ignore[no-any-return]


def says_when_born(phone: LookingClient, link: str) -> Page:
    """Open the link and type the right date of birth."""
    return phone.submit(link, BORN)


def goes_through(phone: LookingClient, link: str, **choices: Any) -> Page:
    """The whole way from the link to "You are in", a page at a time."""
    says_when_born(phone, link)
    phone.submit("/start/about")
    phone.submit("/start/team")
    phone.submit("/start/contact", {"contact": choices.get("contact", [])})
    page = phone.submit("/start/phone", {"kind": choices.get("kind", "own_phone")})
    if page.path == "/start/rhythm":
        page = phone.submit("/start/rhythm", {"rhythm": choices.get("rhythm", "weekly")})
    if page.path == "/start/language":
        phone.submit("/start/language", {"language": choices.get("language", "en")})
    name = choices.get("name", "nora@example.org")
    return phone.submit(
        "/start/sign-in-name",
        {"name": name, "which": choices.get("which", "own"), "password": choices.get("password", PASSWORD)},
    )
