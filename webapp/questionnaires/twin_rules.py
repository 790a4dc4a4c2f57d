"""The same published question in several questionnaires: it is asked once, and its answer counts in all of them.

A *key* names a question: (instrument, item). *Twins* are the keys that are the very same question.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

from webapp.questionnaires.definitions import Definition

Key = tuple[str, str]
Twins = Mapping[Key, frozenset[Key]]
NONE: frozenset[Key] = frozenset()


def twins_of(definitions: Iterable[Definition]) -> Twins:
    """For each question that has twins: all of them, itself left out. Said once, it holds both ways and on."""
    groups: dict[Key, set[Key]] = {}
    for definition in definitions:
        for item in definition.items:
            key = (definition.id, item.id)
            for other in item.same_as:
                instrument, _, name = other.partition("/")
                _join(groups, key, (instrument, name))
    return {key: frozenset(group - {key}) for key, group in groups.items()}


def asked_once(definitions: Sequence[Definition], twins: Twins) -> frozenset[Key]:
    """Which questions of these questionnaires are asked, if each is asked once: the longer questionnaire's."""
    asked: set[Key] = set()
    for definition in sorted(definitions, key=lambda one: -len(one.items)):
        for key in keys_of(definition):
            if asked.isdisjoint(twins.get(key, NONE)):
                asked.add(key)
    return frozenset(asked)


def answers_for(
    definition: Definition, places: Sequence[Mapping[Key, int | None]], twins: Twins
) -> dict[str, int | None]:
    """The answer to each item, its own or a twin's: from the first of the `places` in which somebody gave a number.

    An item that was answered nowhere is left out; one that was only met with "I'd rather not say" is None.
    """
    found: dict[str, int | None] = {}
    for key in keys_of(definition):
        same = (key, *sorted(twins.get(key, NONE)))
        given = [place[one] for place in places for one in same if one in place]
        if given:
            found[key[1]] = next((value for value in given if value is not None), None)
    return found


def is_derived(definition: Definition, answered: Collection[Key], twins: Twins) -> bool:
    """Can it be scored from other questionnaires alone: is each scored item the twin of one answered there?"""
    wanted = [(definition.id, item) for item in definition.scale.items]
    return (
        definition.scale.has_a_score
        and bool(wanted)
        and all(not twins.get(key, NONE).isdisjoint(answered) for key in wanted)
    )


def keys_of(definition: Definition) -> tuple[Key, ...]:
    """Every question of a questionnaire, in order."""
    return tuple((definition.id, item.id) for item in definition.items)


def _join(groups: dict[Key, set[Key]], one: Key, other: Key) -> None:
    both = groups.get(one, {one}) | groups.get(other, {other})
    for key in both:
        groups[key] = both
