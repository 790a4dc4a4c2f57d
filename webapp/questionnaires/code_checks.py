"""Check digits of LOINC and SNOMED CT codes: a code that was mistyped names something else, or nothing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from webapp.content.problems import did_you_mean
from webapp.questionnaires.instrument_files import InstrumentFile, ItemPart
from webapp.questionnaires.located_yaml import Finding, Place

TURNED = (1, 5, 7, 6, 2, 8, 3, 0, 9, 4)
"""Verhoeff's scheme: what a digit becomes one place further to the left, again and again."""


def problems_in_codes(part: InstrumentFile) -> Iterator[Finding]:
    """Every code whose check digit does not fit, and answer codes of what cannot be answered."""
    for place, loinc in _loinc_codes(part):
        if loinc is not None and not has_loinc_digit(loinc):
            yield place, f"'{loinc}' is not a LOINC code: its last digit does not fit", ""
    for place, snomed in _snomed_codes(part):
        if snomed is not None and not has_snomed_digit(snomed):
            yield place, f"'{snomed}' is not a SNOMED CT code: its last digit does not fit", ""
    yield from _item_answers(part)


def has_loinc_digit(code: str) -> bool:
    """LOINC's modulus 10: every second digit from the right counts double."""
    number, _, check = code.partition("-")
    doubled = [int(digit) * (2 - index % 2) for index, digit in enumerate(reversed(number))]
    return (sum(value // 10 + value % 10 for value in doubled) + int(check)) % 10 == 0


def has_snomed_digit(code: str) -> bool:
    """Verhoeff's check digit, by turns and mirrors of a pentagon (Verhoeff J. Error detecting decimal codes, 1969)."""
    state = 0
    for index, digit in enumerate(reversed(code)):
        state = _joined(state, _turned(int(digit), index % 8))
    return state == 0


def _turned(digit: int, times: int) -> int:
    for _ in range(times):
        digit = TURNED[digit]
    return digit


def _joined(one: int, other: int) -> int:
    """One symmetry of the pentagon after another: 0 to 4 are turns, 5 to 9 mirrors."""
    turn = one + other % 5 if one < 5 else one - other % 5
    return turn % 5 + (5 if (one < 5) is not (other < 5) else 0)


def _loinc_codes(part: InstrumentFile) -> Iterator[tuple[Place, str | None]]:
    yield ("loinc", "panel"), part.loinc.panel
    yield ("loinc", "score"), part.loinc.score
    for index, item in enumerate(part.items):
        yield ("items", index, "loinc"), item.loinc
    for index, scale in enumerate(part.scoring.subscales):
        yield ("scoring", "subscales", index, "loinc"), scale.loinc


def _snomed_codes(part: InstrumentFile) -> Iterator[tuple[Place, str | None]]:
    yield ("snomed", "score"), part.snomed.score
    for index, scale in enumerate(part.scoring.subscales):
        yield ("scoring", "subscales", index, "snomed"), scale.snomed


def _item_answers(part: InstrumentFile) -> Iterator[Finding]:
    items = {item.id: item for item in part.items}
    for name, codes in part.loinc.item_answers.items():
        place: Place = ("loinc", "item_answers", name)
        if name not in items:
            yield place, f"there is no item '{name}'", did_you_mean(name, items)
        else:
            yield from _answers(items[name], codes, place)


def _answers(item: ItemPart, codes: Mapping[int, str], place: Place) -> Iterator[Finding]:
    for value in codes:
        if not item.lowest <= value <= item.highest:
            yield (*place, value), f"{value} is not an answer to '{item.id}'", ""
