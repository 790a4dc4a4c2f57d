"""The low-energy view is the patient's own choice: one tap, remembered, and never anybody else's."""

from __future__ import annotations

from tests.looking import LookingClient
from tests.page import Page


def is_large(page: Page) -> bool:
    """Is the page drawn large?"""
    return "wm-low" in (page.all("html")[0].get("class") or "").split()


def test_it_is_off_until_it_is_chosen_and_is_remembered(client: LookingClient, cast) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert not is_large(client.page("/me"))
    on = client.submit("/me/low-energy-view")
    assert on.heading == "Low-energy view: on"
    assert is_large(client.page("/me"))
    assert "Low-energy view: on" in client.page("/me").text
    cast.signs_in(client, "asha")
    assert is_large(client.page("/today")), "also after signing in again"
    off = client.submit("/me/low-energy-view")
    assert off.heading == "Low-energy view: off"
    assert not is_large(client.page("/today"))


def test_it_is_the_choice_of_one_person(client: LookingClient, cast) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    client.submit("/me/low-energy-view")
    cast.signs_in(client, "dewi")
    assert not is_large(client.page("/today"))


def test_it_leads_back_to_our_own_pages_only(client: LookingClient, cast) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    back = client.submit("/me/low-energy-view", {"to": "/today"})
    assert back.path == "/today"
    elsewhere = client.submit("/me/low-energy-view", {"to": "//example.org/"})
    assert elsewhere.path == "/me/low-energy-view"
