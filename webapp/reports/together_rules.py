"""What the scores of many people say together: who is counted, which numbers follow, and which stay untold.

Whoever answered at the start and again is in a pair, and each person once. Nothing here is a cause: there is no
comparison group. A count under `FEWEST` is never told.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from webapp.questionnaires import talking_therapies_rules as talking_therapies
from webapp.questionnaires.change_rules import Change, Direction, change
from webapp.questionnaires.effect_size_rules import MeanChange, mean_change
from webapp.questionnaires.outcome_rules import Proportion, Responders, responders, responders_by_percent
from webapp.questionnaires.rules import Better, ChangeRule, Definition, Scale, Score, band_of

FEWEST = 5
"""The smallest count that is told. Source: NHS practice for small numbers, "suppress cells below 5"."""
PHQ_9, GAD_7 = "phq-9", "gad-7"


@dataclass(frozen=True, slots=True)
class Row:
    """One score: whose, in which way through the course, at the start or (`later`) at the time compared with it."""

    patient: Hashable
    enrolment: Hashable
    later: bool
    instrument: str
    version: int
    score: Score
    derived: bool


@dataclass(frozen=True, slots=True)
class Course:
    """One person's way through the course: the first score of each questionnaire at the start, and later."""

    before: dict[str, Row] = field(default_factory=dict)
    after: dict[str, Row] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, in per cent with the 95% interval (Wilson). Everything that is too small to tell is `None`."""

    count: int | None
    of: int | None
    percent: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Together:
    """What the scores of one questionnaire say. `baseline` and `paired` are people; `None` is fewer than `FEWEST`.

    `mean`, `better` and `worse` are `None` if too few are paired; `better` and `worse` also where no rule is
    told first. `derived`: some of these scores were worked out from the same questions elsewhere.
    """

    baseline: int | None
    paired: int | None
    mean: MeanChange | None
    rule: ChangeRule | None
    better: Share | None
    worse: Share | None
    derived: bool


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates of NHS Talking Therapies among `paired` people; `None` each if there are too few.

    Recovery and reliable recovery are shares of those with caseness at the start, the others of all pairs.
    """

    paired: int | None
    caseness: Share | None = None
    recovery: Share | None = None
    improvement: Share | None = None
    deterioration: Share | None = None
    reliable_recovery: Share | None = None


def courses(rows: Iterable[Row], versions: Mapping[str, int]) -> list[Course]:
    """Each person once: their first way through the course in which they answered at the start.

    `rows` come with the earlier way through and the earlier score first. A score of another version than that
    of `versions` is not counted, and neither are answers that gave no total.
    """
    found: dict[Hashable, dict[Hashable, Course]] = {}
    for row in rows:
        if row.score.total is None or versions.get(row.instrument) != row.version:
            continue
        course = found.setdefault(row.patient, {}).setdefault(row.enrolment, Course())
        (course.after if row.later else course.before).setdefault(row.instrument, row)
    ways = (next((one for one in each.values() if one.before), None) for each in found.values())
    return [course for course in ways if course is not None]


def together(definition: Definition, people: Iterable[Course]) -> Together:
    """The numbers of one questionnaire. Two scores that are not alike (see `change_rules.change`) are no pair."""
    name, scale = definition.id, definition.scale
    begun = [course for course in people if name in course.before]
    both = [(one.before[name], one.after[name]) for one in begun if name in one.after]
    changes = [change(definition, before.score, after.score) for before, after in both]
    pairs = [each for each in changes if each.by is not None]
    rule = next((one for one in scale.changes if one.id == scale.lead), None)
    enough = len(pairs) >= FEWEST
    better = worse = None
    if enough and rule is not None:
        better = share(reached(pairs, scale, rule, Direction.BETTER))
        worse = share(reached(pairs, scale, rule, Direction.WORSE))
    return Together(
        baseline=told(len(begun)),
        paired=told(len(pairs)),
        mean=mean_change([_totals(each) for each in pairs], scale.better) if enough else None,
        rule=rule,
        better=better,
        worse=worse,
        derived=any(row.derived for one in begun for row in _rows(one, name)),
    )


def reached(changes: Sequence[Change], scale: Scale, rule: ChangeRule, way: Direction) -> Proportion:
    """Who changed that way by the rule, of those whose first score left room for it (see `outcome_rules`).

    Where the rule asks for another band, whoever began in the last band of that way had no room either.
    """
    count = sum(each.direction is way and rule in each.reaches for each in changes)
    end = _end(scale, way)
    able = [each for each in changes if not rule.another_band or _can_leave_band(scale, each, end)]
    room = _room([_totals(each) for each in able], scale, rule)
    of = len(able) if room is None else (room.better if way is Direction.BETTER else room.worse).of
    return Proportion(count, of)


def rates(people: Iterable[Course]) -> Rates:
    """The rates of NHS Talking Therapies: only people with PHQ-9 and GAD-7, both at both times."""
    pairs = [pair for course in people if (pair := _pair(course)) is not None]
    if len(pairs) < FEWEST:
        return Rates(None)
    found = talking_therapies.rates(pairs)
    return Rates(
        paired=len(pairs),
        caseness=share(Proportion(found.recovery.of, len(pairs))),
        recovery=_of_share(found.recovery),
        improvement=_of_share(found.reliable_improvement),
        deterioration=_of_share(found.reliable_deterioration),
        reliable_recovery=_of_share(found.reliable_recovery),
    )


def told(count: int) -> int | None:
    """The count, or `None` if it is under `FEWEST`: 0 is as untold as 4."""
    return count if count >= FEWEST else None


def share(found: Proportion) -> Share:
    """The share as it is told: a count under `FEWEST` stays untold with its percentage and interval.

    The others (`of` less `count`) are not told either, but they are not hidden from whoever subtracts.
    """
    count, of = told(found.count), told(found.of)
    if count is None or found.share is None or found.low is None or found.high is None:
        return Share(None, of)
    return Share(count, of, 100 * found.share, 100 * found.low, 100 * found.high)


def _rows(course: Course, name: str) -> list[Row]:
    return [scores[name] for scores in (course.before, course.after) if name in scores]


def _of_share(found: talking_therapies.Share) -> Share:
    return share(Proportion(found.count, found.of))


def _pair(course: Course) -> talking_therapies.Pair | None:
    if any(name not in scores for scores in (course.before, course.after) for name in (PHQ_9, GAD_7)):
        return None
    before, after = course.before, course.after
    return talking_therapies.Pair(
        phq_before=_total(before[PHQ_9]),
        phq_after=_total(after[PHQ_9]),
        gad_before=_total(before[GAD_7]),
        gad_after=_total(after[GAD_7]),
    )


def _total(row: Row) -> Decimal:
    assert row.score.total is not None, "courses() leaves out what has no total"
    return row.score.total


def _totals(each: Change) -> tuple[Decimal, Decimal]:
    assert each.earlier is not None and each.later is not None, "only pairs with both totals come here"
    return each.earlier, each.later


def _end(scale: Scale, way: Direction) -> Decimal:
    """The best or the worst score."""
    upwards = (scale.better is Better.HIGH) == (way is Direction.BETTER)
    return scale.maximum if upwards else scale.minimum


def _can_leave_band(scale: Scale, each: Change, end: Decimal) -> bool:
    return band_of(scale, _totals(each)[0]) != band_of(scale, end)


def _room(pairs: Sequence[tuple[Decimal, Decimal]], scale: Scale, rule: ChangeRule) -> Responders | None:
    if rule.points is not None:
        return responders(pairs, scale, rule.points)
    return None if rule.percent is None else responders_by_percent(pairs, scale, rule.percent)
