"""The lead's page: who covers alerts, and asking item 9 only with a whole cover and the load read."""

from __future__ import annotations

from datetime import timedelta

from tests.cast import Cast
from tests.looking import LookingClient
from tests.safety.alerts_made import covered
from webapp.clinic.rules import askings_a_year
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.safety import service as safety
from webapp.safety.models import Cover

PATH = "/service/safety"
TODAY = clock.today


def ids(cast: Cast) -> tuple[str, str]:
    return str(cast.carol.account.id), str(cast.lena.account.id)


def day_parts(name: str, after: int) -> dict[str, str]:
    day = TODAY() + timedelta(days=after)
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


def cover(cast: Cast) -> Cover:
    cast.enter(cast.lena)
    db.session.expire_all()
    return safety.cover_of(cast.lena.actor)


def test_what_is_missing_is_said_and_the_page_is_linked(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "lena")
    assert f'href="{PATH}"' in client.page("/service").html
    page = client.page(PATH)
    assert "Nobody is named who owns alerts." in page.text and "Nobody else is named as deputy." in page.text
    assert "It is not written down what happens out of hours." in page.text
    assert "Mon 09:00–17:00" in page.text
    refused = client.submit(PATH, {"read": "y"}, form="/item-nine")
    assert refused.status == 422 and "It cannot be switched on yet" in refused.text
    assert not safety.item_nine_is_on(cast.hillside.id)


def test_the_cover_is_saved_and_kept(client: LookingClient, cast: Cast) -> None:
    carol, lena = ids(cast)
    cast.signs_in(client, "lena")
    page = client.submit(
        PATH,
        {
            "owner": carol,
            "deputy": lena,
            "out_of_hours": "Ring 111.",
            **day_parts("owner_away_until", 3),
        },
    )
    assert page.status == 200 and "Saved." in page.text and "This is missing" not in page.text
    now = cover(cast)
    assert (str(now.owner_account_id), str(now.deputy_account_id)) == (carol, lena)
    assert (now.owner_away_until, now.deputy_away_until) == (TODAY() + timedelta(days=3), None)
    fields = page.form_fields(PATH)[0]
    assert (fields["owner"], fields["deputy"]) == (carol, lena)
    assert fields["owner_away_until-day"] == str((TODAY() + timedelta(days=3)).day)


def test_bad_choices_are_told_beside_their_fields(client: LookingClient, cast: Cast) -> None:
    carol, _lena = ids(cast)
    cast.signs_in(client, "lena")
    page = client.submit(PATH, {"owner": carol, "deputy": carol, "out_of_hours": "Kept words"})
    assert page.status == 422 and "Choose somebody else as deputy" in page.text and "Kept words" in page.html
    page = client.submit(PATH, {"owner": carol, **day_parts("owner_away_until", -1)})
    assert page.status == 422 and "or later" in page.text
    page = client.submit(PATH, {"owner": str(cast.colin.account.id)})
    assert page.status == 422 and cover(cast).owner_account_id is None
    assert "Colin Marsh" not in client.page(PATH).text


def test_item_nine_is_switched_on_after_the_load_was_read(client: LookingClient, cast: Cast) -> None:
    covered(cast)
    for name in ("asha", "dewi", "marjorie"):
        getattr(cast, name)
    cast.signs_in(client, "lena")
    page = client.page(PATH)
    assert "It is off." in page.text and "You have 3 patients now." in page.text
    assert "31 of 345 people (9%)" in page.text and "41% of 841" in page.text
    assert "An answer of 0 is no reassurance" in page.text and "no emergency" in page.text
    refused = client.submit(PATH, form="/item-nine")
    assert refused.status == 422 and "Tick this once your team has read it" in refused.text
    page = client.submit(PATH, {"read": "y"}, form="/item-nine")
    assert "It is switched on." in page.text and "By Lena Brandt" in page.text
    assert safety.item_nine_is_on(cast.hillside.id)
    kept = cover(cast).load_shown
    assert kept["patients"] == 3 and kept["times_a_year"] >= 1 and kept["fewest"] <= kept["most"]
    page = client.submit(PATH, form="/item-nine/off")
    assert "PHQ-8 is asked again." in page.text and "It is off." in page.text
    assert not safety.item_nine_is_on(cast.hillside.id)


def test_somebody_who_leaves_is_missed_on_the_page(client: LookingClient, cast: Cast) -> None:
    covered(cast)
    cast.enter(cast.lena)
    safety.switch_item_nine(True, {"fewest": 1, "most": 5, "patients": 3}, by=cast.lena.actor)
    safety.change_cover(cast.lena.actor, deputy_account_id=None)
    db.session.commit()
    cast.signs_in(client, "lena")
    page = client.page(PATH)
    assert "It is switched on, but it is not asked now" in page.text
    assert "Nobody else is named as deputy." in page.text
    assert "about 1 to 5 such answers a year, from 3 patients" in page.text


def test_a_stale_save_is_told_and_nothing_is_lost(client: LookingClient, cast: Cast) -> None:
    covered(cast)
    cast.signs_in(client, "lena")
    fields, action = client.page(PATH).form_fields(PATH)
    cast.enter(cast.lena)
    safety.change_cover(cast.lena.actor, out_of_hours="Ring 999.")
    db.session.commit()
    answer = client.post(action, data={**fields, "out_of_hours": "My words"})
    assert answer.status_code == 422 and "My words" in answer.get_data(as_text=True)
    assert cover(cast).out_of_hours == "Ring 999."


def test_only_who_leads_gets_in(client: LookingClient, cast: Cast) -> None:
    for name in ("carol", "colin", "arthur", "ada", "asha"):
        cast.signs_in(client, name)
        assert client.get(PATH).status_code == 403, name


def test_how_often_a_patient_is_asked_in_the_first_year() -> None:
    asked = [(0, ("phq-8", "gad-7")), (0, ("peg-3",)), (3, ("phq-9",)), (11, ("phq-8",)), (12, ("phq-8",))]
    assert askings_a_year(asked) == 3
    assert askings_a_year([]) == 0
