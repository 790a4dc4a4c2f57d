"""A module on paper: whole or in five minutes, blank or with the patient's own answers."""

from __future__ import annotations

import pytest

from tests.course.test_exercises import CHOICE, WRITE, save
from tests.looking import LookingClient
from webapp.course import shelf
from webapp.design.qr import qr_svg

BOOKLET = "/course/start-here/print"
WIN = "Water the plant\nand sit down after"


@pytest.fixture
def asha(client: LookingClient, cast) -> LookingClient:  # type: ignore[no-untyped-def]
    """Asha's phone, with two answers saved."""
    cast.signs_in(client, "asha")
    block = shelf.course().modules[0].text("en").block("first-thought")
    assert block
    save(client, CHOICE, "first-thought", block.answers[1].key)
    save(client, WRITE, "first-win", WIN)
    return client


def test_it_is_blank_unless_the_answers_are_asked_for(asha: LookingClient) -> None:
    blank = asha.page(BOOKLET)
    assert "Water the plant" not in blank.text
    assert "☒" not in blank.text


def test_the_answers_are_filled_in_as_they_were_written(asha: LookingClient) -> None:
    filled = asha.page(f"{BOOKLET}?answers=1")
    block = shelf.course().modules[0].text("en").block("first-thought")
    assert block
    ticked = [one for one in filled.all("li") if "☒" in "".join(one.itertext())]
    assert len(ticked) == 1 and block.answers[1].text in "".join(ticked[0].itertext())
    assert [one.text for one in filled.all("div") if one.get("class") == "wp-mine"] == [WIN]


def test_somebody_elses_booklet_does_not_hold_them(asha: LookingClient, cast) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(asha, "dewi")
    assert "Water the plant" not in asha.page(f"{BOOKLET}?answers=1").text


def test_the_number_on_a_scale_is_marked(client: LookingClient, cast) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    client.submit("/course/understanding-persistent-pain", form="/open")
    save(client, "/course/understanding-persistent-pain/my-plan", "how-sure", "7")
    page = client.page("/course/understanding-persistent-pain/print?answers=1")
    marked = [one.text for one in page.all("span") if "wp-number--mine" in (one.get("class") or "")]
    assert marked == ["7"]


def test_it_ends_with_help_and_the_way_back(asha: LookingClient, app) -> None:  # type: ignore[no-untyped-def]
    page = asha.page(BOOKLET)
    base = app.extensions["waymark_settings"].base_url
    assert qr_svg(f"{base}/course/start-here", css_class="wp-qr") in page.html
    assert "116 123" in page.text and "ring 999" in page.text
    assert page.text.rindex("116 123") > page.text.index("6. Your plan")


def test_the_five_minute_booklet_has_every_page_in_its_short_version(asha: LookingClient) -> None:
    page = asha.page(f"{BOOKLET}?short=1&answers=1")
    text = shelf.course().modules[0].text("en")
    for one in text.pages:
        assert one.title in page.text
    assert len(page.text) < len(asha.page(BOOKLET).text)
    assert "Water the plant" in page.text
