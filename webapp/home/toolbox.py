"""What the patient keeps in the other rooms: pacing plans, goals, tools, scores; and every tool, in small groups."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from webapp.course import entries, shelf
from webapp.course.exercises import registered
from webapp.course.exercises.registry import tools
from webapp.engagement.models import Enrolment
from webapp.foundations.access import Actor
from webapp.goals import service as goals
from webapp.pacing import service as pacing
from webapp.pacing import words as pacing_words
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.series import ScoreSeries

MILLISECONDS_BITS = 80
"""A UUIDv7 begins with the moment of its making, in milliseconds; these many bits follow."""

TITLES: dict[str, Any] = {
    "doing": _l("Doing what matters, at your pace"),
    "moving": _l("Moving, step by step"),
    "hard-days": _l("For a hard day"),
    "calm-and-sleep": _l("Calm and sleep"),
    "thoughts": _l("Thoughts and worries"),
    "people": _l("People, work and health care"),
    "keeping-it-up": _l("Keeping it up"),
}
"""What the groups of tools are called (``webapp/course/exercises/registered.py``)."""


@dataclass(frozen=True)
class Kept:
    """One thing that the patient made: what it is, how it stands, where it is, and when it was last saved."""

    title: str
    text: str
    url: str
    at: datetime


@dataclass(frozen=True)
class ToolRow:
    """One tool of the toolbox, always open: what it is for and the way to it. ``lang``: the language of its words, where
    that is not the page's."""

    title: str
    text: str
    url: str
    lang: str | None = None


@dataclass(frozen=True)
class ToolGroup:
    """A few tools that belong together, under a small heading."""

    title: str
    rows: tuple[ToolRow, ...]


def kept_by(by: Actor, patient_id: UUID) -> list[Kept]:
    """Everything that this patient made, newest first, whatever module it came from."""
    made = [*_plans(by, patient_id), *_goals(by, patient_id), *_tools(by, patient_id)]
    return sorted(made, key=lambda kept: kept.at, reverse=True)


def tools_of(language: str) -> list[ToolGroup]:
    """Every tool whose page exists, in its group, and at the end what there is to read."""
    groups = [
        ToolGroup(str(TITLES[name]), (*_pages_of(name), *_kept_tools(names)))
        for name, names in registered.GROUPS
    ]
    last = ToolGroup(_("Good to know"), tuple(_good_to_know(language)))
    return [group for group in (*groups, last) if group.rows]


def scores_of(by: Actor, enrolment: Enrolment) -> tuple[ScoreSeries, ...]:
    """The patient's own scores over time, one series for each questionnaire that was answered."""
    return questionnaires.scores_of(by, enrolment)


def _pages_of(group: str) -> Iterator[ToolRow]:
    """The tools of a group that are rooms and pages of their own."""
    if group == "doing":
        yield ToolRow(
            _("Pacing"), _("A steady amount that suits you, day by day"), url_for("pacing.overview")
        )
        yield ToolRow(_("Goals"), _("What matters to you, in small steps"), url_for("goals.overview"))
    if group == "moving":
        text = _("Drawings and steps, lying, sitting or standing")
        yield ToolRow(_("Movements"), text, url_for("course.movements"))
    if group == "hard-days":
        yield ToolRow(_("Flare-up page"), _("What to do when pain is much worse"), url_for("flare_up.now"))
        if "support.ring_me" in current_app.view_functions:
            text = _("We say by which day we will ring")
            yield ToolRow(_("Ask my team to ring me"), text, url_for("support.ring_me"))
    if group == "keeping-it-up":
        yield ToolRow(_("Questionnaires"), _("Questions and your scores"), url_for("questionnaires.overview"))


def _kept_tools(names: Iterable[str]) -> Iterator[ToolRow]:
    for name in names:
        if kind := tools().get(name):
            yield ToolRow(str(kind.title), str(kind.purpose), url_for("course.tool", tool=name))


def _good_to_know(language: str) -> Iterator[ToolRow]:
    """The pages that belong to no module: questions and answers, friends and family, and the words."""
    for name, page in shelf.course().plain_pages.items():
        text = page.text(language)
        lang = None if shelf.in_language(text, language) else text.lang
        yield ToolRow(text.title, text.summary, url_for("course.information", name=name), lang)
    yield ToolRow(_("Words explained"), _("What the words in this course mean"), url_for("course.words"))


def _tools(by: Actor, patient_id: UUID) -> Iterator[Kept]:
    for used in entries.used_tools(by, patient_id):
        text = ngettext("%(num)s entry", "%(num)s entries", used.entries)
        yield Kept(
            str(tools()[used.tool].title), text, url_for("course.tool", tool=used.tool), used.last_saved_at
        )


def _plans(by: Actor, patient_id: UUID) -> Iterator[Kept]:
    for plan in pacing.plans_of(by, patient_id):
        if plan.finished_on is not None:
            text = _("Pacing · finished for now")
        elif plan.quota is None:
            text = _("Pacing · finding a starting point")
        else:
            text = _("Pacing · going on")
        address = url_for("pacing.plan", plan_id=plan.id)
        yield Kept(pacing_words.activity(plan), text, address, made_at(plan.id))


def _goals(by: Actor, patient_id: UUID) -> Iterator[Kept]:
    texts = {
        "making": _("Goal · still being made"),
        "going": _("Goal · going on"),
        "finished": _("Goal · finished for now"),
    }
    for goal in goals.goals_of(by, patient_id):
        title = goal.title or _("A new goal")
        yield Kept(title, texts[goal.state], url_for("goals.goal", goal_id=goal.id), made_at(goal.id))


def made_at(row_id: UUID) -> datetime:
    """When a row was made (UTC), from its UUIDv7."""
    return datetime.fromtimestamp((row_id.int >> MILLISECONDS_BITS) / 1000, UTC)
