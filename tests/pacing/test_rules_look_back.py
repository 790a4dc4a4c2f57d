"""The tick, the look-back and its choices. Source: exercise specification 4.1.2, amendments 5 to 8."""

from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pacing.amounts import Unit, as_shown, seconds, smallest_amount
from webapp.pacing.rules_look_back import (
    Answers,
    Choice,
    Reading,
    Rhythm,
    WorseDayAfter,
    choices,
    look_back,
    next_look_back_on,
)
from webapp.pacing.rules_plan import Plan, UsualLimit, make_plan, staircase
from webapp.pacing.rules_settings import PacingSettings
from webapp.pacing.rules_swings import find_swings
from webapp.pacing.rules_tick import (
    Said,
    Tick,
    TickResult,
    compare,
    count_days,
    planned_days,
    tick,
    unticked_days,
)

MONDAY = date(2026, 3, 2)
EVERY_DAY = range(7)
WALK = Plan(Unit.TIME, seconds(7.2), seconds(0.9))
FINE = Answers(worse_day_after=WorseDayAfter.NO, confidence=8)
PATIENT_CHOICES = [
    Choice.KEEP,
    Choice.STEP_UP,
    Choice.SHRINK,
    Choice.NEW_START,
    Choice.CHANGE_ACTIVITY,
    Choice.REST,
]
LETTERS = {"y": Tick.AS_PLANNED, "+": Tick.MORE, "-": Tick.LESS, "0": Tick.NONE, "?": Tick.NOT_KNOWN}


def week_of(letters: str) -> list[TickResult]:
    """One letter a day from Monday: y as planned, + more, - less, 0 none, ? not known, space no tick."""
    return [
        TickResult(MONDAY + timedelta(days=day), 420, LETTERS[letter])
        for day, letter in enumerate(letters)
        if letter != " "
    ]


def days(count: int) -> tuple[date, ...]:
    return tuple(MONDAY + timedelta(days=day) for day in range(count))


def read(letters: str, answers: Answers = FINE, plan: Plan = WALK) -> tuple[Reading, tuple[Choice, ...]]:
    result = look_back(plan, days(len(letters)), week_of(letters), answers, energy_mode=False)
    return result.reading, result.points_to


@pytest.mark.parametrize(
    ("unit", "shown", "done", "expected"),
    [
        (Unit.TIME, seconds(10), seconds(10), Tick.AS_PLANNED),
        (Unit.TIME, seconds(10), seconds(8), Tick.AS_PLANNED),  # exactly 80 %
        (Unit.TIME, seconds(10), seconds(8) - 1, Tick.LESS),
        (Unit.TIME, seconds(10), seconds(12), Tick.AS_PLANNED),  # exactly 120 %
        (Unit.TIME, seconds(10), seconds(12) + 1, Tick.MORE),
        (Unit.TIME, 60, 80, Tick.AS_PLANNED),  # 133 %, but less than two steps of 15 seconds
        (Unit.TIME, 60, 90, Tick.MORE),  # two steps
        (Unit.TIME, 60, 45, Tick.AS_PLANNED),  # 75 %, but within one step
        (Unit.TIME, 60, 44, Tick.LESS),
        (Unit.REPETITIONS, 4, 5, Tick.AS_PLANNED),  # 125 %, one step
        (Unit.REPETITIONS, 4, 6, Tick.MORE),
        (Unit.REPETITIONS, 4, 3, Tick.AS_PLANNED),
        (Unit.REPETITIONS, 4, 2, Tick.LESS),
        (Unit.REPETITIONS, 1, 0, Tick.NONE),  # none is none, although within one step
        (Unit.STEPS, 550, 660, Tick.AS_PLANNED),
        (Unit.STEPS, 550, 661, Tick.MORE),
        (Unit.METRES, 160, 0, Tick.NONE),
    ],
)
def test_a_day_beside_the_amount_shown(unit: Unit, shown: float, done: float, expected: Tick) -> None:
    assert compare(done, int(shown), unit) is expected


@pytest.mark.parametrize(
    ("said", "amount", "expected"),
    [
        (Said.DID_IT, None, Tick.AS_PLANNED),
        (Said.SOME, None, Tick.LESS),
        (Said.NO, None, Tick.NONE),
        (Said.NOT_SURE, None, Tick.NOT_KNOWN),
        (Said.DID_IT, 840, Tick.MORE),  # an amount decides
        (Said.SOME, 400, Tick.AS_PLANNED),
        (Said.SOME, 0, Tick.NONE),
    ],
)
def test_what_was_said_and_how_much(said: Said, amount: float | None, expected: Tick) -> None:
    assert tick(MONDAY, 420, Unit.TIME, said, amount).tick is expected


def test_an_amount_below_zero_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        tick(MONDAY, 420, Unit.TIME, Said.SOME, -1)


def test_planned_days_are_three_to_seven_weekdays() -> None:
    assert planned_days(MONDAY, MONDAY + timedelta(days=7), {0, 2, 4}) == (
        MONDAY,
        MONDAY + timedelta(days=2),
        MONDAY + timedelta(days=4),
        MONDAY + timedelta(days=7),
    )
    assert len(planned_days(MONDAY, MONDAY + timedelta(days=13), EVERY_DAY)) == 14
    for wrong in ([0, 1], [0, 0, 1], [0, 1, 7], []):
        with pytest.raises(ValueError, match="3 to 7"):
            planned_days(MONDAY, MONDAY, wrong)


def test_days_without_a_tick_are_asked_about_and_are_not_known_until_then() -> None:
    ticks = week_of("y -?   ")
    assert unticked_days(days(7), ticks) == tuple(MONDAY + timedelta(days=day) for day in (1, 4, 5, 6))
    counts = count_days(days(7), ticks)
    assert (counts.as_planned, counts.less, counts.none, counts.not_known) == (1, 1, 0, 5)
    assert counts.share == 0.5, "of the two days that are known"
    assert counts.active == 2, "less still counts"


def test_no_known_day_has_no_share() -> None:
    assert count_days(days(7), []).share is None
    assert count_days(days(7), week_of("0000000")).share == 0


@pytest.mark.parametrize(
    ("letters", "reading"),
    [
        ("yyyyy00", Reading.AS_PLANNED),  # 5 of 7
        ("yyyy000", Reading.SOME_DAYS),  # 4 of 7
        ("yyy0000", Reading.SOME_DAYS),  # 3 of 7
        ("yy00000", Reading.FEW_DAYS),  # 2 of 7
        ("yyyyyyy000", Reading.AS_PLANNED),  # exactly 70 %
        ("yyyy000000", Reading.SOME_DAYS),  # exactly 40 %
        ("yyy", Reading.AS_PLANNED),  # three days a week
        ("yy0", Reading.SOME_DAYS),
        ("y00", Reading.FEW_DAYS),
        ("yyyyy-+", Reading.AS_PLANNED),  # one day of more changes nothing
        ("yyyyy??", Reading.AS_PLANNED),  # unknown is never "no"
        ("yyyy   ", Reading.AS_PLANNED),
        ("yyy    ", Reading.TOO_LITTLE_KNOWN),  # 3 of 7 known
        ("yy  ", Reading.AS_PLANNED),  # half are known, which is enough
        ("000    ", Reading.TOO_LITTLE_KNOWN),
        ("       ", Reading.TOO_LITTLE_KNOWN),
        ("++yyy00", Reading.PLAN_TOO_SMALL),
        ("++00000", Reading.PLAN_TOO_SMALL),  # more than planned is read before less
    ],
)
def test_how_a_week_without_a_bad_day_after_is_read(letters: str, reading: Reading) -> None:
    assert read(letters)[0] is reading


@pytest.mark.parametrize(
    ("letters", "answers", "reading", "points_to"),
    [
        ("yyyyyyy", FINE, Reading.AS_PLANNED, (Choice.STEP_UP,)),
        ("yyyyyyy", Answers(WorseDayAfter.NO, 7), Reading.AS_PLANNED, (Choice.STEP_UP,)),
        ("yyyyyyy", Answers(WorseDayAfter.NO, 6), Reading.NOT_SURE_YET, (Choice.KEEP,)),
        ("yyyyyyy", Answers(WorseDayAfter.NO, None), Reading.NOT_SURE_YET, (Choice.KEEP,)),
        ("yyyyyyy", Answers(None, 9), Reading.NOT_SURE_YET, (Choice.KEEP,)),
        ("yyyyyyy", Answers(WorseDayAfter.ONCE, 9), Reading.WORSE_DAY_AFTER, (Choice.KEEP,)),
        ("++yyyyy", Answers(WorseDayAfter.MORE, 9), Reading.WORSE_DAY_AFTER, (Choice.KEEP,)),
        ("++yyyyy", Answers(None, 9), Reading.MORE_THAN_PLANNED, (Choice.KEEP,)),
        ("++yyyyy", FINE, Reading.PLAN_TOO_SMALL, (Choice.NEW_START,)),
        ("yyy0000", FINE, Reading.SOME_DAYS, (Choice.KEEP,)),
        ("yy00000", FINE, Reading.FEW_DAYS, (Choice.KEEP,)),
        (
            "yy00000",
            Answers(WorseDayAfter.NO, 9, few_days_last_time=True),
            Reading.FEW_DAYS,
            (Choice.SHRINK, Choice.NEW_START, Choice.CHANGE_ACTIVITY),
        ),
        ("yyyyyyy", Answers(WorseDayAfter.MORE, 2, had_flare=True, had_pause=True), Reading.FLARE, ()),
        ("0000000", Answers(WorseDayAfter.NO, 9, had_pause=True), Reading.PAUSED, ()),
    ],
)
def test_what_the_leaflets_rule_points_to(
    letters: str, answers: Answers, reading: Reading, points_to: tuple[Choice, ...]
) -> None:
    assert read(letters, answers) == (reading, points_to)


def test_at_the_goal_it_points_to_keeping_it_steady() -> None:
    there = Plan(Unit.METRES, 300, 20, goal=300)
    assert read("yyyyyyy", plan=there) == (Reading.AT_GOAL, (Choice.KEEP,))


def test_confidence_outside_0_to_10_is_refused() -> None:
    with pytest.raises(ValueError, match="0 to 10"):
        read("yyyyyyy", Answers(WorseDayAfter.NO, 11))


def test_every_choice_says_the_amount_it_would_give() -> None:
    offered = {each.choice: each.shown for each in choices(WALK, energy_mode=False)}
    assert list(offered) == PATIENT_CHOICES
    assert offered[Choice.KEEP] == seconds(7)
    assert offered[Choice.STEP_UP] == seconds(8)
    assert offered[Choice.SHRINK] == seconds(5.5)  # 80 % of the 7 shown is 5.6
    assert offered[Choice.NEW_START] is offered[Choice.CHANGE_ACTIVITY] is offered[Choice.REST] is None


def test_twenty_percent_less_than_2_shown_is_1_even_if_the_real_amount_is_2_point_9() -> None:
    offered = {each.choice: each for each in choices(Plan(Unit.REPETITIONS, 2.9, 0.3), energy_mode=False)}
    assert (offered[Choice.KEEP].shown, offered[Choice.SHRINK].shown) == (2, 1)


def test_with_offers_off_the_sums_and_choices_stay_and_nothing_is_pointed_out() -> None:
    off = PacingSettings(offers=False)
    result = look_back(WALK, days(7), week_of("yyyyyyy"), FINE, energy_mode=False, settings=off)
    assert (result.reading, result.points_to) == (Reading.NOT_READ, ())
    assert result.counts.as_planned == 7
    assert [each.choice for each in result.choices] == PATIENT_CHOICES


def test_energy_mode_has_keep_within_do_less_and_rest_without_amounts() -> None:
    result = look_back(WALK, days(7), week_of("yyyyyyy"), FINE, energy_mode=True)
    assert (result.reading, result.points_to) == (Reading.NOT_READ, ())
    assert [each.choice for each in result.choices] == [Choice.KEEP_WITHIN, Choice.DO_LESS, Choice.REST]
    assert all(each.shown is None and each.quota is None for each in result.choices)


@pytest.mark.parametrize(
    ("rhythm", "after"), [(Rhythm.WEEKLY, 7), (Rhythm.FORTNIGHTLY, 14), (Rhythm.WHEN_I_ASK, None)]
)
def test_the_next_look_back(rhythm: Rhythm, after: int | None) -> None:
    expected = None if after is None else MONDAY + timedelta(days=after)
    assert next_look_back_on(MONDAY, rhythm) == expected


def swing_days(*amounts: float | None, shown: int = 10) -> list[TickResult]:
    return [
        TickResult(
            MONDAY + timedelta(days=day),
            shown,
            Tick.NOT_KNOWN if amount is None else compare(amount, shown, Unit.REPETITIONS),
            amount,
        )
        for day, amount in enumerate(amounts)
    ]


@pytest.mark.parametrize(
    ("amounts", "index", "paid_for", "is_pattern"),
    [
        ((10, 10, 10), 0.0, [], False),
        ((20, 0, 20, 0), 2.0, [0, 2], True),  # doing too much, then paying for it
        ((20, 10, 5), 0.75, [0], False),  # less on the second day after: within 48 hours
        ((20, 10, 10, 5), 0.5, [], False),  # on the third day: not
        ((10, None, 20), None, [], False),  # unknown breaks the chain and is never 0
        ((10,), None, [], False),
        ((), None, [], False),
    ],
)
def test_how_far_the_days_swing(
    amounts: Sequence[float | None], index: float | None, paid_for: list[int], is_pattern: bool
) -> None:
    swings = find_swings(swing_days(*amounts))
    assert swings.index == index
    assert swings.paid_for_on == tuple(MONDAY + timedelta(days=day) for day in paid_for)
    assert swings.is_pattern is is_pattern


def test_a_day_that_asked_for_rest_does_not_swing() -> None:
    assert find_swings(swing_days(0, 5, shown=0)).index is None


units = st.sampled_from(Unit)
ticks_of_a_week = st.text("y+-0? ", min_size=7, max_size=7)
any_answers = st.builds(
    Answers,
    worse_day_after=st.none() | st.sampled_from(WorseDayAfter),
    confidence=st.none() | st.integers(0, 10),
    had_pause=st.booleans(),
    had_flare=st.booleans(),
    few_days_last_time=st.booleans(),
)


@given(
    start=st.floats(min_value=15, max_value=20_000),
    unit=units,
    rate=st.sampled_from((0.05, 0.10, 0.20)),
    week=st.integers(0, 7),
)
def test_doing_exactly_what_the_screen_says_is_always_as_planned(
    start: float, unit: Unit, rate: float, week: int
) -> None:
    plan = make_plan(start, unit, rate=rate, limit=UsualLimit.PAIN)
    shown = staircase(plan, energy_mode=False)[week].shown
    assert tick(MONDAY, shown, unit, Said.DID_IT, shown).tick is Tick.AS_PLANNED
    assert tick(MONDAY, shown, unit, Said.DID_IT).tick is Tick.AS_PLANNED


@given(
    shown=st.floats(min_value=0, max_value=20_000),
    unit=units,
    done=st.floats(min_value=0.1, max_value=40_000),
)
def test_doing_more_never_reads_as_doing_less(shown: float, unit: Unit, done: float) -> None:
    order = [Tick.LESS, Tick.AS_PLANNED, Tick.MORE]
    asked = as_shown(shown, unit)
    before, after = compare(done, asked, unit), compare(done * 1.1, asked, unit)
    assert order.index(before) <= order.index(after)


@given(letters=ticks_of_a_week, answers=any_answers)
def test_the_choices_are_the_same_whatever_the_days_were_like(letters: str, answers: Answers) -> None:
    result = look_back(WALK, days(7), week_of(letters), answers, energy_mode=False)
    assert result.choices == choices(WALK, energy_mode=False)
    assert set(result.points_to) <= set(PATIENT_CHOICES)


@given(letters=ticks_of_a_week)
def test_a_day_that_is_not_known_never_counts_as_no(letters: str) -> None:
    known = [each for each in week_of(letters) if each.tick is not Tick.NOT_KNOWN]
    counts = count_days(days(7), week_of(letters))
    assert counts.not_known == 7 - len(known)
    assert counts.share == count_days([each.on for each in known], known).share
    assert counts.none == letters.count("0")


@given(letters=ticks_of_a_week, answers=any_answers)
def test_a_step_up_is_pointed_to_only_when_everything_was_said_and_fine(
    letters: str, answers: Answers
) -> None:
    if Choice.STEP_UP in read(letters, answers)[1]:
        assert answers.worse_day_after is WorseDayAfter.NO
        assert answers.confidence is not None and answers.confidence >= 7
        assert not answers.had_flare and not answers.had_pause


@given(quota=st.floats(min_value=15, max_value=20_000), unit=units)
def test_twenty_percent_less_is_always_seen_on_the_screen(quota: float, unit: Unit) -> None:
    plan = Plan(unit, quota, quota / 8)
    offered = {each.choice: each for each in choices(plan, energy_mode=False)}
    keep, shrink, up = offered[Choice.KEEP], offered[Choice.SHRINK], offered[Choice.STEP_UP]
    assert keep.shown is not None and shrink.shown is not None and up.shown is not None
    assert shrink.shown < keep.shown or keep.shown == smallest_amount(unit)
    assert keep.shown <= up.shown
