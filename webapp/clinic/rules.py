"""Plain truths of the portal: what was searched for, which script fits, which day of the course it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from webapp.engagement.ring_key import first_key_of
from webapp.engagement.standing import Reason, ReasonKind, Tier

SITUATIONS = ("welcome", "not-started", "week-two", "quiet", "flare-up", "finishing")
"""The call scripts, in the order of the course. Source: this project's design (dropout.md 4, PRODUCT)."""

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MOOD = frozenset({"phq-8", "phq-9"})
"""Where one is asked, the other (with item 9) can stand. Source: questionnaire notes §2.4."""
MONTHS_IN_A_YEAR = 12

SHORTEST_PHONE_DIGITS = 7
_NUMBER = re.compile(r"^[+()\d\s./-]+$")
_DAY_FIRST = re.compile(r"^(\d{1,2})[\s./-]+(\d{1,2}|[^\W\d_]+\.?)[\s./-]+(\d{4})$")
_YEAR_FIRST = re.compile(r"^(\d{4})-(\d{1,2})-(\d{1,2})$")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Sought:
    """What somebody typed to find a patient, understood: a day of birth, a run of digits, or words."""

    born_on: date | None = None
    digits: str = ""
    words: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True if there is nothing to look for."""
        return self.born_on is None and not self.digits and not self.words


def sought(plain: str) -> Sought:
    """Understand what was typed; ``plain`` is a key as ``people.rules.plain_key`` makes it.

    Days are read as day, month, year (or ISO). A phone number loses its leading 0, because it is stored with
    the country's number in front.
    """
    if (born_on := day_in(plain)) is not None:
        return Sought(born_on=born_on)
    if plain and _NUMBER.match(plain):
        digits = re.sub(r"\D", "", plain)
        is_phone = len(digits) >= SHORTEST_PHONE_DIGITS
        return Sought(digits=digits.lstrip("0") if is_phone else digits)
    return Sought(words=tuple(word for word in re.split(r"[\s,]+", plain) if word))


def day_in(text: str) -> date | None:
    """The day that a text names: 3/3/1979, 3.3.1979, 3 march 1979 or 1979-03-03; None if it names none."""
    text = text.strip()
    if found := _YEAR_FIRST.match(text):
        return _day(found[3], found[2], found[1])
    if found := _DAY_FIRST.match(text):
        return _day(found[1], _month(found[2]), found[3])
    return None


def _month(text: str) -> str:
    short = text.rstrip(".")[:3]
    return str(_MONTHS.index(short) + 1) if short in _MONTHS else text


def _day(day: str, month: str, year: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def spellings(text: str) -> frozenset[str]:
    """The ways in which people write the beginning of a group's name: "aut" is also Aut and AUT.

    Ranges of whole texts, because the wall between services lets no function of a column into an index.
    """
    return frozenset({text, text.lower(), text.upper(), text.capitalize(), text.title()})


def ring_place(text: str | None) -> tuple[int, UUID] | None:
    """The place in the worklist after which the next page begins: ``ring key.enrolment``; or None."""
    key, _, enrolment_id = (text or "").partition(".")
    try:
        return int(key), UUID(enrolment_id)
    except ValueError:
        return None


def row_id(text: str | None) -> UUID | None:
    """An id out of an address; None if it is none."""
    try:
        return UUID(text or "")
    except ValueError:
        return None


def day_of_course(started_on: date | None, invited_on: date, today: date) -> int:
    """Day 1 is the day of the start; before the start it counts from the invitation."""
    return (today - (started_on or invited_on)).days + 1


def situation(state: str, reasons: Collection[str]) -> str:
    """The script that fits a patient's state and the kinds of their reasons, best match first."""
    if {"flare", "flare_check_in"} & set(reasons):
        return "flare-up"
    if "week_two" in reasons:
        return "week-two"
    if "not_back" in reasons:
        return "quiet"
    return {
        "invited": "not-started",
        "not_started": "not-started",
        "quieter": "quiet",
        "ring_first": "quiet",
        "lapsed": "quiet",
        "paused": "quiet",
        "left": "finishing",
        "finished": "finishing",
        "keeping_going": "finishing",
    }.get(state, "welcome")


def askings_a_year(sittings: Iterable[tuple[int, Collection[str]]]) -> int:
    """How often the mood questionnaire is asked of a patient in their first year: (months after, instruments)."""
    return sum(1 for months, asked in sittings if months < MONTHS_IN_A_YEAR and MOOD & set(asked))


PROMISED_BELOW = first_key_of(Tier.CHECK_IN)
"""Safety, calls asked for and calls agreed stand below this key: they are rung whatever the budget says.

Source: issue 5 (the order of the list); dropout.md 4 (the budget is for the flags).
"""


ALERTS_BELOW = first_key_of(Tier.ASKED)
"""Open safety alerts stand below this key."""


def place_in_address(ring_key: int, enrolment_id: UUID) -> str:
    """A place in the worklist as it stands in an address; ``ring_place`` reads it."""
    return f"{ring_key}.{enrolment_id}"


def next_in(
    places: Sequence[tuple[int, UUID]], was: tuple[int, UUID] | None, at: UUID | None = None
) -> UUID | None:
    """The enrolment to go on with; ``places`` stand in the list's order. None if there are none.

    ``at``, if it is among them; else the first behind ``was``, where the last one was; else the first of all.
    """
    if at is not None and any(enrolment_id == at for _, enrolment_id in places):
        return at
    behind = (enrolment_id for key, enrolment_id in places if was is not None and (key, enrolment_id) > was)
    return next(behind, places[0][1] if places else None)


def budget_of(own: int | None, of_service: int) -> int:
    """The calls that one person has time for in a week: their own number, else the service's."""
    return of_service if own is None else own


def calls_left(budget: int, made: int) -> int:
    """Calls of this week's budget that are left; never below zero."""
    return max(budget - made, 0)


def reasons_from(stored: Iterable[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """A summary row's reasons as they are shown.

    One open module is named, that of week 2 before any other. A slow start is left out where a stronger
    reason stands, because they tell the same thing.
    """
    found = [_reason(one) for one in stored]
    kinds = {one.kind for one in found}
    shown: list[Reason] = []
    for one in found:
        named_already = one.kind is ReasonKind.MODULE_OVERDUE and ReasonKind.WEEK_TWO in kinds
        second_module = one.kind is ReasonKind.MODULE_OVERDUE and any(o.kind is one.kind for o in shown)
        slow = one.kind is ReasonKind.SLOW_START and bool(STRONGER & kinds)
        if not (named_already or second_module or slow):
            shown.append(one)
    return tuple(shown)


STRONGER = {ReasonKind.WEEK_TWO, ReasonKind.MODULE_OVERDUE, ReasonKind.NO_VISIT, ReasonKind.FEW_DAYS}


def _reason(stored: Mapping[str, Any]) -> Reason:
    until_on = stored.get("until_on")
    return Reason(
        kind=ReasonKind(stored["kind"]),
        since_on=date.fromisoformat(stored["since_on"]),
        rule=stored["rule"],
        number=stored.get("number"),
        module=stored.get("module"),
        until_on=date.fromisoformat(until_on) if until_on else None,
        version=stored.get("version", ""),
    )


TAGGED = (
    ReasonKind.SAFETY_ALERT,
    ReasonKind.ASKED_FOR_CALL,
    ReasonKind.CALL_AGREED,
    ReasonKind.FLARE_CHECK_IN,
)
"""Reasons that stand on a row's tag before its state does, the most urgent first."""


LOOKED_IN = (ReasonKind.NOT_BACK, ReasonKind.NO_CALL_PLANNED)
SAYS_NOTHING = {"invited", "on_track"}
"""States that do not say why somebody stands on the list; a reason of LOOKED_IN does."""


def tagged_since(since_on: date, reasons: Iterable[Reason]) -> date:
    """Since when the tag is true: the day of the most urgent request, else the day of the state."""
    days = {one.kind: one.since_on for one in reasons}
    return next((days[kind] for kind in (*TAGGED, *LOOKED_IN) if kind in days), since_on)


def tag_of(state: str, reasons: Iterable[Reason]) -> str:
    """What a row's tag says: the most urgent request, else the state."""
    kinds = {one.kind for one in reasons}
    tagged = (*TAGGED, *LOOKED_IN) if state in SAYS_NOTHING else TAGGED
    return next((kind.value for kind in tagged if kind in kinds), state)
