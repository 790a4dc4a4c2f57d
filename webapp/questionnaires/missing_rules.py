"""What becomes of answers that were not given, by each scale's published rule. An item is never made up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from webapp.questionnaires.definitions import Item, ItemKind, MissingRule, NoScore, Scale


def with_unticked(items: Iterable[Item], answers: Mapping[str, int | None]) -> dict[str, int | None]:
    """The answers, in which a sentence that was not ticked is 0 as soon as one of them was answered.

    The Roland-Morris questionnaire counts ticks, and "not applicable" is not ticked. If no sentence has an
    answer at all, the page was not saved: then nothing is known, and nothing is added.
    """
    ticks = [item.id for item in items if item.kind is ItemKind.TICK]
    if all(answers.get(name) is None for name in ticks):
        return dict(answers)
    return {**answers, **{name: answers.get(name) or 0 for name in ticks}}


def why_no_score(scale: Scale, missing: Sequence[str]) -> NoScore | None:
    """The reason for which these missing answers allow no score, or `None` if they do."""
    rule = scale.missing
    if len(missing) == len(scale.items):
        return NoScore.NOTHING_ANSWERED
    if len(missing) > rule.max_missing:
        return NoScore.TOO_MANY_MISSING
    return NoScore.NEEDED_MISSING if any(not _may_be_missing(rule, name) for name in missing) else None


def with_missing_filled(rule: MissingRule, values: list[Fraction], missing: Sequence[str]) -> list[Fraction]:
    """The values, with the mean of the answered ones (or the rule's own number) for each that is missing."""
    filler = sum(values, Fraction()) / len(values) if rule.count_as is None else Fraction(rule.count_as)
    return values + [filler] * len(missing)


def _may_be_missing(rule: MissingRule, item_id: str) -> bool:
    return item_id not in rule.never and (not rule.only or item_id in rule.only)
