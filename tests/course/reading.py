"""Reading as a patient does, for the tests."""

from __future__ import annotations

from flask import g

from tests.looking import LookingClient
from tests.page import Page
from webapp.course import shelf
from webapp.foundations.languages import ENGLISH


def as_a_new_request() -> None:
    """Forget what the last request left behind: in the tests, requests share one ``g``."""
    for name in ("csrf_token", "draft"):
        g.pop(name, None)


def read(client: LookingClient, module: str, *pages: str) -> Page:
    """Tap the last button of each page; the page that the last one led to."""
    found = [client.submit(f"/course/{module}/{page}", form="/next") for page in pages]
    return found[-1]


def read_whole(client: LookingClient, module: str = "start-here") -> Page:
    """Read every page of a module."""
    found = shelf.course().module(module)
    assert found is not None
    return read(client, module, *[page.name for page in found.texts[ENGLISH].pages])
