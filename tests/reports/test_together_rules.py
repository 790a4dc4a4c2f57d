"""What many scores say together, worked out by hand; who is in a pair; and that no small count is told."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.outcome_rules import Proportion
from webapp.questionnaires.rules import Definition, Score, band_of
from webapp.reports.together_rules import FEWEST, Course, Row, Share, courses, rates, share, together

FIVE_BY_HAND = [(6, 4), (7, 7), (5, 3), (8, 9), (4, 2)]


def row(definition: Definition, total: float | None, **differs: object) -> Row:
    """The score of somebody at the start, or what ``differs`` says."""
    exact = None if total is None else Decimal(str(total))
    missing: tuple[str, ...] = differs.pop("missing", ())  # type: ignore[assignment]
    found = Score(
        scale=definition.scale.id,
        total=exact,
        exact=None if exact is None else Fraction(exact),
        answered=len(definition.items),
        missing=missing,
        prorated=False,
        band=None if exact is None else band_of(definition.scale, exact),
    )
    usual: dict[str, object] = {
        "patient": "asha", "enrolment": "first", "later": False, "version": definition.version, "derived": False,
    }  # fmt: skip
    return Row(**usual | differs, instrument=definition.id, score=found)  # type: ignore[arg-type]


def people(definition: Definition, pairs: Iterable[tuple[float, float]]) -> list[Course]:
    """Each pair is one person."""
    return [
        Course({definition.id: row(definition, before)}, {definition.id: row(definition, after, later=True)})
        for before, after in pairs
    ]


def of(known: Instruments, name: str) -> Definition:
    return known.get(name).definition


def test_means_interval_and_effect_size_by_hand(shipped: Instruments) -> None:
    """Changes 2, 0, 2, -1, 2: mean 1, SD root 2, t(4) 2.776; variances 2.5 and 8.5; J = 1 - 3/15."""
    found = together(of(shipped, "peg-3"), people(of(shipped, "peg-3"), FIVE_BY_HAND))
    assert (found.baseline, found.paired) == (5, 5)
    assert found.mean is not None
    assert (found.mean.before, found.mean.after, found.mean.improvement) == (6.0, 5.0, 1.0)
    assert found.mean.low == pytest.approx(1 - 2.776445 * 2**0.5 / 5**0.5, abs=1e-5)
    assert found.mean.high == pytest.approx(1 + 2.776445 * 2**0.5 / 5**0.5, abs=1e-5)
    assert found.mean.d_av == pytest.approx(1 / 5.5**0.5)
    assert found.mean.g == pytest.approx(0.8 / 5.5**0.5)


def test_the_same_numbers_are_a_worsening_where_high_is_better(shipped: Instruments) -> None:
    pseq = of(shipped, "pseq-10")
    found = together(pseq, people(pseq, FIVE_BY_HAND))
    assert found.mean is not None
    assert found.mean.improvement == -1.0
    assert found.mean.g == pytest.approx(-0.8 / 5.5**0.5)


def test_who_changed_by_the_size_told_first(shipped: Instruments) -> None:
    """PEG, 1 point, inclusive. A first score of 0.7 cannot fall by 1, one of 9.7 cannot rise by 1."""
    falls = [(6, 5), (6, 4), (7, 3), (8, 2), (9, 8)]
    rises = [(3, 4), (4, 6), (5, 6), (2, 9), (1, 2.3), (1, 2)]
    neither = [(6, 5.3), (5, 5), (0.7, 0), (9.7, 10)]
    found = together(of(shipped, "peg-3"), people(of(shipped, "peg-3"), falls + rises + neither))
    assert found.rule is not None
    assert found.rule.id == "mcid"
    assert found.paired == 15
    assert found.better is not None
    assert found.worse is not None
    assert (found.better.count, found.better.of) == (5, 14)
    assert (found.worse.count, found.worse.of) == (6, 14)
    wilson = Proportion(5, 14)
    assert wilson.low is not None
    assert wilson.high is not None
    assert found.better.low == pytest.approx(100 * wilson.low)
    assert found.better.high == pytest.approx(100 * wilson.high)


def test_a_rule_that_asks_for_another_band_is_not_reached_inside_one(shipped: Instruments) -> None:
    """PSEQ-10: 7 points and a new band (0-19, 20-30, 31-40, 41-60). Who began above 40 cannot come to a better one."""
    reaching = [(18, 25), (19, 26), (25, 32), (30, 37), (40, 47)]
    inside, too_few, top = [(1, 15), (20, 30)], [(19, 21)], [(45, 60), (41, 41)]
    pseq = of(shipped, "pseq-10")
    found = together(pseq, people(pseq, reaching + inside + too_few + top))
    assert found.better is not None
    assert (found.better.count, found.better.of) == (5, 8)


def test_without_a_rule_there_is_no_share(shipped: Instruments) -> None:
    found = together(of(shipped, "phq-4"), people(of(shipped, "phq-4"), FIVE_BY_HAND))
    assert (found.rule, found.better, found.worse) == (None, None, None)
    assert found.mean is not None


def test_four_people_are_not_told(shipped: Instruments) -> None:
    peg = of(shipped, "peg-3")
    alone = [Course({"peg-3": row(peg, 5)})]
    found = together(peg, people(peg, FIVE_BY_HAND[:4]) + alone)
    assert (found.baseline, found.paired, found.mean, found.better, found.worse) == (
        5,
        None,
        None,
        None,
        None,
    )
    assert together(peg, people(peg, FIVE_BY_HAND[:4])).baseline is None


@given(st.integers(0, 60), st.integers(0, 60))
def test_no_small_count_is_ever_told(count: int, more: int) -> None:
    found = share(Proportion(count, count + more))
    for number in (found.count, found.of):
        assert number is None or number >= FEWEST
    if count < FEWEST:
        assert (found.percent, found.low, found.high) == (None, None, None)
    else:
        assert found.percent == pytest.approx(100 * count / (count + more))


@given(st.integers(0, 4), st.integers(5, 40))
def test_a_small_count_looks_the_same_whatever_it_is(count: int, of_people: int) -> None:
    assert share(Proportion(count, of_people)) == Share(None, of_people)


def test_work_left_out_both_times_or_neither_is_a_pair(shipped: Instruments) -> None:
    """WSAS without work is a total of four questions: it is not compared with one of five."""
    wsas = of(shipped, "wsas")
    whole = people(wsas, [(30, 20)] * 5)
    mixed = Course({"wsas": row(wsas, 30)}, {"wsas": row(wsas, 16, later=True, missing=("q1",))})
    found = together(wsas, [*whole, mixed])
    assert (found.baseline, found.paired) == (6, 5)


def test_derived_scores_count_and_are_marked(shipped: Instruments) -> None:
    pseq = of(shipped, "pseq-2")
    asked = people(pseq, FIVE_BY_HAND)
    assert not together(pseq, asked).derived
    later = Course({"pseq-2": row(pseq, 5)}, {"pseq-2": row(pseq, 7, later=True, derived=True)})
    found = together(pseq, [*asked, later])
    assert (found.paired, found.derived) == (6, True)


def test_the_first_score_at_each_time_counts(shipped: Instruments) -> None:
    peg = of(shipped, "peg-3")
    rows = [row(peg, 6), row(peg, 9), row(peg, 4, later=True), row(peg, 1, later=True)]
    [found] = courses(rows, {"peg-3": 1})
    assert (found.before["peg-3"].score.total, found.after["peg-3"].score.total) == (6, 4)


def test_without_a_total_it_is_no_score(shipped: Instruments) -> None:
    peg = of(shipped, "peg-3")
    [found] = courses([row(peg, None), row(peg, 9)], {"peg-3": 1})
    assert found.before["peg-3"].score.total == 9


def test_another_version_is_never_compared(shipped: Instruments) -> None:
    peg = of(shipped, "peg-3")
    rows = [row(peg, 6, version=1), row(peg, 4, later=True, version=2)]
    [of_one] = courses(rows, {"peg-3": 1})
    assert (len(of_one.before), len(of_one.after)) == (1, 0)
    assert courses(rows, {"peg-3": 2}) == []
    assert courses(rows, {}) == []


def test_each_person_counts_once_with_the_first_course(shipped: Instruments) -> None:
    peg = of(shipped, "peg-3")
    rows = [
        row(peg, 2, enrolment="without a start", later=True),
        row(peg, 6), row(peg, 4, later=True),
        row(peg, 9, enrolment="again"), row(peg, 1, enrolment="again", later=True),
        row(peg, 7, patient="dewi", enrolment="his"),
    ]  # fmt: skip
    asha, dewi = courses(rows, {"peg-3": 1})
    assert (asha.before["peg-3"].score.total, asha.after["peg-3"].score.total) == (6, 4)
    assert dewi.after == {}


TALKING = [
    (
        (15, 9),
        (12, 7),
    ),  # caseness, recovery, reliable improvement (proms.md: the worked rows of its section 4)
    ((9, 3), (7, 3)),  # no caseness, reliable improvement
    ((10, 15), (8, 8)),  # caseness, nothing: 5 more is not reliable
]


def talking(shipped: Instruments, pairs: Iterable[tuple[tuple[int, int], tuple[int, int]]]) -> list[Course]:
    phq, gad = of(shipped, "phq-9"), of(shipped, "gad-7")
    return [
        Course(
            {"phq-9": row(phq, phqs[0]), "gad-7": row(gad, gads[0])},
            {"phq-9": row(phq, phqs[1], later=True), "gad-7": row(gad, gads[1], later=True)},
        )
        for phqs, gads in pairs
    ]


def test_rates_by_hand(shipped: Instruments) -> None:
    """Six of each row: caseness 12 of 18, recovery 6 of 12, improvement 12 of 18, no deterioration to tell."""
    found = rates(talking(shipped, TALKING * 6))
    assert found.paired == 18
    shares = (found.caseness, found.recovery, found.improvement, found.reliable_recovery, found.deterioration)
    told = [(one.count, one.of) for one in shares if one]
    assert told == [(12, 18), (6, 12), (12, 18), (6, 12), (None, 18)]


def test_a_person_without_either_questionnaire_at_either_time_is_in_no_rate(shipped: Instruments) -> None:
    four = talking(shipped, [TALKING[0]] * 4)
    half = talking(shipped, [TALKING[0]] * 3)
    del half[0].before["gad-7"], half[1].after["phq-9"]
    half[2].after.clear()
    assert rates([*four, *half]).paired is None
    assert rates([*four, *talking(shipped, [TALKING[0]])]).paired == 5
