"""Online, on paper or by phone: set by the staff, with the day of the next call."""

from __future__ import annotations

from uuid import UUID

from flask import redirect, render_template, url_for

from webapp.engagement import requests
from webapp.engagement import service as engagement
from webapp.foundations.access import May, acting, allow

from . import service
from .routes import Answer, enrolled_here, pages
from .way_forms import WayForm


@pages.route("/patients/<uuid:patient_id>/way", methods=["GET", "POST"])
@allow(May.RING)
def way(patient_id: UUID) -> Answer:
    """How this patient takes part from now on; a day named here is an agreed call."""
    patient, enrolment = enrolled_here(patient_id)
    today = service.today_of(acting())
    ahead = [on for on in engagement.facts_of(enrolment, by=acting()).call_dates if on >= today]
    form = WayForm(today, bool(ahead), data={"way": enrolment.way})
    if form.validate_on_submit():
        engagement.change_way(enrolment, form.way.data, by=acting())
        if form.ring_on.data is not None and form.ring_on.data not in ahead:
            requests.agree_call(enrolment, form.ring_on.data, by=acting())
        return redirect(url_for("clinic.story", patient_id=patient_id), 303)
    page = render_template("clinic/way.jinja", form=form, patient=patient)
    return (page, 422) if form.is_submitted() else page
