"""Where everything stands for one patient today: each module's place on the path, and the one next step."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from webapp.content import Module, ModuleText
from webapp.engagement.day_rules import Span
from webapp.engagement.facts import Door, Facts, Flare, Rhythm
from webapp.engagement.gathering import facts_of
from webapp.engagement.models import Enrolment
from webapp.foundations import clock
from webapp.foundations.access import Actor
from webapp.people.models import Service

from . import routes_taken, rules, rules_route, service, shelf, tools
from .routes_taken import ENTRY, Look, RouteTaken
from .rules import Place, Progress, Standing
from .rules_route import THE_WHOLE, USUAL, Boosters, GoingOn, RouteSettings
from .service import Begun


@dataclass(frozen=True)
class ModuleOnPath:
    """One module as the path shows it. ``go_on_with`` is the name of the first unread page, None when all
    were read. ``key_was_used``: its key exercise was done, in the module or with its tool.
    """

    module: Module
    text: ModuleText
    place: Place
    begun: Begun | None
    key_was_used: bool

    @property
    def name(self) -> str:
        """The module's folder name."""
        return self.module.name

    @property
    def title(self) -> str:
        """The title in the patient's language."""
        return self.text.title

    @property
    def pages_read(self) -> int:
        """How many of its pages were read."""
        return sum(page.name in self._read for page in self.text.pages)

    @property
    def minutes_left(self) -> int:
        """Minutes of the pages that were not read."""
        return rules.minutes_left([(page.name, page.minutes) for page in self.text.pages], self._read)

    @property
    def go_on_with(self) -> str | None:
        """Where the patient left off."""
        return rules.page_to_go_on_with([page.name for page in self.text.pages], self._read)

    @property
    def key_is_settled(self) -> bool:
        """Was the key exercise done, left for later, or is there none?"""
        return self.key_was_used or self.key_is_kept or service.key_of(self.text) is None

    @property
    def key_is_kept(self) -> bool:
        """Was the key exercise left for later, and not done since?"""
        return self.begun is not None and self.begun.key_left_at is not None and not self.key_was_used

    @property
    def _read(self) -> frozenset[str]:
        return self.begun.read if self.begun else frozenset()


class Step(StrEnum):
    """What the one next step is."""

    BEGIN = "begin"
    GO_ON = "go_on"
    FINISH = "finish"  # every page was read; the key exercise is left, or was done outside the module
    WAIT = "wait"  # the next module opens on its day, or now if they like
    READ_AGAIN = "read_again"  # a stop of the route whose module was done before the route began
    ROUTE_WALKED = "route_walked"  # nothing has slipped, or every stop is behind them: all is open
    ALL_DONE = "all_done"


@dataclass(frozen=True)
class NextStep:
    """The one next step in the course. ``at`` is None only when all is done, or the route walked."""

    step: Step
    at: ModuleOnPath | None = None


@dataclass(frozen=True)
class Journey:
    """The whole way of one enrolment as of today."""

    enrolment: Enrolment
    facts: Facts
    today: date
    modules: tuple[ModuleOnPath, ...]
    settings: RouteSettings = USUAL
    looks: tuple[Look, ...] = ()
    route: RouteTaken | None = None
    way: GoingOn = THE_WHOLE

    @property
    def core(self) -> tuple[ModuleOnPath, ...]:
        """The modules that everybody is asked to do."""
        return tuple(one for one in self.modules if one.module.core)

    @property
    def optional(self) -> tuple[ModuleOnPath, ...]:
        """The modules for those who need them."""
        return tuple(one for one in self.modules if not one.module.core)

    @property
    def done(self) -> int:
        """How many core modules are done."""
        return sum(one.place.standing is Standing.DONE for one in self.core)

    @property
    def here(self) -> int | None:
        """The place on the path, from 1, of the module to go on with; None when none is open or all are
        done.
        """
        return next((n for n, one in enumerate(self.core, 1) if one.place.standing is Standing.HERE), None)

    @property
    def pause(self) -> Span | None:
        """The pause that holds today, if there is one. On its last day they are back."""
        pauses = self.facts.pauses
        return next(
            (one for one in pauses if rules_route.pause_holds(one.from_on, one.until_on, self.today)), None
        )

    @property
    def left_on(self) -> date | None:
        """The day on which the patient stopped, if they have."""
        return self.facts.ended_on

    @property
    def is_back_from_pause(self) -> bool:
        """Has a pause come to its end, and has nothing happened since?"""
        ends = [one.until_on for one in self.facts.pauses]
        return self.pause is None and rules_route.is_back_from_pause(ends, self.last_active_on, self.today)

    @property
    def is_back_after_weeks(self) -> bool:
        """Is somebody of the course door here again after weeks, with a module to go on with?"""
        may_choose = not self.is_refresher and self.pause is None and self.flare is None
        is_back = rules_route.is_back_after_weeks(self.last_active_on, self.today, self.settings)
        return may_choose and is_back and self.here is not None

    @property
    def last_active_on(self) -> date | None:
        """The last day on which the patient did something."""
        return self.facts.active_days[-1] if self.facts.active_days else None

    @property
    def flare(self) -> Flare | None:
        """The flare-up that is not said to be over."""
        return next((one for one in self.facts.flares if one.until_on is None), None)

    @property
    def is_new(self) -> bool:
        """Has nothing been begun yet?"""
        return all(one.begun is None for one in self.modules)

    @property
    def is_refresher(self) -> bool:
        """Is everything open, with no dates?"""
        return self.facts.door is Door.REFRESHER

    @property
    def looks_at_skills(self) -> bool:
        """May the patient look at the eight skills? Through the refresher door, and after the course."""
        return _looks_at_skills(self.facts)

    @property
    def asks_skills_first(self) -> bool:
        """Is "what has slipped?" the next step: a refresher who has neither looked, nor skipped, nor begun?"""
        return self.is_refresher and self.is_new and not self.looks

    @property
    def boosters(self) -> Boosters:
        """The booster that is offered today, and the next one; none before the start."""
        entry = next((one.on for one in self.looks if one.occasion == ENTRY), None)
        since_on = (entry or self.facts.started_on) if self.is_refresher else self.facts.finished_on
        if since_on is None:
            return Boosters()
        return rules_route.boosters(since_on, [one.on for one in self.looks], self.today, self.settings)

    @property
    def own_speed(self) -> bool:
        """Did the patient choose their own speed (or come through the refresher door)?"""
        return self.is_refresher or self.facts.rhythm is Rhythm.OWN_SPEED

    def find(self, name: str) -> ModuleOnPath | None:
        """The module of that name on this path."""
        return next((one for one in self.modules if one.name == name), None)


def journey_of(enrolment: Enrolment, of: Service, language: str, *, by: Actor) -> Journey:
    """The whole way of this enrolment. The number of queries does not grow with what the patient has done."""
    today = clock.today(of.time_zone)
    facts = facts_of(enrolment, of, today)
    begun = service.begun_in(enrolment)
    modules = shelf.course().modules
    texts = service.texts_kept(
        enrolment.service_id, [(one, begun.get(one.name)) for one in modules], language
    )
    opens = _opening_days(facts)
    progress = [_progress(one, begun.get(one.name), opens) for one in modules]
    has_left = facts.ended_on is not None  # everything is there to be read, and no day is named
    places = rules.places(progress, today, all_open=has_left or facts.door is Door.REFRESHER)
    with_skills = _looks_at_skills(facts)
    used = _keys_used(enrolment, begun, texts, by)
    return Journey(
        enrolment,
        facts,
        today,
        tuple(
            ModuleOnPath(one, texts[one.name], place, begun.get(one.name), one.name in used)
            for one, place in zip(modules, places, strict=True)
        ),
        routes_taken.settings_from(of.pacing),
        looks=routes_taken.looks_of(enrolment) if with_skills else (),
        route=routes_taken.route_of(enrolment, texts) if with_skills else None,
        way=THE_WHOLE if facts.door is Door.REFRESHER else routes_taken.way_of(enrolment),
    )


def _looks_at_skills(facts: Facts) -> bool:
    return facts.door is Door.REFRESHER or facts.finished_on is not None


def next_step(journey: Journey) -> NextStep:
    """The one next thing: the stop of the route, else where the patient is, else the module whose day comes next,
    else nothing is left.
    """
    stop = journey.route.ahead if journey.route else None
    at = journey.find(stop.skill) if stop else _underway(journey)
    if at is not None:
        return NextStep(_step_in(at), at)
    if journey.is_refresher and journey.route is not None:
        return NextStep(Step.ROUTE_WALKED)
    waiting = next((one for one in journey.core if one.place.standing is Standing.WAITS_FOR_DATE), None)
    return NextStep(Step.WAIT, waiting) if waiting else NextStep(Step.ALL_DONE)


def _step_in(at: ModuleOnPath) -> Step:
    if at.begun is None:
        return Step.BEGIN
    if at.begun.done_at is not None:
        return Step.READ_AGAIN
    return Step.GO_ON if at.go_on_with else Step.FINISH


def _underway(journey: Journey) -> ModuleOnPath | None:
    """Where the patient is; through the refresher door the module that they began last goes first. With a route
    that is walked, nothing but such a module is left to go on with.
    """
    if journey.is_refresher:
        walked = {stop.skill for stop in journey.route.stops} if journey.route else set()
        unfinished = [
            one
            for one in journey.modules
            if one.begun is not None and one.begun.done_at is None and one.name not in walked
        ]
        if unfinished:
            return max(unfinished, key=_begun_at)
        if journey.route is not None:
            return None
    return next((one for one in journey.core if one.place.standing is Standing.HERE), None)


def _opening_days(facts: Facts) -> dict[str, date | None]:
    """A module opens on the day that is planned for the one before it: the first at once, the second a
    step later.
    """
    planned = [one.planned_on for one in facts.milestones]
    return {one.name: day for one, day in zip(facts.milestones, [None, *planned], strict=False)}


def _progress(module: Module, begun: Begun | None, opens: dict[str, date | None]) -> Progress:
    return Progress(
        module.name,
        core=module.core,
        begun=begun is not None,
        done=begun is not None and begun.done_at is not None,
        opens_on=opens.get(module.name),
    )


def _keys_used(
    enrolment: Enrolment, begun: dict[str, Begun], texts: dict[str, ModuleText], by: Actor
) -> set[str]:
    """The modules whose key exercise was done. Where every page was read and it was not done in the module, the
    room of its tool is asked: each room once.
    """
    asked = {
        name: key
        for name, one in begun.items()
        if one.key_done_at is None and name in texts and _is_read(texts[name], one)
        if (key := service.key_of(texts[name])) is not None and tools.is_tool(key)
    }
    used = tools.used_among(list(asked.values()), by, enrolment.patient_id) if asked else []
    done = {name for name, one in begun.items() if one.key_done_at is not None}
    return done | {name for name, key in asked.items() if key in used}


def _is_read(text: ModuleText, begun: Begun) -> bool:
    return rules.page_to_go_on_with([page.name for page in text.pages], begun.read) is None


def _begun_at(one: ModuleOnPath) -> datetime:
    assert one.begun is not None
    return one.begun.begun_at
