"""Making a goal, page by page: every step, the loop, the kind words, and what is refused."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.cast import Cast, id_of
from tests.goals.making import PLAN, RUNGS, TEA, begin, make
from tests.looking import LookingClient
from webapp.foundations import clock
from webapp.foundations.languages import in_words
from webapp.goals import service
from webapp.goals.seen import Goal


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    return client


def stored(cast: Cast, card: str, name: str = "asha") -> Goal:
    """The goal as the database has it."""
    person = getattr(cast, name)
    cast.enter(person)
    return service.goal_of(person.actor, id_of(person.patient), UUID(card.rsplit("/", 1)[1]))


def test_the_first_visit_offers_to_make_a_goal(asha: LookingClient) -> None:
    page = asha.page("/goals")
    assert page.heading == "My goals"
    assert "Make a goal" in page.text
    assert "10 minutes" in asha.page("/goals/new").text


def test_a_goal_is_made_page_by_page_in_the_order_of_the_module(asha: LookingClient) -> None:
    card = begin(asha)
    answers: dict[str, dict[str, object]] = {
        **{
            f"matters/{d}": {"importance": "4", "lived": "3"}
            for d in ("family", "intimate_relations", "friends")
        },
        **{f"matters/{d}": {} for d in ("work", "health", "growth", "community")},
        "gap": {"domain": "friends"},
        "want-back": {"want_back": "Swimming with Kayla"},
        "what": {"what": "In the pool with Kayla, once"},
        "where": {"place": "Mill Road", "with_whom": "Kayla"},
        "know": {"how_known": "We laugh"},
        "by-when": {"when": "four_weeks"},
        "rung/1": {"what": "Find out when it is quiet"},
        "rung/2": {"what": "Sit in the café"},
        "rung/3": {"what": "Get in for a few minutes"},
        "ladder": {},
        "this-week": PLAN,
        "how-sure": {"number": "7"},
        "in-the-way": {"if_0": "it rains", "then_0": "ring Bex"},
        "supporter": {"supporter": "Bex"},
        "reward": {"reward": "A bath"},
    }
    path = asha.page(card).path
    for step, answer in answers.items():
        assert path == f"{card}/{step}"
        path = asha.submit(path, answer).path
    assert path == f"{card}/check"
    page = asha.submit(path)
    assert (page.path, page.heading) == (card, "In the pool with Kayla, once")
    for words in (
        "Swimming with Kayla",
        "Mill Road",
        "Find out when it is quiet",
        "7 out of 10",
        "ring Bex",
        "A bath",
    ):
        assert words in page.text
    assert "After breakfast on Monday, Wednesday and Friday I will ring Mum, in the kitchen." in page.text


def test_everything_but_the_goal_itself_can_be_skipped(asha: LookingClient) -> None:
    card = begin(asha)
    page = asha.page(card)
    seen = []
    while not page.path.endswith("/check"):
        seen.append(page.path.removeprefix(card))
        data = {"what": TEA} if page.path.endswith("/what") else {"skip": "y"}
        page = asha.submit(page.path, data)
    assert "/rung/2" not in seen and "/how-sure" not in seen
    page = asha.submit(page.path)
    assert page.heading == TEA
    assert "We will ask on" in page.text


def test_the_goal_itself_is_asked_for_kindly(asha: LookingClient) -> None:
    card = begin(asha)
    for typed in ("", "   "):
        page = asha.submit(f"{card}/what", {"what": typed})
        assert page.status == 422
        assert "Write what you will be doing, in a few words" in page.text
    page = asha.submit(f"{card}/what", {"what": "", "skip": "y"})
    assert page.status == 422
    assert asha.page(f"{card}/check").path == f"{card}/what"


def test_nothing_is_ticked_beforehand(asha: LookingClient) -> None:
    card = begin(asha)
    for step in ("matters/family", "gap", "by-when", "this-week", "how-sure"):
        page = asha.page(f"{card}/{step}")
        assert not [e for e in page.all("input") if e.get("checked") is not None], step


def test_the_gap_is_a_picture_and_a_sentence_and_the_widest_is_named(asha: LookingClient) -> None:
    card = begin(asha)
    asha.submit(f"{card}/matters/friends", {"importance": "5", "lived": "2"})
    asha.submit(f"{card}/matters/work", {"importance": "3", "lived": "3"})
    asha.submit(f"{card}/matters/health", {"importance": "4"})
    page = asha.page(f"{card}/gap")
    assert page.heading == "The widest gap is in “Friends”"
    assert "Friends: matters 5, lived 2." in page.text
    assert "Looking after my health: matters" not in page.text
    drawn = [e.get("aria-label", "") for e in page.tree.iter() if e.get("role") == "img"]
    assert any("Friends: matters 5, lived 2." in words for words in drawn)
    asha.submit(f"{card}/matters/family", {"importance": "4", "lived": "1"})
    assert asha.page(f"{card}/gap").heading == "The widest gaps are in these parts: Family and Friends"


def test_a_rating_outside_nought_to_five_is_refused(asha: LookingClient, cast: Cast) -> None:
    card = begin(asha)
    assert asha.submit(f"{card}/matters/family", {"importance": "6"}).status == 422
    assert asha.submit(f"{card}/matters/family", {"importance": "five"}).status == 422
    assert stored(cast, card).rated == ()
    assert asha.page(f"{card}/matters/money").status == 404


@pytest.mark.parametrize("words", ["To be pain-free", "I want less pain", "Bod yn ddi-boen"])
def test_pain_relief_is_explained_once_and_never_refused(asha: LookingClient, words: str) -> None:
    card = begin(asha)
    page = asha.submit(f"{card}/want-back", {"want_back": words})
    assert page.status == 200
    assert page.path == f"{card}/want-back"
    assert "Of course you want that" in page.text
    assert words in page.text, "what was typed is kept"
    page = asha.submit(f"{card}/want-back?kindly=1", {"want_back": words})
    assert page.path == f"{card}/what"
    page = asha.submit(f"{card}/what", {"what": words})
    assert page.path == f"{card}/where", "it is not explained a second time"


def test_a_goal_with_something_to_see_is_not_explained(asha: LookingClient) -> None:
    card = begin(asha)
    assert (
        asha.submit(f"{card}/want-back", {"want_back": "Walk to the shop with less pain"}).path
        == f"{card}/what"
    )


def test_by_when(asha: LookingClient, cast: Cast) -> None:
    card, today = begin(asha), clock.today()
    past = today - timedelta(days=1)
    typed = {
        "when": "another",
        "on-day": str(past.day),
        "on-month": str(past.month),
        "on-year": str(past.year),
    }
    page = asha.submit(f"{card}/by-when", typed)
    assert page.status == 422
    assert f"{in_words(past)} has already been. Choose today or a day to come" in page.text
    page = asha.submit(f"{card}/by-when", {"when": "another"})
    assert page.status == 422
    assert "Fill in the date" in page.text
    asha.submit(f"{card}/by-when", {"when": "four_weeks", "on-day": "99"})
    assert stored(cast, card).row.by_when_on == today + timedelta(days=28)
    asha.submit(f"{card}/by-when", {**typed, "on-year": str(today.year + 1)})
    assert stored(cast, card).row.by_when_on == past.replace(year=today.year + 1)
    asha.submit(f"{card}/by-when", {"when": "none"})
    assert stored(cast, card).row.by_when_on is None


def test_a_ladder_has_three_to_five_steps_unless_the_patient_wants_fewer(asha: LookingClient) -> None:
    card = begin(asha)
    asha.submit(f"{card}/what", {"what": TEA})
    asha.submit(f"{card}/rung/1", {"what": RUNGS[0]})
    page = asha.submit(f"{card}/ladder")
    assert page.status == 422
    assert "Add one more, or go on with these for now" in page.text
    assert asha.submit(f"{card}/ladder", {"as_it_is": "y"}).path == f"{card}/this-week"
    for number in (2, 3, 4, 5):
        page = asha.submit(f"{card}/rung/{number}", {"what": f"Step {number}"})
    assert page.path == f"{card}/ladder"
    assert "Add another step" not in page.text
    assert asha.page(f"{card}/rung/6").status == 404
    assert asha.submit(f"{card}/ladder").path == f"{card}/this-week"


def test_a_rung_can_be_changed_taken_out_and_needs_words(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    assert asha.submit(f"{card}/rung/1", {"what": "  "}).status == 422
    asha.submit(f"{card}/rung/2", {"what": "Twenty minutes", "how_often": "once"})
    page = asha.submit(f"{card}/rung/1", {"take_out": "y"})
    assert page.path == f"{card}/ladder"
    assert [(rung.position, rung.what) for rung in stored(cast, card).rungs] == [
        (0, "Twenty minutes"),
        (1, RUNGS[2]),
    ]
    assert asha.page(f"{card}/rung/5").path == f"{card}/rung/3", "the next free place"


def test_half_a_plan_is_asked_for_kindly_and_what_was_typed_stays(asha: LookingClient) -> None:
    card = begin(asha)
    page = asha.submit(f"{card}/this-week", {"cue": "After breakfast"})
    assert page.status == 422
    assert "Choose at least one day" in page.text and "Write what you will do" in page.text
    assert [e.get("value") for e in page.all("input", name="cue")] == ["After breakfast"]


def at_how_sure(client: LookingClient) -> str:
    card = begin(client)
    client.submit(f"{card}/what", {"what": TEA})
    assert client.submit(f"{card}/this-week", PLAN).path == f"{card}/how-sure"
    return card


def test_below_seven_asks_three_times_what_would_help_then_saves_anyway(
    asha: LookingClient, cast: Cast
) -> None:
    card = at_how_sure(asha)
    for rating, choice, leads_to in (
        ("3", "smaller", "this-week"), ("4", "help", "supporter"), ("5", "another_time", "this-week"),
    ):  # fmt: skip
        page = asha.submit(f"{card}/how-sure", {"number": rating})
        assert (page.path, page.heading) == (f"{card}/easier", "What would make it a 7?")
        page = asha.submit(page.path, {"choice": choice})
        assert page.path == f"{card}/{leads_to}"
        assert (
            asha.submit(page.path, {"supporter": "Bex"} if choice == "help" else None).path
            == f"{card}/how-sure"
        )
    assert asha.submit(f"{card}/how-sure", {"number": "6"}).path == f"{card}/in-the-way"
    goal = stored(cast, card)
    assert goal.row.confidence == [3, 4, 5, 6]
    assert goal.row.made_easier == ["smaller", "help", "another_time"]


@pytest.mark.parametrize(
    ("sure", "path"), [("very", "in-the-way"), ("somewhat", "easier"), ("not_at_all", "easier")]
)
def test_words_stand_for_a_number(asha: LookingClient, sure: str, path: str) -> None:
    card = at_how_sure(asha)
    assert asha.submit(f"{card}/how-sure", {"words": sure}).path == f"{card}/{path}"


@pytest.mark.parametrize(
    ("rating", "path"), [("0", "easier"), ("6", "easier"), ("7", "in-the-way"), ("10", "in-the-way")]
)
def test_seven_is_sure_enough(asha: LookingClient, rating: str, path: str) -> None:
    card = at_how_sure(asha)
    assert asha.submit(f"{card}/how-sure", {"number": rating}).path == f"{card}/{path}"


def test_neither_number_nor_words_is_asked_for_kindly(asha: LookingClient) -> None:
    card = at_how_sure(asha)
    page = asha.submit(f"{card}/how-sure")
    assert page.status == 422 and "Choose a number or words" in page.text
    assert asha.submit(f"{card}/how-sure", {"number": "11"}).status == 422
    assert asha.submit(f"{card}/how-sure", {"skip": "y"}).path == f"{card}/in-the-way"


def test_the_plan_may_be_left_as_it_is_and_own_words_come_back(asha: LookingClient, cast: Cast) -> None:
    card = at_how_sure(asha)
    asha.submit(f"{card}/how-sure", {"number": "2"})
    assert asha.submit(f"{card}/easier").status == 422
    page = asha.submit(f"{card}/easier", {"choice": "other", "easier_words": "A lift there"})
    assert "“A lift there”" in page.text
    asha.submit(f"{card}/how-sure", {"number": "5"})
    assert asha.submit(f"{card}/easier", {"skip": "y"}).path == f"{card}/in-the-way"
    assert stored(cast, card).row.confidence == [2, 5]


def test_obstacles_can_be_added_up_to_three(asha: LookingClient, cast: Cast) -> None:
    card = begin(asha)
    page = asha.submit(f"{card}/in-the-way", {"if_0": "it rains", "then_0": "ring Bex", "add": "y"})
    assert len(page.all("input", name="if_1")) == 1
    page = asha.submit(f"{card}/in-the-way?more=1", {"if_1": "I am tired", "then_1": "rest", "add": "y"})
    page = asha.submit(f"{card}/in-the-way?more=1", {"if_2": "no bus"})
    assert [pair["if"] for pair in stored(cast, card).row.obstacles] == ["it rains", "I am tired", "no bus"]
    assert "Save and add another" not in asha.page(f"{card}/in-the-way").text


def test_a_goal_in_the_making_is_resumed_where_it_was_left(asha: LookingClient) -> None:
    card = begin(asha)
    asha.submit(f"{card}/gap", {"domain": "other"})
    assert "In the making" in asha.page("/goals").text
    assert asha.page(card).path == f"{card}/want-back"


def test_going_back_and_saving_again_is_safe(asha: LookingClient, cast: Cast) -> None:
    card = begin(asha)
    asha.submit(f"{card}/what", {"what": TEA})
    asha.submit(f"{card}/where", {"place": "Her house"})
    assert asha.submit(f"{card}/what", {"what": "Tea with Dad"}).path == f"{card}/where"
    goal = stored(cast, card)
    assert (goal.row.what, goal.row.place) == ("Tea with Dad", "Her house")


def test_a_change_from_the_last_page_leads_back_to_it(asha: LookingClient) -> None:
    card = begin(asha)
    asha.submit(f"{card}/what", {"what": TEA})
    asha.submit(f"{card}/reward", {"reward": "A bath"})
    assert asha.submit(f"{card}/where", {"place": "Her house"}).path == f"{card}/check"


def test_two_tabs_the_older_page_is_told_and_keeps_what_was_typed(asha: LookingClient, cast: Cast) -> None:
    card = begin(asha)
    fields, action = asha.page(f"{card}/where").form_fields()
    asha.submit(f"{card}/where", {"place": "Her house"})
    answer = asha.post(action, data={**fields, "place": "The café"})
    assert answer.status_code == 422
    assert "changed on another screen" in answer.text and "The café" in answer.text
    assert stored(cast, card).row.place == "Her house"


def test_the_same_form_sent_twice_is_saved_once(asha: LookingClient, cast: Cast) -> None:
    fields, action = asha.page("/goals/new").form_fields()
    first, second = (asha.post(action, data=fields) for _ in range(2))
    assert first.location == second.location
    cast.enter(cast.asha)
    assert len(service.goals_of(cast.asha.actor, id_of(cast.asha.patient))) == 1


def test_numbers_of_an_earlier_goal_can_be_used_again(asha: LookingClient, cast: Cast) -> None:
    make(asha)
    card = begin(asha)
    assert "You have done this before" in asha.page(f"{card}/matters/family").text
    page = asha.submit(f"{card}/matters/family", form="same-numbers")
    assert page.path == f"{card}/gap"
    assert [rating.gap for rating in stored(cast, card).rated] == [3]


def test_text_that_no_database_can_keep_is_no_fault_of_the_patient(asha: LookingClient, cast: Cast) -> None:
    card = begin(asha)
    asha.submit(f"{card}/what", {"what": "Tea\x00 <b>with</b> Mum"})
    assert stored(cast, card).row.what == "Tea <b>with</b> Mum"
    assert asha.submit(f"{card}/what", {"what": "x" * 1001}).status == 422
