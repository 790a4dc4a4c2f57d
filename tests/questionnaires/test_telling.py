"""What a patient is told of several questionnaires: nothing twice, ratings in their own words, each sitting as it was."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from tests.cast import Cast
from tests.looking import LookingClient
from tests.questionnaires.rows import OPEN, finished
from webapp.questionnaires import service
from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.pattern_rules import pattern_of
from webapp.questionnaires.telling_rules import is_said_already

JUNE, JULY, SEPTEMBER = date(2026, 6, 3), date(2026, 7, 15), date(2026, 9, 2)
LOW, HIGH = [1, 2, 2, 2, 2, 1, 2, 2, 2, 2], [3, 3, 3, 3, 4, 3, 3, 3, 3, 3]


def names_told(cast: Cast) -> list[str]:
    assert cast.asha.enrolment
    return [each.instrument.id for each in service.scores_of(cast.asha.actor, cast.asha.enrolment)]


@pytest.mark.parametrize(
    ("derived", "sources", "scored", "said"),
    [
        (True, ["pseq-10"], ["pseq-10", "peg-3"], True),
        (
            True,
            ["pseq-10"],
            ["peg-3"],
            False,
        ),  # the long form came to no score: the short one is the only news
        (True, [], ["pseq-10"], False),
        (False, ["pseq-10"], ["pseq-10"], False),  # answered by itself
        (True, ["gad-7", "phq-8"], ["gad-7"], True),
    ],
)
def test_what_was_said_already(derived: bool, sources: list[str], scored: list[str], said: bool) -> None:
    assert is_said_already(derived, sources, scored) is said


def test_a_derived_series_is_not_told_beside_its_long_form(cast: Cast, shipped: Instruments) -> None:
    both = {"pseq-10": LOW, "pseq-2": [2, 2], "peg-3": [6, 7, 4], "pain-nrs": [6]}
    finished(cast, cast.asha, shipped, JUNE, both, derived=["pseq-2", "pain-nrs"])
    assert names_told(cast) == ["peg-3", "pseq-10"]


def test_who_answered_the_short_set_is_told_of_it_with_what_came_before(
    client: LookingClient, cast: Cast, shipped: Instruments
) -> None:
    finished(cast, cast.asha, shipped, JUNE, {"pseq-10": LOW, "pseq-2": [2, 2]}, derived=["pseq-2"])
    finished(cast, cast.asha, shipped, JULY, {"pseq-2": [3, 4]}, time_point="mid-course")
    assert names_told(cast) == ["pseq-10", "pseq-2"]
    cast.signs_in(client, "asha")
    text = client.page("/questionnaires").text
    assert "Your confidence score (two questions) went from 4 to 7 out of 12, up 3 since" in text
    end = {"pseq-10": HIGH, "pseq-2": [4, 3]}
    finished(cast, cast.asha, shipped, SEPTEMBER, end, time_point="end", derived=["pseq-2"])
    assert names_told(cast) == ["pseq-10"]


def test_a_derived_score_is_told_where_the_long_form_came_to_none(cast: Cast, shipped: Instruments) -> None:
    some = [OPEN, OPEN, OPEN, OPEN, 2, 1, 1, 1, 2, 1]
    finished(cast, cast.asha, shipped, JUNE, {"pseq-10": some, "pseq-2": [2, 2]}, derived=["pseq-2"])
    assert names_told(cast) == ["pseq-10", "pseq-2"]


def test_a_rating_is_told_in_its_own_words(client: LookingClient, cast: Cast, shipped: Instruments) -> None:
    asked = {
        "pgic": [3],
        "self-rated-health": [4],
        "house-sleep": [6],
        "fft": [1, "Kind."],
        "sus": [4, 2] * 5,
    }
    finished(cast, cast.asha, shipped, JUNE, asked, time_point="mid-course")
    finished(cast, cast.asha, shipped, SEPTEMBER, {"pgic": [2]}, time_point="end")
    cast.signs_in(client, "asha")
    page = client.page("/questionnaires")
    pgic = shipped.get("pgic").texts["en"]
    assert f"{pgic.items['q1']} {pgic.labels_of('q1')[2]}" in page.text  # the newest, said out
    assert pgic.labels_of("q1")[3] in page.text  # the one before, in the table
    assert "out of 7" not in page.text and "out of 5" not in page.text and "score is" not in page.text
    assert (
        "Using the programme" not in page.text and "Kind." not in page.text
    )  # SUS and FFT are for the service
    assert "(0:" in page.text and "10:" in page.text  # what the ends of a bare number mean


def test_a_rating_that_was_left_out_is_fine(client: LookingClient, cast: Cast, shipped: Instruments) -> None:
    finished(cast, cast.asha, shipped, JUNE, {"pgic": [None]}, time_point="end")
    cast.signs_in(client, "asha")
    text = client.page("/questionnaires").text
    assert "You left this question out on Wednesday 3 June, and that is fine." in text


def test_a_sitting_is_told_as_it_was_then(cast: Cast, shipped: Instruments) -> None:
    assert cast.asha.enrolment
    first = finished(cast, cast.asha, shipped, JUNE, {"pseq-10": LOW, "peg-3": [6, 7, 4]})
    later = finished(cast, cast.asha, shipped, SEPTEMBER, {"pseq-10": HIGH}, time_point="end")
    then = service.scores_of_sitting(cast.asha.actor, cast.asha.enrolment, first)
    assert [(each.instrument.id, each.latest.on) for each in then] == [("peg-3", JUNE), ("pseq-10", JUNE)]
    now = service.scores_of_sitting(cast.asha.actor, cast.asha.enrolment, later)
    assert [each.instrument.id for each in now] == ["pseq-10"]
    assert now[0].latest.change and now[0].latest.change.by == Decimal(13)


def test_scores_stand_in_the_order_of_the_days_they_are_about(cast: Cast, shipped: Instruments) -> None:
    """Paper of June that was typed in after September comes before September."""
    finished(cast, cast.asha, shipped, SEPTEMBER, {"pseq-10": HIGH}, time_point="end")
    finished(
        cast,
        cast.asha,
        shipped,
        JUNE,
        {"pseq-10": LOW},
        mode="paper",
        entered_by="Carol Osei",
        written_on=JUNE,
    )
    assert cast.asha.enrolment
    (pseq,) = service.scores_of(cast.asha.actor, cast.asha.enrolment)
    assert [point.on for point in pseq.points] == [JUNE, SEPTEMBER]
    assert pseq.latest.change and pseq.latest.change.by == Decimal(13)
    assert pseq.points[0].written_on == JUNE


def test_it_costs_the_same_for_many_questionnaires(cast: Cast, shipped: Instruments, count_queries) -> None:  # type: ignore[no-untyped-def]
    assert cast.asha.enrolment
    finished(cast, cast.asha, shipped, JUNE, {"pgic": [3], "pseq-10": LOW})
    with count_queries() as few:
        service.scores_of(cast.asha.actor, cast.asha.enrolment)
    many = {"pgic": [2], "pseq-10": HIGH, "peg-3": [1, 2, 3], "self-rated-health": [2], "house-sleep": [1]}
    finished(cast, cast.asha, shipped, SEPTEMBER, many, time_point="end")
    with count_queries() as more:
        service.scores_of(cast.asha.actor, cast.asha.enrolment)
    assert len([s for s in more.seen if s.startswith("SELECT")]) <= len(
        [s for s in few.seen if s.startswith("SELECT")]
    )


@pytest.mark.parametrize(
    ("instrument", "values", "mood", "bodily"),
    [
        ("phq-8", [1, 2, 3, 3, 0, 1, 2, 1], (4, 9), (9, 15)),  # 1+2+1; 3+3+0+2+1
        ("phq-9", [1, 2, 3, 3, 0, 1, 2, 1, 2], (6, 12), (9, 15)),
        ("phq-9", [0] * 9, (0, 12), (0, 15)),
        ("phq-9", [3] * 9, (12, 12), (15, 15)),
        ("phq-9", [1, 2, 3, 3, 0, 1, 2, 1, None], (None, 12), (9, 15)),  # item 9 is never filled in
        ("phq-8", [1, 2, None, 3, 0, 1, 2, 1], (4, 9), (None, 15)),
    ],
)
def test_mood_and_bodily_questions_are_told_apart(
    instrument: str, values: list[int | None], mood: tuple[int | None, int], bodily: tuple[int | None, int]
) -> None:
    found = pattern_of(instrument, {f"q{place}": value for place, value in enumerate(values, start=1)})
    assert found is not None
    assert (found.about_mood.total, found.about_mood.most) == mood
    assert (found.bodily.total, found.bodily.most) == bodily
    assert found.bodily.numbers == (3, 4, 5, 7, 8)


def test_no_other_questionnaire_has_that_pattern() -> None:
    assert pattern_of("gad-7", {"q1": 1}) is None
