"""The pages of every tool: screen by screen, saved, changed, taken away, shared, on paper."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.page import Page
from webapp.course import entries
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Told
from webapp.foundations import clock

TOOL = "/tools/problem-solving"
NEW = f"{TOOL}/problem/new"


@pytest.fixture
def asha(client, cast):
    cast.signs_in(client, "asha")
    return cast.asha


def told(cast, person) -> Told:
    cast.enter(person)
    return entries.told_by(person.actor, person.patient.id, tools()["problem-solving"], cast.hillside)


def test_a_problem_goes_from_screen_to_screen_and_each_is_saved(client, cast, asha):
    page = client.page(TOOL)
    assert page.status == 200 and "Take a problem" in page.text
    answer = client.submit(NEW, {"problem": "I cannot carry the shopping"})
    assert answer.path.endswith("/ideas")
    (entry,) = told(cast, asha).of("problem")
    assert entry.answers == {"problem": "I cannot carry the shopping"} and not entry.is_complete
    answer = client.submit(answer.path, {"idea_1": "Two small bags", "idea_2": "Ask Sam"})
    answer = client.submit(answer.path, {"good": "Light"})
    pick = client.page(answer.path)
    assert "Two small bags" in pick.text and "Ask Sam" in pick.text
    answer = client.submit(answer.path, {"pick": "idea_2", "when": "On Friday"})
    assert answer.path == TOOL
    assert "Saved." in answer.text and "Ask Sam" in answer.text and "On Friday" in answer.text
    (entry,) = told(cast, asha).of("problem")
    assert entry.is_complete and entry.get("problem") == "I cannot carry the shopping"


def test_an_entry_can_be_read_changed_taken_away_and_brought_back(client, cast, asha):
    client.submit(NEW, {"problem": "The stairs"})
    (entry,) = told(cast, asha).of("problem")
    at = f"{TOOL}/problem/{entry.id}"
    assert "The stairs" in client.page(at).text
    client.submit(f"{at}/problem", {"problem": "The steep stairs"})
    assert "The steep stairs" in client.page(at).text
    answer = client.submit(at, form="/remove")
    assert "The steep stairs" not in answer.text and not told(cast, asha).of("problem")
    fields, action = answer.form_fields("/restore")
    client.post(action, data=fields)
    assert told(cast, asha).of("problem")[0].get("problem") == "The steep stairs"


def test_nothing_at_all_is_not_saved_and_is_said_kindly(client, cast, asha):
    answer = client.submit(NEW, {"problem": ""})
    assert answer.status == 422 and "Write the problem in a few words" in answer.text
    assert not told(cast, asha).of("problem")


def test_a_second_tab_is_told_and_both_texts_are_kept(client, cast, asha):
    client.submit(NEW, {"problem": "The stairs"})
    (entry,) = told(cast, asha).of("problem")
    at = f"{TOOL}/problem/{entry.id}/problem"
    second, action = client.page(at).form_fields()
    client.submit(at, {"problem": "The stairs at home"})
    answer = Page(client.post(action, data={**second, "problem": "The stairs at work"}))
    assert answer.status == 422
    assert "The stairs at home" in answer.text and "The stairs at work" in answer.html
    assert told(cast, asha).of("problem")[0].get("problem") == "The stairs at home"
    again, action = answer.form_fields()
    Page(client.post(action, data=again))
    assert told(cast, asha).of("problem")[0].get("problem") == "The stairs at work"


def test_sharing_is_one_tap_each_way(client, cast, asha):
    client.submit(NEW, {"problem": "The stairs"})
    kind = tools()["problem-solving"]
    client.submit(TOOL, {"said": "yes"}, form="/share")
    cast.enter(asha)
    assert entries.is_shared(kind, asha.actor, asha.patient.id)
    client.submit(TOOL, {"said": "no"}, form="/share")
    cast.enter(asha)
    assert not entries.is_shared(kind, asha.actor, asha.patient.id)


def test_what_was_written_and_an_empty_sheet_print(client, asha):
    client.submit(NEW, {"problem": "The stairs"})
    assert "The stairs" in client.page(f"{TOOL}/print").text
    blank = client.page(f"{TOOL}/blank")
    assert "What is the problem" in blank.text and "The stairs" not in blank.text


@pytest.mark.parametrize(
    "path",
    [
        "/tools/nothing",
        f"{TOOL}/nothing/new",
        f"{TOOL}/problem/new?on=tomorrow",
        f"{TOOL}/problem/new?on=2031-01-01",
        f"{TOOL}/page/nothing",
    ],
)
def test_what_does_not_exist_is_not_found(client, asha, path):
    assert client.page(path).status == 404


def test_the_day_of_an_entry_may_be_a_few_days_back(client, cast, asha):
    yesterday = clock.today() - timedelta(days=1)
    client.submit(f"{NEW}?on={yesterday.isoformat()}", {"problem": "The stairs"})
    assert told(cast, asha).of("problem")[0].on == yesterday
