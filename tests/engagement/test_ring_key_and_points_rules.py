"""The points, and the order of the list."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Milestone, Rhythm, Way
from webapp.engagement.ring_key import ring_key
from webapp.engagement.rules import state

INVITED_ON = date(2026, 3, 2)
BUSY = tuple(range(10))


def day(number: int) -> date:
    return INVITED_ON + timedelta(days=number)


def patient(*active: int) -> Facts:
    return Facts(INVITED_ON, rhythm=Rhythm.AS_PLANNED, active_days=tuple(day(number) for number in active))


def planning(*modules: tuple[int, int | None], active: tuple[int, ...] = BUSY) -> Facts:
    """A patient with this plan."""
    return replace(patient(*active), milestones=plan(*modules))


def plan(*modules: tuple[int, int | None]) -> tuple[Milestone, ...]:
    """Modules as (planned day, day done)."""
    return tuple(
        Milestone(str(number), day(planned), None if done is None else day(done))
        for number, (planned, done) in enumerate(modules)
    )


@pytest.mark.parametrize(
    ("what", "facts", "number", "points"),
    [
        ("3 silent days", patient(*BUSY), 12, 0),
        ("4 silent days: 2", patient(*BUSY), 13, 2),
        ("6 silent days: 2", patient(*BUSY), 15, 2),
        ("7 silent days: 2 + 1", patient(*BUSY), 16, 3),
        ("9 silent days, 5 active in 14: 3 + 2", patient(*BUSY), 18, 5),
        ("12 silent days, 2 active in 14: 3 + 2 + 3", patient(*BUSY), 21, 8),
        ("13 silent days, 1 active in 14", patient(*BUSY), 22, 8),
        ("14 silent days: 5 + 5", patient(*BUSY), 23, 10),
        ("21 silent days: 7 + 5", patient(*BUSY), 30, 12),
        ("6 active in 14: 0", patient(*range(6)), 8, 0),
        ("5 active in 14: 2", patient(*range(5)), 7, 2),
        ("3 active in 14, week 1 not over: 2", patient(0, 1, 4), 6, 2),
        ("3 active in week 1: 2 + 1", patient(0, 1, 4), 7, 3),
        ("2 active in week 1: 5 + 1", patient(0, 4), 7, 6),
        ("one open of four: 6, pace .75 adds none", planning((1, 1), (2, 2), (3, 3), (4, None)), 9, 6),
        ("one open of three: 6 + 1", planning((1, 1), (2, 2), (3, None)), 9, 7),
        ("one open of two: 6 + 1, pace .5", planning((1, 1), (3, None)), 9, 7),
        ("the only one open: 6 + 1 + 1", planning((3, None)), 9, 8),
        ("two open of two: 6 + 5 + 1 + 1", planning((1, None), (3, None)), 9, 13),
        ("planned for today: nothing", planning((9, None)), 9, 0),
        ("everything: 7 + 11 + 5 + 2 + 1", planning((1, None), (3, None), active=(0,)), 21, 26),
        ("never started, day 14", patient(), 14, 10),
        ("a pause keeps the window", replace(patient(*BUSY), pauses=(Span(day(10), day(40)),)), 41, 0),
        ("a refresher has no points", replace(patient(0), door=Door.REFRESHER), 30, 0),
        ("nor has paper", replace(patient(0), way=Way.PAPER), 30, 0),
    ],
)  # fmt: skip
def test_points_of_the_scorecard(what: str, facts: Facts, number: int, points: int) -> None:
    assert state(facts, day(number)).points == points, what


def test_the_order_of_the_list() -> None:
    today = day(60)
    open_module = plan((10, None))
    in_order = {
        "safety alert": replace(patient(59), safety_alert_on=day(60)),
        "asked three days ago": replace(patient(59), asked_for_call_on=day(57)),
        "asked today": replace(patient(59), asked_for_call_on=day(60)),
        "agreed for yesterday": replace(patient(59), call_dates=(day(59),)),
        "red, 1 week silent, two open": replace(patient(*BUSY, 50), milestones=plan((10, None), (20, None))),
        "red, 1 week silent, one open": replace(patient(*BUSY, 50), milestones=open_module),
        "red, 2 weeks silent, two open": replace(patient(*BUSY, 45), milestones=plan((10, None), (20, None))),
        "red, 3 weeks silent": patient(*BUSY, 39),
        "not started, 2 weeks": replace(patient(), invited_on=day(46)),
        "not started, 8 weeks": patient(),
        "quieter, 0 weeks silent, module open": replace(patient(*BUSY, 59), milestones=open_module),
        "quieter, 1 week silent": patient(*BUSY, 53),
        "quieter, 2 weeks silent": patient(*BUSY, 46),
    }
    keys = {who: ring_key(state(facts, today), today) for who, facts in in_order.items()}
    assert None not in keys.values()
    assert sorted(keys, key=lambda who: keys[who] or 0) == list(in_order)
    assert len(set(keys.values())) == len(keys)


def test_whoever_is_not_on_the_list_has_no_key() -> None:
    assert ring_key(state(patient(0), day(1)), day(1)) is None
    assert ring_key(state(patient(0), day(29)), day(29)) is None


def test_a_key_fits_an_integer_column() -> None:
    ancient = replace(patient(), invited_on=date(1900, 1, 1))
    key = ring_key(state(ancient, date(9000, 1, 1)), date(9000, 1, 1))
    assert key is not None and 0 < key < 2**31


def test_symptom_scores_cannot_enter() -> None:
    words = ("score", "mood", "pain", "phq", "peg", "born", "age_")
    assert not [name for name in Facts.__dataclass_fields__ for word in words if word in name]
