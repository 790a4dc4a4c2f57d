"""What the patient keeps in the other rooms: pacing plans, goals, scores."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from flask import current_app, url_for
from flask_babel import gettext as _

from webapp.engagement.models import Enrolment
from webapp.foundations.access import Actor
from webapp.goals import service as goals
from webapp.pacing import service as pacing
from webapp.pacing import words as pacing_words
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.series import ScoreSeries


@dataclass(frozen=True)
class Kept:
    """One thing that the patient made: its name, how it stands, and where it is."""

    title: str
    text: str
    url: str


@dataclass(frozen=True)
class ToolRow:
    """One tool of the toolbox, always open: what it is for, the way to it, and what was made with it."""

    title: str
    text: str
    url: str
    kept: tuple[Kept, ...] = ()


def tools_of(by: Actor, patient_id: UUID) -> list[ToolRow]:
    """Every tool whose page exists, with what this patient has made."""
    return [row for row in _rows(by, patient_id)]


def scores_of(by: Actor, enrolment: Enrolment) -> tuple[ScoreSeries, ...]:
    """The patient's own scores over time, one series for each questionnaire that was answered."""
    return questionnaires.scores_of(by, enrolment)


def _rows(by: Actor, patient_id: UUID) -> Iterator[ToolRow]:
    text = _("A steady amount that suits you, day by day")
    yield ToolRow(_("Pacing"), text, url_for("pacing.overview"), tuple(_plans(by, patient_id)))
    text = _("What matters to you, in small steps")
    yield ToolRow(_("Goals"), text, url_for("goals.overview"), tuple(_goals(by, patient_id)))
    yield ToolRow(_("Flare-up page"), _("What to do when pain is much worse"), url_for("flare_up.now"))
    yield ToolRow(_("Questionnaires"), _("Questions and your scores"), url_for("questionnaires.overview"))
    if "support.ring_me" in current_app.view_functions:
        text = _("We say by which day we will ring")
        yield ToolRow(_("Ask my team to ring me"), text, url_for("support.ring_me"))


def _plans(by: Actor, patient_id: UUID) -> Iterator[Kept]:
    for plan in sorted(pacing.plans_of(by, patient_id), key=lambda each: each.id, reverse=True):
        if plan.finished_on is not None:
            text = _("Finished for now")
        elif plan.quota is None:
            text = _("Finding a starting point")
        else:
            text = _("Going on")
        yield Kept(pacing_words.activity(plan), text, url_for("pacing.plan", plan_id=plan.id))


def _goals(by: Actor, patient_id: UUID) -> Iterator[Kept]:
    texts = {"making": _("Still being made"), "going": _("Going on"), "finished": _("Finished for now")}
    for goal in goals.goals_of(by, patient_id):
        title = goal.title or _("A new goal")
        yield Kept(title, texts[goal.state], url_for("goals.goal", goal_id=goal.id))
