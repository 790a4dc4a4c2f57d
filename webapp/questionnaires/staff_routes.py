"""The staff's page: typing in what a patient answered on paper or on the phone."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, url_for

from webapp.engagement import service as engagement
from webapp.foundations import audit
from webapp.foundations.access import May, acting, allow
from webapp.people import service as people
from webapp.questionnaires import service
from webapp.questionnaires.forms import StaffForm, form_for
from webapp.questionnaires.routes import Answer, pages
from webapp.questionnaires.schedule_rules import SittingState

__all__ = ["enter", "pages"]  # staff and patients share the blueprint


@pages.route("/patients/<uuid:patient_id>/questionnaires/<sitting>/enter", methods=["GET", "POST"])
@allow(May.READ_ANSWERS)
def enter(patient_id: UUID, sitting: str) -> Answer:
    """The same questions in the same words and order, to be typed in from paper or a call, and marked so."""
    by = acting()
    try:
        patient = people.patient_of(by, patient_id)
        enrolment = engagement.current_enrolment(by, patient_id)
        view = service.sitting_of(by, enrolment, sitting)
    except LookupError:
        abort(404)
    here = url_for(".enter", patient_id=patient_id, sitting=sitting)
    if view.state is SittingState.FINISHED:
        audit.record(by, "looked", "questionnaire", view.row and view.row.id, patient_id=patient.id)
        return render_template("questionnaires/entered.jinja", view=view, patient=patient)
    form = form_for(StaffForm, view.questions, {})
    if form.validate_on_submit():
        try:
            service.enter_for_patient(by, enrolment, sitting, form.given, form.mode.data)
        except service.SittingClosed:
            return redirect(here, 303)
        return redirect(here, 303)
    page = render_template("questionnaires/enter.jinja", form=form, view=view, patient=patient)
    return (page, 422) if form.is_submitted() else page
