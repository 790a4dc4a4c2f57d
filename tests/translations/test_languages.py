"""Languages: which are offered, and a pseudo-language in which every string that was forgotten shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any
from xml.etree.ElementTree import Element

import pytest
from flask import Flask

from tests.cast import Cast
from tests.looking import LookingClient
from tests.page import Page
from webapp.commands.translations import problems_of_all, write_pseudo
from webapp.course.exercises.registered import TOOLS
from webapp.engagement import requests
from webapp.foundations import clock
from webapp.foundations.database import db

# What is in no catalogue: names, addresses and numbers of the cast, languages’ own names, and the ids of rules.
OWN_WORDS = re.compile(
    r"Asha|Patel|Carol|Osei|Hillside Pain Service|Valley Pain Clinic|Hillside|Waymark|English|Cymraeg|\[Pseudo\]|"
    r"Start here|Understanding persistent pain|Pacing|Goals and values|PMP-\d+|HPS-\d+|\S+@\S+|after 2 pm|"
    r"asked_for_call|\bpaused\b|\b(?:lu|ma|me|ĵa|ve|sa|di)\b|\d+ [A-Za-zŭ]{3}\b|SHOUT|Samaritans|Shout|"
    r"localhost\S*|\bkaj\b|\b(?:lundo|mardo|merkredo|ĵaŭdo|vendredo|sabato|dimanĉo) \d+ \w+"
)
PATIENT_PAGES = ("/today", "/course", "/toolbox", "/progress", "/me", "/pacing", "/pacing/new", "/goals", "/flare-up",
                 "/questionnaires", "/ring-me", "/something-wrong", "/movements", "/me/low-energy-view", "/information",
                 *(f"/tools/{name}" for name in TOOLS))  # fmt: skip
STAFF_PAGES = ("/ring-today", "/patients", "/answers", "/invite", "/problems", "/me")
OPEN_PAGES = ("/", "/sign-in", "/start", "/your-information", "/accessibility")


@pytest.fixture(scope="module")
def pseudo_app(
    postgres: Any, database_name: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Flask]:
    """The application in the pseudo-language."""
    from webapp import create_app
    from webapp.foundations.settings import load_settings

    folder = tmp_path_factory.mktemp("pseudo")
    write_pseudo(folder / "pseudo")
    settings = load_settings(
        environment="test",
        secret_key="only for pseudo  " * 3,
        database_url=postgres.url("waymark_app", database_name),
        owner_database_url=postgres.url("waymark_owner", database_name),
        var_folder=folder,
        pseudo_language=True,
    )
    app = create_app(settings)
    app.test_client_class = LookingClient
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def pseudo(pseudo_app: Flask) -> Iterator[tuple[LookingClient, Cast]]:
    """A browser in the pseudo-language, and a cast whose services have switched it on."""
    from tests.conftest import rolled_back

    with rolled_back(pseudo_app):
        cast = Cast(pseudo_app)
        for service in (cast.hillside, cast.valley):
            service.languages = ["en", "eo"]
        db.session.commit()
        client = pseudo_app.test_client()
        client.set_cookie("language", "eo")
        yield client, cast  # type: ignore[misc]


def forgotten(page: Page) -> list[str]:
    """Every text on the page that no catalogue gave."""
    return sorted({left for text in _texts(page.tree) if (left := _without_pseudo(text))})


def _texts(element: Element) -> Iterator[str]:
    if element.tag in ("script", "style", "svg") or element.get("lang") in ("en", "cy"):
        return
    yield " ".join([element.text or "", *(child.tail or "" for child in element)])
    for child in element:
        yield from _texts(child)


def _without_pseudo(text: str) -> str:
    """What is left of a text when everything from a catalogue, own words and dates are taken away."""
    before = None
    while before != text:
        before, text = text, re.sub(r"⟦[^⟦⟧]*⟧", " ", text)
    left = re.sub(r"[\W\d_]+", " ", OWN_WORDS.sub(" ", text)).strip()
    return "" if len(left) < 3 else " ".join(text.split())


@pytest.mark.parametrize("path", OPEN_PAGES)
def test_no_string_of_a_signed_out_page_is_forgotten(pseudo: tuple[LookingClient, Cast], path: str) -> None:
    client, _ = pseudo
    assert forgotten(client.page(path)) == []


@pytest.mark.parametrize("path", PATIENT_PAGES)
def test_no_string_of_a_patients_page_is_forgotten(pseudo: tuple[LookingClient, Cast], path: str) -> None:
    client, cast = pseudo
    cast.signs_in(client, "asha")
    assert forgotten(client.page(path)) == []


@pytest.mark.parametrize("path", STAFF_PAGES)
def test_no_string_of_a_staff_page_is_forgotten(pseudo: tuple[LookingClient, Cast], path: str) -> None:
    client, cast = pseudo
    asha = cast.asha
    assert asha.enrolment
    cast.enter(asha)
    requests.ask_for_call(asha.enrolment, "exercise", by=asha.actor)
    requests.pause(
        asha.enrolment, clock.today() + timedelta(days=3), "holiday", by=asha.actor, by_patient=True
    )
    db.session.commit()
    cast.signs_in(client, "carol")
    assert forgotten(client.page(path)) == []


def test_the_pseudo_language_would_show_a_forgotten_string() -> None:
    assert _without_pseudo("⟦Ŝävé⟧ and more") == "and more"
    assert _without_pseudo("⟦You did ⟦walk⟧ on 3 days⟧ Asha") == ""


def test_the_catalogues_are_whole() -> None:
    assert list(problems_of_all()) == []


def test_a_signed_out_page_offers_what_some_service_has_switched_on(
    client: LookingClient, cast: Cast
) -> None:
    assert "Cymraeg" not in client.page("/sign-in").html
    cast.valley.languages = ["en", "cy"]
    db.session.commit()
    assert "Cymraeg" in client.page("/sign-in").html
    page = client.page("/language/cy?to=/sign-in")
    assert page.all("html")[0].get("lang") == "cy" and page.heading == "Mewngofnodi"


def test_a_language_that_is_off_is_not_to_be_had(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    assert client.get("/language/cy").status_code == 404


def test_help_now_in_draft_welsh_has_the_checked_english_beside_it(client: LookingClient) -> None:
    page = client.page("/help-now?language=cy")
    assert page.all("html")[0].get("lang") == "cy"
    assert "To talk to someone now" in page.text and "I siarad â rhywun nawr" in page.text


def test_red_flags_in_draft_welsh_have_the_checked_english_beside_them(
    client: LookingClient, cast: Cast
) -> None:
    cast.hillside.languages = ["en", "cy"]
    db.session.commit()
    cast.signs_in(client, "asha")
    client.set_cookie("language", "cy")
    page = client.page("/pacing/new")
    assert page.all("html")[0].get("lang") == "cy"
    assert "Weakness in both legs" in page.text and "Read this first" not in page.heading
