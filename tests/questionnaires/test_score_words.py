"""What a patient is told about a score and a change: how big, which way, by whose rule, and never more."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import update

from tests.cast import Cast, Person
from tests.looking import LookingClient
from tests.questionnaires.sittings import days_later, given
from webapp.engagement import service as engagement
from webapp.foundations.database import db
from webapp.questionnaires import service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.models import ScoreRow

PSEQ_18, PSEQ_27 = [2, 1, 3, 2, 1, 2, 1, 2, 2, 2], [3, 3, 3, 3, 2, 3, 2, 3, 2, 3]


def type_in(cast: Cast, person: Person, shipped: Instruments, peg: list[int], pseq: list[int | None]) -> None:
    """One finished sitting in a new way through the course."""
    cast.enter(person)
    assert person.patient
    enrolment = engagement.enrol(
        person.patient.id, door="course", rhythm="weekly", core_modules=("start-here",), by=person.actor
    )
    answers = given(shipped.get("peg-3").definition, peg) | given(shipped.get("pseq-10").definition, pseq)
    service.enter_for_patient(cast.carol.actor, enrolment, "baseline-pain", answers, "paper")
    db.session.commit()


def told_after(
    client: LookingClient,
    cast: Cast,
    shipped: Instruments,
    folder: Path,
    first: tuple[list[int], list[int | None]],
    later: tuple[list[int], list[int | None]],
) -> str:
    """What stands on the scores page after two sittings, ten days apart."""
    type_in(cast, cast.asha, shipped, *first)
    with days_later(folder, 10):
        type_in(cast, cast.asha, shipped, *later)
        cast.signs_in(client, "asha")
        return client.page("/questionnaires").text


def test_better_and_another_band(
    client: LookingClient, cast: Cast, shipped: Instruments, tmp_path: Path
) -> None:
    text = told_after(client, cast, shipped, tmp_path, ([6, 7, 4], [*PSEQ_18]), ([6, 7, 4], [*PSEQ_27]))
    assert "Your confidence score went from 18 to 27 out of 60, up 9 since" in text
    assert "One published rule counts 7 points and a new band as a change that matters." in text
    assert "This change reaches that." in text
    assert "ePPOC" in text  # the source, one tap away
    assert "Your pain and daily life score is 5.7 out of 10, the same as on" in text


def test_better_by_seven_within_one_band_does_not_reach_the_compound_rule(
    client: LookingClient, cast: Cast, shipped: Instruments, tmp_path: Path
) -> None:
    text = told_after(
        client, cast, shipped, tmp_path, ([6, 7, 4], [2] * 9 + [3]), ([5, 7, 4], [3] * 8 + [2, 3])
    )
    assert "went from 21 to 29 out of 60, up 8" in text  # both moderate
    assert "This change does not reach that." in text
    assert "Your pain and daily life score went from 5.7 to 5.3 out of 10, down 0.4 since" in text
    assert "One published rule counts 1 point as a change that matters." in text
    assert "This change is smaller than that." in text


def test_worse_is_told_without_a_verdict_and_with_help(
    client: LookingClient, cast: Cast, shipped: Instruments, tmp_path: Path
) -> None:
    text = told_after(
        client, cast, shipped, tmp_path, ([6, 7, 4], [*PSEQ_18]), ([8, 9, 10], [1] * 6 + [2] * 4)
    )
    assert "Your confidence score is 14 out of 60. That is 4 lower than on" in text
    assert re.search(r"lower than on \w+ \d+ \w+( \d+)?\. Scores go up and down\. On this scale", text)
    assert "Your pain and daily life score is 9 out of 10. That is 3.3 higher than on" in text
    assert text.count("Want to talk about it? Ask for a call · Help now") == 2
    assert "worse" not in text.lower()


def test_no_score_now_compares_with_nothing_and_the_next_one_skips_it(
    client: LookingClient, cast: Cast, shipped: Instruments, tmp_path: Path
) -> None:
    text = told_after(client, cast, shipped, tmp_path, ([6, 7, 4], [*PSEQ_18]), ([6, 7, 4], [None] * 10))
    assert "You left these questions out this time, and that is fine. So there is no score." in text
    with days_later(tmp_path, 12):
        type_in(cast, cast.asha, shipped, [6, 7, 4], [*PSEQ_27])
        assert "went from 18 to 27 out of 60, up 9" in client.page("/questionnaires").text


def test_scores_by_two_versions_of_a_rule_are_never_compared(
    client: LookingClient, cast: Cast, shipped: Instruments, tmp_path: Path
) -> None:
    type_in(cast, cast.asha, shipped, [6, 7, 4], [*PSEQ_18])
    db.session.execute(update(ScoreRow).values(version=99))
    db.session.commit()
    with days_later(tmp_path, 10):
        type_in(cast, cast.asha, shipped, [6, 7, 4], [*PSEQ_27])
        cast.signs_in(client, "asha")
        text = client.page("/questionnaires").text
    assert "Your confidence score is 27 out of 60." in text and "up 9" not in text


def test_the_scores_page_costs_the_same_with_one_sitting_and_with_five(
    client: LookingClient, cast: Cast, shipped: Instruments
) -> None:
    type_in(cast, cast.asha, shipped, [6, 7, 4], [*PSEQ_18])
    cast.signs_in(client, "asha")
    client.page("/questionnaires")
    client.page("/questionnaires")
    few = len(client.last_statements)
    for _more in range(4):
        type_in(cast, cast.asha, shipped, [6, 7, 4], [*PSEQ_27])
    client.page("/questionnaires")
    assert len(client.last_statements) == few


@pytest.mark.parametrize(
    ("score", "said"), [("18.0", "18"), ("5.7", "5.7"), ("0", "0"), ("10", "10"), ("60.00", "60")]
)
def test_a_score_is_written_as_short_as_it_is(app, score: str, said: str) -> None:  # type: ignore[no-untyped-def]
    from webapp.questionnaires.wording import score_number

    with app.test_request_context():
        assert score_number(Decimal(score)) == said


def test_hours_are_told_in_runs_of_days(app) -> None:  # type: ignore[no-untyped-def]
    from webapp.questionnaires.wording import opening_hours

    week = {
        "mon": ["09:00", "17:00"],
        "tue": ["09:00", "17:00"],
        "thu": ["09:00", "17:00"],
        "fri": ["09:00", "12:00"],
    }
    with app.test_request_context():
        assert opening_hours(week) == [
            ("Monday", "Tuesday", "09:00", "17:00"),
            ("Thursday", "Thursday", "09:00", "17:00"),
            ("Friday", "Friday", "09:00", "12:00"),
        ]
        assert opening_hours({}) == []
