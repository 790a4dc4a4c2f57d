"""The whole schedule: windows before and after a day, parts that may be early, refreshers, months and clock changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from webapp.questionnaires.instruments import Instruments
from webapp.questionnaires.schedule_rules import (
    Battery,
    EnrolmentFacts,
    Milestone,
    Opening,
    PlannedSitting,
    Sitting,
    SittingFacts,
    SittingState,
    TimePoint,
    may_go_on_with,
    months_after,
    next_to_answer,
    plan_sittings,
)

FINISHED = date(2026, 8, 31)
REACHED = {
    Milestone.ACTIVATED: date(2026, 3, 1),
    Milestone.MODULE_1_FINISHED: date(2026, 3, 4),
    Milestone.HALFWAY: date(2026, 5, 1),
    Milestone.COURSE_FINISHED: FINISHED,
}


def shipped_battery(shipped: Instruments) -> Battery:
    assert shipped.battery is not None
    return shipped.battery


def by_name(planned: tuple[PlannedSitting, ...]) -> dict[str, PlannedSitting]:
    return {each.sitting.id: each for each in planned}


def test_the_default_schedule_is_that_of_the_field_notes(shipped: Instruments) -> None:
    battery = shipped_battery(shipped)
    asked = {
        point.id: [name for sitting in point.sittings for name in sitting.instruments]
        for point in battery.time_points
    }
    short_set = ["peg-3", "pseq-2", "phq-4", "pgic"]
    follow_up = ["peg-3", "pseq-10", "self-rated-health", "pgic", "phq-8", "gad-7"]
    about_you = ["self-rated-health", "house-sleep", "house-about-you"]
    end = ["peg-3", "pseq-10", "self-rated-health", "house-sleep", "pgic", "phq-8", "gad-7", "fft", "sus"]
    assert asked == {
        "baseline": ["peg-3", "pseq-10", *about_you, "phq-8", "gad-7"],
        "mid": short_set,
        "end": end,
        "month-3": short_set,
        "month-6": follow_up,
        "month-12": follow_up,
    }


def test_mood_is_never_in_one_sitting_with_the_long_questions_about_pain(shipped: Instruments) -> None:
    for point in shipped_battery(shipped).time_points:
        for sitting in point.sittings:
            assert not {"pseq-10", "phq-8"} <= set(sitting.instruments)


def test_every_shorter_set_asks_fewer_questions(shipped: Instruments) -> None:
    for point in shipped_battery(shipped).time_points:
        for sitting in point.sittings:
            if sitting.shorter:
                counts = [
                    sum(len(shipped.get(name).definition.items) for name in names)
                    for names in (sitting.shorter, sitting.instruments)
                ]
                assert counts[0] < counts[1], sitting.id


def test_what_asks_about_the_programme_is_not_asked_before_it_and_fft_and_sus_only_once(
    shipped: Instruments,
) -> None:
    where: dict[str, list[str]] = {}
    for point in shipped_battery(shipped).time_points:
        for sitting in point.sittings:
            for name in sitting.instruments:
                where.setdefault(name, []).append(point.id)
    assert where["fft"] == where["sus"] == ["end"]
    assert where["pgic"] == ["mid", "end", "month-3", "month-6", "month-12"]


@pytest.mark.parametrize(
    ("name", "opens", "closes"),
    [
        ("mid", date(2026, 5, 1), date(2026, 5, 22)),
        ("end", date(2026, 8, 31), date(2026, 9, 28)),
        ("month-3", date(2026, 11, 23), date(2026, 12, 28)),  # 30 November: 7 days before, 28 after
        ("month-6", date(2027, 2, 14), date(2027, 4, 11)),  # 28 February: 14 before, 42 after
        ("month-12", date(2027, 8, 3), date(2027, 10, 26)),  # 31 August: 28 before, 56 after
    ],
)
def test_windows_lie_round_the_day(shipped: Instruments, name: str, opens: date, closes: date) -> None:
    battery = shipped_battery(shipped)
    for today, state in (
        (opens - timedelta(days=1), SittingState.LATER),
        (opens, SittingState.DUE),
        (closes, SittingState.DUE),
        (closes + timedelta(days=1), SittingState.CLOSED),
    ):
        found = by_name(plan_sittings(battery, EnrolmentFacts(REACHED), today))[name]
        assert (found.opens_on, found.closes_on, found.state) == (opens, closes, state)


def test_a_refresher_is_asked_at_the_start_and_3_6_and_12_months_after_activation(
    shipped: Instruments,
) -> None:
    facts = EnrolmentFacts(REACHED, refresher=True)
    found = by_name(plan_sittings(shipped_battery(shipped), facts, date(2026, 3, 1)))
    assert not {"mid", "end", "end-mood", "end-programme"} & set(found)
    day_of = {
        name: each.opens_on for name, each in found.items() if "mood" not in name and "about" not in name
    }
    assert day_of == {
        "baseline-pain": date(2026, 3, 1),
        "month-3": date(2026, 5, 25),  # 1 June, 7 days before
        "month-6": date(2026, 8, 18),  # 1 September, 14 days before
        "month-12": date(2027, 2, 1),  # 1 March, 28 days before
    }


def test_the_mood_part_may_follow_on_the_same_day_if_the_patient_wishes(shipped: Instruments) -> None:
    battery, day = shipped_battery(shipped), date(2026, 3, 5)
    done = {"baseline-pain": SittingFacts(day, day)}
    planned = plan_sittings(battery, EnrolmentFacts(REACHED, done), day)
    mood = by_name(planned)["baseline-mood"]
    assert (mood.state, mood.can_be_answered, mood.early_from) == (SittingState.EARLY, True, day)
    assert next_to_answer(planned) is None  # but nobody is asked
    offered = may_go_on_with(planned, "baseline-pain")
    assert offered is not None and offered.sitting.id == "baseline-about-you"
    done["baseline-about-you"] = SittingFacts(day, day)
    offered = may_go_on_with(plan_sittings(battery, EnrolmentFacts(REACHED, done), day), "baseline-about-you")
    assert offered is not None and offered.sitting.id == "baseline-mood"


def test_begun_early_it_goes_on(shipped: Instruments) -> None:
    day = date(2026, 3, 5)
    done = {"baseline-pain": SittingFacts(day, day), "baseline-mood": SittingFacts(started_on=day)}
    planned = plan_sittings(shipped_battery(shipped), EnrolmentFacts(REACHED, done), day)
    assert by_name(planned)["baseline-mood"].state is SittingState.STARTED
    offered = next_to_answer(planned)
    assert offered is not None and offered.sitting.id == "baseline-mood"


def test_what_was_begun_stays_open_when_the_part_before_it_is_taken_up_again(shipped: Instruments) -> None:
    day = date(2026, 3, 5)  # pain was skipped, mood was begun, then pain was begun after all
    done = {"baseline-pain": SittingFacts(started_on=day), "baseline-mood": SittingFacts(started_on=day)}
    mood = by_name(plan_sittings(shipped_battery(shipped), EnrolmentFacts(REACHED, done), day))[
        "baseline-mood"
    ]
    assert (mood.state, mood.can_be_answered) == (SittingState.STARTED, True)


def test_nothing_is_early_before_the_part_it_follows(shipped: Instruments) -> None:
    planned = plan_sittings(shipped_battery(shipped), EnrolmentFacts(REACHED), date(2026, 3, 5))
    assert by_name(planned)["baseline-mood"].state is SittingState.LATER
    assert may_go_on_with(planned, "baseline-pain") is None


def test_what_follows_a_sitting_that_is_off_counts_from_the_day_on_which_it_would_have_opened(
    shipped: Instruments,
) -> None:
    battery = shipped_battery(shipped)
    first = battery.time_points[0]
    without_pain = replace(first, sittings=(replace(first.sittings[0], off=True), *first.sittings[1:]))
    changed = replace(battery, time_points=(without_pain, *battery.time_points[1:]))
    found = by_name(plan_sittings(changed, EnrolmentFacts(REACHED), date(2026, 3, 4)))
    assert "baseline-pain" not in found
    assert found["baseline-mood"].opens_on == date(2026, 3, 4) + timedelta(days=5)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2027, 11, 30), 3, date(2028, 2, 29)),  # a leap year
        (date(2028, 2, 29), 12, date(2029, 2, 28)),
        (date(2026, 8, 31), 6, date(2027, 2, 28)),
        (date(2026, 3, 31), 3, date(2026, 6, 30)),
        (date(2026, 10, 15), 3, date(2027, 1, 15)),
    ],
)
def test_months_end_on_the_last_day_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert months_after(day, months) == expected


days = st.dates(date(2024, 1, 1), date(2030, 12, 31))


@given(days, st.integers(0, 48))
def test_so_many_months_after_is_in_that_month_and_never_skips_a_day_forwards(day: date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day <= day.day
    assert later.day == day.day or (later + timedelta(days=1)).day == 1


facts_of_a_sitting = st.builds(SittingFacts, st.none() | days, st.none() | days, st.none() | days)
openings = st.builds(
    Opening,
    st.sampled_from(list(Milestone)),
    st.none(),
    st.integers(0, 13),
    st.integers(0, 40),
)


@st.composite
def batteries(draw: st.DrawFn) -> Battery:
    """Three sittings; each after the first may follow the one before."""
    sittings: list[Sitting] = []
    for number in range(3):
        follows = bool(sittings) and draw(st.booleans())
        days_after = draw(st.integers(0, 40))
        opens = Opening(sitting=sittings[-1].id, days=days_after) if follows else draw(openings)
        sittings.append(
            Sitting(
                id=f"s{number}",
                instruments=("peg-3",),
                opens=opens,
                window_days=draw(st.integers(1, 60)),
                opens_for_refresher=draw(st.none() | openings),
                window_days_before=draw(st.integers(0, 30)),
                may_be_early=follows and draw(st.booleans()),
                off=draw(st.booleans()),
            )
        )
    return Battery("made-up", 1, (TimePoint("a", tuple(sittings[:2])), TimePoint("b", tuple(sittings[2:]))))


@st.composite
def enrolments(draw: st.DrawFn) -> EnrolmentFacts:
    """Any milestones reached, anything done with the sittings, by either door."""
    return EnrolmentFacts(
        draw(st.dictionaries(st.sampled_from(list(Milestone)), days)),
        draw(st.dictionaries(st.sampled_from(["s0", "s1", "s2"]), facts_of_a_sitting)),
        refresher=draw(st.booleans()),
    )


@given(batteries(), enrolments(), days)
def test_nothing_opens_before_its_day_or_is_open_after_its_window(
    battery: Battery, facts: EnrolmentFacts, today: date
) -> None:
    for each in plan_sittings(battery, facts, today):
        assert not each.sitting.off
        if each.opens_on is None or each.closes_on is None:
            assert not each.can_be_answered
            continue
        begun_on = facts.sittings.get(each.sitting.id, SittingFacts()).started_on
        first = min(each.opens_on, each.early_from or each.opens_on, begun_on or each.opens_on)
        inside = first <= today <= each.closes_on
        assert each.can_be_answered is (inside and each.state is not SittingState.FINISHED)
        length = each.sitting.window_days + each.sitting.window_days_before
        assert (each.closes_on - each.opens_on).days == length
        if each.state is SittingState.EARLY:
            assert each.early_from is not None and each.early_from <= today < each.opens_on
        if each.state is SittingState.DUE:
            assert each.opens_on <= today <= each.closes_on
        if each.state is SittingState.LATER:
            assert today < each.opens_on


@given(batteries(), enrolments(), days)
def test_only_what_can_be_answered_is_offered_and_never_what_was_skipped(
    battery: Battery, facts: EnrolmentFacts, today: date
) -> None:
    planned = plan_sittings(battery, facts, today)
    offered = next_to_answer(planned)
    wanted = [one for one in planned if one.state in (SittingState.DUE, SittingState.STARTED)]
    assert (offered is None) is (not wanted)
    if offered is not None:
        assert offered.can_be_answered
        assert facts.sittings.get(offered.sitting.id, SittingFacts()).skipped_on is None


@given(batteries(), enrolments(), days)
def test_with_time_a_sitting_only_ever_goes_on(battery: Battery, facts: EnrolmentFacts, today: date) -> None:
    """As days pass and nothing is done: later, early, due, closed, in that order."""
    order = [SittingState.LATER, SittingState.EARLY, SittingState.DUE, SittingState.CLOSED]
    nothing_done = replace(facts, sittings={})
    places: dict[str, int] = {}
    for step in range(0, 200, 7):
        for each in plan_sittings(battery, nothing_done, today + timedelta(days=step)):
            place = order.index(each.state)
            assert place >= places.get(each.sitting.id, 0)
            places[each.sitting.id] = place
