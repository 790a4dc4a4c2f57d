"""What staff type in: the day on the paper, codes, a second person, corrections."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

from tests.cast import Cast, Person
from tests.questionnaires.sittings import PEG, PSEQ, finish_module_1, given
from tests.questionnaires.test_whole_sittings import Q9, finish_whole, item_nine, mood, totals
from webapp.foundations import clock
from webapp.foundations.audit import AuditRow
from webapp.foundations.database import db
from webapp.questionnaires import service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import Answer, Reading, ScoreRow, SittingRow
from webapp.questionnaires.sitting_view import Given, Key
from webapp.safety.models import Alert

PAIN = "baseline-pain"


def on_paper(shipped: Instruments) -> dict[Key, Given]:
    peg, pseq = shipped.get("peg-3").definition, shipped.get("pseq-10").definition
    return {**given(peg, PEG), **given(pseq, PSEQ)}


def typed(cast: Cast, shipped: Instruments, **how: object) -> Person:
    """Carol has typed in Asha's form."""
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.enrolment
    service.enter_for_patient(cast.carol.actor, asha.enrolment, PAIN, on_paper(shipped), "paper", **how)  # type: ignore[arg-type]
    db.session.commit()
    return asha


def the_sitting() -> SittingRow:
    db.session.expire_all()
    return db.session.scalars(select(SittingRow)).one()


def test_the_day_on_the_paper_is_the_day_of_the_score(cast: Cast, shipped: Instruments) -> None:
    written_on = clock.today() - timedelta(days=9)
    typed(cast, shipped, written_on=written_on)
    assert the_sitting().written_on == written_on
    assert {row.on for row in db.session.scalars(select(ScoreRow))} == {written_on}
    assert totals(derived=True) == {"pain-nrs": 6.0, "pseq-2": 3.0}


def test_a_day_to_come_is_refused(cast: Cast, shipped: Instruments) -> None:
    with pytest.raises(ValueError, match="not come yet"):
        typed(cast, shipped, written_on=clock.today() + timedelta(days=1))
    assert db.session.scalars(select(Answer)).all() == []


def test_the_form_of_the_shorter_set(cast: Cast) -> None:
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.enrolment
    by, enrolment = cast.carol.actor, asha.enrolment
    view = service.sitting_of(by, enrolment, PAIN, short=True, as_printed=True)
    assert len(view.questions) == 5
    answers: dict[Key, Given] = {each.key: 2 for each in view.questions}
    service.enter_for_patient(by, enrolment, PAIN, answers, "paper", short=True)
    assert totals() == {"peg-3": 2.0, "pseq-2": 4.0, "pain-nrs": 2.0}
    assert the_sitting().instruments == ["peg-3", "pseq-2"]


def test_paper_takes_the_place_of_what_was_begun_on_the_phone(cast: Cast, shipped: Instruments) -> None:
    asha = finish_module_1(cast, "asha")
    assert asha.enrolment
    service.start(asha.actor, asha.enrolment, PAIN, "one", short=True)
    phone: dict[Key, Given] = {("pseq-2", "q1"): 6, ("peg-3", "q1"): 0}
    service.answer(asha.actor, asha.enrolment, PAIN, phone)
    db.session.commit()
    typed(cast, shipped)
    assert totals() == {"peg-3": 5.7, "pseq-10": 18.0, "pain-nrs": 6.0, "pseq-2": 3.0}
    view = service.sitting_of(cast.carol.actor, asha.enrolment, PAIN)
    assert [each.instrument.id for each in view.questions].count("pseq-10") == 10


def test_item_9_on_paper_raises_an_alert_with_the_day_on_it(cast: Cast, shipped: Instruments) -> None:
    item_nine(cast)
    cast.enter(cast.carol)
    assert cast.asha.enrolment
    written_on = clock.today() - timedelta(days=3)
    answers = mood(shipped, "phq-9") | {Q9: 2}
    service.enter_for_patient(
        cast.carol.actor, cast.asha.enrolment, "baseline-mood", answers, "paper", written_on=written_on
    )
    alert = db.session.scalars(select(Alert)).one()
    assert (alert.written_on, alert.raised_by) == (written_on, "Carol Osei")


def test_a_form_printed_with_item_9_is_typed_with_it_also_after_it_was_switched_off(
    cast: Cast, shipped: Instruments
) -> None:
    item_nine(cast)
    cast.enter(cast.carol)
    asha, by = cast.asha, cast.carol.actor
    assert asha.enrolment
    service.code_for(by, asha.enrolment, "baseline-mood")
    item_nine(cast, on=False)
    form = service.sitting_of(by, asha.enrolment, "baseline-mood", as_printed=True)
    assert Q9 in [each.key for each in form.questions]
    answers = mood(shipped, "phq-9") | {Q9: 1}
    service.enter_for_patient(by, asha.enrolment, "baseline-mood", answers, "paper", written_on=clock.today())
    assert db.session.scalars(select(Alert)).one().raised_by == "Carol Osei"


def test_a_code_keeps_nothing_from_being_begun_otherwise_on_the_phone(cast: Cast) -> None:
    item_nine(cast)
    asha = cast.asha
    cast.enter(asha)
    assert asha.enrolment
    finish_module_1(cast, "asha")
    service.skip(asha.actor, asha.enrolment, PAIN)
    service.code_for(asha.actor, asha.enrolment, "baseline-mood")
    service.start(asha.actor, asha.enrolment, "baseline-mood", "one", helped=True)
    view = service.sitting_of(asha.actor, asha.enrolment, "baseline-mood")
    assert {each.instrument.id for each in view.questions} == {"phq-8", "gad-7"}


# Codes


def test_a_code_finds_its_sitting_again(cast: Cast) -> None:
    asha = cast.asha
    cast.enter(cast.carol)
    assert asha.enrolment
    by = cast.carol.actor
    code = service.code_for(by, asha.enrolment, PAIN)
    assert service.code_for(by, asha.enrolment, PAIN) == code
    found = service.sitting_with_code(by, f" {code[:4].lower()}-{code[4:]} ")
    assert (found.enrolment.id, found.name, found.finished) == (asha.enrolment.id, PAIN, False)
    planned = service.planned_sittings(by, asha.enrolment, clock.today())
    assert planned[0].state == "later"  # a code begins nothing


def test_every_sitting_has_a_code_of_its_own(cast: Cast) -> None:
    cast.enter(cast.carol)
    names = ("baseline-pain", "baseline-mood", "mid", "end", "month-3")
    codes = set()
    for person in (cast.asha, cast.dewi):
        assert person.enrolment
        codes |= {service.code_for(cast.carol.actor, person.enrolment, name) for name in names}
    assert len(codes) == 10


def test_another_services_code_is_not_there(cast: Cast) -> None:
    cast.enter(cast.carol)
    assert cast.asha.enrolment
    code = service.code_for(cast.carol.actor, cast.asha.enrolment, PAIN)
    cast.enter(cast.victor)
    with pytest.raises(service.NotFound):
        service.sitting_with_code(cast.victor.actor, code)


def test_a_slip_is_told(cast: Cast) -> None:
    cast.enter(cast.carol)
    assert cast.asha.enrolment
    code = service.code_for(cast.carol.actor, cast.asha.enrolment, PAIN)
    wrong = code[:3] + ("A" if code[3] != "A" else "B") + code[4:]
    with pytest.raises(service.CodeRefused) as refused:
        service.sitting_with_code(cast.carol.actor, wrong)
    assert refused.value.why == "slip"


# A second person


def test_the_same_typed_twice_is_checked(cast: Cast, shipped: Instruments) -> None:
    asha = typed(cast, shipped)
    by = cast.lena.actor
    assert asha.enrolment
    assert service.may_check(by, service.sitting_of(by, asha.enrolment, PAIN))
    assert service.check_typed(by, asha.enrolment, PAIN, on_paper(shipped)) == ()
    row = the_sitting()
    assert (row.entered_by, row.checked_by) == ("Carol Osei", "Lena Brandt")
    assert row.checked_at is not None
    assert not service.may_check(by, service.sitting_of(by, asha.enrolment, PAIN))


def test_whoever_typed_it_in_does_not_check_it(cast: Cast, shipped: Instruments) -> None:
    asha = typed(cast, shipped)
    by = cast.carol.actor
    assert asha.enrolment
    assert not service.may_check(by, service.sitting_of(by, asha.enrolment, PAIN))
    with pytest.raises(service.SamePerson):
        service.check_typed(by, asha.enrolment, PAIN, on_paper(shipped))


def test_differences_are_shown_first_and_then_resolved(cast: Cast, shipped: Instruments) -> None:
    asha = typed(cast, shipped)
    by = cast.lena.actor
    assert asha.enrolment
    again = on_paper(shipped) | {("peg-3", "q1"): 9, ("pseq-10", "q5"): 6}
    del again["peg-3", "q3"]
    differences = service.check_typed(by, asha.enrolment, PAIN, again)
    assert [(one.key, one.first, one.second) for one in differences] == [
        (("peg-3", "q1"), 6, 9),
        (("peg-3", "q3"), 4, None),
        (("pseq-10", "q5"), 1, 6),
    ]
    assert [one.second_open for one in differences] == [False, True, False]
    assert the_sitting().checked_by is None and len(db.session.scalars(select(Answer)).all()) == 13
    with pytest.raises(ValueError, match="not resolved"):
        service.check_typed(by, asha.enrolment, PAIN, again, {("peg-3", "q1"): 9})
    resolved: dict[Key, Given] = {("peg-3", "q1"): 9, ("peg-3", "q3"): 4, ("pseq-10", "q5"): 6}
    assert service.check_typed(by, asha.enrolment, PAIN, again, resolved) == ()
    assert the_sitting().checked_by == "Lena Brandt"
    assert totals() == {"peg-3": 6.7, "pseq-10": 23.0, "pain-nrs": 9.0, "pseq-2": 8.0}
    added = db.session.scalars(select(Answer).order_by(Answer.id)).all()[13:]
    assert [(row.item, row.value, row.account_id) for row in added] == [
        ("q1", 9, cast.lena.account.id),
        ("q5", 6, cast.lena.account.id),
    ]


def test_a_patients_own_answers_are_not_typed_again(cast: Cast, shipped: Instruments) -> None:
    asha = finish_module_1(cast, "asha")
    finish_whole(asha, PAIN, on_paper(shipped))
    assert asha.enrolment
    with pytest.raises(service.NotFound):
        service.check_typed(cast.carol.actor, asha.enrolment, PAIN, {})
    with pytest.raises(service.NotFound):
        service.correct_typed(cast.carol.actor, asha.enrolment, PAIN, {})


def sitting_id_of(reading: Reading) -> UUID:
    return reading.sitting_id


def test_a_slip_is_put_right_scored_anew_and_read_again(cast: Cast, shipped: Instruments) -> None:
    asha = typed(cast, shipped)
    by = cast.carol.actor
    assert asha.enrolment
    service.mark_read(by, the_sitting().id)
    assert service.correct_typed(by, asha.enrolment, PAIN, {("peg-3", "q1"): 6}) == []  # as it was
    assert service.reading_of(by, the_sitting().id).read_by == "Carol Osei"
    assert service.correct_typed(by, asha.enrolment, PAIN, {("peg-3", "q1"): 0}) == ["peg-3/q1"]
    assert totals()["peg-3"] == 3.7 and totals()["pain-nrs"] == 0.0
    assert service.reading_of(by, the_sitting().id).read_at is None
    verbs = [row.verb for row in db.session.scalars(select(AuditRow).order_by(AuditRow.id))]
    assert verbs[-1] == "corrected"
    values = db.session.scalars(
        select(Answer.value).where(Answer.instrument == "peg-3", Answer.item == "q1").order_by(Answer.id)
    ).all()
    assert values == [6, 0]


def test_a_wrong_value_corrects_nothing(cast: Cast, shipped: Instruments) -> None:
    asha = typed(cast, shipped)
    assert asha.enrolment
    with pytest.raises(service.AnswerRefused):
        service.correct_typed(
            cast.carol.actor, asha.enrolment, PAIN, {("peg-3", "q2"): 1, ("peg-3", "q1"): 11}
        )
    assert len(db.session.scalars(select(Answer)).all()) == 13
