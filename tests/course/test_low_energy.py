"""Reading on a hard day: the 5-minute version of a module, and the low-energy view of each page."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from tests.course.reading import as_a_new_request
from tests.course.test_exercises import exercise, rows, save
from tests.looking import LookingClient
from tests.page import Page
from webapp.course import shelf
from webapp.course.ways import Way, way_asked

MODULE = "/course/understanding-persistent-pain"
PLAN = f"{MODULE}/my-plan"
START = "/course/start-here"


@pytest.fixture
def asha(client: LookingClient, cast):  # type: ignore[no-untyped-def]
    """Asha, with the second module open."""
    person = cast.signs_in(client, "asha")
    client.submit(MODULE, form="/open")
    as_a_new_request()
    return person


@pytest.fixture
def tired(client: LookingClient, asha):  # type: ignore[no-untyped-def]
    """Asha with the low-energy view on."""
    client.submit("/me/low-energy-view")
    return asha


def exercises_on(page: Page) -> list[str]:
    """The names of the exercises that can be answered on the page."""
    fields = [i.get("value") for i in page.all("input") if i.get("name") == "exercise"]
    return [str(one) for one in fields]


def page_named(name: str, module: int = 1):  # type: ignore[no-untyped-def]
    """A page of the course as it was read."""
    text = shelf.course().modules[module].text("en")
    return text.page(name)


@pytest.mark.parametrize(
    ("on", "asked", "way"),
    [
        (False, {}, Way()),
        (False, {"short": "1"}, Way(short=True)),
        (False, {"part": "how-sure"}, Way()),
        (False, {"whole": "1"}, Way()),
        (True, {}, Way(low=True, short=True)),
        (True, {"part": "how-sure"}, Way(low=True, short=True, part="how-sure")),
        (True, {"part": "no-such"}, Way(low=True, short=True)),
        (True, {"whole": "1"}, Way(whole=True)),
        (True, {"whole": "1", "part": "how-sure"}, Way(whole=True)),
    ],
)
def test_the_way_of_a_page(app, on, asked, way) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        page = page_named("my-plan")
        assert way_asked(page, asked, low_energy_view=on) == way


@pytest.mark.parametrize(
    ("on", "asked", "way"),
    [
        (False, {}, Way(short=True)),
        (False, {"whole": "1"}, Way(whole=True)),
        (True, {}, Way(low=True, short=True)),
    ],
)
def test_the_way_of_a_module_that_is_read_short_by_itself(app, on, asked, way) -> None:  # type: ignore[no-untyped-def]
    with app.app_context():
        page = page_named("my-plan")
        assert way_asked(page, asked, low_energy_view=on, short_by_itself=True) == way


@pytest.mark.parametrize(
    "way", [Way(), Way(short=True), Way(low=True), Way(low=True, part="x"), Way(whole=True)]
)
def test_an_address_keeps_to_its_way(way: Way) -> None:
    assert way.query in ("", "?short=1", "?part=x", "?whole=1")
    assert (way.query == "") == (not way.whole and not way.part and not (way.short and not way.low))


def test_a_page_shows_one_thing_a_screen(client: LookingClient, tired) -> None:  # type: ignore[no-untyped-def]
    page = client.page(PLAN)
    assert exercises_on(page) == []
    found: list[str] = []
    while steps := [a.get("href") for a in page.all("a") if "?part=" in (a.get("href") or "")]:
        page = client.page(steps[-1])
        assert len(page.all("textarea")) + len({i.get("name") for i in page.all("input", type="radio")}) == 1
        found += exercises_on(page)
    every = [block.name for block in page_named("my-plan").blocks if block.kind not in shelf.STATIC_KINDS]
    assert found == every and len(found) > 1
    assert client.submit(f"{PLAN}?part={found[-1]}", form="/next").path == f"{MODULE}/end"


def test_the_short_version_is_what_is_read(client: LookingClient, tired) -> None:  # type: ignore[no-untyped-def]
    one = page_named("an-alarm-that-learns") or shelf.course().modules[1].text("en").pages[0]
    page, whole = client.page(f"{MODULE}/{one.name}"), client.page(f"{MODULE}/{one.name}?whole=1")
    assert Markup(one.short_version).striptags()[:60] in page.text
    assert one.in_short not in page.text and one.in_short in whole.text
    assert len(page.text) < len(whole.text)


def test_saving_stays_on_its_screen_and_going_on_leads_to_the_next(client: LookingClient, tired) -> None:  # type: ignore[no-untyped-def]
    fields = exercise(client, f"{PLAN}?part=how-sure", "how-sure")
    answer = client.post(f"{PLAN}?part=how-sure", data={**fields, "answer-how-sure": "7"})
    assert answer.status_code == 303 and "part=how-sure" in answer.location
    page = client.page(answer.location)
    assert exercises_on(page) == ["how-sure"] and "Saved on" in page.text
    shared = client.submit(f"{PLAN}?part=how-sure", form="/share")
    assert "Shared with my team" in shared.text
    assert rows(tired) == [{"number": 7}]


def test_a_refused_answer_stays_on_its_screen(client: LookingClient, tired) -> None:  # type: ignore[no-untyped-def]
    refused = save(client, f"{PLAN}?part=how-sure", "how-sure", "")
    assert refused.status_code == 422
    assert exercises_on(Page(refused)) == ["how-sure"]


def test_nobody_elses_pages_change(client: LookingClient, tired, cast) -> None:  # type: ignore[no-untyped-def]
    prose = f"{START}/getting-help"
    cast.signs_in(client, "asha")
    large = client.page(prose)
    cast.signs_in(client, "dewi")
    usual = client.page(prose)
    assert "wm-low" in (large.all("html")[0].get("class") or "")
    assert "wm-low" not in (usual.all("html")[0].get("class") or "")
    assert len(usual.text) > len(large.text)


def test_one_tap_on_a_page_turns_it_on_and_stays_there(client: LookingClient, asha) -> None:  # type: ignore[no-untyped-def]
    on = client.submit(f"{START}/hurt-and-harm", form="/low-energy-view")
    assert on.path == f"{START}/hurt-and-harm"
    assert "Turn the low-energy view off" in on.text
    off = client.submit(f"{START}/hurt-and-harm", form="/low-energy-view")
    assert "Turn the low-energy view off" not in off.text


def test_a_module_can_be_read_in_five_minutes(client: LookingClient, asha) -> None:  # type: ignore[no-untyped-def]
    front = client.page(START)
    assert [a for a in front.all("a") if a.get("href") == f"{START}/in-short"]
    page = client.page(f"{START}/in-short")
    text = shelf.course().modules[0].text("en")
    for one in text.pages:
        assert one.title in page.text
        assert Markup(one.short_version).striptags()[:40] in page.text
    assert exercises_on(page) == []
    after = client.submit(f"{START}/in-short")
    assert after.path == f"{START}/end"
    assert after.heading == "One exercise is left"
    front = client.page(START)
    assert front.text.count("Read") >= len(text.pages)


def test_reading_it_twice_is_the_same_as_once(client: LookingClient, asha) -> None:  # type: ignore[no-untyped-def]
    client.submit(f"{START}/in-short")
    page = client.page(f"{START}/in-short")
    assert "I have read this" not in page.text
    assert "Go to the exercise" in page.text


def test_a_module_that_is_not_open_yet_is_not_read_in_short(client: LookingClient, cast) -> None:  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert client.get("/course/pacing/in-short").location == "/course/pacing"
