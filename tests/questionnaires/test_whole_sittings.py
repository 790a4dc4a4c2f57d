"""Sittings in the database: shorter sets, helpers, PHQ-9, what is asked once, derived scores, pauses, words and ticks."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person, id_of
from tests.questionnaires.sittings import PEG, PSEQ, days_later, finish_module_1, given
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.database import db
from webapp.questionnaires import service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import Answer, ScoreRow, SittingRow
from webapp.questionnaires.sitting_view import Given, Key
from webapp.safety import reconciling
from webapp.safety import service as safety
from webapp.safety.models import Alert, Trigger

HOURS = {day: ["09:00", "17:00"] for day in ("mon", "tue", "wed", "thu", "fri")}
Q9: Key = ("phq-9", "q9")


@pytest.fixture
def asha(cast: Cast, tmp_path: Path) -> Iterator[Person]:
    """Asha, whose first sitting is open; seven days on, so that the mood part would be, too."""
    person = finish_module_1(cast, "asha")
    clock.let_it_be_moved(tmp_path / "clock")
    yield person
    clock.move(timedelta())


def item_nine(cast: Cast, on: bool = True) -> None:
    """Hillside has named who sees the answers, and asks PHQ-9."""
    cast.hillside.hours = HOURS
    by = cast.lena.actor
    safety.change_cover(
        by,
        owner_account_id=cast.carol.account.id,
        deputy_account_id=cast.lena.account.id,
        out_of_hours="Ring 111.",
    )
    safety.switch_item_nine(on, {}, by=by)
    db.session.commit()


def finish_whole(person: Person, name: str, answers: Mapping[Key, Given], **how: Any) -> None:
    """Begin, answer and send."""
    assert person.enrolment
    service.start(person.actor, person.enrolment, name, "one", **how)
    service.answer(person.actor, person.enrolment, name, answers)
    service.finish(person.actor, person.enrolment, name)
    db.session.commit()


def pain(shipped: Instruments) -> dict[Key, Given]:
    peg, pseq = shipped.get("peg-3").definition, shipped.get("pseq-10").definition
    return {**given(peg, PEG), **given(pseq, PSEQ)}


def mood(shipped: Instruments, name: str = "phq-8", value: int = 1) -> dict[Key, Given]:
    parts = (shipped.get(name).definition, shipped.get("gad-7").definition)
    return {(part.id, item.id): value for part in parts for item in part.items}


def totals(derived: bool | None = None) -> dict[str, float | None]:
    db.session.expire_all()
    rows = db.session.scalars(select(ScoreRow))
    return {
        row.instrument: None if row.total is None else float(row.total)
        for row in rows
        if derived is None or row.derived is derived
    }


def view_of(person: Person, name: str) -> service.SittingView:
    assert person.enrolment
    return service.sitting_of(person.actor, person.enrolment, name)


def asked(person: Person, name: str) -> list[str]:
    return list(dict.fromkeys(each.instrument.id for each in view_of(person, name).questions))


# Shorter sets


def test_a_shorter_set_is_offered_and_frozen(asha: Person, cast: Cast) -> None:
    view = view_of(asha, "baseline-pain")
    assert view.short_is_offered and not view.is_short
    assert (len(view.questions), view.minutes) == (13, 3)
    assert (len(view.shorter), view.short_minutes) == (5, 1)
    assert asha.enrolment
    service.start(asha.actor, asha.enrolment, "baseline-pain", "one", short=True)
    row = db.session.scalars(select(SittingRow)).one()
    assert (row.instruments, row.short) == (["peg-3", "pseq-2"], True)
    view = view_of(asha, "baseline-pain")
    assert [each.name for each in view.questions] == [
        "peg-3-q1", "peg-3-q2", "peg-3-q3", "pseq-2-q1", "pseq-2-q2",
    ]  # fmt: skip
    assert view.is_short and not view.short_is_offered
    due = service.due_thing(asha.actor, id_of(asha.patient), clock.today())
    assert due is not None and (due.questions, due.minutes) == (5, 1)


def test_who_changes_their_mind_before_the_first_answer_gets_the_whole_set(asha: Person) -> None:
    assert asha.enrolment
    service.start(asha.actor, asha.enrolment, "baseline-pain", "one", short=True)
    service.start(asha.actor, asha.enrolment, "baseline-pain", "one")
    assert len(view_of(asha, "baseline-pain").questions) == 13


def test_with_an_answer_it_can_only_be_made_shorter_and_what_was_answered_counts(
    asha: Person, shipped: Instruments
) -> None:
    assert asha.enrolment
    by, enrolment = asha.actor, asha.enrolment
    service.start(by, enrolment, "baseline-pain", "one")
    service.answer(by, enrolment, "baseline-pain", {("pseq-10", "q5"): 4, ("peg-3", "q1"): 6})
    service.start(by, enrolment, "baseline-pain", "one", short=True)
    view = view_of(asha, "baseline-pain")
    assert ("pseq-2", "q1") not in {each.key for each in view.left_open}  # answered in PSEQ-10
    service.start(by, enrolment, "baseline-pain", "one")  # going on later does not make it longer
    assert view_of(asha, "baseline-pain").is_short
    rest = {("peg-3", "q2"): 7, ("peg-3", "q3"): 4, ("pseq-2", "q2"): 5}
    service.answer(by, enrolment, "baseline-pain", rest)
    service.finish(by, enrolment, "baseline-pain")
    assert totals() == {"peg-3": 5.7, "pseq-2": 9.0, "pain-nrs": 6.0}


def test_what_the_shorter_set_does_not_ask_is_refused(asha: Person) -> None:
    assert asha.enrolment
    service.start(asha.actor, asha.enrolment, "baseline-pain", "one", short=True)
    with pytest.raises(service.AnswerRefused):
        service.answer(asha.actor, asha.enrolment, "baseline-pain", {("pseq-10", "q1"): 3})


def test_the_schedule_may_change_while_a_sitting_is_under_way(asha: Person, cast: Cast) -> None:
    assert asha.enrolment
    service.start(asha.actor, asha.enrolment, "baseline-pain", "one")
    cast.hillside.questionnaires = {"sittings": {"baseline-pain": {"instruments": ["gad-7"]}}}
    db.session.flush()
    assert asked(asha, "baseline-pain") == ["peg-3", "pseq-10"]


# Asked once, and derived


def test_short_series_run_through_the_baseline_without_a_question_more(
    asha: Person, shipped: Instruments
) -> None:
    finish_whole(asha, "baseline-pain", pain(shipped))
    assert totals(derived=False) == {"peg-3": 5.7, "pseq-10": 18.0}
    assert totals(derived=True) == {"pain-nrs": 6.0, "pseq-2": 3.0}  # items 5 and 9: 1 + 2
    finish_whole(asha, "baseline-mood", mood(shipped))
    assert totals(derived=False) == {"peg-3": 5.7, "pseq-10": 18.0, "phq-8": 8.0, "gad-7": 7.0}
    assert totals(derived=True) == {"pain-nrs": 6.0, "pseq-2": 3.0, "phq-4": 4.0}
    assert len(db.session.scalars(select(Answer)).all()) == 13 + 15  # no answer was copied


def test_no_short_score_where_an_answer_is_missing(asha: Person, shipped: Instruments) -> None:
    answers = pain(shipped) | {("pseq-10", "q5"): None}
    finish_whole(asha, "baseline-pain", answers)
    assert set(totals(derived=True)) == {"pain-nrs"}
    assert totals()["pseq-10"] is not None  # nine answers: prorated


def test_finishing_twice_scores_once(asha: Person, shipped: Instruments) -> None:
    finish_whole(asha, "baseline-pain", pain(shipped))
    assert asha.enrolment
    service.finish(asha.actor, asha.enrolment, "baseline-pain")
    assert len(db.session.scalars(select(ScoreRow)).all()) == 4


def test_what_was_answered_in_another_part_of_the_time_point_is_not_asked_again(
    asha: Person, cast: Cast, shipped: Instruments
) -> None:
    cast.hillside.questionnaires = {
        "sittings": {
            "baseline-about-you": {"instruments": ["pain-nrs", "pseq-2", "self-rated-health"]},
        }
    }
    db.session.flush()
    finish_whole(asha, "baseline-pain", pain(shipped))
    assert asked(asha, "baseline-about-you") == ["self-rated-health"]
    finish_whole(asha, "baseline-about-you", {("self-rated-health", "q1"): 3})
    assert totals(derived=True) == {"pain-nrs": 6.0, "pseq-2": 3.0}


def test_what_was_skipped_there_is_asked_here(asha: Person, cast: Cast) -> None:
    cast.hillside.questionnaires = {"sittings": {"baseline-about-you": {"instruments": ["pain-nrs"]}}}
    db.session.flush()
    assert asha.enrolment
    service.skip(asha.actor, asha.enrolment, "baseline-pain")
    assert asked(asha, "baseline-about-you") == ["pain-nrs"]
    finish_whole(asha, "baseline-about-you", {("pain-nrs", "q1"): 8})
    assert totals() == {"pain-nrs": 8.0}


def test_nothing_but_derived_scores_is_ever_in_another_series(asha: Person, shipped: Instruments) -> None:
    finish_whole(asha, "baseline-pain", pain(shipped))
    series = {one.instrument.id: len(one.points) for one in service.scores_of(asha.actor, asha.enrolment)}  # type: ignore[arg-type]
    assert series.get("pseq-10") == 1


# The parts of a time point


def test_the_next_part_may_follow_at_once_but_is_not_offered(asha: Person, shipped: Instruments) -> None:
    finish_whole(asha, "baseline-pain", pain(shipped))
    today = clock.today()
    assert asha.enrolment
    assert service.due_thing(asha.actor, id_of(asha.patient), today) is None
    assert service.due_sittings(asha.actor, asha.enrolment, today) == ()
    following = service.go_on_with(asha.actor, asha.enrolment, "baseline-pain", today)
    assert following is not None and following.name == "baseline-about-you"
    finish_whole(asha, "baseline-mood", mood(shipped))
    assert "phq-8" in totals()


# Who is offered nothing


def test_in_a_pause_nothing_is_offered_and_what_was_begun_can_go_on(asha: Person) -> None:
    today = clock.today()
    assert asha.enrolment
    requests.pause(asha.enrolment, today + timedelta(days=7), "holiday", by=asha.actor, by_patient=True)
    assert service.due_thing(asha.actor, id_of(asha.patient), today) is None
    assert service.due_sittings(asha.actor, asha.enrolment, today) == ()
    service.start(asha.actor, asha.enrolment, "baseline-pain", "one")  # nothing is locked
    assert [one.sitting.id for one in service.due_sittings(asha.actor, asha.enrolment, today)] == [
        "baseline-pain"
    ]


def test_who_has_left_is_offered_nothing(asha: Person, cast: Cast) -> None:
    assert asha.enrolment
    engagement.leave(asha.enrolment, "prefers_group", by=cast.carol.actor)
    assert service.due_thing(asha.actor, id_of(asha.patient), clock.today()) is None
    assert service.due_sittings(asha.actor, asha.enrolment, clock.today()) == ()


def test_a_window_closes_quietly(asha: Person, tmp_path: Path) -> None:
    with days_later(tmp_path, 22):
        due = service.due_thing(asha.actor, id_of(asha.patient), clock.today())
        assert due is None or due.name != "baseline-pain"
        assert asha.enrolment
        with pytest.raises(service.SittingClosed):
            service.start(asha.actor, asha.enrolment, "baseline-pain", "one")


def test_nothing_due_costs_today_no_more_than_something(
    asha: Person, shipped: Instruments, count_queries
) -> None:  # type: ignore[no-untyped-def]
    """The same questions to the database however much was answered; a due sitting adds the pause's only."""
    today, patient_id = clock.today(), id_of(asha.patient)
    with count_queries() as due:
        service.due_thing(asha.actor, patient_id, today)
    finish_whole(asha, "baseline-pain", pain(shipped))
    finish_whole(asha, "baseline-mood", mood(shipped))
    with count_queries() as nothing:
        service.due_thing(asha.actor, patient_id, today)
    assert len(nothing.seen) <= len(due.seen) + 2  # the rows read anew after a commit
    with count_queries() as again:
        service.due_thing(asha.actor, patient_id, today)
    assert len(again.seen) <= len(due.seen) - 1


# PHQ-9


def test_phq_8_is_asked_until_somebody_is_named_who_sees_item_9(asha: Person, cast: Cast) -> None:
    assert asha.enrolment
    service.skip(asha.actor, asha.enrolment, "baseline-pain")
    assert asked(asha, "baseline-mood") == ["phq-8", "gad-7"]
    assert not view_of(asha, "baseline-mood").has_questions_for_one_alone
    item_nine(cast)
    assert asked(asha, "baseline-mood") == ["phq-9", "gad-7"]
    assert view_of(asha, "baseline-mood").has_questions_for_one_alone


def test_with_a_helper_phq_8_is_asked(asha: Person, cast: Cast) -> None:
    item_nine(cast)
    assert asha.enrolment
    service.skip(asha.actor, asha.enrolment, "baseline-pain")
    service.start(asha.actor, asha.enrolment, "baseline-mood", "one", helped=True)
    assert asked(asha, "baseline-mood") == ["phq-8", "gad-7"]
    assert db.session.scalars(select(SittingRow).where(SittingRow.helped)).one().instruments == [
        "phq-8",
        "gad-7",
    ]
    with pytest.raises(service.AnswerRefused):
        service.answer(asha.actor, asha.enrolment, "baseline-mood", {Q9: 1})


def test_begun_with_phq_8_it_stays_phq_8(asha: Person, cast: Cast) -> None:
    assert asha.enrolment
    service.skip(asha.actor, asha.enrolment, "baseline-pain")
    service.start(asha.actor, asha.enrolment, "baseline-mood", "one")
    item_nine(cast)
    assert asked(asha, "baseline-mood") == ["phq-8", "gad-7"]


def test_switched_off_again_item_9_is_no_longer_asked_and_what_was_answered_counts(
    asha: Person, cast: Cast, shipped: Instruments
) -> None:
    item_nine(cast)
    assert asha.enrolment
    by, enrolment = asha.actor, asha.enrolment
    service.skip(by, enrolment, "baseline-pain")
    service.start(by, enrolment, "baseline-mood", "one")
    service.answer(by, enrolment, "baseline-mood", {("phq-9", f"q{n}"): 2 for n in range(1, 6)})
    item_nine(cast, on=False)
    view = view_of(asha, "baseline-mood")
    assert [each.key for each in view.questions[:3]] == [("phq-8", "q6"), ("phq-8", "q7"), ("phq-8", "q8")]
    rest: dict[Key, Given] = {("phq-8", f"q{n}"): 1 for n in (6, 7, 8)}
    service.answer(by, enrolment, "baseline-mood", rest | {("gad-7", f"q{n}"): 0 for n in range(1, 8)})
    service.finish(by, enrolment, "baseline-mood")
    assert totals()["phq-8"] == 13.0 and "phq-9" not in totals()


def test_switched_off_after_item_9_was_answered_it_stays(asha: Person, cast: Cast) -> None:
    item_nine(cast)
    assert asha.enrolment
    service.skip(asha.actor, asha.enrolment, "baseline-pain")
    service.start(asha.actor, asha.enrolment, "baseline-mood", "one")
    service.answer(asha.actor, asha.enrolment, "baseline-mood", {Q9: 0})
    item_nine(cast, on=False)
    assert asked(asha, "baseline-mood") == ["phq-9", "gad-7"]


def test_phq_9_gives_phq_8_and_phq_4_besides(asha: Person, cast: Cast, shipped: Instruments) -> None:
    item_nine(cast)
    assert asha.enrolment
    service.skip(asha.actor, asha.enrolment, "baseline-pain")
    finish_whole(asha, "baseline-mood", mood(shipped, "phq-9") | {Q9: 0})
    assert totals(derived=False) == {"phq-9": 8.0, "gad-7": 7.0}
    assert totals(derived=True) == {"phq-8": 8.0, "phq-4": 4.0}


# Alerts


def begin_phq_9(person: Person, cast: Cast) -> None:
    item_nine(cast)
    assert person.enrolment
    service.skip(person.actor, person.enrolment, "baseline-pain")
    service.start(person.actor, person.enrolment, "baseline-mood", "one")


@pytest.mark.parametrize(("value", "alerts"), [(0, 0), (1, 1), (3, 1), (None, 0)])
def test_item_9_above_0_raises_an_alert_with_the_answer(
    asha: Person, cast: Cast, value: int | None, alerts: int
) -> None:
    begin_phq_9(asha, cast)
    assert asha.enrolment
    service.answer(asha.actor, asha.enrolment, "baseline-mood", {Q9: value})
    assert len(db.session.scalars(select(Alert)).all()) == alerts
    if alerts:
        answer = db.session.scalars(select(Answer).where(Answer.item == "q9")).one()
        sitting = db.session.scalars(select(SittingRow).where(SittingRow.name == "baseline-mood")).one()
        trigger, alert = db.session.scalars(select(Trigger)).one(), db.session.scalars(select(Alert)).one()
        assert (trigger.source, trigger.source_id) == ("answer", str(answer.id))
        assert (alert.kind, alert.place, alert.patient_id) == ("answer", str(sitting.id), sitting.patient_id)


def test_changing_the_answer_never_takes_the_alert_away(asha: Person, cast: Cast) -> None:
    begin_phq_9(asha, cast)
    assert asha.enrolment
    for value in (2, 0, None):
        service.answer(asha.actor, asha.enrolment, "baseline-mood", {Q9: value})
    alert = db.session.scalars(select(Alert)).one()
    assert alert.closed_at is None
    assert [row.value for row in db.session.scalars(select(Answer).order_by(Answer.id))] == [2, 0, None]


def test_answer_and_alert_are_kept_together_or_not_at_all(
    asha: Person, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_phq_9(asha, cast)
    db.session.commit()
    assert asha.enrolment

    def breaks(*_args: object, **_named: object) -> None:
        raise RuntimeError("the database went away")

    monkeypatch.setattr(safety, "raise_alert", breaks)
    with pytest.raises(RuntimeError):
        service.answer(asha.actor, asha.enrolment, "baseline-mood", {Q9: 1})
    db.session.rollback()
    assert db.session.scalars(select(Answer)).all() == []


def test_the_watch_finds_an_answer_without_an_alert(
    asha: Person, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    begin_phq_9(asha, cast)
    assert asha.enrolment
    with monkeypatch.context() as broken:
        broken.setattr(safety, "raise_alert", lambda *_args, **_named: None)
        service.answer(asha.actor, asha.enrolment, "baseline-mood", {Q9: 1, ("phq-9", "q1"): 3})
    db.session.commit()
    reconciling.watch(cast.hillside.id)
    cast.enter(asha)
    answer = db.session.scalars(select(Answer).where(Answer.item == "q9")).one()
    assert [row.source_id for row in db.session.scalars(select(Trigger))] == [str(answer.id)]
    reconciling.watch(cast.hillside.id)
    cast.enter(asha)
    assert len(db.session.scalars(select(Trigger)).all()) == 1


# Words and ticks


def test_words_are_kept_and_enter_no_score(asha: Person, cast: Cast, shipped: Instruments) -> None:
    differs = {"baseline-pain": {"instruments": ["fft", "rmdq-24"]}}
    cast.hillside.questionnaires = {"sittings": differs}
    db.session.flush()
    assert asha.enrolment
    by, enrolment = asha.actor, asha.enrolment
    words = next(item.id for item in shipped.get("fft").definition.items if item.in_words)
    key = ("fft", words)
    with pytest.raises(service.AnswerRefused):
        service.answer(by, enrolment, "baseline-pain", {key: 3})
    with pytest.raises(service.AnswerRefused):
        service.answer(by, enrolment, "baseline-pain", {("rmdq-24", "q1"): "yes"})
    service.answer(by, enrolment, "baseline-pain", {key: "The calls helped."})
    assert view_of(asha, "baseline-pain").answers[key] == "The calls helped."
    service.answer(by, enrolment, "baseline-pain", {key: ""})
    rows = db.session.scalars(select(Answer).order_by(Answer.id)).all()
    assert [(row.value, row.words) for row in rows] == [(None, "The calls helped."), (None, "")]
    service.finish(by, enrolment, "baseline-pain")


def test_a_saved_page_of_sentences_is_saved_whole(asha: Person, cast: Cast) -> None:
    cast.hillside.questionnaires = {"sittings": {"baseline-pain": {"instruments": ["rmdq-24"]}}}
    db.session.flush()
    assert asha.enrolment
    by, enrolment = asha.actor, asha.enrolment
    service.answer(by, enrolment, "baseline-pain", {("rmdq-24", "q3"): 1})
    answers = view_of(asha, "baseline-pain").answers
    assert len(answers) == 24 and sum(value == 1 for value in answers.values()) == 1
    service.answer(by, enrolment, "baseline-pain", {("rmdq-24", "q4"): 1})
    service.finish(by, enrolment, "baseline-pain")
    row = db.session.scalars(select(ScoreRow)).one()
    assert (row.total, row.missing) == (2, [])
