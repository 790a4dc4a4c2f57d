"""A pause without any fuss, coming back, and another rhythm."""

from __future__ import annotations

from typing import cast

from flask import redirect, render_template, url_for

from webapp.engagement import requests as asked
from webapp.engagement import service as engagement
from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow
from webapp.people.models import Service

from .forms import PauseForm, RhythmForm, StepForm
from .routes import Answer, enrolment_of_visitor, following, pages


@pages.route("/me/pause", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def pause() -> Answer:
    """Pause the course, until a day or until they come back."""
    enrolment = enrolment_of_visitor()
    today = clock.today(cast(Service, following().service).time_zone)
    running = asked.running_pause(enrolment, today)
    form = PauseForm(today)
    if running is None and form.validate_on_submit():
        why = form.why.data or "other"
        asked.pause(enrolment, form.back_on, why, by=acting(), by_patient=True)
        return redirect(url_for(".pause"), 303)
    status = 422 if form.is_submitted() and running is None else 200
    return render_template(
        "course/pause.jinja", form=form, running=running, step=StepForm(formdata=None)
    ), status


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
    form = RhythmForm(current_version=enrolment.version, data={"rhythm": enrolment.rhythm})
    if form.validate_on_submit():
        engagement.change_rhythm(enrolment, form.rhythm.data, by=acting())
        return redirect(url_for(".overview"), 303)
    return render_template("course/rhythm.jinja", form=form), 422 if form.is_submitted() else 200
