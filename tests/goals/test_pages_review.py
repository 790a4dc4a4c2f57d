"""A goal's card and its look backs.

Due on its date, every choice after every outcome, and the history kept.
"""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.cast import Cast, id_of
from tests.goals.making import PLAN, RUNGS, TEA, days_later, look_back, make, tap
from tests.looking import LookingClient
from webapp.engagement.models import Event
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.goals import service
from webapp.goals.rules_review import Choice, Outcome, ReviewOf
from webapp.goals.seen import Goal
from webapp.pacing import service_energy


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    return client


def stored(cast: Cast, card: str) -> Goal:
    cast.enter(cast.asha)
    db.session.expire_all()
    return service.goal_of(cast.asha.actor, id_of(cast.asha.patient), UUID(card.rsplit("/", 1)[1]))


def due(cast: Cast) -> list[service.DueReview]:
    cast.enter(cast.asha)
    return service.due_reviews(cast.asha.actor, id_of(cast.asha.patient), clock.today())


def test_a_step_is_ready_to_look_back_on_after_seven_days_and_not_before(
    asha: LookingClient, cast: Cast
) -> None:
    card = make(asha)
    with days_later(6):
        assert due(cast) == []
        assert "We will ask on" in asha.page(card).text
    with days_later(7):
        [review] = due(cast)
        assert (review.title, review.of, review.due_on) == (TEA, ReviewOf.STEP, clock.today())
        assert f"How did “{TEA}” go?" in asha.page("/goals").text
        assert "Ready to look back on" in asha.page(card).text


def test_looking_back_asks_days_what_helped_what_got_in_the_way_then_what_next(asha: LookingClient) -> None:
    card = make(asha)
    with days_later(7):
        page = asha.submit(card, {"outcome": "partly"}, form="look-back")
        assert (page.path, page.heading) == (f"{card}/look-back/days", "You planned it for 3 days")
        assert len(page.all("input", name="done")) == 4
        page = asha.submit(page.path, {"done": "2"})
        page = asha.submit(page.path, {"helped": "Sam came"})
        page = asha.submit(page.path, {"got_in_the_way": "The rain"})
        assert page.path == f"{card}/look-back/next"
        page = asha.submit(page.path, {"choice": "keep"})
        assert page.path == card
        for words in (
            "Partly",
            "Sam came",
            "The rain",
            "2 of 3 days",
            "You chose: Keep",
            "ask again in a week",
        ):
            assert words in page.text
        assert "2 of the 3 days that you planned" in page.text


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_choice_is_there_after_every_outcome_keep_first_and_none_ticked(
    asha: LookingClient, outcome: Outcome
) -> None:
    card = make(asha)
    asha.submit(f"{card}/look-back", {"outcome": outcome.value})
    page = asha.page(f"{card}/look-back/next")
    buttons = page.all("button", name="choice")
    assert [button.get("value") for button in buttons] == ["keep", "step_up", "shrink", "swap", "drop"]
    assert len({button.get("class") for button in buttons}) == 1, "all look the same"


def test_not_this_week_is_not_asked_on_how_many_days(asha: LookingClient) -> None:
    card = make(asha)
    assert asha.submit(f"{card}/look-back", {"outcome": "not_this_week"}).path == f"{card}/look-back/helped"


def test_without_a_choice_of_three_it_is_asked_again(asha: LookingClient) -> None:
    card = make(asha)
    for sent in ({}, {"outcome": "very_well"}):
        page = asha.submit(f"{card}/look-back", sent)
        assert page.status == 422
        assert "Choose one of the" in page.text
    with days_later(7):
        asha.submit(f"{card}/look-back", {"outcome": "did_it"})
        assert asha.submit(f"{card}/look-back/days", {"done": "4"}).status == 422
        assert asha.submit(f"{card}/look-back/days").status == 422
        assert asha.submit(f"{card}/look-back/next", {"choice": "rest"}).status == 422


def test_keep_stays_on_the_rung_and_asks_again_in_a_week(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    with days_later(9):
        look_back(asha, card, "not_this_week", "keep")
        goal = stored(cast, card)
        assert goal.row.rung == 0
        assert goal.review and goal.review.on == clock.today() + timedelta(days=7)


def test_step_up_goes_on_to_the_next_rung_and_asks_for_a_plan_and_how_sure(
    asha: LookingClient, cast: Cast
) -> None:
    card = make(asha)
    page = look_back(asha, card, "did_it", "step_up")
    assert page.path == f"{card}/this-week"
    assert RUNGS[1] in page.text
    assert "Write this week’s plan for your new step" in asha.page(card).text
    page = asha.submit(page.path, {"action": "go to her house"})
    assert page.path == f"{card}/how-sure"
    page = asha.submit(page.path, {"number": "7"})
    assert page.path == card
    goal = stored(cast, card)
    assert (goal.row.rung, goal.row.at_step, goal.row.confidence) == (1, None, [7])


def test_the_top_of_the_ladder_finishes_the_goal_and_it_can_be_picked_up_again(
    asha: LookingClient, cast: Cast
) -> None:
    card = make(asha)
    for _ in RUNGS:
        page = look_back(asha, card, "did_it", "step_up")
    assert page.path == card
    assert "You have reached the top of your ladder" in page.text
    assert stored(cast, card).row.is_top_reached
    page = tap(asha, card, "/again")
    assert "I did it" in page.text
    assert stored(cast, card).state == "going"


@pytest.mark.parametrize("choice", ["shrink", "swap"])
def test_shrink_and_swap_write_the_step_anew_and_the_old_words_stay_in_the_history(
    asha: LookingClient, cast: Cast, choice: str
) -> None:
    card = make(asha)
    page = look_back(asha, card, "partly", choice)
    assert page.path == f"{card}/rung/1"
    page = asha.submit(page.path, {"what": "Text Mum a heart"})
    assert page.path == f"{card}/this-week"
    asha.submit(page.path, PLAN)
    page = asha.submit(f"{card}/how-sure", {"number": "9"})
    assert page.path == card
    goal = stored(cast, card)
    assert goal.rungs[0].what == "Text Mum a heart"
    assert goal.past_reviews[0].step_words == RUNGS[0]
    assert (goal.row.rung, goal.row.at_step) == (0, None)


def test_finished_for_now_is_kept_and_comes_back(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    page = look_back(asha, card, "not_this_week", "drop")
    assert "Finished for now" in page.text
    assert due(cast) == []
    assert "Finished for now" in asha.page("/goals").text
    with days_later(10):
        tap(asha, card, "/again")
        goal = stored(cast, card)
        assert goal.review and goal.review.on == clock.today() + timedelta(days=7)
        assert len(goal.past_reviews) == 1


def test_a_goal_without_a_ladder_can_step_up_to_its_first_rung(asha: LookingClient) -> None:
    card = make(asha, rungs=())
    asha.submit(f"{card}/look-back", {"outcome": "did_it"})
    assert "Add a next step." in asha.page(f"{card}/look-back/next").text
    assert look_back(asha, card, "did_it", "step_up").path == f"{card}/rung/1"


def test_the_goals_own_review_comes_after_four_weeks(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    for week in (7, 14, 21):
        with days_later(week):
            look_back(asha, card, "partly", "keep")
    with days_later(28):
        [review] = due(cast)
        assert review.of is ReviewOf.GOAL
        look_back(asha, card, "did_it", "keep")
        goal = stored(cast, card)
        assert goal.past_reviews[0].of == "goal"
        assert goal.row.goal_began_on == clock.today()
        assert "You have looked back 4 times. You did your step once." in asha.page(card).text


def test_in_energy_mode_there_is_rest_and_no_step_up(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    cast.enter(cast.asha)
    service_energy.turn(id_of(cast.asha.patient), True, by=cast.asha.actor)
    asha.submit(f"{card}/look-back", {"outcome": "did_it"})
    page = asha.page(f"{card}/look-back/next")
    assert [b.get("value") for b in page.all("button", name="choice")] == [
        "keep",
        "shrink",
        "swap",
        "rest",
        "drop",
    ]
    assert asha.submit(page.path, {"choice": "step_up"}).status == 422
    assert asha.submit(page.path, {"choice": "rest"}).path == card
    assert stored(cast, card).row.rung == 0


def test_a_look_back_begun_is_gone_on_with_and_how_it_went_can_be_changed(
    asha: LookingClient, cast: Cast
) -> None:
    card = make(asha)
    asha.submit(f"{card}/look-back", {"outcome": "did_it"})
    assert "You have begun to look back" in asha.page(card).text
    asha.submit(f"{card}/look-back", {"outcome": "partly"})
    goal = stored(cast, card)
    assert [review.outcome for review in goal.reviews] == ["partly"]


def test_questions_of_a_look_back_can_be_skipped(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    page = asha.submit(f"{card}/look-back", {"outcome": "did_it"})
    while not page.path.endswith("/next"):
        page = asha.submit(page.path, {"skip": "y"})
    asha.submit(page.path, {"choice": "keep"})
    review = stored(cast, card).past_reviews[0]
    assert (review.done, review.helped, review.got_in_the_way) == (None, "", "")


def test_two_phones_the_second_choice_is_told(asha: LookingClient, cast: Cast) -> None:
    card = make(asha)
    asha.submit(f"{card}/look-back", {"outcome": "did_it"})
    fields, action = asha.page(f"{card}/look-back/next").form_fields()
    asha.submit(f"{card}/look-back/helped", {"helped": "Sam"})
    assert asha.post(action, data={**fields, "choice": "drop"}).status_code == 422
    assert stored(cast, card).state == "going"


def test_without_an_open_look_back_its_pages_are_not_there(asha: LookingClient) -> None:
    card = make(asha)
    for page in ("days", "helped", "in-the-way", "next"):
        assert asha.get(f"{card}/look-back/{page}").status_code == 404


def test_what_happened_is_told_to_engagement_without_what_was_written(
    asha: LookingClient, cast: Cast
) -> None:
    card = make(asha)
    look_back(asha, card, "did_it", "keep", helped="Sam")
    cast.enter(cast.asha)
    events = db.session.execute(select(Event.kind, Event.what).order_by(Event.id)).all()
    assert ("exercise_saved", "goals/begun") in events
    assert ("exercise_saved", "goals/this-week") in events
    assert ("goal_reviewed", "goals/keep") in events
    assert not [what for _kind, what in events if "Mum" in what or "Sam" in what]


def test_every_choice_has_words() -> None:
    from webapp.goals.words import CHOICE_HINTS, CHOICE_NAMES

    assert set(CHOICE_NAMES) == set(Choice)
    assert set(CHOICE_HINTS) == set(Choice) - {Choice.STEP_UP}
