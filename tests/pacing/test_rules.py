"""Where to start, in the clinic's words. Source: exercise specification 4.1.1, amendments 2 to 4."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.pacing.amounts import Unit, as_shown, display_step, minutes_and_seconds, seconds, smallest_amount
from webapp.pacing.rules import (
    AfterEffect,
    FoundStart,
    StartKind,
    StartReason,
    TriesOutOfRange,
    Try,
    find_start,
    find_start_quickly,
    try_progress,
)
from webapp.pacing.rules_energy import Crash, EnergyOffer, offer_energy_mode
from webapp.pacing.rules_settings import PacingSettings

MONDAY = date(2026, 3, 2)


def tries(*amounts: float, unit: Unit = Unit.TIME, paid_for: tuple[float, ...] = ()) -> list[Try]:
    """One try a day; amounts are minutes for time. Those `paid_for` lasted into the next day."""
    return [
        Try(
            seconds(amount) if unit is Unit.TIME else amount,
            MONDAY + timedelta(days=day),
            after_effect=AfterEffect.NEXT_DAY if amount in paid_for else AfterEffect.SETTLED,
        )
        for day, amount in enumerate(amounts)
    ]


def shown_minutes(found: FoundStart) -> list[float]:
    return [option.shown / 60 for option in found.options]


@pytest.mark.parametrize(
    ("amount", "unit", "shown"),
    [
        (seconds(7.2), Unit.TIME, seconds(7)),
        (seconds(9.6), Unit.TIME, seconds(9.5)),
        (299, Unit.TIME, 285),  # just under 5 minutes: 15 seconds
        (300, Unit.TIME, 300),
        (329, Unit.TIME, 300),  # from 5 minutes: 30 seconds
        (1199, Unit.TIME, 1170),  # up to 20 minutes: 30 seconds
        (1200, Unit.TIME, 1200),
        (1259, Unit.TIME, 1200),  # above 20 minutes: whole minutes
        (3, Unit.TIME, 15),  # never below one step
        (0, Unit.TIME, 15),
        (26.999999999999996, Unit.REPETITIONS, 27),  # 80 % of 27 and two steps of 10 %, as a float
        (159, Unit.STEPS, 150),
        (9, Unit.STEPS, 10),
        (164.9, Unit.METRES, 160),
        (5.5, Unit.REPETITIONS, 5),
        (0.4, Unit.REPETITIONS, 1),
        (2.9, Unit.PORTIONS, 2),
    ],
)
def test_the_screen_rounds_down_and_never_below_one_step(amount: float, unit: Unit, shown: float) -> None:
    assert as_shown(amount, unit) == shown


def test_a_time_is_shown_as_minutes_and_seconds() -> None:
    assert minutes_and_seconds(as_shown(seconds(4.8), Unit.TIME)) == (4, 45)


def test_12_6_and_9_minutes_point_to_7_with_6_beside_it() -> None:
    found = find_start(tries(12, 6, 9), Unit.TIME)
    assert shown_minutes(found) == [7, 6]
    assert [option.kind for option in found.options] == [StartKind.POINTED_TO, StartKind.LOWEST_TRY]
    assert found.if_unsure == found.options[1]
    working = found.working
    assert (working.mean, working.lowest, working.highest) == (seconds(9), seconds(6), seconds(12))
    assert working.spread == 2.0
    assert not working.is_wide, "exactly 2 is not above 2"
    assert working.share_of_mean == pytest.approx(seconds(7.2))
    assert working.start == pytest.approx(seconds(7.2)), "the real amount is kept"
    assert not working.is_estimate


def test_20_5_and_11_minutes_differ_a_lot_so_the_lowest_try_counts() -> None:
    found = find_start(tries(20, 5, 11), Unit.TIME)
    assert shown_minutes(found) == [5]
    assert found.if_unsure is None
    assert found.working.reason is StartReason.LOWEST_TRY
    assert found.working.spread == 4.0
    assert found.working.share_of_mean == pytest.approx(seconds(9.6)), "still there to be shown"


def test_200_metres_start_at_160() -> None:
    found = find_start(tries(200, 200, 200, unit=Unit.METRES), Unit.METRES)
    assert [option.shown for option in found.options] == [160]


@pytest.mark.parametrize(
    ("good", "bad", "shown", "is_wide"),
    [
        (60, 5, [5], True),
        (10, 6, [6], False),  # 6.4 shows 6, which is the bad day already
        (12, 6, [7, 6], False),  # exactly 2 is not above 2
        (12, 7, [7.5, 7], False),
        (6, 10, [6], False),  # the wrong way round is the same sum
        (30, 0, [0.25], True),  # nothing on a bad day: one display step
    ],
)
def test_the_quick_way(good: float, bad: float, shown: list[float], is_wide: bool) -> None:
    found = find_start_quickly(seconds(good), seconds(bad), Unit.TIME)
    assert shown_minutes(found) == shown
    assert found.working.is_wide is is_wide
    assert found.working.is_estimate


@pytest.mark.parametrize(
    ("amounts", "paid_for", "start", "reason"),
    [
        # 0.7 of the mean of 9 is 6.3; 0.8 of 12 is 9.6, so the share decides
        ((12, 6, 9), (12,), 6.3, StartReason.PAYBACK_SHARE),
        # never above 0.8 of the smallest try that was paid for: 4.8
        ((12, 6, 9), (12, 6), 4.8, StartReason.PAYBACK_TRY),
        # tries differ a lot: 0.7 of 12 is 8.4, the lowest is 5
        ((20, 5, 11), (20,), 5.0, StartReason.LOWEST_TRY),
        ((20, 5, 11), (5,), 4.0, StartReason.PAYBACK_TRY),
        # and the 0.7 holds there as well: 0.8 of the mean 5.2 would be 4.16
        ((4.1, 4.1, 4.1, 4.1, 9.6), (9.6,), 0.7 * 5.2, StartReason.PAYBACK_SHARE),
    ],
)
def test_a_try_that_was_paid_for_the_next_day_makes_the_start_smaller(
    amounts: tuple[float, ...], paid_for: tuple[float, ...], start: float, reason: StartReason
) -> None:
    working = find_start(tries(*amounts, paid_for=paid_for), Unit.TIME).working
    assert working.start == pytest.approx(seconds(start))
    assert working.reason is reason
    assert working.share == 0.7


@pytest.mark.parametrize(
    ("after_effect", "is_paid_for"),
    [
        (None, False),
        (AfterEffect.SETTLED, False),
        (AfterEffect.SAME_DAY, False),
        (AfterEffect.NEXT_DAY, True),
        (AfterEffect.LONGER, True),
    ],
)
def test_only_the_next_day_or_longer_is_payback(after_effect: AfterEffect | None, is_paid_for: bool) -> None:
    assert Try(60, MONDAY, after_effect=after_effect).was_paid_for() is is_paid_for


def test_with_offers_off_two_starts_are_plain_sums() -> None:
    found = find_start(tries(12, 6, 9), Unit.TIME, PacingSettings(offers=False))
    assert shown_minutes(found) == [7, 6]
    assert found.if_unsure is None


@pytest.mark.parametrize("amounts", [(), (10,), (10, 10, 10, 10, 10, 10)])
def test_fewer_than_two_or_more_than_five_tries_make_no_start(amounts: tuple[float, ...]) -> None:
    with pytest.raises(TriesOutOfRange):
        find_start(tries(*amounts), Unit.TIME)


@pytest.mark.parametrize("amounts", [(0, 0), (-1, 5), (float("nan"), 5), (float("inf"), 5)])
def test_an_impossible_amount_is_refused(amounts: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="amount"):
        find_start(tries(*amounts, unit=Unit.STEPS), Unit.STEPS)


@pytest.mark.parametrize(
    ("days", "still_wanted", "can_start", "can_add"),
    [
        ([], 3, False, True),
        ([0], 2, False, True),
        ([0, 0], 2, True, True),  # two tries on one day: a start is possible, two more days are wanted
        ([0, 1], 1, True, True),
        ([0, 1, 2], 0, True, True),
        ([0, 0, 0, 0], 1, True, True),  # room for one more only
        ([0, 0, 0, 0, 0], 0, True, False),
    ],
)
def test_how_many_tries_are_still_wanted(
    days: list[int], still_wanted: int, can_start: bool, can_add: bool
) -> None:
    progress = try_progress([Try(60, MONDAY + timedelta(days=day)) for day in days])
    assert (progress.still_wanted, progress.can_start, progress.can_add) == (still_wanted, can_start, can_add)


@pytest.mark.parametrize(
    ("crash", "offer"),
    [
        (Crash.OFTEN, EnergyOffer.MANY_CHOOSE_IT),
        (Crash.SOMETIMES, EnergyOffer.OFFERED),
        (Crash.NOT_SURE, EnergyOffer.OFFERED),
        (Crash.NO, EnergyOffer.NOT_RAISED),
        (None, EnergyOffer.NOT_RAISED),
    ],
)
def test_when_energy_mode_is_offered(crash: Crash | None, offer: EnergyOffer) -> None:
    assert offer_energy_mode(crash) is offer


units = st.sampled_from(Unit)
real_amounts = st.floats(min_value=0, max_value=100_000, allow_nan=False)
some_tries = st.lists(
    st.builds(
        Try,
        amount=st.floats(min_value=1, max_value=50_000),
        on=st.dates(),
        after_effect=st.none() | st.sampled_from(AfterEffect),
    ),
    min_size=2,
    max_size=5,
)


@given(amount=real_amounts, unit=units)
def test_the_screen_never_asks_for_more_than_the_real_amount(amount: float, unit: Unit) -> None:
    shown = as_shown(amount, unit)
    assert shown <= max(amount, smallest_amount(unit)) + 1e-3
    assert shown > amount - display_step(amount, unit)


@given(less=real_amounts, more=real_amounts, unit=units)
def test_a_larger_amount_never_shows_as_a_smaller_one(less: float, more: float, unit: Unit) -> None:
    less, more = sorted((less, more))
    assert as_shown(less, unit) <= as_shown(more, unit)


@given(made=some_tries, unit=units)
def test_a_start_is_never_above_the_mean_nor_above_any_rule(made: list[Try], unit: Unit) -> None:
    found = find_start(made, unit)
    one_step = smallest_amount(unit)
    paid_for = [each.amount for each in made if each.was_paid_for()]
    amounts = [each.amount for each in made]
    for option in found.options:
        ceilings = [0.8 * sum(amounts) / len(amounts)]
        ceilings += [0.8 * min(paid_for)] if paid_for else []
        ceilings += [min(amounts)] if max(amounts) > 2 * min(amounts) else []
        assert option.amount <= max(min(ceilings), one_step) + 1e-6
    assert 1 <= len(found.options) <= 2


@given(made=some_tries, unit=units)
def test_payback_never_makes_a_start_larger(made: list[Try], unit: Unit) -> None:
    calm = [Try(each.amount, each.on) for each in made]
    assert find_start(made, unit).working.start <= find_start(calm, unit).working.start
