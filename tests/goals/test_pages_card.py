"""Goals as a whole.

Several at once, sharing, paper, pacing plans on a rung, ownership and the cost of a page.
"""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.cast import Cast, id_of
from tests.goals.making import RUNGS, TEA, begin, days_later, look_back, make, tap
from tests.looking import LookingClient
from webapp.foundations.database import db, enter_service
from webapp.goals import service
from webapp.pacing import service as pacing
from webapp.pacing.models import PacingPlan


@pytest.fixture
def asha(client: LookingClient, cast: Cast) -> LookingClient:
    cast.signs_in(client, "asha")
    return client


def shared(cast: Cast, staff: str = "carol") -> list[service.SharedGoal]:
    cast.enter(getattr(cast, staff))
    return service.shared_goals(getattr(cast, staff).actor, id_of(cast.asha.patient))


def walk(cast: Cast, quota: float | None = 420) -> PacingPlan:
    """Asha's walk of seven minutes."""
    cast.enter(cast.asha)
    details = pacing.NewActivity("walk", "", "", "time", None)
    plan = pacing.begin(id_of(cast.asha.patient), details, by=cast.asha.actor)
    plan.quota, plan.increment = quota, 42
    db.session.commit()
    return plan


def test_several_goals_stand_beside_each_other(asha: LookingClient) -> None:
    make(asha)
    make(asha, "Sew for ten minutes", rungs=())
    begin(asha)
    page = asha.page("/goals")
    for words in (TEA, f"Step 1 of 3: {RUNGS[0]}", "Sew for ten minutes", "In the making"):
        assert words in page.text


def test_the_card_shows_the_ladder_with_where_the_patient_stands(asha: LookingClient) -> None:
    page = asha.page(make(asha))
    here = [e for e in page.all("li") if e.get("aria-current") == "step"]
    assert len(here) == 1
    drawn = [e.get("aria-label", "") for e in page.tree.iter() if e.get("role") == "img"]
    assert "Your ladder. 3 steps up to your goal. You are on step 1." in drawn
    assert "Friends: I laugh more with them" in page.text


def test_nothing_is_shared_until_it_is_tapped_and_one_tap_takes_it_back(
    asha: LookingClient, cast: Cast
) -> None:
    card = make(asha)
    look_back(asha, card, "partly", "keep", helped="A secret")
    assert shared(cast) == []
    page = tap(asha, card, "/share")
    assert "Your team can now see this goal." in page.text
    [goal] = shared(cast)
    assert (goal.title, goal.confidence, goal.rung, goal.rung_number, goal.rung_count) == (
        TEA,
        8,
        RUNGS[0],
        1,
        3,
    )
    assert goal.last_outcome == "partly"
    assert "secret" not in repr(goal)
    tap(asha, card, "/stop-sharing")
    assert shared(cast) == []


def test_a_goal_in_the_making_cannot_be_shared(asha: LookingClient, cast: Cast) -> None:
    card = begin(asha)
    fields, _action = asha.page("/goals/new").form_fields()
    assert asha.post(f"{card}/share", data={"csrf_token": fields["csrf_token"]}).status_code == 404
    assert shared(cast) == []


def test_another_services_team_sees_nothing(asha: LookingClient, cast: Cast) -> None:
    tap(asha, make(asha), "/share")
    assert shared(cast, "victor") == []


def test_the_paper_holds_goal_ladder_and_plan_and_no_furniture(asha: LookingClient) -> None:
    card = make(asha)
    page = asha.page(f"{card}/print")
    for words in (
        TEA,
        *RUNGS,
        "After breakfast on Monday, Wednesday and Friday I will ring Mum, in the kitchen.",
    ):
        assert words in page.text
    assert not page.all("nav") and not page.all("header")


def test_a_rung_carries_a_pacing_plan_with_its_amount(asha: LookingClient, cast: Cast) -> None:
    plan = walk(cast)
    card = make(asha)
    page = asha.page(f"{card}/rung/3")
    assert "Walk, 7 minutes" in page.text
    asha.submit(f"{card}/rung/3", {"what": RUNGS[2], "pacing_plan": str(plan.id)})
    assert "Pacing plan: Walk, 7 minutes" in asha.page(card).text
    plan = pacing.plan_of(cast.asha.actor, id_of(cast.asha.patient), plan.id)
    plan.quota = 480
    db.session.commit()
    assert "Pacing plan: Walk, 8 minutes" in asha.page(card).text
    asha.submit(f"{card}/rung/3", {"pacing_plan": "none"})
    assert "Pacing plan" not in asha.page(card).text


def test_somebody_elses_pacing_plan_cannot_be_taken(asha: LookingClient, cast: Cast) -> None:
    walk(cast)
    cast.enter(cast.dewi)
    details = pacing.NewActivity("own", "Dewi’s boat", "", "time", None)
    other = pacing.begin(id_of(cast.dewi.patient), details, by=cast.dewi.actor)
    db.session.commit()
    card = make(asha)
    page = asha.submit(f"{card}/rung/1", {"pacing_plan": str(other.id)})
    assert page.status == 422
    assert "boat" not in page.text


def test_a_goal_can_be_put_away_and_taken_up_while_in_the_making(asha: LookingClient) -> None:
    card = begin(asha)
    asha.submit(f"{card}/what", {"what": TEA})
    page = tap(asha, "/goals", f"{card}/finish")
    assert "In the making" not in page.text
    page = tap(asha, card, "/again")
    assert page.path == f"{card}/where"


@pytest.mark.parametrize("who", ["dewi", "vera"])
def test_another_patients_goal_is_not_there(asha: LookingClient, cast: Cast, who: str) -> None:
    card = make(asha)
    asha.submit(f"{card}/look-back", {"outcome": "did_it"})
    cast.signs_in(asha, who)
    fields, _action = asha.page("/goals/new").form_fields()
    pages = (
        "", "/print", "/matters/friends", "/gap", "/want-back", "/what", "/where", "/know", "/by-when",
        "/rung/1",
        "/ladder",
        "/this-week", "/how-sure", "/easier", "/in-the-way", "/supporter", "/reward", "/check",
        "/look-back",
        "/look-back/days", "/look-back/helped", "/look-back/in-the-way", "/look-back/next",
    )  # fmt: skip
    for page in pages:
        assert asha.get(card + page).status_code == 404, page
    taps = (
        "/share",
        "/stop-sharing",
        "/finish",
        "/again",
        "/same-numbers",
        "/what",
        "/look-back",
        "/look-back/next",
    )
    for page in taps:
        sent = {"csrf_token": fields["csrf_token"], "what": "Mine", "choice": "drop", "outcome": "did_it"}
        assert asha.post(card + page, data=sent).status_code == 404, page
    enter_service(cast.hillside.id)
    cast.signs_in(asha, "asha")
    page = asha.page(card)
    assert page.heading == TEA
    assert "Share with my team" in page.text and "You have begun to look back" in page.text


def test_the_service_finds_only_the_patients_own(asha: LookingClient, cast: Cast) -> None:
    goal_id = UUID(make(asha).rsplit("/", 1)[1])
    cast.enter(cast.dewi)
    with pytest.raises(service.NotFound):
        service.goal_of(cast.dewi.actor, id_of(cast.dewi.patient), goal_id)
    assert service.goals_of(cast.dewi.actor, id_of(cast.dewi.patient)) == []


def test_a_page_costs_the_same_whatever_the_history(asha: LookingClient, cast: Cast) -> None:
    walk(cast)
    card = make(asha)
    pages = ("/goals", card, f"{card}/print", f"{card}/ladder", f"{card}/look-back")
    few = {page: _cost(asha, page) for page in pages}
    for week in range(1, 5):
        with days_later(7 * week):
            look_back(asha, card, "partly", "keep")
            make(asha, f"Another goal {week}")
            walk(cast)
    assert {page: _cost(asha, page) for page in pages} == few


def _cost(client: LookingClient, page: str) -> int:
    client.page(page)
    db.session.expire_all()  # whether an earlier page's rows are still alive must not count
    client.page(page)
    return len([said for said in client.last_statements if not said.startswith("UPDATE signed_in")])
