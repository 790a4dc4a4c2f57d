"""Today, the toolbox, and what the patient has done."""

from __future__ import annotations

from typing import cast
from uuid import UUID

from flask import Blueprint, abort, redirect, render_template, url_for
from flask_babel import format_date
from werkzeug.wrappers import Response as BaseResponse

from webapp.course import answers as exercises
from webapp.course.overview import Journey, journey_of, next_step
from webapp.course.sharing import shared_names
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.forms import BaseForm
from webapp.foundations.languages import chosen
from webapp.people.models import Service
from webapp.people.visitors import Visitor
from webapp.safety.told import latest_for_today

from . import toolbox as tools
from .rules import day_states, part_of_day, week_of
from .small_things import Day, small_things, week_sentence

Answer = str | BaseResponse
pages = Blueprint("home", __name__, template_folder="templates")


class TapForm(BaseForm):
    """One tap that sends nothing but itself."""

    keeps_drafts = False


@pages.get("/today")
@allow(May.FOLLOW_COURSE)
def today() -> Answer:
    """One next step, and at most three small things. Who has stopped is asked how they would like to come back."""
    day = day_of_visitor()
    if day.journey.enrolment.ended_on is not None:
        return redirect(url_for(".welcome_back"))
    local = clock.local(clock.now(), day.service.time_zone)
    return render_template(
        "home/today.jinja",
        first_name=_visitor().name.split(" ")[0],
        part=part_of_day(local.hour).value,
        journey=day.journey,
        next=next_step(day.journey),
        small=small_things(day),
        sentence=week_sentence(day),
        step=TapForm(formdata=None),
        told=latest_for_today(acting(), _patient_id()),
    )


@pages.get("/toolbox")
@allow(May.FOLLOW_COURSE)
def toolbox() -> str:
    """Every tool and everything that was written, newest first."""
    by, patient_id = acting(), _patient_id()
    saved = exercises.answers_of(by, patient_id)
    written = [words for one in saved if (words := exercises.said(one, chosen()))]
    return render_template(
        "home/toolbox.jinja",
        kept=tools.kept_by(by, patient_id),
        groups=tools.tools_of(chosen()),
        written=written,
        shared=shared_names(by, patient_id) if written else set(),
    )


@pages.get("/progress")
@allow(May.FOLLOW_COURSE)
def progress() -> str:
    """What you have done, in words and pictures. Never a percentage, never something to lose."""
    day = day_of_visitor()
    week = week_of(day.journey.today)
    states = day_states(week, day.journey.facts.active_days, day.journey.today)
    names = [str(format_date(one, "EEE")) for one in week]
    return render_template(
        "home/progress.jinja",
        journey=day.journey,
        week=list(zip(names, states, strict=True)),
        days_this_week=states.count("done"),
        days_in_all=len(day.journey.facts.active_days),
        sentence=week_sentence(day),
        scores=tools.scores_of(day.by, day.journey.enrolment),
    )


def _visitor() -> Visitor:
    return cast(Visitor, visitor())


def _patient_id() -> UUID:
    found: UUID | None = _visitor().patient_id
    if found is None:
        abort(404)
    return found


def day_of_visitor() -> Day:
    """The visitor's own day; 404 for whoever follows no course."""
    service = cast(Service, _visitor().service)
    return Day(acting(), _patient_id(), service, _journey(service))


def _journey(service: Service) -> Journey:
    try:
        enrolment = engagement.current_enrolment(acting(), _patient_id())
    except engagement.NotEnrolled:
        abort(404)
    return journey_of(enrolment, service, chosen(), by=acting())
