"""The verbs of the refresher's route, of boosters and of coming back: look at one's skills, take a stop, go on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from webapp.content import ModuleText
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations import audit, clock
from webapp.foundations.access import Actor
from webapp.foundations.database import db
from webapp.foundations.languages import ENGLISH
from webapp.people import service as people
from webapp.people.models import Service

from . import rules_route, service, shelf, skill_words
from .route_models import Route, SkillCheck, WayOn
from .rules_route import LIGHTER, MODULE_AGAIN, THE_WHOLE, WHOLE, Answered, GoingOn, RouteSettings, Stop

SHARED_KIND = "route"
ENTRY, AGAIN, BOOSTER, SKIPPED = "entry", "again", "booster", "skipped"
TOOL_ACTS = {
    "pacing-tries": ("pacing/try", "pacing/quick_way"),
    "pacing-start": ("pacing/start", "pacing/new_start"),
    "goal-start": ("goals/begun",),
}
"""Which acts show that the tool of a key exercise was used again."""


def settings_from(stored: Mapping[str, Any]) -> RouteSettings:
    """A service's own numbers over the usual ones. Unknown names are left out."""
    known = {field.name for field in fields(RouteSettings)}
    return replace(rules_route.USUAL, **{name: number for name, number in stored.items() if name in known})


# --- looking at one's skills --------------------


@dataclass(frozen=True)
class Look:
    """One look at the skills; without answers it was skipped."""

    occasion: str
    answers: dict[str, int]
    on: date


def looks_of(enrolment: Enrolment) -> tuple[Look, ...]:
    """Every look of this enrolment, oldest first."""
    rows = (
        select(SkillCheck.occasion, SkillCheck.answers, SkillCheck.on)
        .where(SkillCheck.service_id == enrolment.service_id, SkillCheck.enrolment_id == enrolment.id)
        .order_by(SkillCheck.id)
    )
    return tuple(Look(*row) for row in db.session.execute(rows))


def answered(looks: tuple[Look, ...]) -> tuple[Answered, ...]:
    """The looks that hold an answer, for the rules."""
    return tuple(Answered(one.on, one.answers) for one in looks if one.answers)


def look(enrolment: Enrolment, answers: Mapping[str, int], *, at_booster: bool, by: Actor) -> Route:
    """Keep what the patient said of their skills, and begin the route that follows from it. Earlier ones stay.

    Raises:
        ValueError: an answer is not of the eight skills or not 0 to 10, or there is none.
    """
    if not answers or any(not _is_answer(*one) for one in answers.items()):
        raise ValueError("a look at the skills holds 0 to 10 for some of the eight")
    occasion = BOOSTER if at_booster else AGAIN if looks_of(enrolment) else ENTRY
    check = _keep_look(enrolment, occasion, dict(answers), by)
    row = Route(
        service_id=enrolment.service_id,
        enrolment_id=enrolment.id,
        check_id=check.id,
        stops=list(rules_route.stops(answers, _there(), settings_from(_service(enrolment).pacing))),
        begun_at=check.at,
        begun_on=check.on,
    )
    db.session.add(row)
    engagement.record(by, enrolment, "skills_looked_at", occasion)
    return row


def skip_look(enrolment: Enrolment, *, by: Actor) -> None:
    """The patient would rather not look at their skills now: no reason is asked."""
    _keep_look(enrolment, SKIPPED, {}, by)
    engagement.record(by, enrolment, "skills_looked_at", SKIPPED)


def _is_answer(skill: str, number: int) -> bool:
    return skill in rules_route.SKILLS and rules_route.LOWEST <= number <= rules_route.HIGHEST


def _keep_look(enrolment: Enrolment, occasion: str, answers: dict[str, int], by: Actor) -> SkillCheck:
    row = SkillCheck(
        service_id=enrolment.service_id,
        enrolment_id=enrolment.id,
        occasion=occasion,
        answers=answers,
        at=clock.now(),
        on=clock.today(_service(enrolment).time_zone),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(by, "created", "skill_check", row.id, patient_id=enrolment.patient_id)
    return row


def _there() -> frozenset[str]:
    return frozenset(module.name for module in shelf.course().modules)


def _service(enrolment: Enrolment) -> Service:
    return people.service_with(enrolment.service_id)


# --- the route --------------------


class NoSuchStop(LookupError):
    """The patient has no route with this stop: a page answers 404."""


@dataclass(frozen=True)
class RouteTaken:
    """The route that a patient is on. ``stops`` are those whose module is there, in the route's order."""

    id: UUID
    begun_on: date
    stops: tuple[Stop, ...]

    @property
    def ahead(self) -> Stop | None:
        """The stop to go on with; None when the route is walked."""
        return rules_route.stop_ahead(self.stops)

    @property
    def done(self) -> int:
        """How many stops are behind them."""
        return sum(stop.is_done for stop in self.stops)

    @property
    def here(self) -> int | None:
        """The place, from 1, of the stop to go on with; None when the route is walked."""
        return next((number for number, stop in enumerate(self.stops, 1) if not stop.is_done), None)


def route_of(enrolment: Enrolment, texts: Mapping[str, ModuleText]) -> RouteTaken | None:
    """The patient's latest route, with what was done since it began. ``texts``: the modules that are there."""
    row = _latest_route(enrolment)
    if row is None:
        return None
    skills = [skill for skill in row.stops if skill in texts]
    acts = {skill: acts_that_finish(skill, texts[skill]) for skill in skills}
    whats = frozenset[str]().union(*acts.values())
    done = engagement.done_since(enrolment, row.begun_at, whats) if whats else frozenset()
    stops = tuple(Stop(skill, skill in row.said_done, bool(acts[skill] & done)) for skill in skills)
    return RouteTaken(row.id, row.begun_on, stops)


def acts_that_finish(module: str, text: ModuleText) -> frozenset[str]:
    """The acts (as events name them) that show: the module's last page was read, or its key exercise was done."""
    found = {f"{module}/{text.pages[-1].name}"}
    key = service.key_of(text)
    if key is not None:
        found |= {f"{module}/{key.name}", f"tool/{key.name}", *TOOL_ACTS.get(key.kind, ())}
    return frozenset(found)


def _latest_route(enrolment: Enrolment) -> Route | None:
    rows = select(Route).where(Route.service_id == enrolment.service_id, Route.enrolment_id == enrolment.id)
    return db.session.scalar(rows.order_by(Route.id.desc()).limit(1))


def say_done(enrolment: Enrolment, skill: str, done: bool, *, by: Actor) -> None:
    """The patient says that a stop is behind them, or takes that back.

    Raises:
        NoSuchStop: their route has no such stop.
    """
    row = _latest_route(enrolment)
    if row is None or skill not in row.stops:
        raise NoSuchStop(skill)
    others = [known for known in row.said_done if known != skill]
    row.said_done = [*others, skill] if done else others
    audit.record(by, "changed", "route", row.id, patient_id=enrolment.patient_id, fields=["said_done"])
    engagement.record(by, enrolment, "route_stop" if done else "route_stop_again", skill)


def share_route(enrolment: Enrolment, shared: bool, *, by: Actor) -> None:
    """Share the present route with the team, or take that back. A later route is private again.

    Raises:
        NoSuchStop: there is no route.
    """
    row = _latest_route(enrolment)
    if row is None:
        raise NoSuchStop("route")
    people.share(enrolment.patient_id, SHARED_KIND, row.id, shared, by=by)


def is_shared(enrolment: Enrolment, route_id: UUID) -> bool:
    """Does the team see this route now?"""
    shared = people.shared_things(enrolment.service_id, enrolment.patient_id, SHARED_KIND)
    return (SHARED_KIND, str(route_id)) in shared


@dataclass(frozen=True)
class SharedStop:
    """One stop as the team reads it."""

    title: str
    is_done: bool


@dataclass(frozen=True)
class SharedRoute:
    """A route that the patient shares: its stops in words, never the numbers behind them."""

    begun_on: date
    stops: tuple[SharedStop, ...]


def shared_route(by: Actor, patient_id: UUID) -> SharedRoute | None:
    """The route of this patient's present way, if they share it; the caller writes down the look."""
    try:
        enrolment = engagement.current_enrolment(by, patient_id)
    except engagement.NotEnrolled:
        return None
    texts = {module.name: module.text(ENGLISH) for module in shelf.course().modules}
    route = route_of(enrolment, texts)
    if route is None or not is_shared(enrolment, route.id):
        return None
    stops = tuple(SharedStop(skill_words.name(stop.skill), stop.is_done) for stop in route.stops)
    return SharedRoute(route.begun_on, stops)


# --- how to go on after weeks away --------------------


def way_of(enrolment: Enrolment) -> GoingOn:
    """How the patient chose last to go on; the whole course without a choice."""
    rows = select(WayOn.way, WayOn.module).where(
        WayOn.service_id == enrolment.service_id, WayOn.enrolment_id == enrolment.id
    )
    row = db.session.execute(rows.order_by(WayOn.id.desc()).limit(1)).first()
    return GoingOn(row.way, row.module) if row else THE_WHOLE


def go_on_as_before(enrolment: Enrolment, *, by: Actor) -> None:
    """Back after weeks: on from where they were, in the way they had."""
    _keep_way(enrolment, way_of(enrolment), by=by)


def take_way(enrolment: Enrolment, lighter: bool, *, by: Actor) -> None:
    """The lighter route from now on, or the whole course again."""
    _keep_way(enrolment, GoingOn(LIGHTER if lighter else WHOLE), by=by)


def begin_again(here: service.InModule, *, by: Actor) -> None:
    """This module once more from its first page, in its short version. What was written in it stays."""
    service.mark(here, again_at=clock.now())
    _keep_way(here.enrolment, GoingOn(MODULE_AGAIN, here.module.name), by=by)


def _keep_way(enrolment: Enrolment, way: GoingOn, *, by: Actor) -> None:
    row = WayOn(
        service_id=enrolment.service_id,
        enrolment_id=enrolment.id,
        way=way.name,
        module=way.module,
        at=clock.now(),
    )
    db.session.add(row)
    db.session.flush()
    audit.record(by, "created", "way_on", row.id, patient_id=enrolment.patient_id)
    engagement.record(by, enrolment, "way_on", way.name)
