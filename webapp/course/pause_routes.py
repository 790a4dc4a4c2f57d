"""A pause without any fuss, coming back, and another rhythm."""

from __future__ import annotations

from datetime import date
from typing import cast

from flask import redirect, render_template, url_for

from webapp.engagement import requests as asked
from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment, Pause
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.people.models import Service

from . import rules_route
from .forms import PauseForm, RhythmForm, StepForm
from .routes import Answer, enrolment_of_visitor, following, pages

WELCOME_BACK = "/me/welcome-back"
"""A page of a room above: who has stopped has nothing to pause, and chooses there how to come back."""


@pages.route("/me/pause", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def pause() -> Answer:
    """Pause the course, until a day or until they come back."""
    enrolment = enrolment_of_visitor()
    if enrolment.ended_on is not None:
        return redirect(WELCOME_BACK)
    today = clock.today(cast(Service, following().service).time_zone)
    running = _running(enrolment, today)
    form = PauseForm(today)
    if running is None and form.validate_on_submit():
        why = form.why.data or "other"
        asked.pause(enrolment, form.back_on, why, by=acting(), by_patient=True)
        return redirect(url_for(".pause"), 303)
    status = 422 if form.is_submitted() and running is None else 200
    return render_template(
        "course/pause.jinja", form=form, running=running, step=StepForm(formdata=None)
    ), status


def _running(enrolment: Enrolment, today: date) -> Pause | None:
    """The pause that holds today. On the day of return it is over: the patient may pause anew."""
    found = asked.running_pause(enrolment, today)
    holds = found is not None and rules_route.pause_holds(found.from_on, found.until_on, today)
    return found if holds else None


@pages.route("/me/back", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def back() -> Answer:
    """ "I'm back": the pause is over."""
    if StepForm().validate_on_submit():
        asked.end_pause(enrolment_of_visitor(), by=acting())
    return redirect(url_for("home.today"), 303)


@pages.route("/me/rhythm", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def rhythm() -> Answer:
    """Choose another rhythm: every date follows it."""
    enrolment = enrolment_of_visitor()
    if enrolment.ended_on is not None:
        return redirect(WELCOME_BACK)
    form = RhythmForm(current_version=enrolment.version, data={"rhythm": enrolment.rhythm})
    if form.validate_on_submit():
        engagement.change_rhythm(enrolment, form.rhythm.data, by=acting())
        return redirect(url_for(".overview"), 303)
    return render_template("course/rhythm.jinja", form=form), 422 if form.is_submitted() else 200
