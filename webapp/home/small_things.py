"""What is due in the other rooms, for Today: the one place that asks each of them.

Each provider takes the patient's day and gives what it would like to show; ``rules.first_few`` chooses.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import ngettext

from webapp.course.overview import Journey
from webapp.course.routine_today import routine_today
from webapp.foundations.access import Actor
from webapp.goals import service as goals
from webapp.pacing import service as pacing
from webapp.pacing import words as pacing_words
from webapp.pacing.service import TodayTick
from webapp.people.models import Service
from webapp.questionnaires import service as questionnaires

from .rules import first_few


@dataclass(frozen=True)
class SmallThing:
    """One line under the next step. ``mark`` is ✓ (noted), ? (a question) or empty; ``tap`` is where one
    tap notes
    the day as done, ``None`` if there is nothing to tap."""

    order: int
    title: str
    text: str
    url: str
    mark: str = ""
    tap: str | None = None


@dataclass(frozen=True)
class Day:
    """The patient's day: who they are, what day it is, where they are in the course."""

    by: Actor
    patient_id: UUID
    service: Service
    journey: Journey


Provider = Callable[[Day], Iterator[SmallThing]]


def flare_question(day: Day) -> Iterator[SmallThing]:
    """A flare-up is running: the way back to its page, and the question of its third day."""
    flare = next((one for one in day.journey.facts.flares if one.until_on is None), None)
    if flare is not None and "flare_up.now" in current_app.view_functions:
        title, text = _("You are having a flare-up"), _("See what helps, or tell us that it is better")
        yield SmallThing(0, title, text, url_for("flare_up.now"), mark="?")


def ticks(day: Day) -> Iterator[SmallThing]:
    """Today's amount of each activity, and its tick."""
    settings = pacing.settings_from(day.service.pacing)
    for each in pacing.today_ticks(day.by, day.patient_id, day.journey.today, settings):
        if each.is_planned or each.tick is not None:
            yield _tick(each)


def _tick(each: TodayTick) -> SmallThing:
    name, plan = pacing_words.activity(each.plan), each.plan
    amount = each.amount.shown
    title = name
    if amount:
        title = _(
            "%(activity)s: %(amount)s today", activity=name, amount=pacing_words.shown(amount, plan.unit)
        )
    address = url_for("pacing.plan", plan_id=plan.id)
    if each.tick is not None:
        return SmallThing(30, title, _("Noted for today"), address, mark="✓")
    tap = url_for("pacing.done", plan_id=plan.id) if amount else None
    return SmallThing(10, title, _("Nothing noted yet"), address, tap=tap)


def goal_reviews(day: Day) -> Iterator[SmallThing]:
    """Goals whose day of looking back has come."""
    for due in goals.due_reviews(day.by, day.patient_id, day.journey.today):
        title = _("How did “%(goal)s” go?", goal=due.title)
        address = url_for("goals.look_back", goal_id=due.goal_id)
        yield SmallThing(5, title, _("Your goal is ready to look back on"), address, mark="?")


def questions(day: Day) -> Iterator[SmallThing]:
    """A questionnaire that may be answered now. It can be skipped without a reason."""
    due = questionnaires.due_thing(day.by, day.patient_id, day.journey.today)
    if due is None:
        return
    title = _("Carry on with your questions") if due.started else _("A few questions for you")
    minutes = ngettext(
        "%(num)s minute, and you can skip any", "%(num)s minutes, and you can skip any", due.minutes
    )
    yield SmallThing(7, title, minutes, url_for("questionnaires.begin", sitting=due.name), mark="?")


def boosters(day: Day) -> Iterator[SmallThing]:
    """A booster's day has come: five minutes to look at one's skills again. Not in a flare-up."""
    if day.journey.boosters.due_on is not None and day.journey.flare is None:
        title, text = _("A short booster: look at your skills again"), _("5 minutes, and you can skip it")
        yield SmallThing(8, title, text, url_for("course.booster"), mark="?")


def routine(day: Day) -> Iterator[SmallThing]:
    """The movement routine's tick. In energy mode and in a flare-up nothing asks for it."""
    found = routine_today(day.by, day.patient_id, day.service)
    if found is None or (found.is_quiet and not found.is_noted):
        return
    if found.is_noted:
        yield SmallThing(31, _("My movement routine"), _("Noted for today"), found.url, mark="✓")
    else:
        yield SmallThing(11, _("My movement routine"), _("Nothing noted yet"), found.note_url)


def skills_question(day: Day) -> Iterator[SmallThing]:
    """A refresher who began somewhere without saying what has slipped may still do so."""
    journey = day.journey
    if journey.is_refresher and not journey.looks and not journey.is_new and journey.flare is None:
        title, text = _("What has slipped?"), _("Look at eight skills, and get a short route")
        yield SmallThing(20, title, text, url_for("course.skills"), mark="?")


PROVIDERS: tuple[Provider, ...] = (
    flare_question,
    ticks,
    routine,
    goal_reviews,
    questions,
    boosters,
    skills_question,
)


def small_things(day: Day) -> list[SmallThing]:
    """At most three small things for Today, the most useful first. Nothing waits on a paused day but the
    tick.
    """
    paused = day.journey.pause is not None
    asked = (ticks,) if paused else PROVIDERS
    return first_few(thing for provider in asked for thing in provider(day))


def week_sentence(day: Day) -> str | None:
    """ "You did your walk on 5 days this week", for the activity with the most days; None without any."""
    settings = pacing.settings_from(day.service.pacing)
    running = [
        plan for plan in pacing.plans_of(day.by, day.patient_id) if plan.started_on and not plan.finished_on
    ]
    if not running:
        return None
    weeks = pacing.weeks_of(day.by, running, day.journey.today, settings)
    best = max(running, key=lambda plan: weeks[plan.id].active_days)
    days = weeks[best.id].active_days
    return pacing_words.week_in_words(best, days) if days else None
