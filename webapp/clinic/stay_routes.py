"""Pausing, leaving with a reason and coming back, typed in by the staff."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for

from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations.access import May, acting, allow

from . import service
from .forms import ButtonForm, LeaveForm, PauseForm
from .routes import Answer, enrolled_here, pages


@pages.route("/patients/<uuid:patient_id>/pause", methods=["GET", "POST"])
@allow(May.RING)
def pause(patient_id: UUID) -> Answer:
    """Pause from today, with or without a day of return. A running pause ends first."""
    patient, enrolment = enrolled_here(patient_id)
    form = PauseForm(service.today_of(acting()))
    if form.validate_on_submit():
        requests.end_pause(enrolment, by=acting())
        requests.pause(enrolment, form.until_on.data, form.why.data, by=acting(), by_patient=False)
        return redirect(url_for("clinic.story", patient_id=patient_id), 303)
    page = render_template("clinic/pause.jinja", form=form, patient=patient)
    return (page, 422) if form.is_submitted() else page


@pages.route("/patients/<uuid:patient_id>/left", methods=["GET", "POST"])
@allow(May.RING)
def left(patient_id: UUID) -> Answer:
    """The patient has left, with a reason. Nothing is deleted."""
    patient, enrolment = enrolled_here(patient_id)
    form = LeaveForm()
    if form.validate_on_submit():
        engagement.leave(enrolment, form.reason.data, by=acting())
        return redirect(url_for("clinic.story", patient_id=patient_id), 303)
    page = render_template("clinic/left.jinja", form=form, patient=patient)
    return (page, 422) if form.is_submitted() else page


@pages.post("/patients/<uuid:patient_id>/come-back")
@allow(May.RING)
def come_back(patient_id: UUID) -> Answer:
    """The patient is back, from a pause or after leaving: they go on where they were."""
    _patient, enrolment = enrolled_here(patient_id)
    if ButtonForm().validate_on_submit():
        requests.end_pause(enrolment, by=acting())
        if enrolment.ended_on is not None:
            engagement.come_back(enrolment, by=acting())
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)
