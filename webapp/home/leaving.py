"""Stopping the course, and the two ways back: on where one was, or afresh with everything open."""

from __future__ import annotations

from datetime import date

from webapp.course import service as course
from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations.access import Actor
from webapp.questionnaires import service as questionnaires
from webapp.questionnaires.planning import DueThing

CAME_BACK = "came_back"
OWN_SPEED, REFRESHER = "own_speed", "refresher"


def leave(enrolment: Enrolment, reason: str, *, by: Actor) -> None:
    """The patient stops, with a reason (``contact_rules.LEFT_REASONS``). Twice is once: the first reason stays."""
    if enrolment.ended_on is None:
        engagement.leave(enrolment, reason, by=by)


def go_on(enrolment: Enrolment, *, by: Actor) -> None:
    """Back to where they were. Coming back is something that they did: the silence is over."""
    if enrolment.ended_on is None:
        return
    requests.end_pause(enrolment, by=by)
    engagement.come_back(enrolment, by=by)
    engagement.record(by, enrolment, CAME_BACK, "go_on")


def begin_afresh(enrolment: Enrolment, *, by: Actor) -> Enrolment:
    """A second way through the course, by the refresher's door. The first one stays as it ended.

    A call that is still waited for comes along. Whoever has not left keeps the way that they are on.
    """
    if enrolment.ended_on is None:
        return enrolment
    anew = engagement.enrol(
        enrolment.patient_id, door=REFRESHER, rhythm=OWN_SPEED, core_modules=course.core_modules(), by=by
    )
    engagement.start(anew, rhythm=OWN_SPEED, by=by)
    requests.carry_open_call(enrolment, anew, by=by)
    engagement.record(by, anew, CAME_BACK, "afresh")
    return anew


def last_questions(enrolment: Enrolment, today: date, *, by: Actor) -> DueThing | None:
    """The questions that are open before somebody stops: offered, never asked for."""
    if enrolment.ended_on is not None:
        return None
    return questionnaires.due_thing(by, enrolment.patient_id, today)
