"""My messages: what comes, by which way, a rest, none at all. Saved at once, and said so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.cast import Cast, id_of
from tests.looking import LookingClient
from webapp.engagement.models import Summary
from webapp.foundations import clock, post
from webapp.foundations.database import db, enter_service
from webapp.people import service as people
from webapp.reminders import bounces, choices
from webapp.reminders.models import ReminderChoice
from webapp.reminders.rules import Group


def chosen_by(cast: Cast, name: str = "asha") -> ReminderChoice:
    enter_service(cast.hillside.id)
    db.session.expire_all()
    found = choices.choice_of(cast.hillside.id, id_of(getattr(cast, name).patient))
    assert found is not None
    return found


def chooses_e_mail(cast: Cast) -> None:
    cast.enter(cast.asha)
    people.choose(id_of(cast.asha.patient), "email", True, by=cast.asha.actor)
    db.session.commit()


def test_every_group_is_ticked_until_one_is_taken_off(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    fields, _action = client.page("/me/messages").form_fields("/me/messages")
    assert set(fields["wanted"]) == {group.value for group in Group}
    wanted = [group.value for group in Group if group is not Group.NUDGES]
    page = client.submit("/me/messages", {"wanted": wanted}, form="/me/messages")
    assert "Saved. We write to you as you chose." in page.text
    assert chosen_by(cast).left_out == ["nudges"]
    assert page.form_fields("/me/messages")[0]["wanted"] == wanted


def test_everything_can_be_left_out(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    client.submit("/me/messages", {"wanted": None}, form="/me/messages")
    assert set(chosen_by(cast).left_out) == {group.value for group in Group}


def test_what_is_not_on_the_list_is_refused(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/me/messages", {"wanted": ["goals", "everything"]}, form="/me/messages")
    assert page.status == 422 and "Choose from the answers on the list" in page.text


def test_a_rest_and_its_end(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/me/messages", {"day": "14"}, form="/me/messages/rest")
    day = clock.today() + timedelta(days=14)
    assert chosen_by(cast).quiet_until_on == day
    assert page.text.count(f"{day.day} {day:%B}") >= 2  # it is said, and it stands on the page
    page = client.submit("/me/messages", form="/me/messages/start")
    assert "We write to you again" in page.text and chosen_by(cast).quiet_until_on is None


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a day"),
        ({"day": "another"}, "Fill in the day"),
        ({"day": "another", "on-day": "31", "on-month": "2", "on-year": "2030"}, "no such day"),
        ({"day": "another", "on-day": "3", "on-month": "3", "on-year": "2062"}, "or earlier"),
        ({"day": "another", "on-day": "3", "on-month": "3", "on-year": "2020"}, "or later"),
    ],
)
def test_a_day_that_is_not_clear_is_asked_again(
    client: LookingClient, cast: Cast, sent: dict[str, str], says: str
) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/me/messages", sent, form="/me/messages/rest")
    assert page.status == 422 and says in page.text
    enter_service(cast.hillside.id)
    assert choices.choice_of(cast.hillside.id, id_of(cast.asha.patient)) is None


def test_stopping_and_starting_again_in_one_tap(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    page = client.submit("/me/messages", form="/me/messages/stop")
    assert "Our messages are stopped" in page.text and chosen_by(cast).stopped_at is not None
    client.submit("/me/messages", form="/me/messages/start")
    assert chosen_by(cast).stopped_at is None


def test_only_ways_that_are_chosen_safe_and_arrive_are_shown(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    assert "We have no way to write to you now" in client.page("/me/messages").text
    chooses_e_mail(cast)
    assert "asha@example.org" in client.page("/me/messages").text
    cast.enter(cast.asha)
    by = cast.carol.actor
    bounces.note_bounce(by, id_of(cast.asha.patient), "email", "asha@example.org", "unknown")
    db.session.commit()
    page = client.page("/me/messages")
    assert "asha@example.org" not in page.text and "no way to write" in page.text


def test_a_way_that_staff_did_not_mark_safe_is_not_shown(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    chooses_e_mail(cast)
    cast.enter(cast.carol)
    patient = people.patient_of(cast.carol.actor, id_of(cast.asha.patient))
    people.change_patient(patient, {"email_is_safe": False}, by=cast.carol.actor)
    db.session.commit()
    assert "asha@example.org" not in client.page("/me/messages").text


def test_which_way_first_is_asked_where_there_are_two(
    client: LookingClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    cast.signs_in(client, "asha")
    chooses_e_mail(cast)
    assert not [one for one in client.page("/me/messages").all("input") if one.get("name") == "way"]
    monkeypatch.setattr(post, "can_text", lambda: True)
    cast.enter(cast.carol)
    patient = people.patient_of(cast.carol.actor, id_of(cast.asha.patient))
    people.change_patient(patient, {"text_is_safe": True}, by=cast.carol.actor)
    people.choose(patient.id, "text", True, by=cast.asha.actor)
    db.session.commit()
    client.submit("/me/messages", {"way": "text"}, form="/me/messages")
    assert chosen_by(cast).way == "text"
    monkeypatch.undo()
    client.submit("/me/messages", form="/me/messages")
    assert chosen_by(cast).way == "text"


def test_a_change_lets_the_next_job_look(cast: Cast) -> None:
    cast.enter(cast.asha)
    assert cast.asha.enrolment
    choices.start_again(id_of(cast.asha.patient), by=cast.asha.actor)
    choices.quiet_until(id_of(cast.asha.patient), None, by=cast.asha.actor)
    row = db.session.get_one(Summary, (cast.hillside.id, cast.asha.enrolment.id), populate_existing=True)
    assert row.remind_on == clock.today()


def test_a_stranger_cannot_choose_for_another_service(cast: Cast) -> None:
    cast.enter(cast.vera)
    with pytest.raises(people.NotFound):
        choices.stop(id_of(cast.asha.patient), by=cast.vera.actor)


def test_me_leads_to_it(client: LookingClient, cast: Cast) -> None:
    cast.signs_in(client, "asha")
    assert any(one.get("href") == "/me/messages" for one in client.page("/me").all("a"))
