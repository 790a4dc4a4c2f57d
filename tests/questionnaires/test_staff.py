"""For the portal: answers to read, a patient's scores, typing in from paper, and the figure."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid4

import pytest
from flask import Flask, render_template
from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from tests.looking import LookingClient
from tests.page import text_of
from tests.questionnaires.sittings import PAIN, PEG, PSEQ, answer_baseline_pain, finish_module_1, given
from webapp.engagement.models import Event
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.questionnaires import service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import Answer, ScoreRow, SittingRow
from webapp.questionnaires.score_points import ScoreSeries


def entered(cast: Cast, name: str, shipped: Instruments, peg: list[int]) -> UUID:
    """A finished sitting of that patient, typed in by Carol."""
    person: Person = getattr(cast, name)
    cast.enter(cast.carol)
    assert person.enrolment
    answers = given(shipped.get("peg-3").definition, peg) | given(shipped.get("pseq-10").definition, PSEQ)
    sitting_id = service.enter_for_patient(
        cast.carol.actor, person.enrolment, "baseline-pain", answers, "phone"
    )
    db.session.commit()
    return sitting_id


def by_id(found: Iterable[ScoreSeries]) -> dict[str, ScoreSeries]:
    """The series of whole questionnaires, by their id."""
    return {each.instrument.id: each for each in found if each.is_total}


def test_answers_are_read_oldest_first_whatever_the_scores(cast: Cast, shipped: Instruments) -> None:
    low, high, middle = (
        entered(cast, name, shipped, peg)
        for name, peg in (("asha", [1, 1, 1]), ("dewi", [10, 10, 10]), ("marjorie", [5, 5, 5]))
    )
    page = service.answers_to_read(cast.carol.actor)
    assert [row.sitting_id for row in page.rows] == [low, high, middle]
    assert [row.patient.given_name for row in page.rows] == ["Asha", "Dewi", "Marjorie"]
    assert page.rows[0].headings == ("Pain and daily life", "Confidence")
    assert (page.rows[0].mode, page.rows[0].entered_by) == ("phone", "Carol Osei")
    assert page.rows[0].promised_on > clock.today()
    assert page.next_after is None


def test_answers_are_fetched_page_by_page(cast: Cast, shipped: Instruments) -> None:
    wanted = [entered(cast, name, shipped, PEG) for name in ("asha", "dewi", "marjorie")]
    first = service.answers_to_read(cast.carol.actor, limit=2)
    assert first.next_after
    second = service.answers_to_read(cast.carol.actor, after=first.next_after, limit=2)
    assert [row.sitting_id for row in (*first.rows, *second.rows)] == wanted
    assert second.next_after is None
    with pytest.raises(service.NotFound):
        service.answers_to_read(cast.carol.actor, after="nonsense")


def test_the_list_costs_the_same_for_one_and_for_three(
    cast: Cast, shipped: Instruments, count_queries
) -> None:  # type: ignore[no-untyped-def]
    entered(cast, "asha", shipped, PEG)
    with count_queries() as few:
        service.answers_to_read(cast.carol.actor)
    entered(cast, "dewi", shipped, PEG)
    entered(cast, "marjorie", shipped, PEG)
    with count_queries() as more:
        service.answers_to_read(cast.carol.actor)
    assert len(more.seen) == len(few.seen)


def test_a_named_person_reads_and_the_first_one_stays(cast: Cast, shipped: Instruments) -> None:
    sitting_id = entered(cast, "asha", shipped, PEG)
    service.mark_read(cast.carol.actor, sitting_id)
    service.mark_read(cast.lena.actor, sitting_id)
    row = service.reading_of(cast.carol.actor, sitting_id)
    assert (row.read_by, row.account_id) == ("Carol Osei", cast.carol.account.id)
    assert row.read_at is not None
    assert service.answers_to_read(cast.carol.actor).rows == ()
    assert len(db.session.scalars(select(AuditRow).where(AuditRow.verb == "read")).all()) == 1


def test_a_job_and_another_service_cannot_read(cast: Cast, shipped: Instruments) -> None:
    sitting_id = entered(cast, "asha", shipped, PEG)
    with pytest.raises(ValueError, match="person"):
        service.mark_read(cast.job(cast.hillside), sitting_id)
    with pytest.raises(service.NotFound):
        service.mark_read(cast.carol.actor, uuid4())
    cast.enter(cast.victor)
    with pytest.raises(service.NotFound):
        service.mark_read(cast.victor.actor, sitting_id)
    assert service.answers_to_read(cast.victor.actor).rows == ()


def test_the_patient_sees_who_has_read(client: LookingClient, cast: Cast) -> None:
    finish_module_1(cast, "asha")
    cast.signs_in(client, "asha")
    assert "Somebody reads them by" in answer_baseline_pain(client).text
    cast.enter(cast.carol)
    service.mark_read(cast.carol.actor, db.session.scalars(select(SittingRow.id)).one())
    db.session.commit()
    assert "Carol Osei read them on" in client.page(f"{PAIN}/done").text


def test_the_story_holds_every_answer_in_its_words_and_is_audited(cast: Cast, shipped: Instruments) -> None:
    entered(cast, "asha", shipped, PEG)
    patient_id = id_of(cast.asha.patient)
    told = by_id(service.story_scores(cast.carol.actor, patient_id))
    peg, pseq = told["peg-3"], told["pseq-10"]
    assert [str(point.total) for point in peg.points] == ["5.7"]
    assert (peg.latest.answers[0].text, peg.latest.answers[0].value) == (
        "What number best describes your pain on average in the past week?", 6,
    )  # fmt: skip
    assert [answer.value for answer in pseq.latest.answers] == PSEQ
    assert peg.latest.mode == "phone" and peg.latest.entered_by == "Carol Osei"
    db.session.flush()
    looks = db.session.scalars(select(AuditRow).where(AuditRow.verb == "looked")).all()
    assert [(row.kind, row.patient_id) for row in looks] == [("questionnaires", patient_id)]


def test_another_services_patient_has_no_story(cast: Cast) -> None:
    patient_id = id_of(cast.asha.patient)
    cast.enter(cast.victor)
    with pytest.raises(people.NotFound):
        service.story_scores(cast.victor.actor, patient_id)


def test_bands_are_for_staff_and_only_if_the_service_says_so(cast: Cast, shipped: Instruments) -> None:
    entered(cast, "asha", shipped, PEG)
    patient_id = id_of(cast.asha.patient)
    assert {each.latest.band for each in service.story_scores(cast.carol.actor, patient_id)} == {None}
    cast.hillside.staff_bands = True
    db.session.flush()
    told = by_id(service.story_scores(cast.carol.actor, patient_id))
    assert told["peg-3"].latest.band is None  # it has none
    assert told["pseq-10"].latest.band == "Severe impairment"  # 18
    assert "ePPOC" in told["pseq-10"].bands_source
    assert cast.asha.enrolment
    patients = service.scores_of(cast.asha.actor, cast.asha.enrolment)
    assert {each.latest.band for each in patients} == {None}
    assert all(not each.band_names for each in patients)


def test_the_story_costs_the_same_for_short_and_long_histories(
    cast: Cast,
    shipped: Instruments,
    count_queries,  # type: ignore[no-untyped-def]
) -> None:
    from tests.questionnaires.test_score_words import type_in

    patient_id = id_of(cast.asha.patient)
    type_in(cast, cast.asha, shipped, PEG, [*PSEQ])
    with count_queries() as few:
        service.story_scores(cast.carol.actor, patient_id)
    for _more in range(3):
        type_in(cast, cast.asha, shipped, PEG, [*PSEQ])
    service.story_scores(cast.carol.actor, patient_id)
    with count_queries() as more:
        service.story_scores(cast.carol.actor, patient_id)
    assert len([s for s in more.seen if s.startswith("SELECT")]) <= len(
        [s for s in few.seen if s.startswith("SELECT")]
    )


def test_the_figure_shows_the_whole_scale_and_adds_lines_only_when_asked(
    cast: Cast, shipped: Instruments
) -> None:
    entered(cast, "asha", shipped, PEG)
    pseq = by_id(service.story_scores(cast.carol.actor, id_of(cast.asha.patient)))["pseq-10"]
    plain = json.loads(service.plotly_figure(pseq))
    assert plain["layout"]["yaxis"]["range"] == [0, 60]
    assert plain["data"][0]["y"] == [18]
    assert "shapes" not in plain["layout"]
    with_change = json.loads(service.plotly_figure(pseq, change_lines=True))["layout"]
    # 18 ± 7 by the rule that is told first, 18 ± 11.52 by the smallest detectable change
    assert [shape["y0"] for shape in with_change["shapes"]] == [11, 25, 6.48, 29.52]
    assert {note["text"] for note in with_change["annotations"]} == {
        "matters: 7 points, new band",
        "reliable change: 11.52 points",
    }
    with_bands = json.loads(service.plotly_figure(pseq, bands=True))
    assert [shape["y0"] for shape in with_bands["layout"]["shapes"]] == [20, 31, 41]


def day_of(field: str, day: date) -> dict[str, object]:
    """A date in its three boxes."""
    return {f"{field}-day": day.day, f"{field}-month": day.month, f"{field}-year": day.year}


def test_staff_type_in_from_paper_in_the_same_words_and_order(
    client: LookingClient, cast: Cast, shipped: Instruments
) -> None:
    cast.asha  # noqa: B018
    cast.signs_in(client, "carol")
    address = f"/patients/{id_of(cast.asha.patient)}{PAIN}/enter"
    page = client.page(address)
    questions = [
        text_of(each) for each in page.all("label") if (each.get("for") or "").startswith(("peg", "pseq"))
    ]
    texts = [shipped.get(name).texts["en"] for name in ("peg-3", "pseq-10")]
    words = [text for each in texts for text in each.items.values()]
    assert questions == [f"{number}. {text}" for number, text in enumerate(words, start=1)]
    assert "Asha Patel · Born 3 Mar 1979 · PMP-" in page.text
    fields: dict[str, object] = {f"peg-3-q{n}": str(value) for n, value in enumerate(PEG, start=1)}
    fields |= {f"pseq-10-q{n}": "" for n in range(1, 11)}  # left open
    refused = client.submit(address, fields)
    assert refused.status == 422 and "Say whether the answers come from paper or from a call" in refused.text
    fields |= {"mode": "paper", "pseq-10-q1": "rather-not-say"}
    refused = client.submit(address, fields)
    assert refused.status == 422 and "Write the day that stands on the form" in refused.text
    assert "9 questions have no answer here. Type them in, or tick this box" in refused.text
    page = client.submit(address, {**fields, **day_of("written_on", clock.today()), "left_empty": "y"})
    assert "Carol Osei typed them in from paper. The form was filled in on" in page.text
    row = db.session.scalars(select(SittingRow)).one()
    assert (row.mode, row.entered_by, row.written_on) == ("paper", "Carol Osei", clock.today())
    totals = {score.instrument: score.total for score in db.session.scalars(select(ScoreRow))}
    assert str(totals["peg-3"]) == "5.7" and totals["pseq-10"] is None
    assert {each.account_id for each in db.session.scalars(select(Answer))} == {cast.carol.account.id}
    assert db.session.scalars(select(Event.by_staff).where(Event.kind == "answer")).all() == [True]


def test_what_was_finished_cannot_be_typed_over(cast: Cast, shipped: Instruments) -> None:
    entered(cast, "asha", shipped, PEG)
    with pytest.raises(service.SittingClosed):
        entered(cast, "asha", shipped, [1, 1, 1])
    assert cast.asha.enrolment
    with pytest.raises(ValueError, match="fax"):
        service.enter_for_patient(cast.carol.actor, cast.asha.enrolment, "baseline-mood", {}, "fax")


def test_typing_in_is_for_those_who_read_answers_of_this_service(client: LookingClient, cast: Cast) -> None:
    address = f"/patients/{id_of(cast.asha.patient)}{PAIN}/enter"
    for name, status in (("asha", 403), ("colin", 403), ("victor", 404), ("carol", 200)):
        cast.signs_in(client, name)
        assert client.get(address).status_code == status
    assert client.get(address.replace("baseline-pain", "nothing")).status_code == 404


def test_a_value_that_is_not_offered_keeps_nothing(cast: Cast) -> None:
    finish_module_1(cast, "asha")
    assert cast.asha.enrolment
    wrong = {("peg-3", "q1"): 5, ("peg-3", "q2"): 11}
    with pytest.raises(service.AnswerRefused):
        service.answer(cast.asha.actor, cast.asha.enrolment, "baseline-pain", wrong)
    assert db.session.scalars(select(Answer)).all() == []
    with pytest.raises(service.AnswerRefused):
        service.answer(cast.asha.actor, cast.asha.enrolment, "baseline-pain", {("phq-8", "q1"): 1})


def test_today_is_offered_one_sitting_and_never_a_skipped_one(app: Flask, cast: Cast) -> None:
    dewi, today = cast.dewi, clock.today()
    cast.enter(dewi)
    assert dewi.enrolment
    assert service.due_thing(dewi.actor, id_of(dewi.patient), today) is None
    finish_module_1(cast, "dewi")
    due = service.due_thing(dewi.actor, id_of(dewi.patient), today)
    assert due is not None
    assert (due.name, due.questions, due.minutes, due.started) == ("baseline-pain", 13, 3, False)
    with app.test_request_context():
        words = render_template("questionnaires/_due.jinja", questionnaire_due=due)
    assert "Some questions: pain and daily life, confidence" in words and f'href="{PAIN}"' in words
    assert "About 3 minutes. You can skip them." in words
    service.skip(dewi.actor, dewi.enrolment, "baseline-pain")
    assert service.due_thing(dewi.actor, id_of(dewi.patient), today) is None
    assert [each.sitting.id for each in service.due_sittings(dewi.actor, dewi.enrolment, today)] == [
        "baseline-pain"
    ]
