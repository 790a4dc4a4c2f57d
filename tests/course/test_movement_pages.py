"""The library of movements as a patient sees it."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest

from webapp.course import movements as kept

LIST_LIMIT_BYTES = 16_000  # besides the style sheet that stands in every page


def _names(page):  # type: ignore[no-untyped-def]
    links = (a.get("href", "") for a in page.all("a"))
    return [match.group(1) for link in links if (match := re.fullmatch(r"/movements/([a-z-]+)", link))]


def test_the_library_shows_every_movement_with_its_picture(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page("/movements")
    assert page.heading == "Movements"
    assert _names(page) == [one.name for one in kept.movements()]
    pictures = [img.get("src") for img in page.all("img")]
    assert len(set(pictures)) == len(_names(page)) >= 22
    assert "Read this first" in page.text
    assert "/information/read-first" in [a.get("href") for a in page.all("a")]


@pytest.mark.parametrize("position", ["lying", "sitting", "standing"])
def test_plain_links_show_one_position(client, cast, position):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page(f"/movements?position={position}")
    assert _names(page) == [one.name for one in kept.movements(position)]
    assert len(_names(page)) < len(kept.movements())
    current = [a.get("href") for a in page.all("a") if a.get("aria-current") == "page"]
    assert f"/movements?position={position}" in current


def test_a_card_says_which_parts_of_the_body(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert "Asks a bit more · hips, back and legs" in client.page("/movements?position=lying").text


def test_a_position_that_is_none_shows_all(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert len(_names(client.page("/movements?position=flying"))) == len(kept.movements())


def test_the_list_is_light(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.get("/movements").get_data(as_text=True)
    own = re.sub(r"<style.*?</style>", "", page, flags=re.DOTALL)
    assert len(own.encode()) < LIST_LIMIT_BYTES < len(page.encode())


def test_every_movement_has_its_page(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    for one in kept.movements():
        page = client.page(f"/movements/{one.name}")
        assert page.heading == one.title
        said = (*one.steps, one.easier, one.harder, one.uses, one.stop_when)
        assert [text for text in said if text not in page.text] == []
        assert f'aria-label="{one.alt}"' in client.get(f"/movements/{one.name}").get_data(as_text=True)


def test_a_movement_leads_to_the_routine_once_that_tool_is_there(client, cast, monkeypatch):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    for there in ({"movement-routine": object()}, {}):
        monkeypatch.setattr("webapp.course.movement_routes.tools", lambda there=there: there)
        links = [a.get("href") for a in client.page("/movements/knee-hug").all("a")]
        assert ("/tools/movement-routine" in links) is bool(there)


def test_one_movement_on_paper(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page("/movements/sit-to-stand/print")
    assert page.heading == "Sit to stand"
    assert "When to stop" in page.text
    assert not page.all("nav")


@pytest.mark.parametrize(
    "path", ["/movements/head-stand", "/movements/head-stand/print", "/movements/no.svg"]
)
def test_what_is_not_there_is_not_found(client, cast, path):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert client.get(path).status_code == 404


def test_a_picture_is_kept_by_the_browser_under_its_mark(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    address = client.page("/movements").all("img")[0].get("src")
    picture = client.get(address)
    assert picture.mimetype == "image/svg+xml"
    assert "immutable" in picture.headers["Cache-Control"]
    assert ElementTree.fromstring(picture.get_data()).tag.endswith("svg")
    assert "no-cache" in client.get(address.split("?")[0]).headers["Cache-Control"]


def test_staff_have_no_patient_pages(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "carol")
    assert client.get("/movements").status_code == 403
