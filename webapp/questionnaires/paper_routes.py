"""The questions of a sitting on paper: the patient prints them, or staff do, with a code that leads back."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from flask import redirect, render_template, request, url_for

from webapp.foundations.access import May, acting, allow
from webapp.foundations.languages import page_language
from webapp.people import letters
from webapp.questionnaires import service
from webapp.questionnaires.answer_pages import pages_of
from webapp.questionnaires.code_rules import as_printed
from webapp.questionnaires.forms import PrintForm
from webapp.questionnaires.routes import Answer, pages, service_here, sitting_here
from webapp.questionnaires.schedule_rules import SittingState
from webapp.questionnaires.staff_routes import typing_for
from webapp.questionnaires.wording import opening_hours


@pages.post("/questionnaires/<sitting>/print")
@allow(May.FOLLOW_COURSE)
def print_questions(sitting: str) -> Answer:
    """Give the sitting its code, then show the paper."""
    enrolment, view = sitting_here(sitting)
    if not view.planned.can_be_answered or not PrintForm().validate_on_submit():
        return redirect(url_for(".begin", sitting=sitting), 303)
    service.code_for(acting(), enrolment, sitting)
    return redirect(url_for(".on_paper", sitting=sitting), 303)


@pages.get("/questionnaires/<sitting>/paper")
@allow(May.FOLLOW_COURSE)
def on_paper(sitting: str) -> Answer:
    """The questions on paper, for the patient."""
    enrolment, view = sitting_here(sitting)
    if view.state is SittingState.FINISHED or not view.planned.can_be_answered:
        return redirect(url_for(".begin", sitting=sitting), 303)
    printed = service.sitting_of(
        acting(), enrolment, sitting, page_language()[0], as_printed=True, short="short" in request.args
    )
    return _paper(printed, url_for(".begin", sitting=sitting))


@pages.post("/patients/<uuid:patient_id>/questionnaires/<sitting>/print")
@allow(May.READ_ANSWERS)
def print_for_patient(patient_id: UUID, sitting: str) -> Answer:
    """Staff print the questions for a patient: they get their code."""
    typing = typing_for(patient_id, sitting)
    if typing.view.state is SittingState.FINISHED or not PrintForm().validate_on_submit():
        return redirect(typing.address(), 303)
    service.code_for(acting(), typing.enrolment, sitting)
    return redirect(typing.address("on_paper_for_patient"), 303)


@pages.get("/patients/<uuid:patient_id>/questionnaires/<sitting>/paper")
@allow(May.READ_ANSWERS)
def on_paper_for_patient(patient_id: UUID, sitting: str) -> Answer:
    """The questions on paper, for staff to hand out. ``?blank=1``: without the code, for the drawer."""
    typing = typing_for(patient_id, sitting)
    return _paper(typing.view, typing.address())


def _paper(view: service.SittingView, back: str) -> str:
    is_blank = "blank" in request.args
    code = view.row.code if view.row is not None and not is_blank else None
    return render_template(
        "questionnaires/paper.jinja",
        view=view,
        paper_pages=pages_of(view.questions),
        code=as_printed(code) if code else None,
        is_blank=is_blank,
        large="large" in request.args,
        short="short" in request.args,
        here_is=_here,
        back=back,
        hours=opening_hours(service_here().hours),
        back_to=None if is_blank else letters.address(url_for(".begin", sitting=view.name)),
    )


def _here(**arguments: Any) -> str:
    """This page with some of its ways changed: ``large``, ``short``, ``blank``; None takes one away."""
    ways: dict[str, Any] = {name: "1" for name in ("blank", "large", "short") if name in request.args}
    return url_for(request.endpoint or "", **{**(request.view_args or {}), **ways, **arguments})
