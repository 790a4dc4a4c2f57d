"""A patient's story: what is on it, who sees what, what it costs, and the copy for the record."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from tests.clinic.people import TODAY
from tests.looking import LookingClient
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import post
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.pacing import service as pacing
from webapp.people.models import Supporter
from webapp.questionnaires import service as questionnaires
from webapp.support import service as support


def story_of(person: Person) -> str:
    return f"/patients/{id_of(person.patient)}"


def answers_everything(cast: Cast, person: Person, value: int = 1) -> str:
    """The first sitting is typed in from paper; gives its id."""
    cast.enter(cast.carol)
    assert person.enrolment
    planned = questionnaires.planned_sittings(cast.carol.actor, person.enrolment, TODAY())[0]
    view = questionnaires.sitting_of(cast.carol.actor, person.enrolment, planned.sitting.id)
    given = {question.key: value for question in view.questions}
    sitting_id = questionnaires.enter_for_patient(
        cast.carol.actor, person.enrolment, view.name, given, "paper"
    )
    db.session.commit()
    return str(sitting_id)


def shares_a_walk(cast: Cast, person: Person) -> None:
    cast.enter(person)
    plan = pacing.begin(
        id_of(person.patient),
        pacing.NewActivity("walk", "to Mum's", "I miss her", "minutes", None),
        by=person.actor,
    )
    pacing.share(plan, True, by=person.actor)
    hidden = pacing.begin(
        id_of(person.patient),
        pacing.NewActivity("own", "secret sewing", "", "minutes", None),
        by=person.actor,
    )
    assert hidden.id != plan.id
    db.session.commit()


def test_two_identifiers_head_every_page_about_a_patient(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    assert asha.patient
    sitting_id = answers_everything(cast, asha)
    cast.signs_in(client, "carol")
    for page in ("", "/call", "/hide", "/pause", "/left", "/record", "/paper", f"/answers/{sitting_id}"):
        text = client.page(story_of(asha) + page).text
        assert "Born 3 Mar 1979" in text and asha.patient.reference in text, page


def test_the_story_holds_what_somebody_needs_before_ringing(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    shares_a_walk(cast, asha)
    cast.enter(cast.carol)
    assert asha.enrolment
    db.session.add(
        Supporter(
            service_id=cast.hillside.id,
            patient_id=id_of(asha.patient),
            name="Mina",
            may_discuss="dates",
            given_at=asha.patient.made_at,
        )
    )
    post.write(
        cast.hillside.id,
        "nudge",
        "asha@example.org",
        "Pick up where you left off",
        "secret words",
        language="en",
        patient_id=id_of(asha.patient),
    )
    requests.pause(
        asha.enrolment, TODAY() + timedelta(days=3), "holiday", by=cast.carol.actor, by_patient=True
    )
    support.report_problem(
        "/today", "made_me_worse", "It hurt.", patient_id=id_of(asha.patient), by=asha.actor
    )
    db.session.commit()
    cast.signs_in(client, "carol")
    page = client.page(story_of(asha))
    for words in (
        "Paused",
        "course, a module a week",
        "07700 900552, after 2 pm",
        "voicemail: no",
        "Mina helps; may discuss: dates",
        "Where they are",
        "What they share",
        "Walk",
        "What you could say",
        "E-mail: how is it going?",
        "A holiday",
        "It made me feel worse",
        "Copy for the record",
        "They are back",
    ):
        assert words in page.text, words
    assert "secret" not in page.html


def test_scores_are_drawn_with_a_table_and_a_sentence(client: LookingClient, cast: Cast) -> None:
    answers_everything(cast, cast.asha)
    cast.signs_in(client, "carol")
    page = client.page(story_of(cast.asha))
    assert len(page.all("div", class_="wm-figure__plot")) >= 1 and "on a scale from" in page.text
    assert "Answers of" in page.text and "plotly-basic" in page.html
    assert "plotly-basic" not in client.page("/ring-today").html


def test_a_caller_sees_neither_scores_nor_answers_nor_shared_things(
    client: LookingClient, cast: Cast
) -> None:
    asha = cast.asha
    shares_a_walk(cast, asha)
    sitting_id = answers_everything(cast, asha)
    cast.signs_in(client, "colin")
    for path in (story_of(asha), f"{story_of(asha)}/record"):
        html = client.page(path).html
        assert "Walk" not in html and "on a scale from" not in html and "Pain and daily life" not in html
    for path in (f"/answers/{sitting_id}", "/paper"):
        assert client.get(story_of(asha) + path).status_code == 403
    assert client.get("/answers").status_code == 403


def test_a_look_at_a_record_is_written_down(client: LookingClient, cast: Cast) -> None:
    asha, carol = cast.asha, cast.carol
    cast.signs_in(client, "carol")
    client.page(story_of(asha))
    client.page(f"{story_of(asha)}/record")
    cast.enter(carol)
    rows = db.session.execute(
        select(AuditRow.verb, AuditRow.account_id).where(
            AuditRow.patient_id == id_of(asha.patient), AuditRow.kind == "patient"
        )
    ).all()
    assert {("looked", carol.account.id), ("printed", carol.account.id)} <= {tuple(row) for row in rows}


def test_another_services_patient_is_not_there(client: LookingClient, cast: Cast) -> None:
    path = story_of(cast.asha)
    cast.signs_in(client, "victor")
    for page in ("", "/call", "/record", "/hide", "/pause", "/left", "/paper"):
        assert client.get(path + page).status_code == 404, page


def test_the_story_costs_the_same_whatever_the_history(client: LookingClient, cast: Cast) -> None:
    asha, carol = cast.asha, cast.carol
    answers_everything(cast, asha)
    shares_a_walk(cast, asha)
    cast.signs_in(client, "carol")
    few = _cost(client, story_of(asha))
    cast.enter(carol)
    assert asha.enrolment
    for number in range(30):
        engagement.record(asha.actor, asha.enrolment, "tick", f"walk-{number}")
        requests.log_contact(asha.enrolment, "call", "no_answer", "", by=carol.actor)
        post.write(
            cast.hillside.id,
            "nudge",
            "a@example.org",
            "Hello",
            "x",
            language="en",
            patient_id=id_of(asha.patient),
        )
    db.session.commit()
    assert _cost(client, story_of(asha)) == few


def _cost(client: LookingClient, path: str) -> int:
    client.page(path)
    client.page(path)
    return len(client.last_statements)


def test_answers_wait_oldest_first_until_a_named_person_has_read_them(
    client: LookingClient, cast: Cast
) -> None:
    asha, dewi = cast.asha, cast.dewi
    high, _low = answers_everything(cast, asha, value=0), answers_everything(cast, dewi, value=6)
    cast.signs_in(client, "carol")
    waiting = client.page("/answers").text
    assert waiting.index("Asha Patel") < waiting.index("Dewi Rees") and "scale" not in waiting
    path = f"{story_of(asha)}/answers/{high}"
    page = client.page(path)
    assert "What number best describes your pain on average in the past week?" in page.text
    client.submit(path, form=f"{high}/read")
    assert "Asha Patel" not in client.page("/answers").text
    assert "Read by Carol Osei" in client.page(path).text


def test_a_sitting_of_one_patient_is_not_found_under_another(client: LookingClient, cast: Cast) -> None:
    sitting_id = answers_everything(cast, cast.asha)
    cast.signs_in(client, "carol")
    assert client.get(f"{story_of(cast.dewi)}/answers/{sitting_id}").status_code == 404


def test_the_copy_is_plain_text_without_what_was_not_shared(client: LookingClient, cast: Cast) -> None:
    asha, carol = cast.asha, cast.carol
    shares_a_walk(cast, asha)
    answers_everything(cast, asha)
    cast.enter(carol)
    assert asha.enrolment and asha.patient
    asha.patient.family_name = "O'Patel"
    contact = requests.log_contact(
        asha.enrolment, "call", "reached_continuing", "Likes <short> pages & tea.", by=carol.actor
    )
    db.session.commit()
    cast.signs_in(client, "carol")
    copied = client.page(f"{story_of(asha)}/record").all("textarea")[0].text or ""
    for words in (
        "O'PATEL, Asha",
        "Born 3 Mar 1979",
        "spoke to them, carrying on (Carol Osei)",
        "Likes <short> pages & tea.",
        "Walk",
        "Pain and daily life",
    ):
        assert words in copied, words
    assert "secret sewing" not in copied and "\n\n\n" not in copied
    one = client.page(f"{story_of(asha)}/record?contact={contact.id}").all("textarea")[0].text or ""
    assert "Likes <short>" in one and "Walk" not in one


@pytest.mark.parametrize("contact", ["x", "0193e7a0-0000-7000-8000-000000000000"])
def test_a_copy_of_a_contact_that_is_not_there_is_not_found(
    client: LookingClient, cast: Cast, contact: str
) -> None:
    path = f"{story_of(cast.asha)}/record?contact={contact}"
    cast.signs_in(client, "carol")
    assert client.get(path).status_code == 404


def test_problems_are_listed_newest_first_and_marked_read(client: LookingClient, cast: Cast) -> None:
    asha = cast.asha
    cast.enter(asha)
    support.report_problem("/today", "wrong", "A slip.", patient_id=id_of(asha.patient), by=asha.actor)
    worse = support.report_problem(
        "/course/pacing", "made_me_worse", "", patient_id=id_of(asha.patient), by=asha.actor
    )
    db.session.commit()
    cast.signs_in(client, "carol")
    page = client.page("/problems")
    assert page.text.index("It made me feel worse") < page.text.index("Something in it is wrong")
    assert len(page.all("strong", class_="nhsuk-tag--red")) == 1
    client.submit("/problems", form=f"{worse.id}/read")
    assert "Carol Osei" in client.page("/problems").text
    assert "It made me feel worse" not in client.page("/problems?show=unread").text
