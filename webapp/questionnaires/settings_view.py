"""The service's schedule as its lead sees it: what is asked when, how long it takes, and what it also tells."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from webapp.foundations.access import Actor
from webapp.foundations.languages import page_language
from webapp.people import service_settings
from webapp.people.models import Service
from webapp.questionnaires.alone_rules import without_alert
from webapp.questionnaires.asked import Question, minutes_of, questions_of, texts_for
from webapp.questionnaires.catalogue import instruments, stand_in_for, twins
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.own_battery import WhatIsAsked, battery_of, with_text
from webapp.questionnaires.own_battery_rules import (
    Contradiction,
    Wrong,
    asks_nothing,
    contradictions,
    differing,
    with_differences,
)
from webapp.questionnaires.reading import NotFound
from webapp.questionnaires.schedule_rules import Battery, Sitting, TimePoint
from webapp.questionnaires.twin_rules import is_derived
from webapp.questionnaires.value_set_rules import ValueSet


@dataclass(frozen=True)
class SittingSettings:
    """One sitting as the service asks it: what, how many questions and minutes, and the same when time is short.

    ``part`` counts from 1 in its time point; ``follows`` is the part after which it opens, if it is one of them.
    """

    time_point: str
    part: int
    follows: int | None
    sitting: Sitting
    instruments: tuple[Instrument, ...]
    questions: int
    minutes: int
    shorter: tuple[Instrument, ...]
    short_questions: int
    short_minutes: int
    differs: bool


@dataclass(frozen=True)
class TimePointSettings:
    """One time point: its sittings, what all of them take, and which scores come from the same answers."""

    id: str
    sittings: tuple[SittingSettings, ...]
    questions: int
    minutes: int
    also: tuple[Instrument, ...]


def schedule_of(service: Service) -> tuple[TimePointSettings, ...]:
    """What is asked when in this service."""
    battery = battery_of(service)
    asked = WhatIsAsked(service.id)
    points = () if battery is None else battery.time_points
    return tuple(
        _time_point(point.id, [_sitting(point, one, asked, service) for one in point.sittings])
        for point in points
    )


def sitting_settings(service: Service, name: str) -> SittingSettings:
    """One sitting as the service asks it.

    Raises:
        NotFound: the battery has none of this name.
    """
    point, sitting = _sitting_called(battery_of(service), name)
    return _sitting(point, sitting, WhatIsAsked(service.id), service)


def choices() -> list[Instrument]:
    """The questionnaires that a sitting can be made of. One with a question for one person alone (PHQ-9) is not
    among them if another stands in for it: it takes that one's place by itself where it is switched on.
    """
    return [one for one in with_text() if stand_in_for().get(one.id) is None]


def without_text() -> list[Instrument]:
    """The questionnaires that cannot be asked here: their text is not here."""
    return [one for _, one in sorted(instruments().by_id.items()) if not one.texts]


def with_tables() -> list[Instrument]:
    """The questionnaires that can be asked here and are scored by one of several named tables of values."""
    return [one for one in with_text() if len(tables_of(one)) > 1]


def tables_of(instrument: Instrument) -> list[ValueSet]:
    """The tables of values from which a service may choose. One that asks a person's sex is not among them:
    a patient's record does not hold it.
    """
    sets = instrument.definition.value_sets
    return [one for _, one in sorted(sets.items()) if not one.needs_age_and_sex]


def chosen(names: tuple[str, ...]) -> list[str]:
    """The same with stand-ins in the place of questionnaires that are no choice."""
    return list(without_alert(names, stand_in_for()))


def title_of(instrument: Instrument) -> str:
    """What a questionnaire is called: its published title, or our name where its text is not here."""
    if not instrument.texts:
        return f"{instrument.names_in(page_language()[0]).heading} ({instrument.id})"
    return texts_for(instrument, page_language()[0]).title


def what_is_wrong(service: Service, name: str, wanted: Mapping[str, Any]) -> list[Contradiction]:
    """What would make no sense if this sitting were set so."""
    if asks_nothing(wanted):
        return [Contradiction(Wrong.NOTHING_ASKED, "instruments")]
    tried = with_differences(_default(), _merged(service, name, wanted), [one.id for one in with_text()])
    questions = {one.id: len(one.definition.items) for one in with_text()}
    return contradictions(tried, name, questions)


def change_sitting(service: Service, name: str, wanted: Mapping[str, Any], *, by: Actor) -> None:
    """Ask this sitting so from now on. Sittings that were begun keep what they began with."""
    kept = {**service.questionnaires, "sittings": _merged(service, name, wanted)}
    service_settings.change(service, {"questionnaires": kept}, by=by)


def in_order(names: list[str], before: tuple[str, ...]) -> list[str]:
    """The order of the schedule first, then that of the list."""
    return [*(name for name in before if name in names), *(name for name in names if name not in before)]


def _merged(service: Service, name: str, wanted: Mapping[str, Any]) -> dict[str, Any]:
    differs = differing(_sitting_called(_default(), name)[1], wanted)
    others = {key: value for key, value in service.questionnaires.get("sittings", {}).items() if key != name}
    return {**others, name: differs} if differs else others


def _default() -> Battery:
    battery = instruments().battery
    if battery is None:
        raise NotFound("battery")
    return battery


def _sitting_called(battery: Battery | None, name: str) -> tuple[TimePoint, Sitting]:
    """The sitting, and its time point."""
    points = () if battery is None else battery.time_points
    found = next(((point, one) for point in points for one in point.sittings if one.id == name), None)
    if found is None:
        raise NotFound(name)
    return found


def _sitting(point: TimePoint, sitting: Sitting, asked: WhatIsAsked, service: Service) -> SittingSettings:
    whole = [instruments().get(name) for name in asked.fresh(sitting)]
    short = [instruments().get(name) for name in asked.fresh(sitting, short=True)] if sitting.shorter else []
    questions, fewer = _questions(whole), _questions(short)
    places = {one.id: number for number, one in enumerate(point.sittings, start=1)}
    return SittingSettings(
        time_point=point.id,
        part=places[sitting.id],
        follows=places.get(sitting.opens.sitting or ""),
        sitting=sitting,
        instruments=tuple(whole),
        questions=len(questions),
        minutes=minutes_of(questions),
        shorter=tuple(short),
        short_questions=len(fewer),
        short_minutes=minutes_of(fewer),
        differs=sitting.id in service.questionnaires.get("sittings", {}),
    )


def _questions(parts: list[Instrument]) -> tuple[Question, ...]:
    return questions_of(parts, page_language()[0], twins())


def _time_point(name: str, sittings: list[SittingSettings]) -> TimePointSettings:
    on = [one for one in sittings if not one.sitting.off]
    asked = {instrument.id for one in on for instrument in one.instruments}
    keys = {
        (instrument.id, item.id)
        for one in on
        for instrument in one.instruments
        for item in instrument.definition.items
    }
    also = [
        one
        for _, one in sorted(instruments().by_id.items())
        if one.id not in asked and is_derived(one.definition, keys, twins())
    ]
    return TimePointSettings(
        id=name,
        sittings=tuple(sittings),
        questions=sum(one.questions for one in on),
        minutes=minutes_of([each for one in on for each in _questions(list(one.instruments))]),
        also=tuple(also),
    )
