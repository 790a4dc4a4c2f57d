"""Answers to read: oldest first, never by score, until a named person has read them; and answers on paper."""

from __future__ import annotations

from uuid import UUID

from flask import abort, redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.questionnaires import service as questionnaires

from . import service
from .forms import ButtonForm
from .routes import Answer, addresses, enrolled_here, pages, patient_here

AT_A_TIME = 50
PAPER = "questionnaires.enter"


@pages.get("/answers")
@allow(May.READ_ANSWERS)
def answers_to_read() -> Answer:
    """Every finished questionnaire that nobody has read, in the order of finishing."""
    try:
        found = questionnaires.answers_to_read(acting(), request.args.get("after"), AT_A_TIME)
    except questionnaires.NotFound:
        abort(404)
    return render_template(
        "clinic/answers_to_read.jinja", found=found, today=service.today_of(acting()), **addresses()
    )


@pages.get("/patients/<uuid:patient_id>/answers/<uuid:sitting_id>")
@allow(May.READ_ANSWERS)
def answers(patient_id: UUID, sitting_id: UUID) -> Answer:
    """The answers of one sitting, word for word, with their score and what it was before."""
    patient, _enrolment = patient_here(patient_id)
    reading = _reading(patient_id, sitting_id)
    series = questionnaires.story_scores(acting(), patient_id)
    parts = [
        (one, point)
        for one in series
        if one.is_total
        for point in one.points
        if point.sitting_id == sitting_id
    ]
    return render_template(
        "clinic/answers.jinja",
        patient=patient,
        reading=reading,
        parts_read=parts,
        change_lines=service.service_of(acting()).staff_change_lines,
        button=ButtonForm(),
    )


@pages.post("/patients/<uuid:patient_id>/answers/<uuid:sitting_id>/read")
@allow(May.READ_ANSWERS)
def answers_read(patient_id: UUID, sitting_id: UUID) -> Answer:
    """I have read this: the name and the day are kept, and it leaves the list."""
    patient_here(patient_id)
    _reading(patient_id, sitting_id)
    if ButtonForm().validate_on_submit():
        questionnaires.mark_read(acting(), sitting_id)
    return redirect(url_for("clinic.answers_to_read"), 303)


@pages.get("/patients/<uuid:patient_id>/paper")
@allow(May.READ_ANSWERS)
def paper(patient_id: UUID) -> Answer:
    """Which questionnaire came on paper or was answered on the phone: choose one to type in."""
    patient, enrolment = enrolled_here(patient_id)
    planned = questionnaires.planned_sittings(acting(), enrolment, service.today_of(acting()))
    return render_template(
        "clinic/paper.jinja",
        patient=patient,
        planned=planned,
        described=questionnaires.described,
        enter=lambda sitting: url_for(PAPER, patient_id=patient_id, sitting=sitting),
    )


def _reading(patient_id: UUID, sitting_id: UUID) -> object:
    try:
        reading = questionnaires.reading_of(acting(), sitting_id)
    except questionnaires.NotFound:
        abort(404)
    if reading.patient_id != patient_id:
        abort(404)
    return reading
