"""What the scores of a service say together, from the start of the course to its end or to months later."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.people import service as people
from webapp.questionnaires.alone_rules import with_alert
from webapp.questionnaires.catalogue import instruments, stand_in_for
from webapp.questionnaires.instruments import Instrument
from webapp.questionnaires.schedule_rules import Battery
from webapp.questionnaires.service import battery_of

from .together_reads import BASELINE, scores
from .together_rules import GAD_7, PHQ_9, Rates, Together, courses, rates, together

LATER = ("end", "month-6", "month-12")
"""The time points that can be compared with the start."""


@dataclass(frozen=True)
class Line:
    """One questionnaire and what its scores say."""

    instrument: Instrument
    said: Together


@dataclass(frozen=True)
class ScoresTogether:
    """Everything that the page says about one time point, and the time points (``choices``) that there are."""

    until: str
    choices: tuple[str, ...]
    lines: tuple[Line, ...]
    rates: Rates


def scores_together(by: Actor, until: str | None = None) -> ScoresTogether:
    """The numbers of the service of ``by`` from the start to ``until``, or to the first time point that it asks.

    Raises:
        people.NotFound: ``by`` acts in no service, or the service does not ask anything at ``until``.
    """
    if by.service_id is None:
        raise people.NotFound("service")
    battery = battery_of(people.service_with(by.service_id))
    choices = tuple(name for name in LATER if battery and _asked_at(battery, name))
    until = until or next(iter(choices), LATER[0])
    if until not in (choices or LATER):
        raise people.NotFound("time point")
    asked = _asked_both_times(battery, until) if battery else ()
    known = {name: instruments().get(name) for name in _all_of(asked)}
    versions = {name: one.version for name, one in known.items()}
    counted = courses(scores(db.session, by.service_id, until, known), versions)
    begun = {name for one in counted for name in one.before}
    shown = [known[name] for name in known if name in asked or (name in begun and _stands_for(name, asked))]
    lines = (Line(one, together(one.definition, counted)) for one in shown)
    return ScoresTogether(until, choices, tuple(lines), rates(counted))


def _asked_at(battery: Battery, time_point: str) -> tuple[str, ...]:
    """The questionnaires with a total of a time point, whole and shorter, in the order of the battery."""
    sittings = (each for point in battery.time_points if point.id == time_point for each in point.sittings)
    names = (name for one in sittings for name in (*one.instruments, *one.shorter))
    return tuple(
        name for name in dict.fromkeys(names) if instruments().get(name).definition.scale.has_a_score
    )


def _asked_both_times(battery: Battery, until: str) -> tuple[str, ...]:
    later = set(_asked_at(battery, until))
    return tuple(name for name in _asked_at(battery, BASELINE) if name in later)


def _all_of(asked: Iterable[str]) -> list[str]:
    """These, what is asked in their places where item 9 is on, and what the rates need; if it is known here."""
    names = [one for name in asked for one in (name, *with_alert([name], stand_in_for()))]
    return [name for name in dict.fromkeys((*names, PHQ_9, GAD_7)) if name in instruments().by_id]


def _stands_for(name: str, asked: Iterable[str]) -> bool:
    """Is it asked in the place of one of these, where item 9 is on?"""
    return name in with_alert(tuple(asked), stand_in_for())
