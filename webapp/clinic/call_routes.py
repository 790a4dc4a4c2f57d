"""A call: the script beside it, its outcome in two taps, undone for ten minutes; and rows that can wait."""

from __future__ import annotations

from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.engagement import service as engagement
from webapp.engagement.models import Enrolment
from webapp.foundations.access import May, acting, allow
from webapp.goals import words as goal_words
from webapp.pacing import words as pacing_words
from webapp.people.models import Patient
from webapp.safety import service as safety

from . import service
from .companion_routes import companion_of
from .concerns import SOURCE, WORRIED
from .days import near_day
from .forms import ButtonForm, CallForm, HideForm
from .ring_routes import back_to_list, came_from_list, place_of
from .routes import Answer, enrolled_here, pages, reads_answers, story_here, words_of_rules
from .stories import Course


@pages.route("/patients/<uuid:patient_id>/call", methods=["GET", "POST"])
@allow(May.RING)
def call(patient_id: UUID) -> Answer:
    """Ring, with the script beside; then say what came of it."""
    patient, enrolment = enrolled_here(patient_id)
    form = CallForm(service.today_of(acting()), voicemail_is_safe=patient.voicemail_is_safe)
    if form.validate_on_submit():
        return _logged(form, patient_id, enrolment)
    told = story_here(patient, enrolment)
    assert told.course is not None
    page = render_template(
        "clinic/call.jinja",
        form=form,
        patient=patient,
        story=told,
        course=told.course,
        script=told.course.scripts[_situation(told.course)],
        companion=companion_of(told.course.journey),
        alert=told.open_alert,
        stopping=lambda: Markup("{}{}").format(form.left_reason(), form.offered(small=True)),
        from_list=came_from_list(),
        pacing_words=pacing_words,
        goal_words=goal_words,
        **words_of_rules(),
    )
    return (page, 422) if form.is_submitted() else page


def _logged(form: CallForm, patient_id: UUID, enrolment: Enrolment) -> BaseResponse:
    """Log what came of it, and go on where the call began: at the next row of the list, or with the story."""
    came, was = _what_came_of_it(form), place_of(enrolment)
    contact = service.log_call(enrolment, came, by=acting(), reads_answers=reads_answers())
    if contact.outcome == WORRIED:
        return _after_a_worry(patient_id, contact.id, came.handed_to)
    if came_from_list():
        return back_to_list(was=was, logged=contact.id)
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)


def _after_a_worry(patient_id: UUID, contact_id: UUID, handed_to: str) -> BaseResponse:
    """Say what became of the alert; without a name its reader is led to it."""
    alert = safety.alert_of_trigger(acting(), SOURCE, str(contact_id))
    if reads_answers() and not handed_to:
        flash(_("The alert is open and yours. It closes once you write down who took it."))
        return redirect(url_for("clinic.alert", alert_id=alert.id), 303)
    if reads_answers():
        flash(_("The alert is made and closed: %(name)s took it.", name=handed_to))
    else:
        flash(_("An alert is made. The owner of alerts in your service is told now."))
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)


def _situation(course: Course) -> str:
    """The script that was asked for, or the one that fits."""
    asked = request.args.get("script", "")
    return asked if asked in course.scripts else course.situation


def _what_came_of_it(form: CallForm) -> service.Call:
    return service.Call(
        outcome=form.outcome.data,
        note=(form.note.data or "").strip(),
        ring_again_on=form.ring_again_on.data,
        pause_until=form.pause_until.data,
        left_reason=form.left_reason.data or "",
        offered=form.offered.data or (),
        handed_to=(form.handed_to.data or "").strip(),
    )


@pages.post("/patients/<uuid:patient_id>/contacts/<uuid:contact_id>/undo")
@allow(May.RING)
def undo_call(patient_id: UUID, contact_id: UUID) -> Answer:
    """Take back a contact that was logged by mistake, within ten minutes."""
    _patient, enrolment = enrolled_here(patient_id)
    if ButtonForm().validate_on_submit():
        try:
            contact = service.undo_call(enrolment, contact_id, by=acting())
            if contact.outcome == WORRIED:
                flash(_("The contact is taken back. Its alert stays: only a person closes it."))
        except service.NotFound:
            abort(404)
        except service.TooLate:
            flash(_("Ten minutes are over: the contact stays. Log another one that puts it right."))
    if came_from_list():
        return back_to_list(at=enrolment.id, logged=contact_id)
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)


@pages.route("/patients/<uuid:patient_id>/hide", methods=["GET", "POST"])
@allow(May.RING)
def hide(patient_id: UUID) -> Answer:
    """Not today: off the list until a day, or because no call is needed, with a reason."""
    patient, enrolment = enrolled_here(patient_id)
    form = HideForm(service.today_of(acting()))
    if form.validate_on_submit():
        until_on = form.until_on.data if form.how.data == "until" else None
        was = place_of(enrolment)
        service.hide(enrolment, form.how.data, until_on, form.why.data, by=acting())
        flash(_hidden_in_words(patient, enrolment))
        return back_to_list(was=was)
    page = render_template("clinic/hide.jinja", form=form, patient=patient, from_list=came_from_list())
    return (page, 422) if form.is_submitted() else page


def _hidden_in_words(patient: Patient, enrolment: Enrolment) -> str:
    name = f"{patient.given_name} {patient.family_name}"
    if enrolment.asked_not_to_be_rung_on:
        return str(_("%(name)s is shown only for what they ask for.", name=name))
    assert enrolment.snoozed_until is not None
    until = near_day(enrolment.snoozed_until)
    return str(_("%(name)s is off the list until %(day)s.", name=name, day=until))


@pages.post("/patients/<uuid:patient_id>/show-again")
@allow(May.RING)
def show_again(patient_id: UUID) -> Answer:
    """Take back what keeps the patient off the list."""
    _patient, enrolment = enrolled_here(patient_id)
    if ButtonForm().validate_on_submit():
        engagement.show_again(enrolment, by=acting())
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)
