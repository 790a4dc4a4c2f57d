"""How much a phone has to fetch: the pages that everybody meets are readable from one response.

14.6 kB is what arrives in the first ten packets, before the phone has to ask for more. Compressed as the
proxy may (gzip), style sheet included.
"""

from __future__ import annotations

import gzip

import pytest

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from tests.page import Page
from webapp.commands.demo import acts
from webapp.course import service, shelf
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations.database import db

FIRST_PACKETS_BYTES = 14_600
FIRST_VISIT_BYTES = 40_000
FETCHED = {"script": "src", "img": "src", "link": "href"}
SIGNED_OUT = ("/sign-in", "/help-now", "/help-now?language=cy")
PATIENT = (
    "/today",
    "/course",
    "/course/start-here",
    "/help-now",
    "/toolbox",
    "/progress",
    "/me",
    "/flare-up",
    "/pacing",
    "/goals",
)


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    """Asha's phone, when there is something to show: pages read, an exercise, a call asked for."""
    cast.signs_in(client, "asha")
    cast.enter(cast.asha)
    by = cast.asha.actor
    enrolment = engagement.current_enrolment(by, id_of(cast.asha.patient))
    here = service.in_module(enrolment, "start-here", "en")
    for name in here.pages[:3]:
        service.read_page(here, name, by=by)
    requests.ask_for_call(enrolment, "exercise", by=by)
    acts.write_down(enrolment, "start-here", "first-win", "Sit in the garden with a cup of tea", by=by)
    db.session.commit()
    assert "Sit in the garden" in client.page("/course/start-here/one-small-step").html
    return client


def module_pages() -> list[str]:
    """The address of every page of every module."""
    modules = shelf.course().modules
    return [f"/course/{module.name}/{page.name}" for module in modules for page in module.text("en").pages]


@pytest.mark.parametrize("path", SIGNED_OUT)
def test_a_stranger_reads_from_one_response(client: LookingClient, path: str) -> None:
    assert_light(client, client.page(path))


@pytest.mark.parametrize("path", PATIENT)
def test_a_patient_reads_from_one_response(asha: LookingClient, path: str) -> None:
    assert_light(asha, asha.page(path))


def test_every_page_of_every_module_reads_from_one_response(asha: LookingClient) -> None:
    for module in shelf.course().modules[1:]:
        if f"/course/{module.name}/open" in asha.page(f"/course/{module.name}").response.text:
            asha.submit(f"/course/{module.name}", form="/open")
    for path in module_pages():
        page = asha.page(path)
        assert page.path == path
        assert_light(asha, page)


def assert_light(client: LookingClient, page: Page) -> None:
    """Readable from one response; nothing that it fetches later is heavy, and no script holds it up."""
    assert page.status == 200
    styles = [link for link in page.all("link") if "stylesheet" in (link.get("rel") or "")]
    assert not styles, f"{page.path} cannot be read before {styles[0].get('href')} has come"
    assert compressed(page.response.get_data()) <= FIRST_PACKETS_BYTES, page.path
    assert first_visit(client, page) <= FIRST_VISIT_BYTES, page.path
    held_up_by = [script for script in page.all("script") if not waits(script)]
    assert not held_up_by, f"{page.path}: a script that neither waits nor is data"


def compressed(body: bytes) -> int:
    """Bytes on the wire."""
    return len(gzip.compress(body, 9))


def first_visit(client: LookingClient, page: Page) -> int:
    """The page and everything of ours that it names: scripts, pictures, style sheets, icon."""
    named = {
        element.get(key) for tag, key in FETCHED.items() for element in page.all(tag) if element.get(key)
    }
    own = {address for address in named if address and address.startswith("/")}
    return compressed(page.response.get_data()) + sum(fetched(client, address) for address in own)


def fetched(client: LookingClient, address: str) -> int:
    """Bytes on the wire of one file that a page names."""
    with client.get(address) as response:
        assert response.status_code == 200, address
        return compressed(response.get_data())


def waits(script) -> bool:  # type: ignore[no-untyped-def]
    """Does it run only when the page stands, or not at all?"""
    is_data = (script.get("type") or "") == "application/json"
    return is_data or script.get("type") == "module" or "defer" in script.attrib or "async" in script.attrib
