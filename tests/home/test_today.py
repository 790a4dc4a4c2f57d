"""Today shows one next thing, and gives something back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from tests.course.filling import samples_of, turn_energy_mode_on
from tests.course.reading import read, read_whole
from tests.course.test_exercises import WRITE, save
from webapp.course import entries
from webapp.course.exercises import registered
from webapp.course.exercises.registry import tools
from webapp.course.service import core_modules
from webapp.engagement import requests
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.home import toolbox
from webapp.pacing import service as pacing
from webapp.pacing.service_start import choose_start, found_start, keep_quick_way
from webapp.questionnaires import service as questionnaires


def test_the_first_time_it_explains_itself_and_has_one_main_button(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page("/today")
    assert "Asha" in page.heading
    assert "Welcome. This is your front page." in page.text
    assert f"Next · Module 1 of {len(core_modules())} · 23 minutes" in page.text
    buttons = [a for a in page.all("a", class_="nhsuk-button")]
    assert [a.get("href") for a in buttons] == ["/course/start-here/what-this-is"]


@pytest.mark.parametrize(
    ("hour_utc", "greeting"),
    [(8, "Good morning, Asha"), (13, "Good afternoon, Asha"), (20, "Good evening, Asha")],
)
def test_it_greets_by_the_clock_of_the_service(client, cast, hour_utc, greeting):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    then = (clock.now() + timedelta(days=1)).replace(hour=hour_utc, tzinfo=UTC)
    with clock.standing_at(datetime(then.year, then.month, then.day, hour_utc, tzinfo=UTC)):
        assert client.page("/today").heading == greeting


def test_after_the_last_page_it_offers_to_finish(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    read_whole(client)
    page = client.page("/today")
    assert "One exercise is left, now or later." in page.text
    assert page.all("a", href="/course/start-here/end")


def test_between_modules_it_says_when_the_next_opens_and_lets_them_go_on(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    read_whole(client)
    client.submit("/course/start-here/end", form="/later")
    page = client.page("/today")
    assert "It opens on" in page.text
    assert client.submit("/today", form="/open").path.startswith("/course/understanding-persistent-pain/")


def test_a_refresher_goes_on_with_what_they_began(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "marjorie")
    read(client, "goals-and-values", _first_page("goals-and-values"))
    page = client.page("/today")
    assert "Goals and values" in page.text
    assert "Module" not in page.text.split("minutes left")[0]


def test_a_flare_up_makes_nothing_due(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    requests.report_flare(asha.enrolment, by=asha.actor)
    db.session.commit()
    page = client.page("/today")
    assert "Nothing is due" in page.text
    assert "You are having a flare-up" in page.text


def test_todays_amount_is_ticked_with_one_tap(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    plan = pacing.begin(asha.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=asha.actor)
    keep_quick_way(plan, 3600, 300, by=asha.actor)
    found = found_start(plan, [])
    choose_start(plan, found, found.options[0].kind, clock.today(), by=asha.actor)
    db.session.commit()
    page = client.page("/today")
    assert "Walk: 5 minutes today" in page.text
    assert "Nothing noted yet" in page.text
    after = client.submit("/today", form="/done")
    assert after.path == "/today"
    assert "Noted for today" in after.text
    assert "You did your walk on 1 day this week." in after.text


def test_an_activity_that_is_being_found_is_kept_in_the_toolbox(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    pacing.begin(asha.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=asha.actor)
    db.session.commit()
    page = client.page("/toolbox")
    assert "Walk" in page.text
    assert "finding a starting point" in page.text


def test_the_toolbox_holds_what_was_written_newest_first(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert "When you save an exercise" in client.page("/toolbox").text
    save(client, "/course/start-here/hurt-and-harm", "first-thought", "settles")
    save(client, WRITE, "first-win", "Water the plant")
    text = client.page("/toolbox").text
    assert text.index("Water the plant") < text.index("It will settle, as it has before")
    assert "Only you can read this" in text


def test_progress_counts_days_never_days_in_a_row(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert "It can start as small as you like." in client.page("/progress").text
    read(client, "start-here", "what-this-is")
    page = client.page("/progress")
    assert "You have done something for yourself on 1 day so far." in page.text
    assert f"0 of {len(core_modules())} modules done." in page.text
    assert "%" not in page.text


def test_other_rooms_patients_do_not_mix(app, client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    save(client, WRITE, "first-win", "Water the plant")
    for name in ("dewi", "vera"):
        other = app.test_client()
        cast.signs_in(other, name)
        assert "Water the plant" not in other.page("/toolbox").text
        assert "Water the plant" not in other.page(WRITE).html


def _first_page(module: str) -> str:
    from webapp.course import shelf

    found = shelf.course().module(module)
    assert found is not None
    return found.texts["en"].pages[0].name


def test_progress_shows_the_scores_with_words_and_help_beside_them(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    cast.enter(asha)
    view = questionnaires.sitting_of(asha.actor, asha.enrolment, "baseline-pain")
    answered = {question.key: 3 for question in view.questions}
    questionnaires.enter_for_patient(cast.carol.actor, asha.enrolment, "baseline-pain", answered, "paper")
    db.session.commit()
    page = client.page("/progress")
    assert "Your scores" in page.text
    assert page.html.count('class="wm-draw') >= 3
    assert page.all("table")


def test_the_toolbox_gathers_what_was_made_newest_first(client, cast):
    cast.signs_in(client, "asha")
    client.submit("/tools/problem-solving/problem/new", {"problem": "The stairs"})
    page = client.page("/toolbox")
    assert "Yours, newest first" in page.text and "1 entry" in page.text
    assert page.text.index("Problem solving") < page.text.index("All tools")


def test_the_movement_routine_is_a_small_thing_and_asks_for_nothing_in_energy_mode(client, cast):
    cast.signs_in(client, "asha")
    assert "My movement routine" not in client.page("/today").text
    kind = tools()["movement-routine"]
    cast.enter(cast.asha)
    sheet = kind.sheet("movement")
    entries.save_screen(
        kind, sheet, sheet.screens[0], samples_of(kind.name)["movement"][0], entry=None, on=clock.today(),
        about=None, is_last=True, patient_id=cast.asha.patient.id, by=cast.asha.actor,
    )  # fmt: skip
    db.session.commit()
    page = client.page("/today")
    assert "My movement routine" in page.text
    assert any("/tools/movement-routine/day/new" in (link.get("href") or "") for link in page.all("a"))
    turn_energy_mode_on(cast, cast.asha)
    assert "My movement routine" not in client.page("/today").text


def test_the_toolbox_has_every_tool_once_under_small_headings(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page("/toolbox")
    headings = [heading.text for heading in page.all("h3")]
    assert headings[:2] == ["Doing what matters, at your pace", "Moving, step by step"]
    assert headings[-1] == "Good to know"
    rows = [str(link.get("href")) for link in page.all("a", class_="wm-post-row__link")]
    assert [row.removeprefix("/tools/") for row in rows if row.startswith("/tools/")] == list(tools())
    others = {row for row in rows if not row.startswith("/tools/")}
    assert others >= {
        "/pacing", "/goals", "/flare-up", "/movements", "/questionnaires", "/information/questions",
        "/information/family", "/information/words", "/information/read-first",
    }  # fmt: skip


def test_every_group_of_tools_has_a_title(app):  # type: ignore[no-untyped-def]
    assert {name for name, _names in registered.GROUPS} == set(toolbox.TITLES)
    assert len(set(registered.TOOLS)) == len(registered.TOOLS)
