"""Inviting a patient: one screen, what was sent, the letter, again, and changed details."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import Blueprint, abort, current_app, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as BaseResponse

from webapp.foundations import clock
from webapp.foundations.access import May, acting, allow, visitor
from webapp.foundations.languages import speaking
from webapp.people import readiness
from webapp.people import service as people
from webapp.people.models import Patient, Service
from webapp.people.visitors import Visitor
from webapp.safety.help_lines import lines_for

from . import service
from .forms import ButtonForm, DetailsForm, InviteForm, number_in_words
from .service import AlreadyStarted, Standing

Answer = str | BaseResponse | tuple[str, int]
pages = Blueprint("welcome", __name__, template_folder="templates")
pages.add_app_template_filter(number_in_words, "number_in_words")


@pages.route("/invite", methods=["GET", "POST"])
@allow(May.INVITE)
def invite() -> Answer:
    """The one screen. A likely twin is asked about; nothing that was typed is lost."""
    if (missing := what_is_missing()) is not None:
        return missing
    form = InviteForm(me=own_membership(), **choices_for(None))
    twins: list[Patient] = []
    if form.validate_on_submit():
        if not form.somebody_else.data:
            twins = service.twins_of(acting(), form.given_name.data, form.family_name.data, form.birthday)
        if not twins or form.ask_about_twins():
            patient = service.invite(form.details(), door=form.door.data, by=acting())
            return redirect(url_for("welcome.invited", patient_id=patient.id), 303)
    page = render_template("welcome/invite.jinja", form=form, twins=twins)
    return page, 422 if form.is_submitted() else 200


@pages.get("/patients/<uuid:patient_id>/invited")
@allow(May.INVITE)
def invited(patient_id: UUID) -> Answer:
    """What was sent and until when it works; print the letter, or send again."""
    standing = _standing(patient_id)
    service.look_at(standing.patient, by=acting())
    return render_template(
        "welcome/invited.jinja", standing=standing, patient=standing.patient, button=ButtonForm()
    )


@pages.post("/patients/<uuid:patient_id>/invite-again")
@allow(May.INVITE)
def invite_again(patient_id: UUID) -> Answer:
    """End earlier links and codes and send a new e-mail, or lead to the letter."""
    standing = _standing(patient_id)
    if (missing := what_is_missing()) is not None:
        return missing
    if ButtonForm().validate_on_submit() and _may_send(standing):
        service.invite_again(standing.patient, by=acting())
    return redirect(url_for("welcome.invited", patient_id=patient_id), 303)


@pages.route("/patients/<uuid:patient_id>/letter", methods=["GET", "POST"])
@allow(May.INVITE)
def letter(patient_id: UUID) -> Answer:
    """Before: what printing does. By a button: the letter with a new code, shown this once."""
    standing = _standing(patient_id)
    if (missing := what_is_missing()) is not None:
        return missing
    if not _may_send(standing):
        return redirect(url_for("welcome.invited", patient_id=patient_id), 303)
    if ButtonForm().validate_on_submit():
        return _the_letter(standing)
    service.look_at(standing.patient, by=acting())
    return render_template(
        "welcome/letter_first.jinja", standing=standing, patient=standing.patient, form=ButtonForm()
    )


@pages.route("/patients/<uuid:patient_id>/details", methods=["GET", "POST"])
@allow(May.INVITE)
def change_details(patient_id: UUID) -> Answer:
    """Change contacts, what is safe, needs and suitability."""
    standing = _standing(patient_id)
    patient = standing.patient
    form = DetailsForm(current_version=patient.version, **choices_for(patient))
    if standing.enrolment is not None:
        del form.door
    form.fill_from(patient)
    if form.validate_on_submit():
        door = (form.door.data or "course") if "door" in form else None
        service.change_details(patient, form.changes(), door=door, by=acting())
        return redirect(url_for("welcome.invited", patient_id=patient_id), 303)
    if not form.is_submitted():
        service.look_at(patient, by=acting())
    page = render_template("welcome/details.jinja", form=form, patient=patient)
    return page, 422 if form.is_submitted() else 200


def _the_letter(standing: Standing) -> Answer:
    """The letter in the patient's language; only its code is new."""
    patient = standing.patient
    try:
        printed = service.print_letter(patient, by=acting())
    except AlreadyStarted:
        return redirect(url_for("welcome.invited", patient_id=patient.id), 303)
    large = "large" in request.form
    with speaking(patient.language):
        return render_template(
            "welcome/letter.jinja",
            patient=patient,
            letter=printed,
            large=large,
            lines=lines_for(own_service()),
            clinician=standing.enrolment.invited_by if standing.enrolment else "",
            today=clock.today(own_service().time_zone),
        )


def _standing(patient_id: UUID) -> Standing:
    try:
        return service.standing_of(acting(), patient_id)
    except people.NotFound:
        abort(404)


def _may_send(standing: Standing) -> bool:
    return standing.may_be_sent and not standing.has_started and standing.enrolment is not None


def what_is_missing() -> Answer | None:
    """In production: the page that lists what the service has not signed yet."""
    if readiness.may_invite(own_service()):
        return None
    lacks = readiness.missing(own_service(), current_app.extensions["waymark_settings"])
    return render_template("welcome/not_ready.jinja", lacks=lacks), 409


def choices_for(patient: Patient | None) -> dict[str, Any]:
    """What the form offers: this service's languages and clinicians, and the day."""
    own = own_service()
    return {
        "languages": own.languages,
        "clinicians": people.clinicians_of(own.id),
        "today": clock.today(own.time_zone),
        "taken": lambda text: service.reference_is_taken(acting(), text, but=patient.id if patient else None),
    }


def own_membership() -> UUID | None:
    """The membership of whoever asks: the clinician who is chosen beforehand."""
    who = visitor()
    return who.membership_id if isinstance(who, Visitor) else None


def own_service() -> Service:
    """The service in which whoever asks works, or 404."""
    who = visitor()
    if not isinstance(who, Visitor) or who.service is None:
        abort(404)
    return who.service
