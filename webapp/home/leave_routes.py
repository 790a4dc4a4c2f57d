"""Stopping without a search, a calm end, and a door that stays open.

The pages stand here and not in the course, because they offer what other rooms have: a pause and one's own speed,
fewer messages, a call, a few last questions.
"""

from __future__ import annotations

from flask import abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.course.overview import next_step
from webapp.engagement import requests
from webapp.foundations.access import May, acting, allow
from webapp.people import service as people
from webapp.reminders import choices

from . import leaving
from .leave_forms import BackForm, LeaveForm
from .routes import day_of_visitor, pages

Answer = str | BaseResponse | tuple[str, int]
GO_ON, AFRESH = "go_on", "afresh"


@pages.route("/me/leave", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def leave() -> Answer:
    """What might help instead, and the button that stops."""
    day = day_of_visitor()
    enrolment = day.journey.enrolment
    if enrolment.ended_on is not None:
        return redirect(url_for("home.left"), 303)
    form = LeaveForm()
    if form.validate_on_submit():
        leaving.leave(enrolment, form.reason.data, by=acting())
        return redirect(url_for("home.left"), 303)
    at = next_step(day.journey).at
    page = render_template(
        "home/leave.jinja",
        form=form,
        journey=day.journey,
        on_paper=at.name if at else "start-here",
        questions=leaving.last_questions(enrolment, day.journey.today, by=acting()),
        call=requests.open_call_request(enrolment),
    )
    return (page, 422) if form.is_submitted() else page


@pages.get("/me/left")
@allow(May.FOLLOW_COURSE)
def left() -> Answer:
    """The calm end: what is kept, and how to come back."""
    day = day_of_visitor()
    enrolment = day.journey.enrolment
    if enrolment.ended_on is None:
        return redirect(url_for("home.today"))
    patient = people.patient_of(acting(), day.patient_id)
    chosen = choices.choice_of(patient.service_id, patient.id)
    stopped = chosen is not None and chosen.stopped_at is not None
    return render_template(
        "home/left.jinja",
        call=requests.open_call_request(enrolment),
        we_say_goodbye=not stopped and bool(choices.ways_now(patient, by=acting())),
        reason=enrolment.left_reason,
        back=BackForm(formdata=None),
    )


@pages.route("/me/welcome-back", methods=["GET", "POST"])
@allow(May.FOLLOW_COURSE)
def welcome_back() -> Answer:
    """Two ways back for somebody who has stopped; one tap each."""
    day = day_of_visitor()
    enrolment = day.journey.enrolment
    if enrolment.ended_on is None:
        return redirect(url_for("home.today"), 303)
    form = BackForm()
    if form.validate_on_submit():
        if form.said.data not in (GO_ON, AFRESH):
            abort(404)
        come_back = leaving.go_on if form.said.data == GO_ON else leaving.begin_afresh
        come_back(enrolment, by=acting())
        return redirect(url_for("home.today"), 303)
    return render_template(
        "home/welcome_back.jinja",
        journey=day.journey,
        next=next_step(day.journey),
        back=BackForm(formdata=None),
    )
