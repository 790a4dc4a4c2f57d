"""The ladder of avoided movements: locked until the team opens it, a guess before each try, and what was found out."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cast import id_of
from tests.course.filling import fill_in, turn_energy_mode_on
from webapp.course import entries
from webapp.course.exercises.exposure_ladder import (
    KIND,
    MOST_RUNGS,
    Found,
    climb,
    found_out,
    news_of,
    read_try,
    slope,
)
from webapp.course.exercises.registry import tools
from webapp.course.exercises.tool import Entry, Told
from webapp.foundations import clock
from webapp.foundations.database import db, new_id

SAMPLES = {
    "rung": [
        {"what": "Bend down to the shoe", "worry": 80, "expect": "My back will go", "likely": 90},
        {"what": "Carry a light bag", "worry": 30},
        {"what": "Turn round to park"},
    ],
    "try": [
        {
            "expect": "My back will go",
            "likely": 90,
            "fear_before": 80,
            "fear_after": 60,
            "came_true": "no",
            "surprised": 8,
            "learnt": "It pulled, and it did not go",
        },
        {"likely": 60, "fear_before": 60, "fear_after": 50, "came_true": "partly", "surprised": 0},
        {"likely": 50, "fear_before": 50, "fear_after": 40, "came_true": "no", "surprised": 3},
        {"expect": "It will pull", "likely": 40, "will_do": "On Tuesday after breakfast"},
    ],
}
TOOL = "/tools/exposure-ladder"
NUMBERS = {number.key: number.default for number in KIND.numbers}


def an_entry(sheet: str, about: UUID | None = None, **answers: Any) -> Entry:
    return Entry(new_id(), sheet, date(2026, 11, 22), about, answers, True, 1, clock.now())


def told_of(rungs: list[Entry], tries: list[Entry]) -> Told:
    """As it is told: the newest first."""
    newest_first = {"rung": tuple(reversed(rungs)), "try": tuple(reversed(tries))}
    return Told(date(2026, 11, 22), newest_first, numbers=NUMBERS)


def opened(cast, name: str = "asha") -> None:
    person = getattr(cast, name)
    cast.enter(person)
    entries.set_opened(id_of(person.patient), KIND.name, True, by=cast.carol.actor)
    db.session.commit()


# --- the rules --------------------


@pytest.mark.parametrize(
    ("likely", "came_true", "gap"),
    [(90, "no", 90), (90, "partly", 40), (90, "yes", -10), (0, "no", 0), (20, "yes", -80),
     (None, "no", None), (90, None, None)],
)  # fmt: skip
def test_the_gap_between_the_guess_and_what_happened(likely, came_true, gap):
    answers = {"likely": likely, "came_true": came_true}
    assert (
        read_try(an_entry("try", **{key: one for key, one in answers.items() if one is not None})).gap == gap
    )


def test_surprises_are_counted_among_the_tries_where_it_was_said():
    tries = [
        {"surprised": 8},
        {"surprised": 0},
        {"surprised": 1, "came_true": "no"},
        {"came_true": "partly"},
        {},
    ]
    assert found_out([read_try(an_entry("try", **one)) for one in tries]) == Found(2, 3, 1, 2)


@pytest.mark.parametrize(
    ("fears", "by"),
    [([], None), ([80, 60], None), ([80, 60, 40], -20), ([80, 80, 80], 0), ([20, 30, 40, 50], 10), ([60, 50, 10], -25)],
)  # fmt: skip
def test_the_fear_from_one_try_to_the_next(fears, by):
    assert slope(fears) == (pytest.approx(by) if by is not None else None)


@given(st.lists(st.integers(0, 100), min_size=3, max_size=30), st.integers(-50, 50))
def test_the_same_fear_more_or_less_everywhere_has_the_same_slope(fears, more):
    assert slope(fears) == pytest.approx(slope([one + more for one in fears]), abs=1e-6)


@pytest.mark.parametrize(
    ("first", "fears", "not_true", "news"),
    [
        (80, [40], 0, {"fell"}),  # half of the first: exactly 50 percent
        (80, [41], 0, set()),
        (90, [90, 20], 0, {"fell", "low"}),  # 20: the boundary
        (30, [21], 0, set()),
        (10, [10], 0, {"low"}),
        (0, [0], 0, {"low"}),
        (None, [50], 0, set()),
        (80, [], 3, {"not_true"}),
        (80, [], 2, set()),
        (80, [20, 70], 0, set()),  # the newest try counts
    ],
)
def test_what_may_be_good_to_know(first, fears, not_true, news):
    assert news_of(first, fears, not_true, NUMBERS) == news


def test_a_service_sets_the_numbers():
    strict = {**NUMBERS, "exposure_ladder_fall": 75, "exposure_ladder_low": 5, "exposure_ladder_not_true": 5}
    assert news_of(80, [20], 3, NUMBERS) == {"fell", "low", "not_true"}
    assert news_of(80, [21], 3, strict) == set()
    assert all(Decimal(number.low) <= number.default <= number.high for number in KIND.numbers)


def test_the_ladder_goes_from_the_least_to_the_most_worrying_and_unrated_last():
    rungs = [an_entry("rung", what=what, **given) for what, given in
             (("d", {}), ("c", {"worry": 80}), ("a", {"worry": 0}), ("b", {"worry": 30}))]  # fmt: skip
    assert [rung.what for rung in climb(told_of(rungs, [])).rungs] == ["a", "b", "c", "d"]


def test_tries_belong_to_their_movement_oldest_first():
    one, other = an_entry("rung", what="one"), an_entry("rung", what="other")
    tries = [
        an_entry("try", one.id, fear_before=80, fear_after=60, came_true="no"),
        an_entry("try", other.id, came_true="yes"),
        an_entry("try", one.id, fear_before=70, fear_after=40),
        an_entry("try", one.id, likely=40),
    ]
    ladder = climb(told_of([one, other], tries))
    first = next(rung for rung in ladder.rungs if rung.what == "one")
    assert (first.first_fear, first.fears) == (80, (60, 40))
    assert len(first.tries) == 2 and [one.entry for one in first.waiting] == [tries[3]]
    assert "fell" in first.news and ladder.found.came_true_said == 2
    assert ladder.rung_of(tries[0]) == first and ladder.rung_of(an_entry("try", new_id())) is None


# --- the pages --------------------


def test_locked_it_says_what_it_is_and_offers_a_call(client, cast):
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert "Your team opens this with you" in page.text and "What it is" in page.text
    assert "Please keep any aid, brace or medical advice" in page.text
    assert [one for one in page.all("a") if (one.get("href") or "").endswith("/ring-me")]
    assert "Add a movement" not in page.text
    for path in (f"{TOOL}/rung/new", f"{TOOL}/print", f"{TOOL}/blank"):
        assert client.page(path).status == 404


def test_the_team_opens_it_and_may_lock_it_again(client, cast):
    patient_id = id_of(cast.asha.patient)
    cast.signs_in(client, "carol")
    at = f"/patients/{patient_id}/tools"
    client.submit(at, {"lock": "open"}, form="/lock")
    cast.signs_in(client, "asha")
    assert "Add a movement" in client.page(TOOL).text
    cast.signs_in(client, "carol")
    client.submit(at, {"lock": "locked"}, form="/lock")
    cast.signs_in(client, "asha")
    assert "Your team opens this with you" in client.page(TOOL).text


def test_a_movement_a_guess_a_try_and_what_was_found_out(client, cast):
    opened(cast)
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/rung/new", {"what": "Bend down to the shoe", "worry": "80"})
    page = client.submit(page.path, {"expect": "My back will go", "likely": "90"})
    page = client.submit(page.path, {"stay_safe": "I hold my breath"})
    assert page.path == TOOL and "Worry 80 of 100" in page.text
    rung = _only(cast, "rung")
    rung_page = client.page(f"{TOOL}/rung/{rung.id}")
    assert "Plan a try" in rung_page.text
    new = f"{TOOL}/try/new?about={rung.id}"
    before = client.page(new)
    assert "My back will go" in before.html and "I hold my breath" in before.text
    page = client.submit(new, {"expect": "My back will go", "likely": "70"})
    page = client.submit(page.path, {"fear_before": "80", "will_do": "On Tuesday after breakfast"})
    assert page.path == TOOL, "the try comes between the plan and the look back"
    assert "You plan to try" in page.text and "On Tuesday after breakfast" in page.text
    at = f"{TOOL}/try/{_only(cast, 'try').id}"
    page = client.submit(f"{at}/after", {"happened": "It pulled", "came_true": "no", "fear_after": "40"})
    assert "If a try leaves you very upset or afraid, stop there." in page.text
    page = client.submit(page.path, {"surprised": "7", "learnt": "It pulled, and it did not go"})
    assert "You were surprised on 1 of 1 try." in page.text
    assert "What you feared did not happen on 1 of 1 try." in page.text
    assert "You plan to try" not in page.text and 'class="wm-draw' in page.html
    rung_page = client.page(f"{TOOL}/rung/{rung.id}")
    assert "Your fear was 80 before the first try, and 40 after the newest one." in rung_page.text
    assert "You choose." in rung_page.text and "It pulled, and it did not go" in rung_page.text


def _only(cast, sheet: str) -> Entry:
    cast.enter(cast.asha)
    told = entries.told_by(cast.asha.actor, id_of(cast.asha.patient), KIND, cast.hillside)
    (entry,) = told.of(sheet)
    return entry


def test_a_saved_guess_is_not_written_over(client, cast):
    opened(cast)
    cast.signs_in(client, "asha")
    client.submit(f"{TOOL}/rung/new", {"what": "Bend", "worry": "80"})
    client.submit(f"{TOOL}/rung/{_only(cast, 'rung').id}/guess", {"expect": "My back will go"})
    new = f"{TOOL}/try/new?about={_only(cast, 'rung').id}"
    client.submit(new, {"expect": "", "likely": "50"})
    assert _only(cast, "try").get("expect") is None
    assert "My back will go" not in client.page(f"{TOOL}/try/{_only(cast, 'try').id}/before").html


def test_filled_it_tells_surprises_and_prints(client, cast):
    cast.signs_in(client, "asha")
    fill_in(cast, cast.asha, tools()["exposure-ladder"])
    page = client.page(TOOL)
    assert "You were surprised on 2 of 3 tries." in page.text
    assert page.text.index("Carry a light bag") < page.text.rindex("Bend down to the shoe")
    paper = client.page(f"{TOOL}/print").text
    assert "It pulled, and it did not go" in paper and "Turn round to park" in paper
    assert "What do you think will happen this time?" in client.page(f"{TOOL}/blank").text


def test_energy_mode_has_no_ladder_and_keeps_what_was_written(client, cast):
    fill_in(cast, cast.asha, tools()["exposure-ladder"])
    turn_energy_mode_on(cast, cast.asha)
    cast.signs_in(client, "asha")
    page = client.page(TOOL)
    assert "There is no ladder in energy mode" in page.text and "Keep within what you can do" in page.text
    for offer in ("Add a movement", "Open any movement", "You plan to try", "what happened?"):
        assert offer not in page.text
    rung = next(one for one in page.all("a") if "/rung/" in (one.get("href") or ""))
    shown = client.page(str(rung.get("href")))
    assert shown.status == 200
    assert "Plan a try" not in shown.text and "Good to know when you choose" not in shown.text
    assert client.page(f"{TOOL}/rung/new").status == 404
    assert client.page(f"{TOOL}/try/new?about={str(rung.get('href')).rsplit('/', 1)[-1]}").status == 404
    blank = client.page(f"{TOOL}/blank").text
    assert "In energy mode there is nothing to fill in here." in blank and "Which movement?" not in blank


def test_ten_movements_are_plenty(client, cast):
    opened(cast)
    cast.signs_in(client, "asha")
    cast.enter(cast.asha)
    sheet = KIND.sheet("rung")
    assert sheet
    for number in range(MOST_RUNGS):
        entries.save_screen(
            KIND, sheet, sheet.screens[0], {"what": f"Movement {number}"}, entry=None, on=clock.today(),
            about=None, is_last=True, patient_id=id_of(cast.asha.patient), by=cast.asha.actor,
        )  # fmt: skip
    db.session.commit()
    page = client.page(TOOL)
    assert "Ten movements are plenty." in page.text and "Add a movement" not in page.text


@pytest.mark.parametrize(
    ("given", "said"),
    [({"what": ""}, "Write the movement in a few words"), ({"what": "Bend", "worry": "101"}, "Choose one of the answers")],
)  # fmt: skip
def test_what_cannot_be_kept_is_said_kindly(client, cast, given, said):
    opened(cast)
    cast.signs_in(client, "asha")
    page = client.submit(f"{TOOL}/rung/new", given)
    assert page.status == 422 and said in page.text


def test_the_team_sees_it_in_a_table_once_it_is_shared(client, cast):
    fill_in(cast, cast.asha, tools()["exposure-ladder"])
    entries.share_tool(KIND, True, patient_id=id_of(cast.asha.patient), by=cast.asha.actor)
    db.session.commit()
    cast.signs_in(client, "carol")
    page = client.page(f"/patients/{id_of(cast.asha.patient)}/tools/exposure-ladder")
    assert "Carry a light bag" in page.text and "2 of 3" in page.text
    assert "Your movements" not in page.text
