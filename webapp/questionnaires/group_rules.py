"""Compound rules: a group that follows from several scores or answers, such as low, medium and high risk
of the STarT Back tool. For staff only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from webapp.questionnaires.definitions import Condition, Group


def group_of(
    groups: Sequence[Group], scores: Mapping[str, Decimal | None], answers: Mapping[str, int | None]
) -> str | None:
    """The first group whose conditions all hold, or `None`.

    `scores` holds the total (as `total`) and each subscale; `answers` are as they were given. What is not
    known decides nothing: if a group could hold, but a score or an answer for it is missing, there is no
    group, because a later one would then be a guess.
    """
    for group in groups:
        held = [_holds(condition, scores, answers) for condition in group.when]
        if all(held):
            return group.id
        if False not in held:
            return None
    return None


def _holds(
    condition: Condition, scores: Mapping[str, Decimal | None], answers: Mapping[str, int | None]
) -> bool | None:
    if condition.item is not None:
        answer = answers.get(condition.item)
        value = None if answer is None else Decimal(answer)
    else:
        value = scores.get(condition.scale or "")
    return None if value is None else _lies_within(condition, value)


def _lies_within(condition: Condition, value: Decimal) -> bool:
    return (
        (condition.at_least is None or value >= condition.at_least)
        and (condition.at_most is None or value <= condition.at_most)
        and (not condition.one_of or value in condition.one_of)
    )
