"""Questions for one person alone: an answer that somebody must see (`alert_from`), never given through a helper.

A questionnaire with such a question is asked only where the service has named who sees the answer. Elsewhere, and
where somebody helps the patient to answer, the questionnaire without that question takes its place.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from webapp.questionnaires.definitions import Definition
from webapp.questionnaires.twin_rules import NONE, Twins, keys_of

StandIns = Mapping[str, str | None]


def holds_alert(definition: Definition) -> bool:
    """Has it a question whose answer a person must see?"""
    return any(item.alert_from is not None for item in definition.items)


def stand_ins(definitions: Sequence[Definition], twins: Twins) -> dict[str, str | None]:
    """For each questionnaire with such a question the longest one without, all of whose items it holds: PHQ-9 → PHQ-8.

    None where there is no such questionnaire.
    """
    return {one.id: _stand_in(one, definitions, twins) for one in definitions if holds_alert(one)}


def without_alert(names: Sequence[str], known: StandIns) -> tuple[str, ...]:
    """These questionnaires with stand-ins in their places. One that has none is left out."""
    found = [known.get(name, name) for name in names]
    return tuple(dict.fromkeys(name for name in found if name is not None))


def with_alert(names: Sequence[str], known: StandIns) -> tuple[str, ...]:
    """These questionnaires, each stand-in given up for the one in whose place it stands: PHQ-8 → PHQ-9."""
    back = {stand_in: one for one, stand_in in sorted(known.items(), reverse=True) if stand_in is not None}
    return tuple(dict.fromkeys(back.get(name, name) for name in names))


def _stand_in(definition: Definition, known: Sequence[Definition], twins: Twins) -> str | None:
    fitting = [
        one
        for one in known
        if one.id != definition.id and not holds_alert(one) and _is_in(one, definition, twins)
    ]
    return min(fitting, key=lambda one: (-len(one.items), one.id)).id if fitting else None


def _is_in(part: Definition, whole: Definition, twins: Twins) -> bool:
    there = set(keys_of(whole))
    return all(not twins.get(key, NONE).isdisjoint(there) for key in keys_of(part))
