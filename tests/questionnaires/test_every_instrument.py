"""What has to hold for every instrument that is here, whoever added it: properties, tried with many answers."""

from __future__ import annotations

import json
import random
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.questionnaires.conftest import OWN_FOLDER
from webapp.commands import main
from webapp.commands import questionnaires as commands
from webapp.questionnaires.instruments import read_instruments
from webapp.questionnaires.rules import (
    Better,
    Definition,
    Item,
    ItemKind,
    Method,
    NoScore,
    Scale,
    Score,
    item_value,
    score,
)

SHIPPED = read_instruments([OWN_FOLDER])
DEFINITIONS = [each.definition for each in SHIPPED.by_id.values()]
SCALES = [
    (definition, scale)
    for definition in DEFINITIONS
    for scale in (definition.scale, *definition.subscales)
    if scale.has_a_score
]
SUMMED = [pair for pair in SCALES if pair[1].method is not Method.VALUE_SET]
Given = dict[str, int | None]


def named(pair: tuple[Definition, Scale]) -> str:
    return f"{pair[0].id}/{pair[1].id}"


def numbered(definition: Definition) -> list[Item]:
    return [item for item in definition.items if not item.in_words]


def on_scale(definition: Definition, scale: Scale, answers: Mapping[str, int | str | None]) -> Score:
    result = score(definition, answers)
    return result if scale is definition.scale else result.subscales[scale.id]


def answers_of(definition: Definition, *, some_missing: bool = True) -> st.SearchStrategy[Given]:
    """Answers to all that can be answered with a number; any of them may be missing."""
    values = {item.id: st.integers(item.minimum, item.maximum) for item in numbered(definition)}
    maybe = {name: st.none() | each if some_missing else each for name, each in values.items()}
    return st.fixed_dictionaries(maybe)


@st.composite
def scale_and_answers(draw: st.DrawFn) -> tuple[Definition, Scale, Given]:
    """A scale, and answers of which few enough are missing for a score (where its rule allows any)."""
    definition, scale = draw(st.sampled_from(SCALES))
    answers = draw(answers_of(definition, some_missing=False))
    allowed = [name for name in scale.items if name not in scale.missing.never]
    allowed = [name for name in allowed if not scale.missing.only or name in scale.missing.only]
    most = min(scale.missing.max_missing, len(allowed))
    gone = draw(st.sets(st.sampled_from(allowed), max_size=most)) if allowed else set()
    return definition, scale, {**answers, **dict.fromkeys(gone)}


def may_be_missing(scale: Scale, name: str) -> bool:
    return name not in scale.missing.never and (not scale.missing.only or name in scale.missing.only)


def step_to_worse(item: Item, scale: Scale) -> int:
    """+1 if a higher answer is the worse one on this scale, -1 if a lower one is."""
    rises = item_value(item, item.maximum) > item_value(item, item.minimum)
    worse_is_lower = scale.better is Better.HIGH
    if scale.method is Method.VALUE_SET:
        return 1
    return -1 if rises is worse_is_lower else 1


def is_no_better(scale: Scale, this: Decimal, than: Decimal) -> bool:
    return this <= than if scale.better is Better.HIGH else this >= than


@pytest.mark.parametrize("pair", SUMMED, ids=named)
def test_the_answers_to_an_item_go_one_way(pair: tuple[Definition, Scale]) -> None:
    """A typing mistake in a table of values would make a worse answer count as a better one."""
    definition, scale = pair
    for name in scale.items:
        item = definition.item(name)
        values = [item_value(item, answer) for answer in range(item.minimum, item.maximum + 1)]
        steps = [later - earlier for earlier, later in pairwise(values)]
        assert all(step >= 0 for step in steps) or all(step <= 0 for step in steps), name
        assert values[0] != values[-1], name


@pytest.mark.parametrize("pair", SCALES, ids=named)
@settings(max_examples=20)
@given(st.data())
def test_a_worse_answer_never_gives_a_better_score(
    pair: tuple[Definition, Scale], data: st.DataObject
) -> None:
    """Also when several answers are worse at once, and with the same answers missing."""
    definition, scale = pair
    better = data.draw(answers_of(definition))
    worse = dict(better)
    for name in scale.items:
        answer, item = better[name], definition.item(name)
        if answer is not None and step_to_worse(item, scale) > 0:
            worse[name] = data.draw(st.integers(answer, item.maximum))
        elif answer is not None:
            worse[name] = data.draw(st.integers(item.minimum, answer))
    before, after = on_scale(definition, scale, better).total, on_scale(definition, scale, worse).total
    assert (before is None) is (after is None)
    if before is not None and after is not None:
        assert is_no_better(scale, after, before)


@pytest.mark.parametrize("pair", SUMMED, ids=named)
def test_the_worst_answers_give_the_worst_score(pair: tuple[Definition, Scale]) -> None:
    """The direction that is written in the file is the one that the answers have."""
    definition, scale = pair
    items = [definition.item(name) for name in scale.items]
    worst = {item.id: item.maximum if step_to_worse(item, scale) > 0 else item.minimum for item in items}
    best = {item.id: item.minimum + item.maximum - worst[item.id] for item in items}
    ends = [on_scale(definition, scale, answers).total for answers in (worst, best)]
    assert ends == sorted((scale.minimum, scale.maximum), reverse=scale.better is Better.LOW)


@given(scale_and_answers())
def test_a_score_lies_in_its_range_and_in_one_band(case: tuple[Definition, Scale, Given]) -> None:
    definition, scale, answers = case
    result = on_scale(definition, scale, answers)
    assert result.total is not None
    assert scale.minimum <= result.total <= scale.maximum
    if scale.bands:
        assert [band.id for band in scale.bands].count(result.band or "") == 1
    elif scale is not definition.scale or not definition.groups:
        assert result.band is None


@pytest.mark.parametrize("pair", SCALES, ids=named)
@settings(max_examples=20)
@given(st.data())
def test_there_is_a_score_exactly_when_the_missing_rule_allows_it(
    pair: tuple[Definition, Scale], data: st.DataObject
) -> None:
    definition, scale = pair
    answers = data.draw(answers_of(definition))
    ticks = {item.id for item in definition.items if item.kind is ItemKind.TICK}
    ticked = any(answers[name] is not None for name in ticks)
    missing = [name for name in scale.items if answers[name] is None and not (ticked and name in ticks)]
    rule = scale.missing
    allowed = (
        len(missing) < len(scale.items)
        and len(missing) <= rule.max_missing
        and all(may_be_missing(scale, name) for name in missing)
    )
    result = on_scale(definition, scale, answers)
    assert (result.total is not None) is allowed
    assert (result.reason is None) is allowed
    assert list(result.missing) == missing
    assert result.answered == len(scale.items) - len(missing)
    assert result.prorated is (allowed and bool(missing))


@pytest.mark.parametrize("pair", SCALES, ids=named)
def test_an_item_that_may_never_be_missing_is_never_made_up(pair: tuple[Definition, Scale]) -> None:
    definition, scale = pair
    full = {item.id: item.minimum for item in numbered(definition)}
    for name in scale.items:
        if not may_be_missing(scale, name) or not scale.missing.max_missing:
            result = on_scale(definition, scale, {**full, name: None})
            tick = definition.item(name).kind is ItemKind.TICK and len(scale.items) > 1
            assert (result.total is None) is not tick
            assert (name in result.missing) is not tick


@given(scale_and_answers())
def test_a_filled_score_stands_on_the_answered_ones_alone(case: tuple[Definition, Scale, Given]) -> None:
    """Each missing answer counts as the mean of the answered ones, or as the number that the rule names."""
    definition, scale, answers = case
    result = on_scale(definition, scale, answers)
    if not result.prorated:
        return
    values = [
        item_value(definition.item(name), answer)
        for name in scale.items
        if (answer := answers[name]) is not None
    ]
    filler = sum(values) / Fraction(len(values))
    if scale.missing.count_as is not None:
        filler = Fraction(scale.missing.count_as)
    whole = sum(values) + filler * (len(scale.items) - len(values))
    share = whole / len(scale.items) if scale.method is Method.MEAN else whole
    assert result.exact == (share + Fraction(scale.start)) * Fraction(scale.multiply)
    if scale.missing.count_as is None and scale.method is Method.SUM and not scale.start:
        each = len(scale.items) * Fraction(scale.multiply)
        assert min(values) * each <= result.exact <= max(values) * each


@given(st.sampled_from(DEFINITIONS), st.data())
def test_the_order_in_which_answers_come_does_not_matter(definition: Definition, data: st.DataObject) -> None:
    answers = data.draw(answers_of(definition))
    shuffled = list(answers.items())
    random.Random(data.draw(st.integers(0, 99))).shuffle(shuffled)
    assert score(definition, dict(shuffled)) == score(definition, answers)
    left_out = {name: answer for name, answer in answers.items() if answer is not None}
    assert score(definition, left_out) == score(definition, answers)


@given(st.sampled_from(DEFINITIONS), st.data())
def test_what_is_in_no_scale_changes_no_score(definition: Definition, data: st.DataObject) -> None:
    answers: dict[str, int | str | None] = {**data.draw(answers_of(definition))}
    scored = {name for scale in (definition.scale, *definition.subscales) for name in scale.items}
    scored |= {part.item or "" for group in definition.groups for part in group.when}
    before = score(definition, answers)
    for item in definition.items:
        if item.in_words:
            answers[item.id] = data.draw(st.none() | st.text())
        elif item.id not in scored:
            answers[item.id] = data.draw(st.none() | st.integers(item.minimum, item.maximum))
    assert score(definition, answers) == before


@given(st.sampled_from(DEFINITIONS), st.data())
def test_scoring_leaves_the_answers_as_they_were(definition: Definition, data: st.DataObject) -> None:
    answers = data.draw(answers_of(definition))
    kept = dict(answers)
    score(definition, answers)
    assert answers == kept


@given(st.integers(-5, 5), st.integers(1, 20), st.data())
def test_turning_an_answer_round_twice_gives_it_back(low: int, width: int, data: st.DataObject) -> None:
    item = Item("q", low, low + width, reverse=True)
    answer = data.draw(st.integers(low, low + width))
    turned = item_value(item, answer)
    assert low <= turned <= low + width
    assert item_value(item, int(turned)) == answer


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_nothing_answered_is_no_score_and_not_zero(definition: Definition) -> None:
    result = score(definition, {})
    for each in (result, *result.subscales.values()):
        assert (each.total, each.exact, each.band, each.group) == (None, None, None, None)
        assert (each.answered, each.reason) == (0, NoScore.NOTHING_ANSWERED)


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_the_json_of_a_score_is_the_same_every_time(
    definition: Definition, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(commands, "read_instruments", lambda folders: SHIPPED)
    typed = ",".join(str(item.minimum) for item in numbered(definition))
    said = [CliRunner().invoke(main, ["questionnaires", "score", definition.id, typed]) for _ in range(2)]
    assert [each.exit_code for each in said] == [0, 0], said[0].output
    assert said[0].stdout == said[1].stdout
    told = json.loads(said[0].stdout)
    assert list(told)[:6] == ["id", "version", "total", "subscales", "band", "missing"]
    assert set(told["subscales"]) == {scale.id for scale in definition.subscales}


@pytest.mark.parametrize("definition", DEFINITIONS, ids=lambda each: each.id)
def test_the_same_question_elsewhere_has_the_same_answers(definition: Definition) -> None:
    for item in definition.items:
        for other in item.same_as:
            instrument, _, name = other.partition("/")
            twin = SHIPPED.get(instrument).definition.item(name)
            assert (twin.kind, twin.minimum, twin.maximum) == (item.kind, item.minimum, item.maximum)
