"""A call: the script beside it, its outcome in two taps, undone for ten minutes; and rows that can wait."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers import Response as BaseResponse

from webapp.course.overview import journey_of
from webapp.engagement import service as engagement
from webapp.engagement.standing import Reason, ReasonKind
from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import page_language
from webapp.safety import service as safety

from . import alert_reads, reads, rules, scripts, service
from .companion_routes import companion_of
from .concerns import SOURCE, WORRIED
from .forms import ButtonForm, CallForm, HideForm
from .routes import Answer, enrolled_here, pages, reads_answers, words_of_rules


@pages.route("/patients/<uuid:patient_id>/call", methods=["GET", "POST"])
@allow(May.RING)
def call(patient_id: UUID) -> Answer:
    """Ring, with the script beside; then say what came of it."""
    patient, enrolment = enrolled_here(patient_id)
    form = CallForm(service.today_of(acting()), voicemail_is_safe=patient.voicemail_is_safe)
    if form.validate_on_submit():
        came = _what_came_of_it(form)
        contact = service.log_call(enrolment, came, by=acting(), reads_answers=reads_answers())
        if contact.outcome == WORRIED:
            return _after_a_worry(patient_id, contact.id, came.handed_to)
        return redirect(url_for("clinic.story", patient_id=patient_id), 303)
    summary = reads.summary_of(enrolment.service_id, enrolment.id)
    reasons = rules.reasons_from(summary.reasons)
    situation = _situation(summary.state, {one.kind.value for one in reasons})
    page = render_template(
        "clinic/call.jinja",
        form=form,
        patient=patient,
        enrolment=enrolment,
        reasons=reasons,
        script=scripts.script_for(situation, page_language()[0]),
        scripts=scripts.all_scripts(page_language()[0]),
        companion=companion_of(
            journey_of(enrolment, service.service_of(acting()), page_language()[0], by=acting())
        ),
        contacts=reads.contacts_of(enrolment.service_id, enrolment.id),
        alert=_open_alert(enrolment.service_id, patient_id, reasons),
        stopping=lambda: Markup("{}{}").format(form.left_reason(), form.offered(small=True)),
        **words_of_rules(),
    )
    return (page, 422) if form.is_submitted() else page


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


def _open_alert(service_id: UUID, patient_id: UUID, reasons: Iterable[Reason]) -> Any:
    """The patient's oldest open alert, where a reason says that there is one: its id, and who has it."""
    if all(one.kind is not ReasonKind.SAFETY_ALERT for one in reasons):
        return None
    return alert_reads.oldest_open_alerts(service_id, [patient_id]).get(patient_id)


def _situation(state: str, kinds: set[str]) -> str:
    """The script that was asked for, or the one that fits."""
    asked = request.args.get("script")
    return asked if asked in rules.SITUATIONS else rules.situation(state, kinds)


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
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)


@pages.route("/patients/<uuid:patient_id>/hide", methods=["GET", "POST"])
@allow(May.RING)
def hide(patient_id: UUID) -> Answer:
    """Not today: off the list until a day, or because no call is needed, with a reason."""
    patient, enrolment = enrolled_here(patient_id)
    form = HideForm(service.today_of(acting()))
    if form.validate_on_submit():
        until_on = form.until_on.data if form.how.data == "until" else None
        service.hide(enrolment, form.how.data, until_on, form.why.data, by=acting())
        return redirect(url_for("clinic.ring_today"), 303)
    page = render_template("clinic/hide.jinja", form=form, patient=patient)
    return (page, 422) if form.is_submitted() else page


@pages.post("/patients/<uuid:patient_id>/show-again")
@allow(May.RING)
def show_again(patient_id: UUID) -> Answer:
    """Take back what keeps the patient off the list."""
    _patient, enrolment = enrolled_here(patient_id)
    if ButtonForm().validate_on_submit():
        engagement.show_again(enrolment, by=acting())
    return redirect(url_for("clinic.story", patient_id=patient_id), 303)
