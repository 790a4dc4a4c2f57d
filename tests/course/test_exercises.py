"""Exercises: saved and shown again, changed without losing what was there, private until shared."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from tests.course.reading import as_a_new_request, read
from webapp.course import answers, service
from webapp.course.models import ExerciseAnswer
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.foundations.drafts import Draft

CHOICE = "/course/start-here/hurt-and-harm"
WRITE = "/course/start-here/one-small-step"
PACING = "/course/understanding-persistent-pain"


def keep_typing(person, path: str, fields: dict[str, list[str]]) -> None:  # type: ignore[no-untyped-def]
    """What was typed into the page and not sent, as the session's end or the script keeps it."""
    key = f"{path}#{fields['exercise'][0]}"
    db.session.add(Draft(account_id=person.account.id, path=key, fields=fields, at=clock.now()))
    db.session.commit()


def types(client, path: str, name: str, text: str) -> None:  # type: ignore[no-untyped-def]
    """Type into an exercise and pause: the page's script sends what stands in that form."""
    fields = {**exercise(client, path, name), f"answer-{name}": text, "path": path}
    assert client.post("/drafts", data=fields).status_code == 204
    as_a_new_request()


def typed_on(client, path: str) -> str:  # type: ignore[no-untyped-def]
    """What stands in the page's text box on a fresh look (the tests' requests share one ``g``)."""
    as_a_new_request()
    return (client.page(path).all("textarea")[0].text or "").strip()


def rows(person) -> list[dict[str, object]]:  # type: ignore[no-untyped-def]
    found = (
        select(ExerciseAnswer)
        .where(ExerciseAnswer.enrolment_id == person.enrolment.id)
        .order_by(ExerciseAnswer.id)
    )
    return [row.answer for row in db.session.scalars(found)]


def exercise(client, path: str, name: str) -> dict[str, object]:  # type: ignore[no-untyped-def]
    """What the browser would send of that exercise's form."""
    page = client.page(path)
    forms = [
        f
        for f in page.all("form")
        if any(i.get("value") == name for i in f.iter("input") if i.get("name") == "exercise")
    ]
    fields = {i.get("name"): i.get("value") for i in forms[0].iter("input") if i.get("type") == "hidden"}
    return fields


def save(client, path: str, name: str, value: object):  # type: ignore[no-untyped-def]
    fields = exercise(client, path, name)
    return client.post(path, data={**fields, f"answer-{name}": value})


def test_a_choice_is_saved_shown_again_and_answered(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    assert "Thoughts like these come by themselves" not in client.page(CHOICE).text
    sent = save(client, CHOICE, "first-thought", "never-ends")
    assert sent.status_code == 303
    assert sent.location.endswith("#exercise-first-thought")
    page = client.page(sent.location)
    assert "Saved on" in page.text
    assert "Only you can read this." in page.text
    assert "Thoughts like these come by themselves" in page.text
    assert page.all("input", value="never-ends", checked="")
    assert rows(asha) == [{"keys": ["never-ends"]}]


def test_words_are_saved_and_can_be_changed_with_the_earlier_ones_kept(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    save(client, WRITE, "first-win", "Water the plant")
    save(client, WRITE, "first-win", "Play one song")
    assert rows(asha) == [{"text": "Water the plant"}, {"text": "Play one song"}]
    page = client.page(WRITE)
    assert (page.all("textarea")[0].text or "").strip() == "Play one song"


@pytest.mark.parametrize(
    ("page", "name", "value", "kept"),
    [
        ("up-and-down", "turns-up", ["poor-sleep"], {"keys": ["poor-sleep"]}),
        ("up-and-down", "turns-up", [], {"keys": []}),
        ("up-and-down", "more-of", "gentle-moving", {"keys": ["gentle-moving"]}),
        ("my-plan", "how-sure", "0", {"number": 0}),
        ("my-plan", "how-sure", "10", {"number": 10}),
        ("my-plan", "my-plan", "  On Tuesday  ", {"text": "On Tuesday"}),
    ],
)
def test_every_kind_is_kept_as_it_was_answered(client, cast, page, name, value, kept):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    client.submit(PACING, form="/open")
    assert save(client, f"{PACING}/{page}", name, value).status_code == 303
    assert rows(asha) == [kept]
    client.page(f"{PACING}/{page}")


@pytest.mark.parametrize(
    ("path", "name", "value", "says"),
    [
        (CHOICE, "first-thought", "", "Choose an answer"),
        (CHOICE, "first-thought", "not-on-the-list", "Choose one of the answers"),
        (WRITE, "first-win", "   ", "Write something"),
        (WRITE, "first-win", "x" * 4001, "longer than we can keep"),
    ],
)
def test_what_cannot_be_saved_says_why_and_loses_nothing(client, cast, path, name, value, says):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    refused = save(client, path, name, value)
    assert refused.status_code == 422
    assert says in refused.get_data(as_text=True)
    if name == "first-win" and value.strip():
        assert value in refused.get_data(as_text=True)
    assert rows(asha) == []


def test_an_exercise_that_is_not_on_the_page_is_not_found(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    fields = exercise(client, CHOICE, "first-thought")
    assert (
        client.post(CHOICE, data={**fields, "exercise": "my-plan", "answer-my-plan": "x"}).status_code == 404
    )


def test_a_second_tab_is_told_and_both_answers_are_there(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    in_first_tab = exercise(client, WRITE, "first-win")
    in_second_tab = exercise(client, WRITE, "first-win")
    client.post(WRITE, data={**in_second_tab, "answer-first-win": "from the second"})
    stale = client.post(WRITE, data={**in_first_tab, "answer-first-win": "from the first"})
    assert stale.status_code == 422
    page = stale.get_data(as_text=True)
    assert "changed on another screen" in page
    assert "from the first" in page
    assert rows(asha) == [{"text": "from the second"}]
    from tests.page import Page

    again = next(
        f for f in Page(stale).all("form") if any(i.get("value") == "first-win" for i in f.iter("input"))
    )
    fields = {i.get("name"): i.get("value") for i in again.iter("input")}
    assert client.post(WRITE, data={**fields, "answer-first-win": "from the first"}).status_code == 303
    assert rows(asha) == [{"text": "from the second"}, {"text": "from the first"}]


def test_the_same_save_twice_is_one_answer(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    fields = {**exercise(client, WRITE, "first-win"), "answer-first-win": "once"}
    first, second = (client.post(WRITE, data=fields) for _time in range(2))
    assert first.location == second.location
    assert rows(asha) == [{"text": "once"}]


def test_typing_that_was_not_saved_is_there_again(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    keep_typing(asha, WRITE, {"exercise": ["first-win"], "answer-first-win": ["half a thou"]})
    assert typed_on(client, WRITE) == "half a thou"
    read(client, "start-here", "one-small-step")
    assert typed_on(client, WRITE) == "half a thou", "going on keeps the typing"
    save(client, WRITE, "first-win", "half a thought")
    assert typed_on(client, WRITE) == "half a thought"


def test_a_draft_of_one_exercise_leaves_the_others_alone(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    client.submit(PACING, form="/open")
    save(client, f"{PACING}/my-plan", "how-sure", "7")
    keep_typing(asha, f"{PACING}/my-plan", {"exercise": ["my-plan"], "answer-my-plan": ["typed"]})
    assert typed_on(client, f"{PACING}/my-plan") == "typed"
    assert client.page(f"{PACING}/my-plan").all("input", name="answer-how-sure", value="7", checked="")


def test_typing_in_two_exercises_of_one_page_is_kept_apart(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    client.submit(PACING, form="/open")
    page = f"{PACING}/my-plan"
    types(client, page, "my-plan", "After lunch, by the window")
    types(client, page, "how-sure", "6")
    assert typed_on(client, page) == "After lunch, by the window"
    assert client.page(page).all("input", name="answer-how-sure", value="6", checked="")
    assert rows(asha) == []

    save(client, page, "how-sure", "8")
    assert typed_on(client, page) == "After lunch, by the window", "saving the one keeps the other"
    types(client, page, "how-sure", "9")
    client.submit(page, form="/share")
    as_a_new_request()
    assert client.page(page).all("input", name="answer-how-sure", value="9", checked=""), "sharing keeps it"
    save(client, page, "my-plan", "After lunch")
    assert typed_on(client, page) == "After lunch"
    left = [path for (path,) in db.session.execute(select(Draft.path))]
    assert left == [f"{page}#how-sure"]


def test_nothing_is_shared_until_it_is_tapped_and_it_can_be_taken_back(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    save(client, WRITE, "first-win", "Water the plant")

    def for_the_team() -> list[str]:
        cast.enter(cast.carol)
        return [one.answer for one in answers.shared_exercises(cast.carol.actor, asha.patient.id)]

    assert for_the_team() == []
    shared = client.submit(WRITE, form="/share")
    assert "Shared with my team" in shared.text
    assert "Only you can read this." not in shared.text
    assert for_the_team() == ["Water the plant"]
    client.submit(WRITE, form="/share")
    assert for_the_team() == []


def test_the_key_exercise_that_was_saved_settles_its_module(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    client.submit(PACING, form="/open")
    cast.enter(asha)
    here = service.in_module(asha.enrolment, "understanding-persistent-pain", "en")
    assert here.key is not None
    page = next(page for page in here.text.pages if here.key in page.blocks)
    save(client, f"{PACING}/{page.name}", here.key.name, [here.key.answers[0].key])
    save(client, f"{PACING}/my-plan", "my-plan", "On Tuesday after lunch")
    end = read(client, "understanding-persistent-pain", here.pages[-1])
    assert end.heading == "You have done this module"
    assert "On Tuesday after lunch" in end.text


def test_answers_are_for_adding_only(client, cast):  # type: ignore[no-untyped-def]
    from sqlalchemy import text
    from sqlalchemy.exc import ProgrammingError

    cast.signs_in(client, "asha")
    save(client, WRITE, "first-win", "Water the plant")
    with pytest.raises(ProgrammingError, match="permission denied"), db.session.begin_nested():
        db.session.execute(text("DELETE FROM exercise_answer"))
