"""The patient reads: page after page, in the middle, at the end, through either door."""

from __future__ import annotations

from datetime import timedelta

from tests.course.reading import read, read_whole
from webapp.course import service
from webapp.engagement import service as engagement
from webapp.engagement.models import Event
from webapp.foundations import clock
from webapp.foundations.database import db

FIRST = "/course/start-here/what-this-is"


def events(person) -> list[tuple[str, str]]:  # type: ignore[no-untyped-def]
    rows = db.session.query(Event).filter_by(enrolment_id=person.enrolment.id).order_by(Event.id)
    return [(row.kind, row.what) for row in rows]


def test_a_page_says_where_one_is_and_what_comes_next(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    page = client.page(FIRST)
    assert page.heading == "What this course is"
    assert "page 1 of 6" in page.text
    assert "Next: Hurt and harm" in page.text
    assert "3 minutes" in page.text
    assert page.all("a", href="/course/start-here/what-this-is?short=1")


def test_reading_on_is_recorded_and_leads_to_the_next_page(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    after = client.submit(FIRST, form="/next")
    assert after.path == "/course/start-here/hurt-and-harm"
    assert events(asha) == [("page_read", "start-here/what-this-is")]


def test_opening_a_page_alone_records_nothing(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    client.page(FIRST)
    cast.enter(asha)
    assert service.begun_in(asha.enrolment) == {}


def test_one_leaves_in_the_middle_and_goes_on_there(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is", "hurt-and-harm")
    front = client.page("/course/start-here")
    assert "16 minutes left" in front.text
    assert front.all("a", href="/course/start-here/getting-help", class_="nhsuk-button")
    today = client.page("/today")
    assert "Next page: When to get help" in today.text
    assert "16 minutes left" in today.text


def test_the_same_tap_twice_counts_once(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    fields, action = client.page(FIRST).form_fields("/next")
    for _time in range(2):
        assert client.post(action, data=fields).location == "/course/start-here/hurt-and-harm"
    assert len(events(asha)) == 1


def test_going_back_and_tapping_again_does_no_harm(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is", "hurt-and-harm", "what-this-is")
    cast.enter(asha)
    assert service.begun_in(asha.enrolment)["start-here"].read == {"what-this-is", "hurt-and-harm"}
    assert client.page("/course/start-here").all(
        "a", href="/course/start-here/getting-help", class_="nhsuk-button"
    )


def test_the_short_version_keeps_warnings_exercises_and_tools(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    short = client.page("/course/start-here/three-tries?short=1")
    assert "Read this first" in short.text
    assert "Write down a try" in short.text
    assert "How to do a try" not in short.text
    assert "The whole page" in short.text


def test_after_the_last_page_one_exercise_is_left_now_or_later(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    end = read_whole(client)
    assert end.path == "/course/start-here/end"
    assert end.heading == "One exercise is left"
    assert "done" not in [kind for kind, _what in events(asha)]
    done = client.submit("/course/start-here/end", form="/later")
    assert done.heading == "You have done this module"
    assert "You kept an exercise for later" in done.text
    assert ("module_done", "start-here") in events(asha)
    cast.enter(asha)
    milestones = engagement.milestones_of(asha.enrolment)
    assert [row.done_on is not None for row in milestones] == [True, False, False, False]


def test_the_tool_that_was_used_finishes_the_module(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    read_whole(client)
    cast.enter(asha)
    from webapp.pacing import service as pacing

    pacing.begin(asha.patient.id, pacing.NewActivity("walk", "", "", "time", None), by=asha.actor)
    db.session.commit()
    end = client.page("/course/start-here/end")
    assert end.heading == "You have done the exercise too"
    done = client.submit("/course/start-here/end", form="/end")
    assert done.heading == "You have done this module"
    cast.enter(asha)
    assert service.begun_in(asha.enrolment)["start-here"].key_done_at is not None


def test_the_next_module_opens_in_the_rhythm_or_when_they_go_on(client, cast):  # type: ignore[no-untyped-def]
    asha = cast.signs_in(client, "asha")
    read_whole(client)
    client.submit("/course/start-here/end", form="/later")
    second = "/course/understanding-persistent-pain"
    assert client.get(f"{second}/pain-is-an-alarm").location == second
    front = client.page(second)
    assert "Opens on" in front.text
    assert "I’d like to go on now" in front.text
    on = client.submit(second, form="/open")
    assert on.path == f"{second}/pain-is-an-alarm"
    assert ("opened_early", "understanding-persistent-pain") in events(asha)
    cast.enter(asha)
    assert service.begun_in(asha.enrolment)["understanding-persistent-pain"].opened_early_at is not None


def test_a_week_later_it_is_open_without_asking(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    read_whole(client)
    client.submit("/course/start-here/end", form="/later")
    with clock.standing_at(clock.now() + timedelta(days=7)):
        page = client.page("/course/understanding-persistent-pain/pain-is-an-alarm")
        assert page.heading == "Pain is an alarm"
        overview = client.page("/course")
    assert "I’d like to go on now" not in overview.text


def test_even_a_later_module_is_never_refused(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    front = client.page("/course/goals-and-values")
    assert "This module comes later" in front.text
    assert client.submit("/course/goals-and-values", form="/open").path.startswith(
        "/course/goals-and-values/"
    )


def test_at_their_own_speed_the_next_one_is_open_at_once(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert client.submit("/me/rhythm", {"rhythm": "own_speed"}).path == "/course"
    read_whole(client)
    client.submit("/course/start-here/end", form="/later")
    assert client.page("/course/understanding-persistent-pain/pain-is-an-alarm").heading == "Pain is an alarm"


def test_the_refresher_door_opens_everything_without_dates(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "marjorie")
    overview = client.page("/course")
    assert "Everything is open" in overview.text
    assert "Opens on" not in overview.text
    assert "Coming" not in overview.text
    assert client.page("/course/goals-and-values").all("a", class_="nhsuk-button")
    for word in ("late", "missed", "behind", "failed"):
        assert word not in overview.text.lower().split()


def test_the_booklet_has_every_page_and_lines_to_write_on(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    booklet = client.page("/course/start-here/print")
    assert "6. Your plan" in booklet.text
    lines = [one for one in booklet.all("div") if one.get("class") == "wp-line"]
    assert len(lines) >= 8
    assert "☐ This will never end" in booklet.text


def test_what_is_not_there_is_not_found(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    for path in (
        "/course/no-such",
        "/course/start-here/no-such",
        "/course/no-such/print",
        "/information/no-such",
    ):
        assert client.get(path).status_code == 404


def test_an_address_that_only_takes_taps_leads_back_to_its_page(client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    assert client.get(f"{FIRST}/next").location == FIRST
    assert client.get(f"{FIRST}/share").location == FIRST
    assert client.get("/course/start-here/open").location == "/course/start-here"


def test_staff_and_strangers_do_not_read_as_patients(client, cast):  # type: ignore[no-untyped-def]
    assert client.get(FIRST).status_code == 303
    cast.signs_in(client, "carol")
    assert client.get(FIRST).status_code == 403


def test_each_patient_sees_their_own_progress(app, client, cast):  # type: ignore[no-untyped-def]
    cast.signs_in(client, "asha")
    read(client, "start-here", "what-this-is")
    other = app.test_client()
    cast.signs_in(other, "dewi")
    assert "23 minutes" in other.page("/course/start-here").text
    assert "Start this module" in other.page("/course/start-here").text
