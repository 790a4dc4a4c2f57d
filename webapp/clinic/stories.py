"""A patient's story, gathered for the page and for the copy in a constant number of queries."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from webapp.course import overview
from webapp.course.answers import InWords, shared_exercises
from webapp.course.entries import shared_tools
from webapp.course.exercises.tool import ToolKind
from webapp.course.overview import Journey
from webapp.course.routes_taken import SharedRoute, shared_route
from webapp.engagement.facts import Facts
from webapp.engagement.models import Enrolment
from webapp.engagement.standing import Reason
from webapp.foundations import audit
from webapp.foundations.access import Actor
from webapp.goals import service as goals
from webapp.goals.service import SharedGoal
from webapp.pacing import service as pacing
from webapp.pacing.service import SharedPlan
from webapp.people import service as people
from webapp.people.models import Patient, Service, Supporter
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.service import ScoreSeries
from webapp.safety import service as safety
from webapp.safety.models import Alert

from . import reads, rules, scripts
from .message_stories import Messages, messages_of
from .scripts import Script

STRIP_DAYS = 21


@dataclass(frozen=True)
class Course:
    """The way through the course: where the patient stands, what happened, and what one could say."""

    enrolment: Enrolment
    summary: Any
    reasons: tuple[Reason, ...]
    journey: Journey
    day: int
    strip: tuple[tuple[date, bool], ...]
    scripts: Mapping[str, Script]
    situation: str
    contacts: Sequence[Any]
    requests: Sequence[Any]
    pauses: Sequence[Any]
    flares: Sequence[Any]

    @property
    def state(self) -> str:
        """The state on the tag."""
        return str(self.summary.state)

    @property
    def script(self) -> Script:
        """The script that fits."""
        return self.scripts[self.situation]

    @property
    def facts(self) -> Facts:
        """What the rules know, with the days of the plan."""
        return self.journey.facts

    @property
    def planned_on(self) -> date | None:
        """The day that the patient's own plan names for the module that is next."""
        return next((one.planned_on for one in self.facts.milestones if one.done_on is None), None)

    @property
    def present_pause(self) -> Any:
        """The pause that covers today, or None."""
        today = self.journey.today
        return next(
            (
                one
                for one in self.pauses
                if one.from_on <= today and (one.until_on is None or one.until_on >= today)
            ),
            None,
        )


@dataclass(frozen=True)
class Private:
    """What only those who may read answers see: scores, and what the patient chose to share."""

    scores: Sequence[ScoreSeries] = ()
    plans: Sequence[SharedPlan] = ()
    goals: Sequence[SharedGoal] = ()
    exercises: Sequence[InWords] = ()
    tools: Sequence[ToolKind] = ()
    route: SharedRoute | None = None

    @property
    def charted(self) -> list[ScoreSeries]:
        """The scores to draw over time: those that came to a number and that a patient is told as one."""
        return [one for one in self.scores if one.scored and one.is_charted]

    @property
    def ratings(self) -> list[ScoreSeries]:
        """The questions that are told as they were answered, in their own words."""
        return [one for one in self.scores if one.is_rating]

    @property
    def shares_nothing(self) -> bool:
        """True if the patient shares no plan, goal, exercise, tool or route."""
        return not (self.plans or self.goals or self.exercises or self.tools or self.route)

    @property
    def kinds_shown(self) -> list[str]:
        """The kinds of shared things that the page shows in words. A tool is only named: it has a page of its own."""
        shown = {
            "goal": self.goals,
            "pacing_plan": self.plans,
            "exercise": self.exercises,
            "route": self.route,
        }
        return [kind for kind, things in shown.items() if things]


@dataclass(frozen=True)
class Story:
    """Everything on the page about one patient. ``course`` may be None; ``private`` is for callers."""

    patient: Patient
    course: Course | None
    private: Private | None
    messages: Messages
    problems: Sequence[Any]
    supporters: Sequence[Supporter]
    alerts: Sequence[Alert] = ()

    @property
    def open_alert(self) -> Alert | None:
        """The alert that has been open for longest; who may not read answers sees only who has it."""
        return next((one for one in reversed(self.alerts) if one.closed_at is None), None)


def story_of(
    patient: Patient,
    enrolment: Enrolment | None,
    ours: Service,
    today: date,
    language: str,
    *,
    by: Actor,
    reads_answers: bool,
) -> Story:
    """Gather the story. The caller has written down the look at the record; what is read of shared things and
    questionnaires is written down here, so that the patient can see it.
    """
    course = None if enrolment is None else course_of(enrolment, ours, today, language, by=by)
    return Story(
        patient=patient,
        course=course,
        private=_private(patient, today, language, by) if reads_answers else None,
        messages=messages_of(
            ours.id,
            patient.id,
            enrolment.id if enrolment else None,
            course.summary.remind_on if course else None,
            reads_answers=reads_answers,
        ),
        problems=reads.problems_of(ours.id, patient.id),
        supporters=people.supporters_of(ours.id, patient.id),
        alerts=safety.alerts_of_patient(by, patient.id),
    )


def course_of(enrolment: Enrolment, ours: Service, today: date, language: str, *, by: Actor) -> Course:
    """One way through the course, as of today."""
    key = (ours.id, enrolment.id)
    summary = reads.summary_of(*key)
    reasons = rules.reasons_from(summary.reasons)
    journey = overview.journey_of(enrolment, ours, language, by=by)
    return Course(
        enrolment=enrolment,
        summary=summary,
        reasons=reasons,
        journey=journey,
        day=rules.day_of_course(enrolment.started_on, enrolment.invited_on, today),
        strip=_strip(journey.facts, today),
        scripts=scripts.scripts_of(ours.id, language),
        situation=rules.situation(summary.state, {one.kind.value for one in reasons}),
        contacts=reads.contacts_of(*key),
        requests=reads.requests_of(*key),
        pauses=reads.pauses_of(*key),
        flares=reads.flares_of(*key),
    )


def _strip(facts: Facts, today: date) -> tuple[tuple[date, bool], ...]:
    """The last three weeks, or as many days as there are since the invitation (at least two)."""
    days = min(STRIP_DAYS, max((today - facts.invited_on).days + 1, 2))
    active = set(facts.active_days[-STRIP_DAYS:])
    found = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    return tuple((day, day in active) for day in found)


def _private(patient: Patient, today: date, language: str, by: Actor) -> Private:
    private = Private(
        scores=questionnaires.story_scores(by, patient.id),
        plans=pacing.shared_plans(by, patient.id, today),
        goals=goals.shared_goals(by, patient.id),
        exercises=shared_exercises(by, patient.id, language),
        tools=shared_tools(by, patient.id),
        route=shared_route(by, patient.id),
    )
    for kind in private.kinds_shown:
        audit.record(by, "looked", kind, patient_id=patient.id)
    return private
