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
from webapp.people.models import Service

from . import rules, service, shelf
from .rules import Place, Progress, Standing
from .service import Begun


@dataclass(frozen=True)
class ModuleOnPath:
    """One module as the path shows it. ``go_on_with`` is the name of the first unread page, None when all
    were read.
    """

    module: Module
    text: ModuleText
    place: Place
    begun: Begun | None
    key_is_settled: bool

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
    def _read(self) -> frozenset[str]:
        return self.begun.read if self.begun else frozenset()


class Step(StrEnum):
    """What the one next step is."""

    BEGIN = "begin"
    GO_ON = "go_on"
    FINISH = "finish"  # every page was read; the key exercise is left
    WAIT = "wait"  # the next module opens on its day, or now if they like
    ALL_DONE = "all_done"


@dataclass(frozen=True)
class NextStep:
    """The one next step in the course. ``at`` is None only when all is done."""

    step: Step
    at: ModuleOnPath | None = None


@dataclass(frozen=True)
class Journey:
    """The whole way of one enrolment as of today."""

    enrolment: Enrolment
    facts: Facts
    today: date
    modules: tuple[ModuleOnPath, ...]

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
        """The pause that covers today, if there is one."""
        return next((one for one in self.facts.pauses if one.covers(self.today)), None)

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
    def own_speed(self) -> bool:
        """Did the patient choose their own speed (or come through the refresher door)?"""
        return self.is_refresher or self.facts.rhythm is Rhythm.OWN_SPEED

    def find(self, name: str) -> ModuleOnPath | None:
        """The module of that name on this path."""
        return next((one for one in self.modules if one.name == name), None)


def journey_of(enrolment: Enrolment, of: Service, language: str) -> Journey:
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
    places = rules.places(progress, today, all_open=facts.door is Door.REFRESHER)
    return Journey(
        enrolment,
        facts,
        today,
        tuple(
            _on_path(one, texts[one.name], place, begun.get(one.name))
            for one, place in zip(modules, places, strict=True)
        ),
    )


def next_step(journey: Journey) -> NextStep:
    """The one next thing: where the patient is, else the module whose day comes next, else nothing is
    left.
    """
    at = _underway(journey)
    if at is not None:
        if at.begun is None:
            return NextStep(Step.BEGIN, at)
        return NextStep(Step.GO_ON if at.go_on_with else Step.FINISH, at)
    waiting = next((one for one in journey.core if one.place.standing is Standing.WAITS_FOR_DATE), None)
    return NextStep(Step.WAIT, waiting) if waiting else NextStep(Step.ALL_DONE)


def _underway(journey: Journey) -> ModuleOnPath | None:
    """Where the patient is; through the refresher door the module that they began last goes first."""
    if journey.is_refresher:
        unfinished = [one for one in journey.modules if one.begun is not None and one.begun.done_at is None]
        if unfinished:
            return max(unfinished, key=_begun_at)
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


def _on_path(module: Module, text: ModuleText, place: Place, begun: Begun | None) -> ModuleOnPath:
    settled = begun is not None and begun.key_is_settled
    return ModuleOnPath(module, text, place, begun, settled or service.key_of(text) is None)


def _begun_at(one: ModuleOnPath) -> datetime:
    assert one.begun is not None
    return one.begun.begun_at
